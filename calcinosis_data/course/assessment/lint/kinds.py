"""The parts that each kind of question must have, apart from one-best-answer (rule ST06)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from itertools import combinations

from calcinosis_data.course.assessment.item_model import Item, Option

# Also the order in which the verdicts stand, from firm to unknown.
VERDICTS = ("supported", "supported-with-caveat", "misleading", "incorrect", "unverified")


def form_faults(item: Item) -> Iterator[str]:
    """Say what the item lacks of its kind."""
    yield from _FORMS.get(item.kind, _nothing)(item)


def number(text: str) -> Decimal | None:
    """The number that a text is; None if it is none.

    Examples
    --------
    >>> number("40.3"), number("40 %")
    (Decimal('40.3'), None)
    """
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _nothing(item: Item) -> Iterator[str]:  # noqa: ARG001 (as the others)
    yield from ()


def _multiple(item: Item) -> Iterator[str]:
    yield from _count(item.options, 3, 6, "options")
    if not 2 <= len(item.key) < len(item.options):
        yield f"{len(item.key)} of {len(item.options)} options are right; two or more, not all."


def _matching(item: Item) -> Iterator[str]:
    lines = [option for option in item.options if option.special is None]
    yield from _count(lines, 3, 6, "lines")
    yield from _all_right(lines)
    for option in item.options:
        if not option.match:
            yield f"line {option.option_id} has no match. Write the answer that belongs to it."
        if option.special is not None and (option.is_key or option.row_id):
            yield f"{option.option_id} is an extra answer: it is not right and names no row."
    if len({line.match for line in lines}) < 2:
        yield "all lines have the same answer; two different ones at least."
    yield from _column(item)


def _ordering(item: Item) -> Iterator[str]:
    yield from _count(item.options, 3, 6, "lines")
    yield from _all_right(item.options)
    places = sorted(option.place or 0 for option in item.options)
    if places != list(range(1, len(places) + 1)):
        yield f"the places are {places}; number the lines 1, 2, 3 …, each number once."
    yield from _column(item)


def _numeric(item: Item) -> Iterator[str]:
    others = [option for option in item.options if option.special is not None]
    numbers = [option for option in item.options if option.special is None]
    if len(item.key) != 1 or item.key[0] in others:
        yield f"{len(item.key)} right numbers; write one."
    yield from _count([option for option in numbers if not option.is_key], 1, 4, "wrong numbers")
    if [option.special for option in others] != ["any-other"]:
        yield "write one option “any-other”, which answers every number not foreseen."
    if not item.unit:
        yield "there is no unit. Say what the number counts, such as “percent” or “people”."
    yield from _apart(item, numbers)
    yield from _column(item)


def _apart(item: Item, options: list[Option]) -> Iterator[str]:
    numbers = {option.option_id: number(option.text) for option in options}
    for option_id, value in numbers.items():
        if value is None:
            yield f"{option_id} is not a number. Write digits, with the unit in its own column."
    known = [(option_id, value) for option_id, value in numbers.items() if value is not None]
    for (first, one), (second, other) in combinations(known, 2):
        if abs(one - other) <= item.tolerance:
            yield f"{first} and {second} lie within the tolerance {item.tolerance}."


def _claim_status(item: Item) -> Iterator[str]:
    verdicts = tuple(option.match for option in item.options)
    if verdicts != VERDICTS:
        yield f"the verdicts are {', '.join(map(str, verdicts))}; expected {', '.join(VERDICTS)}."
    if len(item.key) != 1:
        yield f"{len(item.key)} verdicts are right; mark one."
    if any(option.row_id or option.special for option in item.options):
        yield "a verdict is neither a row nor a special answer. Leave both cells blank."


def _count(
    options: list[Option] | tuple[Option, ...], low: int, high: int, what: str
) -> Iterator[str]:
    if not low <= len(options) <= high:
        yield f"{len(options)} {what}; write {low} to {high}."


def _all_right(lines: list[Option] | tuple[Option, ...]) -> Iterator[str]:
    if off := [line.option_id for line in lines if not line.is_key]:
        yield f"line {', '.join(off)} is not marked as right; every line is part of the answer."


def _column(item: Item) -> Iterator[str]:
    if item.key_rule and not item.answer_column:
        yield "no answer column is named. Name the column of the option table that proves it."


_FORMS: Mapping[str, Callable[[Item], Iterator[str]]] = {
    "multiple": _multiple,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "claim-status": _claim_status,
}
