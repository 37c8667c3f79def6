"""What every test run needs, notebooks included (nbval collects these outside tests/)."""

import os
import tempfile
from pathlib import Path

import pytest

_MADE_HERE = pytest.StashKey[tempfile.TemporaryDirectory]()


def pytest_configure(config: pytest.Config) -> None:
    """Keep answers out of the tester's own folders, and show panels without a prediction."""
    answers = tempfile.TemporaryDirectory(prefix="calcinosis-tests-")
    config.stash[_MADE_HERE] = answers
    os.environ["CALCINOSIS_HOME"] = str(Path(answers.name) / "my-answers")
    os.environ["CALCINOSIS_SHOW_ALL"] = "1"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the answers that the run left."""
    config.stash[_MADE_HERE].cleanup()
