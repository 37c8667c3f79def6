"""What the comparison says: finding, caption, name of the chart, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

from calcinosis_data.course.explorers._compare.attributes import (
    DIFFERENT,
    ONE_ONLY,
    SAME,
    WORDED,
    Pair,
    has_sources,
)
from calcinosis_data.course.explorers._opened import Opened
from calcinosis_data.course.explorers._words import listing, lower_first, sentence

ALL: Final = "everything"
"""What a reader may choose to see of two rows."""

_MOST_NAMED: Final = 4
_LONG_NAMES: Final = 60


_READ: Final = (
    "“Different” is said only where both are described with the same set of words; otherwise read "
    "both texts. “One only”: nothing is stated for the other."
)
_COUNTED: Final = (
    "“Study figures” counts the results of studies on exactly this, not on a subset of it; not all "
    "are fit for a chart."
)
_NO_SOURCES: Final = "These rows name no sources; the studies on them do."
AID: Final = "A teaching aid, not a diagnostic tool."


def question(opened: Opened) -> str:
    """Ask what the panel answers.

    Examples
    --------
    >>> from calcinosis_data.course.explorers._opened import open_table
    >>> question(open_table("treatments")), question(open_table("source_items"))
    ('How do two treatments differ?', 'How do two rows of “Entries of the article” differ?')
    """
    rows = f"rows of “{opened.title}”" if opened.noun == "rows" else opened.noun
    return f"How do two {rows} differ?"


def both_names(pair: Pair) -> str:
    """Name both rows in a sentence, or neither where that would be too long to read.

    Parameters
    ----------
    pair : Pair
        The rows.

    Returns
    -------
    str
        Words to begin a sentence with.
    """
    first, second = pair.names
    if len(first) + len(second) > _LONG_NAMES:
        return "The two"
    return f"{first} and {lower_first(second)}"


def chosen_twice(pair: Pair) -> str:
    """Say kindly that there is nothing to compare yet."""
    return f"{pair.names[0]} is chosen twice. Choose another row as First or Second to compare."


def finding(pair: Pair, frame: pd.DataFrame) -> str:
    """Say in which attributes the rows differ.

    Parameters
    ----------
    pair : Pair
        The rows.
    frame : pandas.DataFrame
        All attributes, as `compare_rows` gives them.

    Returns
    -------
    str
        One sentence on what differs and what agrees, and a short one on the rest.
    """
    if pair.twice:
        return chosen_twice(pair)
    said = [f"{both_names(pair)} {_compared(frame)}", _rest(frame)]
    return " ".join(sentence(part) for part in said if part)


def _compared(frame: pd.DataFrame) -> str:
    differs = list(frame.loc[frame["verdict"].eq(DIFFERENT), "attribute"])
    same = int(frame["verdict"].eq(SAME).sum())
    points = many(len(frame), "point")
    if differs:
        told = f"differ in {len(differs)} of {points} ({_named(differs)})"
        return f"{told} and agree in {same or 'none'}"
    if same == len(frame):
        return f"agree in all {points}"
    return (
        f"agree in {same} of {points}" if same else "have no point that must be same or different"
    )


def _named(titles: Sequence[str]) -> str:
    words = [f"“{title}”" for title in titles]
    if len(words) > _MOST_NAMED:
        words = [*words[: _MOST_NAMED - 1], f"{len(words) - _MOST_NAMED + 1} more"]
    return listing(words)


def _rest(frame: pd.DataFrame) -> str:
    """Count what can be neither the same nor different."""
    worded = int(frame["verdict"].eq(WORDED).sum())
    only = int(frame["verdict"].eq(ONE_ONLY).sum())
    said = [f"for {worded}, read both texts"] if worded else []
    said += [f"{only} {'is' if only == 1 else 'are'} stated for only one of them"] if only else []
    return "; ".join(said)


def many(number: int, noun: str) -> str:
    """Say a number of things.

    Examples
    --------
    >>> many(1, "point"), many(3, "point")
    ('1 point', '3 points')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def caption(pair: Pair, shown: int, total: int, further: Sequence[str]) -> str:
    """Name the table: which rows, how many points of how many, and what stands below them.

    Parameters
    ----------
    pair : Pair
        The rows.
    shown, total : int
        Points shown, and all.
    further : sequence of str
        Titles of the lines that are no points.

    Returns
    -------
    str
        The caption.
    """
    left = f" ({total - shown} left out, the same for both)" if shown < total else ""
    below = f", then {listing([lower_first(one) for one in further])}" if further else ""
    return f"{_whole(pair)}: {many(shown, 'point')}{left}{below}"


def _whole(pair: Pair) -> str:
    return pair.names[0] if pair.twice else " and ".join(pair.names)


def notes(pair: Pair, *, studied: bool, unstated: Sequence[str]) -> tuple[str, ...]:
    """Say how to read the table of attributes, and what it leaves out.

    Parameters
    ----------
    pair : Pair
        The rows.
    studied : bool
        Whether study figures are counted.
    unstated : sequence of str
        Titles of the attributes that neither row states.

    Returns
    -------
    tuple of str
        The notes.
    """
    studies = _COUNTED if studied else ""
    sources = "" if has_sources(pair.opened.name) else _NO_SOURCES
    told = [
        "" if pair.twice else _READ,
        _about(pair.opened),
        _unstated(unstated, pair) if unstated else "",
        " ".join(filter(None, [studies, sources, AID])),
    ]
    return tuple(filter(None, told))


def _about(opened: Opened) -> str:
    """Say what is compared, without what is said of rows as rows."""
    parts = re.split(r"(?<=[.]) ", opened.description)
    return " ".join(part for part in parts if not re.search(r"\brows?\b", part))


def _unstated(titles: Sequence[str], pair: Pair) -> str:
    whom = "it" if pair.twice else "either"
    return f"Not stated for {whom}: {listing([f'“{title}”' for title in titles])}."
