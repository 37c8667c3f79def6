"""How a study and its percents are told: by its people, with one rounding, and what it looked at.

A percent is told whole in a study of fewer than 100 people and with one decimal in a larger one;
one below 1 keeps its digits. It is worked out from the count where the count is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from math import floor
from typing import Any, Final

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._opened import row_names
from calcinosis_data.course.explorers.study_rows import interval_words, percent_words

LARGE: Final = 100
"""Studies of at least so many people have percents with one decimal."""
ROUNDING: Final = f"Percents are whole numbers in studies of fewer than {LARGE} people."
"""The rule in words, for a note."""

_ONLY: Final = re.compile(r"([a-z ]+) only (examined|imaged)")
_PERCENTS: Final = ("percent", "ci_low", "ci_high")


def rounded_percent(percent: Any, n: Any) -> float | None:
    """Round a percent as the size of its study allows.

    Examples
    --------
    >>> rounded_percent(58.54, 41), rounded_percent(12.5, 16), rounded_percent(13.31, 631)
    (59.0, 13.0, 13.3)
    """
    if pd.isna(percent):
        return None
    if 0 < percent < 1:
        return float(percent)
    steps = 10 if not pd.isna(n) and n >= LARGE else 1
    return floor(float(percent) * steps + 0.5 + 1e-9) / steps


def rounded(rows: pd.DataFrame) -> pd.DataFrame:
    """Round percents and intervals, so that chart, table and finding tell the same.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `study_rows.study_columns`, with `n_with` and `n_total`; a `count_basis` of
        "back-calculated" says that the count came from the percent and not the other way.

    Returns
    -------
    pandas.DataFrame
        The rows, with `percent`, `ci_low` and `ci_high` rounded and their words made anew.

    Examples
    --------
    >>> row = {"n_with": 24, "n_total": 41, "percent": 58.5, "ci_low": 43.37, "ci_high": 72.24}
    >>> told = rounded(pd.DataFrame([row])).iloc[0]
    >>> told["percent_text"], told["interval"]
    ('59%', '43% to 72%')
    """
    exact = rows.assign(percent=_from_counts(rows))
    told = {
        column: pd.Series(
            [rounded_percent(*cell) for cell in zip(exact[column], rows["n_total"], strict=True)],
            index=rows.index,
            dtype="float64",
        )
        for column in _PERCENTS
    }
    ends = zip(told["ci_low"], told["ci_high"], strict=True)
    return rows.assign(
        **told,
        percent_text=_texts([percent_words(one) for one in told["percent"]], rows),
        interval=_texts([interval_words(*pair) for pair in ends], rows),
    )


def _from_counts(rows: pd.DataFrame) -> pd.Series[float]:
    from_counts = rows["n_with"].astype("float64") / rows["n_total"].astype("float64") * 100
    known = rows["percent"].notna() & from_counts.notna()
    if "count_basis" in rows:
        known &= ~rows["count_basis"].eq("back-calculated")
    return from_counts.where(known, rows["percent"])


def _texts(texts: list[str | None], rows: pd.DataFrame) -> pd.Series[str]:
    return pd.Series(texts, index=rows.index, dtype="str")


def study_names(people: Iterable[str], refs: Iterable[str]) -> list[str]:
    """Name studies: their people first, then in brackets who published them and when.

    Parameters
    ----------
    people : iterable of str
        Who was studied.
    refs : iterable of str
        References. Of one without an author only the year is told; its title is in the table.

    Returns
    -------
    list of str
        The names.

    Examples
    --------
    >>> study_names(["adults, Portugal", "children"], ["samoes2023", "carra2022"])
    ['Adults, Portugal (Samões et al. 2023)', 'Children (2022)']
    """
    pairs = zip(people, refs, strict=True)
    return [f"{one[:1].upper()}{one[1:]}{_in_brackets(ref)}" for one, ref in pairs]


def _in_brackets(ref: str) -> str:
    cited = str(row_names("references")[ref])
    if not cited.startswith(("“", "Untitled")):
        return f" ({cited})"
    year = _years()[ref]
    return "" if pd.isna(year) else f" ({year})"


@cache
def _years() -> dict[str, Any]:
    rows = data.load_table("references")
    return dict(zip(rows["ref_id"], rows["year"], strict=True))


def only_looked_at(refs: Iterable[str]) -> list[str]:
    """Say for each study which part alone it looked at, "" where none is named.

    Parameters
    ----------
    refs : iterable of str
        References.

    Returns
    -------
    list of str
        Such as "only the hands were imaged", from the notes of `sites` and `prevalence`.

    Examples
    --------
    >>> only_looked_at(["muktabhant2021", "bauer2020"])
    ['only the hands were imaged', '']
    """
    said = _limits()
    return [said.get(ref, "") for ref in refs]


@cache
def _limits() -> dict[str, str]:
    tables = [data.load_table("sites"), data.load_table("prevalence")]
    found = {}
    for ref, note in pd.concat([one[["ref_id", "note"]] for one in tables]).itertuples(index=False):
        hit = None if pd.isna(note) else _ONLY.search(note)
        if hit:
            where, how = hit[1].strip(), hit[2]
            verb = "were" if where.endswith("s") else "was"
            found[str(ref)] = f"only the {where} {verb} {how}"
    return found
