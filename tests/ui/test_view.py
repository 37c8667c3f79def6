"""A view that some reader could not use is refused."""

import pandas as pd
import pytest

from calcinosis_data.course import ui
from calcinosis_data.course.ui._cells import cell_rows, column_heads

ROWS = pd.DataFrame({"Type": ["Dystrophic"]})


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"finding": " "}, "finding is empty"),
        ({"caption": ""}, "caption is empty"),
        ({"figure": ui.theme.figure()}, "a chart needs a name"),
        ({"table": pd.DataFrame([[1, 2]], columns=["n", "n"])}, "two columns of the same name"),
    ],
)
def test_view_says_what_is_missing(fields: dict[str, object], message: str) -> None:
    good: dict[str, object] = {"finding": "1 row.", "table": ROWS, "caption": "Types"}
    with pytest.raises(ValueError, match=message):
        ui.View(**{**good, **fields})


def test_view_wants_a_frame() -> None:
    with pytest.raises(TypeError, match="must be a DataFrame, not list"):
        ui.View("1 row.", [], "Types")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "yes"),
        (False, "no"),
        (None, "not stated"),
        (3, "3"),
        (12.5, "12.5"),
        ("", ""),
        (20.0, "20"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_cells_are_words(value: object, text: str) -> None:
    assert cell_rows(pd.DataFrame({"A": [value]}, dtype="object")) == [[text]]


def test_numbers_are_told_from_yes_and_no() -> None:
    frame = pd.DataFrame({"n": [1], "flag": [True], "name": ["x"]})
    frame["many"] = frame["n"].astype("Int64")
    frame["maybe"] = frame["flag"].astype("boolean")
    assert [head["number"] for head in column_heads(frame)] == [True, False, False, True, False]
