"""Where two rows of one table differ, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import pandas as pd

from calcinosis_data.course import ui
from calcinosis_data.course.explorers._compare import figure_words, words
from calcinosis_data.course.explorers._compare.attributes import (
    Pair,
    comparable_tables,
    compare_rows,
    not_stated,
    only_differing,
    refs_of,
    row_choices,
    source_line,
)
from calcinosis_data.course.explorers._compare.studies import (
    AS_MANY,
    charted_table,
    side_by_side,
    study_line,
    study_titles,
    worth_comparing,
)
from calcinosis_data.course.explorers._opened import Opened, open_table
from calcinosis_data.course.explorers._picker import TablePicker
from calcinosis_data.course.explorers.charts.forest import forest
from calcinosis_data.course.explorers.filters import filled_columns
from calcinosis_data.errors import UnknownTableError, did_you_mean

ALL: Final = words.ALL
DIFFERING: Final = "only what differs"
FIGURES: Final = "study figures"

ATTRIBUTE: Final = "Compared"
VERDICT: Final = "Match"


def compare(
    table: str | None = None, a: str | None = None, b: str | None = None, show: str = ALL
) -> ui.Panel | TablePicker:
    """Set two rows of one table side by side.

    Parameters
    ----------
    table : str, optional
        A table whose rows have names and few enough of them. Without it the first control
        chooses the table.
    a, b : str, optional
        Ids of the two rows to start with; else those of `worth_comparing` that come first.
    show : {"everything", "only what differs", "study figures"}
        What to show of them. Figures are offered where those of two rows may stand side by
        side.

    Returns
    -------
    Panel or TablePicker
        What a notebook cell shows.

    Raises
    ------
    UnknownTableError
        If there is no such table, or its rows cannot be compared.
    ControlValueError
        If `a` or `b` is no row of the table, or `show` is not offered for it.

    Examples
    --------
    >>> panel = compare("diagnostic_tests", a="ct", b="mri")
    >>> panel.view.finding.split(". ")[1]
    'For 5, read both texts.'
    """
    if table is not None:
        return _compare_panel(table, a, b, show)
    started = {"a": a, "b": b, "show": show}
    return TablePicker("Compare rows of", comparable_tables(), _compare_panel, started)


def _compare_panel(
    table: str, a: str | None = None, b: str | None = None, show: str = ALL
) -> ui.Panel:
    opened = open_table(table)
    if table not in comparable_tables():
        problem = f"the rows of table {table!r} cannot be compared"
        raise UnknownTableError(did_you_mean(problem, table, comparable_tables(), "Tables"))
    return ui.panel(
        words.question(opened),
        _controls(table, a, b, show),
        partial(view, opened),
        name=f"compare-{table}",
        table_open=True,
    )


def _controls(table: str, a: str | None, b: str | None, show: str) -> Mapping[str, ui.Choice]:
    rows = row_choices(table)
    ids = worth_comparing(table)
    first = ui.choice("First", rows, next(row for row in ids if row != b) if a is None else a)
    other = next(row for row in ids if row != first.value)
    second = ui.choice("Second", rows, other if b is None else b)
    offered = [ALL, DIFFERING, *([FIGURES] if charted_table(table) else [])]
    return {"a": first, "b": second, "show": ui.choice("Show", offered, show)}


def view(opened: Opened, a: str, b: str, show: str) -> ui.View:
    """Make what the panel shows for one state of its filters."""
    pair = Pair(opened, (a, b))
    return _figures(pair) if show == FIGURES else _attributes(pair, show)


def _attributes(pair: Pair, show: str) -> ui.View:
    frame = compare_rows(pair)
    studies = study_line(pair)
    shown = frame
    if show == DIFFERING and not pair.twice:
        shown = only_differing(frame, pair.opened.name)
        studies = studies[studies["verdict"].ne(AS_MANY)]
    lines = [studies, source_line(pair)]
    further = [line["attribute"].item() for line in lines if len(line)]
    return ui.View(
        finding=words.finding(pair, frame),
        table=_titled(pd.concat([shown, *lines]), pair),
        caption=words.caption(pair, len(shown), len(frame), further),
        ref_ids=tuple(dict.fromkeys(ref for row in pair.ids for ref in refs_of(pair, row))),
        notes=words.notes(pair, studied=not studies.empty, unstated=not_stated(pair, frame)),
    )


def _titled(frame: pd.DataFrame, pair: Pair) -> pd.DataFrame:
    """Head the columns by the names of the rows; one row chosen twice has one column."""
    first, second = pair.names
    columns = {"attribute": ATTRIBUTE, "first": first}
    if not pair.twice:
        columns |= {"second": second, "verdict": VERDICT}
    return frame[list(columns)].rename(columns=columns).reset_index(drop=True)


def _figures(pair: Pair) -> ui.View:
    table = pair.opened.name
    study = str(charted_table(table))
    found = side_by_side(table, pair.ids)
    both = not pair.twice and found["row"].nunique() > 1
    rows = found if both else found.head(0)
    shown: dict[str, Any] = {}
    if both:
        axis = study_titles(study)["axis"]
        figure = forest(rows, axis=axis, single_heading=figure_words.single_heading(rows))
        shown = {"figure": figure, "chart_name": figure_words.chart_name(pair, rows)}
    titles = figure_words.figure_titles(pair, study)
    return ui.View(
        finding=figure_words.figures_finding(pair, found),
        table=rows[filled_columns(rows[list(titles)])].rename(columns=titles),
        caption=figure_words.figures_caption(pair, study, rows),
        ref_ids=tuple(dict.fromkeys(rows["ref_id"])),
        notes=figure_words.figure_notes(pair, drawn=both),
        **shown,
    )
