"""Rules on wording: clues for the test-wise, and words that make reading hard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from statistics import fmean

from calcinosis_data.course.assessment.item_model import Item, Option
from calcinosis_data.course.assessment.lint import words as lists
from calcinosis_data.course.assessment.lint._abbreviations import (
    ABBREVIATION,
    spelled_out,
    unexplained,
)
from calcinosis_data.course.assessment.lint._model import ItemRule
from calcinosis_data.course.assessment.lint._text import (
    CHOICE,
    asked,
    content,
    lemma,
    quoted,
    shown,
    words,
    wrong,
)
from calcinosis_data.course.assessment.lint.readability import reading_grade

_LONGER = 1.3  # times the mean of the wrong options
_CLEARLY = 6  # letters, about a word, more than any wrong option: less is not seen
_CONVERGING = 0.2
_HARDEST = 11.0
_PLURAL_ASKED = re.compile(r"\bwhich (?:\w+ )?(?:\w+s (?:are|were|have|do)|are|were|two|three)\b")
_SINGULAR_ASKED = re.compile(r"\bwhich (?:\w+ ){0,2}(?:is|was|has|does)\b")
_PLURAL = re.compile(r"(?<![suix])s$")
_ARTICLE_AT_END = re.compile(r"\b(an?)\s*[:…_.?]*$", re.IGNORECASE)


class KeyIsLongest(ItemRule):
    """The key is not clearly longer than the wrong options.

    Authors qualify what is right until nobody can object, so the longest option is the key:
    of all clues this one is used most. Cut the key, or give the others the same detail.
    """

    id = "TW01"
    title = "The key is the longest option"
    level = "W"
    kinds = CHOICE

    def check(self, item: Item) -> Iterator[str]:
        """Compare the shortest key with the longest and the mean wrong option."""
        rest = [len(option.text) for option in _plain(wrong(item))]
        keys = [len(option.text) for option in _plain(item.key)]
        if not rest or not keys:
            return
        if min(keys) >= max(rest) + _CLEARLY and min(keys) > _LONGER * fmean(rest):
            yield f"the key has {min(keys)} letters, the others {fmean(rest):.0f} on average."


class AbsoluteDistractor(ItemRule):
    """No wrong option holds always, never, only, all or the like.

    Little in medicine is always so, and test-wise readers strike such options out unread.
    """

    id = "TW02"
    title = "A wrong option is absolute"
    level = "E"
    kinds = CHOICE

    def check(self, item: Item) -> Iterator[str]:
        """Look for absolute words in the wrong options."""
        for option in wrong(item):
            if found := lists.ABSOLUTE.search(option.text):
                yield f"option {option.option_id} says {found[0]!r}. Say how far it holds."


class AbsoluteKey(ItemRule):
    """The key holds no always, never, only, all or the like.

    Is it really without exception? Then waive this with the reason.
    """

    id = "TW02-key"
    title = "The key is absolute"
    level = "W"
    kinds = CHOICE

    def check(self, item: Item) -> Iterator[str]:
        """Look for absolute words in the key."""
        for option in item.key:
            if found := lists.ABSOLUTE.search(option.text):
                yield f"option {option.option_id} says {found[0]!r}. Is there no exception?"


class Clang(ItemRule):
    """No word of the stem comes back in the key alone.

    A reader who understands nothing chooses the option that sounds like the stem. Use the
    word in a wrong option as well, or another word in the stem.
    """

    id = "TW03"
    title = "A word of the stem stands only in the key"
    level = "W"
    kinds = CHOICE

    def check(self, item: Item) -> Iterator[str]:
        """Compare the words that carry meaning."""
        keys = [content(option.text) for option in _plain(item.key)]
        if not keys:
            return
        elsewhere = frozenset().union(*(content(option.text) for option in wrong(item)))
        shared = frozenset.intersection(*keys) & content(asked(item))
        said = [word for word in words(item.key[0].text) if lemma(word) in shared - elsewhere]
        if said:
            yield f"stem and key say {quoted(dict.fromkeys(said))}, and no other option does."


class Grammar(ItemRule):
    """Each option fits the question grammatically.

    A question that ends with "a" or "an", or asks in the plural where one option is plural,
    has told its answer. A program sees these two; the rest is for a reader.
    """

    id = "TW04"
    title = "Grammar gives the key away"
    level = "W"
    kinds = frozenset({"one-best-answer"})

    def check(self, item: Item) -> Iterator[str]:
        """Compare article and number."""
        if found := _ARTICLE_AT_END.search(item.lead_in):
            yield f"the question ends with {found[1]!r}. Put “a or an”, or ask a whole question."
        if _asks(item.lead_in) is None or not item.key:
            return
        fitting = [option for option in item.options if _plural(option) == _asks(item.lead_in)]
        if fitting == [*item.key]:
            yield "of the options only the key agrees with the question in number."


class Convergence(ItemRule):
    """The key does not share most of its words with the others.

    Where wrong options are made from the key by changing one part at a time, the option
    that has most in common with all others is the key.
    """

    id = "TW05"
    title = "The wrong options are all made from the key"
    level = "I"
    kinds = frozenset({"one-best-answer"})

    def check(self, item: Item) -> Iterator[str]:
        """Compare what each option shares with the others."""
        if len(item.key) != 1 or len(item.options) < 3:
            return
        shares = {option.option_id: _shared(option, item.options) for option in item.options}
        key = shares.pop(item.key[0].option_id)
        if key - fmean(shares.values()) > _CONVERGING:
            yield "the key shares far more words with the others than they do among themselves."


class TwoExhaust(ItemRule):
    """No two options leave nothing between them.

    Where one says "rises" and one "falls", one of the two is nearly always the key, and the
    others are not read.
    """

    id = "TW06"
    title = "Two options are opposites"
    level = "I"
    kinds = frozenset({"one-best-answer"})

    def check(self, item: Item) -> Iterator[str]:
        """Look for two options that differ in one pair of opposites."""
        for one, other in combinations(item.options, 2):
            if (one.is_key or other.is_key) and _opposite(one.text, other.text):
                yield f"options {one.option_id} and {other.option_id} are opposites."


class NameOnlyInKey(ItemRule):
    """A name or an abbreviation does not stand in the key alone.

    It makes the key look learned, and readers remember having seen it.
    """

    id = "TW07"
    title = "Only the key holds a name or an abbreviation"
    level = "W"
    kinds = CHOICE

    def check(self, item: Item) -> Iterator[str]:
        """Look for names and abbreviations in keys and in wrong options."""
        in_keys = [_learned(option.text) for option in item.key]
        if all(in_keys) and in_keys and not any(_learned(one.text) for one in wrong(item)):
            yield f"{quoted(in_keys[0])} stands out. Use the plain name, or name others too."


class ReadingGrade(ItemRule):
    """Stem and question are read at school grade 11 or below.

    Long sentences and long words test reading, not the subject, and harm those who read
    English as a second language most. Names of diseases, tests and drugs do not count.
    """

    id = "LG01"
    title = "The stem is hard to read"
    level = "W"

    def check(self, item: Item) -> Iterator[str]:
        """Measure the grade."""
        grade = reading_grade(asked(item), self.course.names)
        if grade > _HARDEST:
            yield f"school grade {grade:.1f}. Make sentences shorter and words plainer."


class Abbreviation(ItemRule):
    """An abbreviation is spelled out where the question first uses it.

    As in "computed tomography (CT)". Learners meet a question alone, in the review, months
    after the lesson that explained its letters.
    """

    id = "ID08"
    title = "An abbreviation is not spelled out"
    level = "E"

    def check(self, item: Item) -> Iterator[str]:
        """Look for capitals that no long form goes before."""
        opening = unexplained(asked(item), self.course.genes)
        rest = " ".join((*shown(item), *item.hints))
        explained = spelled_out(f"{asked(item)} {rest}")
        later = unexplained(rest, self.course.genes)
        for short in dict.fromkeys([*opening, *(one for one in later if one not in explained)]):
            yield f"{short!r} is not spelled out at first. Write the long form, then ({short})."


def _plain(options: Iterable[Option]) -> list[Option]:
    """The options in the author's own words: a special answer has always the same."""
    return [option for option in options if option.special is None]


def _asks(lead_in: str) -> bool | None:
    """Whether a question asks for several things; None where that is not seen."""
    lowered = lead_in.lower()
    if _PLURAL_ASKED.search(lowered):
        return True
    return False if _SINGULAR_ASKED.search(lowered) else None


def _plural(option: Option) -> bool:
    found = words(option.text.split(",")[0].split(" of ")[0])
    return bool(found) and len(found[-1]) > 3 and bool(_PLURAL.search(found[-1].lower()))


def _shared(option: Option, options: tuple[Option, ...]) -> float:
    own = set(words(option.text.lower()))
    others = [set(words(one.text.lower())) for one in options if one is not option]
    return fmean(len(own & other) / max(len(own | other), 1) for other in others)


def _opposite(one: str, other: str) -> bool:
    first, second = words(one.lower()), words(other.lower())
    if len(first) != len(second):
        return False
    differing = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    known = {frozenset(pair) for pair in lists.ANTONYMS}
    return len(differing) == 1 and frozenset(differing[0]) in known


def _learned(text: str) -> list[str]:
    """Names of people and abbreviations in an option."""
    names = [one for one in words(text) if re.sub(r"['’]s$", "", one.lower()) in lists.EPONYMS]
    return [*names, *(found[0] for found in ABBREVIATION.finditer(text))]


WORDING_RULES = (
    KeyIsLongest,
    AbsoluteDistractor,
    AbsoluteKey,
    Clang,
    Grammar,
    Convergence,
    TwoExhaust,
    NameOnlyInKey,
    ReadingGrade,
    Abbreviation,
)
