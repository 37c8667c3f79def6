"""The audit of the article: every state of its filters, and facts from the tables."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calcinosis_data as data
from calcinosis_data.course import explorers
from calcinosis_data.course.explorers._article_audit import explorer as _article_audit
from calcinosis_data.course.explorers._article_audit.claims import (
    SECTIONS,
    VERDICTS,
    article_claims,
    count_verdicts,
)
from calcinosis_data.course.explorers._article_audit.words import MOST_SOURCES
from calcinosis_data.course.explorers.filters import ANY, fold
from calcinosis_data.course.ui.controls import ControlValueError

CONFIDENCES = ["high", "moderate", "low"]
QUERIES = ["", "", "calcium", "colchicine", "SHOCK wave", "pain  skin", "zzz"]
STATES = st.tuples(
    st.sampled_from([ANY, *SECTIONS]),
    st.sampled_from([ANY, *VERDICTS]),
    st.sampled_from([ANY, *CONFIDENCES]),
    st.sampled_from(QUERIES),
)
State = tuple[str, str, str, str]


def expected(state: State) -> tuple[list[Any], int]:
    """Filter the tables row by row: the claims shown, and how many there are of any verdict."""
    section, verdict, confidence, query = state
    items = data.load_table("source_items").set_index("item_id")
    kept, of_any = [], 0
    for row in data.load_table("appraisals").to_dict("records"):
        item = items.loc[row["item_id"]]
        heading = f"{item['number']}. {item['name']}"
        text = fold("\n".join([row["claim"], heading, row["explanation"]]))
        if (
            section in (ANY, item["section"])
            and confidence in (ANY, row["confidence"])
            and all(word in text for word in fold(query).split())
        ):
            of_any += 1
            if verdict in (ANY, row["verdict"]):
                kept.append((row, item))
    return kept, of_any


@settings(max_examples=120, deadline=None)
@given(STATES)
def test_finding_chart_and_table_agree_in_every_state(state: State) -> None:
    section, verdict, *_ = state
    shown = _article_audit.view(*state)
    rows, of_any = expected(state)
    assert sorted(shown.table["Claim"]) == sorted(row["claim"] for row, _ in rows)
    assert shown.table.iloc[:, 0].is_unique
    assert f": {len(rows)} of {of_any}, in its order" in shown.caption
    assert len(shown.notes) <= 4
    assert len(shown.finding.split()) <= 40
    plain(shown.finding)
    plain(shown.chart_name)
    told(shown.finding, rows, of_any, verdict)
    if not rows:
        assert shown.figure is None
        return
    column = "Section" if section == ANY else "Entry"
    bars = [trace for trace in shown.figure.data if trace.type == "bar"]
    drawn = Counter({(y, bar.name): x for bar in bars for y, x in zip(bar.y, bar.x, strict=True)})
    assert +drawn == Counter(zip(shown.table[column], shown.table["Verdict"], strict=True))
    assert set(shown.ref_ids) <= set(data.load_table("references")["ref_id"])
    for ref in shown.ref_ids:
        assert shown.table["Sources"].str.contains(data.cite(ref), regex=False).any()


def plain(text: str) -> None:
    assert not text or text.endswith(".")
    assert not re.search(r"\bnan\b|None(?! of the)|<NA>|  |-with-|diagnosis", text)


def told(finding: str, rows: list[Any], of_any: int, verdict: str) -> None:
    """The numbers of a finding are those of the claims."""
    counts = Counter(row["verdict"] for row, _ in rows)
    if not of_any:
        assert re.search(r"was found\. (Set a filter back|Clear the search)", finding)
    elif of_any == 1:
        assert finding.startswith(("Only one claim", "The only claim"))
    elif verdict != ANY and rows:
        verb = "is" if len(rows) == 1 else "are"
        assert finding.startswith(f"{len(rows)} of {of_any} claims")
        assert f" {verb} {VERDICTS[verdict]}." in finding
    elif verdict != ANY:
        assert finding.startswith(f"None of the {of_any} claims")
        assert "Set the verdict back to “any”" in finding
    elif len(counts) > 1:
        assert finding.startswith(f"Of {of_any} claims")
        if "Least to be trusted" in finding:
            against = counts["misleading"] + counts["incorrect"]
            assert re.search(rf", {against} (is|are) misleading or incorrect\.", finding)
            return
        for one, said in VERDICTS.items():
            number = re.search(rf"(\d+) (?:is |are )?{said}(?! with|\w)", finding)
            assert (int(number[1]) if number else 0) == counts[one]
    else:
        assert re.match(rf"(Both|All {of_any}) claims", finding)


@settings(max_examples=60, deadline=None)
@given(STATES)
def test_shares_of_sections_are_those_of_the_claims(state: State) -> None:
    finding = _article_audit.view(*state).finding
    wanted = ("misleading", "incorrect") if state[1] == ANY else (state[1],)
    rows, _ = expected((state[0], ANY, *state[2:]))
    faults: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for row, item in rows:
        totals[SECTIONS[item["section"]].lower()] += 1
        faults[SECTIONS[item["section"]].lower()] += row["verdict"] in wanted
    named = re.findall(r"(\w+) \((\d+) of (\d+)\)", finding)
    assert all((faults[one], totals[one]) == (int(n), int(of)) for one, n, of in named)
    if named:
        share = {one: faults[one] / totals[one] for one in totals}
        assert share[named[0][0]] == max(share.values())
        assert not re.search("the fewest|; most:", finding) or share[named[-1][0]] == min(
            share.values()
        )


def test_what_the_whole_article_comes_to() -> None:
    assert explorers.article_audit().view.finding == (
        "Of 147 claims, 53 are misleading or incorrect. Least to be trusted: symptoms (16 of 26); "
        "most: causes (8 of 37)."
    )


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("treatment", "Of the 24 entries, 1 is cut off and 3 repeat another."),
        ("causes", "Of the 16 entries, 1 is cut off."),
        ("diagnosis", "Of the 14 entries, 1 is cut off."),
        ("symptoms", "None of the 20 entries is cut off or repeats another."),
        ("types", "None of the 4 entries is cut off or repeats another."),
    ],
)
def test_a_section_says_how_many_of_its_entries_are_cut_off_or_repeated(
    section: str, words: str
) -> None:
    assert explorers.article_audit(section=section).view.finding.endswith(words)


def test_a_chosen_section_has_one_bar_per_entry_in_the_order_of_the_article() -> None:
    figure = explorers.article_audit(section="diagnosis").view.figure
    items = data.load_table("source_items")
    tests = items[items["section"] == "diagnosis"].sort_values("number")
    assert list(figure.data[0].y) == [
        f"{number}. {name}" for number, name in zip(tests["number"], tests["name"], strict=True)
    ]


def test_the_section_to_be_trusted_least_stands_first() -> None:
    figure = explorers.article_audit().view.figure
    assert list(figure.layout.yaxis.ticktext) == [
        "Symptoms: 62% misleading or incorrect",
        "Tests: 37% misleading or incorrect",
        "Treatments: 35% misleading or incorrect",
        "Types: 27% misleading or incorrect",
        "Causes: 22% misleading or incorrect",
    ]
    assert [label.split(":")[0] for label in figure.layout.yaxis.ticktext] == list(figure.data[0].y)


def test_a_section_without_such_claims_is_drawn_as_none_of_so_many() -> None:
    figure = explorers.article_audit(verdict="incorrect").view.figure
    ends = dict(zip(figure.data[-1].y, figure.data[-1].text, strict=True))
    assert ends == {
        "Types": " 0 of 11",
        "Causes": " 1 of 37",
        "Symptoms": " 4 of 26",
        "Tests": " 7 of 27",
        "Treatments": " 3 of 46",
    }


def test_relations_and_missing_ends_are_said_in_the_table() -> None:
    table = explorers.article_audit().view.table
    by_entry = table.drop_duplicates("Entry").set_index("Entry")
    assert by_entry.loc["18. Colchicine", "Relation to another entry"] == "repeats 15. Colchicine"
    cut = set(table.loc[table["Entry cut off"] == "yes", "Entry"])
    assert cut == {"16. Myeloma", "14. Muscle biopsy", "19. Diltiazem"}
    completed = table[table["What is judged"].str.contains("missing end")]
    assert completed["Entry"].tolist() == ["16. Myeloma"]


def test_the_sources_of_a_claim_are_those_that_back_it() -> None:
    claims = article_claims().set_index("appraisal_id")
    for one in ("causes-01-1", "treatment-24-1", "diagnosis-10-1"):
        backing = data.sources_of("appraisals", one)
        assert list(claims.loc[one, "refs"]) == backing["ref_id"].tolist()
    assert claims.loc["diagnosis-10-1", "sources"] == "none given"


def test_a_long_list_of_sources_is_left_to_the_table() -> None:
    every = explorers.article_audit().view
    assert every.ref_ids == ()
    assert "273 sources stand behind these claims" in every.notes[-1]
    few = explorers.article_audit(verdict="incorrect").view
    assert 0 < len(few.ref_ids) <= MOST_SOURCES
    assert not any("sources stand behind" in note for note in few.notes)


def test_nobody_is_said_to_have_reviewed_the_verdicts() -> None:
    assert any("not yet reviewed by a clinician" in n for n in explorers.article_audit().view.notes)


@pytest.mark.parametrize(
    ("column", "names"),
    [("section", SECTIONS), ("verdict", VERDICTS)],
)
def test_each_category_has_a_word(column: str, names: dict[str, str]) -> None:
    table = data.load_table("source_items" if column == "section" else "appraisals")
    assert list(table[column].cat.categories) == list(names)


def test_counts_keep_groups_without_claims() -> None:
    claims = pd.DataFrame({"section": ["a", "a"], "verdict": ["supported", "incorrect"]})
    counts = count_verdicts(claims, "section", {"b": "B", "a": "A"})
    assert counts["group"].unique().tolist() == ["B", "A"]
    assert counts.groupby("group")["n"].sum().to_dict() == {"A": 2, "B": 0}


def test_changing_the_claims_does_not_change_the_next_ones() -> None:
    changed = article_claims()
    changed["claim"] = "?"
    assert not article_claims()["claim"].eq("?").any()


def test_a_preset_starts_the_filters() -> None:
    panel = explorers.article_audit("treatment", "incorrect", "high", "radio")
    assert list(panel.state.values()) == ["treatment", "incorrect", "high", "radio"]
    assert panel.view.table["Entry"].unique().tolist() == ["23. Radiotherapy"]


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ({"section": "treatments"}, "Did you mean 'treatment'?"),
        ({"verdict": "incorect"}, "Did you mean 'incorrect'?"),
        ({"confidence": "hgih"}, "Did you mean 'high'?"),
    ],
)
def test_a_wrong_preset_names_the_nearest_right_one(preset: dict[str, str], words: str) -> None:
    with pytest.raises(ControlValueError) as caught:
        explorers.article_audit(**preset)
    assert words in str(caught.value)


@pytest.mark.parametrize("key", ["section", "verdict", "confidence"])
def test_each_option_finds_something(key: str) -> None:
    make: Callable[..., Any] = explorers.article_audit
    options = [value for _, value in make().controls[key].options if value != ANY]
    assert all(len(make(**{key: value}).view.table) for value in options)
