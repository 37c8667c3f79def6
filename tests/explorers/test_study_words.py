"""How studies and their percents are told: one rounding, people first, what was looked at."""

import pandas as pd
import pytest

import calcinosis_data as data
from calcinosis_data.course.explorers.study_rows import study_columns
from calcinosis_data.course.explorers.study_words import (
    only_looked_at,
    rounded,
    rounded_percent,
    study_names,
)


@pytest.mark.parametrize(
    ("percent", "n", "told"),
    [
        (58.54, 41, 59.0),
        (12.5, 16, 13.0),
        (10000 / 800, 99, 13.0),
        (22.95, 100, 23.0),
        (22.94, 100, 22.9),
        (0.0054, 73779, 0.0054),
        (0.0, 30, 0.0),
        (53.4, pd.NA, 53.0),
        (None, 12, None),
    ],
)
def test_one_decimal_only_where_the_study_is_large(
    percent: float | None, n: int | None, told: float | None
) -> None:
    assert rounded_percent(percent, n) == told


@pytest.mark.parametrize("name", ["sites", "prevalence"])
def test_no_percent_of_a_table_moves_by_more_than_rounding(name: str) -> None:
    table = data.load_table(name)
    told = rounded(study_columns(table))
    assert (told["percent"] - table["percent"]).abs().max() <= 0.5
    assert told["percent"].isna().equals(table["percent"].isna())
    between = told.dropna(subset=["ci_low", "percent"])
    assert (between["ci_low"] <= between["percent"]).all()
    assert (between["percent"] <= between["ci_high"]).all()


def test_the_count_decides_and_not_a_rounded_percent() -> None:
    rows = pd.DataFrame({"n_with": [24, 24], "n_total": [41, 41], "percent": [58.4, 58.4]})
    rows = rows.assign(ci_low=None, ci_high=None, count_basis=["reported", "back-calculated"])
    assert rounded(rows)["percent_text"].tolist() == ["59%", "58%"]


def test_a_study_is_named_by_its_people_then_by_its_authors() -> None:
    refs = ["samoes2023", "carra2022", "portugalssc25"]
    assert study_names(["adults"] * 3, refs) == [
        "Adults (Samões et al. 2023)",
        "Adults (2022)",
        "Adults",
    ]


def test_what_alone_was_looked_at_comes_from_the_notes() -> None:
    assert only_looked_at(["klaassen1993", "sulemanutc", "samoes2023"]) == [
        "only the eye surface was examined",
        "only the shoulders and hips were imaged",
        "",
    ]
