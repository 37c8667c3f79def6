"""From a response to its outcome: pure functions, no files and no widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from calcinosis_data.course.assessment.item_model import Item
from calcinosis_data.course.assessment.marks import OptionFeedback, mark
from calcinosis_data.course.assessment.responses import read_response

__all__ = ["OptionFeedback", "Outcome", "score"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a response.

    Attributes
    ----------
    item_id, item_version
        The item that was answered.
    correct
        Whether the response is exactly the key.
    feedback
        Every option once: those chosen first, then the key, then the others as the item has
        them; the lines of an ordering item in their right order.
    take_away
        One sentence to keep.
    partial
        How much of it is right, in words, such as "3 of 4 pairs"; empty where there are no
        parts.
    """

    item_id: str
    item_version: int
    correct: bool
    feedback: tuple[OptionFeedback, ...]
    take_away: str
    partial: str = ""

    @property
    def chosen(self) -> tuple[OptionFeedback, ...]:
        """The options that were chosen."""
        return tuple(option for option in self.feedback if option.chosen)

    @property
    def key(self) -> tuple[OptionFeedback, ...]:
        """The options that are right."""
        return tuple(option for option in self.feedback if option.is_key)


def score(item: Item, response: str | Sequence[str]) -> Outcome:
    """Score one response.

    Parameters
    ----------
    item : Item
        The item that was answered.
    response : str or sequence of str
        Ids of the options chosen, pairs of a matching item ("a=normal"), ids in order, or
        the number as typed: what `read_response` takes.

    Returns
    -------
    Outcome
        Right or not, and the feedback for every option.

    Raises
    ------
    NotAnAnswerError
        If it is no complete answer and so no attempt; the message is for the learner.
    UnknownItemError
        If the item has no such option or answer; the message names the nearest one.
    ItemKindError
        If there is no such kind of question.

    Examples
    --------
    >>> from calcinosis_data.course.assessment.item_bank import Option
    >>> yes = Option("a", "Yes", None, None, True, "It does.")
    >>> no = Option("b", "No", None, None, False, "It does.")
    >>> item = Item("i", 1, "l", "o", "b", 1, "one-best-answer", "apply", "clinical",
    ...             "", "Does it?", None, "It does.", "", None, (yes, no))
    >>> outcome = score(item, "b")
    >>> outcome.correct, [option.text for option in outcome.feedback]
    (False, ['No', 'Yes'])
    """
    feedback = mark(item, read_response(item, response))
    correct = all(option.agrees for option in feedback)
    partial = _PARTIAL[item.kind](feedback) if item.kind in _PARTIAL else ""
    return Outcome(item.item_id, item.version, correct, feedback, item.take_away, partial)


_Feedback = Sequence[OptionFeedback]


def _right_lines(feedback: _Feedback) -> str:
    lines = [option for option in feedback if option.right is not None]
    return f"{sum(line.agrees for line in lines)} of {len(lines)}"


def _right_options(feedback: _Feedback) -> str:
    right = sum(option.chosen and option.is_key for option in feedback)
    wrong = sum(option.chosen and not option.is_key for option in feedback)
    found = f"{right} of {sum(option.is_key for option in feedback)} right answers"
    return found + (f" and {wrong} that {'is' if wrong == 1 else 'are'} not" if wrong else "")


_PARTIAL: Mapping[str, Callable[[_Feedback], str]] = {
    "multiple": _right_options,
    "matching": lambda feedback: f"{_right_lines(feedback)} pairs",
    "ordering": lambda feedback: f"{_right_lines(feedback)} in the right place",
}
