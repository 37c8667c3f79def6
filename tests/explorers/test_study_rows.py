"""Rows of studies in words."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import calcinosis_data as data
from calcinosis_data.course.explorers import study_rows as words

TABLES = {
    "prevalence": ("n_with", "n_total"),
    "outcomes": ("n_improved", "n_treated"),
    "frequencies": ("n_with", "n_total"),
}
OVERLAPPING = {
    "prevalence": "prevalence_id",
    "outcomes": "outcome_id",
    "frequencies": "frequency_id",
}


@pytest.mark.parametrize(("table", "columns"), TABLES.items())
def test_every_table_of_studies_can_be_put_into_words(table: Any, columns: tuple[str, str]) -> None:
    rows = words.study_columns(data.load_table(table), *columns)
    both = rows[columns[0]].notna() & rows[columns[1]].notna()
    parts = rows.loc[both, "count"].str.replace(",", "").str.split(" of ", expand=True).astype(int)
    assert parts[0].tolist() == rows.loc[both, columns[0]].tolist()
    assert parts[1].tolist() == rows.loc[both, columns[1]].tolist()
    assert rows["interval"].isna().tolist() == rows["ci_low"].isna().tolist()
    assert rows["percent_text"].isna().tolist() == rows["percent"].isna().tolist()
    assert rows["source"].tolist() == [data.cite(ref) for ref in rows["ref_id"]]
    assert rows["single"].tolist() == [n == 1 for n in rows[columns[1]].fillna(0)]


def test_nothing_to_put_into_words() -> None:
    rows = words.study_columns(data.load_table("prevalence").iloc[:0])
    assert rows.empty
    assert {"count", "interval", "source", "single"} <= set(rows)


@pytest.mark.parametrize(
    ("n_with", "n_total", "expected"),
    [(19, 50, "19 of 50"), (0, 1, "0 of 1"), (1290, 5218, "1,290 of 5,218")],
)
def test_counts(n_with: int, n_total: int, expected: str) -> None:
    assert words.count_words(n_with, n_total) == expected


def test_a_count_that_was_not_shown() -> None:
    assert words.count_words(pd.NA, pd.NA) is None
    assert words.count_words(pd.NA, 490) == "490 studied"
    assert words.count_words(54, pd.NA) == "54"


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        (0.0, "0%"),
        (100.0, "100%"),
        (43.59, "43.6%"),
        (6.0, "6%"),
        (0.0054, "0.0054%"),
        (0.65, "0.65%"),
    ],
)
def test_percents(percent: float, expected: str) -> None:
    assert words.percent_words(percent) == expected
    assert words.percent_words(None) is None


@given(st.lists(st.floats(0, 100), min_size=1))
def test_a_range_runs_from_the_lowest_to_the_highest(percents: list[float]) -> None:
    ends = words.range_words(percents).split(" to ")
    assert ends[0] == words.percent_words(min(percents))
    assert ends[-1] == words.percent_words(max(percents))


@pytest.mark.parametrize(("table", "key"), OVERLAPPING.items())
def test_each_row_of_an_overlap_group_says_so(table: Any, key: str) -> None:
    rows = data.load_table(table)
    said = words.shared_patients(rows, rows, key)
    assert said.isna().tolist() == rows["overlap_group"].isna().tolist()
    for number, text in said.dropna().items():
        mine = rows["overlap_group"].eq(rows.loc[number, "overlap_group"]).fillna(False)
        others = rows[mine].drop(index=number)
        assert f" {len(others)} other row" in text
        assert text.startswith(words.ROLE_WORDS[rows.loc[number, "overlap_role"]])
        assert all(data.cite(ref) in text for ref in others["ref_id"])


def test_all_roles_have_words() -> None:
    roles = set(data.load_table("prevalence")["overlap_role"].cat.categories)
    assert roles == set(words.ROLE_WORDS) == set(words._ROLE_MARKS)


def test_a_row_is_marked_only_beside_its_fellow() -> None:
    rows = data.load_table("prevalence").set_index("prevalence_id")
    both = rows.loc[["systemic-sclerosis-samoes2023", "systemic-sclerosis-samoes2023-2"]]
    assert words.shared_marks(both).tolist() == ["same patients", "same patients"]
    assert words.shared_marks(both[:1]).tolist() == [""]
    assert words.shared_marks(both[:0]).empty
    without = rows[rows["overlap_group"].isna()]
    assert set(words.shared_marks(without)) == {""}


@given(st.lists(st.tuples(*[st.sampled_from("abc")] * 3), min_size=1))
def test_distinct_names_are_unique_and_keep_their_start(rows: list[tuple[str, str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["name", "one", "two"])
    names = words.distinct_names(frame["name"], frame["one"], frame["two"])
    assert names.is_unique
    assert all(a.startswith(b) for a, b in zip(names, frame["name"], strict=True))
    alone = ~frame["name"].duplicated(keep=False)
    assert names[alone].tolist() == frame.loc[alone, "name"].tolist()
