"""How common calcinosis is: figures, finding, chart and table in every state of the filters."""

import re
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calcinosis_data as data
from calcinosis_data.course import explorers
from calcinosis_data.course.explorers._prevalence import explorer as _prevalence
from calcinosis_data.course.explorers._prevalence.forms import own_line
from calcinosis_data.course.explorers._prevalence.rows import (
    DETECTIONS,
    FOUND_KINDS,
    chosen,
    forest_rows,
    in_order,
    prevalence_rows,
)
from calcinosis_data.course.explorers._prevalence.words import CHARTED, MEASURES, OUTSIDE, SORTS
from calcinosis_data.course.explorers.families import family, family_choices
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.study_words import rounded_percent
from calcinosis_data.course.ui.controls import ControlValueError

PANEL = explorers.prevalence()
OPTIONS = {name: list(control._options_values) for name, control in PANEL.controls.items()}
STATES = st.fixed_dictionaries({name: st.sampled_from(some) for name, some in OPTIONS.items()})
TABLE = data.load_table("prevalence")
PLAIN = explorers.prevalence("crest-syndrome", sort="percent").view


def drawn(shown: Any) -> list[str]:
    return [name for trace in shown.figure.data for name in trace.customdata or ()]


def names_of(table: pd.DataFrame) -> pd.DataFrame:
    rows = prevalence_rows()
    return rows[rows["name"].isin(table.iloc[:, 0])]


@settings(max_examples=100, deadline=None)
@given(STATES)
def test_finding_chart_and_table_agree(state: dict[str, Any]) -> None:
    shown = _prevalence.view(**state)
    names = shown.table.iloc[:, 0]
    rows = names_of(shown.table)
    assert shown.finding.endswith(".")
    assert not re.search(r"nan|None|<NA>|  ", " ".join([shown.finding, *shown.notes]))
    assert names.is_unique
    assert set(shown.ref_ids) == set(rows["ref_id"])
    assert all(data.cite(ref) for ref in shown.ref_ids)
    if shown.table.empty:
        assert shown.figure is None
        assert shown.finding.startswith("No figure on ")
        return
    n_studies, n_figures = rows["ref_id"].nunique(), len(rows)
    assert f"{n_studies} stud" in shown.finding
    if state["measure"] != CHARTED:
        assert shown.figure is None
        assert f"{n_figures} figure" in shown.finding
        assert not rows["chart"].any()
        return
    assert sorted(drawn(shown)) == sorted(names)
    assert rows["chart"].all()
    assert rows["measure"].eq(CHARTED).all()
    assert n_figures == n_studies or f"({n_figures} figures)" in shown.finding
    parts = rows["overlap_role"].eq("part").fillna(False)
    whole = rows if parts.all() else rows[~parts]
    told = [rounded_percent(*one) for one in whole[["percent", "n_total"]].to_numpy()]
    for percent in (min(told), max(told)):
        assert f"{percent:g}%" in shown.finding
    assert (parts.any() and not parts.all()) == ("leaving out parts" in shown.finding)
    assert n_studies > 1 or "largest study" not in shown.finding
    assert n_figures == 1 or f"of {rows['n_total'].max():,}" in shown.finding


@settings(max_examples=50, deadline=None)
@given(STATES)
def test_the_filters_keep_what_they_say(state: dict[str, Any]) -> None:
    rows = names_of(_prevalence.view(**state).table)
    if state["condition"] != ANY:
        assert set(rows["condition_id"]) <= family(state["condition"])
    if state["detection"] != ANY:
        assert rows["detection"].eq(state["detection"]).all()
    if state["smallest"]:
        assert rows["n_total"].ge(state["smallest"]).all()
    own = (
        rows["measure"]
        .astype("object")
        .where(rows["chart"], rows["measure"].map(lambda one: OUTSIDE if one == CHARTED else one))
    )
    assert set(own) <= {state["measure"]}


@pytest.mark.parametrize("name", ["condition", "measure", "detection", "smallest"])
def test_each_option_can_match_something(name: str) -> None:
    start = {"condition": ANY, "detection": ANY, "smallest": 0, "sort": "percent"}
    for option in OPTIONS[name]:
        measures = [option] if name == "measure" else OPTIONS["measure"]
        states = [{**start, "measure": one, name: option} for one in measures]
        assert any(len(_prevalence.view(**state).table) for state in states), option


def test_the_chart_holds_exactly_the_charted_rows() -> None:
    shown = explorers.prevalence().view
    charted = prevalence_rows()[TABLE["chart"].to_numpy()]
    assert sorted(drawn(shown)) == sorted(charted["name"])
    assert len(charted) == 35


def test_systemic_sclerosis_brings_its_forms() -> None:
    shown = explorers.prevalence(condition="systemic-sclerosis").view
    forms = {
        "systemic-sclerosis",
        "limited-systemic-sclerosis",
        "non-limited-systemic-sclerosis",
        "diffuse-systemic-sclerosis",
        "crest-anticentromere-positive",
        "crest-anticentromere-negative",
        "systemic-sclerosis-anticentromere-positive",
        "systemic-sclerosis-anticentromere-negative",
    }
    own = TABLE[TABLE["chart"] & TABLE["condition_id"].isin(forms)]
    assert len(shown.table) == len(own)
    assert shown.finding == (
        "In 12 studies on systemic sclerosis and its forms (19 figures), calcinosis was found in "
        "11.9% (of 7,114 people) to 50% (of 120), leaving out parts of studies; the largest "
        "study, of 7,114 (systemic sclerosis), found 11.9%."
    )


def test_one_figure_is_told_with_its_interval() -> None:
    assert explorers.prevalence("dialysis").view.finding == (
        "In 1 study on dialysis, calcinosis was found in 2 of 24 people (8%, 95% interval 2% to "
        "26%)."
    )


def test_the_two_arms_of_one_study_are_marked_as_the_same_patients() -> None:
    shown = explorers.prevalence("systemic-sclerosis").view
    labels = [
        text for text in shown.figure.layout.yaxis.ticktext if text.startswith("Adults, Port")
    ]
    assert sorted(labels) == [
        "Adults, Portugal (Samões et al. 2023), by X-ray [same patients]",
        "Adults, Portugal (Samões et al. 2023), by examination [same patients]",
    ]
    table = shown.table.set_index("People studied")
    told = table.loc["Adults, Portugal (Samões et al. 2023), by X-ray", "Shared patients"]
    assert told == "same patients as 1 other row (Samões et al. 2023)"
    assert any("Never add them up" in note for note in shown.notes)


def test_a_figure_whose_fellow_is_filtered_away_is_not_marked() -> None:
    rows = prevalence_rows()
    alone = rows[rows["prevalence_id"].eq("systemic-sclerosis-samoes2023")]
    assert forest_rows(alone)["label"].tolist() == [
        "Adults, Portugal (Samões et al. 2023), by examination"
    ]


def test_the_crest_total_is_not_drawn_beside_its_parts() -> None:
    shown = explorers.prevalence("crest-syndrome", sort="percent").view
    assert shown.table["Number with it"].tolist() == ["about 38 of 69", "about 16 of 72"]
    outside = explorers.prevalence("crest-syndrome", measure=OUTSIDE).view
    assert outside.table["Number with it"].tolist() == ["about 54 of 141"]
    assert outside.figure is None
    assert "had no second reading" in outside.notes[0]


def test_counts_that_were_worked_out_are_said() -> None:
    shown = explorers.prevalence().view
    rows = names_of(shown.table)
    rounded = rows["count_basis"].eq("back-calculated")
    assert rows["count"].str.startswith("about ").tolist() == rounded.tolist()
    said = sum(rows["count_basis"].isin(["back-calculated", "derived"]))
    assert any(note.startswith(f"{said} counts are not printed") for note in shown.notes)
    assert any("fewer than 100 people" in note for note in shown.notes)


def test_percents_are_told_alike_in_chart_table_and_finding() -> None:
    shown = explorers.prevalence().view
    told = dict(zip(shown.table["People studied"], shown.table["Percent"], strict=True))
    words = next(trace for trace in shown.figure.data if trace.mode == "text")
    for name, text in zip(words.y, words.text, strict=True):
        assert text.strip().split(" ")[0] == told[name]
    sizes = names_of(shown.table).set_index("name")["n_total"]
    assert {size >= 100 for name, size in sizes.items() if "." in told[name]} == {True}


def test_a_disease_is_followed_by_its_forms() -> None:
    for sort in SORTS:
        heads = [
            text[3:-4]
            for text in explorers.prevalence(sort=sort).view.figure.layout.yaxis.ticktext
            if text.startswith("<b>")
        ]
        assert len(heads) == len(set(heads))
        firsts = [head.split(":")[0] for head in heads]
        runs = [one for one, before in zip(firsts, [None, *firsts], strict=False) if one != before]
        assert len(runs) == len(set(runs))
        for disease in ("Systemic sclerosis", "Inflammatory myopathy"):
            assert firsts.index(disease) == heads.index(disease)
        of_not_limited = heads.index("Systemic sclerosis: not limited")
        assert heads[of_not_limited + 1] == "Systemic sclerosis: diffuse"


def test_a_study_that_looked_at_one_part_says_so() -> None:
    names = explorers.prevalence("dialysis").view.table["People studied"].tolist()
    assert names == [
        "Haemodialysis unit, Pretoria (Suleman et al., year not shown): uraemic tumoral "
        "calcinosis, only the shoulders and hips were imaged"
    ]
    note = data.load_table("sites").set_index("ref_id").loc["sulemanutc", "note"]
    assert "shoulders and hips only imaged" in note


def test_short_forms_are_spelled_out() -> None:
    names = " ".join(prevalence_rows()["name"])
    assert not re.search(r"SSc|ACR|EULAR|CTD", names)
    assert names.count("EUSTAR") == names.count("Research group (EUSTAR)") + sum(
        prevalence_rows()["source"].str.contains("EUSTAR")
    )


def test_terms_in_the_names_of_diseases_are_explained_where_they_stand() -> None:
    assert any("CREST syndrome: a set of five signs" in one for one in PLAIN.notes)
    told = explorers.prevalence("juvenile-dermatomyositis").view.notes
    assert not any("CREST" in one or "nticentromere" in one for one in told)


@settings(max_examples=50, deadline=None)
@given(STATES)
def test_there_are_at_most_four_notes(state: dict[str, Any]) -> None:
    assert len(_prevalence.view(**state).notes) <= 4


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (("myeloma",), "Choose under “What was counted”: high calcium in the blood (3)."),
        (("dialysis", CHARTED, "ct"), "by CT: choose another way of finding."),
        (
            ("dialysis", CHARTED, "radiograph", 500),
            "a study of at least 500 people: choose another way of finding or smaller studies.",
        ),
    ],
)
def test_what_was_not_found_says_what_to_change(state: tuple[Any, ...], words: str) -> None:
    shown = explorers.prevalence(*state).view
    assert shown.table.empty
    assert list(shown.table)
    assert words in shown.finding


def test_order_by_percent_and_size() -> None:
    rows = prevalence_rows()
    rows = rows[rows["chart"]]
    for sort, column in {"percent": "percent", "size": "n_total"}.items():
        ordered = in_order(rows, sort)
        families = ordered["condition_id"].map(lambda one: own_line(one)[0])
        largest = ordered.assign(of=families).sort_values("n_total", kind="stable").groupby("of")
        by_family = largest.tail(1).set_index("of").loc[families.drop_duplicates(), column]
        assert by_family.is_monotonic_decreasing
        for _, own in ordered.groupby("disease"):
            assert own[column].is_monotonic_decreasing
    named = in_order(rows, "disease")["condition_id"].map(lambda one: own_line(one)[0])
    assert list(named.drop_duplicates()) == sorted(named.unique())
    for sort in SORTS:
        runs = in_order(rows, sort)["disease"]
        assert runs.ne(runs.shift()).sum() == runs.nunique()


def test_measures_are_never_mixed() -> None:
    rows = prevalence_rows()
    assert ANY not in OPTIONS["measure"]
    for measure in TABLE["measure"].cat.categories:
        kept = chosen(rows, ANY, measure, ANY, 0)
        assert kept["measure"].nunique() <= 1
        assert len(kept) == TABLE["measure"].eq(measure).sum()


def test_every_value_of_the_table_has_words() -> None:
    assert set(TABLE["measure"].cat.categories) | {OUTSIDE} == set(MEASURES)
    assert set(TABLE["detection"].cat.categories) == set(DETECTIONS)
    assert set(prevalence_rows().loc[TABLE["chart"], "kind"]) <= set(FOUND_KINDS)
    assert prevalence_rows()["basis"].notna().all()


def test_families() -> None:
    assert "adult-dermatomyositis" in family("connective-tissue-disease")
    assert "crest-anticentromere-positive" in family("systemic-sclerosis")
    assert family("sarcoidosis") == {"sarcoidosis"}
    offered = [one for _, one in family_choices(["crest-syndrome"])]
    assert offered == [
        "connective-tissue-disease",
        "crest-syndrome",
        "limited-systemic-sclerosis",
        "systemic-sclerosis",
    ]


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ({"condition": "systemic-scleroses"}, "Did you mean 'systemic-sclerosis'?"),
        ({"measure": "calcinoses"}, "Did you mean 'calcinosis'?"),
        ({"detection": "x-ray"}, "is not an option of 'How it was found'"),
        ({"smallest": 7}, "is not an option of 'Size of the study'"),
        ({"sort": "percents"}, "Did you mean 'percent'?"),
    ],
)
def test_a_wrong_preset_names_the_nearest_right_one(preset: Any, words: str) -> None:
    with pytest.raises(ControlValueError) as caught:
        explorers.prevalence(**preset)
    assert words in str(caught.value)


def test_the_legend_is_not_as_large_as_the_first_study() -> None:
    legend = explorers.prevalence().view.figure.layout.legend
    assert (legend.itemsizing, legend.tracegroupgap) == ("constant", 0)


def test_the_table_names_the_finding_where_it_is_not_plain_calcinosis() -> None:
    assert "What was counted" not in explorers.prevalence("juvenile-dermatomyositis").view.table
    counted = explorers.prevalence("dialysis").view.table["What was counted"]
    assert counted.tolist() == ["uraemic tumoral calcinosis"]


def test_a_list_without_a_chart_does_not_speak_of_marks() -> None:
    notes = explorers.prevalence(measure="calcification").view.notes
    assert any("share patients" in note and "the table says which" in note for note in notes)
    assert not any("square brackets" in note or "Each mark" in note for note in notes)
