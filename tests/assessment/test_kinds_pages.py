"""What the page gets of every kind of question: no key before an answer, all of it after."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import item_kinds as kinds
import pytest

from calcinosis_data.course.assessment.attempts import Attempt
from calcinosis_data.course.assessment.item_bank import Item
from calcinosis_data.course.assessment.pages import feedback, questions, static_copy
from calcinosis_data.course.assessment.responses import read_response
from calcinosis_data.course.assessment.scoring import score

each_kind = pytest.mark.parametrize("item", kinds.ALL, ids=lambda item: item.kind)
MEMBERS = "id kind progress stem lead_in how options answers unit hints"


def asked(item: Item, learner: str = "ada") -> dict[str, Any]:
    return questions([item], learner)[0]


def told(item: Item, *response: str) -> dict[str, Any]:
    kept = read_response(item, response)
    attempt = Attempt("id", 1, datetime(2026, 3, 3, tzinfo=UTC), "ada", "types", "i", 1, kept, None)
    return feedback(item, score(item, kept), attempt)


def options(item: Item, **fields: str) -> Item:
    """The item with one field of each option changed: `is_key="ab"` makes a and b the key."""
    for option in item.options:
        new: dict[str, Any] = {
            name: option.option_id in value if name == "is_key" else value[option.option_id]
            for name, value in fields.items()
            if name == "is_key" or option.option_id in value
        }
        item = kinds.with_option(item, option.option_id, **new)
    return item


OTHER_KEYS: dict[str, Callable[[], Item]] = {
    "one-best-answer": lambda: options(kinds.ONE, is_key="c"),
    "multiple": lambda: options(kinds.MULTIPLE, is_key="ad"),
    "matching": lambda: options(
        kinds.MATCHING, match={"a": "vessel", "b": "skin", "c": "under the skin", "d": "muscle"}
    ),
    "ordering": lambda: options(kinds.ORDERING, place={"a": 1, "b": 2, "c": 3, "d": 4}),
    "numeric": lambda: options(kinds.NUMERIC, text={"a": "12.0", "b": "40.3", "d": "1"}),
    "claim-status": lambda: options(kinds.CLAIM, is_key="e"),
}


@pytest.mark.parametrize("learner", ["ada", "bo", "cy"])
@pytest.mark.parametrize("kind", OTHER_KEYS)
def test_the_page_is_the_same_whatever_the_key_is(kind: str, learner: str) -> None:
    item, other = kinds.BY_KIND[kind], OTHER_KEYS[kind]()
    assert [o for o in item.options if o.is_key or o.match or o.place] != [
        o for o in other.options if o.is_key or o.match or o.place
    ]
    assert asked(item, learner) == asked(other, learner)


@each_kind
def test_nothing_of_the_key_is_on_the_page_before_an_answer(item: Item) -> None:
    shown = asked(item)
    assert " ".join(shown) == MEMBERS
    assert all(set(option) == {"id", "text"} for option in shown["options"])
    page = json.dumps(shown) + static_copy([shown])
    hidden = [item.take_away, *(option.rationale for option in item.options)]
    hidden += [option.misconception for option in item.options if option.misconception]
    hidden += [option.row_id for option in item.options if option.row_id]
    hidden += ["is_key", "match", "place", "rationale", "misconception", "row_id"]
    if item.kind == "numeric":
        hidden += ["40.3", "12.0", "59.7"]
    assert [text for text in hidden if f'"{text}"' in page or f">{text}" in page] == []


def test_every_kind_says_how_to_answer() -> None:
    assert [asked(item)["how"] for item in kinds.ALL] == [
        "Choose one answer.",
        "Choose every answer that is right. There are two or more.",
        "Choose one answer for each line. An answer may fit more than one line, or none.",
        "Give each line its place, from 1 to 4.",
        "Type one number, in percent. A difference of up to 0.1 counts as right.",
        "Choose one verdict.",
    ]


def test_each_kind_has_its_parts() -> None:
    matching, numeric = asked(kinds.MATCHING), asked(kinds.NUMERIC)
    assert sorted(line["text"] for line in matching["options"]) == ["Foot", "Hand", "Knee"]
    assert sorted(matching["answers"]) == ["muscle", "skin", "under the skin", "vessel"]
    assert (numeric["options"], numeric["unit"]) == ([], "percent")
    assert numeric["hints"] == ["Divide first.", "Then take it times a hundred."]
    assert [o["id"] for o in asked(kinds.CLAIM)["options"]] == ["a", "b", "c", "d", "e"]
    assert len(asked(kinds.ORDERING)["options"]) == 4


@each_kind
def test_the_static_copy_has_what_is_asked(item: Item) -> None:
    shown = asked(item)
    page = static_copy([shown])
    texts = [shown["lead_in"], shown["how"], *shown["answers"], *shown["hints"]]
    assert all(text in page for text in [*texts, *(o["text"] for o in shown["options"])])


@each_kind
def test_feedback_is_plain_data_with_every_option_once(item: Item) -> None:
    answer = told(item, *kinds.KEYS[item.kind])
    assert json.loads(json.dumps(answer)) == answer
    assert sorted(o["id"] for o in answer["options"]) == sorted(o.option_id for o in item.options)
    assert all(option["rationale"] for option in answer["options"])
    assert (answer["correct"], answer["verdict"]) == (True, "Correct.")
    assert answer["chosen"] == [*kinds.KEYS[item.kind]]


@pytest.mark.parametrize(
    ("kind", "response", "sentence"),
    [
        ("one-best-answer", ["b"], "You chose “Hand”."),
        ("one-best-answer", ["a"], "You chose “Foot”. The best answer is “Hand”."),
        (
            "claim-status",
            ["b"],
            "You chose “supported with caveat”. The best answer is “misleading”.",
        ),
        ("multiple", ["b", "c"], "You chose “Hand” and “Hip”, and that is all of it."),
        (
            "multiple",
            ["b", "a"],
            "You got 1 of 2 right answers and 1 that is not. "
            "The right answers are “Hand” and “Hip”.",
        ),
        ("matching", kinds.KEYS["matching"], "All pairs are right."),
        ("matching", ["a=skin", "b=skin", "c=skin"], "You got 1 of 3 pairs."),
        ("ordering", kinds.KEYS["ordering"], "Every line is in its right place."),
        (
            "ordering",
            ["b", "c", "a", "d"],
            "You got 2 of 4 in the right place. The right order is “Hand”, “Hip”, “Knee”, “Foot”.",
        ),
        ("numeric", ["40,3 %"], "You typed 40,3 %."),
        ("numeric", ["40.2"], "You typed 40.2, near enough to 40.3 percent."),
        ("numeric", ["7"], "You typed 7. The right number is 40.3 percent."),
    ],
)
def test_the_sentence_says_what_was_given_and_what_is_right(
    kind: str, response: list[str], sentence: str
) -> None:
    assert told(kinds.BY_KIND[kind], *response)["sentence"] == sentence


@pytest.mark.parametrize(
    ("kind", "response", "marks"),
    [
        ("one-best-answer", ["a"], {"a": "", "b": "Best answer", "c": ""}),
        (
            "multiple",
            ["b", "a"],
            {
                "b": "Right answer, chosen",
                "a": "Not right, chosen",
                "c": "Right answer, not chosen",
                "d": "",
            },
        ),
        (
            "matching",
            ["a=skin", "b=skin", "c=vessel"],
            {
                "a": "Right: “skin”",
                "b": "You gave “skin”, right is “under the skin”",
                "c": "You gave “vessel”, right is “muscle”",
                "d": "Fits no line",
            },
        ),
        (
            "ordering",
            ["b", "c", "a", "d"],
            {
                "b": "Right: place 1",
                "c": "Right: place 2",
                "d": "You gave place 4, right is place 3",
                "a": "You gave place 3, right is place 4",
            },
        ),
        ("numeric", ["12"], {"b": "Your number", "a": "Right number", "c": "", "d": ""}),
    ],
)
def test_every_option_says_how_it_stands(
    kind: str, response: list[str], marks: dict[str, str]
) -> None:
    shown = told(kinds.BY_KIND[kind], *response)["options"]
    assert {option["id"]: option["mark"] for option in shown} == marks
    assert [option["id"] for option in shown] == list(marks)


def test_orders_are_the_learner_s_own_and_stay() -> None:
    for item in (kinds.MULTIPLE, kinds.MATCHING, kinds.ORDERING):
        orders = {learner: asked(item, learner)["options"] for learner in map(str, range(30))}
        assert len({json.dumps(order) for order in orders.values()}) > 5
        assert orders["7"] == asked(item, "7")["options"]
    answers = {json.dumps(asked(kinds.MATCHING, learner)["answers"]) for learner in "abcdefghij"}
    assert len(answers) > 3


def test_lines_that_begin_with_a_number_are_put_in_an_order_of_their_own() -> None:
    """As they are written they might stand in their right order."""
    numbered = options(kinds.ORDERING, text={"a": "1 of 4", "b": "2 of 4", "c": "3", "d": "4"})
    orders = {json.dumps(asked(numbered, str(learner))["options"]) for learner in range(20)}
    assert len(orders) > 5


def test_answers_that_are_numbers_ascend() -> None:
    counted = options(kinds.MATCHING, match={"a": "12", "b": "3.5", "c": "100", "d": "3"})
    assert asked(counted)["answers"] == ["3", "3.5", "12", "100"]


def test_without_hints_and_unit_they_are_empty() -> None:
    shown = asked(replace(kinds.NUMERIC, hints=(), unit=""))
    assert (shown["hints"], shown["unit"]) == ([], "")
    assert shown["how"].startswith("Type one number. A")
