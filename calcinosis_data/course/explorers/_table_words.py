"""What the table explorer says: finding, caption, name of the chart."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from calcinosis_data.course.explorers._opened import Opened, row_names
from calcinosis_data.course.explorers._words import listing, sentence
from calcinosis_data.course.explorers.filters import ANY, NOT_STATED

_MOST_NAMED = 3


def value_in_words(opened: Opened, column: str, value: object) -> str:
    """Say a value of a column as the table shows it."""
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if column in opened.links:
        return str(row_names(opened.links[column]).get(value, value))
    return str(value)


def finding(
    opened: Opened,
    found: int,
    query: str,
    chosen: Mapping[str, object],
    grouping: tuple[str, pd.DataFrame] | None = None,
) -> str:
    """Say how many rows were found, by what, and which group is the largest.

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
    grouping : tuple, optional
        The column counted by and its counts.

    Returns
    -------
    str
        The finding, numbers included.
    """
    conditions = _conditions(opened, query, chosen)
    total = len(opened.rows)
    if not found and conditions:
        return sentence(
            f"None of the {total} {opened.noun} has {conditions}. "
            f"Set a filter back to “{ANY}” or clear the search to see more"
        )
    has = "has" if found == 1 else "have"
    start = f"{found} of {total} {opened.noun} {has} {conditions}"
    if not conditions:
        start = f"All {total} {opened.noun} are shown"
    if grouping is None or not found or chosen.get(grouping[0], ANY) != ANY:
        return sentence(start)
    column, counts = grouping
    return sentence(f"{start}; {_largest(counts, opened.titles[column], found)}")


def _conditions(opened: Opened, query: str, chosen: Mapping[str, object]) -> str:
    parts = [
        f"“{value_in_words(opened, column, value)}” under “{opened.titles[column]}”"
        for column, value in chosen.items()
        if value != ANY
    ]
    words = query.split()
    if words:
        parts.append(f"the {'word' if len(words) == 1 else 'words'} “{' '.join(words)}”")
    return listing(parts)


def _largest(counts: pd.DataFrame, title: str, found: int) -> str:
    stated = counts[counts["group"] != NOT_STATED]
    missing = int(counts["n"].sum() - stated["n"].sum())
    if stated.empty:
        return f"“{title}” is {NOT_STATED} for {'it' if found == 1 else f'all {found}'}"
    most = int(stated["n"].max())
    leaders = [f"“{group}”" for group in stated.loc[stated["n"] == most, "group"]]
    if len(stated) == 1 and not missing:
        return f"“{title}” is {leaders[0]} for {'it' if found == 1 else f'all {found}'}"
    if most == 1 and len(stated) > 1:
        said = f"by “{title}”, each group has 1"
    elif len(leaders) > _MOST_NAMED:
        said = f"by “{title}”, the largest groups are {len(leaders)} with {most} each"
    elif len(leaders) > 1:
        said = f"by “{title}”, the largest groups are {listing(leaders)} with {most} each"
    else:
        said = f"by “{title}”, the largest group is {leaders[0]} with {most} of {found}"
    return (
        f"{said}, and {missing} {'is' if missing == 1 else 'are'} {NOT_STATED}" if missing else said
    )


def caption(opened: Opened, found: int, sort_by: str, descending: bool) -> str:
    """Name the table: which, how many rows, in what order."""
    order = f"sorted by “{opened.titles[sort_by]}”{', reversed' if descending else ''}"
    return f"{opened.title}: {found} of {len(opened.rows)} rows, {order}"


def chart_name(opened: Opened, column: str, bars: pd.DataFrame) -> str:
    """Describe the chart with every number it shows."""
    shown = listing([f"{group} {n}" for group, n in zip(bars["group"], bars["n"], strict=True)])
    return f"Bar chart: number of {opened.noun} by “{opened.titles[column]}”: {shown}"
