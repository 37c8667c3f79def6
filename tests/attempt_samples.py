"""Made-up attempts for the tests of saved answers, and a folder as an ordinary user has it."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import strategies as st

from calcinosis_data.course.assessment.attempts import CONFIDENCE, Attempt

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NOBODY = 65534


def attempt(number: int = 1, **changes: object) -> Attempt:
    """One answer; its number is its place in order and makes its id."""
    fields: dict[str, object] = {
        "attempt_id": f"a{number}",
        "order": number,
        "time": NOW,
        "learner_id": "ada",
        "lesson_id": "types",
        "item_id": "pair-normal",
        "item_version": 1,
        "response": ("b",),
        "correct": False,
    }
    return Attempt(**(fields | changes))  # type: ignore[arg-type]


def line(number: int = 1, **changes: object) -> bytes:
    """The line of an answer, with members changed or added as JSON has them."""
    return json.dumps(json.loads(attempt(number).to_line()) | changes).encode() + b"\n"


any_text = st.text(min_size=1, max_size=20)
attempts = st.builds(
    attempt,
    st.integers(0, 2**53 - 1),
    attempt_id=any_text,
    time=st.datetimes(datetime(1970, 1, 2), datetime(2999, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001
    learner_id=any_text,
    item_id=any_text,
    item_version=st.integers(1, 99),
    response=st.lists(st.text(max_size=20), max_size=4).map(tuple),
    correct=st.sampled_from([True, False, None]),
    confidence=st.sampled_from([None, *CONFIDENCE]),
)
distinct_attempts = st.lists(attempts, max_size=6, unique_by=lambda one: one.attempt_id)


@contextmanager
def ordinary_user() -> Iterator[Path]:
    """A folder of a user whom the modes of files bind: root is made one for the time being."""
    made = Path(tempfile.mkdtemp(prefix="calcinosis-ordinary-"))
    root = os.geteuid() == 0
    if root:
        os.chown(made, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield made
    finally:
        if root:
            os.seteuid(0)
        for folder in (path for path in [made, *made.glob("*")] if path.is_dir()):
            folder.chmod(0o700)
        shutil.rmtree(made)
