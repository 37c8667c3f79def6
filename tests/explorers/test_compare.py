"""Two rows side by side: every table that can be compared, every state of the controls."""

import csv
import itertools
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calcinosis_data as data
from calcinosis_data import UnknownTableError
from calcinosis_data._descriptor import DATA_FOLDER
from calcinosis_data.course import explorers, ui
from calcinosis_data.course.explorers._compare import explorer as _compare
from calcinosis_data.course.explorers._compare import figure_words
from calcinosis_data.course.explorers._compare.attributes import (
    DIFFERENT,
    FIXED,
    ONE_ONLY,
    SAME,
    TEXT,
    WORDED,
    Pair,
    attributes,
    comparable_tables,
    compare_rows,
    not_stated,
    only_differing,
    refs_of,
    row_choices,
    source_line,
)
from calcinosis_data.course.explorers._compare.explorer import (
    ALL,
    ATTRIBUTE,
    DIFFERING,
    FIGURES,
    VERDICT,
)
from calcinosis_data.course.explorers._compare.studies import (
    STUDY_TABLES,
    _charted,
    charted_table,
    side_by_side,
    study_counts,
    worth_comparing,
)
from calcinosis_data.course.explorers._opened import open_table, row_names
from calcinosis_data.course.explorers.charts.forest import CASE_REPORTS
from calcinosis_data.course.ui.controls import ControlValueError

TABLES = comparable_tables()
OPENED = {name: open_table(name) for name in TABLES}
CHARTED = [name for name in TABLES if charted_table(name)]
EXTRA = {"Study figures", "Sources"}


def csv_rows(table: str) -> list[dict[str, str]]:
    with (DATA_FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pair_of(table: str, a: str, b: str) -> Pair:
    return Pair(OPENED[table], (a, b))


@st.composite
def states(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """A table, two of its rows and what to show: any state that the controls can be in."""
    table = draw(st.sampled_from(TABLES))
    controls = _compare._controls(table, None, None, ALL)
    a, b, show = (
        draw(st.sampled_from([value for _, value in controls[name].options]))
        for name in ("a", "b", "show")
    )
    return table, a, b, show


@settings(max_examples=200, deadline=None)
@given(states())
def test_finding_table_chart_and_sources_agree_in_every_state(
    state: tuple[str, str, str, str],
) -> None:
    table, a, b, show = state
    shown = _compare.view(OPENED[table], a, b, show)
    said = shown.finding
    assert said.endswith(".")
    assert not re.search(
        r"\bnan\b|\bNone\b|<NA>|  | ,|\(\)", " ".join([said, shown.caption, *shown.notes])
    )
    first = shown.table.iloc[:, 0]
    assert first.is_unique
    assert first.notna().all()
    assert len(ui.sources.describe_sources(shown.ref_ids)) == len(shown.ref_ids) <= 60
    if a == b:
        assert "is chosen twice" in said
        assert shown.figure is None
    elif show == FIGURES:
        check_figures(shown, pair_of(table, a, b))
    else:
        check_attributes(shown, pair_of(table, a, b), show)


def check_attributes(shown: ui.View, pair: Pair, show: str) -> None:
    """The counts told are those of the table; each verdict is true of its row."""
    table = shown.table[~shown.table[ATTRIBUTE].isin(EXTRA)]
    assert list(shown.table) == [ATTRIBUTE, *pair.names, VERDICT]
    whole = compare_rows(pair)
    differ = int(table[VERDICT].eq(DIFFERENT).sum())
    verdicts = compare_rows(pair)["verdict"].value_counts()
    assert number(r"differ in (\d+) of \d+ points? ", shown.finding) == differ
    assert number(r"agree in (?:all )?(\d+)", shown.finding) == verdicts.get(SAME, 0)
    total = re.search(r"(?:of|in all) (\d+) points?", shown.finding)
    assert total
    assert int(total[1]) == len(whole)
    assert number(r"[Ff]or (\d+), read both texts", shown.finding) == verdicts.get(WORDED, 0)
    assert number(r"(\d+) (?:is|are) stated for only one", shown.finding) == verdicts.get(
        ONE_ONLY, 0
    )
    assert number(r": (\d+) points?", shown.caption) == len(table)
    below = [title for title in shown.table[ATTRIBUTE] if title in EXTRA]
    assert all(title.lower() in shown.caption for title in below)
    assert len(shown.notes) <= 4
    for _, first, second, verdict in table.itertuples(index=False):
        blank = pd.isna(first) or pd.isna(second)
        assert (first == second) == (verdict == SAME) if not blank else verdict == ONE_ONLY
    left_out = len(whole) - len(table)
    assert left_out == 0 or (show == DIFFERING and f"({left_out} left out, " in shown.caption)


def number(pattern: str, text: str) -> int:
    told = re.search(pattern, text)
    return int(told[1]) if told else 0


def check_figures(shown: ui.View, pair: Pair) -> None:
    """The chart draws the rows of the table, or says why there is no chart."""
    if shown.figure is None:
        assert shown.table.empty
        assert "Choose another row or show everything." in shown.finding
        assert "no study figures" in shown.caption
        assert any("stand with that subset" in note for note in shown.notes)
        return
    marks = [name for trace in shown.figure.data for name in trace.customdata or ()]
    assert sorted(marks) == sorted(shown.table.iloc[:, 0])
    rows = side_by_side(pair.opened.name, pair.ids)
    assert set(rows["group"]) == set(pair.names)
    told = sum(map(int, re.findall(r"(\d+) (?:figures?|reports?) ", shown.finding)))
    assert told == len(shown.table) == len(rows)
    assert f"{len(rows)} study figures" in shown.caption
    assert shown.chart_name
    assert shown.table[["95% interval", "Number with it", "Source"]].notna().all(axis=None)


def test_tables_are_chosen_by_a_rule() -> None:
    assert set(TABLES) == {
        "types",
        "causes",
        "symptoms",
        "diagnostic_tests",
        "treatments",
        "conditions",
        "body_sites",
        "interventions",
        "source_items",
    }
    sizes = data.list_tables().set_index("name")["rows"]
    assert list(sizes[list(TABLES)]) == sorted(sizes[list(TABLES)])
    for name in ("references", "glossary", "codes"):  # named, but too many
        assert len(row_names(name)) == sizes[name] > 120
    for name in ("labs", "cause_types", "appraisals"):  # without names
        assert row_names(name).empty


def test_scans_are_told_apart_as_the_file_has_them() -> None:
    panel = explorers.compare("diagnostic_tests", a="ct", b="mri")
    assert panel.view.finding == (
        "Computed tomography (CT) and magnetic resonance imaging (MRI) differ in 3 of 9 points "
        "(“Kind of test”, “Ionising radiation” and “Role in calcinosis”) and agree in 1. "
        "For 5, read both texts."
    )
    stored = {row["test_id"]: row for row in csv_rows("diagnostic_tests")}
    shown = panel.view.table.set_index(ATTRIBUTE)
    ct, mri = stored["ct"], stored["mri"]
    names = [ct["name"], mri["name"]]
    assert shown.loc["Limitation", names].tolist() == [ct["limitation"], mri["limitation"]]
    assert shown.loc["Ionising radiation", names].tolist() == ["yes", "no"]
    assert (ct["ionising_radiation"], mri["ionising_radiation"]) == ("true", "false")
    assert shown.loc["Invasiveness", VERDICT] == SAME
    assert shown.loc["Role in calcinosis", names].tolist() == ["second line", "selected cases"]
    cited = {
        row["row_id"]: row["ref_id"] for row in csv_rows("citations") if row["row_id"] in stored
    }
    assert panel.view.ref_ids == (cited["ct"], cited["mri"])
    assert shown.loc["Sources", names].tolist() == [data.cite(cited["ct"]), data.cite(cited["mri"])]
    assert shown.loc["Sources", VERDICT] == "none shared"


@pytest.mark.parametrize("table", TABLES)
def test_only_what_says_something_of_a_row_is_compared(table: str) -> None:
    book = data.codebook(table).set_index("column")
    columns = attributes(OPENED[table])
    assert set(book.loc[columns, "purpose"]) == {"content"}
    assert not {"name", *OPENED[table].key} & set(columns)
    left = set(book.index) - set(columns) - {"name", *OPENED[table].key}
    assert set(book.loc[list(left), "purpose"]) <= {"bookkeeping"}


@pytest.mark.parametrize("table", TABLES)
def test_fixed_answers_are_those_of_a_list_a_link_or_a_yes_or_no(table: str) -> None:
    book = data.codebook(table).set_index("column")
    ids = [row for _, row in row_choices(table)]
    frame = compare_rows(pair_of(table, ids[0], ids[1]))
    for column, kind in zip(frame["column"], frame["kind"], strict=True):
        about = book.loc[column]
        free = about["type"] == "string" and not about["values"] and not about["key"]
        assert (kind == TEXT) == free, column
    assert set(frame["kind"]) <= {FIXED, TEXT}


def test_what_is_stated_for_one_row_or_for_none_is_said() -> None:
    pair = pair_of("causes", "tumoral-calcinosis", "myeloma")
    frame = compare_rows(pair).set_index("attribute")
    assert frame.loc["Genes", "verdict"] == ONE_ONLY
    assert pd.isna(frame.loc["Genes", "second"])
    both_blank = pair_of("causes", "myeloma", "sarcoidosis")
    assert "Genes" in not_stated(both_blank, compare_rows(both_blank))
    shown = explorers.compare("causes", a="myeloma", b="sarcoidosis").view
    assert "Genes" not in shown.table[ATTRIBUTE].tolist()
    assert any(re.match("Not stated for either: .*“Genes”", note) for note in shown.notes)


def test_one_row_chosen_twice_is_said_kindly_and_shown_once() -> None:
    shown = explorers.compare("types", a="dystrophic", b="dystrophic", show=DIFFERING).view
    assert shown.finding == (
        "Dystrophic calcinosis is chosen twice. Choose another row as First or Second to compare."
    )
    assert list(shown.table) == [ATTRIBUTE, "Dystrophic calcinosis"]
    assert len(shown.table) > 5


def test_rows_that_are_the_same_are_called_so() -> None:
    shown = explorers.compare("interventions", a="alendronate", b="etidronate").view
    assert shown.finding == "Alendronate and etidronate agree in all 3 points."
    assert set(shown.table.loc[~shown.table[ATTRIBUTE].isin(EXTRA), VERDICT]) == {SAME}


def test_names_too_long_for_a_sentence_stay_in_the_heads() -> None:
    names = row_names("treatments")
    long = [one for one in names.index if len(names[one]) > 40]
    shown = explorers.compare("treatments", a=long[0], b=long[1]).view
    assert shown.finding.startswith("The two ")
    assert {names[long[0]], names[long[1]]} <= set(shown.table)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(TABLES), st.data())
def test_what_differs_is_all_that_is_not_the_same(table: str, drawn: st.DataObject) -> None:
    ids = [row for _, row in row_choices(table)]
    a, b = (drawn.draw(st.sampled_from(ids)) for _ in range(2))
    frame = compare_rows(pair_of(table, a, b))
    kept = only_differing(frame, table)
    assert set(frame.loc[frame["verdict"].ne(SAME), "column"]) <= set(kept["column"])
    alike = set(kept.loc[kept["verdict"].eq(SAME), "column"])
    together = {"evidence_level", "direction", "target"}
    assert alike <= (together if table == "treatments" else set())
    if table == "treatments":
        assert len(together & set(kept["column"])) in (0, 3)


def test_level_direction_and_target_stay_together() -> None:
    """Level of evidence is certainty, not benefit: it is never shown alone."""
    treatments = data.load_table("treatments").set_index("treatment_id")
    same_level = treatments[treatments["evidence_level"].astype("str").eq("4")]
    a = same_level.index[0]
    other = same_level["direction"].astype("str").ne(str(same_level.loc[a, "direction"]))
    shown = explorers.compare("treatments", a=a, b=same_level.index[other][0], show=DIFFERING).view
    kept = shown.table.set_index(ATTRIBUTE)[VERDICT]
    assert kept["Level of evidence"] == SAME
    assert kept["Direction of the evidence"] == DIFFERENT
    assert "Target" in kept


def chains() -> dict[tuple[str, str], dict[str, str]]:
    """For each study table and table: id of the row by study row, by hand."""
    conditions = {row["condition_id"]: row for row in csv_rows("conditions")}
    arms = {row["intervention_id"]: row for row in csv_rows("interventions")}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for study in STUDY_TABLES:
        for row in csv_rows(study):
            condition = conditions.get(row.get("condition_id", ""), {})
            targets = {
                "conditions": row.get("condition_id", ""),
                "causes": condition.get("cause_id", ""),
                "types": condition.get("type_id", ""),
                "interventions": row.get("intervention_id", ""),
                "treatments": arms.get(row.get("intervention_id", ""), {}).get("treatment_id", ""),
                "symptoms": row.get("symptom_id", ""),
                "diagnostic_tests": row.get("test_id", ""),
                "body_sites": row.get("body_site_id", ""),
            }
            for table, target in targets.items():
                if target:
                    found.setdefault((study, table), {})[next(iter(row.values()))] = target
    return found


def test_study_figures_are_counted_along_the_relations() -> None:
    by_hand = chains()
    for table in TABLES:
        counts = study_counts(table)
        having = {study for study in counts if counts[study].any()}
        assert having == {study for study, target in by_hand if target == table}
        for study in having:
            targets = list(by_hand[study, table].values())
            for row in OPENED[table].rows[OPENED[table].key[0]]:
                n = counts[study].get(row, 0)
                assert n == targets.count(row), (table, study, row)


def test_study_figures_are_told_in_words() -> None:
    shown = explorers.compare("treatments", a="rituximab", b="massage-therapy").view
    line = shown.table.set_index(ATTRIBUTE).loc["Study figures"]
    assert line.tolist() == ["4 on treatment outcomes", "none in these tables", "other numbers"]
    by_hand = list(chains()["outcomes", "treatments"].values())
    assert by_hand.count("rituximab") == 4
    entries = explorers.compare("source_items").view  # two ways lead there: no count is right
    assert "Study figures" not in entries.table[ATTRIBUTE].tolist()


def test_the_first_pair_is_the_most_studied_or_the_first_of_the_article() -> None:
    first = {name: worth_comparing(name)[:2] for name in TABLES}
    assert first["types"] == ("dystrophic", "metastatic")  # few types have figures of their own
    assert first["source_items"] == ("causes-01", "causes-02")
    for table, pair in first.items():
        state = explorers.compare(table).state
        assert (state["a"], state["b"]) == pair
        counts = study_counts(table).sum(axis=1)
        if len(counts) > len(OPENED[table].rows) / 2:
            assert counts[list(pair)].tolist() == sorted(counts, reverse=True)[:2]
    tests = data.load_table("diagnostic_tests").set_index("test_id")["source_item"]
    tied = study_counts("diagnostic_tests").sum(axis=1)[list(first["diagnostic_tests"])]
    assert tied.nunique() == 1  # of two with as many figures the article's first comes first
    assert tests[first["diagnostic_tests"][0]] < tests[first["diagnostic_tests"][1]]


def charted_figures(table: str) -> pd.DataFrame:
    return _charted(str(charted_table(table)), table)


@pytest.mark.parametrize("table", CHARTED)
def test_reports_of_the_same_patient_are_not_called_one_patient_each(table: str) -> None:
    figures = charted_figures(table)
    grouped = figures.loc[figures["single"] & figures["overlap_group"].notna(), "row"].unique()
    names = [*worth_comparing(table)[:3], *grouped]
    shared = 0
    for a, b in itertools.combinations(dict.fromkeys(names), 2):
        rows = side_by_side(table, (a, b))
        singles = rows[rows["single"]]
        if singles.empty or rows["row"].nunique() < 2:
            continue
        same = singles[singles["overlap_role"].eq("same-patients")]
        again = int(same["overlap_group"].duplicated().sum())
        heading = figure_words.single_heading(rows)
        if again:
            shared += 1
            patients = len(singles) - again
            many = f"{patients} patients" if patients > 1 else "the same patient"
            assert heading == f"Case reports: {len(singles)} reports of {many}"
        elif not singles["overlap_group"].dropna().duplicated().any():
            assert heading == CASE_REPORTS
    assert shared or table == "conditions"


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        (["same-patients", "same-patients"], "2 reports of the same patient"),
        (["possible", "possible"], "2 reports of one patient each, perhaps the same"),
        ([None, None], "2 reports of one patient each"),
    ],
)
def test_reports_say_what_is_known_of_their_patients(roles: list[str | None], said: str) -> None:
    groups = ["g" if role else None for role in roles]
    rows = pd.DataFrame({"single": True, "overlap_group": groups, "overlap_role": roles})
    assert figure_words._figures(rows) == said
    assert figure_words.single_heading(rows) in (f"Case reports: {said}", CASE_REPORTS)
    assert (figure_words.single_heading(rows) == CASE_REPORTS) == (roles == [None, None])


@pytest.mark.parametrize("table", TABLES)
def test_notes_are_free_of_the_names_of_tables_and_columns(table: str) -> None:
    for note in explorers.compare(table).view.notes:
        assert not re.search(r"[a-z]_[a-z]|\brow\b|attribute|link to", note)


def charted_pairs() -> Iterator[tuple[str, str, str]]:
    for table in CHARTED:
        names = [row for _, row in row_choices(table)]
        yield from ((table, names[0], other) for other in names[1:])


def test_no_row_that_may_not_be_charted_is_drawn() -> None:
    assert set(CHARTED) == {"treatments", "interventions", "conditions"}
    for table in CHARTED:
        study = str(charted_table(table))
        allowed = {next(iter(r.values())) for r in csv_rows(study) if r["chart"] == "true"}
        key = open_table(study).key[0]
        drawn = [set(side_by_side(table, (a, b))[key]) for t, a, b in charted_pairs() if t == table]
        assert set().union(*drawn)
        assert set().union(*drawn) <= allowed


def test_study_figures_stand_side_by_side_and_are_never_pooled() -> None:
    shown = explorers.compare("treatments", a="diltiazem", b="rituximab", show=FIGURES).view
    assert shown.finding == (
        "Diltiazem: 3 figures (25% to 100%) and 3 reports of one patient each; rituximab: "
        "2 figures (0% to 50%) and 2 reports of one patient each. Different studies: read them "
        "one by one."
    )
    arms = {
        r["intervention_id"] for r in csv_rows("interventions") if r["treatment_id"] == "diltiazem"
    }
    stored = [
        row
        for row in csv_rows("outcomes")
        if row["intervention_id"] in arms and row["chart"] == "true"
    ]
    own = shown.table[shown.table["Treatment"].eq("Diltiazem")]
    counts = [f"{row['n_improved']} of {row['n_treated']}" for row in stored]
    assert sorted(own["Number with it"]) == sorted(counts)
    ends = [f"{float(row['ci_high']):.1f}".removesuffix(".0") for row in stored]
    assert sorted(own["95% interval"].str.extract(r"to (.+)%")[0]) == sorted(ends)
    hollow = [trace for trace in shown.figure.data if "open" in str(trace.marker.symbol)]
    assert sum(len(trace.customdata) for trace in hollow) == 5
    shared = own.loc[own["Source"].str.contains("Extensive"), "Shared patients"].item()
    assert shared.startswith("same patients as 2 other rows")


def test_prevalence_of_two_conditions_stands_side_by_side() -> None:
    shown = explorers.compare(
        "conditions", a="juvenile-dermatomyositis", b="systemic-sclerosis", show=FIGURES
    ).view
    stored = [row for row in csv_rows("prevalence") if row["chart"] == "true"]
    ids = [row["condition_id"] for row in stored]
    n = [ids.count(one) for one in ("juvenile-dermatomyositis", "systemic-sclerosis")]
    groups = shown.table["Condition"].value_counts()
    assert groups[["Juvenile dermatomyositis", "Systemic sclerosis"]].tolist() == n
    assert set(shown.table["What was counted"]) == {"calcinosis"}
    assert shown.figure.layout.xaxis.title.text == "Percent with calcinosis"


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("rituximab", "massage-therapy", "Only rituximab has"),
        ("acupuncture", "massage-therapy", "Neither of the two has"),
    ],
)
def test_without_figures_on_both_sides_there_is_no_chart(a: str, b: str, words: str) -> None:
    shown = explorers.compare("treatments", a=a, b=b, show=FIGURES).view
    told = "study figures of its own for the chart. Choose another row or show everything."
    assert shown.finding == f"{words} {told}"
    assert shown.caption.endswith("no study figures to set side by side on treatment outcomes")
    assert shown.figure is None
    assert shown.table.empty
    assert shown.ref_ids == ()


def test_presets_start_the_controls_and_reset_goes_back_to_them() -> None:
    panel = explorers.compare("causes", b="myeloma")
    assert panel.state["b"] == "myeloma"
    assert panel.state["a"] != "myeloma"
    panel.controls["b"].value = "sarcoidosis"
    panel.reset()
    assert panel.state["b"] == "myeloma"
    only_first = explorers.compare("types", a="calciphylaxis").state
    assert only_first["b"] != "calciphylaxis"
    assert [value for _, value in panel.controls["show"].options] == [ALL, DIFFERING]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: explorers.compare("cause"), UnknownTableError, "Did you mean 'causes'?"),
        (
            lambda: explorers.compare("cause_types"),
            UnknownTableError,
            "the rows of table 'cause_types' cannot be compared. Did you mean 'causes'?",
        ),
        (
            lambda: explorers.compare("treatments", a="diltiazm"),
            ControlValueError,
            "'diltiazm' is not an option of 'First'. Did you mean 'diltiazem'?",
        ),
        (
            lambda: explorers.compare("treatments", b="rituximb"),
            ControlValueError,
            "Did you mean 'rituximab'?",
        ),
        (lambda: explorers.compare("types", a="dystrofic"), ControlValueError, "'dystrophic'?"),
        (
            lambda: explorers.compare("types", show=FIGURES),
            ControlValueError,
            "'study figures' is not an option of 'Show'",
        ),
        (lambda: explorers.compare(a="ct"), ControlValueError, "'ct' is not an option of 'First'"),
    ],
)
def test_a_wrong_preset_names_the_nearest_right_one(call: Any, error: Any, words: str) -> None:
    with pytest.raises(error) as caught:
        call()
    assert words in str(caught.value)


def test_the_picker_offers_the_tables_and_rebuilds_the_choices() -> None:
    picker = explorers.compare()
    assert isinstance(picker, explorers.TablePicker)
    assert [value for _, value in picker.choice.options] == list(TABLES)
    first = picker.panel
    picker.choice.value = "treatments"
    assert picker.state["table"] == "treatments"
    assert len(picker.panel.controls["a"].options) == len(data.load_table("treatments"))
    assert "treatments" in picker.panel.question
    assert first.comm is None  # closed, so that a page of many changes does not grow


def test_presets_go_to_the_first_table_only() -> None:
    picker = explorers.compare(a="dystrophic", b="metastatic", show=DIFFERING)
    assert picker.state == {
        "table": "types",
        "a": "dystrophic",
        "b": "metastatic",
        "show": DIFFERING,
    }
    picker.choice.value = "causes"
    assert picker.state["show"] == ALL


def test_the_picker_leaves_a_still_copy_for_readers_without_a_kernel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[dict[str, object]] = []
    monkeypatch.setattr(ui.snapshot, "emit", lambda bundle: shown.append(dict(bundle)))
    picker = explorers.compare()
    picker._ipython_display_()
    assert "application/vnd.jupyter.widget-view+json" in shown[0]
    assert picker.view.finding in unescape(str(shown[1]["text/html"]))


@pytest.mark.parametrize("table", TABLES)
def test_sources_are_those_of_both_rows(table: str) -> None:
    ids = [row for _, row in row_choices(table)]
    for a, b in itertools.pairwise(ids[:11]):
        pair = pair_of(table, a, b)
        both = [set(data.sources_of(table, row)["ref_id"]) for row in (a, b)]
        assert [set(refs_of(pair, row)) for row in (a, b)] == both
        line = source_line(pair)
        if line.empty:
            assert not any(both)
            continue
        common = len(both[0] & both[1])
        verdict = line["verdict"].item()
        if both[0] == both[1]:
            assert verdict == (SAME if both[0] else "none found")
        else:
            assert verdict == (f"{common} shared" if common else "none shared")
        assert (line["first"].item() == "no source found") == (not both[0])
