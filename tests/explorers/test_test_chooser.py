"""What each test gives and costs, and how accurate it is."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calcinosis_data as data
from calcinosis_data.course import explorers
from calcinosis_data.course.explorers._test_chooser.accuracy import (
    known_results,
    measured_figures,
    results_shown,
)
from calcinosis_data.course.explorers._test_chooser.attributes import (
    BETWEEN,
    COST,
    DEPOSIT_SHOWN,
    GAIN,
    REACHED,
    attribute_cells,
    kept,
    known_tests,
)
from calcinosis_data.course.explorers._test_chooser.explorer import view
from calcinosis_data.course.explorers._test_chooser.words import Asked
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.ui.controls import ControlValueError

TESTS = data.load_table("diagnostic_tests").set_index("test_id")
ACCURACY = data.load_table("accuracy")
OPTIONS = {
    name: [value for _, value in control.options]
    for name, control in explorers.test_chooser().controls.items()
}


def shown_names(figure) -> list[str]:
    return [name for trace in figure.data for name in trace.customdata or ()]


@given(
    role=st.sampled_from(OPTIONS["role"]),
    radiation=st.sampled_from(OPTIONS["radiation"]),
    invasive=st.sampled_from(OPTIONS["invasive"]),
    show=st.sampled_from(OPTIONS["show"]),
)
@settings(max_examples=150, deadline=None)
def test_finding_chart_and_table_agree(role: str, radiation: str, invasive: str, show: str) -> None:
    shown = view(role, radiation, invasive, show)
    names = shown.table.iloc[:, 0]
    assert names.is_unique
    assert shown.finding.endswith(".")
    assert len(shown.finding.split()) <= 37
    for text in (shown.finding, shown.caption, shown.chart_name, *shown.notes):
        assert not re.search(r"\bnan\b|None\b(?! of)|<NA>|  |\.\.", text), text
    assert all(data.cite(ref) for ref in shown.ref_ids)
    if shown.table.empty:
        assert shown.finding.startswith(("None of the 14 tests", "No "))
        assert "“any”" in shown.finding
        return
    if show in ("attributes", "accuracy"):
        assert set(shown_names(shown.figure)) == set(names)
    else:
        assert shown.figure is None
        assert shown.finding.startswith(f"{len(names)} result")
        assert f"from {len(shown.ref_ids)} stud" in shown.finding
    if show == "attributes":
        _check_deposits(shown, everything=Asked(role, radiation, invasive).all)


def _check_deposits(shown, *, everything: bool) -> None:
    """Compare the finding with the marks of the chart, as a reader would count them."""
    marks = {
        name: trace.name
        for trace in shown.figure.data
        for name, column in zip(trace.customdata, trace.x, strict=True)
        if column == "Shows the deposit"
    }
    assert set(marks) == set(shown.table["Test"])
    kinds = Counter(marks.values())
    if everything:
        under = shown.table["Role in calcinosis"].eq("not a test for calcinosis").sum()
        assert shown.finding.startswith(f"{under} of {len(marks)} are not tests for calcinosis: ")
        assert shown.finding.endswith(f"; {kinds[GAIN]} show the deposit clearly.")
        return
    assert shown.finding.startswith(f"{len(marks)} of 14 tests ")
    end = shown.finding.split(". ")[-1]
    if kinds[GAIN]:
        told = re.match(r"(\d+) of them show|(Only|It|Both|All)", end)
        assert told
        said = {"Only": 1, "It": 1, "Both": 2, "All": len(marks)}
        assert int(told[1] or said[told[2]]) == kinds[GAIN]
        assert end.endswith("the deposit clearly.")
    else:
        start = "It does not show" if len(marks) == 1 else "None of them shows"
        clearly = " clearly" if kinds[BETWEEN] else ""
        assert end == f"{start} the deposit{clearly}."


def test_every_option_finds_something() -> None:
    start = {"role": ANY, "radiation": ANY, "invasive": ANY, "show": "attributes"}
    for name, options in OPTIONS.items():
        for option in options:
            assert len(view(**start | {name: option}).table)
    assert set(OPTIONS["role"]) == {ANY, *TESTS["role"]}
    assert set(OPTIONS["invasive"]) == {ANY, *TESTS["invasive"]}
    others = set(ACCURACY["target_kind"]) - {"calcinosis"}
    assert set(OPTIONS["show"]) == {"attributes", "accuracy", "unmeasured", *others}


def test_four_tests_are_not_for_calcinosis() -> None:
    finding = explorers.test_chooser().view.finding
    assert finding == (
        "4 of 14 are not tests for calcinosis: arthroscopy, bone density scan (DEXA), "
        "electromyography (EMG) and nerve conduction study; 5 show the deposit clearly."
    )
    none = TESTS.index[TESTS["role"].eq("not-a-test-for-calcinosis")]
    assert set(none) == {"arthroscopy", "dexa", "emg", "nerve-conduction-study"}
    assert all(DEPOSIT_SHOWN[one] == (COST, "no") for one in none)


# What in a test's own row each word of the chart stands on.
SAID = {
    "x-ray": ("sees small flecks", "flat view"),
    "blood-tests": ("no view of tissue", "no view of tissue"),
    "ct": ("Most dependable way to map and measure calcium", "all depths"),
    "ultrasound": ("High specificity in the hand", "superficial muscle"),
    "mri": ("Poor at calcium itself", "any depth"),
    "bone-scan": ("Missed most soft-tissue sites", "Whole-body view"),
    "biopsy": ("Microscopy of removed tissue with calcium stains", "the sampled lump only"),
    "skin-biopsy": ("Shows deposits", "skin and upper subcutis"),
    "muscle-biopsy": ("imaging finds muscle calcium better", "one muscle"),
    "synovial-fluid-analysis": ("Apatite is too small to see", "joint space only"),
    "arthroscopy": ("mostly lie outside the joint", "inside the joint"),
    "dexa": ("gives no picture of deposits", "spine, hip or wrist bone"),
    "emg": ("no signal for calcium", "sampled muscle"),
    "nerve-conduction-study": ("Cannot show what is compressing it", "peripheral nerve"),
}


@pytest.mark.parametrize("test", sorted(SAID))
def test_each_word_stands_on_the_row_of_its_test(test: str) -> None:
    columns = ["measures", "tissue_or_depth", "strength", "limitation"]
    row = " | ".join(TESTS.loc[test, columns])
    assert all(phrase in row for phrase in SAID[test])


def test_each_test_has_its_words_short_enough_to_draw() -> None:
    assert set(DEPOSIT_SHOWN) == set(REACHED) == set(SAID) == set(TESTS.index)
    assert attribute_cells(known_tests())["text"].str.len().between(1, 12).all()


def test_ct_shows_calcium_best_and_mri_weakly() -> None:
    table = explorers.test_chooser().view.table.set_index("Test")["Shows the deposit"]
    assert table[table.eq("best")].index.tolist() == ["Computed tomography (CT)"]
    assert table["Magnetic resonance imaging (MRI)"] == "weakly"


def test_what_cannot_be_seen_in_joint_fluid_is_said() -> None:
    shown = explorers.test_chooser(role="selected-cases").view
    table = shown.table.set_index("Test")["Shows the deposit"]
    assert table["Synovial fluid analysis"] == "not visible: the crystals are too small to see"
    words = attribute_cells(known_tests()).set_index(["name", "column"])["text"]
    assert words["Synovial fluid analysis", "Shows the deposit"] == "not visible"


def test_dexa_is_spelt_out_only_where_it_stands() -> None:
    for role in ("not-a-test-for-calcinosis", "first-line"):
        notes = " ".join(explorers.test_chooser(role=role).view.notes)
        assert ("dual-energy X-ray absorptiometry" in notes) == role.startswith("not")
    row = data.load_table("glossary").set_index("term_id").loc["dual-energy-x-ray-absorptiometry"]
    assert "DEXA" in row.tolist()


def test_radiation_and_invasiveness_are_those_of_the_table() -> None:
    cells = attribute_cells(known_tests()).set_index(["name", "column"])
    for row in TESTS.itertuples():
        kind, word = cells.loc[(row.name, "Ionising radiation"), ["kind", "text"]]
        assert (kind, word) == ((COST, "yes") if row.ionising_radiation else (GAIN, "no"))
        assert cells.loc[(row.name, "Invasiveness"), "text"] == row.invasive


@pytest.mark.parametrize(
    ("state", "end"),
    [
        ({"radiation": "no", "invasive": "none"}, "Only ultrasound shows the deposit clearly."),
        ({"role": "second-line"}, "Both show the deposit clearly."),
        ({"role": "not-a-test-for-calcinosis"}, "None of them shows the deposit."),
        ({"role": "selected-cases", "invasive": "none"}, "It does not show the deposit clearly."),
        ({"role": "first-line", "radiation": "no"}, "It does not show the deposit."),
        ({"role": "first-line", "radiation": "yes"}, "It shows the deposit clearly."),
        ({"radiation": "yes"}, "2 of them show the deposit clearly."),
    ],
)
def test_finding_in_good_english(state: dict[str, str], end: str) -> None:
    assert explorers.test_chooser(**state).view.finding.endswith(end)


def test_only_figures_for_calcinosis_are_charted() -> None:
    shown = explorers.test_chooser(show="accuracy").view
    own = ACCURACY[ACCURACY["target_kind"].eq("calcinosis")]
    assert len(shown.table) == own[["sensitivity", "specificity"]].notna().sum().sum() == 10
    drawn = measured_figures(results_shown(Asked(), "accuracy"))
    assert set(drawn["accuracy_id"]) <= set(own["accuracy_id"])
    points = {
        name: (trace.name, x)
        for trace in shown.figure.data
        for name, x in zip(trace.customdata or (), trace.x, strict=False)
    }
    for row in drawn.to_dict("records"):
        value = own.set_index("accuracy_id").loc[row["accuracy_id"], row["kind"].lower()]
        assert points[row["name"]] == (row["kind"], value)


def test_no_interval_is_drawn_or_claimed() -> None:
    shown = explorers.test_chooser(show="accuracy").view
    for trace in shown.figure.data:
        assert not any(trace.error_x.array or ())
        assert not any(trace.error_x.arrayminus or ())
    assert set(shown.table["95% interval"]) == {"cannot be given"}
    assert any(note.startswith("No interval can be given") for note in shown.notes)


def test_number_and_unit_stand_beside_each_mark() -> None:
    figure = explorers.test_chooser(show="accuracy", role="second-line").view.figure
    texts = [text for trace in figure.data if "text" in (trace.mode or "") for text in trace.text]
    assert len(texts) == 6
    assert sum("43 patients" in text for text in texts) == 2
    assert sum("hand zone" in text for text in texts) == 2


def test_ultrasound_is_specific() -> None:
    finding = explorers.test_chooser(show="accuracy", role="second-line").view.finding
    assert finding == (
        "Sensitivity: 76% of patients for ultrasound of hands and wrists. Specificity: 100%."
    )


def test_the_displays_share_out_all_results_and_mix_no_targets() -> None:
    found: list[str] = []
    for show in OPTIONS["show"]:
        if show != "attributes":
            rows = results_shown(Asked(), show)
            assert rows["target_kind"].nunique() == 1
            found += rows["accuracy_id"].tolist()
    assert sorted(found) == sorted(ACCURACY["accuracy_id"])


def test_other_targets_are_said_in_words() -> None:
    shown = explorers.test_chooser(show="myositis").view
    assert set(shown.table["Looks for"]) == {"inflamed muscle"}
    assert shown.finding == (
        "3 results from 3 studies are about inflamed muscle; "
        "they do not tell how well a test finds deposits."
    )
    assert shown.figure is None


def test_a_test_without_role_is_shown_only_where_no_role_is_asked() -> None:
    outside = ACCURACY.loc[ACCURACY["test_id"].isna(), "test_label"]
    assert set(outside) == {"18F-fluoride PET/CT", "clinical examination"}
    everything = results_shown(Asked(), "accuracy")["test"].tolist()
    some = results_shown(Asked(invasive="none"), "accuracy")["test"].tolist()
    assert "Clinical examination" in everything
    assert "Clinical examination" not in some
    notes = explorers.test_chooser(show="accuracy", invasive="none").view.notes
    assert any("have no role here" in note for note in notes)


def test_short_forms_are_spelt_out_and_names_differ() -> None:
    results = known_results()
    assert results["name"].is_unique
    assert not results["target"].str.contains(r"\b(?:SSc|JDM|PM)\b").any()
    assert {"CT", "MRI"} < set(results["test"])


@pytest.mark.parametrize(
    ("preset", "said"),
    [
        ({"role": "firstline"}, "Did you mean 'first-line'?"),
        ({"radiation": "true"}, "'true' is not an option of 'Ionising radiation'"),
        ({"invasive": "minimum"}, "Did you mean 'minimal'?"),
        ({"show": "calcinosis"}, "'calcinosis' is not an option of 'Show'"),
    ],
)
def test_a_wrong_preset_names_the_right_ones(preset: dict[str, str], said: str) -> None:
    with pytest.raises(ControlValueError) as caught:
        explorers.test_chooser(**preset)
    assert said in str(caught.value)


def test_sources_are_those_of_the_tests_shown() -> None:
    shown = explorers.test_chooser(role="second-line").view
    ids = kept(Asked(role="second-line"))["test_id"]
    due = {ref for one in ids for ref in data.sources_of("diagnostic_tests", one)["ref_id"]}
    assert set(shown.ref_ids) == due
    assert shown.table["Source"].notna().all()


def test_no_line_of_the_chart_strikes_through_its_words() -> None:
    assert explorers.test_chooser().view.figure.layout.xaxis.showgrid is False
    assert explorers.symptom_triage().view.figure.layout.xaxis.showgrid is True
