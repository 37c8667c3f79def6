"""Where deposits sit: figures, outline, finding and table in every state of the filters."""

import itertools
import re
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calcinosis_data as data
from calcinosis_data.course import explorers
from calcinosis_data.course.explorers._body_map import explorer as _body_map
from calcinosis_data.course.explorers._body_map.curves import path
from calcinosis_data.course.explorers._body_map.outline import (
    CENTRE,
    VIEWS,
    joined,
    patches,
    regions,
)
from calcinosis_data.course.explorers._body_map.people import PEOPLE
from calcinosis_data.course.explorers._body_map.picture import (
    CLEAR,
    FLAT,
    HATCH,
    SHADES,
    hatched,
    shade,
)
from calcinosis_data.course.explorers._body_map.sites import (
    charted_rows,
    drawn_region,
    one_study,
    site_rows,
    sites_shown,
)
from calcinosis_data.course.explorers._body_map.words import _clear_lead
from calcinosis_data.course.explorers._opened import row_names
from calcinosis_data.course.explorers.families import family
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.ui.controls import ControlValueError

PANEL = explorers.body_map()
OPTIONS = {name: list(control._options_values) for name, control in PANEL.controls.items()}
OPTIONS["study"] = [ANY, *charted_rows()["ref_id"].unique()]
STATES = st.fixed_dictionaries({name: st.sampled_from(some) for name, some in OPTIONS.items()})
NAMES = row_names("body_sites")
TABLE = data.load_table("sites").set_index("site_id")
PREVALENCE = data.load_table("prevalence")
EVERY_SITE = {"condition": ANY, "counted": "calcinosis", "study": ANY}
ONE_STUDY = {"condition": ANY, "counted": "everyone", "study": "bauer2020"}
COUNTS = site_rows().set_index("site_id")["counted"]
SSC = "systemic-sclerosis"


def rows_of(table: pd.DataFrame) -> pd.DataFrame:
    return site_rows().set_index("name", drop=False).loc[table.iloc[:, 0]]


def fills(figure: go.Figure) -> dict[str, set[str]]:
    """Colours of each named shape, over both figures."""
    colours: dict[str, set[str]] = {}
    for shape in figure.layout.shapes:
        if shape.name:
            colours.setdefault(shape.name, set()).add(shape.fillcolor)
    return colours


def labels(figure: go.Figure) -> list[Any]:
    return [text for text in figure.layout.annotations if text.name]


@settings(max_examples=100, deadline=None)
@given(STATES)
def test_finding_chart_and_table_agree(state: dict[str, Any]) -> None:
    shown = _body_map.view(**state)
    names = shown.table.iloc[:, 0]
    rows = rows_of(shown.table)
    said = "\n".join([shown.finding, shown.caption, shown.chart_name, *shown.notes])
    assert shown.finding.endswith(".")
    assert not re.search(r"nan|None|<NA>|  |\bSSc\b", said)
    assert names.is_unique
    assert set(shown.ref_ids) == set(rows["ref_id"])
    assert all(data.cite(ref) for ref in shown.ref_ids)
    if shown.table.empty:
        assert shown.figure is None
        assert shown.finding.startswith("No figure")
        assert "Choose" in shown.finding
        return
    drawn = [name for trace in shown.figure.data for name in trace.customdata or ()]
    assert sorted(drawn) == sorted(names)
    assert rows["chart"].all()
    assert rows["percent"].notna().all()
    assert rows["counted"].eq(state["counted"]).all()
    assert shown.table["Percent of"].nunique() == 1
    assert len(shown.notes) <= 4
    if one_study(rows):
        assert str(rows["source"].iloc[0]) in shown.finding
        assert f"{round(rows['percent'].max(), 1):g}%" in shown.finding
    else:
        assert re.search(rf"\b{rows['ref_id'].nunique()} stud", shown.finding)
        assert re.search(rf"gives? {len(rows)} figures for", shown.finding)


@settings(max_examples=60, deadline=None)
@given(STATES)
def test_the_filters_keep_what_they_say(state: dict[str, Any]) -> None:
    rows = rows_of(_body_map.view(**state).table)
    fit = TABLE[TABLE["chart"] & TABLE["percent"].notna() & (TABLE["denominator"] != "selected")]
    fit = fit[COUNTS[fit.index] == state["counted"]]
    if state["condition"] != ANY:
        fit = fit[fit["condition_id"].isin(family(state["condition"]))]
    if state["study"] != ANY:
        fit = fit[fit["ref_id"] == state["study"]]
    assert set(rows["site_id"]) == set(fit.index)


@settings(max_examples=60, deadline=None)
@given(STATES)
def test_the_outline_is_coloured_as_the_figures_say(state: dict[str, Any]) -> None:
    shown = _body_map.view(**state)
    if shown.figure is None:
        return
    rows, colours = rows_of(shown.table), fills(shown.figure)
    alone = one_study(rows)
    for site in sites_shown(rows):
        if site.id in joined():
            continue
        name = str(NAMES[site.id])
        name = name if name in colours else str(NAMES[drawn_region(site.id)])
        assert colours.pop(name, {shade(site.high)}) == {shade(site.high) if alone else FLAT}
    for name, seen in colours.items():
        assert seen == {CLEAR}, name


@settings(max_examples=60, deadline=None)
@given(STATES)
def test_each_site_on_the_outline_has_a_label_of_its_own(state: dict[str, Any]) -> None:
    shown = _body_map.view(**state)
    if shown.figure is None:
        return
    sites = sites_shown(rows_of(shown.table))
    texts = labels(shown.figure)
    assert sorted(text.name for text in texts) == sorted(f"<b>{one.number}</b>" for one in sites)
    for one in sites:
        said = next(text.text for text in texts if text.name == f"<b>{one.number}</b>")
        assert f" {one.name}<br>" in said
        assert f"{round(one.high):g}%" in said
    for x in {text.x for text in texts}:
        column = [text for text in texts if text.x == x]
        heights = sorted(text.y for text in column)
        assert all(after - before >= 35.9 for before, after in itertools.pairwise(heights))
        numbers = [int(text.name[3:-4]) for text in sorted(column, key=lambda text: text.y)]
        assert numbers == sorted(numbers) or one_study(rows_of(shown.table))
    heads = " ".join(shown.figure.layout.yaxis.ticktext)
    assert all(f"{one.number} {one.name}" in heads for one in sites)


def test_each_region_is_one_shape_on_each_side_where_it_is_seen() -> None:
    for state in (EVERY_SITE, ONE_STUDY):
        figure = _body_map.view(**state).figure
        named = [shape.name for shape in figure.layout.shapes if shape.name]
        drawn = data.load_table("body_sites").query("drawn")
        for site, side in zip(drawn["name"], drawn["side_view"], strict=True):
            assert named.count(site) == (2 if side == "both" else 1)


def test_shades_grow_with_the_percent_and_no_percent_is_left_out() -> None:
    steps = [SHADES.index(shade(percent)) for percent in range(101)]
    assert steps == sorted(steps)
    assert set(steps) == set(range(len(SHADES)))
    shares = [float(colour.split(",")[-1].rstrip(")")) for colour in SHADES]
    assert shares == sorted(shares)


def test_a_part_with_a_shade_of_its_own_is_cut_out_of_the_whole() -> None:
    shapes = _body_map.view(**ONE_STUDY).figure.layout.shapes
    hand = next(shape.path for shape in shapes if shape.name == NAMES["hand"])
    parts = [*regions("front")["hand"], *patches("front")["finger-joint"]]
    assert hand.count("M") == len(parts) == 2 + 2 * 10
    assert hand.endswith(path(parts[2:], dx=CENTRE["front"]))


def test_figures_of_bauer_2020() -> None:
    shown = explorers.body_map(SSC, "everyone", "bauer2020").view
    own = TABLE[TABLE["ref_id"] == "bauer2020"].set_index("body_site_id")
    assert own.loc["spine", ["n_with", "n_total"]].tolist() == [64, 77]
    assert (
        "77 people with systemic sclerosis (Bauer et al. 2020), the most frequent of 3 sites with "
        "a figure was spine "
        "(83%, not specific for calcinosis), then finger joints (29%) and hand and fingers (26%)"
    ) in shown.finding
    assert "not specific for calcinosis" in own.loc["spine", "note"]
    assert shown.table["Number with it"].tolist() == ["64 of 77", "22 of 77", "20 of 77"]
    colours = fills(shown.figure)
    assert colours["Spine"] == {shade(83)}
    assert colours["Knee"] == {CLEAR}


def test_it_starts_with_the_largest_study_that_compares_sites() -> None:
    panel = explorers.body_map()
    assert panel.state == {"condition": SSC, "counted": "calcinosis", "study": "valenzuelaacr836"}
    rows = charted_rows()
    own = rows[rows["condition_id"].eq(SSC) & rows["counted"].eq("calcinosis")]
    several = own.groupby("ref_id").filter(lambda some: some["body_site_id"].nunique() > 1)
    assert several["n"].max() == own.loc[own["ref_id"].eq("valenzuelaacr836"), "n"].max() == 90
    assert panel.view.finding == (
        "In 90 people with systemic sclerosis and calcinosis (Valenzuela et al., year not shown), "
        "the most frequent of 3 sites with a figure was hand and fingers (71%), then elbow (19%) "
        "and upper arm or "
        "forearm (16%)."
    )


def test_hands_of_systemic_sclerosis_are_never_ranged_over_two_denominators() -> None:
    hands = TABLE[TABLE["chart"] & (TABLE["body_site_id"] == "hand")]
    hands = hands[(hands["condition_id"] == SSC) & (hands["denominator"] == "patients")]
    assert hands["population"].nunique() > 1
    for counted, ends in {"everyone": "23% to 26%", "calcinosis": "71% to 75%"}.items():
        own = hands[hands["population"].eq("SSc overall") == (counted == "everyone")]
        assert [f"{own['percent'].min():.0f}%", f"{own['percent'].max():.0f}%"] == ends.split(
            " to "
        )
        shown = explorers.body_map(SSC, counted, ANY).view
        label = next(text.text for text in labels(shown.figure) if "Hand and fingers" in text.text)
        assert label.endswith(f"{ends}, {len(own)} figures")


def test_who_was_counted_is_known_for_every_charted_row() -> None:
    rows = charted_rows()
    assert set(rows["population"]) <= set(PEOPLE)
    overall = rows["population"].str.contains("overall|screened")
    assert rows.loc[overall, "counted"].eq("everyone").all()
    with_it = rows["population"].str.contains("calcinosis") & rows["denominator"].eq("patients")
    assert rows.loc[with_it, "counted"].eq("calcinosis").all()
    # Where the words for the people are silent, another table tells that n_total had calcinosis.
    for ref, told_by in {"fredi2015": "brescia2017", "jddsle2022": "jddsle2022"}.items():
        with_calcinosis = PREVALENCE.loc[PREVALENCE["ref_id"].eq(told_by), "n_with"]
        assert set(with_calcinosis) == set(rows.loc[rows["ref_id"].eq(ref), "n_total"])
        assert rows.loc[rows["ref_id"].eq(ref), "counted"].eq("calcinosis").all()


def test_the_eye_says_of_how_many_in_whom_and_that_only_it_was_examined() -> None:
    shown = explorers.body_map(ANY, "everyone").view
    said = [text.text for text in labels(shown.figure) if "Surface of the eye" in text.text]
    assert len(said) == 1
    assert said[0].endswith("<br>100%, 47 of 47 (rest not examined)")
    rows = shown.figure.layout.yaxis.ticktext
    assert any(
        text.startswith("People with chronic kidney failure (Klaassen")
        and text.endswith("only the eye surface was examined")
        for text in rows
    )


def test_areas_counted_only_with_their_neighbours_are_hatched() -> None:
    plain = {shape.path for shape in explorers.body_map().view.figure.layout.shapes if shape.name}
    for state, areas in {
        ("inflammatory-myopathy", "calcinosis", "fredi2015"): {"shoulder", "upper-arm"},
        ("systemic-lupus-erythematosus", "calcinosis", ANY): {
            "thigh",
            "knee",
            "shin",
            "ankle",
            "foot",
        },
        (SSC, "calcinosis", "valenzuelaacr836"): {"upper-arm", "forearm"},
        (SSC, "everyone", "bauer2020"): set(),
    }.items():
        shown = _body_map.view(*state)
        assert set(hatched(sites_shown(rows_of(shown.table)))) == areas
        lines = [
            one
            for one in shown.figure.layout.shapes
            if one.line.color == HATCH["color"] and one.line.width == HATCH["width"]
        ]
        assert len(lines) == (3 if areas else 0)
        assert not {one.path for one in lines} & plain
        assert any(note.startswith("Hatched") for note in shown.notes) == bool(areas)
        said = [text.text for text in shown.figure.layout.annotations]
        assert ("counted with its neighbours" in said) == bool(areas)


def test_rows_of_one_study_go_from_the_most_to_the_least_frequent() -> None:
    for study in charted_rows()["ref_id"].unique():
        for counted in OPTIONS["counted"]:
            rows = rows_of(_body_map.view(ANY, counted, study).table)
            if rows.empty:
                continue
            table = _body_map.view(ANY, counted, study).table
            percents = [float(text.rstrip("%")) for text in table["Percent"]]
            assert percents == sorted(percents, reverse=True)


def test_percents_are_told_alike_in_label_row_and_table() -> None:
    shown = explorers.body_map(SSC, "everyone", "spinessc2007").view
    assert shown.table["Percent"].tolist() == ["59%", "29%"]
    assert "beside the vertebrae (59%)" in shown.finding
    assert [text.text.split("<br>")[1] for text in labels(shown.figure)] == [
        "59%, 24 of 41",
        "29%, 12 of 41",
    ]
    words = next(trace for trace in shown.figure.data if trace.mode == "text" and trace.text)
    assert [text.strip() for text in words.text] == ["59% · 24 of 41", "29% · 12 of 41"]


def test_deposits_are_counted_by_one_study_only() -> None:
    shown = explorers.body_map(counted="deposits").view
    assert "hand and fingers (70%), then thumb (19%) and little finger (8%)" in shown.finding
    assert shown.figure.layout.xaxis.title.text == "Percent of all deposits"
    assert set(fills(shown.figure)["Thumb"]) == {shade(19)}


def test_a_share_of_who_knows_what_says_so() -> None:
    shown = explorers.body_map("systemic-sclerosis", counted="unclear").view
    assert "shares of what is not clear" in shown.finding
    assert shown.finding.count("%") == 3
    assert any("as hints" in note for note in shown.notes)


def test_patients_chosen_for_the_site_are_never_drawn_but_counted() -> None:
    picked = site_rows()[site_rows()["denominator"] == "selected"]
    assert {"lopez2017", "mohammednd"} == set(picked["ref_id"])
    shown = explorers.body_map(ANY).view
    assert not set(picked["name"]) & set(shown.table.iloc[:, 0])
    note = next(one for one in shown.notes if "not drawn" in one)
    assert "2 of people who were chosen for that very site" in note
    blank = (TABLE["percent"].isna() & (TABLE["denominator"] != "selected")).sum()
    assert f"{blank} without a percent" in note
    alone = explorers.body_map(SSC, "everyone", "bauer2020").view
    assert not any("not drawn" in note for note in alone.notes)


def test_what_names_no_place_is_in_table_and_note() -> None:
    shown = explorers.body_map(ANY).view
    rows = rows_of(shown.table)
    hidden = rows[~rows["placed"]]
    assert set(hidden["body_site_id"]) == {"several-sites"}
    assert any("Not on the outline" in one and "more than one site" in one for one in shown.notes)
    assert shown.table["Shown on the outline as"].isna().sum() == len(hidden)
    together = rows["body_site_id"].isin(joined())
    assert (shown.table["Shown on the outline as"] == "its parts together").sum() == together.sum()


def test_a_finer_site_is_shown_within_the_region_it_is_part_of() -> None:
    table = explorers.body_map(SSC, "calcinosis", "umdnj17").view.table
    shown_as = table.set_index("Body site and study")["Shown on the outline as"]
    assert shown_as["Fingertips (Velez and Hsu 2013)"] == "Hand and fingers"
    assert all(set(patches(view)) <= set(NAMES.index) for view in VIEWS)


def test_shared_patients_are_marked_beside_the_study_and_not_within_one() -> None:
    several = explorers.body_map(SSC, "everyone", ANY).view
    marked = [text for text in several.figure.layout.yaxis.ticktext if "[" in text]
    assert any("[part of a study]" in text for text in marked)
    assert any("square brackets" in note for note in several.notes)
    alone = explorers.body_map(SSC, "everyone", "spinessc2007").view
    assert not any("[" in text for text in alone.figure.layout.yaxis.ticktext)
    assert not any("square brackets" in note for note in alone.notes)


def test_more_than_one_site_is_no_site_of_its_own() -> None:
    finding = explorers.body_map(ANY, study="gali2005").view.finding
    assert finding.endswith("one site has a figure: scrotum (8%); more than one site (25%).")


@pytest.mark.parametrize(
    ("percents", "named"),
    [([50.0], 1), ([50, 40, 30, 20], 3), ([50, 9, 9, 9, 9], 1), ([9, 9, 9, 9], 4), ([5, 4, 4], 3)],
)
def test_no_site_is_left_unnamed_that_is_as_frequent(percents: list[float], named: int) -> None:
    assert _clear_lead(percents) == named


def test_people_studied_are_told_without_short_forms() -> None:
    assert not site_rows()["people"].str.contains(r"SSc|SLE|DM\b|incl\.").any()


def test_the_studies_offered_follow_the_other_filters() -> None:
    panel = explorers.body_map(ANY)
    study = panel.controls["study"]
    everything = study._options_values
    assert set(everything[1:]) == set(charted_rows().query("counted == 'calcinosis'")["ref_id"])
    study.value = "umdnj17"
    panel.controls["condition"].value = "connective-tissue-disease"
    assert study.value == "umdnj17"
    assert set(study._options_values) < set(everything)
    panel.controls["condition"].value = "idiopathic-calcinosis"
    assert study._options_values == (ANY, "idiopathiccc11")
    assert study.value == "idiopathiccc11"
    assert panel.view.finding == explorers.body_map("idiopathic-calcinosis").view.finding
    study.value = ANY
    panel.controls["condition"].value = SSC
    assert study.value == ANY
    panel.reset()
    assert panel.state == EVERY_SITE
    assert study._options_values == everything


def test_reset_comes_back_to_a_preset_study() -> None:
    panel = explorers.body_map(SSC, "everyone", "spinessc2007")
    first = panel.state
    panel.controls["counted"].value = "deposits"
    assert panel.state["study"] == "valenzuela2020"
    panel.reset()
    assert panel.state == first
    assert panel.error is None


def test_every_option_finds_something() -> None:
    for condition in OPTIONS["condition"]:
        found = [_body_map.view(condition, counted, ANY) for counted in OPTIONS["counted"]]
        assert any(not one.table.empty for one in found)
        for one in found:
            if one.table.empty:
                assert re.search(r"Choose under “Percent of”: .+ \(\d+\)", one.finding)


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ({"condition": "systemic-scleroses"}, "Did you mean 'systemic-sclerosis'?"),
        ({"counted": "selected"}, "'selected' is not an option of 'Percent of'"),
        ({"study": "lopez2017"}, "'lopez2017' is not an option of 'Study'"),
        ({"counted": "patients"}, "'everyone'"),
        ({"condition": "idiopathic-calcinosis", "study": "bauer2020"}, "'idiopathiccc11'"),
    ],
)
def test_a_wrong_preset_names_what_is_right(preset: dict[str, str], words: str) -> None:
    with pytest.raises(ControlValueError) as caught:
        explorers.body_map(**preset)
    assert words in str(caught.value)
