"""What rules are, what they look at, and what they find."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from calcinosis_data.course.assessment.item_bank import Bank
from calcinosis_data.course.assessment.item_model import Item
from calcinosis_data.course.assessment.lint._course import Course

Level = Literal["E", "W", "I"]
KINDS = frozenset(
    {"one-best-answer", "multiple", "matching", "ordering", "numeric", "claim-status"}
)
WHOLE_BANK = "(bank)"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a question, or the bank as a whole, does not keep a rule.

    Attributes
    ----------
    item_id : str
        The question; ``(bank)`` where the finding is about all of them.
    rule : str
        Id of the rule, a key of `RULES`.
    level : str
        ``E`` must be mended, ``W`` must be mended or waived with a reason, ``I`` is to know.
    message : str
        What is wrong, and what to do.
    """

    item_id: str
    rule: str
    level: Level
    message: str


class Rule:
    """A rule for questions. A subclass has an id, a title, a level and one check.

    The docstring of a rule is the explanation that an author reads.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    level: ClassVar[Level]

    def __init__(self, course: Course) -> None:
        self.course = course

    def find(self, bank: Bank) -> Iterator[Finding]:
        """Check a bank."""
        raise NotImplementedError

    @classmethod
    def explanation(cls) -> str:
        """What the rule asks for and why."""
        return inspect.cleandoc(cls.__doc__ or "")

    def _found(self, item_id: str, message: str) -> Finding:
        return Finding(item_id, self.id, self.level, message)


class ItemRule(Rule):
    """A rule for single questions of some kinds."""

    kinds: ClassVar[frozenset[str]] = KINDS

    def find(self, bank: Bank) -> Iterator[Finding]:
        """Check each question of the rule's kinds."""
        for item in bank.items:
            if item.kind in self.kinds:
                for message in self.check(item):
                    yield self._found(item.item_id, message)

    def check(self, item: Item) -> Iterator[str]:
        """Say what is wrong with one question."""
        raise NotImplementedError


class BankRule(Rule):
    """A rule for all questions together."""

    def find(self, bank: Bank) -> Iterator[Finding]:
        """Check the bank; a fault may belong to one of its questions."""
        for item_id, message in self.check(bank):
            yield self._found(item_id or WHOLE_BANK, message)

    def check(self, bank: Bank) -> Iterator[tuple[str, str]]:
        """Say what is wrong: the question, or a blank for the bank, and the message."""
        raise NotImplementedError
