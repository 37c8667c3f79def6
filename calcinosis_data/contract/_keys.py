"""Rules on keys: that rows are told apart and that what they point to is there."""

from collections import Counter
from collections.abc import Iterator

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
                    problem = f"{'/'.join(value)!r} stands in {counts[value]} rows, allowed is one"
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
                        problem = _no_row(key.table, "/".join(value), map("/".join, known))
                        yield self.at(table, row, ", ".join(key.fields), problem)


def _no_row(table: str, key: str, known: Iterator[str]) -> str:
    guess = nearest(key, sorted(known))
    hint = f" Did you mean {guess!r}?" if guess else ""
    return f"table {table!r} has no row {key!r}.{hint}"


class DanglingRow(Rule):
    """Where a row names a table and a row of it, both exist.

    Citations, codes and the entries of the article point at rows of several tables, which
    a foreign key cannot say. The key values of a compound key are joined by a slash.
    """

    id = "dangling-row"
    title = "A named table or row does not exist"

    def check(self, package: PackageText) -> Iterator[Finding]:
        """Look up every table and row that is named."""
        known = {table.name: {row.key for row in table.rows} for table in package.tables}
        for table in package.tables:
            if {"table", "row_id"} <= set(table.header):
                for row in table.rows:
                    if fault := _dangling(row, known):
                        yield self.at(table, row, *fault)


def _dangling(row: Row, known: dict[str, set[str]]) -> tuple[str, str] | None:
    name, key = row["table"], row["row_id"]
    if name and name not in known:
        return "table", did_you_mean(f"there is no table {name!r}", name, known, "Tables")
    if key and key not in known.get(name, set()):
        return "row_id", _no_row(name, key, iter(known.get(name, set())))
    return None


class UnknownOption(Rule):
    """What a practice question is built on exists: its table, columns and rows.

    A condition names a column of a table; an option names a row of the question's option
    table.
    """

    id = "unknown-option"
    title = "A question names a table, column or row that does not exist"

    def check(self, package: PackageText) -> Iterator[Finding]:
        """Look up what conditions and options name."""
        yield from self._conditions(package)
        yield from self._options(package)

    def _conditions(self, package: PackageText) -> Iterator[Finding]:
        conditions = package.by_name.get("item_conditions")
        if conditions is None:
            return
        for row in conditions.rows:
            target = package.by_name.get(row["table"])
            if target is None or row["column"] not in target.schema.field_names:
                problem = f"there is no column {row['column']!r} in a table {row['table']!r}"
                yield self.at(conditions, row, "column", problem)

    def _options(self, package: PackageText) -> Iterator[Finding]:
        items, options = package.by_name.get("items"), package.by_name.get("item_options")
        if items is None or options is None:
            return
        option_tables = {row["item_id"]: row["option_table"] for row in items.rows}
        for row in options.rows:
            name = option_tables.get(row["item_id"], "")
            target = package.by_name.get(name)
            known = {one.key for one in target.rows} if target else set()
            if row["row_id"] and row["row_id"] not in known:
                yield self.at(options, row, "row_id", _no_row(name, row["row_id"], iter(known)))


KEY_RULES = (RepeatedKey, DanglingKey, DanglingRow, UnknownOption)
