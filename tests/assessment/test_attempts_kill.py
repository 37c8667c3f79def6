"""Kernels that are killed in the middle of writing, and kernels that write at the same time.

A writer reports each answer after `Book.record` has come back, as the page shows the feedback
only then. Whatever was reported must be read back.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import IO

import pytest

from calcinosis_data.course.assessment.answer_book import Book
from calcinosis_data.course.assessment.attempts import answer_files, parse, read_folder

# One process has imported everything and forks the writers, so that a round takes a moment.
# It reads how many writers to start, tells their process ids, and says when all have ended.
NURSERY = """
import os, sys
from pathlib import Path
from types import SimpleNamespace
from calcinosis_data.course.assessment.answer_book import Book

item = SimpleNamespace(lesson_id="types", item_id="pair-normal", version=1)

def write(folder, most):
    own = Book(Path(folder))
    for number in range(most):
        kept = own.record(item, ("b",), True, "sure")
        os.write(1, f"kept {kept.attempt_id}\\n".encode())  # in one piece, also beside others
    os._exit(0)

for asked in sys.stdin:
    writers, most = map(int, asked.split())
    pids = []
    for _ in range(writers):
        pid = os.fork()
        if not pid:
            try:
                write(sys.argv[1], most)
            finally:
                os._exit(1)
        pids.append(pid)
    os.write(1, f"started {' '.join(map(str, pids))}\\n".encode())
    for pid in pids:
        os.waitpid(pid, 0)
    os.write(1, b"ended\\n")
"""
ITEM = SimpleNamespace(lesson_id="types", item_id="pair-normal", version=1)
FOR_EVER = 1_000_000

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is for systems that fork")


class Writers:
    """Writers of answers in processes of their own, and what they reported."""

    def __init__(self, orders: IO[str], reports: IO[str]) -> None:
        self._orders, self._reports = orders, reports
        self.kept: list[str] = []
        self.pids: list[int] = []

    def start(self, writers: int, most: int = FOR_EVER) -> None:
        self.pids = []
        self._orders.write(f"{writers} {most}\n")
        self._orders.flush()
        while not self.pids:
            self._next()

    def await_reports(self, count: int) -> None:
        before = len(self.kept)
        while len(self.kept) < before + count:
            self._next()

    def kill(self) -> None:
        for pid in self.pids:
            os.kill(pid, signal.SIGKILL)

    def await_end(self) -> None:
        while self._next() != "ended":
            pass

    def _next(self) -> str:
        """Read one report; they come in any order."""
        kind, *told = self._reports.readline().split()
        if kind == "kept":
            self.kept += told
        if kind == "started":
            self.pids = [int(pid) for pid in told]
        return kind


@contextmanager
def nursery(folder: Path) -> Iterator[Writers]:
    command = [sys.executable, "-c", NURSERY, str(folder)]
    kept = {name: value for name, value in os.environ.items() if name != "JUPYTERHUB_USER"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=kept
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Writers(process.stdin, process.stdout)
        finally:
            process.kill()


@pytest.mark.parametrize("writers", [1, 2])
def test_every_answer_that_was_reported_survives_a_kill_at_any_moment(
    folder: Path, writers: int
) -> None:
    chance = random.Random()
    with nursery(folder) as started:
        for kills in range(1, 16):
            started.start(writers)
            started.await_reports(chance.choice([0, 0, 1, 2, 5, 20]))
            time.sleep(chance.random() * 0.01)
            started.kill()
            started.await_end()
            reading = read_folder(folder)
            read = Counter(one.attempt_id for one in reading.attempts)
            assert set(started.kept) <= set(read)
            assert max(read.values(), default=1) == 1
            assert len(reading.damaged) <= kills * writers  # no more than the line being written
    assert started.kept, "no writer ever came to write"
    after = Book(folder)
    last = after.record(ITEM, ("b",), True)  # type: ignore[arg-type]
    assert after.attempts()[-1] == last
    assert last.order == max(one.order for one in reading.attempts) + 1


def test_kernels_that_write_at_the_same_time_lose_nothing_of_each_other(folder: Path) -> None:
    with nursery(folder) as started:
        started.start(writers=4, most=40)
        started.await_end()
    attempts = Book(folder).attempts()
    assert len(started.kept) == 4 * 40
    assert {one.attempt_id for one in attempts} == set(started.kept)
    assert read_folder(folder).damaged == ()
    assert len(answer_files(folder)) == 4
    assert len({one.learner_id for one in attempts}) == 1  # the first to come names the folder
    for path in answer_files(folder):  # each kernel's own answers stand in the order given
        orders = [one.order for one in parse(path.read_bytes(), path.name).attempts]
        assert orders == sorted(orders)
