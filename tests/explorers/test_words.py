"""Small pieces of English, and the word for a missing value."""

import pandas as pd
import pytest

from calcinosis_data.course.explorers import _words, filters
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
    assert cell_rows(pd.DataFrame({"x": [None]})) == [[filters.NOT_STATED]]
