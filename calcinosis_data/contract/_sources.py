"""Rules on sources: that what is stated as known says where it is known from."""

from collections.abc import Iterator

from calcinosis_data.contract._model import Finding, PackageText, Row, RowRule, Rule

# One figure of one study a row: a figure whose study is not named cannot be checked.
STUDY_TABLES = ("prevalence", "outcomes", "frequencies", "sites", "accuracy", "guidance")
ENTITY_TABLES = ("types", "causes", "symptoms", "diagnostic_tests", "treatments")


class UnsourcedStudy(RowRule):
    """A figure of a study names the study; a blood value marked as sourced names its source."""

    id = "unsourced-study"
    title = "A study figure has no reference"

    def faults(self, row: Row) -> Iterator[tuple[str, str]]:
        """Look for a blank `ref_id`."""
        needs_one = row.table in STUDY_TABLES or row["sourced"] == "true"
        if needs_one and not row["ref_id"]:
            yield "ref_id", "no reference. Name one of the table references, or remove the row."


class UncitedEntity(Rule):
    """Every type, cause, symptom, test and treatment has a reference.

    Either the row names one itself, or the table of citations names the row.
    """

    id = "uncited-entity"
    title = "A row that states facts has no reference"

    def check(self, package: PackageText) -> Iterator[Finding]:
        """Look for rows without own reference and without citation."""
        citations = package.by_name.get("citations")
        cited = citations.values(("table", "row_id")) if citations else set()
        for table in package.tables:
            for row in table.rows if table.name in ENTITY_TABLES else ():
                if not row["ref_id"] and (table.name, row.key) not in cited:
                    problem = "no reference. Add a row for it to citations.csv."
                    yield self.at(table, row, ", ".join(table.schema.primary_key), problem)


class UnseenSource(Rule):
    """A publication that is only known to exist backs nothing.

    It may be listed among the references, marked as not seen, and may not be cited.
    """

    id = "unseen-source"
    title = "A reference that was not seen backs a row"

    def check(self, package: PackageText) -> Iterator[Finding]:
        """Look for ids of references that were not seen."""
        references = package.by_name.get("references")
        unseen = (
            {row.key for row in references.rows if row["seen"] == "false"} if references else {}
        )
        for table in package.tables:
            if table is not references and "ref_id" in table.header:
                for row in table.rows:
                    if row["ref_id"] in unseen:
                        problem = f"{row['ref_id']!r} was not seen, so it backs nothing. Remove it."
                        yield self.at(table, row, "ref_id", problem)


SOURCE_RULES = (UnsourcedStudy, UncitedEntity, UnseenSource)
