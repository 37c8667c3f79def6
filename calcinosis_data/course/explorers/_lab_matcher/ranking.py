"""How well what is known of each condition fits the blood values found. Pure steps on frames."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import pandas as pd

from calcinosis_data.course.explorers.filters import ANY, sort_rows
from calcinosis_data.course.explorers.known import (
    CALCIUM,
    PHOSPHATE,
    Level,
    known_patterns,
    measured_values,
)
from calcinosis_data.course.explorers.patterns import FIT_ORDER, agreement

ANALYTES: Final = (
    CALCIUM,
    PHOSPHATE,
    "pth",
    "creatinine",
    "alkaline-phosphatase",
    "25oh-vitamin-d",
    "1-25oh-vitamin-d",
    "fgf23",
    "ck",
    "esr-crp",
)
"""Blood values in the order in which a report of a laboratory is read."""

_LEVELS: Final[tuple[Level, ...]] = ("types", "causes")
_COUNTED: Final = dict(zip(("fits", "open", "clashes"), FIT_ORDER, strict=True))


@cache
def offered_values() -> dict[str, tuple[str, ...]]:
    """List the values of each analyte that at least one type or cause is known to have.

    An analyte that varies or is not known wherever it was looked at is left out: it could
    tell nothing apart.

    Examples
    --------
    >>> offered_values()["alkaline-phosphatase"]
    ('normal', 'high')
    >>> "ck" in offered_values()
    False
    """
    known = pd.concat([known_patterns(level, ANALYTES) for level in _LEVELS])
    fitting = {
        analyte: tuple(
            value for value in measured_values() if any(value in one for one in known[analyte])
        )
        for analyte in ANALYTES
    }
    return {analyte: values for analyte, values in fitting.items() if values}


def chosen(found: Mapping[str, str]) -> dict[str, str]:
    """Keep the values that were found, in the order of `ANALYTES`.

    Examples
    --------
    >>> chosen({"phosphate": "low", "pth": "any", "calcium": "high"})
    {'calcium': 'high', 'phosphate': 'low'}
    """
    return {one: found[one] for one in ANALYTES if found.get(one, ANY) != ANY}


def by_blood_values(frame: pd.DataFrame) -> pd.DataFrame:
    """Put conditions of the same calcium next to each other, then those of the same phosphate.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per condition: `name` and sets of values, as `known_patterns` gives them.

    Returns
    -------
    pandas.DataFrame
        The rows from high to low calcium, then phosphate, then by name; what varies or is not
        known comes last.

    Examples
    --------
    >>> calcium = [frozenset({one}) for one in ("variable", "low", "high")]
    >>> frame = pd.DataFrame({"name": list("abc"), "calcium": calcium, "phosphate": calcium})
    >>> by_blood_values(frame)["name"].tolist()
    ['c', 'b', 'a']
    """
    by_name = sort_rows(frame, "name")
    places = by_name[[CALCIUM, PHOSPHATE]].map(_depth)
    order = places.sort_values([CALCIUM, PHOSPHATE], kind="stable").index
    return by_name.loc[order].reset_index(drop=True)


def _depth(known: frozenset[str]) -> float:
    """Mean place of the values on the scale, counted from its high end."""
    scale = measured_values()[::-1]
    places = [scale.index(one) for one in known if one in scale]
    return sum(places) / len(places) if places else float(len(scale))


def ranked(frame: pd.DataFrame, found: Mapping[str, str]) -> pd.DataFrame:
    """Count what fits, clashes and stays open in each row, and put the best first.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per condition: `name` and sets of values, as `known_patterns` gives them.
    found : mapping of str to str
        At least one value found, by analyte, as `chosen` gives them.

    Returns
    -------
    pandas.DataFrame
        The rows with `fit` (that of all values together), `n_fits`, `n_open` and `n_clashes`;
        fewest clashes first, then most that fit, then by name.

    Examples
    --------
    >>> frame = pd.DataFrame(
    ...     {"name": ["a", "b"], "calcium": [frozenset({"low"}), frozenset({"high"})]}
    ... )
    >>> ranked(frame, {"calcium": "high"})["name"].tolist()
    ['b', 'a']
    """
    fates = [_fates(row, found) for row in frame.to_dict("records")]
    counts = {f"n_{key}": [each.count(fit) for each in fates] for key, fit in _COUNTED.items()}
    counted = frame.assign(fit=[max(each, key=FIT_ORDER.index) for each in fates], **counts)
    order = ["n_clashes", "n_fits"]
    by_name = sort_rows(counted, "name")
    return by_name.sort_values(order, ascending=[True, False], kind="stable", ignore_index=True)


def _fates(row: Mapping[Any, Any], found: Mapping[str, str]) -> list[str]:
    return [agreement(row[analyte], value) for analyte, value in found.items()]


def first_in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows that share the first place of a ranking: nothing but the name parts them.

    Examples
    --------
    >>> ranks = {"name": ["a", "b", "c"], "n_clashes": [0, 0, 1], "n_fits": [1, 1, 1]}
    >>> first_in_order(pd.DataFrame(ranks))["name"].tolist()
    ['a', 'b']
    """
    best = frame.iloc[0]
    same = frame["n_clashes"].eq(best["n_clashes"]) & frame["n_fits"].eq(best["n_fits"])
    return frame[same]
