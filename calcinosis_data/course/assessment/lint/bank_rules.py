"""Rules on the bank as a whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from calcinosis_data.course.assessment.blueprint import HIGHER, Blueprint, blueprint
from calcinosis_data.course.assessment.item_bank import Bank
from calcinosis_data.course.assessment.item_model import Item
from calcinosis_data.course.assessment.lint import words as lists
from calcinosis_data.course.assessment.lint._model import BankRule, ItemRule
from calcinosis_data.course.assessment.lint._text import wrong
from calcinosis_data.course.assessment.near_copies import near_copies, same_rows

_ENOUGH = 20  # questions; below that a share says nothing
_LONGEST_SHARE = 0.35
_LEARNERS = tuple(f"learner-{number}" for number in range(40))
_LOW, _HIGH = 0.6, 1.4  # times an even share: 15% to 35% for four options


class KeysNotLongest(BankRule):
    """In at most 35% of the questions the key is the longest option.

    With three or four options that is about what chance gives. Above it, "choose the longest"
    is a good rule for people who know nothing.
    """

    id = "TW01-bank"
    title = "The key is too often the longest option"
    level = "E"

    def check(self, bank: Bank) -> Iterator[tuple[str, str]]:
        """Count the questions whose key is longer than every other option."""
        choice = _one_best(bank.items)
        longest = [item.item_id for item in choice if _key_is_longest(item)]
        if len(choice) >= _ENOUGH and len(longest) > _LONGEST_SHARE * len(choice):
            share = f"{len(longest)} of {len(choice)} ({len(longest) / len(choice):.0%})"
            yield "", f"{share}; 35% at most. Such as {', '.join(longest[:5])}."


class KeyPositions(BankRule):
    """The key stands in each position about as often as in any other.

    Options are shuffled for each learner, so the positions that learners see are counted,
    over forty learners: between 15% and 35% for each of four positions.
    """

    id = "TW08"
    title = "The key stands too often, or too seldom, in one position"
    level = "E"

    def check(self, bank: Bank) -> Iterator[tuple[str, str]]:
        """Count positions among questions with the same number of options."""
        groups: dict[int, list[Item]] = defaultdict(list)
        for item in _one_best(bank.items):
            groups[len(item.options)].append(item)
        for size, items in sorted(groups.items()):
            if len(items) >= _ENOUGH:
                yield from _uneven(size, items)


class ObjectivesCovered(BankRule):
    """Each objective of a lesson has four questions or more, two of them at Apply or above.

    What is not asked is not practised, and the review needs more than one question to come
    back to. The capstone is a project: its questions are counted, and no number is wanted.
    """

    id = "BK01"
    title = "An objective has too few questions"
    level = "E"

    def check(self, bank: Bank) -> Iterator[tuple[str, str]]:
        """Compare the blueprint with its targets."""
        for shortfall in self._blueprint(bank).objective_shortfalls:
            yield "", shortfall

    def _blueprint(self, bank: Bank) -> Blueprint:
        return blueprint(bank, self.course.targets)


class NearCopies(BankRule):
    """No two questions differ only in the names that are put in.

    They count as one: who can answer the first can answer the second without new thought.
    Names, numbers and the words for a person are left out, and the rest is compared.
    """

    id = "BK02"
    title = "Two questions are near copies"
    level = "E"

    def check(self, bank: Bank) -> Iterator[tuple[str, str]]:
        """Compare each question with each."""
        for first, second, share in near_copies(bank.items):
            yield second, f"is {share:.0%} like {first} but for the names. Ask something else."


class SameRows(BankRule):
    """Two questions that rest on the same rows may ask the same thing in other words.

    The same number, the same claim, or the same key among nearly the same options: see
    whether a learner who has answered the first has anything left to think about.
    """

    id = "BK02-rows"
    title = "Two questions rest on the same rows"
    level = "I"

    def check(self, bank: Bank) -> Iterator[tuple[str, str]]:
        """Compare keys and options of questions of one kind."""
        for one, other in combinations(bank.items, 2):
            if same_rows(one, other):
                yield other.item_id, f"rests on the same rows as {one.item_id}. Is it new?"


class EnoughHigherLevels(BankRule):
    """Half of the questions ask to apply, analyse or evaluate.

    Most banks ask to remember, because that is quickly written; patients do not. A question
    that asks for a name or a meaning counts as remembering, whatever level it declares.
    """

    id = "BK03"
    title = "Too many questions ask to remember"
    level = "E"

    def check(self, bank: Bank) -> Iterator[tuple[str, str]]:
        """Count the levels that are declared and shown."""
        targets = self.course.targets
        if targets is None or not bank.items:
            return
        higher = [item for item in bank.items if item.bloom_level in HIGHER and not _recalls(item)]
        if len(higher) < targets.higher_share * len(bank.items):
            share = f"{len(higher)} of {len(bank.items)}"
            yield "", f"{share} ask for more; {targets.higher_share:.0%} are wanted."


class LevelIsShown(ItemRule):
    """A question that declares Apply or above does not ask for a name or a meaning.

    "What is … called?" and "What does … mean?" ask to remember. Give a situation in which the
    name has to be used, or declare the level that the question has.
    """

    id = "BK03-level"
    title = "The level is higher than what is asked"
    level = "W"

    def check(self, item: Item) -> Iterator[str]:
        """Compare the level with the lead-in."""
        if item.bloom_level in HIGHER and _recalls(item):
            yield f"declares {item.bloom_level!r} and asks “{item.lead_in}”."


class EnoughQuestions(BankRule):
    """The bank of the course has 160 questions or more, near copies not counted.

    With four questions for each objective, and a review that does not show the same question
    in each round, that is what the lessons need.
    """

    id = "BK04"
    title = "The bank is small"
    level = "E"

    def check(self, bank: Bank) -> Iterator[tuple[str, str]]:
        """Count distinct questions."""
        if (targets := self.course.targets) is not None:
            count = len(bank.items) - len({second for _, second, _ in near_copies(bank.items)})
            if count < targets.items:
                yield "", f"{count} distinct questions; {targets.items} are wanted."


class OnePlaceEach(BankRule):
    """No two questions have the same place in one part of a lesson.

    Which of the two comes first would be left to chance.
    """

    id = "BK05"
    title = "Two questions have the same place"
    level = "E"

    def check(self, bank: Bank) -> Iterator[tuple[str, str]]:
        """Compare lesson, block and position."""
        places: dict[tuple[str, str, int], str] = {}
        for item in bank.items:
            place = (item.lesson_id, item.block, item.position)
            first = places.setdefault(place, item.item_id)
            if first != item.item_id:
                where = f"{item.lesson_id}, {item.block}"
                yield item.item_id, f"has place {item.position} of {where}, as {first} has."


class ObjectiveOfTheLesson(BankRule):
    """A question serves an objective of its own lesson.

    The results count it for that objective, and a learner looks for it in that lesson.
    """

    id = "BK06"
    title = "The objective belongs to another lesson"
    level = "E"

    def check(self, bank: Bank) -> Iterator[tuple[str, str]]:
        """Look up the lesson of each objective."""
        for item in bank.items:
            home = self.course.lesson_of.get(item.objective_id)
            if home != item.lesson_id:
                told = f"an objective of {home}" if home else "no objective of the course"
                yield item.item_id, f"{item.objective_id} is {told}, not of {item.lesson_id}."


def _one_best(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.kind == "one-best-answer" and len(item.key) == 1]


def _key_is_longest(item: Item) -> bool:
    return all(len(item.key[0].text) > len(option.text) for option in wrong(item))


def _uneven(size: int, items: list[Item]) -> Iterator[tuple[str, str]]:
    places = Counter(
        [option.is_key for option in item.options_for(learner)].index(True)
        for item in items
        for learner in _LEARNERS
    )
    for place in range(size):
        share = places[place] / (len(items) * len(_LEARNERS))
        if not _LOW / size <= share <= _HIGH / size:
            bounds = f"{_LOW / size:.0%} to {_HIGH / size:.0%}"
            yield "", f"of {size} options the key is number {place + 1} in {share:.0%}; {bounds}."


def _recalls(item: Item) -> bool:
    return lists.RECALL.search(item.lead_in) is not None


BANK_RULES = (
    KeysNotLongest,
    KeyPositions,
    ObjectivesCovered,
    NearCopies,
    SameRows,
    EnoughHigherLevels,
    LevelIsShown,
    EnoughQuestions,
    OnePlaceEach,
    ObjectiveOfTheLesson,
)
