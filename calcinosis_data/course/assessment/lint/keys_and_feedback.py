"""Rules on keys, sources and explanations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calcinosis_data.course.assessment.item_model import Item, Option
from calcinosis_data.course.assessment.keys import proof
from calcinosis_data.course.assessment.lint._model import ItemRule
from calcinosis_data.course.assessment.lint._text import CHOICE, content, words, wrong
from calcinosis_data.errors import CalcinosisError

_SHORTEST = 8
_NEW_WORDS = 6
_SAME = 0.8
_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
_SOURCE = re.compile(r"https?://|\b(?:19|20)\d\d\b")


class KeyIsProved(ItemRule):
    """The tables prove the key: the query selects it and nothing else.

    When a row changes, a question whose key is no longer right is found by the next check,
    and two right options cannot stand side by side unseen.
    """

    id = "KY01"
    title = "The tables do not prove the key"
    level = "E"

    def check(self, item: Item) -> Iterator[str]:
        """Run the proof, if the item names one."""
        if not item.key_rule and not item.conditions:
            return
        try:
            found = proof(item, self.course.tables)
        except CalcinosisError as error:
            yield f"the proof cannot be run: {error}"
            return
        if not found.proved:
            yield found.words.removeprefix(f"{item.item_id}: ")


class KeyHasNoProof(ItemRule):
    """An item without a query or column keeps its key even when the tables change.

    That is allowed where several rows have to be weighed. Somebody has to look at such a
    question whenever the tables change.
    """

    id = "KY01-none"
    title = "The key has no proof"
    level = "I"

    def check(self, item: Item) -> Iterator[str]:
        """Look for a rule."""
        if not item.key_rule and not item.conditions:
            yield "neither a query nor a column proves the key. Look at it when tables change."


class KeyHasSource(ItemRule):
    """The rows that decide the question have a source.

    A row of a study names its reference, and a row about the article or of a vocabulary comes
    from there. A cell marked as not seen has no source, and no key may rest on it alone.
    """

    id = "KY02"
    title = "The key has no source"
    level = "E"

    def check(self, item: Item) -> Iterator[str]:
        """Look up the sources of the rows behind the key."""
        rows = self.course.rows_behind(item)
        if rows and not any(self.course.has_source(*row) for row in rows):
            named = ", ".join(sorted(f"{table} {row}" for table, row in rows)[:3])
            yield f"none of the rows behind it names a source: {named}. Choose rows that do."


class EveryOptionExplained(ItemRule):
    """Each option has an explanation, right or wrong.

    An explanation teaches about ten times as much as "right" or "wrong" does, and a wrong
    option that nobody takes back is remembered as true.
    """

    id = "FB01"
    title = "An option has no explanation"
    level = "E"

    def check(self, item: Item) -> Iterator[str]:
        """Look for blanks."""
        for option in item.options:
            if not option.rationale.strip():
                yield f"option {option.option_id} has none. Say why it tempts, and why it is so."


class ShortExplanation(ItemRule):
    """An explanation has eight words or more.

    It says why the option tempts, why it is right or wrong here, and which row shows it.
    """

    id = "FB01-short"
    title = "An explanation is short"
    level = "W"

    def check(self, item: Item) -> Iterator[str]:
        """Count words."""
        for option in item.options:
            if 0 < (count := len(words(option.rationale))) < _SHORTEST:
                yield f"option {option.option_id} is explained in {count} words. Say why."


class ExplanationExplains(ItemRule):
    """An explanation says more than that the option is wrong, and what the key is.

    It has words of its own, and it is not that of another option with a name changed.
    """

    id = "FB02"
    title = "An explanation repeats the option, the key or another explanation"
    level = "W"

    def check(self, item: Item) -> Iterator[str]:
        """Count new words, and compare the explanations of wrong options with those of keys."""
        keys = " ".join(option.text for option in item.key)
        for option in item.options:
            known = option.text if option.is_key else f"{option.text} {keys}"
            new = _said(option.rationale) - _said(known)
            if option.rationale.strip() and len(new) < _NEW_WORDS:
                yield f"option {option.option_id}: nothing new is said. Say why it tempts."
        if item.kind in CHOICE:
            yield from _repeats(item)


class ExplanationShowsWhere(ItemRule):
    """An explanation says where its reason can be looked up, in a table or in a source.

    Write the table by its title, as in: table “Tests”, row X-ray. A learner who doubts it can
    look, and so can whoever checks the question. A link or a year of publication will do.
    """

    id = "FB04"
    title = "An explanation does not say where it is shown"
    level = "W"

    def check(self, item: Item) -> Iterator[str]:
        """Look for the title of a table, a link, or a year."""
        for option in item.options:
            quoted = set(_QUOTED.findall(option.rationale))
            shown = quoted & self.course.table_titles or _SOURCE.search(option.rationale)
            if option.rationale.strip() and not shown:
                yield f"option {option.option_id}: name the table or the source that shows it."


class MisconceptionNamed(ItemRule):
    """Each wrong option stands for a mistaken idea, which is named.

    Then the results can say which idea to work on, and no option is there to fill a place.
    """

    id = "FB03"
    title = "A wrong option names no misconception"
    level = "W"

    def check(self, item: Item) -> Iterator[str]:
        """Look for blanks; "any other" number stands for no idea."""
        for option in wrong(item):
            if not option.misconception and option.special != "any-other":
                yield f"option {option.option_id} names none. Which mistake leads to it?"


class HintKeepsTheKey(ItemRule):
    """A hint shows the way and does not name the answer.

    Who asks for a hint wants to find the answer, and an answer that was told is not kept.
    """

    id = "HT01"
    title = "A hint gives the answer away"
    level = "E"
    kinds = CHOICE | {"numeric", "claim-status"}

    def check(self, item: Item) -> Iterator[str]:
        """Look for the key in the hints, unless a wrong option is named with it."""
        for number, hint in enumerate(item.hints, start=1):
            told = [option.text for option in item.key if _names(hint, option)]
            if told and not any(_names(hint, option) for option in wrong(item)):
                yield f"hint {number} says “{told[0]}”. Say where to look instead."


def _said(text: str) -> set[str]:
    return {word.lower() for word in words(text) if len(word) > 3}


def _repeats(item: Item) -> Iterator[str]:
    for option in wrong(item):
        for key in item.key:
            own, right = content(option.rationale), content(key.rationale)
            if own and len(own & right) >= _SAME * len(own | right):
                yield f"options {option.option_id} and {key.option_id} have one explanation."


def _names(hint: str, option: Option) -> bool:
    """Whether a hint names an option, without what stands in its brackets."""
    plain = re.sub(r"\s*\([^)]*\)", "", option.text).strip()
    pattern = rf"(?<![\w.]){re.escape(plain)}(?!\w|\.\d)"
    return bool(plain) and re.search(pattern, hint, re.IGNORECASE) is not None


KEY_AND_FEEDBACK_RULES = (
    KeyIsProved,
    KeyHasNoProof,
    KeyHasSource,
    EveryOptionExplained,
    ShortExplanation,
    ExplanationExplains,
    ExplanationShowsWhere,
    MisconceptionNamed,
    HintKeepsTheKey,
)
