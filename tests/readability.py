"""How hard English is to read: the measure of the question lint, for all tests of words."""

from calcinosis_data.course.assessment.lint.readability import flesch_kincaid, syllables

__all__ = ["flesch_kincaid", "syllables"]
