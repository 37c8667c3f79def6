"""Causes and the types they are linked to. Pure steps on frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Final

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._opened import row_names, with_citations
from calcinosis_data.course.explorers.filters import compounds, keep, sort_rows

NO_LINK: Final = "none"
"""Qualifier of a cause that no reference links to a type."""


@cache
def type_names() -> Mapping[str, str]:
    """Name of each type by its id: those of the article in its order, then the others.

    Examples
    --------
    >>> list(type_names())
    ['dystrophic', 'metastatic', 'iatrogenic', 'idiopathic', 'calciphylaxis']
    """
    types = data.load_table("types").sort_values("source_item", na_position="last")
    return MappingProxyType(dict(types[["type_id", "name"]].itertuples(index=False)))


@cache
def types_of_article() -> frozenset[str]:
    """Types that the article has.

    Examples
    --------
    >>> "calciphylaxis" in types_of_article()
    False
    """
    types = data.load_table("types")
    return frozenset(types.loc[types["in_source"], "type_id"])


def cause_links() -> pd.DataFrame:
    """List every link from a cause to a type, and once each cause that has no link.

    Returns
    -------
    pandas.DataFrame
        `cause_id`, `name`, `category`, `group` (the category in words), `type_id` (missing
        where there is no link), `qualifier`, `note` and `ref_id`; sorted by name, then in the
        order of `type_names`.

    Examples
    --------
    >>> links = cause_links()
    >>> links.loc[links["cause_id"] == "myeloma", "type_id"].tolist()
    ['metastatic', 'calciphylaxis']
    """
    return _links().copy(deep=False)  # pandas copies on write


@cache
def _links() -> pd.DataFrame:
    causes = data.load_table("causes")[["cause_id", "name", "category"]]
    links = causes.merge(data.load_table("cause_types"), on="cause_id", how="left")
    links["qualifier"] = links["qualifier"].astype("object").fillna(NO_LINK)
    links["note"] = with_citations(links["note"])
    links["group"] = [group_name(one) for one in links["category"]]
    links["place"] = links["type_id"].map(list(type_names()).index, na_action="ignore")
    for column in ("place", "name"):
        links = sort_rows(links, column)
    return links.drop(columns="place").reset_index(drop=True)


def by_type(links: pd.DataFrame) -> pd.DataFrame:
    """Put causes of the same types next to each other, the firmly linked first.

    Parameters
    ----------
    links : pandas.DataFrame
        Links as `cause_links` gives them.

    Returns
    -------
    pandas.DataFrame
        The links of each cause together; causes in the order of their types, then of how
        firmly they are linked, then of their names; causes without a type last.

    Examples
    --------
    >>> by_type(cause_links())["name"].unique()[[0, -1]].tolist()
    ['Chronic graft-versus-host disease', "Wilson's disease"]
    """
    types = list(type_names())
    firmness = [*data.load_table("cause_types")["qualifier"].cat.categories, NO_LINK]
    cells = zip(links["cause_id"], links["type_id"], links["qualifier"], strict=True)
    places: dict[str, tuple[list[int], list[int]]] = {}
    for cause, type_id, how in cells:
        of_cause = places.setdefault(str(cause), ([], []))
        of_cause[0].append(len(types) if pd.isna(type_id) else types.index(type_id))
        of_cause[1].append(firmness.index(how))
    order = {cause: place for place, cause in enumerate(sorted(places, key=places.__getitem__))}
    return links.sort_values("cause_id", key=lambda ids: ids.map(order), kind="stable")


def group_name(category: str) -> str:
    """Name a group of causes in words, a compound one as both of its groups.

    Examples
    --------
    >>> group_name("endocrine, renal"), group_name("metabolic-toxic")
    ('Endocrine and renal', 'Metabolic or toxic')
    """
    whole = compounds(data.load_table("causes")["category"])
    words = " and ".join(whole.get(category, (category,))).replace("-", " or ")
    return words[:1].upper() + words[1:]


def choose(links: pd.DataFrame, type_id: str, category: str, qualifier: str) -> pd.DataFrame:
    """Keep the links of one type, group of causes and qualifier; `ANY` keeps all.

    Examples
    --------
    >>> choose(cause_links(), "calciphylaxis", "any", "reported")["name"].tolist()
    ['Myeloma']
    """
    kept = keep(links, "type_id", type_id)
    kept = keep(kept, "category", category)
    return keep(kept, "qualifier", qualifier)


def count_by_type(links: pd.DataFrame) -> pd.DataFrame:
    """Count the causes linked to each type, and how many of these links are established.

    Examples
    --------
    >>> count_by_type(cause_links()).loc["dystrophic"].tolist()
    [4, 3]
    """
    established = links[links["qualifier"].eq("established")]
    counts = pd.DataFrame(
        {
            "n": links["type_id"].value_counts(),
            "established": established["type_id"].value_counts(),
        }
    )
    return counts.reindex(list(type_names())).fillna(0).astype(int)


@cache
def cause_facts() -> pd.DataFrame:
    """What the table of causes says of each, with all references that back it.

    Examples
    --------
    >>> cause_facts().loc["wilson-disease", "name"]
    "Wilson's disease"
    """
    causes = data.load_table("causes").set_index("cause_id")
    facts = causes[["name", "summary", "mechanism", "evidence_note"]].copy()
    facts["refs"] = pd.Series(
        {one: tuple(data.sources_of("causes", one)["ref_id"]) for one in causes.index}
    )
    return facts


def references(links: pd.DataFrame) -> tuple[str, ...]:
    """References of the links and of what is said of their causes, each once.

    Examples
    --------
    >>> references(choose(cause_links(), "calciphylaxis", "any", "reported"))[0]
    'calciphylaxiswound'
    """
    facts = cause_facts().loc[links["cause_id"].unique(), "refs"]
    return tuple(dict.fromkeys([*links["ref_id"].dropna(), *chain.from_iterable(facts)]))


def cite_all(ref_ids: Iterable[str]) -> str:
    """Short citations of references, each once, in a row.

    Examples
    --------
    >>> cite_all(["deen2020", "deen2020"])
    'Deen et al. 2020'
    """
    return "; ".join(dict.fromkeys(row_names("references")[ref] for ref in ref_ids))
