"""What the rules know of the course: its tables, its terms and its targets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from calcinosis_data._descriptor import descriptor
from calcinosis_data.course.assessment.blueprint import COURSE_TARGETS, Targets
from calcinosis_data.course.assessment.item_model import Item
from calcinosis_data.course.assessment.keys import Tables, published, selected_rows
from calcinosis_data.course.assessment.rows_behind import evidence, references_of
from calcinosis_data.errors import CalcinosisError

# Tables whose names learners know: they count for the length of a sentence, not as hard words.
_NAMED = (
    "types", "causes", "symptoms", "diagnostic_tests", "treatments", "analytes", "conditions",
    "body_sites",
)  # fmt: skip
_TERM_COLUMNS = ("term", "abbreviation", "also_called", "other_form")
_SUBJECT = ("calcium", "phosphate")
_OWN_WORK = "Written by the course's authors"
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


@dataclass(frozen=True)
class Course:
    """The tables that keys are proved on, and the words that the course explains.

    Attributes
    ----------
    tables : Tables
        The tables of the course, or of a test.
    targets : Targets or None
        What the bank as a whole has to reach; None for a bank that does not cover the course.
    """

    tables: Tables = field(default_factory=published)
    targets: Targets | None = COURSE_TARGETS

    @cached_property
    def term(self) -> re.Pattern[str]:
        """Any form of any term of the glossary, as whole words."""
        forms = self._column_texts("glossary", _TERM_COLUMNS)
        longest_first = sorted({re.escape(form.lower()) for form in forms}, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?:s|es)?(?!\w)")

    @cached_property
    def names(self) -> frozenset[str]:
        """Words of the names that the tables give to what the course is about."""
        named = (text for table in _NAMED for text in self._column_texts(table, ("name",)))
        labels = self._column_texts("hpo_terms", ("hpo_label",))
        texts = (*named, *labels, *_SUBJECT)
        return frozenset(word.lower() for text in texts for word in _WORD.findall(text))

    @cached_property
    def genes(self) -> frozenset[str]:
        """Symbols of genes, which nobody spells out."""
        return frozenset(self._column_texts("hpo_genes", ("gene",)))

    @cached_property
    def lesson_of(self) -> dict[str, str]:
        """The lesson of each objective."""
        frame = self.tables.frame("objectives")
        return dict(zip(frame["objective_id"], frame["lesson_id"], strict=True))

    @cached_property
    def table_titles(self) -> frozenset[str]:
        """What learners call the tables."""
        return frozenset(table.title for table in descriptor().tables)

    def mentions_term(self, text: str) -> bool:
        """Whether the text holds a term of the glossary."""
        return self.term.search(text.lower()) is not None

    def row_is_missing(self, table: str, row_id: str) -> bool:
        """Whether there is no such row, or no such table."""
        try:
            return self.tables.row(table, row_id).empty
        except (CalcinosisError, KeyError):
            return True

    def rows_behind(self, item: Item) -> frozenset[tuple[str, str]]:
        """The rows that decide the question, as table and row; none if its query cannot run."""
        table = item.option_table
        if table is None:
            return frozenset()
        options = [option for option in item.key if option.row_id] or item.options
        own = {(table, one.row_id) for one in options if one.row_id}
        try:
            said = [row for option in options for row in evidence(item, option, self.tables)]
            selected = () if own else selected_rows(item, self.tables)
        except CalcinosisError:
            return frozenset()
        asked = {(row.table, row.row_id) for row in said}
        return frozenset(own | asked | {(table, row_id) for row_id in selected})

    def has_source(self, table: str, row_id: str) -> bool:
        """Whether a reference backs the row, or the whole table comes from elsewhere."""
        if references_of(table, row_id):
            return True
        schema = descriptor().table(table)
        return "ref_id" not in schema.field_names and set(schema.sources) != {_OWN_WORK}

    def _column_texts(self, table: str, columns: Iterable[str]) -> list[str]:
        frame = self.tables.frame(table)
        return [str(text) for column in columns for text in frame[column].dropna()]
