"""The claims of the article in words: where each stands, how it was judged, what backs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._opened import row_names, with_citations
from calcinosis_data.course.explorers.filters import text_of_rows

SECTIONS: Final = {
    "types": "Types",
    "causes": "Causes",
    "symptoms": "Symptoms",
    "diagnosis": "Tests",
    "treatment": "Treatments",
}
"""Sections of the article in its order, and what to call them."""

VERDICTS: Final = {
    "supported": "supported",
    "supported-with-caveat": "supported with caveat",
    "misleading": "misleading",
    "incorrect": "incorrect",
    "unverified": "unverified",
}
"""Verdicts from agreement to contradiction, and in words; the last one says neither."""

FAULTS: Final = ("misleading", "incorrect")
"""Verdicts that speak against a claim."""

_KINDS: Final = {
    "stated": "said in the entry",
    "implied": "implied by the entry",
    "completed": "the missing end of the entry",
}
_RELATIONS: Final = {
    "repeats": "repeats",
    "part_of": "part of",
    "same_concept_in": "same concept as",
    "overlaps": "overlaps with",
}
_NO_SOURCE: Final = "none given"


def article_claims() -> pd.DataFrame:
    """Gather the claims in the order of the article.

    Returns
    -------
    pandas.DataFrame
        One row per claim: `claim`, `section`, `verdict` and `confidence` (ids as in the
        tables), `item_id`, `entry` (number and heading), `explanation`, `kind`, `truncated`,
        `repeats` and `relation` (to another entry, in words), `refs` and `sources`.

    Examples
    --------
    >>> article_claims()["entry"].iloc[0]
    '1. Dystrophic Calcinosis'
    """
    return _claims().copy(deep=False)  # pandas copies on write


@cache
def _claims() -> pd.DataFrame:
    items = data.load_table("source_items").set_index("item_id")
    rows = data.load_table("appraisals").join(items, on="item_id")
    refs = _references()
    rows = rows.assign(
        section=rows["section"].astype("object"),
        verdict=rows["verdict"].astype("object"),
        confidence=rows["confidence"].astype("object"),
        entry=rows["number"].astype("str") + ". " + rows["name"],
        explanation=with_citations(rows["explanation"]),
        kind=rows["claim_kind"].astype("object").map(_KINDS),
        repeats=rows["relation"].eq("repeats"),
        relation=_relations(rows, items),
    )
    rows["refs"] = pd.Series([refs.get(one, ()) for one in rows["appraisal_id"]], dtype="object")
    rows["sources"] = rows["refs"].map(_cited)
    rows["place"] = rows["section"].map(list(SECTIONS).index)
    return rows.sort_values(["place", "number", "appraisal_id"], ignore_index=True)


def _references() -> Mapping[str, tuple[str, ...]]:
    cited = data.load_table("citations")
    own = cited[cited["table"].eq("appraisals")]
    return {str(one): tuple(refs) for one, refs in own.groupby("row_id")["ref_id"]}


def _cited(refs: tuple[str, ...]) -> str:
    names = row_names("references")
    return "; ".join(names[ref] for ref in refs) or _NO_SOURCE


def _relations(rows: pd.DataFrame, items: pd.DataFrame) -> list[str]:
    """Say how the entry of each claim stands to another: repeats 15. Colchicine."""
    related = zip(rows["relation"], rows["related_item"], rows["section"], strict=True)
    return [_relation(relation, item, section, items) for relation, item, section in related]


def _relation(relation: str, item: Any, section: str, items: pd.DataFrame) -> str:
    if relation not in _RELATIONS:
        return "none"
    other = items.loc[item]
    elsewhere = "" if other["section"] == section else f" ({SECTIONS[other['section']].lower()})"
    return f"{_RELATIONS[relation]} {other['number']}. {other['name']}{elsewhere}"


def against(verdict: str) -> tuple[str, ...]:
    """Choose the verdicts whose share is told: the one asked for, or those against a claim.

    Examples
    --------
    >>> against("any")
    ('misleading', 'incorrect')
    """
    return (verdict,) if verdict in VERDICTS else FAULTS


def share_against(claims: pd.DataFrame, verdicts: Sequence[str]) -> pd.Series[float]:
    """Share of some verdicts in each section, the largest first.

    Parameters
    ----------
    claims : pandas.DataFrame
        Rows as `article_claims` gives them.
    verdicts : sequence of str
        Ids of the verdicts to count.

    Returns
    -------
    pandas.Series
        Shares from 0 to 1 by section; equal ones in the order of the article.

    Examples
    --------
    >>> share_against(article_claims(), FAULTS).round(2).head(2).to_dict()
    {'symptoms': 0.62, 'diagnosis': 0.37}
    """
    found = claims["verdict"].isin(verdicts).astype("float")
    shares = found.groupby(claims["section"], sort=False).mean()
    return shares.sort_values(ascending=False, kind="stable")


@cache
def claim_texts() -> pd.Series[str]:
    """Return what a search looks through: claim, entry and explanation of each row."""
    return text_of_rows(_claims()[["claim", "entry", "explanation"]])


def count_verdicts(claims: pd.DataFrame, column: str, groups: Mapping[str, str]) -> pd.DataFrame:
    """Count the claims of each group by verdict.

    Parameters
    ----------
    claims : pandas.DataFrame
        Rows as `article_claims` gives them.
    column : str
        The column whose values are the groups.
    groups : mapping of str to str
        Values of that column in drawing order, and what to call them.

    Returns
    -------
    pandas.DataFrame
        Columns `group`, `part` (the verdict in words) and `n`: one row for each group and
        verdict, zeros included.

    Examples
    --------
    >>> claims = pd.DataFrame({"section": ["types"], "verdict": ["supported"]})
    >>> count_verdicts(claims, "section", {"types": "Types"}).values.tolist()[0]
    ['Types', 'supported', 1]
    """
    n = claims.groupby([column, "verdict"], observed=True).size().to_dict()
    rows = [
        (name, said, int(n.get((group, verdict), 0)))
        for group, name in groups.items()
        for verdict, said in VERDICTS.items()
    ]
    return pd.DataFrame(rows, columns=["group", "part", "n"])
