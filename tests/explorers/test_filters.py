"""Steps from frame to frame: search, keep, sort, count."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcinosis_data.course.explorers import filters
from calcinosis_data.course.ui import NOT_STATED

WORDS = st.text(alphabet="aábcçéE ", max_size=8)
CELLS = st.one_of(st.none(), WORDS)
FRAMES = st.lists(st.tuples(CELLS, CELLS), max_size=12).map(
    lambda rows: pd.DataFrame(rows, columns=["one", "two"], dtype="str")
)


@settings(deadline=None)
@given(FRAMES, WORDS)
def test_a_search_finds_the_rows_that_hold_every_word(frame: pd.DataFrame, query: str) -> None:
    words = [filters.fold(word) for word in query.split()]
    expected = [
        index
        for index, row in frame.iterrows()
        if all(any(word in filters.fold(c) for c in row if isinstance(c, str)) for word in words)
    ]
    assert filters.search(frame, query).index.tolist() == expected


@pytest.mark.parametrize("query", ["SJOGREN", "sjögren syn", "  Syndrome  sjo "])
def test_case_accents_and_order_of_words_do_not_matter(query: str) -> None:
    frame = pd.DataFrame({"name": ["Sjögren syndrome", "Myeloma"]})
    assert filters.search(frame, query)["name"].tolist() == ["Sjögren syndrome"]


def test_a_word_is_not_found_across_two_cells() -> None:
    frame = pd.DataFrame({"one": ["cal"], "two": ["cium"]})
    assert filters.search(frame, "calcium").empty


def test_what_looks_like_a_pattern_is_searched_as_it_stands() -> None:
    frame = pd.DataFrame({"name": ["a.c", "abc", "(x"]})
    assert filters.search(frame, "a.c").index.tolist() == [0]
    assert filters.search(frame, "(").index.tolist() == [2]


@settings(deadline=None)
@given(FRAMES, st.sampled_from(["one", "two"]))
def test_the_values_of_a_column_and_the_blanks_share_out_the_rows(
    frame: pd.DataFrame, column: str
) -> None:
    values = [*frame[column].dropna().unique(), NOT_STATED]
    parts = [filters.keep(frame, column, value) for value in values]
    assert sorted(index for part in parts for index in part.index) == frame.index.tolist()
    assert filters.keep(frame, column, filters.ANY) is frame


def test_yes_and_no_are_kept_apart_from_blanks() -> None:
    frame = pd.DataFrame({"red_flag": pd.array([True, False, None], dtype="boolean")})
    kept = {v: filters.keep(frame, "red_flag", v).index.tolist() for v in (True, False)}
    assert kept == {True: [0], False: [1]}
    assert filters.keep(frame, "red_flag", NOT_STATED).index.tolist() == [2]


@settings(deadline=None)
@given(FRAMES, st.booleans())
def test_blanks_come_last_whatever_the_direction(frame: pd.DataFrame, descending: bool) -> None:
    column = filters.sort_rows(frame, "one", descending=descending)["one"]
    stated = [filters.fold(value) for value in column.dropna()]
    assert stated == sorted(stated, reverse=descending)
    assert column.isna().tolist() == sorted(column.isna().tolist())


def test_an_ordered_vocabulary_sorts_by_its_meaning() -> None:
    levels = pd.Categorical(["reported", "established"], ["established", "reported"], ordered=True)
    frame = pd.DataFrame({"level": levels})
    assert filters.sort_rows(frame, "level").index.tolist() == [1, 0]


@settings(deadline=None)
@given(FRAMES, st.integers(1, 4))
def test_a_chart_of_groups_counts_every_row_once(frame: pd.DataFrame, most: int) -> None:
    counts = filters.count_groups(frame, "one")
    bars = filters.fold_small_groups(counts, most)
    assert counts["n"].sum() == bars["n"].sum() == len(frame)
    assert (counts["n"] > 0).all()
    assert len(bars) <= most + 2
    blanks = int(frame["one"].isna().sum())
    assert counts.loc[counts["group"] == NOT_STATED, "n"].sum() == blanks
    if blanks:
        assert bars["group"].iloc[-1] == NOT_STATED


def test_groups_stand_largest_first_unless_their_order_means_something() -> None:
    values = ["b", "a", "b"]
    free = pd.DataFrame({"x": pd.Categorical(values, ["a", "b", "c"])})
    ordered = pd.DataFrame({"x": pd.Categorical(values, ["a", "b", "c"], ordered=True)})
    assert filters.count_groups(free, "x")["group"].tolist() == ["b", "a"]
    assert filters.count_groups(ordered, "x")["group"].tolist() == ["a", "b"]


def test_an_id_without_a_name_stays_an_id() -> None:
    ids = pd.Series(["ct", "mri", None], dtype="str")
    named = filters.names_for(ids, pd.Series({"ct": "CT scan"}))
    assert named.fillna("").tolist() == ["CT scan", "mri", ""]


KINDS = ["bone", "endocrine", "endocrine, renal", "genetic", "genetic, metabolic", "soft, hard"]


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.sampled_from(KINDS)), max_size=12))
def test_the_count_of_a_group_is_the_number_of_rows_that_its_filter_keeps(
    kinds: list[str | None],
) -> None:
    frame = pd.DataFrame({"kind": pd.Categorical(kinds, KINDS)})
    counts = filters.count_groups(frame, "kind").set_index("group")["n"]
    for group in [*filters.group_names(frame["kind"]), NOT_STATED]:
        assert counts.get(group, 0) == len(filters.keep(frame, "kind", group))
    assert set(counts.index) <= {"bone", "endocrine", "renal", "genetic", "metabolic"} | {
        "soft, hard",
        NOT_STATED,
    }


CITATIONS = {"one2020": "One et al. 2020", "two": "Two, year not shown"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Low (one2020).", "Low (One et al. 2020)."),
        ("Low (one2020; two)", "Low (One et al. 2020; Two, year not shown)"),
        ("Low (2 of 5; see one2020)", "Low (2 of 5; see One et al. 2020)"),
        ("Low in two of one2020 (none)", "Low in two of one2020 (none)"),
        ("Low (one2020b; someone2020)", "Low (one2020b; someone2020)"),
        ("(one2020", "(one2020"),
    ],
)
def test_only_ids_in_brackets_become_citations(text: str, expected: str) -> None:
    assert filters.cite_in_brackets(text, CITATIONS) == expected
