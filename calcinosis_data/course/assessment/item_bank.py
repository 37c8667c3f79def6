"""Practice items: the tables items, item_options and item_conditions as objects.

The practice bank is formative: its keys are public by nature, so nothing here hides them.
What keeps a learner from seeing the key early is that the quiz sends it to the page
only after an answer was checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeVar

import pandas as pd

from calcinosis_data.course.assessment.errors import UnknownItemError
from calcinosis_data.errors import did_you_mean

_Record = TypeVar("_Record")
_Row = Mapping[str, Any]
_NUMBER_FIRST = re.compile(r"\s*(?:[<>≤≥~]|about |under |over )?\s*[+-]?\d")


@dataclass(frozen=True, slots=True)
class Option:
    """One option of an item: a table row or a declared special answer, with its rationale."""

    option_id: str
    text: str
    row_id: str | None
    special: str | None
    is_key: bool
    rationale: str
    misconception: str | None = None

    @classmethod
    def from_row(cls, row: _Row) -> Option:
        """Build an option from a row of ``item_options``; None is a blank cell."""
        return cls(
            option_id=row["option_id"],
            text=_text(row["text"]),
            row_id=row["row_id"],
            special=row["special"],
            is_key=bool(row["is_key"]),
            rationale=_text(row["rationale"]),
            misconception=row.get("misconception"),
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """One part of the query that proves a key: a comparison on one column of one table."""

    clause: int
    part: int
    table: str
    column: str
    operator: str
    value: str

    @classmethod
    def from_row(cls, row: _Row) -> Condition:
        """Build a condition from a row of ``item_conditions``; None is a blank cell."""
        return cls(
            clause=int(row["clause"]),
            part=int(row["part"]),
            table=_text(row["table"]),
            column=_text(row["column"]),
            operator=_text(row["operator"]),
            value=_text(row["value"]),
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its options, and the query that proves its key.

    Attributes
    ----------
    item_id, version
        Which question, and which state of it. An answer belongs to one version.
    lesson_id, objective_id, block, position
        Where in the course the question stands.
    kind, bloom_level, track
        Form of the question, level of thinking, clinical or data track.
    stem, lead_in
        What is told, and the question that is asked about it.
    option_table
        The table that the options are rows of.
    take_away
        One sentence to keep.
    key_rule
        How the query proves the key: ``query-selects-key``, ``query-selects-none`` or
        ``query-selects-several``.
    option_order
        ``shuffled`` for each learner, or ``as-written`` where the order means something.
    """

    item_id: str
    version: int
    lesson_id: str
    objective_id: str
    block: str
    position: int
    kind: str
    bloom_level: str
    track: str
    stem: str
    lead_in: str
    option_table: str | None
    take_away: str
    review_status: str
    key_rule: str | None
    options: tuple[Option, ...]
    conditions: tuple[Condition, ...] = ()
    option_order: str = "shuffled"

    @classmethod
    def from_row(
        cls, row: _Row, options: tuple[Option, ...], conditions: tuple[Condition, ...]
    ) -> Item:
        """Build an item from a row of ``items``; None is a blank cell."""
        return cls(
            item_id=row["item_id"],
            version=int(row["version"]),
            lesson_id=_text(row["lesson_id"]),
            objective_id=_text(row["objective_id"]),
            block=_text(row["block"]),
            position=int(row["position"]),
            kind=_text(row["kind"]),
            bloom_level=_text(row["bloom_level"]),
            track=_text(row["track"]),
            stem=_text(row["stem"]),
            lead_in=_text(row["lead_in"]),
            option_table=row["option_table"],
            take_away=_text(row["take_away"]),
            review_status=_text(row["review_status"]),
            key_rule=row["key_rule"],
            options=options,
            conditions=conditions,
            option_order=row.get("option_order") or "shuffled",
        )

    @property
    def key(self) -> tuple[Option, ...]:
        """The options that are right."""
        return tuple(option for option in self.options if option.is_key)

    def option(self, option_id: str) -> Option:
        """The option of that id; a wrong id says which ids there are."""
        for option in self.options:
            if option.option_id == option_id:
                return option
        ids = [option.option_id for option in self.options]
        problem = f"question {self.item_id!r} has no option {option_id!r}"
        raise UnknownItemError(did_you_mean(problem, option_id, ids, "Options"))

    def options_for(self, learner_id: str) -> tuple[Option, ...]:
        """The options in the order this learner sees them: always the same for one learner.

        A hash and not a random generator decides, so that the order is the same on every
        machine and Python version. Numbers keep their order, ascending as written.

        Examples
        --------
        >>> yes = Option("a", "Yes", None, None, True, "It does.")
        >>> no = Option("b", "No", None, None, False, "It does.")
        >>> item = Item("i", 1, "l", "o", "b", 1, "one-best-answer", "apply", "clinical",
        ...             "", "Does it?", None, "It does.", "", None, (yes, no))
        >>> item.options_for("ada") == item.options_for("ada")
        True
        """
        if self.option_order == "as-written" or self._all_numbers():
            return self.options

        def place(option: Option) -> str:
            return sha256(f"{learner_id}|{self.item_id}|{option.option_id}".encode()).hexdigest()

        return tuple(sorted(self.options, key=place))

    def _all_numbers(self) -> bool:
        plain = [option.text for option in self.options if option.special is None]
        return bool(plain) and all(_NUMBER_FIRST.match(text) for text in plain)


@dataclass(frozen=True, slots=True)
class Bank:
    """All items of a question bank, in the order of lesson, block and position."""

    items: tuple[Item, ...]

    @classmethod
    def from_frames(
        cls, items: pd.DataFrame, item_options: pd.DataFrame, item_conditions: pd.DataFrame
    ) -> Bank:
        """Build a bank from the three tables."""
        options = _by_item(item_options, Option.from_row, order=("option_id",))
        conditions = _by_item(item_conditions, Condition.from_row, order=("clause", "part"))
        ordered = items.sort_values(["lesson_id", "block", "position", "item_id"])
        return cls(
            tuple(
                Item.from_row(
                    row, options.get(row["item_id"], ()), conditions.get(row["item_id"], ())
                )
                for row in _rows(ordered)
            )
        )

    def item(self, item_id: str) -> Item:
        """The item of that id."""
        for item in self.items:
            if item.item_id == item_id:
                return item
        ids = [item.item_id for item in self.items]
        problem = f"no question {item_id!r} in the bank"
        raise UnknownItemError(did_you_mean(problem, item_id, ids, "Questions"))

    def select(self, lesson: str | None = None, block: str | None = None) -> tuple[Item, ...]:
        """The items of a lesson, of a block, or of one block of one lesson."""
        found = self._having("lesson_id", lesson, self.items)
        return self._having("block", block, found)

    def _having(self, name: str, value: str | None, among: tuple[Item, ...]) -> tuple[Item, ...]:
        if value is None:
            return among
        found = tuple(item for item in among if getattr(item, name) == value)
        if not found:
            valid = sorted({getattr(item, name) for item in among})
            problem = f"no questions with {name} {value!r}"
            raise UnknownItemError(did_you_mean(problem, value, valid, "There are"))
        return found


@lru_cache(maxsize=1)
def bank() -> Bank:
    """The course's practice bank, read once.

    Returns
    -------
    Bank
        All items in the order of lesson, block and position.

    Examples
    --------
    >>> bank().items == items()
    True
    """
    from calcinosis_data import load_table

    return Bank.from_frames(
        load_table("items"), load_table("item_options"), load_table("item_conditions")
    )


def items(lesson: str | None = None, block: str | None = None) -> tuple[Item, ...]:
    """Questions of the course's practice bank.

    Parameters
    ----------
    lesson : str, optional
        Id of a lesson, such as ``"types"``. All lessons if left out.
    block : str, optional
        Id of a block of the lesson, such as ``"block-1"``. All blocks if left out.

    Returns
    -------
    tuple of Item
        In the order of lesson, block and position.

    Raises
    ------
    UnknownItemError
        If there are no questions of that lesson or block; the message names the nearest.

    Examples
    --------
    >>> {question.lesson_id for question in items(lesson="types")}
    {'types'}
    """
    return bank().select(lesson, block)


def item(item_id: str) -> Item:
    """One question of the course's practice bank by its id.

    Parameters
    ----------
    item_id : str
        Id of the question.

    Returns
    -------
    Item
        The question with its options and conditions.

    Raises
    ------
    UnknownItemError
        If there is no such question; the message names the nearest one.

    Examples
    --------
    >>> first = items()[0]
    >>> item(first.item_id) == first
    True
    """
    return bank().item(item_id)


def _by_item(
    frame: pd.DataFrame, from_row: Callable[[_Row], _Record], order: tuple[str, ...]
) -> Mapping[str, tuple[_Record, ...]]:
    grouped: dict[str, list[_Record]] = {}
    for row in _rows(frame.sort_values(["item_id", *order])):
        grouped.setdefault(row["item_id"], []).append(from_row(row))
    return {item_id: tuple(records) for item_id, records in grouped.items()}


def _rows(frame: pd.DataFrame) -> Iterable[_Row]:
    """The rows as plain values, None where a cell is blank."""
    for row in frame.astype(object).to_dict("records"):
        yield {str(name): None if pd.isna(value) else value for name, value in row.items()}


def _text(value: str | None) -> str:
    return value or ""
