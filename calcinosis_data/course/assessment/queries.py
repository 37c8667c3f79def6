"""The query of an item on the tables: which rows of its option table the conditions select.

A clause is a set of comparisons that must hold on the same row of one table. The rows found
are carried to the item's option table along declared foreign keys, from child to parent.
Clauses are intersected.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import groupby
from typing import Any

import pandas as pd

from calcinosis_data._relations import key_values, row_keys, shortest_chains
from calcinosis_data.course.assessment.errors import ItemQueryError
from calcinosis_data.course.assessment.item_model import Condition, Item
from calcinosis_data.errors import did_you_mean

_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Link:
    """A declared foreign key: a column of a child table that names a row of a parent table."""

    child: str
    child_column: str
    parent: str
    parent_column: str


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables a query runs on: how to get a frame, the foreign keys, the primary keys."""

    frame: Callable[[str], pd.DataFrame]
    links: tuple[Link, ...]
    primary_keys: Mapping[str, tuple[str, ...]]
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def title(self, table: str, column: str = "") -> str:
        """The title of a column, or of the table itself; its name in words if it has none."""
        return self.titles.get((table, column)) or (column or table).replace("_", " ")

    def row_ids(self, table: str, rows: pd.DataFrame) -> frozenset[str]:
        """Ids of rows; the values of a compound key are joined by ``/``."""
        return frozenset(row_keys(rows, self.primary_keys[table]))

    def row(self, table: str, row_id: str) -> pd.DataFrame:
        """The row of that id as a frame of one row, or of none."""
        frame = self.frame(table)
        parts = key_values(row_id)
        key = self.primary_keys[table]
        if len(parts) != len(key):
            return frame.iloc[0:0]
        for column, part in zip(key, parts, strict=True):
            frame = frame[frame[column].astype("string") == part]
        return frame


@lru_cache(maxsize=1)
def published() -> Tables:
    """The tables of the course."""
    from calcinosis_data import load_table
    from calcinosis_data._descriptor import descriptor

    package = descriptor()
    links = tuple(
        Link(table.name, key.fields[0], key.table, key.target_fields[0])
        for table in package.tables
        for key in table.foreign_keys
        if len(key.fields) == 1
    )
    frame: Callable[[str], pd.DataFrame] = load_table  # type: ignore[assignment]
    keys = {table.name: table.primary_key for table in package.tables}
    titles = {
        (table.name, column.name): column.title
        for table in package.tables
        for column in table.fields
    }
    titles |= {(table.name, ""): table.title for table in package.tables}
    return Tables(frame, links, keys, titles)


def selected_rows(item: Item, tables: Tables | None = None) -> frozenset[str]:
    """Ids of the rows of the option table that the item's query selects.

    Parameters
    ----------
    item : Item
        The item whose conditions are run.
    tables : Tables, optional
        The tables to run them on; the course's own if left out.

    Returns
    -------
    frozenset of str
        Row ids, as `Tables.row_ids` gives them; empty if the item has no conditions.

    Raises
    ------
    ItemQueryError
        If a condition names no column, operator or value, or no chain of foreign keys leads
        to the option table.

    Examples
    --------
    >>> from calcinosis_data.course.assessment.item_bank import items
    >>> asked = items()[0]
    >>> {option.row_id for option in asked.key if option.row_id} <= selected_rows(asked)
    True
    """
    tables = tables or published()
    goal = _option_table(item)
    found = [
        tables.row_ids(goal, carry(rows, path(table, goal, tables), tables))
        for table, rows in (_clause_rows(parts, tables) for parts in clauses(item))
    ]
    return reduce(operator.and_, found) if found else frozenset()


def clauses(item: Item) -> Iterable[tuple[Condition, ...]]:
    """The conditions of an item, clause by clause."""
    ordered = sorted(item.conditions, key=lambda part: (part.clause, part.part))
    for _, parts in groupby(ordered, key=lambda part: part.clause):
        yield tuple(parts)


def path(start: str, goal: str, tables: Tables) -> tuple[Link, ...]:
    """The shortest chain of foreign keys from a child table up to a parent table."""
    if start == goal:
        return ()
    chains = shortest_chains(tables.links, start, goal)
    if not chains:
        raise ItemQueryError(f"no chain of foreign keys leads from {start!r} up to {goal!r}")
    if len(chains) > 1:
        ways = " or ".join(_chain_words(chain) for chain in chains)
        raise ItemQueryError(f"more than one way leads from {start!r} to {goal!r}: {ways}")
    return chains[0]


def carry(rows: pd.DataFrame, links: Iterable[Link], tables: Tables) -> pd.DataFrame:
    """The parent rows that rows of a child table point to, link after link."""
    for link in links:
        parent = tables.frame(link.parent)
        rows = parent[parent[link.parent_column].isin(rows[link.child_column].dropna())]
    return rows


def carry_back(rows: pd.DataFrame, links: tuple[Link, ...], tables: Tables) -> pd.DataFrame:
    """The child rows that point to rows of a parent table: `carry` the other way."""
    for link in reversed(links):
        child = tables.frame(link.child)
        rows = child[child[link.child_column].isin(rows[link.parent_column])]
    return rows


def holds(rows: pd.DataFrame, part: Condition) -> pd.Series[bool]:
    """Where one comparison holds; an unknown value never holds, not even ``ne``."""
    if part.column not in rows:
        problem = f"table {part.table!r} has no column {part.column!r}"
        raise ItemQueryError(did_you_mean(problem, part.column, rows.columns, "Columns"))
    if part.operator not in _OPERATORS:
        problem = f"no operator {part.operator!r}"
        raise ItemQueryError(did_you_mean(problem, part.operator, _OPERATORS, "Operators"))
    column = rows[part.column]
    try:
        compared = _OPERATORS[part.operator](column, _cast(column, part))
    except TypeError:
        problem = f"{part.table}.{part.column} has no order: {part.operator!r} cannot compare it"
        raise ItemQueryError(f"{problem}. Use 'eq' or 'ne'.") from None
    holding: pd.Series[bool] = compared.astype("boolean").fillna(False).astype(bool)
    return holding & column.notna()


def _clause_rows(parts: tuple[Condition, ...], tables: Tables) -> tuple[str, pd.DataFrame]:
    table = parts[0].table
    if any(part.table != table for part in parts):
        raise ItemQueryError(f"clause {parts[0].clause} mixes tables; one clause, one table")
    rows = tables.frame(table)
    for part in parts:
        rows = rows[holds(rows, part)]
    return table, rows


def _cast(column: pd.Series[Any], part: Condition) -> Any:
    """The condition's text as a value of the column's type."""
    try:
        if pd.api.types.is_bool_dtype(column.dtype):
            return {"true": True, "false": False}[part.value]
        if pd.api.types.is_integer_dtype(column.dtype):
            return int(part.value)
        if pd.api.types.is_float_dtype(column.dtype):
            return float(part.value)
    except (KeyError, ValueError):
        raise ItemQueryError(
            f"{part.table}.{part.column} is {column.dtype}; {part.value!r} is no such value"
        ) from None
    if isinstance(column.dtype, pd.CategoricalDtype) and part.value not in column.cat.categories:
        known = [str(category) for category in column.cat.categories]
        problem = f"{part.table}.{part.column} is never {part.value!r}"
        raise ItemQueryError(did_you_mean(problem, part.value, known, "Values"))
    return part.value


def _option_table(item: Item) -> str:
    if not item.option_table:
        raise ItemQueryError(f"{item.item_id}: conditions need an option table")
    return item.option_table


def _chain_words(chain: tuple[Link, ...]) -> str:
    return ", ".join(f"{link.child}.{link.child_column} → {link.parent}" for link in chain)
