"""What the comparison says: finding, caption, name of the chart, notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from calcinosis_data.course.explorers._compare.attributes import (
    DIFFERENT,
    FIXED,
    ONE_ONLY,
    SAME,
    WORDED,
    Pair,
    has_sources,
)
from calcinosis_data.course.explorers._compare.studies import study_titles
from calcinosis_data.course.explorers._opened import Opened
from calcinosis_data.course.explorers._words import listing, lower_first, sentence
from calcinosis_data.course.explorers.study_rows import range_words

_MOST_NAMED: Final = 4
_LONG_NAMES: Final = 60


_FIXED_MEANS: Final = (
    "“Different” is said of fixed answers only: a value from a list, yes or no, a link to another "
    "table. “Own words” leaves the comparing to you: other words may mean the same. “One only” is "
    "not stated for the other row."
)
_COUNTED: Final = (
    "Study figures are counted for the row itself, not for its subsets, whether or not they had "
    "a second reading."
)
_NO_SOURCES: Final = (
    "These rows have no sources of their own: the figures of the studies on them have."
)
_AID: Final = "A teaching aid, not a diagnostic tool."
FIGURE_NOTES: Final = (
    "Each line is one figure of one study, with its 95% interval. Figures are never added up: "
    "people, methods and definitions differ between studies.",
    "Only figures that may be charted are here; a figure on a subset stands with that subset.",
    _AID,
)

_COLUMNS: Final = {
    "name": "Study figure",
    "group": "",
    "counted": "",
    "count": "Number with it",
    "percent_text": "Percent",
    "interval": "95% interval",
    "how": "",
    "shared": "Shared patients",
    "source": "Source",
    "note": "Note",
}


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
        One sentence on the attributes with fixed answers, and a short one on the others.
    """
    if pair.twice:
        return chosen_twice(pair)
    who = both_names(pair)
    if frame["verdict"].eq(SAME).all():
        return sentence(f"{who} are the same in all {_many(len(frame), 'attribute')} stated")
    return " ".join(sentence(part) for part in (_fixed(who, frame), _others(frame)) if part)


def _fixed(who: str, frame: pd.DataFrame) -> str:
    fixed = frame[frame["kind"].eq(FIXED)]
    differs = list(fixed.loc[fixed["verdict"].eq(DIFFERENT), "attribute"])
    both = len(differs) + int(fixed["verdict"].eq(SAME).sum())
    if not both:
        return f"{who} share no attribute with fixed answers"
    if not differs:
        return f"{who} agree in {_all_of(both)} with fixed answers"
    many = _all_of(both) if len(differs) == both else f"{len(differs)} of {both} attributes"
    return f"{who} differ in {many} with fixed answers: {_named(differs)}"


def _all_of(both: int) -> str:
    return {1: "the one attribute", 2: "both attributes"}.get(both, f"all {both} attributes")


def _named(titles: Sequence[str]) -> str:
    words = [lower_first(title) for title in titles]
    if len(words) > _MOST_NAMED:
        words = [*words[: _MOST_NAMED - 1], f"{len(words) - _MOST_NAMED + 1} more"]
    return listing(words)


def _others(frame: pd.DataFrame) -> str:
    """Count what is left beside the fixed answers that both state."""
    worded = int(frame["verdict"].eq(WORDED).sum())
    only = int(frame["verdict"].eq(ONE_ONLY).sum())
    said = ["worded differently"] if worded else []
    said += ["stated for only one of them"] if only else []
    more = worded + only
    return f"{more} more {'is' if more == 1 else 'are'} {listing(said, 'or')}" if more else ""


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def caption(pair: Pair, shown: int, total: int) -> str:
    """Name the table: which rows, and how many attributes of how many."""
    first, second = pair.names
    rows = first if pair.twice else f"{first} and {second}"
    left = f"; {_many(total - shown, 'attribute')} left out, the same for both"
    return (
        f"{pair.opened.title}: {rows}, {_many(shown, 'attribute')}{left if shown < total else ''}"
    )


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
    told = [
        pair.opened.description,
        "" if pair.twice else _FIXED_MEANS,
        _unstated(unstated, pair) if unstated else "",
        _COUNTED if studied else "",
        "" if has_sources(pair.opened.name) else _NO_SOURCES,
        _AID,
    ]
    return tuple(filter(None, told))


def _unstated(titles: Sequence[str], pair: Pair) -> str:
    whom = "this row" if pair.twice else "either row"
    return f"Not stated for {whom}: {listing([f'“{title}”' for title in titles])}."


def figures_finding(pair: Pair, rows: pd.DataFrame) -> str:
    """Say how many charted study figures each row has, and from where to where they go.

    Parameters
    ----------
    pair : Pair
        The rows.
    rows : pandas.DataFrame
        Their figures, as `side_by_side` gives them.

    Returns
    -------
    str
        One sentence; where they cannot be compared, why, and what to do.
    """
    if pair.twice:
        return chosen_twice(pair)
    having = [name for name in pair.names if rows["group"].eq(name).any()]
    if len(having) < len(pair.names):
        told = f"Only {lower_first(having[0])} has" if having else "Neither of the two has"
        return f"{told} study figures for the chart. Choose another row or show the attributes."
    each = [f"{lower_first(name)} has {_figures(rows[rows['group'].eq(name)])}" for name in having]
    return f"{sentence('; '.join(each))} Different studies: read them one by one."


def _figures(rows: pd.DataFrame) -> str:
    groups = rows[~rows["single"]]
    singles = int(rows["single"].sum())
    ends = (
        f"{_many(len(groups), 'figure')} ({range_words(groups['percent'])})" if len(groups) else ""
    )
    reports = f"{_many(singles, 'report')} of one patient" if singles else ""
    return listing([part for part in (ends, reports) if part])


def figure_titles(pair: Pair, study: str) -> dict[str, str]:
    """Title the columns of the table of study figures, by the names that its rows have."""
    own = study_titles(study) | {"group": pair.opened.titles[pair.opened.key[0]]}
    return {column: own.get(column, title) for column, title in _COLUMNS.items()}


def figures_caption(pair: Pair, study: str, rows: pd.DataFrame) -> str:
    """Name the table of study figures."""
    title = lower_first(study_titles(study)["study"])
    return f"{listing(pair.names)}: {_many(len(rows), 'study figure')} on {title}"


def chart_name(pair: Pair, rows: pd.DataFrame) -> str:
    """Describe the chart with what it shows for each row."""
    told = [f"{name}: {_figures(rows[rows['group'].eq(name)])}" for name in pair.names]
    return (
        f"Dot chart of percentages with 95% intervals, one line per study figure. {'; '.join(told)}"
    )
