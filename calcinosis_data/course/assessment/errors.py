"""Errors of the assessment part, in words for the person who sees them."""

from calcinosis_data.errors import CalcinosisError


class UnknownItemError(CalcinosisError, LookupError):
    """There is no such question, lesson, block or option in the bank."""


class ItemQueryError(CalcinosisError, ValueError):
    """The query of an item cannot be run: a wrong table, column, value or rule."""


class ItemKindError(CalcinosisError, ValueError):
    """The quiz cannot show a question of that kind."""


class AnswerSheetError(CalcinosisError, ValueError):
    """The file of answers is there but is not an answer sheet that can be read."""
