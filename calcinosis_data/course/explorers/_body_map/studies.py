"""The studies of body sites to choose from, and which to show first."""

from __future__ import annotations

from typing import Final

import pandas as pd

from calcinosis_data.course.explorers._body_map.sites import COUNTED
from calcinosis_data.course.explorers.filters import ANY

SEVERAL: Final = 2
"""A study of at least so many sites can compare them."""
_LONGEST: Final = 22


def first_counted(rows: pd.DataFrame) -> str:
    """Choose what to show first of these rows: the first of `COUNTED` that they have."""
    return next((one for one in COUNTED if rows["counted"].eq(one).any()), COUNTED[0])


def leading_study(rows: pd.DataFrame) -> str:
    """Choose the largest study that compares sites, "any" where there is none.

    Examples
    --------
    >>> from calcinosis_data.course.explorers._body_map.sites import charted_rows
    >>> rows = charted_rows()
    >>> leading_study(rows[rows["condition_id"].eq("inflammatory-myopathy")])
    'fredi2015'
    """
    of_several = rows[rows.groupby("ref_id")["body_site_id"].transform("nunique") >= SEVERAL]
    if of_several.empty:
        return ANY
    return str(of_several.sort_values("n", ascending=False, kind="stable")["ref_id"].iloc[0])


def study_choices(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """List the studies of these rows, those of most body sites first.

    Returns
    -------
    list of tuple of str
        Name with the number of sites, and reference.
    """
    named = {ref: source for source, ref in rows[["source", "ref_id"]].itertuples(index=False)}
    counts = rows.groupby("ref_id", sort=False)["body_site_id"].nunique()
    order = sorted(counts.index, key=lambda ref: (-counts[ref], named[ref]))
    return [(f"{_short(named[ref])} ({_sites(counts[ref])})", ref) for ref in order]


def _short(source: str) -> str:
    """Keep what fits a list of choices: no words for a missing year, the start of a title."""
    plain = source.removesuffix(", year not shown")
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST].rsplit(' ', 1)[0]} …"


def _sites(n: int) -> str:
    return "1 site" if n == 1 else f"{n} sites"
