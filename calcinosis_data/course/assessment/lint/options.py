"""Rules on options: their form, their order, and what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from calcinosis_data.course.assessment.item_model import Item
from calcinosis_data.course.assessment.lint import words as lists
from calcinosis_data.course.assessment.lint._model import ItemRule
from calcinosis_data.course.assessment.lint._text import (
    CHOICE,
    SHOWN,
    plain_options,
    quoted,
    shown,
    words,
)

_LONGEST = 20
_MOST_BEHIND = 2  # words behind a figure: "12 of 40 children"; with more it only begins with one
_SHARED = 3
_FIGURE = re.compile(
    r"(?P<sign><|>|≤|≥|under|over|less than|more than|at least|at most|about|~)?\s*"
    r"(?P<low>[+-]?\d[\d,]*(?:\.\d+)?)"
    r"(?:\s*(?:to|[-–]|and)\s*(?P<high>[+-]?\d[\d,]*(?:\.\d+)?))?"
    r"\s*(?P<unit>%|percent|of \d[\d,]*|in \d[\d,]*|[a-zµ]+(?:/[a-zA-Z]+)?)?",
    re.IGNORECASE,
)
_BELOW = {"<", "≤", "under", "less than", "at most"}
_ABOVE = {">", "≥", "over", "more than", "at least"}
_OPEN = {"<", ">", "under", "over", "less than", "more than"}


class AllOrNone(ItemRule):
    """No option speaks of the other options, as "all of the above" does.

    One option known to be wrong, or two known to be right, settles such a question, and a
    shuffled order makes "above" untrue.
    """

    id = "ST01"
    title = "An option speaks of the others"
    level = "E"
    kinds = SHOWN

    def check(self, item: Item) -> Iterator[str]:
        """Look for the phrases."""
        for text in shown(item):
            if found := lists.ALL_OR_NONE.search(text):
                yield f"{found[0]!r} is about the other options. Write an answer of its own."


class SharedBeginning(ItemRule):
    """Options do not begin with the same three words.

    Words that stand in front of each option are read three or four times. Move them up.
    """

    id = "ID01"
    title = "Options begin with the same words"
    level = "E"
    kinds = SHOWN

    def check(self, item: Item) -> Iterator[str]:
        """Compare the first words; two of four options may go together."""
        options = plain_options(item)
        starts = [" ".join(words(option.text.lower())[:_SHARED]) for option in options]
        for start in dict.fromkeys(starts):
            count = starts.count(start)
            if len(start.split()) == _SHARED and count > max(1, len(starts) / 2):
                yield f"{count} options begin with “{start}”. Move it to the question."


class LongOption(ItemRule):
    """An option has 20 words at most.

    A long option is hard to keep in mind beside three others.
    """

    id = "ID01-long"
    title = "An option is long"
    level = "W"
    kinds = SHOWN

    def check(self, item: Item) -> Iterator[str]:
        """Count words."""
        for text in shown(item):
            if (count := len(words(text))) > _LONGEST:
                yield f"“{' '.join(text.split()[:5])} …” has {count} words."


class VagueFrequency(ItemRule):
    """Options hold no usually, often, rarely, may or the like.

    Readers differ widely in how often "often" is. Give the figure, or name the condition.
    """

    id = "ID02"
    title = "An option is vague about how often"
    level = "W"
    kinds = CHOICE

    def check(self, item: Item) -> Iterator[str]:
        """Look for the words; the month of May is none."""
        for option in item.options:
            found = lists.VAGUE.search(option.text)
            if found and found[0] != "May":
                yield f"option {option.option_id} says {found[0]!r}. Say how often, or when."


class NumbersInOrder(ItemRule):
    """Numbers, and words of one scale, stand in their order.

    Readers look for a number in its place; a jumble costs time and tells nothing. All other
    options are shuffled for each learner, so their written order does not matter.
    """

    id = "ID03"
    title = "Numbers are not in order"
    level = "E"
    kinds = CHOICE

    def check(self, item: Item) -> Iterator[str]:
        """Compare each number, or place on the scale, with the next."""
        texts = [option.text for option in plain_options(item)]
        figures = _figures(texts)
        if figures and any(one.low > next_.low for one, next_ in pairwise(figures)):
            yield f"{quoted(texts)}: write them ascending."
        if scale := _scale(texts):
            places = [scale.index(text.lower()) for text in texts]
            if places not in (sorted(places), sorted(places, reverse=True)):
                yield f"{quoted(texts)}: write them in the order of the scale."


class NumbersConsistent(ItemRule):
    """Numbers are given in one way, and ranges do not overlap.

    Percent beside counts, or 5 to 10 beside 10 to 15, leave two answers right or none.
    """

    id = "ID04"
    title = "Numbers differ in form or overlap"
    level = "E"
    kinds = CHOICE

    def check(self, item: Item) -> Iterator[str]:
        """Compare units and ends."""
        texts = [option.text for option in plain_options(item)]
        figures = _figures(texts)
        if any(len(words(figure.behind)) > _MOST_BEHIND for figure in figures):
            return
        if len({figure.form for figure in figures}) > 1:
            yield f"{quoted(texts)}: use one unit and one form."
        for one, other in combinations(figures, 2):
            if one.overlaps(other):
                yield f"“{one.text}” and “{other.text}” overlap. Make the ranges end to end."


class Parallel(ItemRule):
    """Options have one form: all sentences or none, all beginning alike.

    An option that is built otherwise draws the eye. A program sees the full stop, the
    "to …" and the capital; the rest is for a reader.
    """

    id = "ID05"
    title = "Options are not built alike"
    level = "I"
    kinds = SHOWN

    def check(self, item: Item) -> Iterator[str]:
        """Compare full stops, infinitives and capitals."""
        texts = [option.text for option in plain_options(item)]
        forms = {
            "a full stop at the end": [text.endswith(".") for text in texts],
            "“to …” at the beginning": [text.lower().startswith("to ") for text in texts],
            "a small letter at the beginning": [text[:1].islower() for text in texts],
        }
        for form, have in forms.items():
            if any(have) and not all(have) and not _figures(texts):
                yield f"{sum(have)} of {len(have)} options have {form}. Write them alike."


class OneKindOfRow(ItemRule):
    """Where a question names an option table, its options are rows of it, or special answers.

    Then they are of one kind, each says something that the tables hold, and the key can be
    proved. A typed number or a verdict is no row.
    """

    id = "ID06"
    title = "An option is no row of the option table"
    level = "E"
    kinds = SHOWN

    def check(self, item: Item) -> Iterator[str]:
        """Look up each row."""
        if _is_free(item):
            return
        table = item.option_table or ""
        for option in item.options:
            if bool(option.row_id) == bool(option.special):
                yield f"option {option.option_id} needs a row or a special answer, one of both."
            elif option.row_id and self.course.row_is_missing(table, option.row_id):
                yield f"table {table!r} has no row {option.row_id!r}."


class FreeOptions(ItemRule):
    """Options in the author's own words are no rows, so no table can say what they are.

    That is allowed where whole sentences or plans are compared. A reader has to see that they
    are of one kind.
    """

    id = "ID06-free"
    title = "The options are no rows of a table"
    level = "I"
    kinds = SHOWN

    def check(self, item: Item) -> Iterator[str]:
        """Look for an option table."""
        if _is_free(item):
            yield "no option table is named. See for yourself that the options are of one kind."


def _is_free(item: Item) -> bool:
    return not (item.option_table or item.key_rule or any(one.row_id for one in item.options))


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number or a range as an option gives it."""

    text: str
    low: float
    high: float
    form: str
    open_end: bool
    behind: str

    def overlaps(self, other: _Figure) -> bool:
        """Whether a number can lie in both; open ends that only touch share none."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        touching_open = low == high and (self.open_end or other.open_end)
        return low <= high and not touching_open


def _figures(texts: Sequence[str]) -> list[_Figure]:
    """The options as numbers, if each begins with one; else none."""
    found = [_FIGURE.match(text) for text in texts]
    matches = [match for match in found if match is not None]
    if not texts or len(matches) < len(texts) or any(_is_word(match) for match in matches):
        return []
    return [_figure(match) for match in matches]


def _is_word(match: re.Match[str]) -> bool:
    """Whether the digits are part of a name, such as 25-hydroxyvitamin D."""
    return re.match(r"-?[a-z]{2}", match.string[match.end("low") :]) is not None


def _figure(match: re.Match[str]) -> _Figure:
    sign = (match["sign"] or "").lower()
    low = float(match["low"].replace(",", ""))
    high = float((match["high"] or match["low"]).replace(",", ""))
    unit = re.sub(r"\d[\d,]*", "n", (match["unit"] or "").lower())
    form = {"percent": "%"}.get(unit, unit)
    if sign in _BELOW:
        low = float("-inf")
    if sign in _ABOVE:
        high = float("inf")
    return _Figure(match.string, low, high, form, sign in _OPEN, match.string[match.end() :])


def _scale(texts: Sequence[str]) -> tuple[str, ...]:
    """The ordered scale that all texts are words of; empty if there is none."""
    said = {text.lower() for text in texts}
    return next((scale for scale in lists.SCALES if len(said) > 1 and said <= set(scale)), ())


OPTION_RULES = (
    AllOrNone,
    SharedBeginning,
    LongOption,
    VagueFrequency,
    NumbersInOrder,
    NumbersConsistent,
    Parallel,
    OneKindOfRow,
    FreeOptions,
)
