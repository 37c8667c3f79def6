"""What the cause map says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from calcinosis_data.course.explorers._cause_map.links import (
    NO_LINK,
    cause_facts,
    cause_links,
    count_by_type,
    group_name,
    type_names,
    types_of_article,
)
from calcinosis_data.course.explorers._words import listing, lower_first, sentence
from calcinosis_data.course.explorers.filters import ANY

UNLINKED: Final = "no type found"
"""What is said of a cause that no reference links to a type."""

MEANINGS: Final = {
    "established": "a reference names the type without reservation",
    "conditional": "it holds only in the circumstances that the table gives",
    "reported": "a reference says only that it has been seen",
    "listed": "one reference lists it, but no type is established",
}


@dataclass(frozen=True)
class Asked:
    """What was chosen: type, group and qualifier, and how many causes the group has.

    Parameters
    ----------
    type_id, category, qualifier : str
        Value of each filter, or `ANY`.
    causes : int
        Causes of the group, whatever they are linked to.
    """

    type_id: str
    category: str
    qualifier: str
    causes: int


def short_type(type_id: str) -> str:
    """Name of a type without the word calcinosis.

    Examples
    --------
    >>> short_type("dystrophic")
    'Dystrophic'
    """
    return type_names()[type_id].removesuffix(" calcinosis")


def finding(links: pd.DataFrame, asked: Asked) -> str:
    """Say how many causes lead to which type and how many of these links are established.

    Parameters
    ----------
    links : pandas.DataFrame
        The links chosen, as `cause_links` gives them.
    asked : Asked
        What was chosen.

    Returns
    -------
    str
        The finding.
    """
    causes = links["cause_id"].nunique()
    if causes == 0:
        return "No cause matches all these choices. Set one of them back to any."
    if causes == 1:
        return _one_cause(links)
    if asked.type_id != ANY:
        return _one_type(links, asked)
    return _all_types(links, asked.qualifier)


def _one_cause(links: pd.DataFrame) -> str:
    """Tell the mechanism; if some links are left out, the circumstances of those shown."""
    cause = links["cause_id"].iloc[0]
    facts = cause_facts().loc[cause]
    only = f"{facts['name']} is the only cause that matches, linked to {_linked_to(links)}"
    if len(links) == cause_links()["cause_id"].eq(cause).sum():
        return f"{only}. {sentence(facts['summary'])}"
    return sentence(": ".join([only, *_circumstances(links)]))


def _circumstances(links: pd.DataFrame) -> list[str]:
    return [lower_first(note) for _, note in _telling_notes(links)]


def _telling_notes(links: pd.DataFrame) -> list[tuple[str, str]]:
    """Type and note of each link whose note says more than the qualifier does."""
    noted = links.dropna(subset="note")
    cells = zip(noted["type_id"], noted["note"], noted["qualifier"], strict=True)
    return [(one, note) for one, note, how in cells if note.lower().strip(".") != how]


def _linked_to(links: pd.DataFrame) -> str:
    linked = links[links["type_id"].notna()]
    if len(linked) > 1 and linked["qualifier"].nunique() == 1:
        types = listing([short_type(one).lower() for one in linked["type_id"]])
        return f"{types} (all {linked['qualifier'].iloc[0]})"
    said = [
        f"{lower_first(type_names()[one])} ({qualifier})"
        for one, qualifier in zip(linked["type_id"], linked["qualifier"], strict=True)
    ]
    return listing(said) or "no type"


def _one_type(links: pd.DataFrame, asked: Asked) -> str:
    said = [f"{n} {how}" for how in MEANINGS if (n := int(links["qualifier"].eq(how).sum()))]
    how = listing(said) if len(said) > 1 else f"all {said[0].split()[1]}"
    name = lower_first(type_names()[asked.type_id])
    left_out = "" if asked.type_id in types_of_article() else ", which the article leaves out"
    group = "" if asked.category == ANY else " of this group"
    start = f"{len(links)} of {asked.causes} causes{group}"
    if asked.qualifier != ANY:
        return sentence(f"{start} have {_a_link(asked.qualifier)} to {name}{left_out}")
    return sentence(f"{start} are linked to {name}{left_out}: {how}")


def _a_link(qualifier: str) -> str:
    return f"{'an' if qualifier[0] in 'aeiou' else 'a'} {qualifier} link"


def _all_types(links: pd.DataFrame, qualifier: str) -> str:
    counts = count_by_type(links).sort_values("n", ascending=False, kind="stable")
    said = counts.loc[counts["n"] > 0, "n"]
    types = [f"{n} to {short_type(str(one)).lower()}" for one, n in said.items()]
    start = _linked_of_all(links) if qualifier == ANY else _linked_so(links, qualifier)
    whole = sentence(f"{start}: {listing(types)}{_none_to(counts)}")
    if qualifier != ANY:
        return whole
    return f"{whole} {_established(int(counts['n'].sum()), int(counts['established'].sum()))}"


def _linked_of_all(links: pd.DataFrame) -> str:
    shown = links["cause_id"].nunique()
    linked = links.loc[links["type_id"].notna(), "cause_id"].nunique()
    several = _of_several_types(links)
    to = "several types" if several == linked else f"a type{_to_several(several)}"
    if linked == shown:
        return f"{'Both' if shown == 2 else f'All {shown}'} causes are linked to {to}"
    return f"{linked} of {shown} causes {'is' if linked == 1 else 'are'} linked to {to}"


def _linked_so(links: pd.DataFrame, qualifier: str) -> str:
    causes = links["cause_id"].nunique()
    return f"{causes} causes have {_a_link(qualifier)}{_to_several(_of_several_types(links))}"


def _of_several_types(links: pd.DataFrame) -> int:
    return int(links["cause_id"].value_counts().gt(1).sum())


def _to_several(causes: int) -> str:
    return f", {causes} to several" if causes else ""


def _established(n: int, established: int) -> str:
    """Say how many of several links are established."""
    if established == n:
        return f"{'Both' if n == 2 else f'All {n}'} links are established."
    are = "are" if established > 1 else "is"
    return f"{established or 'None'} of the {n} links {are} established."


def _none_to(counts: pd.DataFrame) -> str:
    without = [short_type(one).lower() for one in counts.index[counts["n"] == 0]]
    return f"; none to {listing(without, 'or')}" if without else ""


def types_in_words(links: pd.DataFrame) -> str:
    """Say which types one cause is linked to, and how firmly.

    Examples
    --------
    >>> types_in_words(pd.DataFrame({"type_id": ["metastatic"], "qualifier": ["listed"]}))
    'metastatic (listed)'
    """
    linked = links[links["type_id"].notna()]
    pairs = zip(linked["type_id"], linked["qualifier"], strict=True)
    return ", ".join(f"{short_type(one).lower()} ({how})" for one, how in pairs) or "none found"


def circumstances(links: pd.DataFrame) -> object:
    """Put the notes of one cause's links into one text, each under its type.

    Examples
    --------
    >>> link = {"type_id": "metastatic", "qualifier": "established", "note": "In the kidney."}
    >>> circumstances(pd.DataFrame([link]))
    'Metastatic: In the kidney.'
    """
    said = [f"{short_type(one)}: {note}" for one, note in _telling_notes(links)]
    return " ".join(said) or pd.NA


def caption(asked: Asked) -> str:
    """Name the table: its rows, and what was chosen."""
    chosen = []
    if asked.type_id != ANY:
        chosen.append(lower_first(type_names()[asked.type_id]))
    if asked.category != ANY:
        chosen.append(f"{lower_first(group_name(asked.category))} causes")
    if asked.qualifier != ANY:
        chosen.append(UNLINKED if asked.qualifier == NO_LINK else f"{asked.qualifier} links")
    start = "Causes of calcinosis and the types they are linked to"
    return f"{start}: {', '.join(chosen)}" if chosen else start


def chart_name(links: pd.DataFrame) -> str:
    """Describe the matrix for those who do not see it."""
    linked = links[links["qualifier"] != NO_LINK]
    causes, types = links["name"].nunique(), len(type_names())
    return (
        f"Matrix of {causes} causes, in the order of their types, and {types} types, with "
        f"{len(linked)} marks. Each mark says how firmly a reference links cause and type: "
        f"{listing(list(MEANINGS), 'or')}"
    )
