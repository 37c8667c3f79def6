"""Whatever lies in the folder: reading never fails, and no good line is lost."""

import json
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from attempt_samples import NOW, attempt, attempts, distinct_attempts, line
from hypothesis import given, settings
from hypothesis import strategies as st

from calcinosis_data.course.assessment.attempts import (
    Attempt,
    Reading,
    in_order,
    parse,
    read_folder,
)
from calcinosis_data.course.assessment.item_bank import Bank, Item, items
from calcinosis_data.course.assessment.mastery import mastery
from calcinosis_data.course.assessment.own_data import answers_table
from calcinosis_data.course.assessment.review import queue, review_words
from calcinosis_data.course.assessment.standing import date_words, progress_words, standings

unhurried = settings(deadline=None)  # a busy machine is no failure
MEMBERS = [*json.loads(line()), "surprise"]

pieces = st.sampled_from(
    [line(), line()[:-1], line()[:40], line()[40:], line(format=2), b"\n", b'"']
)
near_lines = st.lists(pieces | st.binary(max_size=20), max_size=12).map(b"".join)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    # What looks right at first sight, and the ends of what can be reckoned.
    | st.sampled_from([2**53 - 1, 2**53, -1, 0, 2, "sure", "\ud800", ["a=b"], ["\ud800", ""]]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def bank() -> Bank:
    """A bank that has the one question which the samples answer."""
    return Bank(items()[:1])


def read(*contents: bytes) -> Reading:
    """Read files of those contents."""
    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(contents):
            (Path(folder) / f"answers-{number}.jsonl").write_bytes(content)
        return read_folder(Path(folder))


def written(ones: list[Attempt]) -> bytes:
    return b"".join(one.to_line() for one in ones)


def lines_of(content: bytes) -> list[bytes]:
    return [one for one in content.split(b"\n") if one.strip()]


def once_each(ones: list[Attempt]) -> tuple[Attempt, ...]:
    return tuple(sorted({one.attempt_id: one for one in ones}.values(), key=in_order))


@unhurried
@given(st.lists(st.binary(max_size=300) | near_lines, max_size=4))
def test_any_bytes_are_read_and_every_line_is_accounted_for(contents: list[bytes]) -> None:
    reading = read(*contents)
    assert len(reading.attempts) <= sum(len(lines_of(content)) for content in contents)
    for content in contents:
        one = parse(content, "f")
        assert len(one.attempts) + len(one.damaged) + one.newer == len(lines_of(content))


@unhurried
@given(distinct_attempts, near_lines, distinct_attempts)
def test_no_rubbish_between_lines_costs_a_line(
    before: list[Attempt], rubbish: bytes, after: list[Attempt]
) -> None:
    content = written(before) + rubbish + b"\n" + written(after)
    found = parse(content, "f").attempts
    assert [one for one in found if one in before][: len(before)] == before
    assert set(after) <= set(found)


@unhurried
@given(distinct_attempts, st.data())
def test_a_file_cut_anywhere_keeps_all_lines_before_the_cut(
    ones: list[Attempt], data: st.DataObject
) -> None:
    content = written(ones)
    cut = data.draw(st.integers(0, len(content)))
    whole = content[:cut].count(b"\n")
    reading = parse(content[:cut], "f")
    assert list(reading.attempts[:whole]) == ones[:whole]
    assert len(reading.attempts) + len(reading.damaged) <= whole + 1


@unhurried
@given(distinct_attempts.filter(bool), st.data())
def test_a_changed_byte_costs_only_the_lines_it_stands_in(
    ones: list[Attempt], data: st.DataObject
) -> None:
    content = bytearray(written(ones))
    place = data.draw(st.integers(0, len(content) - 1))
    first = content[:place].count(b"\n")
    hit = {first, first + 1} if content[place] == ord("\n") else {first}
    content[place] = data.draw(st.integers(0, 255))
    found = parse(bytes(content), "f").attempts
    assert {one for number, one in enumerate(ones) if number not in hit} <= set(found)


@unhurried
@given(distinct_attempts, st.data())
def test_shuffled_and_repeated_lines_over_several_files_are_read_once_and_in_order(
    ones: list[Attempt], data: st.DataObject
) -> None:
    more = data.draw(st.lists(st.sampled_from(ones), max_size=6)) if ones else []
    mixed = data.draw(st.permutations(ones + more))
    cut = data.draw(st.integers(0, len(mixed)))
    reading = read(written(mixed[:cut]), written(mixed[cut:]), written(more))
    assert reading.attempts == once_each(ones)
    assert reading.damaged == ()


@unhurried
@given(distinct_attempts)
def test_other_line_ends_and_a_byte_order_mark_cost_nothing(ones: list[Attempt]) -> None:
    edited = b"\xef\xbb\xbf" + written(ones).replace(b"\n", b"\r\n")  # an editor on Windows
    assert list(parse(edited, "f").attempts) == ones


ENDS = ["0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
ENDS += ["9999-12-31T23:59:59Z", "2999-12-31T23:59:59Z", "1970-01-01T00:00:00Z"]
dates = st.datetimes(timezones=st.none() | st.timezones()).map(datetime.isoformat)
any_changes = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(MEMBERS, json_values)
    | {"time": json_values | dates | st.sampled_from(ENDS), "order": json_values | st.integers()},
)
left_out = st.just([]) | st.lists(st.sampled_from(MEMBERS), max_size=2)
few_changes = st.sampled_from(ENDS).map(lambda time: {"time": time})


def some_lines(changed: list[dict[str, object]], missing: list[str]) -> Iterator[bytes]:
    for number, change in enumerate(changed):
        members = json.loads(line(number)) | change
        kept = {name: value for name, value in members.items() if name not in missing}
        yield json.dumps(kept).encode() + b"\n"


@unhurried
@given(st.lists(few_changes | any_changes, max_size=4), left_out)
def test_any_member_may_be_wrong_or_missing(
    bank: Bank, changed: list[dict[str, object]], missing: list[str]
) -> None:
    content = b"".join(some_lines(changed, missing))
    reading = parse(content, "f")
    assert len(reading.attempts) + len(reading.damaged) + reading.newer == len(changed)
    for one in reading.attempts:  # what was read can be written and read again
        assert parse(one.to_line(), "f").attempts == (one,)
    everything_made_of(reading, bank)


@unhurried
@given(st.lists(attempts, max_size=8))
def test_whatever_was_read_can_be_shown(bank: Bank, ones: list[Attempt]) -> None:
    everything_made_of(Reading(tuple(ones)), bank)


def everything_made_of(reading: Reading, bank: Bank) -> None:
    """Make all that the course makes of answers; any date, id and text must do."""
    (item,) = bank.items
    ones = [
        Attempt.from_line(json.dumps(json.loads(one.to_line()) | _asked(item)).encode())
        for one in sorted(reading.attempts, key=in_order)
    ]
    found = standings(bank.items, ones)
    assert progress_words(found, NOW)
    assert [one.next_review for one in found if one.answered and not one.right_now] != [None]
    assert review_words(queue(found, NOW))
    assert mastery(ones, bank)["answered"].sum() == bool(ones)
    assert answers_table(ones)["attempt_id"].nunique() == len({one.attempt_id for one in ones})
    assert all(date_words(one.time) for one in ones)


def _asked(item: Item) -> dict[str, object]:
    return {"item_id": item.item_id, "item_version": item.version}


@pytest.mark.parametrize("format_", [0, -1, True, 1.0, "1", None, [], 2, 99])
def test_a_line_of_no_format_or_a_later_one_is_never_guessed_at(format_: object) -> None:
    reading = parse(line(format=format_) + attempt(2).to_line(), "f")
    assert reading.attempts == (attempt(2),)
    later = isinstance(format_, int) and format_ > 1
    assert (reading.newer, len(reading.damaged)) == ((1, 0) if later else (0, 1))
