"""Keys as queries: on tables of our own, and for every item of the course's bank."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from calcinosis_data.course.assessment.errors import ItemQueryError
from calcinosis_data.course.assessment.item_bank import Bank, Condition, Item, bank
from calcinosis_data.course.assessment.keys import (
    Link,
    Tables,
    key_is_proved,
    proof,
    published,
    selected_rows,
)
from calcinosis_data.course.assessment.rows_behind import evidence

Frames = dict[str, pd.DataFrame]
Changed = Callable[..., Item]


def condition(table: str, column: str, operator: str, value: str, clause: int = 1) -> Condition:
    return Condition(clause, 1, table, column, operator, value)


def test_a_query_is_carried_along_foreign_keys(high_phosphate: Item, tables: Tables) -> None:
    assert selected_rows(high_phosphate, tables) == {"metastatic"}


def test_all_small_keys_are_proved(small_bank: Bank, tables: Tables) -> None:
    assert all(key_is_proved(item, tables) for item in small_bank.items)


def test_a_changed_cell_turns_only_the_items_it_touches_red(
    small_bank: Bank, tables: Tables, frames: Frames
) -> None:
    frames["labs"].loc[1, "direction"] = "normal"
    red = [item.item_id for item in small_bank.items if not key_is_proved(item, tables)]
    assert red == ["pair-high-phosphate"]


def test_a_second_right_option_is_found(
    high_phosphate: Item, tables: Tables, frames: Frames
) -> None:
    frames["labs"].loc[0, "direction"] = "high"
    found = proof(high_phosphate, tables)
    assert not found.proved
    assert "the tables show ['dystrophic', 'metastatic']" in found.words


def test_cannot_tell_falls_when_one_row_is_left(
    small_bank: Bank, tables: Tables, frames: Frames
) -> None:
    frames["labs"].loc[0, "direction"] = "high"
    assert not key_is_proved(small_bank.item("pair-normal"), tables)


def test_none_is_proved_by_an_empty_query(small_bank: Bank, tables: Tables, frames: Frames) -> None:
    nothing = replace(
        small_bank.item("pair-normal"),
        key_rule="query-selects-none",
        conditions=(condition("labs", "direction", "eq", "low"),),
    )
    assert key_is_proved(nothing, tables)
    frames["labs"].loc[0, "direction"] = "low"
    assert not key_is_proved(nothing, tables)


def test_a_row_key_is_never_proved_by_an_empty_query(changed: Changed, tables: Tables) -> None:
    empty = (condition("labs", "direction", "eq", "low"),)
    for rule in ("query-selects-key", "query-selects-none", "query-selects-several"):
        assert not key_is_proved(changed(conditions=empty, key_rule=rule), tables)


def test_an_item_without_a_query_is_not_proved(changed: Changed, tables: Tables) -> None:
    assert not key_is_proved(changed(conditions=()), tables)


def test_clauses_are_intersected(changed: Changed, tables: Tables) -> None:
    both = (
        condition("labs", "direction", "eq", "normal", clause=1),
        condition("types", "in_source", "eq", "true", clause=2),
    )
    assert selected_rows(changed(conditions=both), tables) == {"dystrophic"}


@pytest.mark.parametrize(
    ("operator", "value", "found"),
    [
        ("eq", "5", {"dystrophic"}),
        ("ne", "5", {"idiopathic"}),  # the missing one is not "not 5", it is unknown
        ("lt", "7", {"dystrophic"}),
        ("le", "7", {"dystrophic", "idiopathic"}),
        ("gt", "5", {"idiopathic"}),
        ("ge", "8", set()),
    ],
)
def test_operators_and_missing_values(
    changed: Changed, tables: Tables, operator: str, value: str, found: set[str]
) -> None:
    item = changed(conditions=(condition("types", "patients", operator, value),))
    assert selected_rows(item, tables) == found


@pytest.mark.parametrize(("column", "value"), [("tissue", "damaged"), ("percent", "1.5")])
def test_what_is_unknown_is_not_different(
    changed: Changed, tables: Tables, column: str, value: str
) -> None:
    item = changed(conditions=(condition("types", column, "ne", value),))
    assert selected_rows(item, tables) == {"idiopathic"}


def test_ordered_words_compare_in_their_order(changed: Changed, tables: Tables) -> None:
    item = changed(conditions=(condition("labs", "direction", "gt", "normal"),))
    assert selected_rows(item, tables) == {"metastatic"}


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (condition("labs", "direktion", "eq", "high"), "Did you mean 'direction'"),
        (condition("labs", "direction", "eq", "hihg"), "Did you mean 'high'"),
        (condition("labs", "direction", "eqq", "high"), "Did you mean 'eq'"),
        (condition("types", "in_source", "eq", "no"), "'no' is no such value"),
        (condition("types", "patients", "eq", "many"), "'many' is no such value"),
        (condition("analytes", "name", "eq", "Calcium"), "no chain of foreign keys"),
    ],
)
def test_a_wrong_query_says_what_is_wrong(
    changed: Changed, tables: Tables, part: Condition, words: str
) -> None:
    with pytest.raises(ItemQueryError, match=words):
        key_is_proved(changed(conditions=(part,)), tables)


def test_a_wrong_rule_names_the_nearest(changed: Changed, tables: Tables) -> None:
    with pytest.raises(ItemQueryError, match="Did you mean 'query-selects-none'"):
        key_is_proved(changed(key_rule="query-select-none"), tables)


def test_a_clause_holds_on_one_row_of_one_table(changed: Changed, tables: Tables) -> None:
    mixed = (
        condition("labs", "direction", "eq", "high"),
        condition("types", "in_source", "eq", "true"),
    )
    with pytest.raises(ItemQueryError, match="mixes tables"):
        key_is_proved(changed(conditions=mixed), tables)


def test_two_ways_to_the_options_are_refused(high_phosphate: Item, tables: Tables) -> None:
    second = Link("conditions", "second_type_id", "types", "type_id")
    with pytest.raises(ItemQueryError, match="more than one way"):
        key_is_proved(high_phosphate, replace(tables, links=(*tables.links, second)))


def test_options_of_a_compound_key_are_found(changed: Changed, tables: Tables) -> None:
    part = condition("labs", "direction", "eq", "high")
    item = changed(option_table="labs", conditions=(part,))
    found = {"metastatic-calcinosis/phosphate", "metastatic-calcinosis/calcium", "other/phosphate"}
    assert selected_rows(item, tables) == found


def test_evidence_is_the_option_s_own_row(high_phosphate: Item, tables: Tables) -> None:
    shown = [evidence(high_phosphate, option, tables) for option in high_phosphate.options]
    assert [row.words for rows in shown for row in rows] == [
        "labs: Dystrophic calcinosis, Phosphate. Direction: normal",
        "labs: Metastatic calcinosis, Phosphate. Direction: high",
        "labs: Idiopathic calcinosis, Phosphate. Direction: normal",
    ]


def test_a_special_option_has_no_row_to_show(small_bank: Bank, tables: Tables) -> None:
    item = small_bank.item("pair-normal")
    assert evidence(item, item.option("d"), tables) == ()


RULED = [item for item in bank().items if item.key_rule]
UNRULED = [item for item in bank().items if not item.key_rule]


@pytest.mark.parametrize("item", RULED, ids=lambda item: item.item_id)
def test_every_key_of_the_course_is_proved(item: Item) -> None:
    found = proof(item)
    assert found.proved, found.words


def test_most_keys_of_the_course_have_a_proof() -> None:
    """Where several rows are weighed no query can prove the key; that is the exception."""
    assert len(RULED) >= 0.8 * len(bank().items)


@pytest.mark.parametrize("item", UNRULED, ids=lambda item: item.item_id)
def test_a_key_without_a_proof_does_not_look_as_if_it_had_one(item: Item) -> None:
    """Neither table nor query nor column is named, and the rule tells so."""
    assert (item.option_table, item.answer_column, item.conditions) == (None, None, ())
    assert not any(option.row_id for option in item.options)
    with pytest.raises(ItemQueryError, match="no key rule"):
        proof(item)


@pytest.mark.parametrize("item", RULED, ids=lambda item: item.item_id)
def test_every_key_of_the_course_falls_with_its_row(item: Item) -> None:
    """Without the rows that show the key (or, for "none", with one more) the item is red."""
    real = published()
    damage = _all_alike if item.key_rule == "query-selects-none" else _without_the_key
    damaged = replace(real, frame=lambda name: damage(real, item, name))
    assert not key_is_proved(item, damaged)


def _without_the_key(real: Tables, item: Item, name: str) -> pd.DataFrame:
    """The table without the rows that speak for the key; for "several", for any option."""
    options = item.key if item.key_rule == "query-selects-key" else item.options
    shown = {row.row_id for o in options for row in evidence(item, o, real) if row.table == name}
    frame = real.frame(name)
    gone = [
        not real.row_ids(name, frame.iloc[[place]]).isdisjoint(shown) for place in range(len(frame))
    ]
    return frame[[not one for one in gone]]


def _all_alike(real: Tables, item: Item, name: str) -> pd.DataFrame:
    """The table with every row made to satisfy the item's comparisons."""
    frame = real.frame(name)
    parts = [part for part in item.conditions if part.table == name]
    return frame.assign(**{part.column: _fitting(part, frame) for part in parts})


def _fitting(part: Condition, frame: pd.DataFrame) -> float | str:
    """A value that the comparison is true of."""
    if not pd.api.types.is_numeric_dtype(frame[part.column]):
        return f"not {part.value}" if part.operator == "ne" else part.value
    step = {"lt": -1, "gt": 1, "ne": 1}.get(part.operator, 0)
    return float(part.value) + step
