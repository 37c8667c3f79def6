"""Lessons as the tests of this folder see them."""

import ast
import copy
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

import calcinosis_data as cd

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@dataclass(frozen=True)
class Cell:
    """One cell: its id, whether it is prose or code, and its text."""

    id: str
    kind: str
    text: str
    raw: dict

    @property
    def is_prose(self):
        return self.kind == "markdown"

    @property
    def tags(self):
        return self.raw["metadata"].get("tags", [])

    @property
    def calls(self):
        """Calls in a code cell as (name, ast.Call), such as ("assessment.quiz", …)."""
        if self.is_prose:
            return []
        nodes = [node for node in ast.walk(ast.parse(self.text)) if isinstance(node, ast.Call)]
        return [(ast.unparse(node.func), node) for node in nodes]


class Lesson:
    """One lesson notebook, with its row of the table of lessons."""

    def __init__(self, name, notebook):
        self.name, self.notebook = name, notebook

    @classmethod
    def read(cls, path):
        return cls(path.name, json.loads(path.read_text(encoding="utf-8")))

    def changed(self, change):
        """A copy on which `change` was let loose, to see a check fail."""
        notebook = copy.deepcopy(self.notebook)
        change(notebook)
        return Lesson(self.name, notebook)

    @cached_property
    def cells(self):
        return [
            Cell(raw.get("id", ""), raw["cell_type"], "".join(raw["source"]), raw)
            for raw in self.notebook["cells"]
        ]

    @property
    def prose(self):
        return [cell for cell in self.cells if cell.is_prose]

    @property
    def code(self):
        return [cell for cell in self.cells if not cell.is_prose]

    def cell(self, cell_id):
        return next(cell for cell in self.cells if cell.id == cell_id)

    @property
    def row(self):
        lessons = cd.load_table("lessons").set_index("notebook")
        return lessons.loc[self.name]

    @property
    def objectives(self):
        frame = cd.load_table("objectives")
        return frame[frame["lesson_id"] == self.row["lesson_id"]].set_index("objective_id")

    @property
    def headings(self):
        """Headings as (level, text), in order; code in fences holds none."""
        found = []
        for cell in self.prose:
            text = re.sub(r"```.*?```", "", cell.text, flags=re.DOTALL)
            marks = re.findall(r"^(#{1,6}) +(.+)$", text, flags=re.MULTILINE)
            found += [(len(mark), heading.strip()) for mark, heading in marks]
        return found

    def __repr__(self):
        return self.name


LESSONS = [Lesson.read(path) for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))]


@pytest.fixture(params=LESSONS, ids=lambda lesson: lesson.name)
def lesson(request):
    return request.param


@pytest.fixture
def a_lesson():
    """The lesson that is damaged to see a check fail."""
    return next(lesson for lesson in LESSONS if lesson.name.startswith("02_"))


def edit(cell_id, change):
    """Damage for `Lesson.changed`: run `change` on the text of one cell."""

    def damage(notebook):
        cell = next(cell for cell in notebook["cells"] if cell["id"] == cell_id)
        cell["source"] = [change("".join(cell["source"]))]

    return damage


@pytest.fixture
def editing():
    return edit
