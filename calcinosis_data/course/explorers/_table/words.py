"""What the table explorer says: finding, caption, name of the chart, notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from calcinosis_data.course.explorers._opened import Opened, category_in_words, row_names
from calcinosis_data.course.explorers._words import listing, lower_first, sentence
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.ui import NOT_STATED

_MOST_NAMED, _MOST_BLANK = 3, 6


@dataclass(frozen=True)
class Grouping:
    """Rows counted by the groups of one column.

    Parameters
    ----------
    column : str
        The column.
    counts : pandas.DataFrame
        Columns `group` and `n`, as `filters.count_groups` gives them.
    in_several : int
        Number of rows that are in several groups, and so count more than once.
    """

    column: str
    counts: pd.DataFrame
    in_several: int = 0

    @property
    def overlap(self) -> str:
        """Why the counts add up to more than the rows; empty if they do not."""
        if not self.in_several:
            return ""
        if self.in_several == 1:
            return "1 row belongs to more than one group and counts in each"
        return f"{self.in_several} rows belong to more than one group and count in each"


def value_in_words(opened: Opened, column: str, value: object) -> str:
    """Say a value of a column as the table shows it."""
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if column in opened.links:
        return str(row_names(opened.links[column]).get(value, value))
    if isinstance(opened.rows[column].dtype, pd.CategoricalDtype):
        return category_in_words(str(value))
    return str(value)


def finding(
    opened: Opened,
    found: int,
    query: str,
    chosen: Mapping[str, object],
    grouping: Grouping | None = None,
) -> str:
    """Say what was asked for, how many rows were found, and which group is the largest.

    Parameters
    ----------
    opened : Opened
        The table.
    found : int
        Number of rows found.
    query : str
        Words searched for.
    chosen : mapping of str to object
        Value of each filter.
    grouping : Grouping, optional
        The rows found, counted by a column.

    Returns
    -------
    str
        The finding, numbers included.
    """
    filtered = _filtered(opened, chosen)
    asked = listing(filtered + _searched(query))
    told = [_rows_found(asked, found, f"{len(opened.rows)} {opened.noun}")]
    if not found:
        told.append(_way_back(filtered=bool(filtered), searched=bool(query.split())))
    elif grouping and chosen.get(grouping.column, ANY) == ANY:
        told.append(f"{opened.titles[grouping.column]}: {_largest(grouping, found)}")
    elif grouping:
        told.append(grouping.overlap)
    return " ".join(sentence(part) for part in told if part)


def _filtered(opened: Opened, chosen: Mapping[str, object]) -> list[str]:
    asked = [
        (opened.titles[column], value_in_words(opened, column, value))
        for column, value in chosen.items()
        if value != ANY
    ]
    titles = [title if not place else lower_first(title) for place, (title, _) in enumerate(asked)]
    return [
        f"{title} {NOT_STATED}" if value == NOT_STATED else f"{title} “{value}”"
        for title, (_, value) in zip(titles, asked, strict=True)
    ]


def _searched(query: str) -> list[str]:
    words = query.split()
    return [f"the {'word' if len(words) == 1 else 'words'} “{' '.join(words)}”"] if words else []


def _rows_found(asked: str, found: int, all_rows: str) -> str:
    if not asked:
        return f"All {all_rows} are shown"
    return f"{asked}: {found} of {all_rows}" if found else f"{asked}: none of the {all_rows}"


def _way_back(*, filtered: bool, searched: bool) -> str:
    steps = [f"set a filter back to “{ANY}”"] * filtered + ["clear the search"] * searched
    return f"{listing(steps, 'or')} to see more" if steps else ""


def _largest(grouping: Grouping, found: int) -> str:
    """Say which group has most rows, with every number that this rests on."""
    groups = grouping.counts.set_index("group")["n"]
    stated = groups.drop(NOT_STATED, errors="ignore")
    missing = int(groups.sum() - stated.sum())
    if found == 1:
        return listing(list(groups.index))
    if stated.empty:
        return f"{NOT_STATED} in any of these {found} rows"
    if len(groups) == 1:
        return f"{groups.index[0]} in all {found}"
    if len(stated) == found and not grouping.in_several:
        return f"different in each of these {found} rows"
    if missing > stated.max():
        rest = stated.index[0] if len(stated) == 1 else _leaders(stated, found - missing)
        return f"{NOT_STATED} in {missing} of {found}, otherwise {rest}"
    further = [f"{missing} {NOT_STATED}"] if missing else []
    return _leaders(stated, found, *further, *filter(None, [grouping.overlap]))


def _leaders(groups: pd.Series[int], total: int, *further: str) -> str:
    """Name the groups with most rows, and in brackets how many rows that is."""
    most = int(groups.max())
    names = [str(name) for name in groups.index[groups == most]]
    if len(names) == 1:
        said, share = f"most often {names[0]}", f"{most} of {total}"
    elif len(names) <= _MOST_NAMED:
        said = f"most often {listing([f'“{name}”' for name in names])}"
        share = f"{most} of {total} each"
    else:
        said, share = f"{len(names)} values come first", f"{most} of {total} each"
    return f"{said} ({'; '.join([share, *further])})"


def caption(opened: Opened, found: int, sort_by: str, descending: bool) -> str:
    """Name the table: which, how many rows, in what order."""
    order = f"sorted by “{opened.titles[sort_by]}”{', reversed' if descending else ''}"
    return f"{opened.title}: {found} of {len(opened.rows)} rows, {order}"


def chart_name(opened: Opened, grouping: Grouping, bars: pd.DataFrame) -> str:
    """Describe the chart with every number it shows."""
    shown = listing([f"{group} {n}" for group, n in zip(bars["group"], bars["n"], strict=True)])
    title = opened.titles[grouping.column]
    said = f"Bar chart: number of {opened.noun} by “{title}”: {shown}"
    return f"{said}. {sentence(grouping.overlap)}" if grouping.overlap else said


def how_to_read(columns: int) -> str:
    """Say where the columns are that a page has no room for.

    Examples
    --------
    >>> how_to_read(12)
    'The table has 12 columns, short ones first. Where it is wider than the page, scroll sideways.'
    """
    return (
        f"The table has {columns} columns, short ones first. "
        "Where it is wider than the page, scroll sideways."
    )


def left_out(titles: Sequence[str]) -> str:
    """Say which columns the table leaves out because they are blank in all rows shown."""
    many = "1 column is" if len(titles) == 1 else f"{len(titles)} columns are"
    named = f": {listing([f'“{title}”' for title in titles])}" if len(titles) <= _MOST_BLANK else ""
    return f"{many} left out, because these rows have no entry there{named}."
