"""Where a learner stands, and when a question comes back."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from calcinosis_data.course.assessment.attempts import Attempt
from calcinosis_data.course.assessment.item_bank import Bank
from calcinosis_data.course.assessment.standing import (
    Standing,
    is_due,
    next_review,
    progress_words,
    standings,
)

DAY = datetime(2026, 11, 1, 9, tzinfo=UTC)


def answers(
    *given: tuple[float, bool],
    item_id: str = "pair-normal",
    version: int = 1,
    confidence: str | None = None,
) -> list[Attempt]:
    """Answers on days after the first, right or wrong."""
    return [
        Attempt(
            f"{item_id}{n}",
            n,
            DAY + timedelta(days=day),
            "ada",
            "types",
            item_id,
            version,
            ("a",),
            right,
            confidence,
        )
        for n, (day, right) in enumerate(given)
    ]


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ([(0, True)], 2),
        ([(0, False)], 2),
        ([(0, True), (1, True)], 2),  # too early to count as a review
        ([(0, True), (2, True)], 9),
        ([(0, True), (5, True)], 9),
        ([(0, True), (10, True)], 16),
        ([(0, True), (2, True), (9, True)], 16),
        ([(0, True), (2, True), (9, False)], 11),  # a wrong answer restarts
        ([(0, True), (1.7, True)], 9),  # two days on by the calendar, not yet by the hour
        ([(0, True), (-400, True)], 2),  # a clock that was wrong
    ],
)
def test_review_is_due(given: list[tuple[float, bool]], day: int) -> None:
    assert next_review(answers(*given)) == DAY + timedelta(days=day)


def test_three_reviews_are_enough() -> None:
    assert next_review(answers((0, True), (2, True), (9, True), (16, True))) is None


def test_not_attempted_is_not_wrong(small_bank: Bank) -> None:
    first, second, third = standings(
        small_bank.items,
        answers((0, False), (1, True)) + answers((0, True), item_id="pair-high-phosphate"),
    )
    assert (first.answered, first.right_first, first.right_now) == (True, True, True)
    assert (second.answered, second.right_first, second.right_now) == (True, False, True)
    assert (third.answered, third.right_first, third.next_review) == (False, False, None)


def test_answers_to_an_older_version_do_not_count(small_bank: Bank) -> None:
    old = standings(small_bank.items, answers((0, True), version=0))
    assert not any(standing.answered for standing in old)


@pytest.mark.parametrize(
    ("given", "now", "words"),
    [
        ([], 0, "none of 3 questions answered yet"),
        (
            [(0, True)],
            0,
            "1 of 3 questions answered, 1 right at the first try, next review 3 November 2026",
        ),
        (
            [(0, True), (1, False)],
            3.5,
            "1 of 3 questions answered, 1 right at the first try, 1 to try again, "
            "1 due for review now",
        ),
    ],
)
def test_standing_in_words(
    small_bank: Bank, given: list[tuple[float, bool]], now: float, words: str
) -> None:
    found = standings(small_bank.items, answers(*given))
    assert progress_words(found, DAY + timedelta(days=now)) == words


@pytest.fixture
def in_auckland(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A learner whose day begins while it is noon of the day before in Greenwich."""
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_review_is_due_from_the_morning_of_the_learner_s_own_day(in_auckland: None) -> None:
    review = datetime(2026, 11, 3, 9, tzinfo=UTC)  # ten in the evening there
    assert is_due(review, datetime(2026, 11, 2, 11, 30, tzinfo=UTC))  # half past midnight
    assert not is_due(review, datetime(2026, 11, 2, 10, 30, tzinfo=UTC))


def test_an_answer_of_a_clock_far_ahead_does_not_hide_a_question(small_bank: Bank) -> None:
    ahead = answers((3000, True), item_id="pair-normal")
    item = small_bank.item("pair-normal")
    assert Standing(item, tuple(ahead)).review_on(DAY) == DAY
    again = answers((3000, True), (0, True))
    assert Standing(item, tuple(again)).review_on(DAY) == DAY + timedelta(days=2)


@pytest.mark.parametrize(
    ("right", "confidence", "expected"),
    [
        (False, "sure", True),
        (False, "fairly sure", False),
        (False, None, False),
        (True, "sure", False),
    ],
)
def test_sure_and_wrong_is_judged_by_the_last_answer(
    small_bank: Bank, right: bool, confidence: str | None, expected: bool
) -> None:
    item = small_bank.item("pair-normal")
    given = [
        *answers((0, not right), confidence="sure"),
        *answers((1, right), confidence=confidence),
    ]
    assert Standing(item, tuple(given)).sure_and_wrong is expected
    assert not Standing(item, ()).sure_and_wrong
