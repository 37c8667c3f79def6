"""What is known of each treatment: how sure, for better or worse, and for what."""

from __future__ import annotations

from typing import Final

import pandas as pd
import plotly.graph_objects as go

import calcinosis_data as data
from calcinosis_data.course import ui
from calcinosis_data.course.explorers._opened import row_names
from calcinosis_data.course.explorers._treatment_evidence import response_words as _response_words
from calcinosis_data.course.explorers._treatment_evidence import words as _treatment_words
from calcinosis_data.course.explorers._treatment_evidence.charted import (
    HEADS,
    HOLLOW,
    KINDS,
    PARTS,
    count_by_direction,
    matrix_cells,
)
from calcinosis_data.course.explorers._treatment_evidence.results import (
    DESIGN_KINDS,
    chosen_results,
    response_rows,
)
from calcinosis_data.course.explorers._treatment_evidence.treatments import (
    DIRECTIONS,
    IN_ARTICLE,
    MISSING,
    TARGETS,
    chosen_treatments,
    in_article_order,
)
from calcinosis_data.course.explorers.charts.bars import stacked_bars
from calcinosis_data.course.explorers.charts.forest import forest
from calcinosis_data.course.explorers.charts.matrix import matrix
from calcinosis_data.course.explorers.filters import ANY, filled_columns, fold

_SHOWN: Final = {
    "summary": "How many treatments, by result",
    "known": "Every treatment, by result",
    "article": "Every treatment, as the article lists it",
    "responses": "Responses in studies",
    "outside": "Other results of studies (table)",
}

_KNOWN_COLUMNS: Final = {
    "name": "Treatment",
    "direction": "Result",
    "level": "Level of evidence (1 most sure)",
    "about": "For what",
    "entries": "In the article",
    "summary": "In plain words",
    "explained": "Words explained",
    "evidence_note": "What was not found",
    "used": "Where it was used or tried",
    "category": "Group",
    "key_risks": "Main risks",
    "sources": "Source",
}

_RESULT_COLUMNS: Final = {
    "name": "Study result",
    "treatment": "Treatment",
    "known": "What is known of the treatment",
    "disease": "Disease",
    "kind": "Kind of study",
    "arm": "Group of the study",
    "endpoint_text": "What it counts",
    "outcome_definition": "What counted as the result",
    "result": "Number with it",
    "percent_text": "Percent",
    "interval": "95% interval",
    "basis_text": "Where the count comes from",
    "shared": "Shared patients",
    "source": "Source",
    "note": "Note",
}

_MOST_REFERENCES: Final = 60


def treatment_evidence(  # noqa: PLR0913 (one argument per filter)
    treatment: str = ANY,
    show: str = "summary",
    *,
    article: str = ANY,
    category: str = ANY,
    direction: str = ANY,
    target: str = ANY,
) -> ui.Panel:
    """Show what is known of each treatment: how sure, for better or worse, and for what.

    Parameters
    ----------
    treatment : str, default "any"
        A row of `treatments`.
    show : {"summary", "known", "article", "responses", "outside"}
        How many treatments have which result, each of them by result, the same in the
        article's order, responses in studies, or the results of studies that stay out of the
        chart. A single treatment is shown by itself in place of a number.
    article : {"any", "in", "missing"}
        Whether the article has the treatment.
    category, direction, target : str, default "any"
        Kind of treatment, direction of the evidence, and what the evidence is about.

    Returns
    -------
    Panel
        What a notebook cell shows.

    Raises
    ------
    ControlValueError
        If a preset is none of the values that its control offers.

    Examples
    --------
    >>> treatment_evidence("colchicine").view.finding.split(".")[0]
    'Colchicine: reports are mixed (level 5; the evidence is about calcinosis)'
    """
    names = row_names("treatments")
    treatments = sorted(((str(name), str(one)) for one, name in names.items()), key=_by_name)
    articles = [ANY, ("yes", IN_ARTICLE), ("no", MISSING)]
    shown = [(text, one) for one, text in _SHOWN.items()]
    controls = {
        "show": ui.choice("Show", shown, show),
        "treatment": ui.choice("Treatment", [ANY, *treatments], treatment),
        "article": ui.choice("Named in the article?", articles, article),
        "category": ui.choice("Kind of treatment", [ANY, *_present("category")], category),
        "direction": ui.choice("Result", [ANY, *_directions()], direction),
        "target": ui.choice("For what", [ANY, *_targets()], target),
    }
    question = "What is known of each treatment: how sure, for better or worse, and for what?"
    return ui.panel(question, controls, view, name="treatment-evidence")


def _by_name(pair: tuple[str, str]) -> str:
    return fold(pair[0])


def _present(column: str) -> list[str]:
    values = data.load_table("treatments")[column]
    return [str(one) for one in values.cat.categories if values.eq(one).any()]


def _directions() -> list[str]:
    present = _present("direction")
    return [one for one in DIRECTIONS if one in present]


def _targets() -> list[tuple[str, str]]:
    return [(TARGETS[one], one) for one in _present("target")]


def view(show: str, article: str, **filters: str) -> ui.View:
    """Make what the panel shows for one state of its filters."""
    known = chosen_treatments(article=article, **filters)
    if show == "summary" and len(known) > 1:
        return _summary_view(known, article)
    if show in ("summary", "known", "article"):
        return _known_view(known, article, by_article=show == "article")
    return _results_view(known, charted=show == "responses")


def _known_view(rows: pd.DataFrame, article: str, *, by_article: bool) -> ui.View:
    rows = in_article_order(rows) if by_article else rows
    refs, all_listed = _references(rows)
    return ui.View(
        finding=_treatment_words.finding(rows, article),
        table=_table(rows, _KNOWN_COLUMNS),
        caption=_treatment_words.caption(article, by_article=by_article),
        figure=None if rows.empty else _matrix(rows, by_article=by_article),
        chart_name=_treatment_words.chart_name(rows, by_article=by_article),
        ref_ids=refs,
        notes=_treatment_words.notes(rows, by_article=by_article, all_listed=all_listed),
    )


def _matrix(rows: pd.DataFrame, *, by_article: bool) -> go.Figure:
    cells, kinds = matrix_cells(rows, by_article=by_article), dict.fromkeys(KINDS.values())
    return matrix(cells, columns=[*HEADS.values()], kinds=[*kinds], hollow=[HOLLOW])


def _summary_view(rows: pd.DataFrame, article: str) -> ui.View:
    counts = count_by_direction(rows)
    refs, all_listed = _references(rows)
    return ui.View(
        finding=_treatment_words.finding(rows, article),
        table=_table(rows, _KNOWN_COLUMNS),
        caption=_treatment_words.caption(article, by_article=False),
        figure=stacked_bars(counts, parts=PARTS, counted="treatments", ordered=True),
        chart_name=_treatment_words.counts_name(counts),
        ref_ids=refs,
        notes=_treatment_words.summary_notes(rows, counts, all_listed=all_listed),
    )


def _references(rows: pd.DataFrame) -> tuple[tuple[str, ...], bool]:
    """List the references of some treatments, or the first of each where they are too many."""
    every = tuple(dict.fromkeys(ref for refs in rows["refs"] for ref in refs))
    if len(every) <= _MOST_REFERENCES:
        return every, True
    return tuple(dict.fromkeys(refs[0] for refs in rows["refs"])), False


def _results_view(known: pd.DataFrame, *, charted: bool) -> ui.View:
    rows = chosen_results(known, charted=charted)
    say = _response_words.finding if charted else _response_words.finding_outside
    drawn = charted and not rows.empty
    return ui.View(
        finding=say(rows, known),
        table=_table(rows, _RESULT_COLUMNS),
        caption="Responses in studies" if charted else "Results that stay out of the chart",
        figure=forest(response_rows(rows), axis=_AXIS, kinds=DESIGN_KINDS) if drawn else None,
        chart_name=_response_words.chart_name(rows) if drawn else "",
        ref_ids=tuple(rows["ref_id"].drop_duplicates()),
        notes=_response_words.notes(rows, charted=charted),
    )


_AXIS: Final = "With a response (percent)"


def _table(rows: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    shown = rows[list(columns)]
    always = [one for one in columns if one not in ("shared", "evidence_note", "explained")]
    return shown[filled_columns(shown, always)].rename(columns=columns)
