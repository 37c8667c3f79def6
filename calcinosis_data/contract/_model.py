"""What rules work on (tables as text) and what they find."""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from calcinosis_data._descriptor import Field, Package, Table, read_descriptor
from calcinosis_data._relations import row_key
from calcinosis_data._text import read_cells
from calcinosis_data.errors import DataContractError


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of the contract.

    Attributes
    ----------
    rule : str
        Id of the rule, a key of `RULES`.
    table, row, column : str
        The place; blank where the breach concerns a whole table or file. `row` is the
        row's primary key, its values joined by ``/``.
    message : str
        The place in words, what is wrong, and what to do.
    """

    rule: str
    table: str
    row: str
    column: str
    message: str

    def __str__(self) -> str:
        """Message and rule on one line."""
        return f"{self.message} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as text: its table, and the line of the file on which it starts."""

    table: str
    line: int
    key: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the cell, blank if the table has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class TableText:
    """A table as text; `problem` says why there are no rows, if the file cannot be read."""

    schema: Table
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    problem: str = ""

    @property
    def name(self) -> str:
        """The table's name."""
        return self.schema.name

    @property
    def fields(self) -> tuple[Field, ...]:
        """The declared columns that the file has."""
        return tuple(field for field in self.schema.fields if field.name in self.header)

    def values(self, columns: tuple[str, ...]) -> set[tuple[str, ...]]:
        """Every combination that stands in `columns`."""
        return {tuple(row[column] for column in columns) for row in self.rows}


@dataclass(frozen=True)
class PackageText:
    """All tables of a package as text."""

    schema: Package
    tables: tuple[TableText, ...]

    @cached_property
    def by_name(self) -> dict[str, TableText]:
        """Table name → table."""
        return {table.name: table for table in self.tables}


def read_package(folder: Path) -> PackageText:
    """Read descriptor and tables in `folder`; only a broken descriptor stops it."""
    schema = read_descriptor(folder)
    return PackageText(schema, tuple(_read(table) for table in schema.tables))


def _read(schema: Table) -> TableText:
    try:
        header, *body = read_cells(schema.path)
    except DataContractError as error:
        return TableText(schema, (), (), str(error))
    rows = []
    line = 2 + sum(cell.count("\n") for cell in header)
    for body_row in body:
        cells = dict(zip(header, body_row, strict=True))
        key = row_key(cells.get(name, "") for name in schema.primary_key)
        rows.append(Row(schema.name, line, key, cells))
        line += 1 + sum(cell.count("\n") for cell in body_row)
    return TableText(schema, tuple(header), tuple(rows))


class Rule:
    """A promise of the contract. A subclass has an id, a title and one check."""

    id: ClassVar[str]
    title: ClassVar[str]

    def check(self, package: PackageText) -> Iterator[Finding]:
        """Find the breaches in a whole package; rules on one table override `check_table`."""
        for table in package.tables:
            yield from self.check_table(table)

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Find the breaches in one table."""
        raise NotImplementedError

    @classmethod
    def explanation(cls) -> str:
        """What the rule asks for and why."""
        return inspect.cleandoc(cls.__doc__ or "")

    def at(self, table: TableText, row: Row, column: str, problem: str) -> Finding:
        """Word a finding about one cell."""
        place = f"{table.schema.path.name} line {row.line} (row {row.key!r}), column {column}"
        return Finding(self.id, table.name, row.key, column, f"{place}: {problem}")

    def in_table(self, table: Table, problem: str, column: str = "") -> Finding:
        """Word a finding about a table or a column of it."""
        place = f"{table.path.name}, column {column}" if column else table.path.name
        return Finding(self.id, table.name, "", column, f"{place}: {problem}")


class CellRule(Rule):
    """A rule on single cells that are not blank."""

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Find the faulty cells."""
        for field in filter(self.applies, table.fields):
            for row in table.rows:
                cell = row[field.name]
                if cell and (problem := self.fault(field, cell)):
                    yield self.at(table, row, field.name, problem)

    def applies(self, field: Field) -> bool:  # noqa: ARG002 (for subclasses)
        """Whether the rule says anything about this column."""
        return True

    def fault(self, field: Field, cell: str) -> str:
        """Say what is wrong with the cell; blank if nothing is."""
        raise NotImplementedError


class RowRule(Rule):
    """A rule on the cells of one row."""

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Find the faulty rows."""
        for row in table.rows:
            for column, problem in self.faults(row):
                yield self.at(table, row, column, problem)

    def faults(self, row: Row) -> Iterator[tuple[str, str]]:
        """Yield column and problem for each fault of the row."""
        raise NotImplementedError
