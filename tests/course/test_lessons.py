"""The course folder: what a refresh does to untouched, run, edited, removed and foreign files."""

import errno
import json
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from calcinosis_data.course import lessons
from calcinosis_data.course._handout import fingerprint

LESSON = "02_types.ipynb"
BESIDE = "02_types_new-version.ipynb"


def notebook(*sources: str, outputs: tuple[str, ...] = ()) -> bytes:
    cells = [
        {"cell_type": "code", "metadata": {}, "source": source, "outputs": list(outputs)}
        for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course folder with one lesson in its first version."""
    made = tmp_path / "course"
    lessons.refresh(made, {LESSON: notebook("first")})
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".calcinosis" not in path.parts
    }


def test_a_new_folder_gets_every_lesson(tmp_path: Path) -> None:
    files = {LESSON: notebook("a"), "exercises/types/types.ipynb": notebook("b")}
    done = lessons.refresh(tmp_path / "new" / "course", files)
    assert contents(done.folder) == files
    assert done.first_lesson == LESSON
    assert done.news == ()


def test_an_untouched_lesson_is_brought_up_to_date(folder: Path) -> None:
    done = lessons.refresh(folder, {LESSON: notebook("second")})
    assert contents(folder) == {LESSON: notebook("second")}
    assert done.news == (f"{LESSON}: new version",)


def test_a_lesson_that_was_run_is_left_alone_while_there_is_nothing_new(folder: Path) -> None:
    run = notebook("first", "", outputs=("2",))
    (folder / LESSON).write_bytes(run)
    done = lessons.refresh(folder, {LESSON: notebook("first")})
    assert contents(folder) == {LESSON: run}
    assert done.news == ()


def test_the_results_of_a_run_are_kept_when_a_new_version_comes(folder: Path) -> None:
    run = notebook("first", outputs=("2",))
    (folder / LESSON).write_bytes(run)
    done = lessons.refresh(folder, {LESSON: notebook("second")})
    assert contents(folder) == {LESSON: notebook("second"), f"earlier-versions/{LESSON}": run}
    assert "earlier-versions" in done.news[0]


def test_an_edited_lesson_stays_and_the_new_version_stands_beside_it(folder: Path) -> None:
    mine = notebook("first", "my note")
    (folder / LESSON).write_bytes(mine)
    done = lessons.refresh(folder, {LESSON: notebook("second")})
    assert contents(folder) == {LESSON: mine, BESIDE: notebook("second")}
    assert BESIDE in done.news[0]
    assert done.first_lesson == LESSON


def test_the_version_beside_an_edited_lesson_is_itself_brought_up_to_date(folder: Path) -> None:
    mine = notebook("first", "my note")
    (folder / LESSON).write_bytes(mine)
    for text in ("second", "third"):
        lessons.refresh(folder, {LESSON: notebook(text)})
    assert contents(folder) == {LESSON: mine, BESIDE: notebook("third")}


def test_two_edited_versions_both_stay(folder: Path) -> None:
    (folder / LESSON).write_bytes(notebook("mine 1"))
    lessons.refresh(folder, {LESSON: notebook("second")})
    (folder / BESIDE).write_bytes(notebook("mine 2"))
    lessons.refresh(folder, {LESSON: notebook("third")})
    assert contents(folder) == {
        LESSON: notebook("mine 1"),
        BESIDE: notebook("mine 2"),
        "02_types_new-version-2.ipynb": notebook("third"),
    }


def test_a_version_that_the_learner_threw_away_does_not_come_back(folder: Path) -> None:
    mine = notebook("mine")
    (folder / LESSON).write_bytes(mine)
    lessons.refresh(folder, {LESSON: notebook("second")})
    (folder / BESIDE).unlink()
    lessons.refresh(folder, {LESSON: notebook("second")})
    assert contents(folder) == {LESSON: mine}


def test_a_deleted_lesson_comes_back(folder: Path) -> None:
    (folder / LESSON).unlink()
    lessons.refresh(folder, {LESSON: notebook("first")})
    assert contents(folder) == {LESSON: notebook("first")}


def test_a_renamed_lesson_moves_the_untouched_old_one_aside(folder: Path) -> None:
    done = lessons.refresh(folder, {"02_blood-tests.ipynb": notebook("second")})
    assert contents(folder) == {
        "02_blood-tests.ipynb": notebook("second"),
        f"earlier-versions/{LESSON}": notebook("first"),
    }
    assert "no longer part of the course" in done.news[0]


def test_a_removed_lesson_with_edits_stays_and_is_told_once(folder: Path) -> None:
    mine = notebook("mine")
    (folder / LESSON).write_bytes(mine)
    course = {"01_start.ipynb": notebook("start")}
    assert "so it stays" in lessons.refresh(folder, course).news[0]
    assert lessons.refresh(folder, course).news == ()
    assert contents(folder) == course | {LESSON: mine}


def test_what_is_set_aside_never_replaces_what_lies_there(folder: Path) -> None:
    other = {"01_start.ipynb": notebook("start")}
    for _ in range(3):
        lessons.refresh(folder, other | {LESSON: notebook("first")})
        lessons.refresh(folder, other)
    kept = {name for name in contents(folder) if name.startswith("earlier-versions/")}
    assert kept == {f"earlier-versions/02_types{end}.ipynb" for end in ("", "-2", "-3")}


def test_a_foreign_notebook_of_the_same_name_stays(tmp_path: Path) -> None:
    (tmp_path / LESSON).write_bytes(b"not even a notebook")
    lessons.refresh(tmp_path, {LESSON: notebook("first")})
    assert contents(tmp_path) == {LESSON: b"not even a notebook", BESIDE: notebook("first")}


def test_a_folder_and_a_broken_link_of_a_lessons_name_stay(tmp_path: Path) -> None:
    (tmp_path / LESSON).mkdir()
    (tmp_path / BESIDE).symlink_to(tmp_path / "nowhere")
    lessons.refresh(tmp_path, {LESSON: notebook("first")})
    assert contents(tmp_path) == {"02_types_new-version-2.ipynb": notebook("first")}
    assert (tmp_path / BESIDE).is_symlink()


@pytest.mark.parametrize("torn", [b"", b"{", b"[]", b'{"format": 1, "files": {"a": {}}}'])
def test_without_a_readable_record_nothing_changed_is_touched(folder: Path, torn: bytes) -> None:
    (folder / lessons.RECORD).write_bytes(torn)
    mine = notebook("mine")
    (folder / LESSON).write_bytes(mine)
    lessons.refresh(folder, {LESSON: notebook("second")})
    assert contents(folder) == {LESSON: mine, BESIDE: notebook("second")}


def test_a_record_cannot_reach_outside_the_folder(folder: Path) -> None:
    outside = folder.parent / "outside.ipynb"
    outside.write_bytes(notebook("first"))
    record = json.loads((folder / lessons.RECORD).read_bytes())
    record["files"]["../outside.ipynb"] = record["files"].pop(LESSON)
    (folder / lessons.RECORD).write_text(json.dumps(record))
    lessons.refresh(folder, {"01_start.ipynb": notebook("start")})
    assert outside.exists()


def test_a_record_of_a_newer_version_is_left_alone(folder: Path) -> None:
    newer = b'{"format": 2}'
    (folder / lessons.RECORD).write_bytes(newer)
    with pytest.raises(lessons.CourseFolderError, match="newer version"):
        lessons.refresh(folder, {LESSON: notebook("second")})
    assert (folder / lessons.RECORD).read_bytes() == newer
    assert contents(folder) == {LESSON: notebook("first")}


def test_an_edit_is_a_change_of_cells() -> None:
    shipped = fingerprint(LESSON, notebook("a", "b"))
    assert fingerprint(LESSON, notebook("a", "b", " \n", outputs=("1",))).cells == shipped.cells
    for edited in (notebook("a"), notebook("b", "a"), notebook("a", "b "), notebook("ab")):
        assert fingerprint(LESSON, edited).cells != shipped.cells
    as_text = json.loads(notebook("a", "b"))
    as_text["cells"][0]["cell_type"] = "markdown"
    assert fingerprint(LESSON, json.dumps(as_text).encode()).cells != shipped.cells


# What the place can do to us. Each message names the place, the reason and a way on.


def told(folder: Path) -> str:
    with pytest.raises(lessons.CourseFolderError) as caught:
        lessons.refresh(folder, {LESSON: notebook("second")})
    message = str(caught.value)
    assert str(folder) in message
    assert "Nothing that you wrote was changed." in message
    assert "calcinosis lab OTHER-FOLDER" in message
    return message


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "course").write_text("mine")
    assert "something that is not a folder is in the way" in told(tmp_path / "course")
    assert "something that is not a folder is in the way" in told(tmp_path / "course" / "inside")
    assert (tmp_path / "course").read_text() == "mine"


def test_a_link_that_leads_back_to_itself(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    told(tmp_path / "loop")
    assert "a link there leads back to itself" in told(tmp_path / "loop" / "course")


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow: the nearest to a full disk that needs no disk of its own.

    Not a fixture: the limit would also stop the log of the run, written before teardown.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_no_room_loses_nothing(folder: Path) -> None:
    before = contents(folder)
    with full_disk():
        told(folder)
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "read-only"), (errno.EIO, "Input/output")],
)
def test_the_reason_is_said_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    assert reason in told(folder)
    assert contents(folder) == {LESSON: notebook("first")}


def test_a_disk_that_fills_up_half_way_leaves_the_lesson_in_its_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = iter([None, OSError(errno.ENOSPC, "No space left on device")])

    def refuse_the_second(_: int) -> None:
        if outcome := next(outcomes):
            raise outcome

    monkeypatch.setattr(os, "fsync", refuse_the_second)
    told(folder)
    assert contents(folder) == {LESSON: notebook("first")}


def read_only(folder: Path) -> bool:
    """Make a place read-only, even for root, where the machine lets us."""
    folder.chmod(0o555)
    if os.access(folder, os.W_OK):
        mount = ["mount", "--bind", "-o", "ro", str(folder), str(folder)]
        return subprocess.run(mount, capture_output=True, check=False).returncode == 0
    return True


def test_a_read_only_folder(folder: Path) -> None:
    before = contents(folder)
    if not read_only(folder):
        pytest.skip("this machine lets root write anywhere; the CLI test runs as another user")
    try:
        assert "not write there" in told(folder) or "read-only" in told(folder)
        assert contents(folder) == before
    finally:
        subprocess.run(["umount", str(folder)], capture_output=True, check=False)
        folder.chmod(0o755)
