"""The map of causes and types: every state of its filters."""

import itertools
import re
from collections import Counter

import pandas as pd
import pytest

import calcinosis_data as data
from calcinosis_data.course import explorers, ui
from calcinosis_data.course.explorers._cause_map import explorer as _cause_map
from calcinosis_data.course.explorers._cause_map.links import (
    NO_LINK,
    cause_links,
    choose,
    cite_all,
    count_by_type,
    group_name,
    references,
    type_names,
    types_of_article,
)
from calcinosis_data.course.explorers._cause_map.words import (
    MEANINGS,
    circumstances,
    short_type,
    types_in_words,
)
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.ui.controls import ControlValueError

CONTROLS = explorers.cause_map().controls
OPTIONS = {
    name: [one[1] if isinstance(one, tuple) else one for one in control.options]
    for name, control in CONTROLS.items()
}
STATES = list(itertools.product(*OPTIONS.values()))
LINKS = data.load_table("cause_types")
CAUSES = data.load_table("causes")


def _view(state: tuple[str, str, str]) -> ui.View:
    return _cause_map.view(*state)


def _chosen(state: tuple[str, str, str]) -> set[tuple[str, str, str]]:
    """Links by an independent way: cause name, short type, qualifier."""
    type_id, category, qualifier = state
    names = CAUSES.set_index("cause_id")["name"]
    groups = {c: str(g).split(", ") for c, g in CAUSES[["cause_id", "category"]].values}
    rows = {(c, t, q) for c, t, q in LINKS[["cause_id", "type_id", "qualifier"]].values}
    rows |= {(c, "", NO_LINK) for c in names.index if c not in set(LINKS["cause_id"])}
    return {
        (names[c], t and short_type(t), q)
        for c, t, q in rows
        if type_id in (ANY, t)
        and (category == ANY or category in groups[c])
        and qualifier in (ANY, q)
    }


@pytest.mark.parametrize("state", STATES, ids="-".join)
def test_chart_table_and_tables_agree(state: tuple[str, str, str]) -> None:
    shown = _view(state)
    expected = _chosen(state)
    names = shown.table["Cause"]
    assert shown.table.columns[0] == "Cause"
    assert names.is_unique
    assert set(names) == {name for name, _, _ in expected}
    linked = {one for one in expected if one[1]}
    if not linked:
        assert shown.figure is None
        return
    drawn = {
        (name, column, trace.name)
        for trace in shown.figure.data
        for name, column in zip(trace.customdata, trace.x, strict=True)
    }
    assert drawn == linked
    # a cause without a type has a row of the chart, and says so
    rows = shown.figure.layout.yaxis
    texts = dict(zip(rows.tickvals, rows.ticktext, strict=True))
    assert set(names) <= set(texts)
    for name in set(names) - {one for one, _, _ in linked}:
        assert texts[name] == f"{name}: no type found"


@pytest.mark.parametrize("state", STATES, ids="-".join)
def test_finding_is_english_and_its_numbers_are_those_of_the_table(
    state: tuple[str, str, str],
) -> None:
    shown, chosen = _view(state), _chosen(state)
    finding = shown.finding
    assert finding.endswith(".")
    assert not re.search(r"\bnan\b|None\b(?! of)|<NA>|  |\.\.", finding)
    assert len(finding.split()) <= 39
    assert "1 causes" not in finding
    names = {name for name, _, _ in chosen}
    if not chosen:
        assert finding == "No cause matches all these choices. Set one of them back to any."
    elif len(names) == 1:
        assert finding.startswith(f"{names.pop()} is the only cause that matches, linked to ")
        for _, one, qualifier in chosen:
            assert f"{one.lower()}" in finding.lower()
            assert qualifier == NO_LINK or re.search(rf"\((?:all )?{qualifier}", finding)
    elif state[0] != ANY:
        told = re.match(r"(\d+) of (\d+) causes", finding)
        of_group = {name for name, _, _ in _chosen((ANY, state[1], ANY))}
        assert told
        assert (int(told[1]), int(told[2])) == (len(names), len(of_group))
        for qualifier, n in Counter(one[2] for one in chosen).items():
            said = (f"{n} {qualifier}", f"all {qualifier}", f" {qualifier} link")
            assert any(one in finding for one in said)
    else:
        _check_counts(finding, chosen)


def _check_counts(finding: str, chosen: set[tuple[str, str, str]]) -> None:
    counts = Counter(one for _, one, _ in chosen if one)
    for name in map(short_type, type_names()):
        if counts[name]:
            assert f"{counts[name]} to {name.lower()}" in finding
        else:
            none = finding.split("none to ")[1]
            assert name.lower() in none
    causes = Counter(name for name, one, _ in chosen if one)
    several = sum(n > 1 for n in causes.values())
    told = re.search(r"(?:, (\d+) to several|linked (to several types)):", finding)
    assert int(told[1] or len(causes)) == several if told else not several
    of_all = re.match(r"(?:(\d+) of|(Both|All)) ?(\d*) causes (?:is|are) linked to", finding)
    if of_all:
        shown = len({name for name, _, _ in chosen})
        assert int(of_all[3] or 2) == shown
        assert int(of_all[1] or shown) == len(causes)
        _check_established(finding, Counter(how for _, one, how in chosen if one))


def _check_established(finding: str, qualifiers: Counter[str]) -> None:
    told = re.search(
        r"\. (?:(\d+|None) of the (\d+)|(Both)|All (\d+)) links (?:is|are) est", finding
    )
    assert told
    whole = qualifiers.total()
    assert int(told[2] or told[4] or 2) == whole
    assert (int(told[1].replace("None", "0")) if told[1] else whole) == qualifiers["established"]


@pytest.mark.parametrize("state", STATES, ids="-".join)
def test_every_source_is_a_reference_and_backs_a_row(state: tuple[str, str, str]) -> None:
    shown = _view(state)
    known = set(data.load_table("references")["ref_id"])
    assert set(shown.ref_ids) <= known
    assert len(set(shown.ref_ids)) == len(shown.ref_ids)
    assert bool(shown.ref_ids) == (not shown.table.empty)
    said = " ".join(shown.table["Source"])
    assert all(data.cite(ref) in said for ref in shown.ref_ids)


def test_every_option_matches_something() -> None:
    for place, options in enumerate(OPTIONS.values()):
        for option in options:
            state = [ANY, ANY, ANY]
            state[place] = option
            assert not _view(tuple(state)).table.empty, option


def test_first_finding() -> None:
    assert explorers.cause_map().view.finding == (
        "15 of 16 causes are linked to a type, 4 to several: 11 to metastatic, 4 to dystrophic, "
        "2 to idiopathic, 2 to calciphylaxis and 1 to iatrogenic. 11 of the 20 links are "
        "established."
    )


@pytest.mark.parametrize(
    ("category", "said"),
    [
        ("genetic", "1 of 2 causes is linked to several types: 1 to dystrophic, "),
        ("autoimmune", "Both causes are linked to a type: 2 to dystrophic; "),
        ("metabolic-toxic", "All 3 causes are linked to a type, 1 to several: 3 to metastatic "),
    ],
)
def test_finding_of_a_group_in_good_english(category: str, said: str) -> None:
    assert explorers.cause_map(category=category).view.finding.startswith(said)


def test_question_promises_what_the_chart_shows() -> None:
    assert explorers.cause_map().question == (
        "Which causes lead to which type, and how firmly is that known?"
    )


def test_the_only_cause_tells_its_mechanism_if_all_its_links_are_shown() -> None:
    finding = explorers.cause_map(category="granulomatous").view.finding
    assert "linked to metastatic calcinosis (conditional)." in finding
    assert CAUSES.set_index("cause_id").loc["sarcoidosis", "summary"] in finding


def test_one_of_several_links_is_not_given_the_mechanism_of_another() -> None:
    finding = explorers.cause_map("dystrophic", qualifier="conditional").view.finding
    assert "high phosphate" not in finding
    assert finding.endswith(
        "dystrophic calcinosis (conditional): when phosphate is normal; the label idiopathic is "
        "used too."
    )


def test_a_note_that_only_repeats_the_qualifier_is_not_said() -> None:
    finding = explorers.cause_map(qualifier="reported").view.finding
    assert finding == "Myeloma is the only cause that matches, linked to calciphylaxis (reported)."


def test_what_has_no_type_is_shown_and_said() -> None:
    shown = explorers.cause_map().view
    row = shown.table.set_index("Cause").loc["Wilson's disease"]
    assert row["Types and how firmly"] == "none found"
    assert "No cohort or case" in row["What was not found"]
    assert explorers.cause_map(qualifier=NO_LINK).view.table["Cause"].tolist() == [
        "Wilson's disease"
    ]


def test_the_article_has_four_of_the_five_types() -> None:
    types = data.load_table("types").set_index("type_id")
    assert set(type_names()) == set(types.index)
    assert list(type_names())[-1] == "calciphylaxis"
    assert types_of_article() == set(types.index) - {"calciphylaxis"}
    shown = explorers.cause_map(type_id="calciphylaxis")
    assert "which the article leaves out" in shown.view.finding
    assert ("Calciphylaxis (not in the article)", "calciphylaxis") in shown.controls[
        "type_id"
    ].options
    assert any(
        note.startswith("The article has 4 types; calciphylaxis") for note in shown.view.notes
    )


def test_idiopathic_is_said_to_be_both_where_it_is_shown() -> None:
    items = data.load_table("source_items").set_index("item_id")
    same = items[items["relation"] == "same_concept_in"]
    assert set(same["table"]) == {"types", "causes"}
    twice = [
        any("twice" in note for note in explorers.cause_map(type_id=one).view.notes)
        for one in ("idiopathic", "iatrogenic")
    ]
    assert twice == [True, False]


def test_qualifiers_are_those_of_the_table_and_listed_is_hollow() -> None:
    assert list(MEANINGS) == list(LINKS["qualifier"].cat.categories)
    marks = {trace.name: trace.marker.symbol for trace in explorers.cause_map().view.figure.data}
    assert {name for name, symbol in marks.items() if symbol.endswith("-open")} == {"listed"}
    assert len(set(marks.values())) == len(MEANINGS)


def test_a_cause_of_two_groups_is_found_under_both() -> None:
    for group in ("endocrine", "renal"):
        assert "Tertiary hyperparathyroidism" in set(
            explorers.cause_map(category=group).view.table["Cause"]
        )


def test_rows_stand_in_the_order_of_their_types() -> None:
    table = explorers.cause_map().view.table
    types = table["Types and how firmly"].str.replace(r" \([a-z]+\)", "", regex=True)
    assert [one for one, _ in itertools.groupby(types)] == [
        "dystrophic",
        "dystrophic, metastatic, idiopathic",
        "metastatic",
        "metastatic, iatrogenic",
        "metastatic, calciphylaxis",
        "idiopathic",
        "none found",
    ]
    one_type = explorers.cause_map(type_id="metastatic").view.table["Types and how firmly"]
    firmness = [re.search(r"\((\w+)\)", cell)[1] for cell in one_type]
    assert list(dict.fromkeys(firmness)) == ["established", "conditional", "listed"]
    assert firmness == sorted(firmness, key=list(MEANINGS).index)


def test_a_chart_without_headings_keeps_the_group_in_the_table() -> None:
    shown = explorers.cause_map().view
    assert len(shown.figure.layout.yaxis.tickvals) == len(shown.table)
    assert shown.table["Group"].notna().all()
    assert group_name("genetic, metabolic") == "Genetic and metabolic"
    assert group_name("bone") == "Bone"


def test_no_meaning_explains_a_word_by_itself() -> None:
    assert not any(how[:5] in meaning for how, meaning in MEANINGS.items() if how == "reported")


def test_links_in_small() -> None:
    links = pd.DataFrame(
        {
            "cause_id": ["a", "a", "b"],
            "type_id": ["metastatic", "dystrophic", pd.NA],
            "qualifier": ["established", "listed", NO_LINK],
            "note": ["Often.", pd.NA, pd.NA],
            "ref_id": ["deen2020", "deen2020", pd.NA],
        }
    )
    assert types_in_words(links) == "metastatic (established), dystrophic (listed)"
    assert types_in_words(links[2:]) == "none found"
    assert circumstances(links) == "Metastatic: Often."
    assert circumstances(links[1:]) is pd.NA
    assert circumstances(links.assign(note=["Established.", pd.NA, pd.NA])) is pd.NA
    counts = count_by_type(links)
    assert counts.loc["metastatic"].tolist() == [1, 1]
    assert counts.loc["dystrophic"].tolist() == [1, 0]
    assert counts.loc["calciphylaxis"].tolist() == [0, 0]


def test_changing_the_links_changes_no_later_ones() -> None:
    links = cause_links()
    links["name"] = "spoilt"
    assert "spoilt" not in set(cause_links()["name"])


def test_sources_of_a_link_come_first() -> None:
    chosen = choose(cause_links(), "dystrophic", "transplant", ANY)
    assert references(chosen)[0] == "deen2020"
    assert (
        cite_all(["deen2020", "reiter2011", "deen2020"]) == "Deen et al. 2020; Reiter et al. 2011"
    )


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ({"type_id": "distrophic"}, "Did you mean 'dystrophic'?"),
        ({"category": "endocrin"}, "Did you mean 'endocrine'?"),
        ({"qualifier": "establish"}, "Did you mean 'established'?"),
    ],
)
def test_a_wrong_preset_names_the_nearest_right_one(preset: dict[str, str], words: str) -> None:
    with pytest.raises(ControlValueError) as caught:
        explorers.cause_map(**preset)
    assert words in str(caught.value)
