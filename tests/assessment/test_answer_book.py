"""The learner's book when the disk is full, the folder read-only, the hub shared."""

import errno
import os
import resource
import threading
from collections.abc import Callable
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import IO

import pytest
from attempt_samples import attempt, line, ordinary_user

from calcinosis_data.course.assessment import answer_book, places
from calcinosis_data.course.assessment.answer_book import Book, append, book
from calcinosis_data.course.assessment.attempts import (
    CONFIDENCE,
    LARGEST_ORDER,
    ConfidenceError,
    read_folder,
)
from calcinosis_data.course.assessment.item_bank import Item

Fault = Callable[[], None]


@pytest.fixture
def disk_full(monkeypatch: pytest.MonkeyPatch) -> Fault:
    """A disk that takes ten more bytes and then says that it is full."""

    def write(file: FileIO, content: bytes) -> None:
        file.write(content[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(answer_book, "_write", write)
    return monkeypatch.undo


def test_an_answer_is_on_disk_at_once(own_book: Book, folder: Path, high_phosphate: Item) -> None:
    kept = own_book.record(high_phosphate, ("b",), True)
    assert read_folder(folder).attempts == (kept,)
    assert own_book.notice == ""


def test_a_full_disk_stops_no_lesson_and_loses_nothing(
    disk_full: Fault, own_book: Book, folder: Path, high_phosphate: Item
) -> None:
    for option_id in "ca":
        own_book.record(high_phosphate, (option_id,), False)
    assert [one.response for one in own_book.attempts()] == [("c",), ("a",)]
    assert "2 answers are not on disk yet" in own_book.notice
    assert "No space left on device" in own_book.notice
    assert not own_book.save()

    disk_full()  # somebody made room
    own_book.record(high_phosphate, ("b",), True)
    assert own_book.notice == ""
    reading = read_folder(folder)
    assert [one.response[0] for one in reading.attempts] == ["c", "a", "b"]
    assert reading.damaged == ()


def test_a_device_that_is_full_says_so() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this machine")
    with pytest.raises(OSError, match="No space left"):
        append(Path("/dev/full"), b"{}\n")


def test_a_disk_that_takes_half_a_line_and_no_more(
    own_book: Book, folder: Path, high_phosphate: Item
) -> None:
    kept = own_book.record(high_phosphate, ("a",), False)
    (path,) = folder.glob("answers-*")
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 50, hard))  # a real refusal
    try:
        own_book.record(high_phosphate, ("b",), True)
        assert path.read_bytes() == kept.to_line()
        assert "1 answer is not on disk yet" in own_book.notice
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert own_book.save()
    assert [one.response for one in read_folder(folder).attempts] == [("a",), ("b",)]
    assert read_folder(folder).damaged == ()


def test_half_a_line_is_taken_back(disk_full: Fault, folder: Path) -> None:
    path = folder / "answers-0.jsonl"
    with pytest.raises(OSError, match="No space left"):
        append(path, b'{"format": 1, "and": "more"}\n')
    assert path.read_bytes() == b""


def test_a_disk_that_notices_late_is_believed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, own_book: Book, high_phosphate: Item
) -> None:
    def full(_fileno: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    own_book.record(high_phosphate, ("b",), True)
    assert "1 answer is not on disk yet" in own_book.notice
    assert len(own_book.attempts()) == 1
    monkeypatch.undo()
    assert own_book.save()
    assert len(read_folder(folder).attempts) == 1


@pytest.mark.parametrize("refusal", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM])
def test_a_network_drive_that_cannot_write_through(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    own_book: Book,
    high_phosphate: Item,
    refusal: int,
) -> None:
    def refuse(_fileno: int) -> None:
        raise OSError(refusal, os.strerror(refusal))

    monkeypatch.setattr(os, "fsync", refuse)
    for option_id in "abc":
        own_book.record(high_phosphate, (option_id,), False)
    assert own_book.notice == ""
    assert [one.response[0] for one in read_folder(folder).attempts] == ["a", "b", "c"]
    (path,) = folder.glob("answers-*")
    assert path.read_bytes().count(b"\n") == 3  # each once: nothing was taken for unsaved


def test_nothing_is_locked_and_each_session_has_a_file_of_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch, high_phosphate: Item
) -> None:
    import fcntl

    def refuse(*_args: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    monkeypatch.setattr(fcntl, "lockf", refuse)
    monkeypatch.setattr(os, "link", refuse)
    sessions = [Book(folder) for _ in range(3)]
    for session in sessions * 2:
        session.record(high_phosphate, ("a",), False)
    assert [session.notice for session in sessions] == [""] * 3
    assert [len(path.read_bytes().splitlines()) for path in folder.glob("answers-*")] == [2, 2, 2]


def test_a_folder_that_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, high_phosphate: Item
) -> None:
    (tmp_path / "my-answers").write_text("a file in the way")
    in_the_way = Book(tmp_path / "my-answers")
    in_the_way.record(high_phosphate, ("b",), True)
    assert len(in_the_way.attempts()) == 1
    assert "cannot be written" in in_the_way.notice

    (tmp_path / "my-answers").unlink()
    assert in_the_way.save()
    assert len(read_folder(tmp_path / "my-answers").attempts) == 1


def test_a_read_only_folder(high_phosphate: Item) -> None:
    with ordinary_user() as home:
        folder = home / "my-answers"
        own_book = Book(folder)
        own_book.record(high_phosphate, ("a",), True)
        folder.chmod(0o500)
        later = Book(folder)  # a kernel that has no file there yet
        later.record(high_phosphate, ("b",), True)
        assert [one.response for one in later.attempts()] == [("a",), ("b",)]
        assert "Permission denied" in later.notice
        folder.chmod(0o700)
        assert later.save()
        assert len(read_folder(folder).attempts) == 2
        assert later.notice == ""


@pytest.mark.parametrize("mode", [0o000, 0o300, 0o600])
def test_a_folder_that_may_not_be_looked_into_is_named(mode: int, high_phosphate: Item) -> None:
    with ordinary_user() as home:
        folder = home / "my-answers"
        Book(folder).record(high_phosphate, ("a",), True)
        folder.chmod(mode)
        later = Book(folder)
        assert later.attempts() == ()
        assert "(Permission denied)" in later.notice
        later.record(high_phosphate, ("b",), True)
        folder.chmod(0o700)
        assert later.save()
        assert {one.response for one in later.attempts()} == {("a",), ("b",)}


def test_a_course_folder_above_that_may_not_be_looked_into(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CALCINOSIS_HOME", "")
    monkeypatch.setenv("JUPYTER_DATA_DIR", "/data")
    places.answers_folder()  # imports what it needs, which an ordinary user may not
    here = Path.cwd()
    with ordinary_user() as home:
        (home / "course").mkdir()
        os.chdir(home / "course")
        home.chmod(0o000)
        try:
            assert places.answers_folder() == Path("/data/calcinosis/my-answers")
        finally:
            os.chdir(here)


def test_a_read_only_disk(
    folder: Path, monkeypatch: pytest.MonkeyPatch, high_phosphate: Item
) -> None:
    def read_only(*_args: object, **_options: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "mkdir", read_only)
    kept = Book(folder)
    kept.record(high_phosphate, ("b",), True)
    assert kept.learner_id.startswith("learner-")
    assert "Read-only file system" in kept.notice
    assert len(kept.attempts()) == 1


def test_a_folder_removed_under_the_kernel_is_made_again(
    own_book: Book, folder: Path, high_phosphate: Item
) -> None:
    own_book.record(high_phosphate, ("a",), False)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    own_book.record(high_phosphate, ("b",), True)
    assert [one.response for one in read_folder(folder).attempts] == [("b",)]


def test_threads_lose_nothing(own_book: Book, folder: Path, high_phosphate: Item) -> None:
    def answer() -> None:
        for _ in range(10):
            own_book.record(high_phosphate, ("b",), True)

    threads = [threading.Thread(target=answer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.order for one in read_folder(folder).attempts) == list(range(1, 41))


def test_the_latest_answer_to_this_version(
    own_book: Book, high_phosphate: Item, changed: Callable[..., Item]
) -> None:
    own_book.record(high_phosphate, ("a",), False)
    own_book.record(high_phosphate, ("b",), True)
    latest = own_book.latest(high_phosphate)
    assert latest is not None
    assert latest.response == ("b",)
    assert own_book.latest(changed(version=2)) is None


def test_a_folder_is_one_learner_whoever_answered(folder: Path, high_phosphate: Item) -> None:
    Book(folder).record(high_phosphate, ("a",), False)
    (folder / "learner-id.txt").unlink()  # tidied away by hand
    assert len(Book(folder).attempts()) == 1


def test_on_a_shared_folder_of_a_hub_each_sees_the_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch, high_phosphate: Item
) -> None:
    for user in ("ada", "bo"):
        monkeypatch.setenv("JUPYTERHUB_USER", user)
        Book(folder).record(high_phosphate, ("b",), True)
    assert {one.learner_id for one in Book(folder).attempts()} == {"bo"}
    assert not (folder / "learner-id.txt").exists()


def test_answers_brought_to_a_hub_are_still_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch, high_phosphate: Item
) -> None:
    Book(folder).record(high_phosphate, ("a",), False)
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")
    on_hub = Book(folder)
    on_hub.record(high_phosphate, ("b",), True)
    assert [one.response[0] for one in on_hub.attempts()] == ["a", "b"]


def test_a_session_has_one_book_for_each_folder(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert book() is book()
    assert book().folder == folder
    monkeypatch.setenv("CALCINOSIS_HOME", str(tmp_path / "other"))
    assert book().folder == tmp_path / "other" / "my-answers"


def test_the_course_folder_around_the_notebook_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CALCINOSIS_HOME", raising=False)
    (tmp_path / ".calcinosis").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    assert places.answers_folder() == tmp_path / "my-answers"


def test_without_a_course_folder_jupyter_s_own_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALCINOSIS_HOME", "")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    assert places.answers_folder() == tmp_path / "data" / "calcinosis" / "my-answers"


def test_a_working_directory_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CALCINOSIS_HOME", raising=False)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(Path, "cwd", _gone)
    assert places.answers_folder() == tmp_path / "data" / "calcinosis" / "my-answers"


def _gone() -> Path:
    raise FileNotFoundError(2, "No such file or directory")


@pytest.mark.parametrize("left", ["", "   \n"])
def test_an_id_file_left_empty_by_a_kill_is_filled(folder: Path, left: str) -> None:
    folder.mkdir(parents=True)
    (folder / "learner-id.txt").write_text(left)
    first = Book(folder).learner_id
    assert first.startswith("learner-")
    assert Book(folder).learner_id == first
    assert [path.name for path in folder.iterdir()] == ["learner-id.txt"]


@pytest.mark.parametrize("confidence", [None, *CONFIDENCE])
def test_how_sure_the_learner_was_is_kept(
    own_book: Book, folder: Path, high_phosphate: Item, confidence: str | None
) -> None:
    own_book.record(high_phosphate, ("b",), True, confidence)
    assert [one.confidence for one in read_folder(folder).attempts] == [confidence]


def test_a_wrong_degree_of_being_sure_names_the_nearest(
    own_book: Book, folder: Path, high_phosphate: Item
) -> None:
    with pytest.raises(ConfidenceError, match=r"Did you mean 'fairly sure'\? Say: guess"):
        own_book.record(high_phosphate, ("b",), True, "fairly_sure")
    assert read_folder(folder).attempts == ()


@pytest.mark.parametrize(
    ("response", "kept"),
    [
        ("b", ("b",)),  # one best answer, given plainly
        (["a", "c"], ("a", "c")),  # several
        (["a=normal", "b=high"], ("a=normal", "b=high")),  # matching
        (["c", "a", "b"], ("c", "a", "b")),  # ordering
        (["12,5 %"], ("12,5 %",)),  # a number as typed
        ([""], ("",)),
        ([], ()),
        (["\ud800"], ("\ud800",)),  # half a character, as a browser may send
    ],
)
def test_an_answer_to_any_kind_of_question_is_read_back(
    own_book: Book, folder: Path, high_phosphate: Item, response: list[str], kept: tuple[str, ...]
) -> None:
    own_book.record(high_phosphate, response, False)
    assert [one.response for one in read_folder(folder).attempts] == [kept]


def test_a_line_with_the_largest_number_makes_no_later_answer_unreadable(
    own_book: Book, folder: Path, high_phosphate: Item
) -> None:
    append(folder / "answers-0.jsonl", attempt(LARGEST_ORDER).to_line())
    for option_id in "ab":
        own_book.record(high_phosphate, (option_id,), False)
    assert len(read_folder(folder).attempts) == 3
    assert own_book.notice == ""


def test_a_file_erased_while_the_folder_is_read_is_no_damage(
    own_book: Book, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_path: Path) -> bytes:
        raise FileNotFoundError(2, "No such file or directory")

    append(folder / "answers-0.jsonl", line())
    monkeypatch.setattr(Path, "read_bytes", gone)
    assert own_book.attempts() == ()
    assert own_book.notice == ""


def test_an_id_that_the_disk_did_not_take_is_taken_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True)
    real = Path.open

    def open_full(path: Path, mode: str = "r", **options: str) -> IO[str]:
        if mode != "x":
            return real(path, mode, **options)  # type: ignore[call-overload, no-any-return]
        path.touch()
        return real(Path("/dev/full"), "w", **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(Path, "open", open_full)
    with suppress(OSError):  # closing the full device complains once more
        assert places.folder_id(folder, offer="learner-1") is None
    assert list(folder.iterdir()) == []
