"""The command: what it says, what it hands to Jupyter, and its exit status."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import calcinosis_data.course
from calcinosis_data.course import MissingExtraError, cli, lessons

WITHOUT = """
import sys
for name in {hidden!r}:
    sys.modules[name] = None
from calcinosis_data.course.cli import main
sys.exit(main({arguments!r}))
"""


def test_course_makes_the_folder_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["course", str(tmp_path / "course")]) == 0
    assert capsys.readouterr().out == f"The course is in {tmp_path / 'course'}\n"
    assert sorted(tmp_path.glob("course/01_*.ipynb"))


def test_course_tells_what_it_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = next(iter(lessons.course_files()))
    (tmp_path / first).write_text("mine")
    assert cli.main(["course", str(tmp_path)]) == 0
    assert f"  {first}: your own stays as it is" in capsys.readouterr().out


def test_an_error_is_told_in_words_with_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert cli.main(["lab", str(tmp_path / "file")]) == 2
    told = capsys.readouterr().err
    assert told.startswith("calcinosis: The course cannot be written to")
    assert "Traceback" not in told


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"calcinosis {version('calcinosis-data')}\n"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([], "required: COMMAND"),
        (["lap"], "invalid choice: 'lap'"),
        (["course"], "required: DIR"),
        (["lab", "--port", "99999"], "'99999' is not a port; give a number from 0 to 65535"),
        (["lab", "--port", "eight"], "'eight' is not a port"),
        (["course", "x", "--", "--ip=0.0.0.0"], "options for Jupyter belong to: calcinosis lab"),
    ],
)
def test_what_cannot_be_understood_ends_with_status_2(
    typed: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(typed)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def without(hidden: list[str], arguments: list[str], folder: Path) -> subprocess.CompletedProcess:
    """Run the command in an environment where some packages cannot be imported."""
    code = WITHOUT.format(hidden=hidden, arguments=arguments)
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )


def test_without_the_extra_lab_names_the_pip_command(tmp_path: Path) -> None:
    ran = without(["jupyterlab"], ["lab"], tmp_path)
    assert ran.returncode == 2
    assert f"{sys.executable} -m pip install 'calcinosis-data[course]'" in ran.stderr
    assert not list(tmp_path.iterdir()), "a folder was made although nothing can be opened"


def test_without_the_extra_the_folder_can_still_be_made(tmp_path: Path) -> None:
    extra = ["jupyterlab", "ipywidgets", "plotly", "anywidget", "pandas"]
    assert without(extra, ["course", "here"], tmp_path).returncode == 0


@pytest.mark.parametrize("part", ["assessment", "explorers", "ui"])
def test_without_the_extra_a_part_of_the_course_names_the_pip_command(part: str) -> None:
    code = (
        "import sys; sys.modules['ipywidgets'] = sys.modules['anywidget'] = None\n"
        f"from calcinosis_data.course import {part}"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "MissingExtraError: The course needs the package" in ran.stderr
    assert "-m pip install 'calcinosis-data[course]'" in ran.stderr


def test_a_name_that_is_no_part_of_the_course() -> None:
    with pytest.raises(AttributeError, match="no attribute 'quizzes'"):
        _ = calcinosis_data.course.quizzes
    assert issubclass(MissingExtraError, ImportError)
