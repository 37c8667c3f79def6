"""Sentences about questions and outcomes: what to do, what was given, what is right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from calcinosis_data.course.assessment.item_model import EXTRA_ANSWER, Item
from calcinosis_data.course.assessment.marks import OptionFeedback
from calcinosis_data.course.assessment.scoring import Outcome
from calcinosis_data.course.assessment.typed_number import number, number_words


def how_to_answer(item: Item) -> str:
    """Say what to do with a question; nothing here tells its key.

    Parameters
    ----------
    item : Item
        The question.

    Returns
    -------
    str
        One or two sentences.
    """
    if item.kind == "numeric":
        return _how_number(item)
    return _HOW.get(item.kind, "Choose one answer.").format(lines=len(item.options))


def outcome_words(item: Item, outcome: Outcome) -> str:
    """Say what was given and what is right, after the verdict.

    Parameters
    ----------
    item : Item
        The question.
    outcome : Outcome
        What `score` gives.

    Returns
    -------
    str
        One or two sentences.
    """
    return _OUTCOMES.get(item.kind, _one)(item, outcome)


def mark_words(item: Item, option: OptionFeedback) -> str:
    """Say in a few words how one option stands after the answer.

    Parameters
    ----------
    item : Item
        The question.
    option : OptionFeedback
        The option.

    Returns
    -------
    str
        Such as "Best answer" or "You gave “high”, right is “low”"; empty for a wrong option
        that was left.
    """
    return _MARKS.get(item.kind, _best)(item, option)


def listed(texts: Iterable[str]) -> str:
    """Put texts in quotation marks and in a row.

    Parameters
    ----------
    texts : iterable of str
        The texts.

    Returns
    -------
    str
        The row.

    Examples
    --------
    >>> listed(["low", "normal", "high"])
    '“low”, “normal” and “high”'
    """
    *first, last = [f"“{text}”" for text in texts] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _how_number(item: Item) -> str:
    how = f"Type one number, in {item.unit}." if item.unit else "Type one number."
    near = f" A difference of up to {number_words(item.tolerance)} counts as right."
    return how + (near if item.tolerance else "")


def _one(_item: Item, outcome: Outcome) -> str:
    chosen = f"You chose {_texts(outcome.chosen)}."
    return chosen if outcome.correct else f"{chosen} The best answer is {_texts(outcome.key)}."


def _several(_item: Item, outcome: Outcome) -> str:
    if outcome.correct:
        return f"You chose {_texts(outcome.chosen)}, and that is all of it."
    return f"You got {outcome.partial}. The right answers are {_texts(outcome.key)}."


def _pairs(_item: Item, outcome: Outcome) -> str:
    return "All pairs are right." if outcome.correct else f"You got {outcome.partial}."


def _places(_item: Item, outcome: Outcome) -> str:
    if outcome.correct:
        return "Every line is in its right place."
    order = ", ".join(f"“{line.text}”" for line in outcome.feedback)
    return f"You got {outcome.partial}. The right order is {order}."


def _typed(item: Item, outcome: Outcome) -> str:
    given = next((option.given for option in outcome.chosen), None) or ""
    right = " ".join(filter(None, [*(option.text for option in outcome.key), item.unit]))
    if not outcome.correct:
        return f"You typed {given}. The right number is {right}."
    exact = number(given, item.unit) == number(outcome.key[0].text, item.unit)
    return f"You typed {given}." if exact else f"You typed {given}, near enough to {right}."


def _texts(options: Iterable[OptionFeedback]) -> str:
    return listed(option.text for option in options)


def _best(_item: Item, option: OptionFeedback) -> str:
    return "Best answer" if option.is_key else ""


def _mark_several(_item: Item, option: OptionFeedback) -> str:
    if option.is_key:
        return "Right answer, chosen" if option.chosen else "Right answer, not chosen"
    return "Not right, chosen" if option.chosen else ""


def _mark_pair(item: Item, option: OptionFeedback) -> str:
    if item.option(option.option_id).special == EXTRA_ANSWER:
        return "Fits no line"
    right = f"“{option.right}”"
    return f"Right: {right}" if option.agrees else f"You gave “{option.given}”, right is {right}"


def _mark_place(_item: Item, option: OptionFeedback) -> str:
    if option.agrees:
        return f"Right: place {option.right}"
    return f"You gave place {option.given}, right is place {option.right}"


def _mark_number(_item: Item, option: OptionFeedback) -> str:
    if option.is_key:
        return "Right number"
    return "Your number" if option.chosen else ""


_HOW = {
    "claim-status": "Choose one verdict.",
    "multiple": "Choose every answer that is right. There are two or more.",
    "matching": "Choose one answer for each line. An answer may fit more than one line, or none.",
    "ordering": "Give each line its place, from 1 to {lines}.",
}
_OUTCOMES: Mapping[str, Callable[[Item, Outcome], str]] = {
    "multiple": _several,
    "matching": _pairs,
    "ordering": _places,
    "numeric": _typed,
}
_MARKS: Mapping[str, Callable[[Item, OptionFeedback], str]] = {
    "multiple": _mark_several,
    "matching": _mark_pair,
    "ordering": _mark_place,
    "numeric": _mark_number,
}
