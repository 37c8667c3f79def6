"""What the type grid says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import pandas as pd

from calcinosis_data.course.explorers._words import listing, lower_first, sentence
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.patterns import (
    FITS,
    OPEN,
    VARIABLE,
    in_words,
    shared_patterns,
)
from calcinosis_data.course.ui import NOT_STATED

_MOST_NAMED = 6


def finding(
    frame: pd.DataFrame, found: Mapping[str, str], analytes: Mapping[str, str], level: str
) -> str:
    """Say what fits, what cannot be told apart, and what stays open.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per type or cause: name, sets of values, `fit`.
    found : mapping of str to str
        Value of each filter by column, the tissue's included.
    analytes : mapping of str to str
        Column and name of each blood value.
    level : str
        What the rows are, in the plural.

    Returns
    -------
    str
        The finding.
    """
    if all(value == ANY for value in found.values()):
        return _overview(frame, analytes, level)
    fitting = frame[frame["fit"] == FITS]
    pattern = _pattern(found, analytes)
    parts = [_fits(pattern, fitting, len(frame), level)]
    blood = [column for column in analytes if found[column] != ANY]
    if len(fitting) > 1:
        parts.append(_not_told_apart(fitting, len(blood), tissue_known=found["tissue"] != ANY))
    start = sentence(": ".join(parts))
    left = frame[frame["fit"] == OPEN]
    return start if left.empty else f"{start} {_left_open(left)}"


def _overview(frame: pd.DataFrame, analytes: Mapping[str, str], level: str) -> str:
    groups = shared_patterns(frame, list(analytes))
    if not groups:
        return sentence(f"No two of the {len(frame)} {level} share {_both(analytes)} for certain")
    first = groups[0]
    pattern = {column: in_words(first[column].iloc[0]) for column in analytes}
    start = f"{len(first)} of {len(frame)} {level} have {lower_first(_pattern(pattern, analytes))}"
    apart = _not_told_apart(first, len(analytes), tissue_known=False)
    told = "" if _tissue_help(first) else f" ({_names(first)})"
    return sentence(f"{start}{told}: {apart}")


def _both(analytes: Mapping[str, str]) -> str:
    return listing([lower_first(name) for name in analytes.values()])


def _names(frame: pd.DataFrame) -> str:
    if len(frame) > _MOST_NAMED:
        return f"{len(frame)} of them"
    return listing([lower_first(name) for name in frame["name"]])


def _pattern(found: Mapping[str, str], analytes: Mapping[str, str]) -> str:
    """Say the values found: normal calcium with high phosphate in damaged tissue."""
    blood = " with ".join(
        f"{found[column]} {lower_first(name)}"
        for column, name in analytes.items()
        if found[column] != ANY
    )
    tissue = found.get("tissue", ANY)
    if tissue == ANY:
        return blood
    return f"{blood} in {tissue} tissue" if blood else f"{tissue} tissue"


def _fits(pattern: str, fitting: pd.DataFrame, total: int, level: str) -> str:
    start = pattern[:1].upper() + pattern[1:]
    if fitting.empty:
        return f"{start} fits none of the {total} {level} for certain"
    named = f", {_names(fitting)}" if len(fitting) <= _MOST_NAMED else ""
    return f"{start} fits {len(fitting)} of {total} {level}{named}"


def _not_told_apart(fitting: pd.DataFrame, n_blood: int, *, tissue_known: bool) -> str:
    if tissue_known and n_blood:
        return "blood and tissue together do not tell them apart"
    if tissue_known:
        return "the state of the tissue alone does not tell them apart"
    tests = "this blood test alone does" if n_blood == 1 else "these blood tests alone do"
    return f"{tests} not tell them apart{_tissue_help(fitting)}"


def _tissue_help(fitting: pd.DataFrame) -> str:
    """Say whether the state of the tissue parts what the blood does not."""
    pairs = [_parted(one, other) for one, other in combinations(fitting["tissue"], 2)]
    if not any(pairs):
        return ""
    verb = "does" if all(pairs) else "separates some of them"
    by_state = fitting.groupby(fitting["tissue"].map(in_words))
    shown = "; ".join(f"{state} in {_names(group)}" for state, group in by_state)
    return f", but the state of the tissue {verb} ({shown})"


def _parted(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one & other and NOT_STATED not in one | other


def _left_open(left: pd.DataFrame) -> str:
    who = _names(left)
    if len(left) == 1:
        return sentence(f"{who} stays open, because its values vary or are not known")
    return sentence(f"{who} stay open, because their values vary or are not known")


def plain(value: str) -> str:
    """Say a blood value as the chart heads its field.

    Examples
    --------
    >>> plain("variable"), plain("low or normal")
    ('varies', 'low or normal')
    """
    return "varies" if value == VARIABLE else value


def caption(found: Mapping[str, str], analytes: Mapping[str, str], level: str) -> str:
    """Name the table: what its rows are and what they are compared with."""
    pattern = _pattern(found, analytes)
    start = f"Blood values and tissue of the {level}"
    return f"{start}, compared with {pattern}" if pattern else start


def chart_name(
    frame: pd.DataFrame, analytes: Mapping[str, str], level: str, scale: Sequence[str]
) -> str:
    """Describe the grid field by field."""
    words = [
        frame[column].map(lambda one: in_words(one, scale).replace(VARIABLE, "varying"))
        for column in analytes
    ]
    rows = zip(*words, strict=True)
    patterns = [_pattern(dict(zip(analytes, row, strict=True)), analytes) for row in rows]
    fields = [
        f"{pattern}: {listing(list(names))}"
        for pattern, names in frame["name"].groupby(patterns, sort=False)
    ]
    across, down = analytes.values()
    return f"Grid of {across} across and {down} down, with the {level} as marks: " + "; ".join(
        fields
    )
