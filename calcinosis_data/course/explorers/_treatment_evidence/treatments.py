"""What is known of each treatment: level, direction and target together, in words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._opened import row_names
from calcinosis_data.course.explorers._words import listing, lower_first, sentence
from calcinosis_data.course.explorers.filters import ANY, keep

IN_ARTICLE: Final = "in"
MISSING: Final = "missing"

NOT_STUDIED: Final = "not studied in calcinosis"

DIRECTIONS: Final = {
    "benefit reported": "benefit is reported",
    "prevention reported": "prevention is reported",
    "harm possible": "harm is possible",
    "no clear benefit": "no clear benefit was found",
    "mixed": "reports are mixed",
    "unclear": "the effect is unclear",
    NOT_STUDIED: "no study in calcinosis was found",
}
"""Direction of the evidence in words for a sentence, by `direction`, as the charts order them."""

TARGETS: Final = {
    "calcinosis": "calcinosis",
    "calciphylaxis": "calciphylaxis",
    "tumoral calcinosis": "tumoral calcinosis",
    "symptoms": "symptoms",
    "other disease": "another disease",
}
"""What the evidence is about, by `target`: words for a sentence."""

AIM_WORDS: Final = "calcinosis is only its aim"
"""What stands for the target of a treatment aimed at calcinosis that was not studied in it."""

LEVELS: Final = {**{level: f"level {level}" for level in "12345"}, "none": "no level"}
"""Level of evidence in words, by `evidence_level`."""

ARTICLE_LIST: Final = "In the article, in its order"
ARTICLE_GAP: Final = "Missing from the article"

_USES: Final = {
    "used": "Used or tried in",
    "no response": "No response in",
    "avoid": "To be avoided in",
    "different disease": "Studied in another disease",
}


@cache
def known_treatments() -> pd.DataFrame:
    """Load the treatments with their words, in an order that does not go by level.

    Returns
    -------
    pandas.DataFrame
        The rows of `treatments`, by direction, target and name, with `level` and `known`
        (level, direction and target in words), `aim_only` (not studied in the calcinosis that
        it is aimed at), `about` (the target in words), `explained` (hard words of the name, as
        the glossary has them), `entries` (where the article has it), `first`
        (number of its first entry), `label`, `used` (and where it is to be avoided),
        `avoid` (those diseases alone), `sources` and `refs`.

    Examples
    --------
    >>> known_treatments().set_index("treatment_id").loc["warfarin", "known"]
    'harm possible, level 1, for calcinosis'
    """
    rows = data.load_table("treatments")
    rows = rows.assign(direction=rows["direction"].cat.reorder_categories(list(DIRECTIONS)))
    rows = rows.sort_values(["direction", "target", "name"]).reset_index(drop=True)
    ids, entries = rows["treatment_id"], _entries()
    cited = data.load_table("citations")
    cited = cited[cited["table"].eq("treatments")]
    refs = cited.groupby(cited["row_id"].astype("str"))["ref_id"].agg(tuple)
    uses, level = _uses(), rows["evidence_level"].astype("object").map(LEVELS)
    said = ids.map(_entry_words())
    target = rows["target"].astype("object").map(TARGETS)
    known = rows["direction"].astype("str") + ", " + level + ", for " + target
    aim_only = rows["direction"].eq(NOT_STUDIED) & rows["target"].eq("calcinosis")
    known = known.where(~aim_only, f"{NOT_STUDIED}, {AIM_WORDS}")
    return rows.assign(
        level=level,
        aim_only=aim_only,
        about=target.where(~aim_only, AIM_WORDS),
        explained=rows["name"].map(_explained),
        known=known.astype("str"),
        first=ids.map({one: numbers[0] for one, numbers in entries.items()}).astype("Int64"),
        entries=said.fillna("missing"),
        label=rows["name"].where(said.isna(), rows["name"] + " · " + said),
        used=ids.map(uses),
        avoid=ids.map(_avoided()),
        refs=ids.map(refs),
        sources=ids.map(refs).map(_citations),
    )


def _explained(name: str) -> str | None:
    """Explain the hard words of a name."""
    said = [
        sentence(f"{term}: {lower_first(definition)}")
        for term, definition in _hard_words()
        if term.casefold() in name.casefold()
    ]
    return " ".join(said) or None


@cache
def _hard_words() -> list[tuple[str, str]]:
    terms = data.load_table("glossary").set_index("term_id")
    hard = terms.loc[list(_HARD_WORDS)]
    return list(zip(hard["term"], hard["definition"], strict=True))


_HARD_WORDS: Final = (
    "rheopheresis",
    "intralesional",
    "hexasodium-fytate",
    "tnf-inhibitor",
    "jak-inhibitor",
    "calciphylaxis",
    "lithotripsy",
)


def _entries() -> dict[str, list[int]]:
    """Numbers of the article's entries by treatment."""
    return {str(one): numbers.tolist() for one, numbers in _items().groupby("row_id")["number"]}


def _entry_words() -> dict[str, str]:
    """Say where the article has each treatment, and where its entry breaks off."""
    items = _items()
    items["said"] = (
        items["number"]
        .astype("str")
        .where(~items["truncated"], items["number"].astype("str") + " (cut off)")
    )
    return {
        str(one): f"{'entry' if len(said) == 1 else 'entries'}\u00a0{listing(list(said))}"
        for one, said in items.groupby("row_id")["said"]
    }


def _items() -> pd.DataFrame:
    items = data.load_table("source_items")
    return items[items["table"].eq("treatments")].sort_values("number").astype({"row_id": "str"})


def _citations(refs: Iterable[str]) -> str:
    names = row_names("references")
    return "; ".join(str(names[ref]) for ref in refs)


def _uses() -> dict[str, str]:
    """Say where each treatment was used or tried, and where it is to be avoided."""
    rows = _indications()
    texts: dict[str, list[str]] = {}
    for use, words in _USES.items():
        of_use = rows[rows["use"].eq(use)]
        for treatment, names in of_use.groupby("treatment_id")["said"]:
            texts.setdefault(str(treatment), []).append(f"{words}: {'; '.join(names)}.")
    return {treatment: " ".join(parts) for treatment, parts in texts.items()}


def _avoided() -> dict[str, str]:
    rows = _indications()
    rows = rows[rows["use"].eq("avoid")]
    return {str(one): listing(list(said)) for one, said in rows.groupby("treatment_id")["said"]}


def _indications() -> pd.DataFrame:
    """Name each disease with the circumstances in brackets."""
    rows = data.load_table("treatment_indications").astype({"treatment_id": "str"})
    said = rows["condition_id"].map(row_names("conditions")).map(lower_first)
    said = said.str.removesuffix(", any or mixed cause")
    notes = rows["note"].str.rstrip(".").map(lower_first, na_action="ignore")
    return rows.assign(said=said.where(notes.isna(), said + " (" + notes + ")"))


def chosen_treatments(
    treatment: str, article: str, category: str, direction: str, target: str
) -> pd.DataFrame:
    """Keep the treatments that the filters let through; "any" lets all through.

    Parameters
    ----------
    treatment, category, direction, target : str
        Values of the columns of `treatments`.
    article : {"any", "in", "missing"}
        Whether the article has it.

    Returns
    -------
    pandas.DataFrame
        Rows of `known_treatments`, in their order.

    Examples
    --------
    >>> len(chosen_treatments("any", "in", "any", "any", "any"))
    21
    """
    rows = keep(known_treatments(), "treatment_id", treatment)
    if article != ANY:
        rows = rows[rows["in_source"].eq(article == IN_ARTICLE)]
    rows = keep(keep(rows, "category", category), "direction", direction)
    return keep(rows, "target", target)


def in_article_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Put the treatments as the article lists them, those that it omits after them by name.

    Examples
    --------
    >>> in_article_order(known_treatments())["name"].iloc[0]
    'Non-steroidal anti-inflammatory drugs'
    """
    return rows.sort_values(["first", "name"], na_position="last", kind="stable")
