"""Where symptoms come from, red flags, and how often studies saw them."""

import itertools
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calcinosis_data as data
from calcinosis_data.course import explorers
from calcinosis_data.course.explorers._symptom_triage import studies, words
from calcinosis_data.course.explorers._symptom_triage.explorer import view
from calcinosis_data.course.explorers._symptom_triage.rows import (
    amount,
    figures_shown,
    kept,
    known_figures,
    known_symptoms,
)
from calcinosis_data.course.explorers._symptom_triage.words import Asked
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.ui.controls import ControlValueError

SYMPTOMS = data.load_table("symptoms")
FREQUENCIES = data.load_table("frequencies")
CONTROLS = explorers.symptom_triage().controls
OPTIONS = {
    name: [value for _, value in control.options]
    for name, control in CONTROLS.items()
    if name != "red_flags"
}
EVERY = Asked()
SHOWS = OPTIONS["show"]


def shown_names(figure) -> list[str]:
    return [name for trace in figure.data for name in trace.customdata or ()]


@given(
    source=st.sampled_from(OPTIONS["source"]),
    body_system=st.sampled_from(OPTIONS["body_system"]),
    red_flags=st.booleans(),
    show=st.sampled_from(OPTIONS["show"]),
)
@settings(max_examples=150, deadline=None)
def test_finding_chart_and_table_agree(
    source: str, body_system: str, red_flags: bool, show: str
) -> None:
    shown = view(source, body_system, red_flags, show)
    names = shown.table.iloc[:, 0]
    assert names.is_unique
    assert shown.finding.endswith(".")
    assert len(shown.finding.split()) <= 37
    assert len(shown.notes) <= 4
    for text in (shown.finding, shown.caption, shown.chart_name, *shown.notes):
        assert not re.search(r"\bnan\b|None\b(?! of)|<NA>|  |\.\.", text), text
    assert all(data.cite(ref) for ref in shown.ref_ids)
    if shown.table.empty:
        assert shown.finding.startswith(("None of the 20", "No charted figure", "No figure is"))
        assert "“any”" in shown.finding
        assert ("untick" in shown.finding) == (red_flags and "None of" in shown.finding)
        assert shown.ref_ids == ()
        return
    first = re.search(r"\d+", shown.finding)
    assert first
    if show == "unchecked":
        assert shown.figure is None
    else:
        assert sorted(shown_names(shown.figure)) == sorted(names)
    if show == "symptoms":
        asked = Asked(source, body_system, red_flags)
        _check_origins(shown, asked)
        if not asked.all:
            assert int(first[0]) == len(names)
    if show != "symptoms":
        assert int(first[0]) == len(names)
        assert f"from {len(shown.ref_ids)} stud" in shown.finding


ORIGINS = {
    "The deposit itself": "from the deposit itself",
    "A complication": "from a complication",
    "Underlying disease": "from the underlying disease",
    "High blood calcium": "from high blood calcium",
    "No link shown": "ha(?:s|ve) no shown link",
}


def _check_origins(shown, asked: Asked) -> None:
    """See that a finding that counts origins accounts for every symptom of the table."""
    if asked.source == ANY and len(shown.table) > 1:
        said = shown.finding.split(". ")[0 if asked.all else 1]
        told = {
            head: int(found[1])
            for head, words in ORIGINS.items()
            if (found := re.search(rf"(\d+)(?: comes?)? {words}", said))
        }
        assert told == shown.table["Comes from"].value_counts().to_dict()
    starred = shown.table["How often"].str.contains("*", regex=False).any()
    assert any(note.startswith("A star (*)") for note in shown.notes) == starred


def test_every_option_finds_something() -> None:
    for source in OPTIONS["source"]:
        assert len(kept(Asked(source=source)))
    for system in OPTIONS["body_system"]:
        assert len(kept(Asked(body_system=system)))
    for show in OPTIONS["show"]:
        assert len(view(ANY, ANY, False, show).table)
    assert set(OPTIONS["source"]) == {ANY, *SYMPTOMS["attributable_to"]}
    assert set(OPTIONS["body_system"]) == {ANY, *SYMPTOMS["body_system"]}


def test_overview_counts_what_the_table_says() -> None:
    own = SYMPTOMS["attributable_to"].eq("the deposit itself").sum()
    disease = SYMPTOMS["attributable_to"].eq("the underlying disease").sum()
    red = SYMPTOMS["red_flag"].sum()
    assert (own, disease, red, len(SYMPTOMS)) == (3, 8, 13, 20)
    assert explorers.symptom_triage().view.finding == (
        "Of 20 symptoms, 3 come from the deposit itself, 2 from a complication, 8 from the "
        "underlying disease and 3 from high blood calcium; 4 have no shown link. In all, 13 are "
        "red flags."
    )


def test_red_flag_comes_first_in_the_legend() -> None:
    marks = explorers.symptom_triage().view.figure.data
    assert [trace.name for trace in marks] == ["Red flag", "No red flag"]
    assert [trace.marker.symbol for trace in marks] == ["square", "circle-open"]
    assert marks[0].marker.color != marks[1].marker.color


def test_a_star_is_explained_only_beside_stars() -> None:
    notes = {show: " ".join(explorers.symptom_triage(show=show).view.notes) for show in SHOWS}
    assert [show for show in SHOWS if "A star (*)" in notes[show]] == ["symptoms"]
    assert "second reading" not in " ".join(notes.values())
    assert not any("*" in note for note in explorers.symptom_triage(body_system="eye").view.notes)


def test_three_symptoms_belong_to_the_deposit() -> None:
    shown = explorers.symptom_triage(source="the deposit itself").view
    assert set(shown.table["Symptom"]) == {
        "Skin lesions",
        "Limited range of motion",
        "Numbness and tingling",
    }
    assert shown.finding.endswith("1 is a red flag.")


@pytest.mark.parametrize(
    ("state", "finding"),
    [
        (
            {"body_system": "blood"},
            "1 of 20 symptoms concerns the blood: anaemia. "
            "It comes from the underlying disease; it is not a red flag.",
        ),
        (
            {"source": "complication"},
            "2 of 20 symptoms come from a complication of the deposit: skin ulceration, fever. "
            "Both are red flags.",
        ),
        (
            {"source": "not established", "body_system": "eye", "red_flags": True},
            "1 of 20 symptoms concerns the eyes, has no shown link to calcinosis and "
            "is a red flag: vision changes.",
        ),
        (
            {"red_flags": True},
            "13 of 20 symptoms are red flags. "
            "1 comes from the deposit itself, 2 from a complication, 4 from the underlying "
            "disease and 2 from high blood calcium; 4 have no shown link.",
        ),
    ],
)
def test_finding_in_good_english(state: dict[str, object], finding: str) -> None:
    assert explorers.symptom_triage(**state).view.finding == finding


def test_each_symptom_stands_in_its_column_with_its_flag() -> None:
    figure = explorers.symptom_triage().view.figure
    marks = {
        name: (column, trace.name)
        for trace in figure.data
        for name, column in zip(trace.customdata, trace.x, strict=True)
    }
    for row in SYMPTOMS.itertuples():
        flag = words.RED if row.red_flag else words.NOT_RED
        assert marks[row.name] == (words.SOURCES[row.attributable_to], flag)
    assert len({trace.marker.symbol for trace in figure.data}) == 2
    assert len({trace.marker.color for trace in figure.data}) == 2


def test_only_charted_patients_are_drawn_among_patients() -> None:
    figure = explorers.symptom_triage(show="frequencies").view.figure
    ids = known_figures().set_index("name").loc[shown_names(figure), "frequency_id"]
    drawn = FREQUENCIES.set_index("frequency_id").loc[ids]
    assert drawn["chart"].all()
    assert set(drawn["counted"]) == {"patients"}
    due = FREQUENCIES["chart"] & FREQUENCIES["counted"].eq("patients")
    assert len(drawn) == (due & FREQUENCIES["symptom_id"].notna()).sum() == 27


def test_deposits_stand_apart_from_patients() -> None:
    shown = explorers.symptom_triage(show="deposits").view
    assert set(shown.table["Counted"]) == {"deposits"}
    assert set(shown.ref_ids) == {"florence2016"}
    assert "not patients" in shown.finding


def test_the_displays_share_out_all_figures() -> None:
    ids = SYMPTOMS["symptom_id"]
    parts = [figures_shown(ids, show) for show in ("frequencies", "deposits", "unchecked")]
    found = pd.concat(parts)["frequency_id"]
    assert found.is_unique
    assert set(found) == set(FREQUENCIES.dropna(subset="symptom_id")["frequency_id"])


def test_raynaud_is_as_common_without_calcinosis() -> None:
    table = explorers.symptom_triage(show="frequencies", body_system="vascular").view.table
    counts = table.set_index("What was seen")["Count"]
    assert counts["Raynaud phenomenon: systemic sclerosis, with calcinosis"] == "10 of 10"
    assert counts["Raynaud phenomenon: systemic sclerosis, without calcinosis"] == "15 of 15"


def test_a_case_report_is_hollow_and_says_its_symptom_once() -> None:
    figure = explorers.symptom_triage(show="frequencies", source="complication").view.figure
    hollow = [trace for trace in figure.data if str(trace.marker.symbol).endswith("-open")]
    assert [trace.customdata for trace in hollow] == [
        ("Fever for three months: uraemic tumoral calcinosis",)
    ]
    assert "Fever for three months: uraemic tumoral calcinosis" in figure.layout.yaxis.ticktext


def test_how_often_tells_symptom_from_sign_and_patients_from_deposits() -> None:
    often = explorers.symptom_triage().view.table.set_index("Symptom")["How often"]
    assert often["Headaches"] == "no figure found"
    assert often["Anaemia"].startswith("100 of 502 patients (19.9%) (systemic sclerosis")
    assert "Opposite, no visual symptoms: 27 of 27 patients (100%)" in often["Vision changes"]
    assert "154 of 316 deposits (48.7%)" in often["Skin ulceration"]
    assert "60% of 110 deposits*" in often["Skin ulceration"]
    assert often["Skin ulceration"].endswith("and 8 more on what is related")


def test_an_unread_figure_is_starred() -> None:
    figures = known_figures()
    for row in figures[figures["symptom_match"].eq("same")].to_dict("records"):
        often = known_symptoms().set_index("symptom_id").loc[row["symptom_id"], "often"]
        assert (f"{amount(row)}*" in often) is not row["chart"]


def test_sources_are_those_of_the_rows_and_of_the_figures_quoted() -> None:
    table = explorers.symptom_triage(source="hypercalcaemia").view
    ids = SYMPTOMS.loc[SYMPTOMS["attributable_to"].eq("hypercalcaemia"), "symptom_id"]
    own = {ref for one in ids for ref in data.sources_of("symptoms", one)["ref_id"]}
    quoted = FREQUENCIES.loc[FREQUENCIES["symptom_id"].isin(ids), "ref_id"]
    assert set(table.ref_ids) == own | set(quoted)


@pytest.mark.parametrize(
    ("preset", "said"),
    [
        ({"source": "the underlying diseases"}, "Did you mean 'the underlying disease'?"),
        ({"body_system": "skins"}, "Did you mean 'skin'?"),
        ({"show": "frequency"}, "Did you mean 'frequencies'?"),
    ],
)
def test_a_wrong_preset_names_the_nearest_right_one(preset: dict[str, str], said: str) -> None:
    with pytest.raises(ControlValueError) as caught:
        explorers.symptom_triage(**preset)
    assert said in str(caught.value)


def test_presets_reach_the_filters() -> None:
    panel = explorers.symptom_triage("complication", "skin", True, "deposits")
    assert panel.state == {
        "source": "complication",
        "body_system": "skin",
        "red_flags": True,
        "show": "deposits",
    }


def test_share_of_symptoms_in_words() -> None:
    rows = known_figures().head(1)
    said = [studies.finding(rows, n, Asked(red_flags=True), "frequencies") for n in (1, 2)]
    assert "counts patients with the symptom chosen or" in said[0]
    assert "with 1 of the 2 symptoms chosen or" in said[1]


def test_short_forms_are_spelt_out_where_they_stand() -> None:
    rows = known_figures()
    for show in ("frequencies", "deposits", "unchecked"):
        some = figures_shown(SYMPTOMS["symptom_id"], show)
        said = " ".join(studies.notes(some, show))
        for short in itertools.chain(["SSc", "JDM", "SLE", "DECT"]):
            used = some["population"].str.contains(rf"\b{short}\b").any()
            assert (f"{short} is " in said) == used
    assert len(rows) == FREQUENCIES["symptom_id"].notna().sum()


def test_what_was_counted_beside_is_said() -> None:
    eye = explorers.symptom_triage(show="frequencies", body_system="eye").view.finding
    assert eye.endswith(
        "the symptom chosen or with a related sign; 1 figure counts people without the symptom."
    )
    heart = explorers.symptom_triage(show="frequencies", body_system="cardiopulmonary").view.finding
    assert heart.endswith("; it also counted people without calcinosis.")
