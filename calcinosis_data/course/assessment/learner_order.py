"""The order in which one learner sees options and answers: the learner's own, and it stays.

No order here depends on which option is right, so that none gives a key away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from calcinosis_data.course.assessment.item_model import Item, Option

_T = TypeVar("_T")
_NUMBER_FIRST = re.compile(r"\s*(?:[<>≤≥~]|about |under |over )?\s*([+-]?\d+(?:\.\d+)?)")
_AS_WRITTEN = ("claim-status",)


def shown_options(item: Item, learner_id: str) -> tuple[Option, ...]:
    """The options that a learner chooses among, gives answers to, or puts in order.

    Parameters
    ----------
    item : Item
        The question.
    learner_id : str
        Whose order.

    Returns
    -------
    tuple of Option
        None for a number that is typed; only the lines of a matching question.
    """
    if item.kind == "numeric":
        return ()
    shown = [option for option in item.options if option.special != "extra-answer"]
    if _keeps_order(item, shown):
        return tuple(shown)
    return _shuffled(shown, lambda option: f"{learner_id}|{item.item_id}|{option.option_id}")


def shown_answers(item: Item, learner_id: str) -> tuple[str, ...]:
    """The answers of a matching question that a learner chooses among; numbers ascend.

    Parameters
    ----------
    item : Item
        The question.
    learner_id : str
        Whose order.

    Returns
    -------
    tuple of str
        Each answer once; empty for other kinds.
    """
    numbers = [_NUMBER_FIRST.match(answer) for answer in item.answers]
    if item.answers and all(numbers):
        first = [float(number[1]) for number in numbers if number]
        ranked = sorted(zip(first, item.answers, strict=True))
        return tuple(answer for _, answer in ranked)
    return _shuffled(item.answers, lambda answer: f"{learner_id}|{item.item_id}|={answer}")


def _keeps_order(item: Item, shown: Iterable[Option]) -> bool:
    if item.kind == "ordering":  # as written it might be in the right order
        return False
    if item.option_order == "as-written" or item.kind in _AS_WRITTEN:
        return True
    plain = [option.text for option in shown if option.special is None]
    return bool(plain) and all(_NUMBER_FIRST.match(text) for text in plain)


def _shuffled(things: Iterable[_T], name: Callable[[_T], str]) -> tuple[_T, ...]:
    return tuple(sorted(things, key=lambda thing: sha256(name(thing).encode()).hexdigest()))
