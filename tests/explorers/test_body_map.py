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
from calcinosis_data.course.explorers._body_map.outline import CENTRE, VIEWS, patches, regions
from calcinosis_data.course.explorers._body_map.picture import CLEAR, FLAT, SHADES, shade
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
EVERY_SITE = {"condition": ANY, "counted": "patients", "study": ANY}
ONE_STUDY = {"condition": ANY, "counted": "patients", "study": "bauer2020"}


def rows_of(table: pd.DataFrame) -> pd.DataFrame:
    rows = site_rows()
    return rows[rows["name"].isin(table.iloc[:, 0])]


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
    assert rows["denominator"].eq(state["counted"]).all()
    assert set(shown.table["What was counted"]).__len__() == 1
    if one_study(rows):
        assert str(rows["source"].iloc[0]) in shown.finding
        assert f"{round(rows['percent'].max(), 1):g}%" in shown.finding
    else:
        assert f"{rows['ref_id'].nunique()} studies" in shown.finding
        assert f"give {len(rows)} figures for" in shown.finding


@settings(max_examples=60, deadline=None)
@given(STATES)
def test_the_filters_keep_what_they_say(state: dict[str, Any]) -> None:
    rows = rows_of(_body_map.view(**state).table)
    fit = TABLE[TABLE["chart"] & TABLE["percent"].notna() & (TABLE["denominator"] != "selected")]
    fit = fit[fit["denominator"] == state["counted"]]
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
        assert f" {one.name} " in said
        assert said.endswith(f"{round(one.high):g}%")
    for x in {text.x for text in texts}:
        column = [text for text in texts if text.x == x]
        heights = sorted(text.y for text in column)
        assert all(after - before >= 20.9 for before, after in itertools.pairwise(heights))
        numbers = [int(text.name[3:-4]) for text in sorted(column, key=lambda text: text.y)]
        assert numbers == sorted(numbers)
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
    shown = explorers.body_map("systemic-sclerosis", study="bauer2020").view
    own = TABLE[TABLE["ref_id"] == "bauer2020"].set_index("body_site_id")
    assert own.loc["spine", ["n_with", "n_total"]].tolist() == [64, 77]
    assert "spine (83%), finger joints (28.6%) and hand and fingers (26%)" in shown.finding
    assert shown.table.set_index("Body site and study")["Number with it"].iloc[0] == "64 of 77"
    colours = fills(shown.figure)
    assert colours["Spine"] == {shade(83)}
    assert colours["Knee"] == {CLEAR}


def test_hands_of_systemic_sclerosis_differ_by_whom_was_studied() -> None:
    shown = explorers.body_map("systemic-sclerosis").view
    own = TABLE[TABLE["chart"] & (TABLE["body_site_id"] == "hand")]
    own = own[(own["condition_id"] == "systemic-sclerosis") & (own["denominator"] == "patients")]
    low, high = own["percent"].min(), own["percent"].max()
    assert (low, high) == (23, 74.7)
    assert f"hand and fingers ({own['ref_id'].nunique()} studies, 23% to 74.7%)" in shown.finding


def test_deposits_are_counted_by_one_study_only() -> None:
    shown = explorers.body_map(counted="deposits").view
    assert "hand and fingers (70%), thumb (19%) and little finger (8%)" in shown.finding
    assert shown.figure.layout.xaxis.title.text == "Percent of all deposits"
    assert set(fills(shown.figure)["Thumb"]) == {shade(19)}


def test_a_share_of_who_knows_what_says_so() -> None:
    shown = explorers.body_map("systemic-sclerosis", counted="unclear").view
    assert "not clear who or what was counted" in shown.finding
    assert shown.finding.count("%") == 3
    assert any("not clear" in note for note in shown.notes)


def test_patients_chosen_for_the_site_are_never_drawn_but_named() -> None:
    picked = site_rows()[site_rows()["denominator"] == "selected"]
    assert {"lopez2017", "mohammednd"} == set(picked["ref_id"])
    shown = explorers.body_map().view
    assert not set(picked["name"]) & set(shown.table.iloc[:, 0])
    note = next(one for one in shown.notes if one.startswith("Left out"))
    assert all(source in note for source in picked["source"])
    alone = explorers.body_map(study="bauer2020").view
    assert not any(note.startswith("Left out") for note in alone.notes)


def test_sites_without_a_region_are_in_table_and_note() -> None:
    shown = explorers.body_map().view
    rows = rows_of(shown.table)
    hidden = rows[rows["region"].isna()]
    assert {"lower-limb", "hand-or-wrist", "several-sites"} <= set(hidden["body_site_id"])
    note = next(one for one in shown.notes if one.startswith("Not on the outline"))
    assert all(site[1:] in note for site in hidden["site"])
    assert shown.table["Shown on the outline as"].isna().sum() == len(hidden)


def test_a_finer_site_is_shown_within_the_region_it_is_part_of() -> None:
    table = explorers.body_map(study="umdnj17").view.table
    shown_as = table.set_index("Body site and study")["Shown on the outline as"]
    assert shown_as["Fingertips (Velez and Hsu 2013)"] == "Hand and fingers"
    assert all(set(patches(view)) <= set(NAMES.index) for view in VIEWS)


def test_shared_patients_are_marked_beside_the_study_and_not_within_one() -> None:
    several = explorers.body_map("systemic-sclerosis").view
    marked = [text for text in several.figure.layout.yaxis.ticktext if "[" in text]
    assert any("[part of a study]" in text for text in marked)
    assert any("square brackets" in note for note in several.notes)
    alone = explorers.body_map(study="spinessc2007").view
    assert not any("[" in text for text in alone.figure.layout.yaxis.ticktext)
    assert not any("square brackets" in note for note in alone.notes)


def test_more_than_one_site_is_no_site_of_its_own() -> None:
    finding = explorers.body_map(study="gali2005").view.finding
    assert finding.endswith("one site has a figure: scrotum (8.3%); more than one site (25%).")


@pytest.mark.parametrize(
    ("percents", "named"),
    [([50.0], 1), ([50, 40, 30, 20], 3), ([50, 9, 9, 9, 9], 1), ([9, 9, 9, 9], 4), ([5, 4, 4], 3)],
)
def test_no_site_is_left_unnamed_that_is_as_frequent(percents: list[float], named: int) -> None:
    assert _clear_lead(percents) == named


def test_people_studied_are_told_without_short_forms() -> None:
    assert not site_rows()["people"].str.contains(r"SSc|SLE|DM\b|incl\.").any()


def test_the_studies_offered_follow_the_other_filters() -> None:
    panel = explorers.body_map()
    study = panel.controls["study"]
    everything = study._options_values
    assert set(everything[1:]) == set(charted_rows().query("denominator == 'patients'")["ref_id"])
    study.value = "bauer2020"
    panel.controls["condition"].value = "connective-tissue-disease"
    assert study.value == "bauer2020"
    assert set(study._options_values) < set(everything)
    panel.controls["condition"].value = "idiopathic-calcinosis"
    assert study.value == ANY
    assert study._options_values == (ANY, "idiopathiccc11")
    assert panel.view.finding == explorers.body_map("idiopathic-calcinosis").view.finding
    panel.reset()
    assert panel.state == EVERY_SITE
    assert study._options_values == everything


def test_reset_comes_back_to_a_preset_study() -> None:
    panel = explorers.body_map("systemic-sclerosis", study="bauer2020")
    first = panel.state
    panel.controls["counted"].value = "deposits"
    assert panel.state["study"] == ANY
    panel.reset()
    assert panel.state == first
    assert panel.error is None


def test_every_option_finds_something() -> None:
    for condition in OPTIONS["condition"]:
        found = [_body_map.view(condition, counted, ANY) for counted in OPTIONS["counted"]]
        assert any(not one.table.empty for one in found)
        for one in found:
            if one.table.empty:
                assert re.search(r"Choose under “What was counted”: .+ \(\d+\)", one.finding)


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ({"condition": "systemic-scleroses"}, "Did you mean 'systemic-sclerosis'?"),
        ({"counted": "selected"}, "'selected' is not an option of 'What was counted'"),
        ({"study": "lopez2017"}, "'lopez2017' is not an option of 'Study'"),
        ({"condition": "idiopathic-calcinosis", "study": "bauer2020"}, "'idiopathiccc11'"),
    ],
)
def test_a_wrong_preset_names_what_is_right(preset: dict[str, str], words: str) -> None:
    with pytest.raises(ControlValueError) as caught:
        explorers.body_map(**preset)
    assert words in str(caught.value)
