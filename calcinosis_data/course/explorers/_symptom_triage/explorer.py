"""Which symptoms are red flags, and which belong to the underlying disease."""

from __future__ import annotations

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course import ui
from calcinosis_data.course.explorers._symptom_triage import studies, words
from calcinosis_data.course.explorers._symptom_triage.rows import (
    CALCINOSIS,
    figures_shown,
    kept,
    known_symptoms,
)
from calcinosis_data.course.explorers._symptom_triage.words import (
    NOT_RED,
    RED,
    SOURCES,
    Asked,
    Show,
)
from calcinosis_data.course.explorers.charts.forest import forest
from calcinosis_data.course.explorers.charts.matrix import matrix
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.ui import theme
from calcinosis_data.course.ui.controls import Control

DRAWN: Final = [
    *("name", "label", "group", "percent", "ci_low", "ci_high", "n", "count", "kind", "single"),
]
"""What a forest chart needs; the words of the table would only slow it down."""

_LOOK: Final = {RED: (theme.VERMILLION, "square"), NOT_RED: (theme.BLUE, "circle-open")}


def symptom_triage(
    source: str = ANY, body_system: str = ANY, red_flags: bool = False, show: Show = "symptoms"
) -> ui.Panel:
    """Show where each symptom comes from, which are red flags, and how often studies saw them.

    Parameters
    ----------
    source : str, default "any"
        What the symptom mostly comes from, such as ``"the underlying disease"``.
    body_system : str, default "any"
        Part of the body, such as ``"skin"``.
    red_flags : bool, default False
        Whether only red flags are shown.
    show : {"symptoms", "frequencies", "deposits", "unchecked"}, default "symptoms"
        The symptoms themselves; how many patients, or how many deposits, studies saw them in;
        or the figures that no chart may hold.

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
    >>> symptom_triage(source="complication").view.table["Symptom"].tolist()
    ['Skin ulceration', 'Fever']
    """
    origins = [(head, origin) for origin, head in SOURCES.items()]
    systems = [(name[:1].upper() + name[1:], system) for system, name in words.SYSTEMS.items()]
    controls: dict[str, Control] = {
        "source": ui.choice("Comes from", [ANY, *origins], source),
        "body_system": ui.choice("Body system", [ANY, *systems], body_system),
        "show": ui.choice("Show", [(text, one) for one, text in words.SHOWS.items()], show),
        "red_flags": ui.toggle("Only red flags", red_flags),
    }
    return ui.panel(
        "Which symptoms does the evidence flag as red, and which belong to the underlying disease?",
        controls,
        view,
        name="symptom-triage",
    )


def view(source: str, body_system: str, red_flags: bool, show: Show) -> ui.View:
    """Make what the panel shows for one state of its filters."""
    asked = Asked(source, body_system, red_flags)
    symptoms = kept(asked)
    if symptoms.empty or show == "symptoms":
        return _symptoms(symptoms, asked)
    return _studies(symptoms, asked, show)


def _symptoms(shown: pd.DataFrame, asked: Asked) -> ui.View:
    refs = [ref for refs in shown["refs"] for ref in refs]
    return ui.View(
        finding=words.finding(shown, len(known_symptoms()), asked),
        table=_symptom_table(shown),
        caption=words.caption(asked),
        figure=_matrix(shown),
        chart_name=words.chart_name(shown),
        ref_ids=tuple(sorted(set(refs))),
        notes=words.notes(shown, known_symptoms()),
    )


def _matrix(shown: pd.DataFrame) -> go.Figure:
    cells = pd.DataFrame(
        {
            "name": shown["name"],
            "label": shown["name"],
            "group": shown["group"],
            "column": shown["attributable_to"].map(SOURCES),
            "kind": shown["flag"],
            "text": "",
        }
    )
    heads = tuple(SOURCES.values())
    figure = matrix(cells, columns=heads, kinds=(RED, NOT_RED), hollow={NOT_RED})
    for trace in figure.data:
        colour, symbol = _LOOK[trace.name]
        trace.update(marker={"color": colour, "symbol": symbol})
    return figure


def _symptom_table(shown: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Symptom": shown["name"],
            "Comes from": shown["attributable_to"].map(SOURCES),
            "Red flag": shown["red_flag"].map({True: "yes", False: "no"}).astype("str"),
            "Why": shown["why"],
            "What was not found": shown["evidence_note"],
            "How often": shown["often"],
            "Body system": shown["body_system"].map(words.SYSTEMS),
            "Source": shown["cited"],
        }
    ).reset_index(drop=True)


def _studies(symptoms: pd.DataFrame, asked: Asked, show: Show) -> ui.View:
    rows = figures_shown(symptoms["symptom_id"], show)
    drawn = show != "unchecked" and len(rows) > 0
    return ui.View(
        finding=studies.finding(rows, len(symptoms), asked, show),
        table=studies.table(rows),
        caption=studies.caption(asked, show),
        figure=_forest(rows, show) if drawn else None,
        chart_name=studies.chart_name(rows, show) if drawn else "",
        ref_ids=tuple(sorted(set(rows["ref_id"]))),
        notes=studies.notes(rows, show),
    )


def _forest(rows: pd.DataFrame, show: Show) -> go.Figure:
    # A single patient stands under a heading of its own, and its name says the symptom.
    headed = rows.assign(label=rows["name"], group=rows["symptom"].where(~rows["single"], ""))
    kinds = [kind for kind in CALCINOSIS.values() if kind in set(rows["kind"])]
    return forest(headed[DRAWN], axis=studies.AXIS[show], kinds=kinds)
