"""Diseases with a calcification term, and the genes linked to them. Pure steps on frames."""

from __future__ import annotations

from functools import cache
from typing import Final

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers.filters import fold, search, text_of_rows

BANDS: Final = ("Very frequent", "Frequent", "Occasional", "Very rare")
"""How often people with a disease have the finding, from often to seldom."""

TISSUES: Final = {
    "soft tissue": "Soft tissue",
    "vascular and cardiac": "Vessels and heart",
    "joint, cartilage and airway": "Joints, cartilage and airways",
    "kidney": "Kidney",
    "intracranial": "Inside the skull",
    "other organ": "Other organs",
}
"""Groups of calcification terms, and what to call them."""

_NO_GENE: Final = "none linked"


def disease_pairs() -> pd.DataFrame:
    """Gather the pairs of a disease and a calcification term that are fit for teaching.

    Returns
    -------
    pandas.DataFrame
        One row per pair: `pair` (unique), `disease`, `disease_id`, `hpo_id`, `term`,
        `term_group`, `tissue` (the group in words), `frequency` (one of `BANDS`), `genes` (in
        words), `symbols` (the same as a tuple) and `release`; sorted by disease and term.

    Examples
    --------
    >>> pairs = disease_pairs().set_index("pair")
    >>> pairs.loc["Enamel-renal syndrome: Nephrocalcinosis", "genes"]
    'FAM20A'
    """
    return _pairs().copy(deep=False)  # pandas copies on write


@cache
def _pairs() -> pd.DataFrame:
    rows = data.load_table("hpo_diseases")
    rows = rows[rows["teach"]]
    groups = data.load_table("hpo_terms").set_index("hpo_id")["term_group"].astype("object")
    genes = data.load_table("hpo_genes")
    linked = {str(row): tuple(some) for row, some in genes.groupby("hpo_disease_id")["gene"]}
    symbols = [linked.get(row, ()) for row in rows["hpo_disease_id"]]
    pairs = pd.DataFrame(
        {
            "pair": rows["disease_name"] + ": " + rows["hpo_label"],
            "disease": rows["disease_name"],
            "disease_id": rows["disease_id"],
            "hpo_id": rows["hpo_id"],
            "term": rows["hpo_label"],
            "term_group": rows["hpo_id"].map(groups),
            "tissue": rows["hpo_id"].map(groups).map(TISSUES),
            "frequency": rows["frequency"].astype("object"),
            "genes": [", ".join(some) or _NO_GENE for some in symbols],
            "symbols": symbols,
            "release": rows["data_version"],
        }
    )
    return pairs.sort_values("pair", key=lambda names: names.map(fold), ignore_index=True)


@cache
def _texts() -> pd.Series[str]:
    return text_of_rows(_pairs()[["disease", "disease_id", "genes"]])


@cache
def _symbols() -> dict[str, str]:
    return {fold(one): one for some in _pairs()["symbols"] for one in some}


def gene_named(query: str) -> str:
    """Return the symbol if `query` is the symbol of a gene in the table, else "".

    Examples
    --------
    >>> gene_named(" gnas"), gene_named("kidney")
    ('GNAS', '')
    """
    return _symbols().get(fold(query).strip(), "")


def find_pairs(pairs: pd.DataFrame, query: str) -> pd.DataFrame:
    """Keep the pairs of a gene or of a disease that someone typed.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows as `disease_pairs` gives them.
    query : str
        The symbol of a gene, which finds the diseases linked to it and no others; or words
        that all occur in the name or number of a disease or in its genes.

    Returns
    -------
    pandas.DataFrame
        The pairs found, in their order.

    Examples
    --------
    >>> sorted(set(find_pairs(disease_pairs(), "abcc6")["disease"]))
    ['Generalized arterial calcification of infancy', 'Pseudoxanthoma elasticum']
    """
    gene = gene_named(query)
    if gene:
        return pairs[[gene in some for some in pairs["symbols"]]]
    return search(pairs, query, _texts())


def count_bands(pairs: pd.DataFrame, column: str, noun: str, most: int) -> pd.DataFrame:
    """Count the pairs of each group by frequency band, the largest group first.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows as `disease_pairs` gives them.
    column : str
        The column whose values are the groups.
    noun : str
        What to call several groups.
    most : int
        Groups to name; if there are more than one further, these become one last group.

    Returns
    -------
    pandas.DataFrame
        Columns `group`, `part` (the band) and `n`, zeros included. The sum is the number of
        pairs.

    Examples
    --------
    >>> pairs = pd.DataFrame({"term": list("aab"), "frequency": ["Frequent"] * 3})
    >>> count_bands(pairs, "term", "terms", 5).query("n > 0").values.tolist()
    [['a', 'Frequent', 2], ['b', 'Frequent', 1]]
    """
    sizes = pairs[column].value_counts().rename_axis("group").reset_index(name="n")
    sizes = sizes.sort_values(["n", "group"], ascending=[False, True])
    names = dict.fromkeys(sizes["group"])
    if len(names) > most + 1:
        rest = f"{len(names) - most} further {noun}"
        names = {name: None if place < most else rest for place, name in enumerate(names)}
    group = pairs[column].map({name: folded or name for name, folded in names.items()})
    n = pairs.groupby([group, "frequency"]).size().to_dict()
    shown = dict.fromkeys(folded or name for name, folded in names.items())
    rows = [(one, band, int(n.get((one, band), 0))) for one in shown for band in BANDS]
    return pd.DataFrame(rows, columns=["group", "part", "n"])
