"""The table explorer: every table, every filter state."""

import re
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calcinosis_data as data
from calcinosis_data import UnknownColumnError, UnknownTableError
from calcinosis_data.course import explorers, ui
from calcinosis_data.course.explorers import _table, filters
from calcinosis_data.course.explorers._opened import Opened, choosable, open_table, row_names
from calcinosis_data.course.ui.controls import ControlValueError

TABLES = data.list_tables()["name"].tolist()
WORDS = ["", "calcium", "KIDNEY", "sclérosis", "calcium phosphate", "zzz"]


@cache
def opened(name: str) -> Opened:
    return open_table(name)


@st.composite
def states(draw: st.DrawFn) -> tuple[Opened, dict[str, Any]]:
    """A table and one state of its filters, any that its controls can be in."""
    table = opened(draw(st.sampled_from(TABLES)))
    groupings = choosable(table)
    chosen = {
        column: draw(st.sampled_from([value for _, value in _table._options(table, column)]))
        for column in _table._filter_columns(table, groupings, {})
    }
    state = {
        "search": draw(st.sampled_from(WORDS)),
        "sort_by": draw(st.sampled_from(table.shown)),
        "descending": draw(st.booleans()),
        **({"count_by": draw(st.sampled_from(groupings))} if groupings else {}),
    }
    return table, {**state, **chosen}


def expected_rows(table: Opened, state: dict[str, Any]) -> list[Any]:
    """Filter row by row, without the steps under test."""
    chosen = {c: v for c, v in state.items() if c in table.rows and v != filters.ANY}
    words = [filters.fold(word) for word in state["search"].split()]
    kept = []
    for index, row in table.rows.iterrows():
        cells = [*row, *table.words.loc[index]]
        text = [filters.fold(str(cell)) for cell in cells if not pd.isna(cell)]
        found = all(any(word in cell for cell in text) for word in words)
        if found and all(holds(row[column], value) for column, value in chosen.items()):
            kept.append(index)
    return kept


def holds(cell: Any, value: object) -> bool:
    """Whether a cell is what a filter asks for."""
    if pd.isna(cell):
        return value == filters.NOT_STATED
    return bool(cell == value)


@settings(max_examples=150, deadline=None)
@given(states())
def test_finding_chart_and_table_agree_in_every_state(case: tuple[Opened, dict[str, Any]]) -> None:
    table, state = case
    shown = _table.view(table, **state)
    expected = len(expected_rows(table, state))
    assert len(shown.table) == expected
    assert rows_told(shown.finding) == (expected, len(table.rows))
    assert f": {expected} of {len(table.rows)} rows" in shown.caption
    if shown.figure is None:
        assert expected == 0 or "count_by" not in state
        return
    bars = dict(zip(shown.figure.data[0].y, shown.figure.data[0].x, strict=True))
    assert sum(bars.values()) == expected
    told = shown.chart_name.replace(" and ", ", ")
    assert all(f"{group} {n}" in told for group, n in bars.items() if " and " not in group)
    column = shown.table[table.titles[state["count_by"]]]
    counted = column.astype("object").fillna(filters.NOT_STATED).astype(str).value_counts()
    for group, n in bars.items():
        assert "further groups" in group or counted[group] == n


def rows_told(finding: str) -> tuple[int, int]:
    """Numbers of rows that a finding tells: found, and in all."""
    if all_shown := re.match(r"All (\d+) ", finding):
        return (int(all_shown[1]),) * 2
    if none := re.match(r"None of the (\d+) ", finding):
        return 0, int(none[1])
    some = re.match(r"(\d+) of (\d+) ", finding)
    assert some, finding
    return int(some[1]), int(some[2])


@settings(max_examples=60, deadline=None)
@given(states())
def test_the_largest_group_told_is_the_longest_bar(case: tuple[Opened, dict[str, Any]]) -> None:
    table, state = case
    shown = _table.view(table, **state)
    largest = re.search(r"the largest group is “(.+)” with (\d+) of (\d+)", shown.finding)
    if largest and shown.figure is not None:
        bars = dict(zip(shown.figure.data[0].y, shown.figure.data[0].x, strict=True))
        bars.pop(filters.NOT_STATED, None)
        assert bars[largest[1]] == int(largest[2])
        named = [n for group, n in bars.items() if "further groups" not in group]
        assert int(largest[2]) == max(named)
        assert int(largest[3]) == len(shown.table)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_opens_with_its_rows_in_words(name: str) -> None:
    panel = explorers.table(name)
    assert panel.error is None
    assert len(panel.view.table) == len(data.load_table(name))
    titles = set(data.codebook(name)["title"])
    plain = {re.sub(r" \([a-z0-9 -]+\)$", "", column) for column in panel.view.table}
    assert plain <= titles | set(panel.view.table)
    assert len(panel.view.table.columns) == len(data.codebook(name))
    assert len(_chosen(panel)) <= _table.MOST_FILTERS


@pytest.mark.parametrize("name", TABLES)
def test_no_id_is_shown_where_a_name_exists(name: str) -> None:
    table = opened(name)
    for column, target in table.links.items():
        named = set(row_names(target).index) & set(table.rows[column].dropna())
        names = set(row_names(target)[list(named)])
        assert set(table.words.loc[table.rows[column].isin(named), column]) <= names


def _chosen(panel: ui.Panel) -> set[str]:
    return set(panel.controls) - {"search", "count_by", "sort_by", "descending"}


def test_presets_start_the_filters_and_reset_goes_back_to_them() -> None:
    panel = explorers.table("causes", "kidney", "category", category="endocrine")
    assert panel.state["search"] == "kidney"
    assert panel.state["category"] == "endocrine"
    panel.controls["category"].value = filters.ANY
    panel.reset()
    assert panel.state["category"] == "endocrine"


def test_a_preset_column_is_a_filter_even_if_others_are_more_useful() -> None:
    name = next(name for name in TABLES if len(choosable(opened(name))) > _table.MOST_FILTERS)
    table = opened(name)
    spare = [c for c in choosable(table) if c not in _chosen(explorers.table(name))]
    short = next(c for c in spare if table.rows[c].nunique() <= _table.LONGEST_CHOICE)
    value = _table._options(table, short)[1][1]
    panel = explorers.table(name, **{short: value})
    assert panel.state[short] == value
    assert len(_chosen(panel)) == _table.MOST_FILTERS


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: explorers.table("cause"), UnknownTableError, "Did you mean 'causes'?"),
        (
            lambda: explorers.table("causes", categry="renal"),
            UnknownColumnError,
            "table 'causes' has no filter 'categry'. Did you mean 'category'?",
        ),
        (
            lambda: explorers.table("causes", category="endocrin"),
            ControlValueError,
            "Did you mean 'endocrine'?",
        ),
        (
            lambda: explorers.table("causes", count_by="categories"),
            UnknownColumnError,
            "table 'causes' cannot be counted by 'categories'. Did you mean 'category'?",
        ),
    ],
)
def test_a_wrong_preset_names_the_nearest_right_one(call: Any, error: Any, words: str) -> None:
    with pytest.raises(error) as caught:
        call()
    assert words in str(caught.value)


def test_an_empty_result_says_so_and_what_to_do() -> None:
    shown = explorers.table("types", "zzz").view
    assert shown.table.empty
    assert shown.finding == (
        "None of the 5 types has the word “zzz”. "
        "Set a filter back to “any” or clear the search to see more."
    )


def test_the_picker_offers_every_table_and_rebuilds_the_filters() -> None:
    picker = explorers.table()
    assert isinstance(picker, explorers.TablePicker)
    assert [value for _, value in picker.choice.options] == TABLES
    first = picker.panel
    picker.choice.value = "treatments"
    assert picker.state["table"] == "treatments"
    assert picker.state["evidence_level"] == filters.ANY
    assert len(picker.view.table) == len(data.load_table("treatments"))
    assert first.comm is None  # closed, so that a page of many changes does not grow


def test_sources_are_those_of_the_rows_shown() -> None:
    table = opened("causes")
    rows = table.rows.query("cause_id == 'myeloma'")
    expected = set(data.sources_of("causes", "myeloma")["ref_id"])
    assert set(_table.reference_ids(table, rows)) == expected
    labs = opened("labs")
    assert set(_table.reference_ids(labs, labs.rows)) == set(labs.rows["ref_id"].dropna())


def test_the_same_id_in_another_table_lends_no_sources() -> None:
    cited = data.load_table("citations")
    conditions = opened("conditions")
    assert set(conditions.rows["condition_id"]) & set(cited["row_id"])
    own = cited.loc[cited["table"].astype("str") == "conditions", "ref_id"]
    assert set(_table.reference_ids(conditions, conditions.rows)) == set(own)


@pytest.mark.parametrize("query", ["graft-versus-host", "chronic-gvhd"])
def test_a_row_is_found_by_name_and_by_id(query: str) -> None:
    found = explorers.table("cause_types", query).view.table
    assert found["Cause"].tolist() == ["Chronic graft-versus-host disease"]


def test_many_sources_are_counted_instead_of_listed() -> None:
    shown = explorers.table("appraisals").view
    assert shown.ref_ids == ()
    told = re.match(r"(\d+) sources stand behind these rows", shown.notes[1])
    table = opened("appraisals")
    assert told
    assert int(told[1]) == len(_table.reference_ids(table, table.rows))
