"""The lab matcher: what fits, what clashes, what stays open, and in which order."""

import itertools
import re
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calcinosis_data as data
from calcinosis_data.course import explorers, ui
from calcinosis_data.course.explorers._lab_matcher import explorer as _lab_matcher
from calcinosis_data.course.explorers._lab_matcher.cells import (
    MOST_COLUMNS,
    NOT_ONE,
    lab_marks,
    short_direction,
)
from calcinosis_data.course.explorers._lab_matcher.ranking import (
    ANALYTES,
    by_blood_values,
    chosen,
    first_in_order,
    offered_values,
    ranked,
)
from calcinosis_data.course.explorers._lab_matcher.words import heading, outcome
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.known import known_patterns, measured_values
from calcinosis_data.course.explorers.patterns import CLASHES, FITS, OPEN, judge, values_of
from calcinosis_data.course.ui import NOT_STATED
from calcinosis_data.course.ui.controls import ControlValueError

LABS = data.load_table("labs").merge(data.load_table("conditions"), on="condition_id")
KEYS = {"types": "type_id", "causes": "cause_id"}
OPTIONS = {analyte: (ANY, *values) for analyte, values in offered_values().items()}
STATES = st.tuples(
    st.fixed_dictionaries({analyte: st.sampled_from(one) for analyte, one in OPTIONS.items()}),
    st.sampled_from(sorted(KEYS)),
)
FEW = st.tuples(  # mostly nothing chosen, as learners begin
    st.fixed_dictionaries(
        {analyte: st.sampled_from([ANY] * 5 + list(one[1:])) for analyte, one in OPTIONS.items()}
    ),
    st.sampled_from(sorted(KEYS)),
)


def _view(values: dict[str, str], level: str) -> ui.View:
    return _lab_matcher.view(level=level, **values)


def _judged(values: dict[str, str], level: str) -> dict[str, Counter[str]]:
    """Fits, clashes and open cells of each condition, straight from the table `labs`."""
    own = LABS[LABS[KEYS[level]].notna()]
    cells = {(c, a): d for c, a, d in own[["condition_id", "analyte_id", "direction"]].values}
    names = data.load_table(level).set_index(KEYS[level])["name"]
    fates: dict[str, Counter[str]] = {}
    for one, condition, form in own[[KEYS[level], "condition_id", "form"]].values:
        name = names[one] if pd.isna(form) else f"{names[one]} ({form})"
        counts: Counter[str] = Counter()
        for analyte, value in chosen(values).items():
            direction = cells.get((condition, analyte))
            if direction in (None, "variable"):
                counts[OPEN] += 1
            else:
                counts[FITS if value in direction.split("-") else CLASHES] += 1
        fates[name] = counts
    return fates


def _check(values: dict[str, str], level: str) -> None:
    shown, fates = _view(values, level), _judged(values, level)
    found = chosen(values)
    names = shown.table.iloc[:, 0]
    assert names.is_unique
    assert set(names) == set(fates)
    _check_chart(shown, found)
    assert shown.finding.endswith(".")
    assert not re.search(r"nan|None\b(?! of)|<NA>|  |\.\.", shown.finding)
    assert set(shown.ref_ids) <= set(data.load_table("references")["ref_id"])
    assert "A teaching aid, not a diagnostic tool." in shown.notes
    assert len(shown.notes) <= 4
    assert any("form in brackets" in note for note in shown.notes) == (level == "causes")
    if found:
        _check_order(shown.table, fates)
        _check_table(shown.table, fates, len(found))
        _check_finding(shown.finding, fates, len(found))


def _check_chart(shown: ui.View, found: dict[str, str]) -> None:
    drawn = {name for trace in shown.figure.data for name in trace.customdata}
    assert drawn == set(shown.table.iloc[:, 0])
    columns = min(len(found) or MOST_COLUMNS, MOST_COLUMNS)
    assert sum(len(trace.x) for trace in shown.figure.data) == len(shown.table) * columns
    kinds = {trace.name for trace in shown.figure.data}
    assert kinds <= ({FITS, OPEN, CLASHES} if found else {*measured_values(), NOT_ONE})
    assert any("The chart has room" in note for note in shown.notes) == (len(found) > MOST_COLUMNS)


def _check_order(table: pd.DataFrame, fates: dict[str, Counter[str]]) -> None:
    places = [(fates[one][CLASHES], -fates[one][FITS], one.casefold()) for one in table.iloc[:, 0]]
    assert places == sorted(places)


def _check_table(table: pd.DataFrame, fates: dict[str, Counter[str]], chosen_values: int) -> None:
    for row in table.to_dict("records"):
        counts = fates[next(iter(row.values()))]
        whole = CLASHES if counts[CLASHES] else OPEN if counts[OPEN] else FITS
        assert row["Does it fit?"] == whole
        known = counts[FITS] + counts[CLASHES]
        assert row["Values known"] == f"{known} of {chosen_values}"
        cells = Counter(str(cell).rsplit(": ", 1)[-1] for cell in list(row.values())[3:-2])
        assert cells == +counts


def _check_finding(finding: str, fates: dict[str, Counter[str]], chosen_values: int) -> None:
    fitting = [one for one, counts in fates.items() if counts[FITS] == chosen_values]
    clashing = [one for one, counts in fates.items() if counts[CLASHES]]
    left_open = len(fates) - len(fitting) - len(clashing)
    told = re.search(r"(?:(\d+) of|[Nn]one of the) (\d+) (?:causes|types) fits? ", finding)
    assert told
    assert (int(told[1] or 0), int(told[2])) == (len(fitting), len(fates))
    still = re.search(r"(\d+) (?:is|are) left open", finding)
    assert int(still[1] if still else 0) == left_open
    if fitting:
        away = re.search(r"(\d+) (?:does|do) not fit\.", finding)
        assert int(away[1] if away else 0) == len(clashing)
    else:
        some = any(counts[FITS] for counts in fates.values())
        assert ("Nearest: " in finding) == some
        assert ("Not one of the values fits any of the " in finding) != some
    if 0 < len(fitting) <= 3:
        assert all(one[1:] in finding for one in fitting)


@settings(max_examples=100, deadline=None)
@given(STATES)
def test_every_state_agrees_with_the_table_of_labs(state: tuple[dict[str, str], str]) -> None:
    _check(*state)


@settings(max_examples=100, deadline=None)
@given(FEW)
def test_states_with_few_values_agree_too(state: tuple[dict[str, str], str]) -> None:
    _check(*state)


@pytest.mark.parametrize("level", sorted(KEYS))
def test_every_single_value_agrees_with_the_table_of_labs(level: str) -> None:
    for analyte, values in offered_values().items():
        for value in values:
            _check({analyte: value}, level)


def test_high_calcium_with_low_phosphate() -> None:
    shown = explorers.lab_matcher(calcium="high", phosphate="low").view
    assert shown.finding == (
        "High calcium with low phosphate: 1 of 16 causes fits both values, hyperparathyroidism "
        "(primary); 5 are left open and 10 do not fit."
    )
    assert shown.table["Cause"].iloc[0] == "Hyperparathyroidism (primary)"
    assert shown.table["Phosphate"].iloc[0] == "low: fits"


def test_nothing_known_is_not_called_the_nearest() -> None:
    shown = explorers.lab_matcher("low", "low", level="types").view
    assert shown.finding == (
        "Low calcium with low phosphate: none of the 5 types fits both values; 1 is left open. "
        "Not one of the values fits any of the types for certain."
    )
    assert shown.table["Values known"].iloc[0] == "0 of 2"


def test_first_state_says_how_calcium_goes() -> None:
    causes = LABS[LABS["cause_id"].notna() & LABS["analyte_id"].eq("calcium")]
    n = causes["direction"].value_counts()
    finding = explorers.lab_matcher().view.finding
    assert f"Calcium is high in {n['high']} of {len(causes)} causes" in finding
    assert f"normal in {n['normal']}," in finding
    assert f"low or normal in {n['low-normal']}" in finding
    assert f"varies in {n['variable']}." in finding


@pytest.mark.parametrize("level", sorted(KEYS))
def test_first_state_groups_by_calcium(level: str) -> None:
    shown = _view({}, level)
    calcium = shown.table["Calcium"].str.rstrip("*")
    groups = [value for value, _ in itertools.groupby(calcium)]
    order = ["high", "normal", "low or normal", "low", "varies"]
    assert groups == [one for one in order if one in set(calcium)]
    texts = " ".join(shown.figure.layout.yaxis.ticktext)
    assert all(f"Calcium {one}" in texts for one in groups)
    said = [re.search(rf"\b{one} in (\d+)", shown.finding) for one in groups]
    assert [int(one[1]) for one in said] == calcium.value_counts()[groups].tolist()
    assert [one.start() for one in said] == sorted(one.start() for one in said)


def test_rows_by_blood_values_in_small() -> None:
    directions = ["variable", "low", "low-normal", "high", "high-normal", "normal", "high"]
    frame = pd.DataFrame({"name": list("abcdefg"), "calcium": [*map(values_of, directions)]})
    frame["phosphate"] = [*map(values_of, ["low"] * 6 + ["high"])]
    assert "".join(by_blood_values(frame)["name"]) == "gdefcba"


def test_further_tests_are_told_of_and_get_a_column() -> None:
    first = explorers.lab_matcher().view
    assert first.notes[0].startswith(
        "1,25-dihydroxyvitamin D and fibroblast growth factor 23 get a column once you choose"
    )
    later = explorers.lab_matcher(fgf23="high").view
    assert "Fibroblast growth factor 23" in later.table
    assert "Fibroblast growth factor 23" not in first.table
    assert not any("get a column" in note for note in later.notes)
    left_out = LABS[LABS["analyte_id"].isin(["ck", "esr-crp"])]
    for key in KEYS.values():
        assert set(left_out.loc[left_out[key].notna(), "direction"]) == {"variable"}


def test_abbreviations_over_columns_stand_in_filters_and_table() -> None:
    panel = explorers.lab_matcher()
    heads = panel.view.figure.layout.xaxis.ticktext
    labels = [control.description for control in panel.controls.values()]
    for head in heads:
        for place in (labels, panel.view.table.columns):
            assert any(one == head or one.endswith(f"({head})") for one in place), head


def test_a_head_too_long_for_a_filter_is_explained_where_it_stands() -> None:
    shown = explorers.lab_matcher(active_vitamin_d="high").view
    assert shown.figure.layout.xaxis.ticktext == ("1,25-(OH)2D",)
    assert shown.notes[0].endswith("1,25-(OH)2D is 1,25-dihydroxyvitamin D.")
    assert not any("OH" in note for note in explorers.lab_matcher(fgf23="high").view.notes)


def test_primary_hyperparathyroidism_is_named_by_its_form_whatever_is_asked() -> None:
    for found in ({}, {"fgf23": "high"}, {"calcium": "high"}):
        causes = _view(found, "causes").table["Cause"]
        assert "Hyperparathyroidism (primary)" in set(causes)


def test_only_values_that_something_has_can_be_chosen() -> None:
    assert set(offered_values()) == set(ANALYTES) - {"ck", "esr-crp"}
    assert set(ANALYTES) == set(data.load_table("analytes")["analyte_id"])
    directions = LABS[LABS[list(KEYS.values())].notna().any(axis=1)]
    had = {(a, v) for a, d in directions[["analyte_id", "direction"]].values for v in d.split("-")}
    for analyte in ANALYTES:
        offered = {(analyte, value) for value in offered_values().get(analyte, ())}
        assert offered == {one for one in had if one[0] == analyte and one[1] != "variable"}
    assert any("Creatine kinase" in note for note in explorers.lab_matcher().view.notes)


def test_a_direction_without_source_has_a_star_in_chart_and_table() -> None:
    unsourced = LABS[~LABS["sourced"] & LABS["cause_id"].notna() & LABS["analyte_id"].eq("pth")]
    assert unsourced.empty
    creatinine = LABS[~LABS["sourced"] & LABS["cause_id"].notna()]
    starred = set(creatinine.loc[creatinine["analyte_id"].eq("creatinine"), "name"])
    shown = explorers.lab_matcher(creatinine="normal").view
    texts = {
        name: text
        for trace in shown.figure.data
        for name, text in zip(trace.customdata, trace.text, strict=True)
    }
    in_chart = {name.split(" (")[0] for name, text in texts.items() if text.endswith("*")}
    cells = shown.table.set_index("Cause")["Creatinine"]
    assert in_chart == starred
    assert {name.split(" (")[0] for name in cells.index[cells.str.contains("*", regex=False)]} == (
        starred
    )
    assert any(note.startswith("A star (*)") for note in shown.notes)
    assert not any("*" in note for note in explorers.lab_matcher(pth="low").view.notes)


def test_sources_are_those_of_the_cells_shown() -> None:
    cells = LABS[LABS["cause_id"].notna() & LABS["analyte_id"].isin(["calcium", "pth"])]
    shown = explorers.lab_matcher(calcium="high", pth="high").view
    assert set(shown.ref_ids) == set(cells["ref_id"].dropna())


def test_marks_that_differ_in_kind_differ_in_colour_and_shape() -> None:
    for found in ({}, {"calcium": "high", "phosphate": "low"}):
        looks = [
            (trace.marker.color, trace.marker.symbol)
            for trace in _view(found, "causes").figure.data
        ]
        assert len({colour for colour, _ in looks}) == len(looks)
        assert len({symbol for _, symbol in looks}) == len(looks)


def test_ranking_in_small() -> None:
    frame = pd.DataFrame(
        {
            "name": ["clash", "vary", "fit", "Also fit", "unknown"],
            "calcium": [values_of(one) for one in ("low", "variable", "high", "high-normal", None)],
            "phosphate": [values_of(one) for one in ("low", "low", "low", "low-normal", None)],
        }
    )
    found = {"calcium": "high", "phosphate": "low"}
    order = ranked(frame, found)
    assert order["name"].tolist() == ["Also fit", "fit", "vary", "unknown", "clash"]
    assert order["fit"].tolist() == judge(order, found).tolist()
    assert order["n_fits"].tolist() == [2, 2, 1, 0, 1]
    assert order["n_open"].tolist() == [0, 0, 1, 2, 0]
    assert order["n_clashes"].tolist() == [0, 0, 0, 0, 1]
    assert first_in_order(order)["name"].tolist() == ["Also fit", "fit"]


def test_marks_in_small() -> None:
    row = {"name": "a", "label": "A", "group": "", "unsourced": frozenset({"calcium"})}
    frame = pd.DataFrame([row | {"calcium": values_of("high-normal"), "fgf23": values_of(None)}])
    heads = {"calcium": "Calcium", "fgf23": "FGF23"}
    before = lab_marks(frame, heads, {})
    assert before["kind"].tolist() == [NOT_ONE, NOT_ONE]
    assert before["text"].tolist() == ["normal/high*", NOT_STATED]
    after = lab_marks(frame, heads, {"calcium": "low", "fgf23": "low"})
    assert after["kind"].tolist() == [CLASHES, OPEN]
    assert short_direction(values_of("variable"), measured_values()) == "varies"


@pytest.mark.parametrize(
    ("fate", "words"),
    [
        ((FITS, 0, 1), "The value fits"),
        ((FITS, 0, 4), "All 4 values chosen fit"),
        ((OPEN, 0, 1), "Left open"),
        ((OPEN, 0, 2), "Nothing clashes, something is left open"),
        ((CLASHES, 1, 1), "The value does not fit"),
        ((CLASHES, 1, 3), "1 value does not fit"),
    ],
)
def test_headings(fate: tuple[str, int, int], words: str) -> None:
    assert heading(*fate) == words


def test_outcome_counts_each_fate() -> None:
    assert outcome(1, 2, 3) == "1 value fits, 2 left open, 3 do not fit"
    assert outcome(2, 0, 1) == "2 values fit, 1 does not fit"


def test_known_patterns_of_more_analytes_keep_what_they_said_of_calcium() -> None:
    two, ten = known_patterns("causes"), known_patterns("causes", ANALYTES)
    assert two["name"].tolist() == ten["name"].tolist()
    assert two["calcium"].tolist() == ten["calcium"].tolist()


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ({"calcium": "hihg"}, "Did you mean 'high'?"),
        ({"phosphate": "variable"}, "'variable' is not an option of 'Phosphate'"),
        ({"fgf23": "low"}, "is not an option of 'Fibroblast growth factor 23'"),
        ({"level": "cause"}, "Did you mean 'causes'?"),
    ],
)
def test_a_wrong_preset_names_the_nearest_right_one(preset: dict[str, str], words: str) -> None:
    with pytest.raises(ControlValueError) as caught:
        explorers.lab_matcher(**preset)
    assert words in str(caught.value)


def test_presets_reach_their_controls() -> None:
    panel = explorers.lab_matcher(
        "high",
        "normal",
        pth="low",
        creatinine="normal",
        alkaline_phosphatase="high",
        vitamin_d="low",
        active_vitamin_d="high",
        fgf23="high",
        level="types",
    )
    values = ["high", "normal", "low", "normal", "high", "low", "high", "high", "types"]
    assert list(panel.state) == [*offered_values(), "level"]
    assert list(panel.state.values()) == values
