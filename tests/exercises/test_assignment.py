"""The sample assignments: what is given out, and how right and wrong answers are graded."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

HERE = Path(__file__).parent
EXERCISES = HERE.parents[1] / "exercises"
SAMPLES = HERE / "samples" / "types"
REFRESH = "cd exercises && nbgrader generate_assignment types --force"


def nbgrader(course: Path, *words: str) -> None:
    """Run an nbgrader command in a course folder, with this environment's own tools."""
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=course,
        env={**os.environ, "PATH": tools, "JUPYTER_PLATFORM_DIRS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the nbgrader course with its release made anew."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(EXERCISES / "source", folder / "source")
    shutil.copy(EXERCISES / "nbgrader_config.py", folder)
    nbgrader(folder, "generate_assignment", "types")
    return folder


@pytest.fixture(scope="module")
def graded(course: Path) -> Path:
    """The course after every sample submission was graded in one run."""
    for sample in sample_names():
        hand_in(course, sample)
    nbgrader(course, "autograde", "types")
    return course / "autograded"


def sample_names() -> list[str]:
    return sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())


def hand_in(course: Path, sample: str) -> None:
    """Put a sample's answers into a fresh release, as a learner would."""
    folder = course / "submitted" / sample / "types"
    shutil.copytree(course / "release" / "types", folder)
    notebook = nbformat.read(folder / "types.ipynb", as_version=4)
    for cell in notebook.cells:
        answer = SAMPLES / sample / f"{cell.id}.py"
        if answer.exists():
            cell.source = answer.read_text(encoding="utf-8")
    nbformat.write(notebook, folder / "types.ipynb")
    sheet = SAMPLES / sample / "reading-answers.json"
    if sheet.exists():
        shutil.copy(sheet, folder)


def expected_rows() -> list[dict[str, str]]:
    with (SAMPLES / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def named(row: dict[str, str]) -> str:
    return f"{row['sample']}-{row['cell']}"


def graded_cell(graded: Path, row: dict[str, str]) -> nbformat.NotebookNode:
    path = graded / row["sample"] / "types" / "types.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    return next(
        cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade_id") == row["cell"]
    )


def test_the_committed_release_is_what_the_source_gives(course: Path) -> None:
    made = (course / "release/types/types.ipynb").read_text(encoding="utf-8")
    committed = (EXERCISES / "release/types/types.ipynb").read_text(encoding="utf-8")
    assert made == committed, f"The release is out of date. Run: {REFRESH}"


def test_nothing_of_the_answers_is_given_out() -> None:
    text = (EXERCISES / "release/types/types.ipynb").read_text(encoding="utf-8")
    source = json.loads((EXERCISES / "source/types/types.ipynb").read_text(encoding="utf-8"))
    hidden = [line for cell in source["cells"] for line in hidden_lines("".join(cell["source"]))]
    assert len(hidden) > 20, "the source has its solutions and hidden tests marked"
    leaked = [line for line in hidden if json.dumps(line, ensure_ascii=False)[1:-1] in text]
    assert leaked == []


def hidden_lines(source: str) -> Iterator[str]:
    """Lines that only the teacher's copy holds; lines too short to tell anything are left out."""
    inside = False
    for line in source.splitlines():
        if line.strip().startswith("### "):
            inside = "BEGIN" in line
        elif inside and len(line.strip()) > 12:
            yield line.strip()


def test_every_sample_says_what_it_expects() -> None:
    assert {row["sample"] for row in expected_rows()} == set(sample_names())


@pytest.mark.parametrize("row", expected_rows(), ids=named)
def test_a_sample_answer_gets_its_points(graded: Path, row: dict[str, str]) -> None:
    from nbgrader.utils import determine_grade

    points, _ = determine_grade(graded_cell(graded, row))
    assert points == float(row["points"])


# A right answer gets its points without a word.
@pytest.mark.parametrize("row", [row for row in expected_rows() if row["message"]], ids=named)
def test_a_sample_answer_gets_its_message(graded: Path, row: dict[str, str]) -> None:
    assert row["message"] in json.dumps(graded_cell(graded, row).outputs, ensure_ascii=False)
