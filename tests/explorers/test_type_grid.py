"""The grid of calcium and phosphate: every state of its filters."""

import itertools
import re
from collections import Counter

import pandas as pd
import pytest

import calcinosis_data as data
from calcinosis_data.course import explorers
from calcinosis_data.course.explorers._type_grid import explorer as _type_grid
from calcinosis_data.course.explorers._type_grid.figure import _SHADE, lab_grid
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.known import BLOOD, known_patterns, measured_values
from calcinosis_data.course.explorers.patterns import CLASHES, FITS, OPEN, values_of
from calcinosis_data.course.ui import NOT_STATED
from calcinosis_data.course.ui.controls import ControlValueError

VALUES = [ANY, *measured_values()]
TISSUES = [ANY, *data.load_table("types")["tissue"].cat.categories]
STATES = list(itertools.product(VALUES, VALUES, TISSUES, ["types", "causes"]))
SOME_STATES = [
    (*found, level)
    for found in [(ANY, ANY, ANY), ("normal", "high", ANY), (ANY, "low", "damaged")]
    for level in ("types", "causes")
]
MOST_NAMED = 6


@pytest.mark.parametrize("state", STATES, ids="-".join)
def test_finding_chart_and_table_agree(state: tuple[str, str, str, str]) -> None:
    level = state[3]
    shown = _type_grid.view(*state)
    total = len(data.load_table(level))
    assert len(shown.table) == total
    points = {name: trace.name for trace in shown.figure.data for name in trace.customdata or ()}
    names = shown.table.iloc[:, 0]
    assert sorted(points) == sorted(names)
    if state[:3] == (ANY, ANY, ANY):
        assert set(points.values()) == {FITS}
        assert "Does it fit?" not in shown.table
        return
    assert points == dict(zip(names, shown.table["Does it fit?"], strict=True))
    fitting = sum(fit == FITS for fit in points.values())
    told = re.search(r" fits (?:(\d+) of|none of the) (\d+) ", shown.finding)
    assert told
    assert (int(told[1] or 0), int(told[2])) == (fitting, total)
    for fit in (FITS, OPEN):
        some = [name for name, one in points.items() if one == fit]
        if len(some) <= MOST_NAMED:
            assert all(name[1:] in shown.finding for name in some)
    clashing = [name[1:] for name, one in points.items() if one == CLASHES]
    assert not any(name in shown.finding for name in clashing)


@pytest.mark.parametrize("level", ["types", "causes"])
def test_the_grid_says_what_labs_says(level: str) -> None:
    key = {"types": "type_id", "causes": "cause_id"}[level]
    labs = data.load_table("labs").merge(data.load_table("conditions"), on="condition_id")
    own = labs[labs[key].notna()].merge(data.load_table(level)[[key, "name"]], on=key)
    known = known_patterns(level).set_index("name")
    for row in own.to_dict("records"):
        if row["analyte_id"] in ("calcium", "phosphate"):
            names = [name for name in known.index if name.startswith(row["name_y"])]
            assert known.loc[names[0], row["analyte_id"]] == values_of(row["direction"])


def test_blood_tests_do_not_tell_dystrophic_from_idiopathic() -> None:
    finding = explorers.type_grid(calcium="normal", phosphate="normal").view.finding
    assert finding.startswith(
        "Normal calcium with normal phosphate fits 2 of 5 types, dystrophic calcinosis and "
        "idiopathic calcinosis: these blood tests alone do not tell them apart"
    )
    assert "the state of the tissue does (damaged in dystrophic" in finding


def test_the_tissue_tells_them_apart() -> None:
    finding = explorers.type_grid("normal", "normal", "damaged").view.finding
    assert "fits 1 of 5 types, dystrophic calcinosis." in finding


@pytest.mark.parametrize(
    ("state", "level"), [({"calcium": "low"}, "causes"), ({"phosphate": "high"}, "types")]
)
def test_tissue_that_is_not_reported_tells_nothing_apart(state: dict[str, str], level: str) -> None:
    finding = explorers.type_grid(**state, level=level).view.finding
    assert "does not tell them apart." in finding


def test_what_varies_is_neither_match_nor_clash() -> None:
    for value in measured_values():
        fits = explorers.type_grid(calcium=value).view.table.set_index("Type")["Does it fit?"]
        assert fits["Iatrogenic calcinosis"] == OPEN
        assert fits["Metastatic calcinosis"] == OPEN


def test_a_direction_without_source_is_marked() -> None:
    labs = data.load_table("labs")
    unsourced = labs[~labs["sourced"] & labs["analyte_id"].isin(["calcium", "phosphate"])]
    shown = explorers.type_grid().view
    starred = [text.text for text in shown.figure.layout.annotations if "\u00a0*" in text.text]
    types = data.load_table("conditions").dropna(subset="type_id")["condition_id"]
    assert len(starred) == unsourced["condition_id"].isin(types).sum() == 1
    assert starred[0].startswith("Iatrogenic")
    assert any(note.startswith("A star (*): no source was found") for note in shown.notes)
    assert not any("*" in note for note in explorers.type_grid(level="causes").view.notes)
    source = shown.table.set_index("Type").loc["Iatrogenic calcinosis", "Source"]
    assert "Phosphate: no source found." in source


def test_a_cause_that_no_source_ties_to_a_type_has_no_tissue() -> None:
    tissue = known_patterns("causes").set_index("name")["tissue"]
    assert tissue["Wilson's disease"] == frozenset({NOT_STATED})
    assert tissue["Paget's disease of bone"] == frozenset({NOT_STATED})


@pytest.mark.parametrize("level", ["types", "causes"])
def test_marks_keep_their_own_line_and_their_field(level: str) -> None:
    figure = _type_grid.view(ANY, ANY, ANY, level).figure
    y = sorted(place for trace in figure.data for place in trace.y)
    gaps = [later - earlier for earlier, later in itertools.pairwise(y)]
    assert min(gaps) >= 19  # one line of text
    known = known_patterns(level).set_index("name")
    fields = {shape.name: shape for shape in figure.layout.shapes if shape.name}
    for trace in figure.data:
        for name, x, place in zip(trace.customdata, trace.x, trace.y, strict=True):
            field = fields["{}, {}".format(*(min(known.loc[name, one]) for one in BLOOD))]
            assert field.x0 <= x <= field.x1
            assert field.y0 <= place <= field.y1


@pytest.mark.parametrize("state", SOME_STATES, ids="-".join)
def test_each_field_head_is_said_once(state: tuple[str, str, str, str]) -> None:
    figure = _type_grid.view(*state).figure
    said = [re.sub(r"<[^>]+>", "", text.text) for text in figure.layout.annotations]
    assert said.count("Calcium") == 1
    assert not any(text.startswith("Calcium ") for text in said)
    columns = list(dict.fromkeys(s.name.split(", ")[0] for s in figure.layout.shapes if s.name))
    assert columns[:3] == ["low", "normal", "high"]
    heads = [column.replace("variable", "varies") for column in columns]
    assert all(said.count(head) == 1 for head in heads)


@pytest.mark.parametrize("level", ["types", "causes"])
def test_notes_say_what_is_there_to_see(level: str) -> None:
    shown = _type_grid.view(ANY, ANY, ANY, level)
    first = shown.notes[0]
    assert len(shown.notes) <= 4
    bracketed = shown.table.iloc[:, 0].str.contains(r" \(").any()
    assert any("form in brackets" in note for note in shown.notes) == bracketed
    known = known_patterns(level)
    full = {tuple(map(min, pair)) for pair in zip(*(known[one] for one in BLOOD), strict=True)}
    assert set(itertools.product(measured_values(), repeat=2)) - full
    assert first.startswith(f"An empty field: no {level.removesuffix('s')} usually has")
    borders = {place for shape in shown.figure.layout.shapes for place in (shape.x1, shape.y1)}
    marks = {place for trace in shown.figure.data for place in (*trace.x, *trace.y)}
    assert bool(borders & marks) == ("on the line" in first)


def test_what_varies_has_one_word_on_screen() -> None:
    shown = explorers.type_grid().view
    said = " ".join(text.text for text in shown.figure.layout.annotations)
    cells = shown.table[["Calcium", "Phosphate"]].stack().unique()
    assert "varies" in cells
    for text in (said, shown.finding, shown.chart_name, *cells, *shown.notes):
        assert "variable" not in text


@pytest.mark.parametrize("state", SOME_STATES, ids="-".join)
def test_no_line_of_the_grid_strikes_through_a_name(state: tuple[str, str, str, str]) -> None:
    figure = _type_grid.view(*state).figure
    right = max(shape.x1 for shape in figure.layout.shapes)
    for shape in figure.layout.shapes:
        upright = shape.line.width and shape.y0 != shape.y1
        assert not upright or (shape.x0, shape.x1) == (0, right)


def test_a_value_between_two_fields_stands_on_their_border() -> None:
    row = {"name": "a", "label": "a", "fit": FITS}
    frame = pd.DataFrame(
        [{**row, "calcium": values_of("low-normal"), "phosphate": values_of("high-normal")}]
    )
    analytes = {"calcium": "Calcium", "phosphate": "Phosphate"}
    nothing = dict.fromkeys(analytes, ANY)
    figure = lab_grid(frame, ["low", "normal", "high"], analytes, nothing)
    mark = figure.data[0]
    assert mark.x[0] in {shape.x1 for shape in figure.layout.shapes}
    assert mark.y[0] in {shape.y1 for shape in figure.layout.shapes}


def test_the_fields_of_the_values_found_are_shaded_and_their_crossing_framed() -> None:
    shapes = explorers.type_grid("normal", "high").view.figure.layout.shapes
    shades = Counter(shape.name for shape in shapes if shape.fillcolor == _SHADE)
    for name in {shape.name for shape in shapes if shape.name}:
        calcium, phosphate = name.split(", ")
        assert shades[name] == (calcium == "normal") + (phosphate == "high")
    crossing = next(shape for shape in shapes if shape.name == "normal, high")
    lines = [shape for shape in shapes if shape.line.width == 3]
    assert {(line.x0, line.x1) for line in lines} == {(crossing.x0, crossing.x1)}
    assert {line.y0 for line in lines} == {crossing.y0, crossing.y1}


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ({"calcium": "nromal"}, "Did you mean 'normal'?"),
        ({"phosphate": "variable"}, "'variable' is not an option of 'Phosphate'"),
        ({"tissue": "damage"}, "Did you mean 'damaged'?"),
        ({"level": "cause"}, "Did you mean 'causes'?"),
    ],
)
def test_a_wrong_preset_names_the_nearest_right_one(preset: dict[str, str], words: str) -> None:
    with pytest.raises(ControlValueError) as caught:
        explorers.type_grid(**preset)
    assert words in str(caught.value)


def test_sources_are_those_of_the_directions_shown() -> None:
    labs = data.load_table("labs").merge(data.load_table("conditions"), on="condition_id")
    blood = labs["analyte_id"].isin(["calcium", "phosphate"]) & labs["type_id"].notna()
    assert set(explorers.type_grid().view.ref_ids) == set(labs.loc[blood, "ref_id"].dropna())
