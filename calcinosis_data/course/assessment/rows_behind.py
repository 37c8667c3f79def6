"""Which table rows show why an option is right or not: the other side of the key's query."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pandas as pd

from calcinosis_data.course.assessment.item_bank import Condition, Item, Option
from calcinosis_data.course.assessment.queries import (
    Link,
    Tables,
    carry_back,
    clauses,
    holds,
    path,
    published,
    selected_rows,
)
from calcinosis_data.course.ui import NOT_STATED
from calcinosis_data.errors import CalcinosisError

Clause = tuple[Condition, ...]
_NAME_COLUMNS = ("name", "term", "title", "claim", "hpo_label")
_NO_NAMES = {"references", "source_items"}  # where a row comes from, not what it is about
_MOST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row that the query looked at for one option, and what it says, in words."""

    table: str
    row_id: str
    words: str


def evidence(item: Item, option: Option, tables: Tables | None = None) -> tuple[Evidence, ...]:
    """Find the rows that decide on one option.

    Parameters
    ----------
    item : Item
        The question.
    option : Option
        One of its options; one that is no row, such as a special option, has no evidence.
    tables : Tables, optional
        The tables to look in; the course's own if left out.

    Returns
    -------
    tuple of Evidence
        For each clause of the item's query the rows of this option, at most three, and the
        option's own row where a column of it gives the answer.
    """
    tables = tables or published()
    own_id = _own_row_id(item, option, tables)
    if not own_id or not item.option_table:
        return ()
    own = tables.row(item.option_table, own_id)
    shown: dict[tuple[str, str], list[str]] = {}
    for parts in clauses(item):
        tested = [part.column for part in _split(parts, tables)[1]]
        for row_id in _rows_of(parts, item.option_table, own, tables):
            shown.setdefault((parts[0].table, row_id), []).extend(tested)
    if item.answer_column and not own.empty:
        shown.setdefault((item.option_table, own_id), []).append(item.answer_column)
    return tuple(
        Evidence(table, row_id, _words(table, tables.row(table, row_id), columns, tables))
        for (table, row_id), columns in shown.items()
    )


@cache
def references_of(table: str, row_id: str) -> tuple[str, ...]:
    """Give the ids of the references behind a row; none if there are none."""
    from calcinosis_data import sources_of

    try:
        found = sources_of(table, row_id)  # type: ignore[arg-type]
    except CalcinosisError:
        return ()
    return tuple(found["ref_id"])


def _own_row_id(item: Item, option: Option, tables: Tables) -> str | None:
    """The row that an option is; a right verdict is on the row of the claim."""
    if option.row_id or not (option.is_key and item.kind == "claim-status"):
        return option.row_id
    return next(iter(selected_rows(item, tables)), None)


def _rows_of(parts: Clause, option_table: str, own: pd.DataFrame, tables: Tables) -> list[str]:
    """Ids of the rows that a clause looks at for one option."""
    table = parts[0].table
    rows = carry_back(own, path(table, option_table, tables), tables)
    for part in _split(parts, tables)[0]:
        rows = rows[holds(rows, part)]
    return sorted(tables.row_ids(table, rows))[:_MOST_ROWS]


def _split(parts: Clause, tables: Tables) -> tuple[list[Condition], list[Condition]]:
    """Split comparisons: on keys, they name the row; on other columns, they test it."""
    naming: list[Condition] = []
    tested: list[Condition] = []
    for part in parts:
        (naming if part.column in _key_columns(part.table, tables) else tested).append(part)
    return naming, tested


def _key_columns(table: str, tables: Tables) -> set[str]:
    links = {link.child_column for link in tables.links if link.child == table}
    return links | set(tables.primary_keys[table])


def _words(table: str, row: pd.DataFrame, columns: Iterable[str], tables: Tables) -> str:
    names = dict.fromkeys(columns)
    says = [f"{tables.title(table, name).lower()}: {_cell(row, name)}" for name in names]
    name = f"{tables.title(table)}: {_label(table, row, tables).rstrip('.')}"
    return ". ".join(filter(None, [name, _sentence(", ".join(says))]))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _label(table: str, row: pd.DataFrame, tables: Tables) -> str:
    """Name a row by its own name, or by the names of what its key links."""
    for name in _NAME_COLUMNS:
        if name in row:
            return _cell(row, name)
    links = [link for link in tables.links if link.child == table and link.parent not in _NO_NAMES]
    in_key = [link for link in links if link.child_column in tables.primary_keys[table]]
    names = [_linked_name(link, row, tables) for link in in_key or links]
    linked = ", ".join(dict.fromkeys(filter(None, names)))
    return linked or next(iter(tables.row_ids(table, row)), "")


def _linked_name(link: Link, row: pd.DataFrame, tables: Tables) -> str:
    if row.empty or pd.isna(row[link.child_column].iloc[0]) or link.parent == link.child:
        return ""
    return _label(link.parent, tables.row(link.parent, _cell(row, link.child_column)), tables)


def _cell(row: pd.DataFrame, column: str) -> str:
    if row.empty or pd.isna(row[column].iloc[0]):
        return NOT_STATED
    value = row[column].iloc[0]
    if isinstance(value, float):
        return f"{value:.10g}"
    return {"True": "yes", "False": "no"}.get(str(value), str(value))
