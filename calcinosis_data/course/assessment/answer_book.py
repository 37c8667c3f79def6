"""The learner's own book of answers: it writes each answer at once and never loses one.

When a line cannot be written (full disk, read-only folder) the answer stays in memory, the
learner is told once, the lesson goes on, and the next answer tries again with all of them.
Nothing is locked: each session appends to a file of its own, which is safe on a network drive.
"""

import atexit
import errno
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from io import FileIO
from pathlib import Path
from secrets import token_hex
from uuid import uuid4

from calcinosis_data.course.assessment.attempts import (
    LARGEST_ORDER,
    Attempt,
    Reading,
    check_confidence,
    in_order,
    read_folder,
)
from calcinosis_data.course.assessment.erasing import erase_folder
from calcinosis_data.course.assessment.item_bank import Item
from calcinosis_data.course.assessment.places import (
    answers_folder,
    folder_id,
    folder_words,
    hub_user,
    new_learner_id,
)

# What a disk answers that cannot be asked to write through, as some network drives. The line is
# written all the same; a full or broken disk answers something else.
_CANNOT_SYNC = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}


def append(path: Path, lines: bytes) -> None:
    """Append whole lines to a file and hand them to the disk, or leave the file as it was.

    The file is opened for each answer: nothing stays in a buffer of ours when the kernel is
    killed, and a folder that was removed or mounted again meanwhile does no harm.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        try:
            _write(file, _on_new_line(file, size, lines))
            _sync(file)  # a network disk may say only here that it is full
        except BaseException:  # an interrupted kernel, too, must not leave half a line
            with suppress(OSError):
                file.truncate(size)
            raise


@dataclass
class Book:
    """A learner's answers: those on disk, merged over all sessions, and those of this one.

    Attributes
    ----------
    folder : pathlib.Path
        The folder for answers.
    now : callable
        The clock.
    """

    folder: Path
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    learner_id: str = field(default_factory=lambda: hub_user() or new_learner_id())
    _pending: list[Attempt] = field(default_factory=list, init=False, repr=False)
    _trouble: str = field(default="", init=False, repr=False)
    _read: dict[Path, tuple[object, Reading]] = field(default_factory=dict, init=False, repr=False)
    # The front end may run widget messages in a thread of their own.
    _lock: threading.RLock = field(default_factory=threading.RLock, init=False, repr=False)

    def __post_init__(self) -> None:
        """Name this session's file and agree with the folder on who the learner is."""
        stamp = self.now().astimezone(UTC).strftime("%Y%m%dT%H%M%S")
        self._file = self.folder / f"answers-{stamp}-{token_hex(3)}.jsonl"
        self._settle_learner()

    def _settle_learner(self) -> None:
        if hub_user() is None:
            self.learner_id = folder_id(self.folder, offer=self.learner_id) or self.learner_id

    def record(
        self,
        item: Item,
        response: str | Sequence[str],
        correct: bool | None,
        confidence: str | None = None,
    ) -> Attempt:
        """Keep one answer, on disk if that is possible.

        Parameters
        ----------
        item : Item
            The question.
        response : str or sequence of str
            What was answered, in the form that the kind of question has (see `attempts`), such
            as the ids of the options chosen.
        correct : bool or None
            Whether it is right; None where it was not scored.
        confidence : {"guess", "fairly sure", "sure"}, optional
            How sure the learner was, if asked.

        Returns
        -------
        Attempt
            The answer as it was kept.

        Raises
        ------
        ConfidenceError
            If there is no such degree of being sure; the message names the nearest one.
        """
        check_confidence(confidence)
        with self._lock:
            self._settle_learner()
            last = max((attempt.order for attempt in self.attempts()), default=0)
            attempt = Attempt(
                attempt_id=uuid4().hex,
                order=min(last + 1, LARGEST_ORDER),
                time=self.now(),
                learner_id=self.learner_id,
                lesson_id=item.lesson_id,
                item_id=item.item_id,
                item_version=item.version,
                response=(response,) if isinstance(response, str) else tuple(response),
                correct=correct,
                confidence=confidence,
            )
            self._pending.append(attempt)
            self.save()
            return attempt

    def save(self) -> bool:
        """Write what is still in memory only; say whether all is on disk."""
        with self._lock:
            if not self._pending:
                return True
            lines = b"".join(attempt.to_line() for attempt in self._pending)
            try:
                append(self._file, lines)
            except OSError as error:
                self._trouble = error.strerror or str(error)
                return False
            self._pending.clear()
            self._trouble = ""
            return True

    def attempts(self) -> tuple[Attempt, ...]:
        """Give all answers of this learner, of all sessions, the earliest first.

        Without a hub the folder is the learner: whatever lies in it was answered by the same
        person. On a hub a folder may be shared, so only the user's own answers count, and
        those of a folder that the user brought along.
        """
        with self._lock:
            merged = {attempt.attempt_id: attempt for attempt in self.on_disk().attempts}
            merged |= {attempt.attempt_id: attempt for attempt in self._pending}
        own = self._own_ids()
        mine = (one for one in merged.values() if own is None or one.learner_id in own)
        return tuple(sorted(mine, key=in_order))

    def erase(self) -> tuple[str, ...]:
        """Erase all answers of this learner, on disk and in memory, and the id of the folder.

        Returns
        -------
        tuple of str
            The files that could not be erased, each with the reason; none if all is gone.
        """
        with self._lock:
            left = erase_folder(self.folder, self._own_ids())
            self._pending.clear()
            self._read.clear()
            self._trouble = ""
            self.learner_id = hub_user() or new_learner_id()
            return left

    def _own_ids(self) -> frozenset[str] | None:
        """Give the ids whose answers are this learner's; None for all that the folder holds."""
        user = hub_user()
        return frozenset(filter(None, (user, folder_id(self.folder)))) if user else None

    def latest(self, item: Item) -> Attempt | None:
        """Give the last answer to this version of a question."""
        of_item = [
            attempt
            for attempt in self.attempts()
            if (attempt.item_id, attempt.item_version) == (item.item_id, item.version)
        ]
        return of_item[-1] if of_item else None

    @property
    def notice(self) -> str:
        """What the learner should know about the state of the answers; empty if all is well."""
        if self._pending:
            return _not_saved(len(self._pending), folder_words(self.folder), self._trouble)
        reading = self.on_disk()
        return " ".join(filter(None, [_damaged(reading.damaged), _newer(reading.newer)]))

    def on_disk(self) -> Reading:
        """Read the folder: the answers of all sessions, and what could not be read."""
        return read_folder(self.folder, self._read)


def book() -> Book:
    """Give the book of this session, always the same one for one folder and learner."""
    return _book(answers_folder(), hub_user())


@cache
def _book(folder: Path, user: str | None) -> Book:  # noqa: ARG001  (the user is part of the key)
    opened = Book(folder)
    atexit.register(opened.save)
    return opened


def _sync(file: FileIO) -> None:
    try:
        os.fsync(file.fileno())
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise


def _on_new_line(file: FileIO, size: int, lines: bytes) -> bytes:
    """Put a line end first if the file ends in half a line that could not be taken back."""
    if not size:
        return lines
    file.seek(-1, os.SEEK_END)
    return lines if file.read(1) == b"\n" else b"\n" + lines


def _write(file: FileIO, content: bytes) -> None:
    left = memoryview(content)
    while left:
        written = file.write(left)
        if not written:
            raise OSError(None, "the disk took nothing")
        left = left[written:]


def _not_saved(count: int, folder: str, trouble: str) -> str:
    answers = "1 answer is" if count == 1 else f"{count} answers are"
    return (
        f"{answers} not on disk yet: {folder} cannot be written ({trouble}). You can go on. "
        "Nothing is lost while this notebook keeps running, and each further answer tries to "
        "save all of them again."
    )


def _damaged(places: tuple[str, ...]) -> str:
    if not places:
        return ""
    lines = "1 saved answer" if len(places) == 1 else f"{len(places)} saved answers"
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return (
        f"{lines} could not be read ({', '.join(places[:3])}{more}), perhaps because saving was "
        "cut short. All others are here."
    )


def _newer(count: int) -> str:
    if not count:
        return ""
    lines = "1 answer was" if count == 1 else f"{count} answers were"
    return (
        f"{lines} saved by a newer version of the course: kept, but not shown here. "
        "Update calcinosis-data to see them."
    )
