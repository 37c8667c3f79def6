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

LESSONS = st.sampled_from(["01_start.ipynb", "exercises/types/types.ipynb"])
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
        self.course = {"01_start.ipynb": notebook("start")}
        self.texts = count()
        self.edits: dict[str, bytes] = {}  # what the learner wrote, by where it must stay
        self.runs: set[bytes] = set()  # what only was run: must be somewhere

    def teardown(self) -> None:
        shutil.rmtree(self.parent)

    def notebooks(self) -> list[str]:
        found = self.folder.rglob("*.ipynb")
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    @rule(name=LESSONS, change=st.sampled_from(["cells", "cells", "bytes only", "withdrawn"]))
    def release(self, name: str, change: str) -> None:
        """The course has a new lesson or version, or one lesson less."""
        if change == "withdrawn" and len(self.course) > 1:
            self.course.pop(name, None)
        elif change == "bytes only":
            self.course[name] = self.course.get(name, notebook("new")) + b"\n"
        else:
            self.course[name] = notebook(f"release {next(self.texts)}")

    @precondition(lambda self: self.notebooks())
    @rule(data=st.data(), act=st.sampled_from(["edit", "edit", "run", "run", "delete", "rename"]))
    def learn(self, data: st.DataObject, act: str) -> None:
        """The learner does something with one notebook."""
        path = data.draw(st.sampled_from(self.notebooks()))
        getattr(self, act)(path)

    def edit(self, path: str) -> None:
        self.runs.discard((self.folder / path).read_bytes())
        self.edits[path] = notebook(f"mine {next(self.texts)}")
        (self.folder / path).write_bytes(self.edits[path])

    def run(self, path: str) -> None:
        before = (self.folder / path).read_bytes()
        text = json.loads(before)["cells"][0]["source"]
        after = notebook(text, f"result {next(self.texts)}")
        (self.folder / path).write_bytes(after)
        self.runs.discard(before)
        if path in self.edits:
            self.edits[path] = after
        else:
            self.runs.add(after)

    def delete(self, path: str) -> None:
        self.runs.discard((self.folder / path).read_bytes())
        (self.folder / path).unlink()
        self.edits.pop(path, None)

    def rename(self, path: str) -> None:
        new = f"renamed-{next(self.texts)}.ipynb"
        (self.folder / path).rename(self.folder / new)
        if path in self.edits:
            self.edits[new] = self.edits.pop(path)

    # The refresh

    @rule()
    def refresh(self) -> None:
        """Every lesson is there afterwards, and a second refresh has nothing to do."""
        lessons.refresh(self.folder, self.course)
        before = {path: (self.folder / path).read_bytes() for path in self.notebooks()}
        again = lessons.refresh(self.folder, self.course)
        assert again.news == ()
        assert before == {path: (self.folder / path).read_bytes() for path in self.notebooks()}
        assert before.keys() >= self.course.keys()

    @rule(steps=st.integers(0, 12), failure=BAD_LUCK, record_lost=st.booleans())
    def refresh_interrupted(self, steps: int, failure: BaseException, record_lost: bool) -> None:
        if record_lost:
            (self.folder / lessons.RECORD).unlink(missing_ok=True)
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
    max_examples=60, stateful_step_count=30, deadline=None, derandomize=bool(os.environ.get("CI"))
)
