"""Outside judges of the code and the package, none of which needs the internet.

The data have theirs in tests/data/. The wheel is built from nothing but the source distribution, so
that a file missing there is missed here.
"""

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

import calcinosis_data

ROOT = Path(__file__).parents[1]
SCRIPTS = Path(sysconfig.get_path("scripts"))


def judge(*command: str | Path, at: Path = ROOT) -> str:
    """Run a tool, and show all it says if it objects."""
    program = SCRIPTS / command[0]
    assert program.exists(), f"{command[0]} is not installed: pip install '.[test]'"
    ran = subprocess.run(
        [program, *command[1:]], cwd=at, capture_output=True, text=True, check=False
    )
    said = ran.stdout + ran.stderr
    assert ran.returncode == 0, f"{' '.join(map(str, command))}\n{said}"
    return said


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports",),
        ("validate-pyproject", "pyproject.toml"),
        ("check-jsonschema", "--builtin-schema", "vendor.citation-file-format", "CITATION.cff"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_the_judges_have_no_objection(command: tuple[str, ...]) -> None:
    judge(*command)


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def in_package(names: set[str]) -> set[str]:
    return {name for name in names if ".dist-info/" not in name}


def checkout(folder: str, pattern: str) -> dict[str, bytes]:
    found = (ROOT / folder).rglob(pattern)
    hidden = ("__pycache__", ".ipynb_checkpoints")
    return {
        path.relative_to(ROOT / folder).as_posix(): path.read_bytes()
        for path in found
        if path.is_file() and not set(path.parts) & set(hidden)
    }


@pytest.mark.parametrize(
    ("folder", "pattern", "inside"),
    [
        ("calcinosis_data", "*", "calcinosis_data"),
        ("notebooks", "[0-9][0-9]_*.ipynb", "calcinosis_data/course/_notebooks"),
        ("exercises/release", "*", "calcinosis_data/course/_exercises"),
    ],
)
def test_the_wheel_holds_all_of(folder: str, pattern: str, inside: str, wheel: Path) -> None:
    wanted = checkout(folder, pattern)
    assert wanted, f"there is nothing in {folder}"
    with ZipFile(wheel) as archive:
        held = {
            name.removeprefix(f"{inside}/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith(f"{inside}/")
        }
    assert sorted(wanted.keys() - held.keys()) == []
    assert [name for name in wanted if wanted[name] != held[name]] == []


def test_the_wheel_holds_what_the_course_runs_on(names: set[str]) -> None:
    kinds = {PurePosixPath(name).suffix for name in in_package(names)}
    assert kinds >= {".py", ".csv", ".json", ".ipynb", ".js", ".css"}
    assert "calcinosis_data/py.typed" in names
    assert {name.rpartition("/")[2] for name in names} >= {"LICENSE", "entry_points.txt"}


def test_the_wheel_holds_nothing_else(names: set[str]) -> None:
    assert {name.split("/")[0] for name in in_package(names)} == {"calcinosis_data"}
    unwanted = re.compile(
        r"(^|/)(tests?|instructor|source|conftest\.py|__pycache__|\.[^/]*)(/|$)|\.pyc$|gradebook"
    )
    assert [name for name in in_package(names) if unwanted.search(name)] == []


def test_the_source_distribution_holds_the_tests_and_their_evidence(built: Path) -> None:
    source = next((built / "unpacked").iterdir())
    for needed in (
        "README.md",
        "LICENSE",
        "CONTRIBUTING.md",
        "conftest.py",
        "tests/test_judges.py",
        "tests/data/evidence/README.md",
        "exercises/nbgrader_config.py",
        ".ci/run",
    ):
        assert (source / needed).is_file(), needed


def test_the_package_is_well_formed(built: Path, wheel: Path) -> None:
    judge("check-wheel-contents", wheel)
    said = judge("twine", "check", "--strict", wheel, next(built.glob("*.tar.gz")))
    assert "PASSED" in said


def test_the_citation_names_the_version_of_the_code() -> None:
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {calcinosis_data.__version__}\n" in cited


def readme_commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_each_readme_command_is_one_that_is_run() -> None:
    """The slow test below runs the first two, `.ci/run` the third, as they are written."""
    course, quick, tests = readme_commands()
    assert course.endswith(" && .venv/bin/calcinosis lab")
    assert quick.startswith("uvx --from ")
    picked = re.search(r"grep -m 1 '(.*)' README.md", (ROOT / ".ci" / "run").read_text())
    assert picked
    assert re.fullmatch(picked[1], tests)


def test_the_readme_example_is_right() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "doctest", "README.md"],
        cwd=ROOT,
        env=os.environ | {"PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


def test_no_file_of_ours_names_a_machine() -> None:
    """No path of a machine, registry or content network stands in what is delivered."""
    machine = re.compile(
        r"(?<![\w.-])/(home|root|Users)/\w|https?://[^\s\"')]*(cdn|unpkg|jsdelivr|pypi\.org/simple)"
    )
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for folder in ("calcinosis_data", "notebooks", "exercises", ".ci")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".js", ".css", ".json", ".csv", ".ipynb", ""} and path.is_file()
        for hit in machine.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
