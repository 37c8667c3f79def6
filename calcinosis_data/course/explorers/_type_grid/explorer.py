"""What calcium, phosphate and the state of the tissue tell apart, and what they do not."""

from __future__ import annotations

from functools import partial

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course import ui
from calcinosis_data.course.explorers._opened import row_names
from calcinosis_data.course.explorers._type_grid.figure import lab_grid
from calcinosis_data.course.explorers._type_grid.words import caption, chart_name, finding, plain
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.known import (
    BLOOD,
    CALCIUM,
    PHOSPHATE,
    TISSUE,
    Level,
    known_patterns,
    measured_values,
)
from calcinosis_data.course.explorers.patterns import FIT_ORDER, in_words, judge
from calcinosis_data.course.ui import NOT_STATED

_STAR = "\u00a0*"  # the hard space keeps it from a line of its own


def type_grid(
    calcium: str = ANY, phosphate: str = ANY, tissue: str = ANY, level: Level = "types"
) -> ui.Panel:
    """Show what calcium, phosphate and the state of the tissue can tell apart.

    Parameters
    ----------
    calcium, phosphate : str, default "any"
        Value found in the blood.
    tissue : str, default "any"
        State of the tissue before the salts settled.
    level : {"types", "causes"}, default "types"
        Whether the types or the causes stand in the grid.

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
    >>> panel = type_grid(calcium="normal", phosphate="normal")
    >>> panel.view.finding.split(",")[0]
    'Normal calcium with normal phosphate fits 2 of 5 types'
    """
    names = row_names("analytes")
    measured = [ANY, *measured_values()]
    tissues = [ANY, *data.load_table("types")[TISSUE].cat.categories]
    title = data.codebook("types").set_index("column").loc[TISSUE, "title"]
    controls = {
        CALCIUM: ui.choice(names[CALCIUM], measured, calcium),
        PHOSPHATE: ui.choice(names[PHOSPHATE], measured, phosphate),
        TISSUE: ui.choice(str(title), tissues, tissue),
        "level": ui.choice("Show", ["types", "causes"], level),
    }
    return ui.panel(
        "What can calcium, phosphate and the state of the tissue tell apart, and what not?",
        controls,
        view,
        name="type-grid",
    )


def view(calcium: str, phosphate: str, tissue: str, level: Level) -> ui.View:
    """Make what the panel shows for one state of its filters."""
    found = {CALCIUM: calcium, PHOSPHATE: phosphate, TISSUE: tissue}
    analytes = {column: str(row_names("analytes")[column]) for column in BLOOD}
    frame = known_patterns(level).assign(fit=lambda rows: judge(rows, found))
    frame["label"] = _labels(frame, level)
    frame["order"] = frame["fit"].map(FIT_ORDER.index)
    frame = frame.sort_values(["order", "name"], kind="stable").reset_index(drop=True)
    asked = any(value != ANY for value in found.values())
    return ui.View(
        finding=finding(frame, found, analytes, level),
        table=_table(frame, analytes, level, asked=asked),
        caption=caption(found, analytes, level),
        figure=lab_grid(frame, measured_values(), analytes, found),
        chart_name=chart_name(frame, analytes, level, measured_values()),
        ref_ids=tuple(dict.fromkeys(ref for refs in frame["refs"] for ref in refs)),
        notes=_notes(frame, level),
    )


def _labels(frame: pd.DataFrame, level: Level) -> list[str]:
    """Name each mark; a star says that a source is missing, a type tells its tissue too."""
    starred = [
        name if sourced else f"{name}{_STAR}"
        for name, sourced in zip(frame["name"], frame["sourced"], strict=True)
    ]
    if level == "causes":
        return starred
    tissues = frame[TISSUE].map(_tissue_words)
    return [f"{name}\n{tissue}" for name, tissue in zip(starred, tissues, strict=True)]


def _tissue_words(states: frozenset[str]) -> str:
    said = in_words(states)
    return f"tissue {said}" if NOT_STATED in states else f"{said} tissue"


def _table(
    frame: pd.DataFrame, analytes: dict[str, str], level: Level, *, asked: bool
) -> pd.DataFrame:
    scale = measured_values()
    columns = {"Type" if level == "types" else "Cause": frame["name"]}
    if asked:
        columns["Does it fit?"] = frame["fit"]
    for column, name in analytes.items():
        columns[name] = frame[column].map(partial(in_words, order=scale)).map(plain)
    columns["State of the tissue"] = frame[TISSUE].map(in_words)
    columns["Source"] = frame["sources"]
    columns["Note"] = frame["note"]
    return pd.DataFrame(columns)


def _notes(frame: pd.DataFrame, level: Level) -> tuple[str, ...]:
    star = (
        "A star (*): no source was found for calcium, phosphate or both; what stands here is "
        "general textbook knowledge."
    )
    bracketed = frame["name"].str.contains("(", regex=False).any()
    form = ", of the form in brackets where one is named" if bracketed else ""
    on_line = " A mark on the line between two fields may be in either."
    return (
        f"An empty field: no {level.removesuffix('s')} usually has these two values; what varies "
        f"has a field of its own.{on_line if _between_fields(frame) else ''}",
        *(() if frame["sourced"].all() else (star,)),
        f"Each value is the usual one{form}. In one person it can differ, so a value that does not "
        "fit rules nothing out.",
        "A teaching aid, not a diagnostic tool.",
    )


def _between_fields(frame: pd.DataFrame) -> bool:
    return any(len(known) > 1 for column in BLOOD for known in frame[column])
