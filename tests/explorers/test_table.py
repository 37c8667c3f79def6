"""The table explorer: every table, every filter state."""

import csv
import io
import re
from collections import Counter
from functools import cache
from html import unescape
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calcinosis_data as data
from calcinosis_data import UnknownColumnError, UnknownTableError
from calcinosis_data.course import explorers, ui
from calcinosis_data.course.explorers import filters
from calcinosis_data.course.explorers._opened import (
    LONG_CELLS,
    Opened,
    choosable,
    open_table,
    row_names,
)
from calcinosis_data.course.explorers._table import explorer as _table
from calcinosis_data.course.explorers._words import upper_first
from calcinosis_data.course.ui._cells import cell_rows, column_heads
from calcinosis_data.course.ui._results import csv_text
from calcinosis_data.course.ui.controls import ControlValueError

TABLES = data.list_tables()["name"].tolist()
COMPOUND = {("causes", "category")}  # "endocrine, renal" is both
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
    """Whether a cell is what a filter asks for, alone or as one of several groups."""
    if pd.isna(cell):
        return value == ui.NOT_STATED
    return bool(cell == value) or value in str(cell).split(", ")


def groups_shown(shown: ui.View, table: Opened, column: str) -> Counter[str]:
    """Count the groups of a column in the rows shown, cell by cell."""
    cells = shown.table[table.titles[column]].astype("object").fillna(ui.NOT_STATED).astype(str)
    apart = (table.name, column) in COMPOUND
    return Counter(group for c in cells for group in (c.split(", ") if apart else [c]))


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
    counted = groups_shown(shown, table, state["count_by"])
    assert sum(bars.values()) == counted.total()
    assert all("further groups" in group or counted[group] == n for group, n in bars.items())
    told = shown.chart_name.replace(" and ", ", ")
    assert all(f"{group} {n}" in told for group, n in bars.items() if " and " not in group)
    twice = counted.total() - expected
    assert overlap_told(shown.chart_name) == twice
    assert overlap_told(shown.finding) == twice or expected == 1  # its groups are all named


def rows_told(finding: str) -> tuple[int, int]:
    """Numbers of rows that a finding tells: found, and in all."""
    if all_shown := re.match(r"All (\d+) [a-z ]+ are shown\.", finding):
        return (int(all_shown[1]),) * 2
    if none := re.match(r".+?: none of the (\d+) ", finding):
        return 0, int(none[1])
    some = re.match(r".+?: (\d+) of (\d+) [a-z ]+\.", finding)
    assert some, finding
    return int(some[1]), int(some[2])


def overlap_told(text: str) -> int:
    """Number of rows that a text says to count more than once."""
    told = re.search(r"(\d+) rows? belongs? to more than one group and counts? in each", text)
    return int(told[1]) if told else 0


@settings(max_examples=300, deadline=None)
@given(states())
def test_what_is_said_of_the_groups_is_what_the_table_holds(
    case: tuple[Opened, dict[str, Any]],
) -> None:
    table, state = case
    shown = _table.view(table, **state)
    column = state.get("count_by", "")
    rows = len(shown.table)
    if not rows or not column or state.get(column, filters.ANY) != filters.ANY:
        assert "most often" not in shown.finding
        return
    said = shown.finding.split(f" {table.titles[column]}: ", maxsplit=1)[-1].removesuffix(".")
    groups = groups_shown(shown, table, column)
    blank = groups.pop(ui.NOT_STATED, 0)
    if rows == 1:
        names = list(groups) or [ui.NOT_STATED]
        assert said in (" and ".join(names), " and ".join(reversed(names)))
    elif not groups:
        assert said == f"not stated in any of these {rows} rows"
    elif said.startswith("different"):
        assert set(groups.values()) == {1}
        assert (said, len(groups)) == (f"different in each of these {rows} rows", rows)
    elif " in all " in said:
        assert [f"{group} in all {n}" for group, n in groups.items()] == [said]
        assert not blank
    else:
        check_leaders(said, groups, blank, rows)


def check_leaders(said: str, groups: Counter[str], blank: int, rows: int) -> None:
    """The groups called the most frequent have most rows, in the numbers told."""
    most = max(groups.values())
    leaders = {group for group, n in groups.items() if n == most}
    outside = re.match(r"not stated in (\d+) of (\d+), otherwise ", said)
    assert (outside is not None) == (blank > most)
    if outside:
        assert (int(outside[1]), int(outside[2])) == (blank, rows)
        said, rows, blank = said[outside.end() :], rows - blank, 0
        if len(groups) == 1:
            assert {said} == leaders
            return
    told = re.fullmatch(
        r"(?:most often (.+?)|(\d+) values come first) \((\d+) of (\d+)(.*)\)", said
    )
    assert told, said
    assert (int(told[3]), int(told[4])) == (most, rows)
    assert told[5].startswith(" each") == (len(leaders) > 1)
    named = re.findall("“(.+?)”", told[1] or "") or [told[1]]
    assert set(named) == leaders if told[1] else int(told[2]) == len(leaders) > 3
    assert (f"; {blank} not stated" in told[5]) == (blank > 0)


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


def _bookkeeping(name: str) -> set[str]:
    book = data.codebook(name)
    return set(book.loc[book["purpose"] == "bookkeeping", "column"])


@pytest.mark.parametrize("name", TABLES)
def test_bookkeeping_is_no_filter_and_stands_at_the_end(name: str) -> None:
    panel = explorers.table(name)
    kept = _bookkeeping(name)
    assert not _chosen(panel) & kept
    counted = panel.controls.get("count_by")
    assert not counted or not {value for _, value in counted.options} & kept
    columns = [c for c in opened(name).shown if c not in opened(name).key]
    assert set(columns[len(columns) - len(kept) :]) == kept


def test_bookkeeping_is_a_filter_where_a_preset_names_it() -> None:
    panel = explorers.table("prevalence", count_by="overlap_role", chart=True)
    assert panel.state["chart"]
    assert panel.state["count_by"] == "overlap_role"
    charted = data.load_table("prevalence").query("chart")
    assert len(panel.view.table) == len(charted)
    assert len(_chosen(panel)) <= _table.MOST_FILTERS


@pytest.mark.parametrize("name", TABLES)
def test_categories_are_shown_in_words_and_kept_by_their_ids(name: str) -> None:
    panel = explorers.table(name)
    rows = data.load_table(name)
    for column in rows.select_dtypes("category"):
        said = [str(word) for word in opened(name).words[column].cat.categories]
        assert not [word for word in said if re.search(r"[a-z][-_][a-z]", word)]
        assert not set(said) & {"ct", "mri", "rct", "doi", "pmc"}
        if column in _chosen(panel):
            pairs = dict(panel.controls[column].options)
            single = set(rows[column].cat.categories) - set(filters.compounds(rows[column]))
            assert single <= set(pairs.values())
            capitals = {word[:1].upper() + word[1:] for word in said}
            whole = {upper_first(one) for one in filters.compounds(rows[column])}
            assert capitals - whole <= {*pairs, upper_first(ui.NOT_STATED)}


@pytest.mark.parametrize("name", TABLES)
def test_short_columns_come_first_and_long_texts_after_them(name: str) -> None:
    table = opened(name)
    kept = [c for c in table.shown[1:] if c not in table.bookkeeping and c not in table.key]
    blank = [c for c in kept if table.words[c].isna().mean() > 0.5]
    text = [c for c in kept if isinstance(table.words[c].dtype, pd.StringDtype)]
    long = [c for c in text if table.words[c].str.len().mean() > LONG_CELLS and c not in blank]
    late = [*long, *blank]
    assert kept[len(kept) - len(late) :] == late
    assert set(table.shown) == set(table.titles)


def test_the_columns_and_their_order_are_told_where_a_page_is_too_narrow() -> None:
    assert any("The table has 12 columns" in n for n in explorers.table("source_items").view.notes)
    assert not any("columns, short" in n for n in explorers.table("citations").view.notes)


@pytest.mark.parametrize("name", TABLES)
def test_notes_name_tables_and_columns_by_their_titles(name: str) -> None:
    told = opened(name).description
    assert not re.search(r"\b[a-z]+_[a-z]+\b", told)
    assert not re.search(rf"\b(?:stands? in|table) (?:{'|'.join(TABLES)})\b", told)
    assert explorers.table(name).view.notes[0] == told
    assert len(explorers.table(name).view.notes) <= 4


def test_groups_are_called_as_in_the_map_of_causes() -> None:
    panel = explorers.table("causes")
    drawn = set(panel.view.figure.layout.yaxis.ticktext)
    mapped = {label for label, _ in explorers.cause_map().controls["category"].options}
    single = {label for label in mapped if " and " not in label} - {filters.ANY}
    assert single <= drawn


def test_a_category_is_said_in_words_everywhere() -> None:
    panel = explorers.table("outcomes", design="case-report", count_by="design")
    assert panel.view.finding == "Design “case report”: 41 of 91 rows."
    assert set(panel.view.table["Design"]) == {"case report"}
    assert "case report 41" in panel.view.chart_name
    assert list(panel.view.figure.data[0].y) == ["case report"]
    assert panel.view.figure.layout.yaxis.ticktext == ("Case report",)
    assert "case report" in csv_text(panel.view)
    assert "case-report" not in csv_text(panel.view)
    panel = explorers.table("prevalence", detection="not-stated", count_by="detection")
    unstated = data.load_table("prevalence")["detection"].eq("not-stated").sum()
    told = f"How it was found not stated: {unstated} of 108 rows."
    assert panel.view.finding.startswith(told)
    assert panel.view.table["How it was found"].isna().all()
    panel = explorers.table("prevalence", count_by="detection")
    assert panel.view.figure.data[0].y[-1] == ui.NOT_STATED


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
    assert shown.finding == "The word “zzz”: none of the 5 types. Clear the search to see more."
    shown = explorers.table("causes", "zzz", category="bone").view
    assert shown.finding == (
        "Group “bone” and the word “zzz”: none of the 16 causes. "
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
    told = re.match(r"(\d+) sources stand behind these rows", shown.notes[-1])
    table = opened("appraisals")
    assert told
    assert int(told[1]) == len(_table.reference_ids(table, table.rows))


def test_a_finding_reads_as_plain_english() -> None:
    labs = explorers.table("labs", condition_id="dystrophic-calcinosis", count_by="direction")
    assert labs.view.finding == (
        "Condition “Dystrophic calcinosis”: 8 of 148 rows. Direction: most often normal (6 of 8)."
    )
    symptoms = explorers.table("symptoms", "pain", red_flag=True)
    assert symptoms.view.finding.startswith("Red flag “yes” and the word “pain”: 3 of 20 symptoms.")
    entries = explorers.table("source_items", related_item=ui.NOT_STATED)
    assert entries.view.finding.startswith("Related entry not stated: 67 of 78 rows. Section: ")


def test_a_group_is_found_inside_a_compound_category() -> None:
    panel = explorers.table("causes", category="endocrine", count_by="category")
    values = [value for _, value in panel.controls["category"].options]
    assert "endocrine, renal" not in values
    assert {"endocrine", "renal", "genetic", "metabolic", "metabolic-toxic"} <= set(values)
    causes = data.load_table("causes")
    compound = causes.loc[causes["category"] == "endocrine, renal", "name"].item()
    assert compound in panel.view.table["Name"].tolist()
    assert panel.view.finding == (
        "Group “endocrine”: 3 of 16 causes. "
        "1 row belongs to more than one group and counts in each."
    )


def test_only_a_vocabulary_that_combines_its_own_groups_is_taken_apart() -> None:
    split = {
        (name, column)
        for name in TABLES
        for column in data.load_table(name)
        if filters.compounds(data.load_table(name)[column])
    }
    assert split == COMPOUND


@settings(max_examples=100, deadline=None)
@given(states())
def test_columns_blank_in_all_rows_are_left_out_and_counted(
    case: tuple[Opened, dict[str, Any]],
) -> None:
    table, state = case
    shown = _table.view(table, **state)
    filtered = {column for column in table.rows if state.get(column, filters.ANY) != filters.ANY}
    asked = {table.titles[c] for c in filtered | {state["sort_by"], state.get("count_by")} if c}
    left = [title for title in table.titles.values() if title not in shown.table]
    told = [re.match(r"(\d+) columns? (?:is|are) left out", note) for note in shown.notes]
    assert [int(one[1]) for one in told if one] == ([len(left)] if left else [])
    if shown.table.empty:
        assert not left
        return
    words = table.words.loc[expected_rows(table, state)].rename(columns=table.titles)
    assert all(words[title].isna().all() for title in left)
    blank = {title for title in shown.table if shown.table[title].isna().all()}
    assert blank <= asked <= set(shown.table)


def test_a_blank_column_stays_while_it_is_filtered_or_sorted_by() -> None:
    def columns(**state: Any) -> list[str]:
        panel = explorers.table("labs", condition_id="dystrophic-calcinosis")
        for name, value in state.items():
            panel.controls[name].value = value
        return list(panel.view.table)

    assert "Form" not in columns()
    assert "Form" in columns(sort_by="form")
    unrelated = explorers.table("source_items", related_item=ui.NOT_STATED).view
    assert unrelated.table["Related entry"].isna().all()
    assert "Form" in list(explorers.table("labs").view.table)


def test_the_download_holds_the_rows_and_columns_of_the_table() -> None:
    panel = explorers.table("labs", condition_id="dystrophic-calcinosis")
    lines = list(csv.reader(io.StringIO(csv_text(panel.view))))
    assert lines[0] == [head["name"] for head in column_heads(panel.view.table)]
    read = [[cell or ui.NOT_STATED for cell in line] for line in lines[1:]]
    assert read == cell_rows(panel.view.table)


def test_notes_name_the_source_and_not_its_id() -> None:
    notes = explorers.table("labs", "tucci").view.table["Note"].dropna().tolist()
    assert any("(Tucci 2023)" in note for note in notes)
    ids = set(data.load_table("references")["ref_id"])
    for name in TABLES:
        words = opened(name).words
        for column in words.select_dtypes("str"):
            for text in words[column].dropna():
                inside = " ".join(re.findall(r"\(([^()]*)\)", text))
                assert not ids & set(re.split(r"[\s;,]+", inside)), text


def test_the_picker_leaves_a_still_copy_for_readers_without_a_kernel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[dict[str, object]] = []
    monkeypatch.setattr(ui.snapshot, "emit", lambda bundle: shown.append(dict(bundle)))
    picker = explorers.table()
    picker._ipython_display_()
    assert "application/vnd.jupyter.widget-view+json" in shown[0]
    assert picker.view.finding in unescape(str(shown[1]["text/html"]))
