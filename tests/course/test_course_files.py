"""What an installation has to hand out."""

from pathlib import Path

import pytest

from calcinosis_data.course import lessons


def test_an_installation_without_lessons_says_so(tmp_path: Path) -> None:
    with pytest.raises(lessons.CourseFolderError, match="holds no lessons"):
        lessons.course_files(tmp_path / "a" / "b")


def test_lessons_come_first_and_hidden_files_never(tmp_path: Path) -> None:
    package = tmp_path / "package"
    for path in (
        "_notebooks/02_b.ipynb",
        "_notebooks/01_a.ipynb",
        "_notebooks/README.md",
        "_notebooks/instructor/01_key.ipynb",
        "_exercises/types/types.ipynb",
        "_exercises/types/.ipynb_checkpoints/types.ipynb",
    ):
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).touch()
    found = list(lessons.course_files(package))
    assert found == ["01_a.ipynb", "02_b.ipynb", "exercises/types/types.ipynb"]


def test_this_installation_has_lessons() -> None:
    assert next(iter(lessons.course_files())).startswith("01_")
