"""Does what is known of a condition agree with what was found? Pure steps on frames.

A characteristic (the calcium of a condition, the state of its tissue) is kept as the set of
values it may have. What is known to vary, and what is not known, neither agrees nor clashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.ui import NOT_STATED

VARIABLE: Final = "variable"
"""Direction of a value that may be anything: it speaks for nothing and against nothing."""

FITS: Final = "fits"
OPEN: Final = "left open"
CLASHES: Final = "does not fit"
FIT_ORDER: Final = (FITS, OPEN, CLASHES)


def values_of(direction: object) -> frozenset[str]:
    """Split a direction into the values it allows: ``low-normal`` means low or normal.

    Examples
    --------
    >>> sorted(values_of("low-normal"))
    ['low', 'normal']
    >>> values_of(None)
    frozenset({'not stated'})
    """
    if not isinstance(direction, str):
        return frozenset({NOT_STATED})
    return frozenset(direction.split("-"))


def plain_values(directions: Iterable[str]) -> list[str]:
    """Pick the directions that a measured value can have, in their order.

    Examples
    --------
    >>> plain_values(["low", "low-normal", "normal", "high", "variable"])
    ['low', 'normal', 'high']
    """
    return [one for one in directions if one != VARIABLE and "-" not in one]


def in_words(values: frozenset[str], order: Iterable[str] = ()) -> str:
    """Say which values are allowed, in the order of the scale.

    Examples
    --------
    >>> in_words(frozenset({"normal", "low"}), ["low", "normal", "high"])
    'low or normal'
    """
    scale = list(order)
    known = sorted(values, key=lambda one: (scale.index(one) if one in scale else len(scale), one))
    return " or ".join(known)


def agreement(values: frozenset[str], found: str) -> str:
    """Compare the values a characteristic may have with the one found.

    Parameters
    ----------
    values : frozenset of str
        What is known, as `values_of` gives it.
    found : str
        What was found, or `ANY`.

    Returns
    -------
    str
        `FITS`, `OPEN` or `CLASHES`.

    Examples
    --------
    >>> agreement(frozenset({"low", "normal"}), "normal")
    'fits'
    >>> agreement(frozenset({"variable"}), "normal")
    'left open'
    >>> agreement(frozenset({"high"}), "normal")
    'does not fit'
    """
    if found == ANY or found in values:
        return FITS
    return OPEN if values & {VARIABLE, NOT_STATED} else CLASHES


def judge(frame: pd.DataFrame, found: Mapping[str, str]) -> pd.Series[str]:
    """Judge each row: whether all that was found agrees, something clashes, or it stays open.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per condition; its columns hold sets of values.
    found : mapping of str to str
        Value found for each column, or `ANY`.

    Returns
    -------
    pandas.Series
        `FITS`, `OPEN` or `CLASHES` for each row.

    Examples
    --------
    >>> frame = pd.DataFrame({"calcium": [frozenset({"high"}), frozenset({"variable"})]})
    >>> judge(frame, {"calcium": "high"}).tolist()
    ['fits', 'left open']
    """
    worst = [
        max(
            (agreement(row[column], value) for column, value in found.items()),
            key=FIT_ORDER.index,
            default=FITS,
        )
        for row in frame.to_dict("records")
    ]
    return pd.Series(worst, index=frame.index, dtype="str")


def shared_patterns(frame: pd.DataFrame, columns: list[str]) -> list[pd.DataFrame]:
    """Find the rows that the given columns cannot tell apart, the largest group first.

    Only a single definite value counts: two conditions that vary share nothing.

    Examples
    --------
    >>> same = frozenset({"normal"})
    >>> frame = pd.DataFrame({"name": ["a", "b"], "calcium": [same, same]})
    >>> [group["name"].tolist() for group in shared_patterns(frame, ["calcium"])]
    [['a', 'b']]
    """
    definite = frame[
        [
            all(len(row[one]) == 1 and not row[one] & {VARIABLE, NOT_STATED} for one in columns)
            for row in frame.to_dict("records")
        ]
    ]
    words = [definite[column].map(in_words) for column in columns]
    groups = [group for _, group in definite.groupby(words, sort=True) if len(group) > 1]
    return sorted(groups, key=len, reverse=True)
