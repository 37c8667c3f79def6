"""Words, lemmas and abbreviations of what a learner reads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from calcinosis_data.course.assessment.item_model import Item, Option
from calcinosis_data.course.assessment.lint.words import COMMON

CHOICE = frozenset({"one-best-answer", "multiple"})
SHOWN = CHOICE | {"matching", "ordering"}
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ses", "s"), ("ing", ""), ("ed", ""), ("ly", ""))
_PLURAL = re.compile(r"(?<=[a-z]{3})(?<![siux])s$")


def words(text: str) -> list[str]:
    """The words of a text.

    Examples
    --------
    >>> words("Paget's disease: 2.5 mg, X-ray.")
    ["Paget's", 'disease', '2.5', 'mg', 'X-ray']
    """
    return _WORD.findall(text)


def lemma(word: str) -> str:
    """A word without the endings of plural, past and adverb, roughly.

    Examples
    --------
    >>> lemma("Deposits"), lemma("biopsies"), lemma("settled"), lemma("calcinosis")
    ('deposit', 'biopsy', 'settl', 'calcinosis')
    """
    plain = re.sub(r"['’]s$", "", word.lower())
    for ending, instead in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= 3:
            return plain.removesuffix(ending) + instead
    return _PLURAL.sub("", plain).removesuffix("e")


def content(text: str) -> frozenset[str]:
    """The lemmas of the words that carry meaning: four letters or more, and not common.

    Examples
    --------
    >>> sorted(content("Which test maps these deposits?"))
    ['deposit', 'map', 'test']
    """
    found = (word for word in words(text) if len(word) > 3 and word.lower() not in COMMON)
    return frozenset(lemma(word) for word in found) - COMMON


def asked(item: Item) -> str:
    """Stem and question."""
    return f"{item.stem} {item.lead_in}".strip()


def shown(item: Item) -> tuple[str, ...]:
    """What the learner reads besides stem and question, in the words of the author.

    Numbers are typed and the five verdicts are always the same, so these kinds show nothing.
    """
    if item.kind not in SHOWN:
        return ()
    answers = dict.fromkeys(option.match for option in item.options if option.match)
    return (*(option.text for option in item.options if option.text), *answers)


def plain_options(item: Item) -> tuple[Option, ...]:
    """The options that are no declared special answer, in the order written."""
    return tuple(option for option in item.options if option.special is None)


def wrong(item: Item) -> tuple[Option, ...]:
    """The options that are not right."""
    return tuple(option for option in item.options if not option.is_key)


def quoted(texts: Iterable[str]) -> str:
    """Name texts within a message.

    Examples
    --------
    >>> quoted(["CT", "X-ray"])
    '“CT”, “X-ray”'
    """
    return ", ".join(f"“{text}”" for text in texts)
