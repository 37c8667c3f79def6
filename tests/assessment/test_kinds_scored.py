"""Every kind of question scored: by properties, by example, one by one and as a class."""

import json
from dataclasses import replace

import item_kinds as kinds
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcinosis_data.course.assessment.class_scoring import answer_keys, score_responses
from calcinosis_data.course.assessment.errors import (
    ItemKindError,
    NotAnAnswerError,
    UnknownItemError,
)
from calcinosis_data.course.assessment.item_bank import Item
from calcinosis_data.course.assessment.responses import KINDS, read_response
from calcinosis_data.course.assessment.scoring import Outcome, score
from calcinosis_data.course.assessment.typed_number import number

unhurried = settings(deadline=None)  # a busy machine is no failure
each_kind = pytest.mark.parametrize("item", kinds.ALL, ids=lambda item: item.kind)
answered = st.sampled_from(kinds.ALL).flatmap(
    lambda item: st.tuples(st.just(item), kinds.responses_to(item))
)


def is_key(item: Item, response: tuple[str, ...]) -> bool:
    if item.kind == "numeric":
        return abs(number(response[0]) - number("40.3")) <= item.tolerance
    key = kinds.KEYS[item.kind]
    return set(response) == set(key) if item.kind == "multiple" else response == key


def test_there_is_one_of_each_kind() -> None:
    assert set(kinds.BY_KIND) == set(kinds.KEYS) == set(KINDS)


@unhurried
@given(answered)
def test_only_the_key_is_right(asked: tuple[Item, tuple[str, ...]]) -> None:
    item, response = asked
    assert score(item, response).correct is is_key(item, response)


@unhurried
@given(answered)
def test_feedback_holds_every_option_once(asked: tuple[Item, tuple[str, ...]]) -> None:
    item, response = asked
    told = score(item, response).feedback
    assert sorted(o.option_id for o in told) == sorted(o.option_id for o in item.options)
    assert all(option.rationale for option in told)


@unhurried
@given(answered)
def test_what_is_right_is_what_agrees(asked: tuple[Item, tuple[str, ...]]) -> None:
    outcome = score(*asked)
    assert outcome.correct is all(option.agrees for option in outcome.feedback)


@unhurried
@given(answered)
def test_a_response_as_it_is_kept_is_scored_alike(asked: tuple[Item, tuple[str, ...]]) -> None:
    item, response = asked
    kept = read_response(item, response)
    stored = tuple(json.loads(json.dumps(kept)))
    assert all(stored)
    assert read_response(item, stored) == kept
    assert score(item, stored) == score(item, response)


@unhurried
@given(st.lists(answered, max_size=12))
def test_a_class_is_scored_as_one_is(asked: list[tuple[Item, tuple[str, ...]]]) -> None:
    rows = [(item.item_id, item.version, response) for item, response in asked]
    given_ = pd.DataFrame(rows, columns=["item_id", "item_version", "response"])
    scored = score_responses(given_, answer_keys(kinds.ALL))
    assert scored["correct"].tolist() == [score(*one).correct for one in asked]
    assert (scored["status"] == "scored").all()


@unhurried
@given(
    st.sampled_from(kinds.ALL),
    st.lists(st.sampled_from(["a", "b", "z", "a=skin", "b=skin", "c=", "d=skin", "40", "1,200"])),
)
def test_a_class_tells_what_is_no_answer_as_one_does(item: Item, response: list[str]) -> None:
    given_ = pd.DataFrame(
        {"item_id": [item.item_id], "item_version": [1], "response": [tuple(response)]}
    )
    status = score_responses(given_, answer_keys(kinds.ALL))["status"].iloc[0]
    try:
        score(item, response)
        told = "scored"
    except UnknownItemError:
        told = "unknown option"
    except NotAnAnswerError:
        told = "not an answer" if response else "not attempted"
    assert status == told


def lines(outcome: Outcome) -> list[tuple[str | None, ...]]:
    return [(o.option_id, o.given, o.right) for o in outcome.feedback if o.right]


def test_matching_tells_what_was_given_and_what_is_right() -> None:
    outcome = score(kinds.MATCHING, ["c=vessel", "a=skin", "b = muscle"])
    assert lines(outcome) == [
        ("a", "skin", "skin"),
        ("b", "muscle", "under the skin"),
        ("c", "vessel", "muscle"),
    ]
    assert [option.agrees for option in outcome.feedback] == [True, False, False, False]
    assert outcome.feedback[-1].chosen  # the further answer was given to a line
    assert outcome.partial == "1 of 3 pairs"
    assert not outcome.correct


def test_a_further_answer_without_words_of_its_own_is_told_by_the_answer() -> None:
    wordless = kinds.with_option(kinds.MATCHING, "d", text="")
    assert score(wordless, kinds.KEYS["matching"]).feedback[-1].text == "vessel"


def test_ordering_tells_the_places_in_the_right_order() -> None:
    outcome = score(kinds.ORDERING, ["b", "c", "a", "d"])
    assert lines(outcome) == [("b", "1", "1"), ("c", "2", "2"), ("d", "4", "3"), ("a", "3", "4")]
    assert outcome.partial == "2 of 4 in the right place"
    assert not outcome.correct


@pytest.mark.parametrize(
    ("chosen", "partial"),
    [
        ("bc", "2 of 2 right answers"),
        ("b", "1 of 2 right answers"),
        ("bca", "2 of 2 right answers and 1 that is not"),
        ("ad", "0 of 2 right answers and 2 that are not"),
    ],
)
def test_several_answers_are_right_together_only(chosen: str, partial: str) -> None:
    outcome = score(kinds.MULTIPLE, list(chosen))
    assert outcome.partial == partial
    assert outcome.correct is (chosen == "bc")


@pytest.mark.parametrize(
    ("typed", "under"),
    [
        ("40.3", "a"),
        ("40,3", "a"),
        (" 40.3 % ", "a"),
        ("40.2", "a"),
        ("40.41", "c"),
        ("12", "b"),
        ("12,1 percent", "b"),
        ("59.6", "d"),
        ("0.403", "c"),
        ("-40.3", "c"),
    ],
)
def test_a_number_falls_under_the_key_a_foreseen_one_or_the_rest(typed: str, under: str) -> None:
    outcome = score(kinds.NUMERIC, typed)
    (first,) = outcome.chosen
    assert (first.option_id, first.given, first.right) == (under, typed.strip(), "40.3")
    assert outcome.feedback[0] == first
    assert outcome.correct is (under == "a")


def test_the_nearest_foreseen_number_is_taken() -> None:
    close = kinds.with_option(kinds.NUMERIC, "d", text="12.15")
    assert score(close, "12.1").chosen[0].option_id == "d"
    assert score(close, "12.05").chosen[0].option_id == "b"


def test_without_tolerance_the_number_is_exact() -> None:
    exact = replace(kinds.NUMERIC, tolerance=number("0"))
    assert [score(exact, typed).correct for typed in ("40.3", "40.30", "40.31")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("kind", "response", "words"),
    [
        ("one-best-answer", (), "Choose an answer first"),
        ("claim-status", ("",), "Choose an answer first"),
        ("multiple", (), "Choose one answer or more"),
        ("matching", ("a=skin",), "2 of 3 lines have no answer yet: “Hand”, “Knee”"),
        ("matching", ("a=skin", "a=muscle", "b=skin", "c=skin"), "A line has two answers"),
        ("ordering", ("a", "b"), "2 of 4 lines have no place yet: “Hip”, “Knee”"),
        ("ordering", ("a", "b", "b", "c"), "“Hand” stands in more than one place"),
        ("ordering", (), "4 of 4 lines have no place yet: “Foot”, “Hand”, “Hip” and 1 more"),
        ("numeric", (), "There is no number yet. Type one number"),
        ("numeric", ("forty",), "“forty” is not a number. Type one number"),
        ("numeric", ("40", "41"), "more than one number"),
    ],
)
def test_what_is_no_answer_is_told_kindly(kind: str, response: tuple[str, ...], words: str) -> None:
    with pytest.raises(NotAnAnswerError, match=words):
        score(kinds.BY_KIND[kind], response)


@pytest.mark.parametrize(
    ("kind", "response", "words"),
    [
        ("multiple", ("b", "x"), "no option 'x'"),
        ("ordering", ("a", "b", "c", "x"), "no option 'x'"),
        ("matching", ("x=skin",), "no line 'x'. Lines: a, b, c"),
        ("matching", ("d=skin",), "no line 'd'"),
        ("matching", ("a=skim",), "no answer 'skim'. Did you mean 'skin'?"),
    ],
)
def test_what_is_not_offered_is_refused(kind: str, response: tuple[str, ...], words: str) -> None:
    with pytest.raises(UnknownItemError, match=words):
        score(kinds.BY_KIND[kind], response)


def test_an_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(ItemKindError, match="Did you mean 'matching'"):
        score(replace(kinds.ONE, kind="matchin"), "a")


@each_kind
def test_partial_words_are_for_kinds_with_parts(item: Item) -> None:
    partial = score(item, kinds.KEYS[item.kind]).partial
    assert bool(partial) is (item.kind in {"multiple", "matching", "ordering"})


def test_an_empty_class_is_scored() -> None:
    nobody = pd.DataFrame(columns=["item_id", "item_version", "response"])
    assert score_responses(nobody, answer_keys(kinds.ALL)).empty


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("40,3", "40.3"),
        ("40.3%", "40.3"),
        ("40.3 per cent", "40.3"),
        ("1 200", "1200"),
        ("1\u00a0200,5", "1200.5"),
        ("1,200,000", "1200000"),
        ("1,234.5", "1234.5"),
        ("0,125", "0.125"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+7", "7"),
        ("−7", "-7"),
        ("４０", "40"),
    ],
)
def test_numbers_are_read_as_people_type_them(text: str, value: str) -> None:
    assert number(text, "percent") == number(value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is no number yet"),
        ("1,200", "read in two ways. Type 1200 or 1.200"),
        ("3 of 5", "not a number"),
        ("40-45", "not a number"),
        ("1e3", "not a number"),
        ("nan", "not a number"),
        ("about 40", "not a number"),
        ("1 20", "not a number"),
        ("40 patients", "“patients” is not what is counted here. Type the number alone"),
        ("9" * 300, "9… is not a number"),
    ],
)
def test_what_is_no_number_says_what_to_type(text: str, words: str) -> None:
    with pytest.raises(NotAnAnswerError, match=words.replace("…", "….")):
        number(text, "percent")


@unhurried
@given(st.text(max_size=60))
def test_any_text_is_a_number_or_told_kindly(text: str) -> None:
    try:
        told = str(number(text).is_finite())
    except NotAnAnswerError as error:
        told = str(error)
    assert told == "True" or "Type" in told
