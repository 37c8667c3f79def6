"""Browse and filter any table of the course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, cast

import ipywidgets as widgets
import pandas as pd

import calcinosis_data as data
from calcinosis_data.course import ui
from calcinosis_data.course.explorers import filters
from calcinosis_data.course.explorers._opened import (
    LONGEST_CHOICE,
    Opened,
    category_in_words,
    choosable,
    open_table,
)
from calcinosis_data.course.explorers._picker import TablePicker
from calcinosis_data.course.explorers._table.words import (
    Grouping,
    caption,
    chart_name,
    finding,
    how_to_read,
    left_out,
    value_in_words,
)
from calcinosis_data.course.explorers._words import upper_first
from calcinosis_data.course.explorers.charts.bars import count_bars
from calcinosis_data.errors import UnknownColumnError, did_you_mean

MOST_FILTERS = 5
MOST_BARS = 12
FEW_COLUMNS = 4
"""So many stand side by side on the page."""
MOST_SOURCES = 40
"""A longer list is read by nobody, and each change of a filter would send it again."""


def table(
    name: str | None = None,
    search: str = "",
    count_by: str | None = None,
    **presets: object,
) -> ui.Panel | TablePicker:
    """Browse and filter one table of the course, or choose among all of them.

    Parameters
    ----------
    name : str, optional
        A name of `calcinosis_data.list_tables`. Without it the first control chooses the
        table.
    search : str, default ""
        Words to look for in all columns.
    count_by : str, optional
        The column by whose values the chart counts the rows.
    **presets : object
        Values that filters start with, by column: ``category="endocrine"``.

    Returns
    -------
    Panel or TablePicker
        What a notebook cell shows.

    Raises
    ------
    UnknownTableError
        If there is no such table.
    UnknownColumnError
        If a preset names a column that cannot be a filter of the table, or `count_by` one
        that makes no groups. Bookkeeping columns are offered only where they are named.
    ControlValueError
        If a preset is not a value of its column.

    Examples
    --------
    >>> panel = table("causes", category="endocrine")
    >>> panel.state["category"]
    'endocrine'
    """
    if name is not None:
        return _table_panel(name, search, count_by, **presets)
    names = data.list_tables()["name"]
    started = {"search": search, "count_by": count_by, **presets}
    return TablePicker("Table to look at", names, _table_panel, started)


def _table_panel(
    name: str, search: str = "", count_by: str | None = None, **presets: object
) -> ui.Panel:
    opened = open_table(name)
    groupings = choosable(opened)
    chosen = _filter_columns(opened, groupings, presets)
    controls: dict[str, widgets.Widget] = {"search": ui.search("Search all columns", search)}
    for column in chosen:
        options = _options(opened, column)
        controls[column] = ui.choice(opened.titles[column], options, presets.get(column, "any"))
    if counted := _counted(opened, groupings, count_by):
        controls["count_by"] = _count_by(opened, counted, count_by)
    columns = [(opened.titles[column], column) for column in opened.shown]
    controls["sort_by"] = ui.choice("Sort by", columns)
    controls["descending"] = ui.toggle("Reverse the order")
    return ui.panel(
        f"What does the table “{opened.title}” hold?",
        controls,
        partial(view, opened),
        name=f"table-{opened.name}",
        table_open=True,
    )


def _filter_columns(
    opened: Opened, groupings: list[str], presets: Mapping[str, object]
) -> list[str]:
    """Pick the columns to filter by: those preset, then the most useful, in shown order."""
    known = [name for name in groupings if opened.rows[name].nunique() <= LONGEST_CHOICE]
    for column in presets:
        if column not in known:
            problem = f"table {opened.name!r} has no filter {column!r}"
            raise UnknownColumnError(did_you_mean(problem, column, known, "Filters"))
    useful = [name for name in known if name not in {*presets, *opened.bookkeeping}]
    best = [*presets, *useful][:MOST_FILTERS]
    return [name for name in opened.shown if name in best]


def _options(opened: Opened, column: str) -> list[tuple[str, object]]:
    """Offer what a closed vocabulary may hold, or what the other columns do hold."""
    values = opened.rows[column]
    if isinstance(values.dtype, pd.CategoricalDtype):
        pairs = [(category_in_words(name), name) for name in filters.group_names(values)]
        offered = [(upper_first(words), name) for words, name in pairs]
    else:
        named = {value_in_words(opened, column, value): value for value in values.dropna().unique()}
        offered = sorted(named.items(), key=lambda pair: filters.fold(pair[0]))
    unstated = [(ui.NOT_STATED, ui.NOT_STATED)] if values.isna().any() else []
    return [(filters.ANY, filters.ANY), *offered, *unstated]


def _counted(opened: Opened, groupings: Sequence[str], preset: str | None) -> list[str]:
    """Pick the columns to count by: content, and bookkeeping if it is asked for."""
    if preset is not None and preset not in groupings:
        problem = f"table {opened.name!r} cannot be counted by {preset!r}"
        raise UnknownColumnError(did_you_mean(problem, preset, groupings, "Columns"))
    return [name for name in groupings if name == preset or name not in opened.bookkeeping]


def _count_by(opened: Opened, counted: Sequence[str], preset: str | None) -> ui.Choice:
    closed = [name for name in counted if name not in opened.links]
    few = [name for name in closed if opened.rows[name].nunique() <= MOST_BARS]
    options = [(opened.titles[name], name) for name in opened.shown if name in counted]
    return ui.choice("Count by", options, preset or (few or closed or counted)[0])


def find_rows(opened: Opened, query: str, chosen: Mapping[str, object]) -> pd.DataFrame:
    """Apply the filters one after the other to the table as loaded."""
    rows = filters.search(opened.rows, query, opened.texts)
    for column, value in chosen.items():
        rows = filters.keep(rows, column, value)
    return rows


def view(
    opened: Opened,
    search: str,
    sort_by: str,
    descending: bool,
    count_by: str | None = None,
    **chosen: object,
) -> ui.View:
    """Make what the panel shows for one state of its filters."""
    found = find_rows(opened, search, chosen)
    words = filters.sort_rows(opened.words.loc[found.index], sort_by, descending=descending)
    grouping = _grouping(words, count_by) if count_by else None
    refs = reference_ids(opened, found)
    asked = [column for column, value in chosen.items() if value != filters.ANY]
    columns = filters.filled_columns(words[opened.shown], {*asked, sort_by, count_by or sort_by})
    return ui.View(
        finding=finding(opened, len(found), search, chosen, grouping),
        table=words[columns].rename(columns=opened.titles).reset_index(drop=True),
        caption=caption(opened, len(found), sort_by, descending),
        ref_ids=refs if len(refs) <= MOST_SOURCES else (),
        notes=tuple(_notes(opened, columns, len(refs))),
        **_chart(opened, grouping),
    )


def _grouping(rows: pd.DataFrame, column: str) -> Grouping:
    in_several = int(rows[column].isin(list(filters.compounds(rows[column]))).sum())
    return Grouping(column, filters.count_groups(rows, column), in_several)


def _notes(opened: Opened, columns: list[str], n_refs: int) -> Iterator[str]:
    yield opened.description
    if len(columns) > FEW_COLUMNS:
        yield how_to_read(len(columns))
    blank = [opened.titles[column] for column in opened.shown if column not in columns]
    if blank:
        yield left_out(blank)
    if n_refs > MOST_SOURCES:
        yield (
            f"{n_refs} sources stand behind these rows. They are listed once {MOST_SOURCES} "
            "or fewer do: narrow the filters or the search."
        )


def _chart(opened: Opened, grouping: Grouping | None) -> dict[str, Any]:
    if grouping is None or grouping.counts.empty:
        return {}
    bars = filters.fold_small_groups(grouping.counts, MOST_BARS)
    folded = set(bars["group"]) - set(grouping.counts["group"])
    return {
        "figure": count_bars(bars, counted=opened.noun, grey=next(iter(folded), None)),
        "chart_name": chart_name(opened, grouping, bars),
    }


def reference_ids(opened: Opened, rows: pd.DataFrame) -> tuple[str, ...]:
    """List the references that the rows name themselves, or else those cited for them."""
    own = [column for column, target in opened.links.items() if target == "references"]
    if own:
        ids = pd.concat([rows[column] for column in own])
    else:
        cited = data.load_table("citations")
        row_ids = data.row_ids(cast(Any, opened.name)).loc[rows.index]
        of_rows = cited["table"].astype("str").eq(opened.name) & cited["row_id"].isin(row_ids)
        ids = cited.loc[of_rows, "ref_id"]
    return tuple(sorted(ids.dropna().unique()))
