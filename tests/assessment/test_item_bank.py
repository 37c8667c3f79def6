"""Items as objects."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from calcinosis_data.course.assessment.errors import UnknownItemError
from calcinosis_data.course.assessment.item_bank import Bank, Item


def test_a_bank_is_in_the_order_of_the_lesson(small_bank: Bank) -> None:
    assert [item.position for item in small_bank.items] == [1, 2, 3]


def test_an_item_has_its_options_and_conditions(high_phosphate: Item) -> None:
    assert [option.option_id for option in high_phosphate.options] == ["a", "b", "c"]
    assert [option.row_id for option in high_phosphate.key] == ["metastatic"]
    assert [part.value for part in high_phosphate.conditions] == ["phosphate", "high"]


def test_values_are_plain_python(high_phosphate: Item) -> None:
    assert type(high_phosphate.version) is int
    assert type(high_phosphate.key[0].is_key) is bool
    assert high_phosphate.key[0].misconception is None


def one_row(**fields: object) -> Item:
    """An item read from tables of one row, which hold what is given and little else."""
    row = {"item_id": "how-many", "version": 1, "position": 1, "lesson_id": "types"}
    row |= {"objective_id": "types-interpret", "block": "practice", "kind": "numeric"}
    row |= {"bloom_level": "apply", "track": "clinical", "stem": "Count.", "lead_in": "How many?"}
    row |= {"option_table": "types", "key_rule": "column-gives-number", "take_away": "So."}
    row |= {"review_status": "Not yet reviewed by a clinician"}
    option = {"item_id": "how-many", "option_id": "a", "text": "40.3", "row_id": None}
    option |= {"special": None, "is_key": True, "rationale": "So.", "match": None, "place": 2}
    columns = ["item_id", "clause", "part", "table", "column", "operator", "value"]
    options, conditions = pd.DataFrame([option]), pd.DataFrame(columns=columns)
    return Bank.from_frames(pd.DataFrame([row | fields]), options, conditions).items[0]


def test_what_other_kinds_need_is_read() -> None:
    item = one_row(answer_column="percent", tolerance=0.1, unit="percent", hint_2="Divide.")
    assert (item.answer_column, item.tolerance, item.unit) == ("percent", Decimal("0.1"), "percent")
    assert item.hints == ("Divide.",)
    assert (item.options[0].match, item.options[0].place) == (None, 2)


def test_blank_cells_are_empty_in_every_kind() -> None:
    item = one_row(answer_column=None, tolerance=None, unit=None, hint_1=None, waivers=None)
    assert (item.answer_column, item.tolerance, item.unit, item.hints) == (None, 0, "", ())
    assert item.waivers == ""


@pytest.mark.parametrize(
    ("ask", "nearest"),
    [
        (lambda bank: bank.item("pair-hihg-phosphate"), "'pair-high-phosphate'"),
        (lambda bank: bank.select(lesson="type"), "'types'"),
        (lambda bank: bank.select(block="block1"), "'block-1'"),
        (lambda bank: bank.items[0].option("A"), "'a'"),
    ],
)
def test_a_wrong_name_names_the_nearest(
    small_bank: Bank, ask: Callable[[Bank], object], nearest: str
) -> None:
    with pytest.raises(UnknownItemError, match=rf"Did you mean {nearest}\?"):
        ask(small_bank)


def test_a_block_is_selected(small_bank: Bank) -> None:
    assert len(small_bank.select(lesson="types", block="block-1")) == 3
    assert small_bank.select() == small_bank.items


def test_each_learner_has_an_order_that_stays(high_phosphate: Item) -> None:
    orders = {
        learner: [option.option_id for option in high_phosphate.options_for(learner)]
        for learner in map(str, range(40))
    }
    assert len({tuple(order) for order in orders.values()}) == 6  # all orders of three occur
    assert orders["7"] == [o.option_id for o in high_phosphate.options_for("7")]


def test_the_order_is_the_same_on_every_machine(high_phosphate: Item) -> None:
    assert [o.option_id for o in high_phosphate.options_for("ada")] == ["b", "a", "c"]


@pytest.mark.parametrize("texts", [("5 of 10", "7 of 10", "12"), ("< 3 mm", "3 to 5 mm", "> 5 mm")])
def test_numbers_keep_their_order(
    changed: Callable[..., Item], high_phosphate: Item, texts: tuple[str, ...]
) -> None:
    options = tuple(
        replace(option, text=text)
        for option, text in zip(high_phosphate.options, texts, strict=True)
    )
    numeric = changed(options=options)
    assert all(numeric.options_for(str(learner)) == options for learner in range(20))


def test_an_order_that_means_something_is_kept(changed: Callable[..., Item]) -> None:
    ordinal = changed(option_order="as-written")
    assert all(ordinal.options_for(str(learner)) == ordinal.options for learner in range(20))
