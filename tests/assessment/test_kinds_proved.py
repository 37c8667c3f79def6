"""Keys of every kind proved by the tables: each proof holds, and falls with what it rests on."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import item_kinds as kinds
import pandas as pd
import pytest

from calcinosis_data.course.assessment.errors import ItemQueryError
from calcinosis_data.course.assessment.item_bank import Item
from calcinosis_data.course.assessment.key_rules import RULES
from calcinosis_data.course.assessment.keys import key_is_proved, proof
from calcinosis_data.course.assessment.queries import Tables
from calcinosis_data.course.assessment.responses import KINDS
from calcinosis_data.course.assessment.rows_behind import evidence

CELLS = {  # a cell that, changed so, takes the key away
    "one-best-answer": ("regions", "hand", "percent", 1.0),
    "multiple": ("regions", "knee", "percent", 30.0),
    "matching": ("regions", "hand", "depth", "skin"),
    "ordering": ("regions", "hip", "percent", 50.0),
    "numeric": ("regions", "hand", "percent", 40.5),
    "claim-status": ("claims", "one", "verdict", "incorrect"),
}


def proved(item: Item, frames: dict[str, pd.DataFrame] | None = None) -> bool:
    return key_is_proved(item, kinds.make_tables(frames))


def changed(kind: str, value: Any = ...) -> dict[str, pd.DataFrame]:
    table, row, column, wrong = CELLS[kind]
    frames = kinds.make_frames()
    at = frames[table].index[frames[table].iloc[:, 0] == row][0]
    frames[table].loc[at, column] = wrong if value is ... else value
    return frames


def test_every_kind_has_a_rule() -> None:
    assert {kind for rule in RULES.values() for kind in rule.kinds} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_holds_and_falls_with_its_cell(kind: str) -> None:
    item = kinds.BY_KIND[kind]
    assert proved(item), proof(item, kinds.make_tables()).words
    assert not proved(item, changed(kind))


@pytest.mark.parametrize("kind", ["matching", "ordering", "numeric", "claim-status"])
def test_a_blank_cell_proves_nothing(kind: str) -> None:
    assert not proved(kinds.BY_KIND[kind], changed(kind, None))


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_falls_with_its_row(kind: str) -> None:
    frames = kinds.make_frames()
    table, row, *_ = CELLS[kind]
    row = "hand" if table == "regions" else row
    frames[table] = frames[table][frames[table].iloc[:, 0] != row]
    assert not proved(kinds.BY_KIND[kind], frames)


def option(item: Item, option_id: str, **fields: Any) -> Item:
    return kinds.with_option(item, option_id, **fields)


WRONG: dict[str, Callable[[], Item]] = {
    "one of several keys left out": lambda: option(kinds.MULTIPLE, "c", is_key=False),
    "one key too many": lambda: option(kinds.MULTIPLE, "a", is_key=True),
    "all options are keys": lambda: replace(kinds.MULTIPLE, options=kinds.MULTIPLE.options[1:3]),
    "only one key": lambda: replace(kinds.MULTIPLE, options=kinds.MULTIPLE.options[:2]),
    "a line with another match": lambda: option(kinds.MATCHING, "a", match="muscle"),
    "a line without a match": lambda: option(kinds.MATCHING, "a", match=None),
    "a line that is no key": lambda: option(kinds.MATCHING, "a", is_key=False),
    "a line that is no row": lambda: option(kinds.MATCHING, "a", row_id="elbow"),
    "the same row twice": lambda: option(
        kinds.MATCHING, "a", row_id="hand", match="under the skin"
    ),
    "a further answer that fits": lambda: option(kinds.MATCHING, "d", match="Under-the-skin"),
    "a further answer that is a key": lambda: option(kinds.MATCHING, "d", is_key=True),
    "two places changed": lambda: option(option(kinds.ORDERING, "b", place=2), "c", place=1),
    "the same place twice": lambda: option(kinds.ORDERING, "b", place=2),
    "a place left out": lambda: option(kinds.ORDERING, "a", place=5),
    "a line without a place": lambda: option(kinds.ORDERING, "a", place=None),
    "the other direction": lambda: replace(kinds.ORDERING, key_rule="column-ascending"),
    "a number off the key": lambda: option(kinds.NUMERIC, "a", text="40.5"),
    "the number of another row": lambda: option(kinds.NUMERIC, "a", row_id="hip"),
    "a wrong number within tolerance": lambda: option(kinds.NUMERIC, "b", text="40.35"),
    "two wrong numbers as near": lambda: option(kinds.NUMERIC, "b", text="59.75"),
    "two keys": lambda: option(kinds.NUMERIC, "b", is_key=True),
    "nothing for other numbers": lambda: replace(
        kinds.NUMERIC, options=tuple(o for o in kinds.NUMERIC.options if not o.special)
    ),
    "a query that selects two rows": lambda: replace(
        kinds.NUMERIC, conditions=(replace(kinds.NUMERIC.conditions[0], operator="ne"),)
    ),
    "another verdict": lambda: option(option(kinds.CLAIM, "c", is_key=False), "d", is_key=True),
    "two verdicts": lambda: option(kinds.CLAIM, "d", is_key=True),
    "verdicts out of order": lambda: replace(kinds.CLAIM, options=kinds.CLAIM.options[::-1]),
    "a verdict left out": lambda: replace(kinds.CLAIM, options=kinds.CLAIM.options[:4]),
    "no claim": lambda: replace(kinds.CLAIM, conditions=()),
}


@pytest.mark.parametrize("damage", WRONG.values(), ids=WRONG)
def test_a_wrong_key_is_not_proved(damage: Callable[[], Item]) -> None:
    assert not proved(damage())


def test_an_order_needs_no_tie() -> None:
    frames = changed("ordering", 12.0)  # as many as the knee
    assert not proved(kinds.ORDERING, frames)


def test_an_order_of_ordered_words_is_proved() -> None:
    places = {"a": 1, "b": 2, "d": 3, "c": 4}
    by_depth = replace(kinds.ORDERING, answer_column="depth", key_rule="column-ascending")
    for option_id, place in places.items():
        by_depth = option(by_depth, option_id, place=place)
    assert proved(by_depth)


@pytest.mark.parametrize(
    ("column", "matches"),
    [
        ("seen", ("no", "yes", "yes")),
        ("percent", ("3", "40.3", "12")),
        ("percent", ("3.0", "40.3", "12.0")),
        ("patients", ("1", "12", "4")),
        ("kind", ("small", "small-joint", "large")),
        ("kind", ("Small", "small joint", "large")),
    ],
)
def test_matches_are_cells_in_words(column: str, matches: tuple[str, ...]) -> None:
    item = replace(kinds.MATCHING, answer_column=column)
    for option_id, match in zip("abc", matches, strict=True):
        item = option(item, option_id, match=match)
    assert proved(item)


def test_a_count_is_a_number_too() -> None:
    counted = replace(kinds.NUMERIC, answer_column="patients", tolerance=Decimal(0))
    counted = option(option(counted, "a", text="12"), "b", text="13")
    assert proved(counted)
    assert not proved(option(counted, "a", text="11"))


def test_a_key_within_tolerance_of_the_cell_is_right() -> None:
    assert proved(option(kinds.NUMERIC, "a", text="40.2"))


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (replace(kinds.MATCHING, answer_column="dept"), "Did you mean 'depth'"),
        (replace(kinds.MATCHING, answer_column=None), "needs option_table, answer_column"),
        (replace(kinds.ORDERING, answer_column="name"), "regions.name has no order"),
        (replace(kinds.ORDERING, answer_column="kind"), "regions.kind has no order"),
        (replace(kinds.ORDERING, answer_column="seen"), "regions.seen has no order"),
        (option(kinds.NUMERIC, "b", text="twelve"), "an option is no number. “twelve”"),
        (replace(kinds.ORDERING, key_rule="column-gives-match"), "Rules for it: column-asc"),
        (replace(kinds.ORDERING, key_rule="column-acending"), "Did you mean 'column-ascending'"),
    ],
)
def test_a_proof_that_cannot_run_says_why(item: Item, words: str) -> None:
    with pytest.raises(ItemQueryError, match=words):
        proof(item, kinds.make_tables())


def shown(item: Item, tables: Tables) -> dict[str, list[str]]:
    rows = {o.option_id: evidence(item, o, tables) for o in item.options}
    return {option_id: [row.words for row in found] for option_id, found in rows.items()}


def test_the_rows_behind_say_what_the_column_says() -> None:
    tables = kinds.make_tables()
    assert shown(kinds.MATCHING, tables) == {
        "a": ["regions: Foot. Depth: skin"],
        "b": ["regions: Hand. Depth: under-the-skin"],
        "c": ["regions: Knee. Depth: muscle"],
        "d": [],
    }
    assert shown(kinds.NUMERIC, tables)["a"] == ["regions: Hand. Percent: 40.3"]
    assert shown(kinds.CLAIM, tables)["c"] == ["claims: Hands hold most. Verdict: misleading"]
    assert shown(kinds.CLAIM, tables)["d"] == []
