"""The rules by which the tables prove a key: by a query, or by a column of the option table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

import pandas as pd

from calcinosis_data.course.assessment.errors import ItemQueryError, NotAnAnswerError
from calcinosis_data.course.assessment.item_model import ANY_OTHER, EXTRA_ANSWER, Item, Option
from calcinosis_data.course.assessment.marks import numbers_of
from calcinosis_data.course.assessment.queries import Tables, selected_rows
from calcinosis_data.course.assessment.responses import lines
from calcinosis_data.errors import did_you_mean

_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether the tables prove the key, the option rows that show it, and why in words."""

    proved: bool
    selected: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True)
class KeyRule:
    """A rule: the kinds of questions that it is for, and how it proves a key."""

    kinds: tuple[str, ...]
    prove: Callable[[Item, Tables], Proof]


def _key_by_query(item: Item, tables: Tables) -> Proof:
    """The query selects exactly the key among the options."""
    selected, among = _selected(item, tables)
    keyed = frozenset(option.row_id or f"({option.special})" for option in item.key)
    holds = bool(selected) and selected == keyed
    if item.kind == "multiple":
        holds = holds and len(keyed) > 1 and keyed < among
    return _proof(item, holds, selected, sorted(keyed))


def _none_by_query(item: Item, tables: Tables) -> Proof:
    """The query selects no option, so that the key is a special one."""
    selected, _ = _selected(item, tables)
    holds = bool(item.conditions) and not selected and _key_is_special(item)
    return _proof(item, holds, selected, [option.special for option in item.key])


def _several_by_query(item: Item, tables: Tables) -> Proof:
    """The query selects several options, so that the key is a special one."""
    selected, _ = _selected(item, tables)
    holds = len(selected) > 1 and _key_is_special(item)
    return _proof(item, holds, selected, [option.special for option in item.key])


def _matches_by_column(item: Item, tables: Tables) -> Proof:
    """The column gives each line its match; further answers fit no line."""
    shown = frozenset(
        line.row_id
        for line in lines(item)
        if line.row_id and line.is_key and _is_cell(line.match, _cell(item, line, tables))
    )
    fitting = {_plain(line.match or "") for line in lines(item)}
    extras = [option for option in item.options if option.special == EXTRA_ANSWER]
    astray = all(
        option.match and not option.is_key and not option.row_id for option in extras
    ) and fitting.isdisjoint(_plain(option.match or "") for option in extras)
    holds = len(shown) == len(lines(item)) > 1 and astray
    return _proof(item, holds, shown, [f"{line.row_id}: {line.match}" for line in lines(item)])


def _ascending(item: Item, tables: Tables) -> Proof:
    return _order_by_column(item, tables, descending=False)


def _descending(item: Item, tables: Tables) -> Proof:
    return _order_by_column(item, tables, descending=True)


def _order_by_column(item: Item, tables: Tables, *, descending: bool) -> Proof:
    """The column puts the lines in the order of their places, without a tie."""
    in_place = sorted(item.options, key=lambda option: option.place or 0)
    ranks = [_rank(item, line, tables) for line in in_place]
    known = [rank for rank in ranks if rank is not None]
    rising = known[::-1] if descending else known
    holds = (
        [line.place for line in in_place] == [*range(1, len(in_place) + 1)]
        and len(known) == len(in_place) > 1
        and all(first < second for first, second in pairwise(rising))
        and all(line.is_key for line in in_place)
    )
    shown = frozenset(line.row_id for line in in_place if line.row_id)
    return _proof(item, holds, shown, [f"{line.row_id} at {line.place}" for line in in_place])


def _number_by_column(item: Item, tables: Tables) -> Proof:
    """The query selects one row, whose cell is the key; no other number is as near."""
    selected = _one_row(item, tables)
    keyed = [option.text for option in item.key]
    if len(item.key) != 1 or selected != {item.key[0].row_id}:
        return _proof(item, False, selected, keyed)
    cell = _cell(item, item.key[0], tables)
    if cell is None or not _is_number(cell):
        return _proof(item, False, selected, keyed)
    numbers = [value for _, value in _numbers(item)]
    apart = all(abs(one - other) > item.tolerance for one, other in combinations(numbers, 2))
    others = [option.is_key for option in item.options if option.special == ANY_OTHER]
    near = abs(Decimal(str(cell)) - numbers[0]) <= item.tolerance
    return _proof(item, near and apart and others == [False], selected, keyed)


def _category_by_column(item: Item, tables: Tables) -> Proof:
    """The query selects one row, whose cell is the key; the options are all categories."""
    selected = _one_row(item, tables)
    keyed = [option.match for option in item.key]
    column = _column(item, tables)
    known = [str(value) for value in column.cat.categories] if _has_categories(column) else []
    row = tables.row(item.option_table or "", next(iter(selected), ""))
    stored = [str(value) for value in row[item.answer_column].dropna()]
    holds = len(keyed) == 1 and stored == keyed and known == [o.match for o in item.options]
    return _proof(item, holds, selected, keyed)


RULES: Mapping[str, KeyRule] = {
    "query-selects-key": KeyRule(("one-best-answer", "multiple"), _key_by_query),
    "query-selects-none": KeyRule(("one-best-answer",), _none_by_query),
    "query-selects-several": KeyRule(("one-best-answer",), _several_by_query),
    "column-gives-match": KeyRule(("matching",), _matches_by_column),
    "column-ascending": KeyRule(("ordering",), _ascending),
    "column-descending": KeyRule(("ordering",), _descending),
    "column-gives-number": KeyRule(("numeric",), _number_by_column),
    "column-gives-category": KeyRule(("claim-status",), _category_by_column),
}


def _proof(item: Item, holds: bool, selected: frozenset[str], keyed: Sequence[object]) -> Proof:
    words = (
        f"{item.item_id}: by {item.key_rule} the tables show {sorted(selected) or 'no option'}, "
        f"the key is {keyed}"
    )
    return Proof(holds, selected, words)


def _selected(item: Item, tables: Tables) -> tuple[frozenset[str], frozenset[str]]:
    among = frozenset(option.row_id for option in item.options if option.row_id)
    return selected_rows(item, tables) & among, among


def _one_row(item: Item, tables: Tables) -> frozenset[str]:
    selected = selected_rows(item, tables)
    return selected if len(selected) == 1 else frozenset()


def _key_is_special(item: Item) -> bool:
    return bool(item.key) and all(option.special for option in item.key)


def _column(item: Item, tables: Tables) -> pd.Series[Any]:
    """The answer column of the option table, and an error in words if there is none."""
    if not item.option_table or not item.answer_column:
        raise ItemQueryError(f"{item.item_id}: {item.key_rule} needs option_table, answer_column")
    frame = tables.frame(item.option_table)
    if item.answer_column not in frame:
        problem = f"table {item.option_table!r} has no column {item.answer_column!r}"
        raise ItemQueryError(did_you_mean(problem, item.answer_column, frame.columns, "Columns"))
    return frame[item.answer_column]


def _cell(item: Item, option: Option, tables: Tables) -> object | None:
    """The cell of the answer column in an option's row; None if blank or without a row."""
    _column(item, tables)
    row = tables.row(item.option_table or "", option.row_id or "")
    cells = row[item.answer_column].dropna().tolist()
    return cells[0] if cells else None


def _rank(item: Item, option: Option, tables: Tables) -> float | None:
    """Where an option's cell stands in the order of its column."""
    column, cell = _column(item, tables), _cell(item, option, tables)
    if _has_categories(column) and column.cat.ordered:
        return None if cell is None else float(list(column.cat.categories).index(cell))
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return None if cell is None else float(str(cell))
    problem = f"{item.option_table}.{item.answer_column} has no order"
    raise ItemQueryError(f"{problem}. Order by a number or by categories that have one.")


def _has_categories(column: pd.Series[Any]) -> bool:
    return isinstance(column.dtype, pd.CategoricalDtype)


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _is_cell(match: str | None, cell: object | None) -> bool:
    """Whether a match says what the cell says: hyphens are spaces, true is yes."""
    if cell is None or not match:
        return False
    if isinstance(cell, bool):
        return _plain(match) == ("yes" if cell else "no")
    written = (str(cell), f"{cell:.10g}") if isinstance(cell, float) else (str(cell),)
    return _plain(match) in map(_plain, written)


def _plain(text: str) -> str:
    return _HYPHEN.sub(" ", text).casefold().strip()


def _numbers(item: Item) -> Sequence[tuple[str, Decimal]]:
    try:
        return numbers_of(item)
    except NotAnAnswerError as error:
        raise ItemQueryError(f"{item.item_id}: an option is no number. {error}") from None
