"""What is known of each treatment, and its results in studies, in every state of the filters."""

import re
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calcinosis_data as data
from calcinosis_data.course import explorers
from calcinosis_data.course.explorers._treatment_evidence import explorer as _treatment_evidence
from calcinosis_data.course.explorers._treatment_evidence.charted import (
    AIM_ONLY,
    HEADS,
    HOLLOW,
    KINDS,
    PARTS,
    SHORT_TARGETS,
    count_by_direction,
    matrix_cells,
)
from calcinosis_data.course.explorers._treatment_evidence.results import (
    DESIGNS,
    ENDPOINTS,
    NO_TREATMENT,
    response_rows,
    treatment_results,
)
from calcinosis_data.course.explorers._treatment_evidence.treatments import (
    AIM_WORDS,
    ARTICLE_GAP,
    ARTICLE_LIST,
    DIRECTIONS,
    LEVELS,
    NOT_STUDIED,
    TARGETS,
    chosen_treatments,
    in_article_order,
    known_treatments,
)
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.ui.controls import ControlValueError

PANEL = explorers.treatment_evidence()
OPTIONS = {name: list(control._options_values) for name, control in PANEL.controls.items()}
# One treatment at a time leaves few states that other filters could tell apart.
STATES = st.fixed_dictionaries(
    {name: st.sampled_from(some) for name, some in OPTIONS.items() if name != "treatment"}
    | {"treatment": st.one_of(st.just(ANY), st.sampled_from(OPTIONS["treatment"]))}
)
KNOWN = ("summary", "known", "article")
TREATMENTS = data.load_table("treatments").set_index("treatment_id")
OUTCOMES = data.load_table("outcomes")


def drawn(shown: Any) -> list[str]:
    return [name for trace in shown.figure.data for name in trace.customdata or ()]


def expected(state: dict[str, Any]) -> pd.DataFrame:
    rows = TREATMENTS.reset_index()
    for column in ("category", "direction", "target"):
        rows = rows[rows[column].eq(state[column])] if state[column] != ANY else rows
    if state["treatment"] != ANY:
        rows = rows[rows["treatment_id"].eq(state["treatment"])]
    if state["article"] != ANY:
        rows = rows[rows["in_source"].eq(state["article"] == "in")]
    return rows


@settings(max_examples=150, deadline=None)
@given(STATES)
def test_finding_chart_and_table_agree(state: dict[str, Any]) -> None:
    shown = _treatment_evidence.view(**state)
    names = shown.table.iloc[:, 0]
    assert shown.finding.endswith(".")
    said = "\n".join([shown.finding, shown.caption, shown.chart_name, *shown.notes])
    assert not re.search(r"\bnan\b|None|<NA>|  ", said)
    assert names.is_unique
    assert list(shown.table)
    assert len(shown.ref_ids) <= 60
    assert len(shown.notes) <= 4
    assert all(data.cite(ref) for ref in shown.ref_ids)
    treatments = expected(state)
    if state["show"] in KNOWN:
        assert sorted(names) == sorted(treatments["name"])
    else:
        rows = treatment_results()
        rows = rows[rows["name"].isin(names)]
        assert set(rows["chart"]) <= {state["show"] == "responses"}
        left_out = set(TREATMENTS.index) - set(treatments["treatment_id"])
        assert not set(rows["treatment_id"].dropna()) & left_out
    if shown.table.empty or state["show"] == "outside":
        assert shown.figure is None
    elif state["show"] == "summary" and len(names) > 1:
        assert not drawn(shown)
        bars = {bar.name: sum(bar.x) for bar in shown.figure.data if bar.type == "bar"}
        assert sum(bars.values()) == len(names)
        assert bars.get(HOLLOW, 0) == shown.table["Result"].eq(NOT_STUDIED).sum()
    else:
        assert sorted(drawn(shown)) == sorted(names)
    if shown.table.empty:
        assert re.search(r"^No .* fits all filters|There is no result", shown.finding)


@settings(max_examples=60, deadline=None)
@given(STATES)
def test_the_numbers_told_are_those_of_the_table(state: dict[str, Any]) -> None:
    shown = _treatment_evidence.view(**state)
    n = len(shown.table)
    if n < 2:
        return
    if state["show"] in KNOWN:
        assert len(shown.finding.split()) <= 40
        assert f" {n} treatments" in shown.finding
        counts = shown.table["Result"].value_counts()
        for direction, words in DIRECTIONS.items():
            told = re.search(rf"(?i){words} for (\d+)", shown.finding)
            assert told is None or int(told[1]) == counts[direction]
        if counts["benefit reported"]:
            assert re.search("(?i)benefit is reported for", shown.finding)
    else:
        assert f"{n} results" in shown.finding
    if state["show"] == "responses":
        one = int(shown.table["Number with it"].str.endswith(" of 1 patient").sum())
        responded = int(shown.table["Number with it"].eq("1 of 1 patient").sum())
        assert not one or f"{one} of one patient" in shown.finding
        assert not one or f"with a response in {responded or 'none'}" in shown.finding
        assert one == n or f"{n - one} of more than one patient" in shown.finding


@pytest.mark.parametrize("name", list(OPTIONS))
def test_each_option_can_match_something(name: str) -> None:
    start = dict.fromkeys(OPTIONS, ANY) | {"show": "known"}
    for option in OPTIONS[name]:
        assert len(_treatment_evidence.view(**{**start, name: option}).table), option


def test_level_direction_and_target_stand_together_at_every_mark() -> None:
    for by_article in (False, True):
        cells = matrix_cells(known_treatments(), by_article=by_article).set_index("name")
        for row in TREATMENTS.itertuples():
            cell = cells.loc[row.name]
            direction = cell["label"].rsplit(": ", 1)[-1] if by_article else cell["group"].lower()
            assert direction.removesuffix(" (level: how sure)") == row.direction
            assert cell["kind"] == KINDS[row.direction]
            aim_only = row.direction == NOT_STUDIED and row.target == "calcinosis"
            assert cell["text"] == (AIM_ONLY if aim_only else SHORT_TARGETS[row.target])
            assert cell["column"] == HEADS[LEVELS[row.evidence_level]]
            assert cell["label"].startswith(row.name)
            assert by_article or cell["label"] == row.name


def test_what_was_not_studied_is_hollow_and_says_no_target_as_evidence() -> None:
    shown = explorers.treatment_evidence(show="known").view
    hollow = [trace for trace in shown.figure.data if trace.marker.symbol.endswith("-open")]
    unstudied = TREATMENTS[TREATMENTS["direction"].eq(NOT_STUDIED)]
    assert sorted(hollow[0].customdata) == sorted(unstudied["name"])
    assert len(hollow) == 1
    aimed = unstudied[unstudied["target"].eq("calcinosis")]["name"]
    table = shown.table.set_index("Treatment")
    assert table["For what"].eq(AIM_WORDS).sum() == len(aimed) == 2
    assert not table.loc[aimed, "For what"].eq("calcinosis").any()


def test_level_5_without_a_study_rests_on_what_the_note_says() -> None:
    rows = TREATMENTS[TREATMENTS["direction"].eq(NOT_STUDIED)]
    rows = rows[rows["evidence_level"].ne("none")]
    assert sorted(rows.index) == ["nsaids", "physical-therapy", "trigger-avoidance"]
    assert set(rows["evidence_level"]) == {"5"}
    refs = data.load_table("references").set_index("ref_id")["design"]
    cited = {
        refs[one] for row in rows.index for one in data.sources_of("treatments", row)["ref_id"]
    }
    told = {"guideline", "narrative-review", "textbook", "patient-organisation"}
    assert cited == told | {"rct", "cohort"}  # on hands, and on treating early
    for show in KNOWN:
        notes = " ".join(explorers.treatment_evidence(show=show).view.notes)
        assert "level 5 rests on guidelines, reviews, textbooks" in notes


def test_harm_is_not_the_last_of_the_list_and_has_a_mark_of_its_own() -> None:
    assert list(DIRECTIONS).index("harm possible") == 2
    assert [one for one, kind in KINDS.items() if kind == "harm possible"] == ["harm possible"]
    warfarin = matrix_cells(known_treatments(), by_article=False).set_index("name")
    row = warfarin.loc[TREATMENTS.loc["warfarin", "name"]]
    assert row["column"] == "Level 1 (most sure)"
    assert row["kind"] == "harm possible"


def test_the_first_state_counts_the_treatments_by_result_and_level() -> None:
    shown = explorers.treatment_evidence().view
    counts = count_by_direction(known_treatments()).set_index(["group", "part"])["n"]
    assert counts.sum() == len(TREATMENTS) == len(shown.table)
    levels = TREATMENTS["evidence_level"].astype("str")
    harm = TREATMENTS["direction"].eq("harm possible")
    assert counts["Harm possible"].tolist() == [(harm & levels.eq("1")).sum(), 0, 3, 0]
    assert counts["Benefit reported"].tolist() == [0, 11, 0, 0]
    assert counts["Not studied in calcinosis"][PARTS[-1]] == 12
    assert shown.finding == (
        "Of 50 treatments, benefit is reported for 11 (7 for calcinosis), at level 4 or 5; harm is "
        "possible for 4; reports are mixed for 13; no study in calcinosis was found for 12."
    )


def test_hard_words_of_names_are_explained_from_the_glossary() -> None:
    table = explorers.treatment_evidence().view.table.set_index("Treatment")["Words explained"]
    assert table["Rheopheresis"].startswith("Rheopheresis: filtering large proteins")
    for treatment in ("hexasodium-fytate", "tnf-inhibitors", "jak-inhibitors"):
        assert pd.notna(table[TREATMENTS.loc[treatment, "name"]])
    assert "Rheopheresis: filtering" in explorers.treatment_evidence("rheopheresis").view.notes[1]


def test_treatments_are_never_sorted_by_level_alone() -> None:
    rows = known_treatments()
    places = [list(DIRECTIONS).index(one) for one in rows["direction"]]
    assert places == sorted(places)
    assert not rows["level"].is_monotonic_increasing
    for _, own in rows.groupby(["direction", "target"], observed=True):
        assert own["name"].is_monotonic_increasing


def test_the_article_has_24_entries_on_21_treatments() -> None:
    shown = explorers.treatment_evidence(article="in", show="article").view
    numbers = [int(n) for text in shown.table["In the article"] for n in re.findall(r"\d+", text)]
    assert sorted(numbers) == list(range(1, 25))
    assert len(shown.table) == 21
    first = [int(re.findall(r"\d+", text)[0]) for text in shown.table["In the article"]]
    assert first == sorted(first)
    assert "Of 21 treatments of the article, benefit is reported for 1" in shown.finding


def test_what_the_article_omits_stands_after_its_list() -> None:
    cells = matrix_cells(in_article_order(known_treatments()), by_article=True)
    assert cells["group"].drop_duplicates().tolist() == [ARTICLE_LIST, ARTICLE_GAP]
    assert cells["group"].eq(ARTICLE_GAP).sum() == 29
    omitted = explorers.treatment_evidence(article="missing").view.table["Treatment"]
    for word in ("thiosulfate", "Minocycline", "Rituximab", "JAK", "laser", "Phosphate-lowering"):
        assert omitted.str.contains(word).any()


@pytest.mark.parametrize(
    ("treatment", "words"),
    [
        ("warfarin", ["harm is possible (level 1;", "about calcinosis)", "omits it", "avoided"]),
        ("vitamin-d-without-calcium", ["harm is possible (no level;", "hypercalcaemia"]),
        ("radiotherapy", ["harm is possible (no level; the evidence is about another disease)"]),
        ("low-level-laser", ["no study in calcinosis was found (no level;", "another disease"]),
        ("diltiazem", ["reports are mixed (level 4;", "entry\u00a019 (cut off)"]),
        ("colchicine", ["reports are mixed (level 5;", "entries\u00a015 and 18"]),
    ],
)
def test_one_treatment_is_told_with_level_direction_and_target(
    treatment: str, words: list[str]
) -> None:
    shown = explorers.treatment_evidence(treatment).view
    assert all(word in shown.finding for word in words)
    note = TREATMENTS.loc[treatment, "evidence_note"]
    assert pd.isna(note) or any(note in one for one in shown.notes)
    assert any(TREATMENTS.loc[treatment, "key_risks"] in one for one in shown.notes)


def test_results_of_one_treatment_are_told_with_what_is_known_of_it() -> None:
    shown = explorers.treatment_evidence("diltiazem", show="responses").view
    own = OUTCOMES[OUTCOMES["chart"] & OUTCOMES["intervention_id"].eq("diltiazem")]
    assert len(shown.table) == len(own) == 6
    assert shown.finding == (
        "Diltiazem: reports are mixed (level 4; the evidence is about calcinosis). 6 results: 3 of "
        "more than one patient, with a response in 25% to 100%, 52.9% in the largest (17 "
        "patients); 3 of one patient each, with a response in 1."
    )
    headings = [text for text in shown.figure.layout.yaxis.ticktext if text.startswith("<b>")]
    assert headings[0] == "<b>Diltiazem: mixed, level 4, for calcinosis</b>"


def test_the_chart_of_responses_holds_exactly_the_charted_responses() -> None:
    shown = explorers.treatment_evidence(show="responses").view
    rows = treatment_results()
    assert sorted(drawn(shown)) == sorted(rows.loc[rows["chart"], "name"])
    charted = OUTCOMES[OUTCOMES["chart"]]
    assert len(drawn(shown)) == len(charted)
    assert set(charted["endpoint"]) == {"response"}
    assert set(charted["unit"]) == {"patient"}
    hollow = [t for t in shown.figure.data if t.customdata and t.marker.symbol.endswith("open")]
    assert sum(len(trace.x) for trace in hollow) == charted["n_treated"].eq(1).sum() == 25


def test_the_patient_of_several_rows_is_marked() -> None:
    rows = treatment_results()
    labels = response_rows(rows[rows["chart"]]).set_index("name")["label"]
    sle = rows[rows["chart"] & rows["overlap_group"].eq("kjms2014sle")]["name"]
    assert len(sle) == 3
    assert all("[same patient]" in labels[name] for name in sle)
    second = rows[rows["chart"] & rows["basis"].eq("secondary")]["name"]
    assert len(second) == 4
    assert all("told second-hand" in labels[name] for name in second)
    notes = explorers.treatment_evidence(show="responses").view.notes
    assert any("share patients" in note for note in notes)


def test_comparison_groups_stand_under_the_treatment_of_their_study() -> None:
    rows = treatment_results().set_index("outcome_id")
    against = rows[rows["arm"].eq("comparator")]
    assert against["treatment"].ne(NO_TREATMENT).all()
    assert rows.loc["placebo-sinha2024", "treatment_id"] == "hexasodium-fytate"
    assert rows.loc["no-sodium-thiosulfate-obialo2017", "treatment_id"] == (
        "sodium-thiosulfate-intravenous"
    )
    assert against["name"].str.contains("(comparator)", regex=False).sum() == 3
    shown = explorers.treatment_evidence("therapeutic-ultrasound", show="outside").view
    assert shown.table["Group of the study"].tolist() == ["treatment", "comparator"]
    assert shown.table["Number with it"].tolist() == ["15 of 32 shoulders", "3 of 29 shoulders"]
    assert shown.table["What it counts"].eq("shoulder tendon, not calcinosis").all()


def test_an_arm_without_a_treatment_is_not_given_one() -> None:
    rows = treatment_results().set_index("outcome_id")
    alone = rows.loc["sodium-thiosulfate-intraperitoneal-gossett2023"]
    assert alone["treatment"] == NO_TREATMENT
    assert pd.isna(alone["treatment_id"])
    names = explorers.treatment_evidence(show="outside").view.table["Study result"]
    assert alone["name"] in set(names)


def test_results_outside_the_chart_say_so() -> None:
    shown = explorers.treatment_evidence(show="outside").view
    assert len(shown.table) == (~OUTCOMES["chart"]).sum()
    outside = OUTCOMES[~OUTCOMES["chart"]]
    other = (~outside["endpoint"].isin(["response", "no-count"])).sum()
    assert f"{other} count something else" in shown.finding
    assert f"; {len(outside) - other} have no count or no second reading" in shown.finding
    assert "had no second reading" in shown.notes[0]


def test_where_a_treatment_was_used_and_is_to_be_avoided() -> None:
    table = explorers.treatment_evidence().view.table.set_index("Treatment")
    used = table["Where it was used or tried"]
    assert "No response in: juvenile dermatomyositis (in one series)." in used["Rituximab"]
    assert "To be avoided in: chronic kidney disease." in used[TREATMENTS.loc["nsaids", "name"]]
    assert "Studied in another disease" in used["Therapeutic ultrasound"]
    without = set(TREATMENTS.index) - set(data.load_table("treatment_indications")["treatment_id"])
    assert used.isna().sum() == len(without)


def test_every_value_has_words() -> None:
    assert set(TREATMENTS["direction"].cat.categories) == set(DIRECTIONS) == set(KINDS)
    assert set(TREATMENTS["target"].cat.categories) == set(SHORT_TARGETS)
    assert list(HEADS) == list(LEVELS.values())
    assert set(TREATMENTS["target"].cat.categories) == set(TARGETS)
    assert set(TREATMENTS["evidence_level"].cat.categories) == set(LEVELS)
    assert set(OUTCOMES["design"].cat.categories) <= set(DESIGNS)
    assert set(OUTCOMES["endpoint"].cat.categories) == set(ENDPOINTS)
    assert treatment_results()["basis_text"].notna().all()


def test_filters_of_the_known() -> None:
    every = (ANY, ANY, ANY, ANY, ANY)
    assert len(chosen_treatments(*every)) == 50
    mixed = chosen_treatments(ANY, ANY, ANY, "mixed", ANY)
    assert len(mixed) == TREATMENTS["direction"].eq("mixed").sum()


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ({"treatment": "warfarine"}, "Did you mean 'warfarin'?"),
        ({"show": "response"}, "Did you mean 'responses'?"),
        ({"article": "omitted"}, "is not an option of 'Named in the article?'"),
        ({"category": "surgery"}, "is not an option of 'Kind of treatment'"),
        ({"direction": "harm"}, "is not an option of 'Result'"),
        ({"target": "symptom"}, "Did you mean 'symptoms'?"),
    ],
)
def test_a_wrong_preset_names_the_nearest_right_one(preset: Any, words: str) -> None:
    with pytest.raises(ControlValueError) as caught:
        explorers.treatment_evidence(**preset)
    assert words in str(caught.value)
