"""The review queue: what is due, in which order, and in which words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attempt_samples import attempt
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from calcinosis_data.course import assessment
from calcinosis_data.course.assessment.answer_book import Book
from calcinosis_data.course.assessment.attempts import read_folder
from calcinosis_data.course.assessment.item_bank import Bank
from calcinosis_data.course.assessment.review import (
    Queue,
    Review,
    ReviewSizeError,
    make_review,
    queue,
    review_words,
)
from calcinosis_data.course.assessment.standing import standings

DAY = datetime(2026, 11, 2, 12, tzinfo=UTC)
LESSONS = {"a": "types", "b": "start-here", "c": "causes"}


@pytest.fixture
def bank(small_bank: Bank) -> Bank:
    """Questions a1 to a3, b1 to b3, c1 to c3 of three lessons; the third is for practice."""
    pattern = small_bank.item("pair-normal")
    return Bank(
        tuple(
            replace(
                pattern,
                item_id=f"{letter}{number}",
                lesson_id=lesson,
                block="practice" if number == 3 else "block-1",
            )
            for letter, lesson in LESSONS.items()
            for number in (1, 2, 3)
        )
    )


@pytest.fixture
def queued(bank: Bank) -> Callable[..., Queue]:
    """The queue after answers given on days (item, day, right), seen on a day."""

    def make(answers: list[tuple[str, float, bool]], day: float) -> Queue:
        attempts = [
            attempt(number, item_id=item_id, correct=right, time=DAY + timedelta(days=on))
            for number, (item_id, on, right) in enumerate(answers)
        ]
        return queue(standings(bank.items, attempts), DAY + timedelta(days=day))

    return make


def ids(waiting: Queue) -> list[str]:
    return [item.item_id for item in waiting.due]


@pytest.mark.parametrize(
    ("day", "due"), [(0, False), (1, False), (2, True), (8, True), (400, True)]
)
def test_the_first_review_is_due_after_two_days_and_stays_due(
    queued: Callable[..., Queue], day: float, due: bool
) -> None:
    assert ids(queued([("a1", 0, True)], day)) == (["a1"] if due else [])


def test_reviews_come_after_two_nine_and_sixteen_days(queued: Callable[..., Queue]) -> None:
    given: list[tuple[str, float, bool]] = [("a1", 0, True)]
    days = []
    for day in range(1, 60):
        if ids(queued(given, day)):
            days.append(day)
            given.append(("a1", day, True))
    assert days == [2, 9, 16]


def test_a_wrong_answer_starts_anew(queued: Callable[..., Queue]) -> None:
    given: list[tuple[str, float, bool]] = [("a1", 0, True), ("a1", 2, True), ("a1", 9, False)]
    assert [day for day in range(9, 40) if ids(queued(given, day))][:1] == [11]
    given.append(("a1", 11, True))
    assert [day for day in range(11, 40) if ids(queued(given, day))][:1] == [18]


def test_lessons_take_turns_and_the_longest_due_comes_first(queued: Callable[..., Queue]) -> None:
    given = [("a2", 0, True), ("a1", 1, True), ("b1", 2, True), ("b2", 2, True), ("c1", 1.2, True)]
    assert ids(queued(given, 30)) == ["a2", "c1", "b1", "a1", "b2"]


def test_the_order_is_the_same_each_time_whatever_the_order_of_answers(
    queued: Callable[..., Queue],
) -> None:
    given = [(item_id, 0.0, True) for item_id in ("c2", "a1", "b1", "a2", "c1")]
    assert ids(queued(given, 2)) == ids(queued(given[::-1], 2)) == ["a1", "b1", "c1", "a2", "c2"]


def test_practice_questions_that_are_new_wait_for_their_lesson(
    queued: Callable[..., Queue],
) -> None:
    waiting = queued([("a1", 0, True), ("c1", 0, True), ("c3", 0, True)], 1)
    assert [item.item_id for item in waiting.fresh] == ["a3"]  # b was not begun, c3 was answered


@pytest.mark.parametrize(
    ("given", "day", "words"),
    [
        (
            [],
            0,
            "Nothing to review yet. A question comes back 2, 9 and 16 days after you first "
            "answer it.",
        ),
        (
            [("b1", 0, True), ("b2", 0, True), ("b3", 1, True)],
            1,
            "Nothing is due today: you are up to date. The next 2 come on 4 November 2026.",
        ),
        ([("b1", 0, True), ("b3", 0, True)], 2, "2 questions are due for review today."),
        (
            [("b1", 0, True), ("c1", 0, True), ("c3", 0, True), ("b3", 1, True)],
            2,
            "3 questions of 2 lessons are due for review today. "
            "The next one comes on 5 November 2026.",
        ),
        (
            [("b3", 0, True), ("b3", 20, True)],
            21,
            "Nothing is due today: you are up to date.",
        ),
        (
            [("b1", 0, True), ("b1", 20, True)],
            21,
            "Nothing is due today: you are up to date. 1 practice question of lessons that you "
            "have begun waits: run assessment.review(new=1) if you would like to go on.",
        ),
    ],
)
def test_what_is_due_in_words(
    queued: Callable[..., Queue], given: list[tuple[str, float, bool]], day: float, words: str
) -> None:
    assert review_words(queued(given, day)) == words


@pytest.fixture
def learner(folder: Path, bank: Bank) -> Book:
    """Five questions answered on the first day, and now it is the third."""
    own = Book(folder, now=lambda: DAY)
    for item_id in ("a1", "a2", "b1", "b2", "c1"):
        own.record(bank.item(item_id), ("a",), True)
    own.now = lambda: DAY + timedelta(days=2)
    return own


def review_of(own: Book, bank: Bank, most: int = 10, new: int = 0) -> Review:
    return make_review(queue(standings(bank.items, own.attempts()), own.now()), own, most, new)


def test_a_review_asks_what_is_due(learner: Book, bank: Bank) -> None:
    made = review_of(learner, bank)
    assert made.item_ids == ("a1", "b1", "c1", "a2", "b2")
    assert "5 questions of 3 lessons are due for review today. Here they are." in repr(made)


def test_a_review_does_not_show_the_answers_given_before(learner: Book, bank: Bank) -> None:
    made = review_of(learner, bank)
    assert made.quiz is not None
    assert made.quiz.answers == {}
    made.quiz.answer("a1", "b")
    assert set(made.quiz.answers) == {"a1"}


def test_no_more_than_asked_for_and_the_others_stay_due(learner: Book, bank: Bank) -> None:
    made = review_of(learner, bank, most=2)
    assert made.item_ids == ("a1", "b1")
    assert "Here are 2 of them; the others stay due." in made.words
    assert made.quiz is not None
    for item_id in made.item_ids:
        made.quiz.answer(item_id, "d")
    again = review_of(learner, bank, most=2)
    assert again.item_ids == ("a2", "b2")
    assert again.words.startswith("3 questions of 3 lessons are due")


def test_new_questions_come_after_those_that_are_due(learner: Book, bank: Bank) -> None:
    made = review_of(learner, bank, most=7, new=5)
    assert made.item_ids == ("a1", "b1", "c1", "a2", "b2", "a3", "b3")
    assert made.words.endswith("2 practice questions below, new to you.")
    assert review_of(learner, bank, most=5, new=5).item_ids == ("a1", "b1", "c1", "a2", "b2")


def test_an_answer_of_a_review_is_kept_and_takes_the_question_out(
    learner: Book, bank: Bank, folder: Path
) -> None:
    made = review_of(learner, bank)
    assert made.quiz is not None
    made.quiz.answer("a1", "d", "sure")  # the key of the pattern
    last = read_folder(folder).attempts[-1]
    assert (last.item_id, last.correct, last.confidence) == ("a1", True, "sure")
    assert "a1" not in review_of(learner, bank).item_ids


def test_after_the_last_one_nothing_is_due_and_that_is_said_kindly(
    learner: Book, bank: Bank
) -> None:
    made = review_of(learner, bank)
    assert made.quiz is not None
    for item_id in made.item_ids:
        made.quiz.answer(item_id, "d")
    after = review_of(learner, bank)
    assert after.quiz is None
    assert after.item_ids == ()
    assert after.words.startswith(
        "Nothing is due today: you are up to date. The next 5 come on 11 November 2026."
    )


def outputs(shown: Any) -> list[dict[str, Any]]:
    InteractiveShell.instance()
    with capture_output() as captured:
        shown._ipython_display_()
    return [output.data for output in captured.outputs]


def test_the_sentence_stands_above_the_questions(learner: Book, bank: Bank) -> None:
    made = review_of(learner, bank)
    sentence, *rest = outputs(made)
    assert "due for review today" in sentence["text/html"]
    assert any("application/vnd.jupyter.widget-view+json" in data for data in rest)


def test_nothing_due_shows_the_sentence_alone(folder: Path, bank: Bank) -> None:
    (only,) = outputs(review_of(Book(folder), bank))
    assert "Nothing to review yet." in only["text/html"]


@pytest.mark.parametrize(
    "sizes", [{"most": 0}, {"most": -1}, {"most": 2.5}, {"most": True}, {"most": "3"}, {"new": -1}]
)
def test_a_size_that_is_none_says_what_was_expected(folder: Path, sizes: dict[str, Any]) -> None:
    with pytest.raises(ReviewSizeError, match=r"expected a whole number .*review\(most=10\)"):
        assessment.review(**sizes)


def test_a_review_of_the_course(folder: Path) -> None:
    own = assessment.book()
    own.now = lambda: DAY
    first, other = assessment.items(lesson="types")[0], assessment.items(lesson="start-here")[0]
    for item in (first, other):
        own.record(item, (item.key[0].option_id,), True)
    assert assessment.review().item_ids == ()
    own.now = lambda: DAY + timedelta(days=2)
    assert set(assessment.review().item_ids) == {first.item_id, other.item_id}


def test_the_first_cell_of_a_lesson_says_how_many_are_due(folder: Path) -> None:
    own = assessment.book()
    own.now = lambda: DAY
    first = assessment.items(lesson="types")[0]
    own.record(first, (first.key[0].option_id,), True)
    assert "The next one comes on 4 November 2026." in started()
    own.now = lambda: DAY + timedelta(days=2)
    html = started()
    assert "Reviews: 1 question is due for review today." in html
    assert "run assessment.review()" in html
    assert "1 right at the first try" in html


def started() -> str:
    InteractiveShell.instance()
    with capture_output() as captured:
        assessment.start("types")
    return " ".join(output.data.get("text/html", "") for output in captured.outputs)
