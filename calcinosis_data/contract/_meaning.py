"""Rules on the descriptor: that every table and column is explained."""

from collections.abc import Iterator

from calcinosis_data._descriptor import PURPOSES, Field
from calcinosis_data.contract._model import Finding, Rule, TableText
from calcinosis_data.errors import did_you_mean


class UndescribedTable(Rule):
    """Every table has a title, a description, a primary key, a licence and its sources.

    The codebook, the lessons and the printed data dictionary are made from these words.
    """

    id = "undescribed-table"
    title = "A table lacks title, description, primary key, licence or sources"

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Name what the descriptor leaves out."""
        schema = table.schema
        given = {
            "title": schema.title,
            "description": schema.description,
            "primaryKey": schema.primary_key,
            "licenses": schema.licenses,
            "sources": schema.sources,
        }
        for name, value in given.items():
            if not value:
                yield self.in_table(schema, f"datapackage.json gives no {name}. Add it there.")


class UndescribedField(Rule):
    """Every column has a title, a description, a unit and an example.

    A column without a unit says "none", so that a forgotten unit is never taken for none.
    """

    id = "undescribed-field"
    title = "A column lacks title, description, unit or example"

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Name what the descriptor leaves out."""
        for field in table.schema.fields:
            for word in ("title", "description", "unit", "example"):
                if not getattr(field, word).strip():
                    problem = f"datapackage.json gives no {word}. Add it there."
                    yield self.in_table(table.schema, problem, field.name)


class UnknownPurpose(Rule):
    """A column is content, what is known, or bookkeeping, how the table was made and may be used.

    A column without a word is content. Explorers offer no filter on bookkeeping and show it
    last; a word that they do not know would be taken for content.
    """

    id = "unknown-purpose"
    title = "A column's purpose is neither content nor bookkeeping"

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Compare the purpose of every column with those there are."""
        for field in table.schema.fields:
            if field.purpose not in PURPOSES:
                problem = f"no purpose {field.purpose!r} in datapackage.json"
                told = did_you_mean(problem, field.purpose, PURPOSES, "Purposes")
                yield self.in_table(table.schema, told, field.name)


class InventedExample(Rule):
    """The example of a column is a value that stands in it.

    Examples written by hand drift from the data; these cannot.
    """

    id = "invented-example"
    title = "A column's example is not one of its values"

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Look for each example in its column."""
        for field in table.fields:
            values = {row[field.name] for row in table.rows} - {""}
            if values and field.example and not _stands_in(field, values):
                problem = f"the example {field.example!r} is in no row"
                remedy = f"Put a real value into datapackage.json, such as {min(values)!r}."
                yield self.in_table(table.schema, f"{problem}. {remedy}", field.name)


def _stands_in(field: Field, values: set[str]) -> bool:
    if field.type != "number":
        return field.example in values
    try:
        return float(field.example) in {float(value) for value in values}
    except ValueError:
        return False


class UnexplainedBlank(Rule):
    """A column that has blank cells says in its description what a blank means.

    Not shown, not asked and does not apply are three answers; a blank alone is none.
    """

    id = "unexplained-blank"
    title = "A column has blanks and does not say what they mean"

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Look for the word in the description of every column with a blank."""
        for field in table.fields:
            has_blank = any(not row[field.name] for row in table.rows)
            if has_blank and "blank" not in field.description.casefold():
                problem = "has blanks. Say in its description what they mean: 'blank where …'."
                yield self.in_table(table.schema, problem, field.name)


class VocabularyDiffers(Rule):
    """A closed vocabulary stands under `categories` and, the same, under `constraints.enum`.

    The first gives the loader its categories, the second is what other tools check.
    """

    id = "vocabulary-differs"
    title = "categories and enum differ"

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Compare the two lists of every column."""
        for field in table.schema.fields:
            if field.categories != field.enum:
                problem = "categories and constraints.enum differ. Make them the same list."
                yield self.in_table(table.schema, problem, field.name)


MEANING_RULES = (
    UndescribedTable,
    UndescribedField,
    UnknownPurpose,
    InventedExample,
    UnexplainedBlank,
    VocabularyDiffers,
)
