"""The diseases of `prevalence` as families: a disease, then its forms, under one name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from calcinosis_data.course.explorers._opened import row_names
from calcinosis_data.course.explorers._words import lower_first
from calcinosis_data.course.explorers.families import line
from calcinosis_data.course.explorers.filters import fold

_TOO_WIDE: Final = (
    "anticentromere-negative",
    "anticentromere-positive",
    "calcinosis",
    "connective-tissue-disease",
)
"""Groups of diseases; what they hold are diseases of their own and no forms."""


def own_line(condition: str) -> tuple[str, ...]:
    """Lead from the disease that a condition is a form of down to the condition itself.

    Examples
    --------
    >>> own_line("limited-systemic-sclerosis")
    ('systemic-sclerosis', 'limited-systemic-sclerosis')
    >>> own_line("connective-tissue-disease")
    ('connective-tissue-disease',)
    """
    upward = line(condition)
    kept = [one for one in upward if one not in _TOO_WIDE] or upward
    return tuple(reversed(kept))


def as_forms(conditions: pd.Series[Any]) -> list[str]:
    """Name each condition, a form with its disease in front.

    Examples
    --------
    >>> as_forms(pd.Series(["limited-systemic-sclerosis", "systemic-sclerosis"]))
    ['Systemic sclerosis: limited', 'Systemic sclerosis']
    """
    return [_as_form(own_line(one)) for one in conditions]


def _as_form(down: tuple[str, ...]) -> str:
    names = row_names("conditions")
    disease, name = str(names[down[0]]), str(names[down[-1]])
    if len(down) == 1:
        return name
    # "Limited systemic sclerosis" need not say again what it is a form of.
    start, found, end = name.lower().partition(disease.lower())
    rest = f"{start}{end}".strip(" ,") if found else lower_first(name)
    return f"{disease}: {rest}"


def family_places(rows: pd.DataFrame, by: str | None) -> dict[str, int]:
    """Give each condition its place, so that a disease comes first and its forms follow it.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows with `condition_id` and `n`.
    by : str or None
        Column whose value in the largest study counts, the highest first; None for names.

    Returns
    -------
    dict of str to int
        Places of the conditions of the rows, from 0.
    """
    lines = {one: own_line(one) for one in map(str, rows["condition_id"].unique())}
    weights = _weights(rows, lines, by) if by else {}
    names = row_names("conditions")
    ranked = sorted(
        lines,
        key=lambda one: [(-weights.get(step, 0.0), fold(str(names[step]))) for step in lines[one]],
    )
    return {one: place for place, one in enumerate(ranked)}


def _weights(rows: pd.DataFrame, lines: dict[str, tuple[str, ...]], by: str) -> dict[str, float]:
    """Take the value of the largest study on each disease or on a form of it."""
    largest: dict[str, float] = {}
    ordered = rows.sort_values("n", ascending=False, kind="stable")
    for condition, value in _known(ordered[["condition_id", by]].itertuples(index=False)):
        for step in lines[condition]:
            largest.setdefault(step, value)
    return largest


def _known(pairs: Iterable[Any]) -> list[tuple[str, float]]:
    return [(str(one), float(value)) for one, value in pairs if not pd.isna(value)]
