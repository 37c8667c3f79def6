"""What several folders of tests need: the built package, and a running `calcinosis lab`."""

import os
import re
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


class Lab:
    """A started course: what it printed until it was ready, and the address of the lesson."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.printed = ""
        for line in process.stdout or ():
            self.printed += line
            if line.startswith("To stop the course"):
                break
        found = re.search(
            r"^    (http://127\.0\.0\.1:\d+)(/lab/tree/\S+)\?token=(\w+)$",
            self.printed,
            re.MULTILINE,
        )
        assert found, f"no address was printed:\n{self.printed}"
        self.server, self.lesson, self.token = found.groups()
        self.address = found[0].strip()

    def stop(self, number: signal.Signals, within: float = 20) -> int:
        """Send a signal as a terminal does, to the command and all it started; wait."""
        os.killpg(self.process.pid, number)
        return self.process.wait(within)

    def rest(self) -> str:
        """What was printed since it was ready."""
        return self.process.stdout.read() if self.process.stdout else ""


@pytest.fixture
def start_lab() -> Callable[..., Any]:
    """Start a command that ends in `calcinosis lab`, away from the tester's own Jupyter folders."""

    @contextmanager
    def start(command: str | list[str | Path], folder: Path, **settings: str) -> Iterator[Lab]:
        home = folder / "home"
        home.mkdir(exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
        with subprocess.Popen(
            command,
            shell=isinstance(command, str),
            cwd=folder,
            env=kept | {"HOME": str(home), "BROWSER": "true"} | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                yield Lab(process)
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)

    return start


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution, that unpacked, and the wheel built from it alone."""
    made = tmp_path_factory.mktemp("built")
    _build("sdist", ROOT, made)
    with tarfile.open(next(made.glob("*.tar.gz"))) as archive:
        # Python 3.11 before 3.11.4 has no filters; later ones warn where none is named.
        safely: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        archive.extractall(made / "unpacked", **safely)
    _build("wheel", next((made / "unpacked").iterdir()), made)
    return made


@pytest.fixture(scope="session")
def wheel(built: Path) -> Path:
    return next(built.glob("*.whl"))


def _build(target: str, source: Path, made: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", made],
        cwd=source,
        check=True,
    )
