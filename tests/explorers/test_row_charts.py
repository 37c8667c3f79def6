"""Forest and matrix charts: what stands in which row, and how marks tell size, kind and doubt."""

from typing import Any

import pandas as pd
import pytest

from calcinosis_data.course.explorers.charts.forest import CASE_REPORTS, forest
from calcinosis_data.course.explorers.charts.matrix import matrix
from calcinosis_data.course.ui import theme
from calcinosis_data.course.ui.listed_rows import heading_id, row_axis, with_headings


def study(name: str, **other: Any) -> dict[str, Any]:
    plain = {"label": name, "group": "Adults", "percent": 40.0, "ci_low": 30.0, "ci_high": 55.0}
    return {"name": name, **plain, "n": 100, "count": "40 of 100", "kind": "", "single": False} | (
        other
    )


def marks(chart: Any) -> list[Any]:
    return [trace for trace in chart.data if trace.customdata is not None]


def test_each_group_has_its_heading_once_above_its_rows() -> None:
    rows = pd.DataFrame(
        {
            "name": ["a", "b", "c", "d"],
            "label": ["A", "B", "C", "D"],
            "group": ["x", "x", "", "y"],
        }
    )
    texts = [text for _, text in with_headings(rows.to_dict("records"))]
    assert texts == ["<b>x</b>", "A", "B", "C", "<b>y</b>", "D"]
    assert row_axis(with_headings(rows.to_dict("records")))["range"] == [
        5.5,
        -0.5,
    ]  # the first row at the top


def test_a_row_with_several_marks_is_listed_once() -> None:
    rows = pd.DataFrame({"name": ["a", "a"], "label": ["A", "A"], "group": ["", ""]})
    assert with_headings(rows.to_dict("records")) == [("a", "A")]


def test_an_interval_reaches_from_its_low_to_its_high_end() -> None:
    chart = forest(pd.DataFrame([study("one")]), axis="Percent")
    (mark,) = marks(chart)
    assert (mark.x[0], mark.error_x.array[0], mark.error_x.arrayminus[0]) == (40.0, 15.0, 10.0)
    assert mark.hovertext[0] == "one<br>40%, 40 of 100; 95% interval 30% to 55%"


def test_a_figure_without_interval_has_none_and_says_so() -> None:
    chart = forest(pd.DataFrame([study("one", ci_low=None, ci_high=None)]), axis="Percent")
    (mark,) = marks(chart)
    assert (mark.error_x.array[0], mark.error_x.arrayminus[0]) == (0, 0)
    assert mark.hovertext[0].endswith("no interval")


def test_the_area_of_a_mark_grows_with_the_study() -> None:
    rows = [study("small", n=25), study("large", n=100), study("unknown", n=None)]
    (mark,) = marks(forest(pd.DataFrame(rows), axis="Percent"))
    small, large, unknown = mark.marker.size
    assert unknown < small < large
    assert (large - unknown) == pytest.approx(2 * (small - unknown), abs=0.2)


def test_one_patient_is_a_hollow_mark_in_a_last_block_of_its_own() -> None:
    rows = [study("case", single=True, n=1, count="1 of 1"), study("cohort")]
    chart = forest(pd.DataFrame(rows), axis="Percent")
    cohort, case = marks(chart)
    assert cohort.customdata == ("cohort",)
    assert not cohort.marker.symbol.endswith("-open")
    assert case.customdata == ("case",)
    assert case.marker.symbol.endswith("-open")
    ids = chart.layout.yaxis.categoryarray
    assert ids[-2:] == (heading_id(CASE_REPORTS), "case")
    assert chart.layout.yaxis.ticktext[-1] == "Adults: case"
    assert chart.layout.shapes[0].y0 == heading_id(CASE_REPORTS)


def test_percent_and_count_stand_beside_each_mark() -> None:
    rows = pd.DataFrame([study("one"), study("two", percent=0.25, ci_low=0.1, ci_high=0.5)])
    beside = forest(rows, axis="Percent").data[-1]
    assert [text.strip("\u00a0") for text in beside.text] == [
        "40% · 40 of 100",
        "0.25% · 40 of 100",
    ]
    assert beside.x == (55.0, 0.5)


def test_kinds_differ_in_colour_and_shape_and_stand_in_the_legend() -> None:
    rows = [study("one", kind="treatment"), study("two", kind="comparator")]
    chart = forest(pd.DataFrame(rows), axis="Percent", kinds=["treatment", "comparator"])
    first, second = marks(chart)
    assert chart.layout.showlegend
    assert (first.name, second.name) == ("treatment", "comparator")
    assert first.marker.color != second.marker.color
    assert first.marker.symbol != second.marker.symbol


def test_the_axis_begins_at_zero_and_holds_all_intervals() -> None:
    rows = pd.DataFrame([study("one"), study("two", percent=99.0, ci_high=100.0)])
    low, high = forest(rows, axis="Percent").layout.xaxis.range
    assert low == 0
    assert 100 <= high <= 101


def cell(name: str, column: str | None, kind: str = "known", text: str = "") -> dict[str, Any]:
    return {"name": name, "label": name, "group": "", "column": column} | {
        "kind": kind,
        "text": text,
    }


def test_a_matrix_has_each_mark_in_its_row_and_column() -> None:
    cells = pd.DataFrame([cell("a", "x"), cell("b", "y", "unknown", "why")])
    chart = matrix(cells, columns=["x", "y"], kinds=["known", "unknown"], hollow=["unknown"])
    known, unknown = marks(chart)
    assert (known.x, known.y, known.mode) == (("x",), ("a",), "markers")
    assert (unknown.x, unknown.y, unknown.text) == (("y",), ("b",), ("why",))
    assert unknown.marker.symbol == f"{theme.SYMBOLS[1]}-open"
    assert chart.layout.xaxis.side == "top"


def test_a_row_without_a_mark_is_listed_all_the_same() -> None:
    cells = pd.DataFrame([cell("a", "x"), cell("b", None)])
    chart = matrix(cells, columns=["x"], kinds=["known"])
    assert chart.layout.yaxis.categoryarray == ("a", "b")
    assert [trace.customdata for trace in marks(chart)] == [("a",)]
