"""Rules on single cells."""

import re
from collections.abc import Iterator

from calcinosis_data._descriptor import Field
from calcinosis_data._text import EXPECTED, FORMS, as_number
from calcinosis_data.contract._model import CellRule, Finding, Rule, TableText
from calcinosis_data.errors import did_you_mean

# What pandas takes for missing, capitals aside, and three habits of typists.
MISSING_WORDS = frozenset(
    {
        *("na", "n/a", "n.a.", "#n/a", "#na", "<na>", "nan", "-nan", "none", "null", "-", "?"),
        *("-1.#ind", "-1.#qnan", "1.#ind", "1.#qnan"),
    }
)


class UnknownCategory(CellRule):
    """A column with a closed vocabulary holds only the values of that vocabulary.

    pandas alone would read any other value as a blank, without a word.
    """

    id = "unknown-category"
    title = "A value is not in its closed vocabulary"

    def applies(self, field: Field) -> bool:
        """Closed vocabularies only."""
        return bool(field.categories)

    def fault(self, field: Field, cell: str) -> str:
        """Compare with the vocabulary."""
        if cell in field.categories:
            return ""
        problem = f"{cell!r} is not one of its values"
        return did_you_mean(problem, cell, field.categories, "Values")


class WrongType(CellRule):
    """Numbers are plain digits with at most a decimal point; booleans are true or false.

    No thousands separators, signs of comparison, units or exponents: these belong in a
    column of their own.
    """

    id = "wrong-type"
    title = "A value is not of its column's type"

    def applies(self, field: Field) -> bool:
        """Every type but text."""
        return field.type in FORMS

    def fault(self, field: Field, cell: str) -> str:
        """Match the form of the column's type."""
        if FORMS[field.type].fullmatch(cell):
            return ""
        return f"{cell!r} is not {EXPECTED[field.type]}. Correct it or leave the cell blank."


class OuterSpace(CellRule):
    """No cell starts or ends with a space or a line break.

    Such a cell looks like another one and is not equal to it.
    """

    id = "outer-space"
    title = "A value starts or ends with white space"

    def fault(self, field: Field, cell: str) -> str:  # noqa: ARG002 (called with both)
        """Compare with the stripped cell."""
        return "" if cell == cell.strip() else f"white space around {cell!r}. Delete it."


class MissingWord(CellRule):
    """Blank is the only missing value.

    Words such as NA, None or null turn silently into blanks in some programs and stay words
    in others. Small "none" is no such word: it is an answer, as in "key risks: none".
    """

    id = "missing-word"
    title = "A word stands where a blank is meant"

    def fault(self, field: Field, cell: str) -> str:  # noqa: ARG002 (called with both)
        """Compare with the words that programs take for missing."""
        word = cell.strip()
        if word == "none" or word.casefold() not in MISSING_WORDS:
            return ""
        return f"{cell!r} reads as missing. Leave the cell blank, or say in words what is meant."


class BrokenPattern(CellRule):
    """Ids, codes and addresses have the form that the descriptor gives them."""

    id = "broken-pattern"
    title = "A value does not have its column's pattern"

    def applies(self, field: Field) -> bool:
        """Columns with a pattern."""
        return field.pattern is not None

    def fault(self, field: Field, cell: str) -> str:
        """Match the whole cell with the pattern."""
        if re.fullmatch(field.pattern or "", cell):
            return ""
        return f"{cell!r} does not have the form of {field.example!r} (pattern {field.pattern})"


class OutOfRange(CellRule):
    """Numbers lie between the minimum and the maximum of the descriptor."""

    id = "out-of-range"
    title = "A number is below its minimum or above its maximum"

    def applies(self, field: Field) -> bool:
        """Columns with a minimum or a maximum."""
        return field.minimum is not None or field.maximum is not None

    def fault(self, field: Field, cell: str) -> str:
        """Compare with both limits."""
        number = as_number(cell)
        if number is None:
            return ""
        if field.minimum is not None and number < field.minimum:
            return f"{cell} is below the minimum {field.minimum:g}. See the source."
        if field.maximum is not None and number > field.maximum:
            return f"{cell} is above the maximum {field.maximum:g}. See the source."
        return ""


class MissingRequired(Rule):
    """A required column, and every column of a primary key, is never blank."""

    id = "missing-required"
    title = "A required value is blank"

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Look for blanks."""
        for field in table.fields:
            if field.required or field.name in table.schema.primary_key:
                for row in table.rows:
                    if not row[field.name].strip():
                        problem = f"blank, but every row needs it: {field.description}"
                        yield self.at(table, row, field.name, problem)


CELL_RULES = (
    UnknownCategory,
    WrongType,
    OuterSpace,
    MissingWord,
    BrokenPattern,
    OutOfRange,
    MissingRequired,
)
