"""Answers on disk: what is written is read again, whatever else lies in the folder."""

import os
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from attempt_samples import NOW, attempt, attempts, line
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calcinosis_data.course.assessment.answer_book import Book, append
from calcinosis_data.course.assessment.attempts import Attempt, parse, read_folder
from calcinosis_data.course.assessment.item_bank import Item

unhurried = settings(deadline=None)  # a busy machine is no failure


@settings(unhurried)
@given(attempts)
def test_what_is_written_is_read(one: Attempt) -> None:
    assert parse(one.to_line(), "f").attempts == (one,)


@settings(unhurried)
@given(attempts, st.integers(1))
def test_a_torn_last_line_is_counted_and_the_others_are_there(one: Attempt, cut: int) -> None:
    whole = attempt().to_line()
    torn = one.to_line()[: -2 - cut % (len(one.to_line()) - 2)]
    reading = parse(whole + torn, "answers-1.jsonl")
    assert reading.attempts == (attempt(),)
    assert reading.damaged == (("answers-1.jsonl line 2",) if torn.strip() else ())


@pytest.mark.parametrize(
    "bad",
    [
        b"[" * 100000,
        b"\x00" * 50,
        b"\xff\xfe",
        b"null",
        b"1" * 5000,
        line(order=-1),
        line(order=2**60),
        line(order=True),
        line(item_version="1"),
        line(correct="yes"),
        line(response="b"),
        line(time="2026-11-23T09:00:00Z "),
        line(time=5),
        line(format="2"),
        line(format=None),
        line(time="0001-01-01T00:00:00+14:00"),
        line(confidence="high"),
        line(confidence=3),
        line(confidence=["sure"]),
        line(response=[5]),
        line(time="1969-12-31T23:59:00Z"),
        line(time="3000-01-01T00:00:00Z"),
        line(learner_id=""),
    ],
)
def test_a_damaged_line_is_counted(bad: bytes) -> None:
    reading = parse(attempt().to_line() + bad, "f")
    assert (reading.attempts, reading.damaged) == ((attempt(),), ("f line 2",))


def test_a_newer_format_is_kept_and_counted(own_book: Book, folder: Path) -> None:
    content = line(format=2, surprise=[1]) + line()
    append(folder / "answers-0.jsonl", content)
    reading = read_folder(folder)
    assert (len(reading.attempts), reading.newer, reading.damaged) == (1, 1, ())
    assert "1 answer was saved by a newer version" in own_book.notice
    assert (folder / "answers-0.jsonl").read_bytes() == content


def test_members_of_later_versions_are_passed_over() -> None:
    assert parse(line(seconds=12.5), "f").attempts == (attempt(),)


def test_an_answer_written_twice_counts_once(folder: Path) -> None:
    append(folder / "answers-0.jsonl", line())
    append(folder / "answers-1.jsonl", line())
    assert len(read_folder(folder).attempts) == 1


def test_what_is_no_answers_file_is_left_alone(folder: Path) -> None:
    append(folder / "answers-0.jsonl", line())
    (folder / "notes.jsonl").write_text("mine")
    (folder / "answers-dir.jsonl").mkdir()
    os.mkfifo(folder / "answers-pipe.jsonl")  # opening it would wait for ever
    (folder / "answers-gone.jsonl").symlink_to(folder / "nowhere")
    reading = read_folder(folder)
    assert (len(reading.attempts), reading.damaged) == (1, ())


def test_an_unreadable_file_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(folder / "answers-0.jsonl", line())
    monkeypatch.setattr(Path, "read_bytes", _denied)
    assert read_folder(folder).damaged == ("answers-0.jsonl (Permission denied)",)


def test_a_file_that_cannot_be_looked_at_hides_no_other(folder: Path) -> None:
    append(folder / "answers-0.jsonl", line())
    (folder / "answers-loop.jsonl").symlink_to(folder / "answers-loop.jsonl")
    reading = read_folder(folder)
    assert len(reading.attempts) == 1
    assert reading.damaged == ("answers-loop.jsonl (Too many levels of symbolic links)",)


def _denied(path: Path) -> bytes:
    raise PermissionError(13, "Permission denied")


def test_a_line_after_half_a_line_begins_anew(folder: Path) -> None:
    path = folder / "answers-0.jsonl"
    append(path, line())
    with path.open("ab") as file:
        file.write(b'{"format": 1, "att')
    append(path, attempt(2).to_line())
    reading = read_folder(folder)
    assert [one.order for one in reading.attempts] == [1, 2]
    assert reading.damaged == ("answers-0.jsonl line 2",)


def test_a_clock_going_backwards_keeps_the_order(folder: Path, high_phosphate: Item) -> None:
    for option_id, days in (("c", 0), ("a", 400), ("b", 800)):
        now = partial(NOW.__sub__, timedelta(days=days))
        Book(folder, now=now).record(high_phosphate, (option_id,), None)
    book = Book(folder)
    assert [one.response[0] for one in book.attempts()] == ["c", "a", "b"]
    assert [one.time.year for one in book.attempts()] == [2026, 2025, 2024]
    days = sorted(path.name.split("-")[1][:4] for path in folder.glob("answers-*"))
    assert days == ["2024", "2025", "2026"]  # a session's file is named by its clock, too


def test_two_sessions_at_once_see_each_other(folder: Path, high_phosphate: Item) -> None:
    first, second = Book(folder), Book(folder)
    for book, option_id in [(first, "a"), (second, "b"), (first, "c"), (second, "a")]:
        book.record(high_phosphate, (option_id,), None)
    assert [one.response[0] for one in first.attempts()] == ["a", "b", "c", "a"]
    assert first.attempts() == second.attempts()
    assert len(list(folder.glob("answers-*.jsonl"))) == 2
    assert first.learner_id == second.learner_id


@settings(unhurried, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc")), min_size=1, max_size=12))
def test_any_interleaving_of_sessions_is_read_in_order(
    tmp_path_factory: pytest.TempPathFactory, high_phosphate: Item, steps: list[tuple[int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("answers")
    books = [Book(folder) for _ in range(3)]
    for number, option_id in steps:
        books[number].record(high_phosphate, (option_id,), None)
    given_in_order = [option_id for _, option_id in steps]
    assert [one.response[0] for one in Book(folder).attempts()] == given_in_order
