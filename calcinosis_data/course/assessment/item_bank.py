"""Practice items: the tables items, item_options and item_conditions as objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import pandas as pd

from calcinosis_data.course.assessment.errors import UnknownItemError
from calcinosis_data.course.assessment.item_model import Condition, Item, Option, Row
from calcinosis_data.errors import did_you_mean

__all__ = ["Bank", "Condition", "Item", "Option", "bank", "item", "items"]

_Record = TypeVar("_Record")


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
    frame: pd.DataFrame, from_row: Callable[[Row], _Record], order: tuple[str, ...]
) -> Mapping[str, tuple[_Record, ...]]:
    grouped: dict[str, list[_Record]] = {}
    for row in _rows(frame.sort_values(["item_id", *order])):
        grouped.setdefault(row["item_id"], []).append(from_row(row))
    return {item_id: tuple(records) for item_id, records in grouped.items()}


def _rows(frame: pd.DataFrame) -> Iterable[Row]:
    """The rows as plain values, None where a cell is blank."""
    for row in frame.astype(object).to_dict("records"):
        yield {str(name): None if pd.isna(value) else value for name, value in row.items()}
