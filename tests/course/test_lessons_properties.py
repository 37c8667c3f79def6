"""Whatever a learner, the course and bad luck do in whatever order, nothing written is lost."""

import json
import os
import shutil
import tempfile
from contextlib import suppress
from itertools import count
from pathlib import Path
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from calcinosis_data.course import lessons
from calcinosis_data.course._handout import fingerprint

LESSONS = st.sampled_from(["01_start.ipynb", "02_types.ipynb", "exercises/types/types.ipynb"])
BAD_LUCK = st.sampled_from([OSError(28, "No space left on device"), KeyboardInterrupt()])


def notebook(text: str, *outputs: str) -> bytes:
    cell = {"cell_type": "code", "metadata": {}, "source": text, "outputs": list(outputs)}
    return json.dumps({"cells": [cell]}).encode()


class BadLuck:
    """Let the first `steps` changes of the disk happen, and fail at the next one."""

    def __init__(self, steps: int, failure: BaseException) -> None:
        self.left = steps
        self.failure = failure

    def wrap(self, change):
        def counted(*arguments):
            if self.left == 0:
                raise self.failure
            self.left -= 1
            return change(*arguments)

        return counted

    def strikes(self):
        return patch.multiple(
            Path, rename=self.wrap(Path.rename), replace=self.wrap(Path.replace)
        ), patch.object(os, "fsync", self.wrap(os.fsync))


class CourseFolder(RuleBasedStateMachine):
    """A course folder over the releases of a course."""

    def __init__(self) -> None:
        super().__init__()
        self.parent = Path(tempfile.mkdtemp(prefix="calcinosis-"))
        self.folder = self.parent / "course"
        self.course = {"00_first.ipynb": notebook("first")}
        self.texts = count()
        self.edits: dict[str, bytes] = {}  # what the learner wrote, by where it must stay
        self.runs: set[bytes] = set()  # what only was run: must be somewhere

    def teardown(self) -> None:
        shutil.rmtree(self.parent)

    def notebooks(self) -> list[str]:
        found = self.folder.rglob("*.ipynb")
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def pick(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(self.notebooks()))

    # The course

    @rule(name=LESSONS)
    def release(self, name: str) -> None:
        """A lesson is new, or has a new version."""
        self.course[name] = notebook(f"release {next(self.texts)}")

    @rule(name=LESSONS)
    def release_bytes_only(self, name: str) -> None:
        """Only what is not a cell changed."""
        if name in self.course:
            self.course[name] += b"\n"

    @rule(name=LESSONS)
    def withdraw(self, name: str) -> None:
        self.course.pop(name, None)

    # The learner

    @precondition(lambda self: self.notebooks())
    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        path = self.pick(data)
        self.edits[path] = notebook(f"mine {next(self.texts)}")
        self.runs.discard((self.folder / path).read_bytes())
        (self.folder / path).write_bytes(self.edits[path])

    @precondition(lambda self: self.notebooks())
    @rule(data=st.data())
    def run(self, data: st.DataObject) -> None:
        path = self.pick(data)
        before = (self.folder / path).read_bytes()
        text = json.loads(before)["cells"][0]["source"]
        after = notebook(text, f"result {next(self.texts)}")
        (self.folder / path).write_bytes(after)
        self.runs.discard(before)
        if path in self.edits:
            self.edits[path] = after
        else:
            self.runs.add(after)

    @precondition(lambda self: self.notebooks())
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        path = self.pick(data)
        self.runs.discard((self.folder / path).read_bytes())
        (self.folder / path).unlink()
        self.edits.pop(path, None)

    @precondition(lambda self: self.notebooks())
    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        path = self.pick(data)
        new = f"renamed-{next(self.texts)}.ipynb"
        (self.folder / path).rename(self.folder / new)
        if path in self.edits:
            self.edits[new] = self.edits.pop(path)

    @rule()
    def lose_the_record(self) -> None:
        (self.folder / lessons.RECORD).unlink(missing_ok=True)

    # The refresh

    @rule()
    def refresh(self) -> None:
        """Every lesson is there afterwards, and a second refresh has nothing to do."""
        lessons.refresh(self.folder, self.course)
        before = {path: (self.folder / path).read_bytes() for path in self.notebooks()}
        again = lessons.refresh(self.folder, self.course)
        assert again.news == ()
        assert before == {path: (self.folder / path).read_bytes() for path in self.notebooks()}
        assert (self.folder / again.first_lesson).is_file()
        cells = {fingerprint(path, content).cells for path, content in before.items()}
        for name, content in self.course.items():
            assert name in before or fingerprint(name, content).cells in cells

    @rule(steps=st.integers(0, 12), failure=BAD_LUCK)
    def refresh_interrupted(self, steps: int, failure: BaseException) -> None:
        moves, syncs = BadLuck(steps, failure).strikes()
        with moves, syncs, suppress(lessons.CourseFolderError, KeyboardInterrupt):
            lessons.refresh(self.folder, self.course)

    # What must always hold

    @invariant()
    def every_edit_is_where_it_was(self) -> None:
        for path, content in self.edits.items():
            assert (self.folder / path).read_bytes() == content

    @invariant()
    def every_run_is_somewhere(self) -> None:
        there = {(self.folder / path).read_bytes() for path in self.notebooks()}
        assert there >= self.runs


TestCourseFolder = CourseFolder.TestCase
TestCourseFolder.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, derandomize=bool(os.environ.get("CI"))
)
