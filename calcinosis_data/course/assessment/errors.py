"""Errors of the assessment part, in words for the person who sees them."""

from calcinosis_data.errors import CalcinosisError


class UnknownItemError(CalcinosisError, LookupError):
    """There is no such question, lesson, block, option or answer in the bank."""


class NotAnAnswerError(CalcinosisError, ValueError):
    """What was given is no answer of the kind the question asks for, so it is no attempt.

    The message is for the learner: what is missing or what to type.
    """


class ItemQueryError(CalcinosisError, ValueError):
    """The proof of an item's key cannot be run: a wrong table, column, value or rule."""


class ItemKindError(CalcinosisError, ValueError):
    """There is no such kind of question, or the quiz cannot show it."""


class AnswerSheetError(CalcinosisError, ValueError):
    """The file of answers is there but is not an answer sheet that can be read."""
