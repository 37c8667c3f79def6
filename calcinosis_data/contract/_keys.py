"""Rules on keys: that rows are told apart and that what they point to is there."""

from collections import Counter
from collections.abc import Iterable, Iterator

from calcinosis_data._relations import row_key
from calcinosis_data.contract._model import Finding, PackageText, Row, Rule, TableText
from calcinosis_data.errors import did_you_mean, nearest


class RepeatedKey(Rule):
    """No two rows have the same primary key, nor the same value where values are unique."""

    id = "repeated-key"
    title = "Two rows have the same key"

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Count every key."""
        for columns in _keys(table):
            counts = Counter(tuple(row[name] for name in columns) for row in table.rows)
            for row in table.rows:
                value = tuple(row[name] for name in columns)
                if any(value) and counts[value] > 1:
                    problem = f"{row_key(value)!r} stands in {counts[value]} rows, allowed is one"
                    yield self.at(table, row, ", ".join(columns), problem)


def _keys(table: TableText) -> list[tuple[str, ...]]:
    single = [(field.name,) for field in table.fields if field.unique]
    return list(dict.fromkeys([table.schema.primary_key, *table.schema.unique_keys, *single]))


class DanglingKey(Rule):
    """A foreign key is a key of the table that it points to."""

    id = "dangling-key"
    title = "A foreign key points to no row"

    def check(self, package: PackageText) -> Iterator[Finding]:
        """Look up every foreign key."""
        for table in package.tables:
            for key in table.schema.foreign_keys:
                target = package.by_name.get(key.table)
                known = target.values(key.target_fields) if target else set()
                for row in table.rows:
                    value = tuple(row[name] for name in key.fields)
                    if any(value) and value not in known:
                        problem = _no_row(key.table, row_key(value), map(row_key, known))
                        yield self.at(table, row, ", ".join(key.fields), problem)


class DanglingRow(Rule):
    """Where a row names a table and a row of it, both exist.

    Citations, codes and the entries of the article point at rows of several tables, which
    a foreign key cannot say. The key values of a compound key are joined by a slash.
    """

    id = "dangling-row"
    title = "A named table or row does not exist"

    def check(self, package: PackageText) -> Iterator[Finding]:
        """Look up every table and row that is named."""
        known = _row_keys(package)
        for table in package.tables:
            if {"table", "row_id"} <= set(table.header):
                for row in table.rows:
                    if fault := _no_table_or_row(row, known):
                        yield self.at(table, row, *fault)


def _no_table_or_row(row: Row, known: dict[str, set[str]]) -> tuple[str, str] | None:
    name, key = row["table"], row["row_id"]
    if name and name not in known:
        return "table", did_you_mean(f"there is no table {name!r}", name, known, "Tables")
    if key and key not in known.get(name, set()):
        return "row_id", _no_row(name, key, known.get(name, set()))
    return None


class DanglingCondition(Rule):
    """A condition of a practice question names a column of a table.

    The conditions are the query that proves the question's key.
    """

    id = "dangling-condition"
    title = "A question's condition names a table or column that does not exist"

    def check(self, package: PackageText) -> Iterator[Finding]:
        """Look up the table and the column of every condition."""
        columns = {table.name: table.schema.field_names for table in package.tables}
        if conditions := package.by_name.get("item_conditions"):
            for row in conditions.rows:
                if fault := _no_column(row, columns):
                    yield self.at(conditions, row, *fault)


def _no_column(row: Row, columns: dict[str, tuple[str, ...]]) -> tuple[str, str] | None:
    name, column = row["table"], row["column"]
    if name not in columns:
        return "table", did_you_mean(f"there is no table {name!r}", name, columns, "Tables")
    if column not in columns[name]:
        problem = f"table {name!r} has no column {column!r}"
        return "column", did_you_mean(problem, column, columns[name], "Columns")
    return None


class DanglingOption(Rule):
    """An option of a practice question names a row of the question's option table."""

    id = "dangling-option"
    title = "A question's option names a row that does not exist"

    def check(self, package: PackageText) -> Iterator[Finding]:
        """Look up the row of every option."""
        items, options = package.by_name.get("items"), package.by_name.get("item_options")
        if items is None or options is None:
            return
        known = _row_keys(package)
        option_tables = {row["item_id"]: row["option_table"] for row in items.rows}
        for row in options.rows:
            name = option_tables.get(row["item_id"], "")
            if row["row_id"] and row["row_id"] not in known.get(name, set()):
                problem = _no_row(name, row["row_id"], known.get(name, set()))
                yield self.at(options, row, "row_id", problem)


def _row_keys(package: PackageText) -> dict[str, set[str]]:
    return {table.name: {row.key for row in table.rows} for table in package.tables}


def _no_row(table: str, key: str, known: Iterable[str]) -> str:
    guess = nearest(key, sorted(known))
    hint = f" Did you mean {guess!r}?" if guess else ""
    return f"table {table!r} has no row {key!r}.{hint}"


KEY_RULES = (RepeatedKey, DanglingKey, DanglingRow, DanglingCondition, DanglingOption)
