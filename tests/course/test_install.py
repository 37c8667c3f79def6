"""From nothing to a lesson: the README's commands, and the wheel alone in an empty environment."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.slow  # each installs JupyterLab

# uv comes with the extra "test": it need not be on the machine.
PROGRAMS = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def run(*command: str | Path, at: Path) -> str:
    ran = subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{' '.join(map(str, command))}\n{ran.stdout}{ran.stderr}"
    return ran.stdout


@pytest.mark.parametrize("command", re.findall(r"^.*calcinosis lab$", README, re.MULTILINE))
def test_a_readme_command_starts_the_course_as_it_is_written(
    command: str, built: Path, start_lab: Callable[..., Any], tmp_path: Path
) -> None:
    shutil.copytree(next((built / "unpacked").iterdir()), tmp_path / "copy")
    settings = {"UV_CACHE_DIR": str(tmp_path / "uv"), "PATH": PROGRAMS}
    with start_lab(command, tmp_path / "copy", **settings) as lab:
        with urlopen(lab.address, timeout=60) as page:
            assert page.status == 200
        lab.stop(signal.SIGINT)
        assert "The course was stopped." in lab.rest()
    assert list((tmp_path / "copy" / "calcinosis-course").glob("01_*.ipynb"))


def test_the_wheel_alone_gives_the_data_and_then_the_course(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "empty", at=tmp_path)
    programs = tmp_path / "empty" / "bin"
    run(programs / "pip", "install", wheel, at=tmp_path)
    use = "import calcinosis_data as cd; print(cd.list_tables()['rows'].min())"
    assert int(run(programs / "python", "-c", use, at=tmp_path)) > 0
    refused = subprocess.run(
        [programs / "calcinosis", "lab"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert "-m pip install 'calcinosis-data[course]'" in refused.stderr

    run(programs / "pip", "install", f"{wheel}[course]", at=tmp_path)
    run(programs / "calcinosis", "course", "here", at=tmp_path)
    lessons = sorted((tmp_path / "here").glob("[0-9][0-9]_*.ipynb"))
    run(programs / "jupyter", "execute", lessons[0], at=tmp_path / "here")
