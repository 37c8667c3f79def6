"""Small pieces of English, and the word for a missing value."""

import ast
from pathlib import Path

import pandas as pd
import pytest

from calcinosis_data.course import ui
from calcinosis_data.course.explorers import _words
from calcinosis_data.course.ui._cells import cell_rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dystrophic calcinosis", "dystrophic calcinosis"),
        ("CREST syndrome", "CREST syndrome"),
        ("Paget's disease of bone", "Paget's disease of bone"),
        ("X-ray", "X-ray"),
        ("", ""),
    ],
)
def test_names_inside_a_sentence(text: str, expected: str) -> None:
    assert _words.lower_first(text) == expected


@pytest.mark.parametrize(("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b")])
def test_listings(words: list[str], expected: str) -> None:
    assert _words.listing(words) == expected


def test_a_missing_value_has_one_word_in_filter_chart_and_table() -> None:
    assert cell_rows(pd.DataFrame({"x": [None]})) == [[ui.NOT_STATED]]


def test_the_word_for_a_missing_value_is_written_in_one_place() -> None:
    course = Path(ui.__file__).parents[1]
    places = [
        path.name
        for path in sorted(course.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in (ui.NOT_STATED, "not reported")
    ]
    assert places == ["_cells.py"]
