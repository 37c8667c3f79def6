"""Questions that differ only in the names put in: they count as one.

Names, numbers and the words for a person are masked, and what is left of two questions is
compared word by word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

from calcinosis_data.course.assessment.item_model import Item

ALIKE = 0.85
_FEWEST_WORDS = 6  # below that two short stems are alike by chance
_MASK = "·"
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_PERSONS = (
    "man", "woman", "boy", "girl", "child", "newborn", "person", "patient", "teenager", "he", "she",
    "him", "her", "his", "hers", "men", "women", "boys", "girls", "children", "people", "patients",
)  # fmt: skip
_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred",
)  # fmt: skip


def near_copies(items: Iterable[Item]) -> list[tuple[str, str, float]]:
    """Find the pairs of questions that are the same but for the names.

    Parameters
    ----------
    items : iterable of Item
        The questions to compare, each with each.

    Returns
    -------
    list of tuple
        Ids of the first and the second question, and how alike they are, from 0 to 1.

    Examples
    --------
    >>> from calcinosis_data.course.assessment.item_bank import items
    >>> near_copies(items(lesson="types"))
    []
    """
    names = known_names()
    masked = [(item.item_id, skeleton(f"{item.stem} {item.lead_in}", names)) for item in items]
    found = []
    for (first, one), (second, other) in combinations(masked, 2):
        if (share := alike(one, other)) > ALIKE:
            found.append((first, second, share))
    return found


def distinct(items: Sequence[Item]) -> int:
    """Count questions, those that are near copies of an earlier one left out.

    Examples
    --------
    >>> from calcinosis_data.course.assessment.item_bank import items
    >>> distinct(items(lesson="types")) == len(items(lesson="types"))
    True
    """
    return len(items) - len({second for _, second, _ in near_copies(items)})


def same_rows(one: Item, other: Item) -> bool:
    """Whether two questions of one kind have the same key among nearly the same options.

    Examples
    --------
    >>> from calcinosis_data.course.assessment.item_bank import items
    >>> first, second = items(lesson="types")[:2]
    >>> same_rows(first, first), same_rows(first, second)
    (True, False)
    """
    if one.option_table is None or _key_rows(one) != _key_rows(other):
        return False
    rows = [{option.row_id for option in item.options} for item in (one, other)]
    return len(rows[0] & rows[1]) >= max(map(len, rows)) - 1


def _key_rows(item: Item) -> tuple[object, ...]:
    """Kind, table and column, and the rows of the key; of a verdict, the claim that is asked."""
    rows = frozenset(option.row_id or option.special for option in item.key)
    claim = item.conditions if item.kind == "claim-status" else ()
    return item.kind, item.option_table, item.answer_column, rows, claim


def skeleton(text: str, names: Collection[str] = ()) -> tuple[str, ...]:
    """The words of a text with names, numbers and persons masked, and masks in a row as one.

    Examples
    --------
    >>> skeleton("A woman of 60 has systemic sclerosis.", {"systemic", "sclerosis"})
    ('a', '·', 'of', '·', 'has', '·')
    """
    found: list[str] = []
    for word in _WORD.findall(text):
        masked = _MASK if _is_name(word, names) else word.lower()
        if masked != _MASK or found[-1:] != [_MASK]:
            found.append(masked)
    return tuple(found)


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike two skeletons are, from 0 to 1; short ones count as different.

    Examples
    --------
    >>> alike("a b c d e f g".split(), "a b c d e f h".split()) > 0.8
    True
    """
    if min(len(one), len(other)) < _FEWEST_WORDS:
        return 0.0
    shared = sum((Counter(one) & Counter(other)).values())
    if 2 * shared / (len(one) + len(other)) <= ALIKE:  # an upper bound, and quick
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@cache
def known_names() -> frozenset[str]:
    """Words of the glossary's terms and of the names of rows, in small letters."""
    from calcinosis_data import load_table
    from calcinosis_data._descriptor import descriptor

    named = {"name", "term", "abbreviation", "other_form", "hpo_label", "disease"}
    words: set[str] = set()
    for table in descriptor().tables:
        frame = load_table(table.name)  # type: ignore[arg-type]
        for column in named & set(table.field_names):
            for text in frame[column].dropna().astype(str):
                words.update(word.lower() for word in _WORD.findall(text) if len(word) > 3)
    return frozenset(words)


def _is_name(word: str, names: Collection[str]) -> bool:
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    known = plain in names or plain.removesuffix("s") in names
    return known or plain in _PERSONS or plain in _NUMBERS or any(map(str.isdigit, plain))
