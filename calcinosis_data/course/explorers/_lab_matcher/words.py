"""What the lab matcher says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

from calcinosis_data.course.explorers._lab_matcher.cells import VARIES, short_direction
from calcinosis_data.course.explorers._lab_matcher.ranking import first_in_order
from calcinosis_data.course.explorers._words import listing, lower_first, sentence
from calcinosis_data.course.explorers.known import CALCIUM, measured_values
from calcinosis_data.course.explorers.patterns import CLASHES, FIT_ORDER, FITS, OPEN

_MOST_NAMED: Final = 3
_MOST_SPOKEN: Final = 3


def finding(
    frame: pd.DataFrame, found: Mapping[str, str], names: Mapping[str, str], level: str
) -> str:
    """Say how many conditions fit the values chosen, or how one value is spread.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per condition, in ranked order if a value was chosen.
    found : mapping of str to str
        Values chosen, by analyte.
    names : mapping of str to str
        Name of each analyte.
    level : str
        What the rows are, in the plural.

    Returns
    -------
    str
        The finding.
    """
    if not found:
        return _spread(frame, level)
    counts = Counter(frame["fit"])
    fitting = _fitting(frame, counts[FITS], len(found), level)
    rest = _rest(counts)
    start = sentence(f"{_spoken(found, names)}{fitting}{rest}")
    return start if counts[FITS] else f"{start} {_nearest(frame, len(found), level)}"


def _spread(frame: pd.DataFrame, level: str) -> str:
    scale = measured_values()
    said = Counter(short_direction(known, scale, " or ") for known in frame[CALCIUM])
    first, *rest = said.items()  # in the order of the rows
    parts = [f"{_is(first[0])} in {first[1]} of {len(frame)} {level}"]
    parts += [f"{_is(word)} in {n}" if word == VARIES else f"{word} in {n}" for word, n in rest]
    return f"Calcium {listing(parts)}. Choose a value to see which {level} fit."


def _is(word: str) -> str:
    return word if word == VARIES else f"is {word}"


def pattern(found: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Say the values chosen, or how many they are if that would be long.

    Examples
    --------
    >>> names = {"calcium": "Calcium", "phosphate": "Phosphate"}
    >>> pattern({"calcium": "high", "phosphate": "low"}, names)
    'High calcium with low phosphate'
    """
    if len(found) > _MOST_SPOKEN:
        return f"The {len(found)} values chosen"
    first, *others = (f"{value} {lower_first(names[one])}" for one, value in found.items())
    said = f"{first} with {listing(others)}" if others else first
    return said[:1].upper() + said[1:]


def _spoken(found: Mapping[str, str], names: Mapping[str, str]) -> str:
    return f"{pattern(found, names)}: " if len(found) <= _MOST_SPOKEN else ""


def all_values(chosen: int) -> str:
    """Name the values chosen as a whole.

    Examples
    --------
    >>> all_values(1), all_values(2), all_values(4)
    ('the value', 'both values', 'all 4 values chosen')
    """
    spoken = {1: "the value", 2: "both values", 3: "all 3 values"}
    return spoken.get(chosen, f"all {chosen} values chosen")


def _fitting(frame: pd.DataFrame, fitting: int, chosen: int, level: str) -> str:
    if not fitting:
        return f"none of the {len(frame)} {level} fits {all_values(chosen)}"
    verb = "fits" if fitting == 1 else "fit"
    named = ""
    if fitting <= _MOST_NAMED:
        named = f", {_names(frame[frame['fit'] == FITS])}"
    return f"{fitting} of {len(frame)} {level} {verb} {all_values(chosen)}{named}"


def _names(frame: pd.DataFrame) -> str:
    return listing([lower_first(name) for name in frame["name"]])


def _rest(counts: Mapping[str, int]) -> str:
    """Say what becomes of the other rows."""
    parts = []
    if counts[OPEN]:
        parts.append(f"{counts[OPEN]} {'is' if counts[OPEN] == 1 else 'are'} left open")
    if counts[CLASHES] and counts[FITS]:
        parts.append(f"{counts[CLASHES]} {_verb(CLASHES, counts[CLASHES])}")
    if parts:
        return f"; {listing(parts)}"
    return "" if counts[FITS] else ", nor is any left open"


def _nearest(frame: pd.DataFrame, chosen: int, level: str) -> str:
    """Name what fits at least one of the values, with the fewest that do not."""
    some = frame[frame["n_fits"].gt(0)]
    if some.empty:
        return f"Not one of the values fits any of the {level} for certain."
    best = first_in_order(some)
    who = _names(best) if len(best) < _MOST_NAMED else f"{len(best)} {level}"
    fate = outcome(*best.iloc[0][["n_fits", "n_open", "n_clashes"]])
    if chosen == 1:
        fate = fate.removeprefix("1 value ")
    elif len(best) > 1:
        fate = f"in each {fate}"
    return f"Nearest: {who} ({fate})."


def outcome(fits: int, left_open: int, clashes: int) -> str:
    """Say how the values of one condition fare.

    Examples
    --------
    >>> outcome(2, 0, 1)
    '2 values fit, 1 does not fit'
    >>> outcome(0, 1, 0)
    '1 value left open'
    """
    parts: list[str] = []
    for count, fit in zip((fits, left_open, clashes), FIT_ORDER, strict=True):
        if count:
            noun = "" if parts else " value" if count == 1 else " values"
            parts.append(f"{count}{noun} {_verb(fit, count)}")
    return ", ".join(parts)


def _verb(fit: str, count: int) -> str:
    one = {FITS: "fits", OPEN: "left open", CLASHES: "does not fit"}
    several = {FITS: "fit", OPEN: "left open", CLASHES: "do not fit"}
    return (one if count == 1 else several)[fit]


def heading(fit: str, clashes: int, chosen: int) -> str:
    """Head the rows of the chart that fare alike.

    Examples
    --------
    >>> heading("does not fit", 2, 3), heading("fits", 0, 2)
    ('2 values do not fit', 'Both values fit')
    """
    if fit == OPEN:
        return "Nothing clashes, something is left open" if chosen > 1 else "Left open"
    if fit == CLASHES:
        return outcome(0, 0, clashes) if chosen > 1 else "The value does not fit"
    whole = all_values(chosen)
    return f"{whole[:1].upper()}{whole[1:]} {'fits' if chosen == 1 else 'fit'}"


def caption(found: Mapping[str, str], names: Mapping[str, str], level: str) -> str:
    """Name the table: what its rows are and how they are ordered."""
    start = f"Blood values of the {level}"
    if not found:
        return f"{start}, by calcium, then by phosphate"
    return f"{start}, best fit first, compared with {lower_first(pattern(found, names))}"


def chart_name(frame: pd.DataFrame, found: Mapping[str, str], drawn: Collection[str]) -> str:
    """Describe the matrix for those who do not see it."""
    what = f"Matrix of {len(frame)} rows, {frame['name'].iloc[0]} first, and {len(drawn)} columns"
    columns = f"{what} ({listing(list(drawn))})"
    if not found:
        return f"{columns}. Each mark says whether the value is low, normal or high, or varies"
    return f"{columns}. Each mark says whether the value chosen fits, is left open or does not fit"
