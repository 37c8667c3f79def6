"""Rules on how a question is built: its stem, its lead-in and the parts of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis_data.course.assessment.item_model import Item
from calcinosis_data.course.assessment.lint import words as lists
from calcinosis_data.course.assessment.lint._model import ItemRule
from calcinosis_data.course.assessment.lint._text import CHOICE, asked, shown, words
from calcinosis_data.course.assessment.lint.kinds import form_faults

_LONGEST_STEM = 120


class NegativeLeadIn(ItemRule):
    """The question is asked forwards, without not, except, never, least or false.

    Readers pass over a small "not" and answer the opposite question. Ask what is true or what
    to do. Only what must not be done to a patient may be asked so; then write "should NOT".
    """

    id = "ST02"
    title = "The question is negative"
    level = "E"

    def check(self, item: Item) -> Iterator[str]:
        """Look for negations in the lead-in, apart from fixed terms."""
        text = lists.NOT_NEGATIVE.sub(" ", item.lead_in)
        found = lists.NEGATIVE.search(text)
        if found and not lists.SAFETY.search(text):
            yield f"the question says {found[0]!r}. Turn it round, and ask what is so."


class UnfocusedLeadIn(ItemRule):
    """The question asks for one thing, not for "the true statement".

    Under "Which statement is true?" each option is a question of its own, so learners answer
    four true-or-false questions and you learn from none of them.
    """

    id = "ST03"
    title = "The question has no focus"
    level = "E"

    def check(self, item: Item) -> Iterator[str]:
        """Look for the phrases that could stand under any stem."""
        if found := lists.UNFOCUSED.search(item.lead_in):
            yield f"{found[0]!r} asks for nothing in particular. Name what is asked for."


class LeadInIsOneQuestion(ItemRule):
    """The lead-in is one question and ends with its question mark.

    An unfinished sentence has to be kept in mind while the options are read, and of two
    questions nobody knows which one the options answer.
    """

    id = "ST04"
    title = "The lead-in is not one question"
    level = "E"

    def check(self, item: Item) -> Iterator[str]:
        """Count question marks."""
        if not item.lead_in.endswith("?"):
            yield f"{item.lead_in!r} does not end with a question mark. Ask a whole question."
        elif item.lead_in.count("?") > 1:
            yield "there are two questions. Keep one, or make two items."


class CoverTheOptions(ItemRule):
    """A learner who covers the options can still answer.

    A program sees the half of it: the stem speaks of a term of the course, the question names
    the kind of answer ("which test", "which of these findings", "what should she do first"),
    and the item says who has looked at the rest. "Not yet reviewed by a clinician" is an
    honest answer there; a blank is none.
    """

    id = "ST05"
    title = "The question cannot be answered with the options covered"
    level = "W"

    def check(self, item: Item) -> Iterator[str]:
        """Look for a term, for the kind of answer and for the state of review."""
        if not self.course.mentions_term(asked(item)):
            yield "stem and question hold no term of the glossary. Say what it is about."
        if found := lists.UNNAMED.search(item.lead_in):
            yield f"{found[0]!r} does not name the kind of answer, such as “which test”."
        if not item.review_status.strip():
            yield "nothing says whether it was reviewed. Write it, even if it was not."


class OptionsCounted(ItemRule):
    """One-best-answer has three to five different options, one of them the key.

    Two options leave too much to chance, and a sixth is hardly ever chosen. Three or four
    that all tempt are better than five.
    """

    id = "ST06"
    title = "The number of options or of keys is wrong"
    level = "E"
    kinds = frozenset({"one-best-answer"})

    def check(self, item: Item) -> Iterator[str]:
        """Count options, keys and repeats."""
        if not 3 <= len(item.options) <= 5:
            yield f"{len(item.options)} options; write three to five."
        if len(item.key) != 1:
            yield f"{len(item.key)} options are marked as the key; mark one."
        texts = [option.text.casefold() for option in item.options]
        if len(set(texts)) < len(texts):
            yield "two options have the same text. Change one of them."


class PartsOfTheKind(ItemRule):
    """Each kind of question has its own parts.

    Multiple: three to six options, two or more of them right, but not all. Matching: three to
    six lines, each with its answer, and two different answers at least. Ordering: three to
    six lines with places 1, 2, 3 … Numeric: the right number, one to four foreseen wrong ones
    further apart than the tolerance, a unit, and one "any other". Claim status: the five
    verdicts in their order, one of them right.
    """

    id = "KD01"
    title = "A part of this kind of question is missing or wrong"
    level = "E"

    def check(self, item: Item) -> Iterator[str]:
        """Ask for the faults of the item's kind."""
        yield from form_faults(item)


class StemCarriesTheWeight(ItemRule):
    """Stem and question are longer than the options together.

    When the matter stands in the options, learners compare phrases and do not solve a problem.
    """

    id = "ST07"
    title = "The options are longer than the stem"
    level = "E"
    kinds = CHOICE

    def check(self, item: Item) -> Iterator[str]:
        """Count words."""
        told, offered = len(words(asked(item))), sum(len(words(text)) for text in shown(item))
        if told <= offered:
            yield f"stem and question have {told} words, the options {offered}. Move words up."


class PatientIsInvented(ItemRule):
    """A stem about a patient says that the patient is invented.

    No real person's story belongs in a question bank, and the reader should know it.
    People counted in a study are told as a study.
    """

    id = "ST08"
    title = "A patient is not marked as invented"
    level = "E"

    def check(self, item: Item) -> Iterator[str]:
        """Look for a person in the stem, and for the word."""
        found = lists.PATIENT.search(item.stem)
        if found and "invented" not in item.stem.lower() and not lists.STUDY.search(item.stem):
            yield f"{found[0]!r} may be taken for real. Begin with “Invented patient.”"


class NoHinge(ItemRule):
    """A question can be answered without another one.

    A question that leans on the answer to another is wrong twice for one mistake, and the
    review shows questions in another order than the lesson.
    """

    id = "ID07"
    title = "The question leans on another question"
    level = "E"

    def check(self, item: Item) -> Iterator[str]:
        """Look for a reference to another question."""
        if found := lists.OTHER_ITEM.search(" ".join((asked(item), *shown(item)))):
            yield f"{found[0]!r} points to another question. Tell here what is needed."


class ShortStem(ItemRule):
    """A stem has 120 words at most.

    Facts that nobody needs make a question slow to read, not hard to answer.
    """

    id = "ID09"
    title = "The stem is long"
    level = "W"

    def check(self, item: Item) -> Iterator[str]:
        """Count words."""
        if (count := len(words(item.stem))) > _LONGEST_STEM:
            yield f"the stem has {count} words. Leave out what the answer does not need."


class NothingButSeen(ItemRule):
    """A question needs no colour and no picture.

    "The red bar" means nothing to a reader who cannot see red, or the page. Name the bar by
    its label, and point to the table with the same numbers.
    """

    id = "AX01"
    title = "The question needs a colour or a picture"
    level = "E"

    def check(self, item: Item) -> Iterator[str]:
        """Look for colours of chart parts, and for pictures without a table."""
        text = " ".join((asked(item), *shown(item), *item.hints))
        if found := lists.COLOUR_POINTER.search(text):
            yield f"{found[0]!r} is known by its colour alone. Name its label."
        if (found := lists.CHART_POINTER.search(text)) and not lists.TABLE_TWIN.search(text):
            yield f"{found[0]!r} is a picture only. Point to the table that says the same."


STRUCTURE_RULES = (
    NegativeLeadIn,
    UnfocusedLeadIn,
    LeadInIsOneQuestion,
    CoverTheOptions,
    OptionsCounted,
    PartsOfTheKind,
    StemCarriesTheWeight,
    PatientIsInvented,
    NoHinge,
    ShortStem,
    NothingButSeen,
)
