"""What each option tells after an answer, for each kind of question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calcinosis_data.course.assessment.item_model import ANY_OTHER, Item, Option
from calcinosis_data.course.assessment.responses import Response, pairs
from calcinosis_data.course.assessment.typed_number import number

Numbers = Sequence[tuple[str, Decimal]]


@dataclass(frozen=True, slots=True)
class OptionFeedback:
    """What one option tells after the answer: was it chosen, is it right, and why.

    Attributes
    ----------
    option_id, text
        Which option.
    chosen
        Whether it was chosen. Every line of a matching or ordering item is; an answer that
        fits no line is if it was given to one; for a typed number it is the option that the
        number falls under.
    is_key
        Whether it is right, or a line to answer.
    rationale
        Why it is right or wrong.
    agrees
        Whether the answer agrees with the key here: a right option was chosen, a wrong one
        was left, a line got its match or its place.
    given, right
        What was given here, and what is right here: the answers of a matching line, the
        places of an ordering line ("2"), or, at the option that a typed number falls under,
        the number as typed and the right number. None where it does not apply.
    """

    option_id: str
    text: str
    chosen: bool
    is_key: bool
    rationale: str
    agrees: bool
    given: str | None = None
    right: str | None = None


def mark(item: Item, response: Response) -> tuple[OptionFeedback, ...]:
    """Tell for every option what came of a response.

    Parameters
    ----------
    item : Item
        The item that was answered.
    response : tuple of str
        What `read_response` gives.

    Returns
    -------
    tuple of OptionFeedback
        Every option once: those chosen first, then the key, then the others as the item has
        them; the lines of an ordering item in their right order.
    """
    return _MARKS.get(item.kind, _mark_chosen)(item, response)


def falls_under(value: Decimal, options: Numbers, tolerance: Decimal) -> str | None:
    """Find the option that a typed number falls under.

    Parameters
    ----------
    value : decimal.Decimal
        The number.
    options : sequence of (str, Decimal)
        Ids of the options that are numbers and the numbers, the key first.
    tolerance : decimal.Decimal
        How far away still counts.

    Returns
    -------
    str or None
        The key if it is within tolerance, else the nearest that is, else None.

    Examples
    --------
    >>> falls_under(Decimal("40.2"), [("a", Decimal("40.3")), ("b", Decimal(52))], Decimal("0.1"))
    'a'
    """
    near = [
        (place > 0, abs(value - own), option_id)
        for place, (option_id, own) in enumerate(options)
        if abs(value - own) <= tolerance
    ]
    return min(near)[2] if near else None


def numbers_of(item: Item) -> Numbers:
    """Give the options of a numeric item that are numbers, the key first.

    Parameters
    ----------
    item : Item
        The question.

    Returns
    -------
    sequence of (str, Decimal)
        Their ids and numbers.
    """
    key_first = sorted(item.options, key=lambda option: not option.is_key)
    return [(o.option_id, number(o.text, item.unit)) for o in key_first if o.special != ANY_OTHER]


def _mark_chosen(item: Item, response: Response) -> tuple[OptionFeedback, ...]:
    return _chosen_first(_whether(option, option.option_id in response) for option in item.options)


def _mark_number(item: Item, response: Response) -> tuple[OptionFeedback, ...]:
    typed = response[0]
    found = falls_under(number(typed, item.unit), numbers_of(item), item.tolerance)
    right = next((option.text for option in item.key), None)

    def is_it(option: Option) -> bool:
        return option.option_id == found if found else option.special == ANY_OTHER

    return _chosen_first(
        _whether(option, True, typed, right) if is_it(option) else _whether(option, False)
        for option in item.options
    )


def _mark_pairs(item: Item, response: Response) -> tuple[OptionFeedback, ...]:
    answers = pairs(response)
    return _chosen_first(
        _line(option, answers[option.option_id], option.match or "")
        if option.option_id in answers
        else _whether(option, option.match in answers.values())
        for option in item.options
    )


def _mark_places(item: Item, response: Response) -> tuple[OptionFeedback, ...]:
    return tuple(
        _line(option, str(response.index(option.option_id) + 1), str(option.place))
        for option in sorted(item.options, key=lambda option: option.place or 0)
    )


def _whether(
    option: Option, chosen: bool, given: str | None = None, right: str | None = None
) -> OptionFeedback:
    agrees = chosen == option.is_key
    return OptionFeedback(*_own(option, chosen), agrees, given, right)


def _line(option: Option, given: str, right: str) -> OptionFeedback:
    return OptionFeedback(*_own(option, True), given == right, given, right)


def _own(option: Option, chosen: bool) -> tuple[str, str, bool, bool, str]:
    text = option.text or option.match or ""  # a further answer may have no other words
    return option.option_id, text, chosen, option.is_key, option.rationale


def _chosen_first(marked: Iterable[OptionFeedback]) -> tuple[OptionFeedback, ...]:
    return tuple(sorted(marked, key=lambda option: (not option.chosen, not option.is_key)))


_MARKS: Mapping[str, Callable[[Item, Response], tuple[OptionFeedback, ...]]] = {
    "matching": _mark_pairs,
    "ordering": _mark_places,
    "numeric": _mark_number,
}
