"""How common calcinosis is in each disease, and how sure we are."""

from __future__ import annotations

from functools import cache

import pandas as pd

from calcinosis_data.course import ui
from calcinosis_data.course.explorers._prevalence import words
from calcinosis_data.course.explorers._prevalence.rows import (
    DETECTIONS,
    FOUND_KINDS,
    chosen,
    forest_rows,
    in_order,
    prevalence_rows,
)
from calcinosis_data.course.explorers.charts.forest import forest
from calcinosis_data.course.explorers.families import family, family_choices
from calcinosis_data.course.explorers.filters import ANY, filled_columns

_SIZES = (0, 50, 100, 500)

_COLUMNS = {
    "name": "People studied",
    "disease": "Disease",
    "finding": "What was counted",
    "count": "Number with it",
    "percent_text": "Percent",
    "interval": "95% interval",
    "printed": "Range in the source",
    "found": "How it was found",
    "basis": "Where the count comes from",
    "shared": "Shared patients",
    "source": "Source",
    "note": "Note",
}


def prevalence(
    condition: str = ANY,
    measure: str = words.CHARTED,
    detection: str = ANY,
    smallest: int = 0,
    sort: str = "size",
) -> ui.Panel:
    """Show how common calcinosis is in each disease, study by study.

    Parameters
    ----------
    condition : str, default "any"
        A condition; the figures on its forms come with it.
    measure : str, default "calcinosis"
        What was counted. Only calcinosis has a chart; "calcinosis-outside-chart" lists the
        figures that stay out of it.
    detection : str, default "any"
        How it was found.
    smallest : {0, 50, 100, 500}
        Studies of fewer people are left out.
    sort : {"size", "percent", "disease"}
        What the order of diseases and studies goes by.

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
    >>> panel = prevalence(condition="systemic-sclerosis")
    >>> panel.view.finding.split(",")[0]
    'In 12 studies on systemic sclerosis and its forms (19 figures)'
    """
    rows = _filed_rows()
    diseases = family_choices(rows["condition_id"].unique())
    ways = [(text, way) for way, (text, _) in DETECTIONS.items() if way in set(rows["detection"])]
    sizes = [(f"at least {n} people" if n else "any size", n) for n in _SIZES]
    controls = {
        "condition": ui.choice("Disease", [ANY, *diseases], condition),
        "measure": ui.choice("What was counted", _measures(rows), measure),
        "detection": ui.choice("How it was found", [ANY, *ways], detection),
        "smallest": ui.choice("Size of the study", sizes, smallest),
        "sort": ui.choice("Order", [(text, one) for one, text in words.SORTS.items()], sort),
    }
    question = "How common is calcinosis in each disease, and how sure are we?"
    return ui.panel(question, controls, view, name="prevalence")


def view(condition: str, measure: str, detection: str, smallest: int, sort: str) -> ui.View:
    """Make what the panel shows for one state of its filters."""
    state = (condition, measure, detection, smallest)
    rows = in_order(chosen(_filed_rows(), *state), sort)
    charted = measure == words.CHARTED and not rows.empty
    return ui.View(
        finding=words.nothing_found(_own(condition), *state)
        if rows.empty
        else words.finding(rows, *state),
        table=_table(rows),
        caption=words.caption(condition, measure),
        figure=forest(forest_rows(rows), axis=_AXIS, kinds=FOUND_KINDS) if charted else None,
        chart_name=words.chart_name(rows) if charted else "",
        ref_ids=tuple(rows["ref_id"].drop_duplicates()),
        notes=words.notes(rows, measure),
    )


_AXIS = "People with calcinosis (percent)"


@cache
def _filed_rows() -> pd.DataFrame:
    """File each figure under one measure; calcinosis that stays out of the chart apart."""
    rows = prevalence_rows()
    measure = rows["measure"].astype("object")
    outside = measure.eq(words.CHARTED) & ~rows["chart"]
    return rows.assign(measure=measure.where(~outside, words.OUTSIDE))


def _own(condition: str) -> pd.DataFrame:
    rows = _filed_rows()
    own = rows if condition == ANY else rows[rows["condition_id"].isin(family(condition))]
    return own.assign(shown_under=own["measure"])


def _measures(rows: pd.DataFrame) -> list[tuple[str, str]]:
    present = set(rows["measure"])
    texts = {one: text[:1].upper() + text[1:] for one, text in words.MEASURES.items()}
    return [
        (text if one == words.CHARTED else f"{text} (table)", one)
        for one, text in texts.items()
        if one in present
    ]


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    shown = rows[list(_COLUMNS)]
    if rows["finding"].eq(words.CHARTED).all():
        shown = shown.drop(columns="finding")
    always = [one for one in _COLUMNS if one not in ("printed", "shared")]
    return shown[filled_columns(shown, always)].rename(columns=_COLUMNS)
