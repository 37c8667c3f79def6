"""Answers given, as lines of JSON: the format, and reading a folder of them.

A learner's answers lie in one folder, in files named ``answers-….jsonl``: one file for each
kernel session, so that two sessions never write to the same file. A file is only ever
appended to. Each line is one attempt, a JSON object with these members (format 1):

=============== ==================================================================
format          1, the version of this table
attempt_id      unique id of the attempt
order           whole number, one more than the largest that the session knew of;
                puts attempts in order even where a clock was wrong
time            when, UTC, ISO 8601
learner_id      the hub's user name, or the id of the folder
lesson_id       lesson of the item
item_id         the item
item_version    its version: an answer to an older version is not the same answer
response        list of texts: ids of the options chosen; for ordering the ids in the
                order given, for matching pairs such as "a=normal", for a number the
                number as typed
correct         true, false, or null where it was not scored
confidence      null or left out where it was not asked, or how sure the learner was:
                "guess", "fairly sure" or "sure"
=============== ==================================================================

Members that are not in the table are kept for later versions and ignored. A version that
adds such a member keeps the format; one that changes what a member means counts it up, and
a line of a later format is counted and left alone, never guessed at. Reading never fails: a
line that cannot be read is counted, and the others are there. The same attempt in two files
is one attempt.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from stat import S_ISREG
from typing import Any

from calcinosis_data.errors import CalcinosisError, did_you_mean

FORMAT = 1
PATTERN = "answers-*.jsonl"
LARGEST_ORDER = 2**53 - 1  # what every JSON reader can hold
SURE = "sure"
CONFIDENCE = ("guess", "fairly sure", SURE)
"""How sure a learner may say to be, from least to most."""

# On some machines a time that they cannot place is an OSError.
_FAULTS = (ValueError, KeyError, TypeError, OverflowError, RecursionError, OSError)
_YEARS = range(1970, 3000)  # a clock may be wrong, but dates have to stay reckonable


class NewerFormatError(ValueError):
    """The line was written by a later version of the course."""


class ConfidenceError(CalcinosisError, ValueError):
    """There is no such degree of being sure."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer to one question, as it was given; the module's table says what is what."""

    attempt_id: str
    order: int
    time: datetime
    learner_id: str
    lesson_id: str
    item_id: str
    item_version: int
    response: tuple[str, ...]
    correct: bool | None
    confidence: str | None = None

    def to_line(self) -> bytes:
        """Write the attempt as one line, line end included."""
        members = asdict(self) | {"time": self.time.astimezone(UTC).isoformat()}
        return json.dumps({"format": FORMAT, **members}).encode("ascii") + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> "Attempt":
        """Read one line; any fault is a ValueError."""
        try:
            return _attempt(json.loads(line))
        except NewerFormatError:
            raise
        except _FAULTS as error:
            raise ValueError(f"not an answer: {error}") from None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder of answers, or one file of it, holds."""

    attempts: tuple[Attempt, ...] = ()
    damaged: tuple[str, ...] = ()
    newer: int = 0


def check_confidence(confidence: str | None) -> str | None:
    """Give back a degree of being sure, or say which there are.

    Examples
    --------
    >>> check_confidence("sure")
    'sure'
    >>> check_confidence("fairly shure")
    Traceback (most recent call last):
        ...
    calcinosis_data.course.assessment.attempts.ConfidenceError: no confidence 'fairly shure'. \
Did you mean 'fairly sure'? Say: guess, fairly sure, sure
    """
    if confidence is not None and confidence not in CONFIDENCE:
        problem = f"no confidence {confidence!r}"
        raise ConfidenceError(did_you_mean(problem, confidence, CONFIDENCE, "Say"))
    return confidence


def read_folder(folder: Path, cache: dict[Path, tuple[object, Reading]] | None = None) -> Reading:
    """Read all answers of a folder, the earliest first, each one once.

    Parameters
    ----------
    folder : pathlib.Path
        The folder for answers; it need not exist.
    cache : dict, optional
        Kept between calls, it saves reading files again that did not change.

    Returns
    -------
    Reading
        The attempts in order, the places that could not be read, and how many lines a later
        version of the course wrote.
    """
    cache = {} if cache is None else cache
    try:
        readings = [_cached(path, cache) for path in answer_files(folder)]
    except OSError as error:
        return Reading(damaged=(f"{folder.name} ({error.strerror})",))
    merged = {attempt.attempt_id: attempt for reading in readings for attempt in reading.attempts}
    return Reading(
        tuple(sorted(merged.values(), key=in_order)),
        tuple(place for reading in readings for place in reading.damaged),
        sum(reading.newer for reading in readings),
    )


def in_order(attempt: Attempt) -> tuple[int, datetime, str]:
    """Sort key that puts attempts in the order they were made."""
    return attempt.order, attempt.time, attempt.attempt_id


def parse(content: bytes, name: str) -> Reading:
    """Read the lines of one file.

    Examples
    --------
    >>> parse(b'{"format": 1, "attempt', "answers-1.jsonl").damaged
    ('answers-1.jsonl line 1',)
    """
    attempts, damaged, newer = [], [], 0
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            attempts.append(Attempt.from_line(line))
        except NewerFormatError:
            newer += 1
        except ValueError:
            damaged.append(f"{name} line {number}")
    return Reading(tuple(attempts), tuple(damaged), newer)


def answer_files(folder: Path) -> list[Path]:
    """List the files of answers in a folder, in the order of their names.

    Parameters
    ----------
    folder : pathlib.Path
        The folder for answers; if there is none there are no files.

    Returns
    -------
    list of pathlib.Path
        Plain files only: a pipe is never opened, for that would wait.

    Raises
    ------
    OSError
        If the folder may not be looked into.

    Examples
    --------
    >>> answer_files(Path("no-such-folder"))
    []
    """
    try:
        found = sorted(folder.iterdir())  # unlike glob it says when it may not look
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [path for path in found if fnmatchcase(path.name, PATTERN) and not _is_other(path)]


def _is_other(path: Path) -> bool:
    """Tell what is no file; a file that may not be looked at is said to be unreadable later."""
    try:
        return not S_ISREG(path.stat().st_mode)
    except FileNotFoundError:  # gone meanwhile, or a link to nowhere
        return True
    except OSError:
        return False


def _cached(path: Path, cache: dict[Path, tuple[object, Reading]]) -> Reading:
    try:
        stat = path.stat()
        mark = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
        if path not in cache or cache[path][0] != mark:
            cache[path] = (mark, parse(path.read_bytes(), path.name))
    except FileNotFoundError:  # erased between listing and reading
        return Reading()
    except OSError as error:
        return Reading(damaged=(f"{path.name} ({error.strerror})",))
    return cache[path][1]


def _attempt(raw: Any) -> Attempt:
    written = raw["format"]
    if not _whole(written) or written < 1:
        raise ValueError("format is not the number of a format")
    if written > FORMAT:
        raise NewerFormatError(f"format {written}")
    attempt = Attempt(
        attempt_id=_text(raw["attempt_id"]),
        order=raw["order"],
        time=datetime.fromisoformat(raw["time"]).astimezone(UTC),
        learner_id=_text(raw["learner_id"]),
        lesson_id=_text(raw["lesson_id"]),
        item_id=_text(raw["item_id"]),
        item_version=raw["item_version"],
        response=tuple(_string(part) for part in _list(raw["response"])),
        correct=raw["correct"],
        confidence=check_confidence(raw.get("confidence")),
    )
    _check(attempt)
    return attempt


def _check(attempt: Attempt) -> None:
    if not (_whole(attempt.order) and 0 <= attempt.order <= LARGEST_ORDER):
        raise ValueError("order is not a whole number in range")
    if not _whole(attempt.item_version):
        raise ValueError("item_version is not a whole number")
    if attempt.correct is not None and not isinstance(attempt.correct, bool):
        raise ValueError("correct is neither true, false nor null")
    if attempt.time.year not in _YEARS:
        raise ValueError("time is no date of a clock")


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _text(value: object) -> str:
    if not _string(value):
        raise ValueError("an id is empty")
    return str(value)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not text")
    return value


def _list(value: object) -> Iterable[object]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not a list")
    return value
