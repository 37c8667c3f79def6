"""Where a learner stands, and when a question comes back."""

from datetime import UTC, datetime, timedelta

import pytest

from calcinosis_data.course.assessment.attempts import Attempt
from calcinosis_data.course.assessment.item_bank import Bank
from calcinosis_data.course.assessment.progress import next_review, progress_words, standings

DAY = datetime(2026, 11, 1, 9, tzinfo=UTC)


def answers(
    *given: tuple[float, bool], item_id: str = "pair-normal", version: int = 1
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
