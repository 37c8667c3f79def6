"""From a response to its outcome."""

import pandas as pd
import pytest

from calcinosis_data.course.assessment.class_scoring import answer_keys, score_responses
from calcinosis_data.course.assessment.errors import UnknownItemError
from calcinosis_data.course.assessment.item_bank import Bank, Item
from calcinosis_data.course.assessment.scoring import score


@pytest.mark.parametrize(("chosen", "correct"), [("b", True), ("a", False), ("c", False)])
def test_only_the_key_is_right(high_phosphate: Item, chosen: str, correct: bool) -> None:
    assert score(high_phosphate, chosen).correct is correct


def test_every_option_has_its_reason_the_chosen_one_first(high_phosphate: Item) -> None:
    outcome = score(high_phosphate, "c")
    assert [option.option_id for option in outcome.feedback] == ["c", "b", "a"]
    assert all(option.rationale for option in outcome.feedback)
    assert [option.text for option in outcome.chosen] == ["Idiopathic"]
    assert [option.text for option in outcome.key] == ["Metastatic"]
    assert outcome.take_away == "Keep pair-high-phosphate."


def test_the_key_and_something_else_is_not_right(high_phosphate: Item) -> None:
    assert not score(high_phosphate, ["a", "b"]).correct


def test_an_unknown_option_is_refused(high_phosphate: Item) -> None:
    with pytest.raises(UnknownItemError, match="Options: a, b, c"):
        score(high_phosphate, "z")


def test_a_class_is_scored_as_one_is(small_bank: Bank) -> None:
    item = small_bank.items[0]
    given = pd.DataFrame(
        [(item.item_id, item.version, option.option_id) for option in item.options] * 3,
        columns=["item_id", "item_version", "option_id"],
    )
    scored = score_responses(given, answer_keys(small_bank.items))
    one_by_one = [score(item, option_id).correct for option_id in given["option_id"]]
    assert scored["correct"].tolist() == one_by_one


def test_what_cannot_be_scored_is_said_and_the_order_stays(small_bank: Bank) -> None:
    given = pd.DataFrame(
        [
            ("pair-normal", 1, "d"),
            ("pair-normal", 2, "d"),
            ("nowhere", 1, "a"),
            ("pair-normal", 1, None),
            ("pair-normal", 1, "x"),
        ],
        columns=["item_id", "item_version", "option_id"],
        index=[9, 8, 7, 6, 5],
    )
    scored = score_responses(given, answer_keys(small_bank.items))
    assert scored.index.tolist() == [9, 8, 7, 6, 5]
    assert scored["status"].tolist() == [
        "scored",
        "unknown item or version",
        "unknown item or version",
        "not attempted",
        "unknown option",
    ]
    assert scored["correct"].isna().tolist() == [False, True, True, True, True]
