"""Genes and diseases with calcification: every state of the filters, and facts from the tables."""

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
from calcinosis_data.course.explorers._genetics import explorer as _genetics
from calcinosis_data.course.explorers._genetics.genes import (
    BANDS,
    TISSUES,
    count_bands,
    disease_pairs,
    find_pairs,
    gene_named,
)
from calcinosis_data.course.explorers._genetics.words import MOST_BARS, in_tissue
from calcinosis_data.course.explorers.filters import ANY, fold
from calcinosis_data.course.ui.controls import ControlValueError

NEPHROCALCINOSIS = "HP:0000121"
TERMS = disease_pairs()["hpo_id"].unique().tolist()
GENES = ["GNAS", "abcc6", " lmna ", "TERT"]
QUERIES = ["", "", *GENES, "syndrome", "SJÖGREN-larsson", "ORPHA:758", "dermatomyositis", "zz zz"]
STATES = st.tuples(
    st.sampled_from([ANY, *TISSUES]),
    st.sampled_from([ANY, ANY, NEPHROCALCINOSIS, *TERMS]),
    st.sampled_from([ANY, ANY, *BANDS]),
    st.sampled_from(QUERIES),
)
State = tuple[str, str, str, str]


def expected(state: State) -> pd.DataFrame:
    """Filter the table row by row."""
    *asked, query = state
    genes = data.load_table("hpo_genes").groupby("hpo_disease_id")["gene"].agg(list).to_dict()
    groups = data.load_table("hpo_terms").set_index("hpo_id")["term_group"]
    rows = data.load_table("hpo_diseases")
    rows = rows.assign(genes=[genes.get(one, []) for one in rows["hpo_disease_id"]])
    every = {fold(gene) for some in rows["genes"] for gene in some}
    kept = []
    for index, row in rows.iterrows():
        own = [fold(gene) for gene in row["genes"]]
        if fold(query).strip() in every:
            found = fold(query).strip() in own
        else:
            text = " ".join([fold(row["disease_name"]), fold(row["disease_id"]), *own])
            found = all(word in text for word in fold(query).split())
        asked = zip(
            state[:3], (groups[row["hpo_id"]], row["hpo_id"], row["frequency"]), strict=True
        )
        if row["teach"] and found and all(value in (ANY, cell) for value, cell in asked):
            kept.append(index)
    return rows.loc[kept]


@settings(max_examples=120, deadline=None)
@given(STATES)
def test_finding_chart_and_table_agree_in_every_state(state: State) -> None:
    shown = _genetics.view(*state)
    assert len(shown.notes) <= 4
    rows = expected(state)
    named = rows["disease_name"] + ": " + rows["hpo_label"]
    assert sorted(shown.table["Disease and calcification"]) == sorted(named)
    assert shown.table.iloc[:, 0].is_unique
    for text in (shown.finding, shown.chart_name):
        assert not text or text.endswith(".")
        assert not re.search(r"\bnan\b|None|<NA>|  |HP:", text)
    n = f"{len(rows)} pair{'' if len(rows) == 1 else 's'}"
    assert shown.caption.endswith(f": {n} of a disease and a kind")
    if rows.empty:
        assert shown.figure is None
        assert re.search(r"\. (Set (a filter|the tissue)|Clear the search)", shown.finding)
        return
    assert numbers_told(shown.finding) == numbers_of(rows, gene_named(state[3]))
    drawn = [trace for trace in shown.figure.data if trace.type == "bar"]
    assert {bar.name: sum(bar.x) for bar in drawn} == dict(Counter(rows["frequency"]))


def numbers_told(finding: str) -> dict[str, int]:
    """Numbers that a finding tells; those that it does not tell in digits are left out."""
    told = {
        "diseases": re.search(r"(\d+) diseases?\b", finding),
        "with a gene": re.search(r"(\d+) of the diseases ha(?:s|ve) a linked gene", finding),
        "genes": re.search(r"(\d+) genes? (?:in all|are linked to it)", finding),
    }
    return {name: int(found[1]) for name, found in told.items() if found}


def numbers_of(rows: pd.DataFrame, gene: str) -> dict[str, int]:
    """The numbers that a finding on these rows has to tell."""
    diseases = rows["disease_id"].nunique()
    genes = {one for some in rows["genes"] for one in some}
    with_gene = rows[rows["genes"].map(len) > 0]["disease_id"].nunique()
    told = {"diseases": diseases}
    if not gene and 0 < with_gene < diseases:
        told["with a gene"] = with_gene
    if not gene and genes and (diseases > 1 or len(genes) > 1):
        told["genes"] = len(genes)
    return told


@settings(max_examples=60, deadline=None)
@given(STATES)
def test_where_most_diseases_are_is_counted(state: State) -> None:
    rows = expected(state)
    finding = _genetics.view(*state).finding
    most = re.search(r", most often (.+?) \((\d+)( times)?( each)?\)", finding)
    if most is None:
        return
    terms = data.load_table("hpo_terms").set_index("hpo_id")["term_group"]
    by_term = "“" in most[1]
    groups = (
        rows["hpo_label"] if by_term else rows["hpo_id"].map(terms).astype("str").map(in_tissue)
    )
    n = rows.groupby(groups).size()
    assert int(most[2]) == n.max()
    leading = [name for name in n.index if n[name] == n.max()]
    assert sorted(re.sub(r"as |[“”]", "", most[1]).split(" and ")) == sorted(
        part for name in leading for part in name.split(" and ")
    )


def test_what_the_whole_list_comes_to() -> None:
    assert explorers.genetics().view.finding == (
        "Calcification is recorded 263 times for 191 diseases, most often inside the skull "
        "(99 times); 119 of the diseases have a linked gene (202 genes in all)."
    )


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        (
            {"group": "vascular and cardiac"},
            "as “Aortic valve calcification” and as “Mitral valve calcification” (8 each);",
        ),
        ({"group": "kidney"}, "for 46 diseases, most often as “Nephrocalcinosis” (44);"),
        ({"group": "joint, cartilage and airway"}, "most often as “Chondrocalcinosis” (13);"),
        ({"group": "other organ", "frequency": "Very rare"}, "(3 different kinds)"),
    ],
)
def test_only_the_leading_terms_are_named(preset: dict[str, str], words: str) -> None:
    assert words in explorers.genetics(**preset).view.finding


def test_counts_of_the_whole_ontology_are_told_apart_from_the_rows_shown() -> None:
    shown = explorers.genetics(term=NEPHROCALCINOSIS).view
    assert shown.finding.startswith("Nephrocalcinosis is recorded for 44 diseases")
    assert "98" not in shown.finding + shown.caption + shown.chart_name
    assert any("counts 98 with “Nephrocalcinosis”" in note for note in shown.notes)


def test_the_slip_of_the_source_is_not_taught_from() -> None:
    shown = explorers.genetics(search="ORPHA:221").view
    assert "ORPHA:221" not in set(shown.table["Number of the disease"])
    assert not disease_pairs()["pair"].eq("Dermatomyositis: Chondrocalcinosis").any()
    assert any("Left out: Dermatomyositis with Chondro" in note for note in shown.notes)


def test_a_gene_shows_its_diseases_and_no_others() -> None:
    shown = explorers.genetics(search="gnas").view
    assert shown.finding == (
        "The gene GNAS is linked to 3 diseases with calcification (5 different kinds)."
    )
    assert list(shown.figure.data[0].y) == [
        "Pseudohypoparathyroidism type 1A",
        "Pseudohypoparathyroidism type 1C",
        "Progressive osseous heteroplasia",
    ]
    # APP is in "Apparent" too, a name that has nothing to do with the gene.
    assert set(find_pairs(disease_pairs(), "APP")["genes"].str.contains(r"\bAPP\b")) == {True}
    assert len(find_pairs(disease_pairs(), "appar")) > 0


@pytest.mark.parametrize(
    ("preset", "axis", "first"),
    [
        ({}, "times recorded", "Inside the skull"),
        ({"frequency": "Frequent"}, "times recorded", "Inside the skull"),
        ({"group": "kidney"}, "diseases", "Nephrocalcinosis"),
        ({"search": "ABCC6"}, "kinds of calcification", "Generalized arterial calcification of"),
    ],
)
def test_bars_answer_what_is_asked(preset: dict[str, str], axis: str, first: str) -> None:
    figure = explorers.genetics(**preset).view.figure
    assert figure.layout.xaxis.title.text == f"Number of {axis}"
    assert figure.data[0].y[0].startswith(first)


def test_many_diseases_found_are_counted_by_term_and_small_groups_folded() -> None:
    figure = explorers.genetics(search="syndrome").view.figure
    assert figure.layout.xaxis.title.text == "Number of diseases"
    assert len(figure.data[0].y) == MOST_BARS + 1
    assert re.fullmatch(r"\d+ further kinds", figure.data[0].y[-1])


def test_folding_keeps_the_sum() -> None:
    pairs = disease_pairs()
    for most in (1, 5, 12, 100):
        assert count_bands(pairs, "term", "terms", most)["n"].sum() == len(pairs)


def test_a_term_of_another_tissue_says_where_it_belongs() -> None:
    shown = explorers.genetics(group="soft tissue", term=NEPHROCALCINOSIS).view
    assert shown.table.empty
    assert shown.finding == (
        "Nephrocalcinosis belongs to “Kidney”. Set the tissue or the kind back to “any”."
    )


def test_the_ontology_is_acknowledged_with_its_release() -> None:
    notice = explorers.genetics().view.notes[-1]
    assert "This product uses the Human Phenotype Ontology (annotations of 2025-01-16" in notice
    assert "hpo.jax.org" in notice
    assert "keep its own licence" in notice
    assert "Orphanet, CC BY 4.0" in notice
    assert explorers.genetics().view.table["Release"].str.startswith("2025-01-16").all()


def test_each_category_has_a_word() -> None:
    groups = data.load_table("hpo_terms")["term_group"].cat.categories
    assert list(groups) == list(TISSUES)
    bands = data.load_table("hpo_diseases")["frequency"].cat.categories
    assert list(bands) == list(reversed(BANDS))
    assert disease_pairs()["tissue"].notna().all()


def test_changing_the_pairs_does_not_change_the_next_ones() -> None:
    changed = disease_pairs()
    changed["disease"] = "?"
    assert not disease_pairs()["disease"].eq("?").any()


def test_presets_start_the_filters() -> None:
    panel = explorers.genetics("kidney", NEPHROCALCINOSIS, "Frequent", "dent disease")
    assert list(panel.state.values()) == ["dent disease", "kidney", NEPHROCALCINOSIS, "Frequent"]
    assert panel.view.table["Disease and calcification"].tolist() == [
        "Dent disease: Nephrocalcinosis"
    ]


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ({"group": "kidneys"}, "Did you mean 'kidney'?"),
        ({"term": "HP:000012"}, "Did you mean 'HP:0000121'?"),
        ({"frequency": "frequent"}, "Did you mean 'Frequent'?"),
    ],
)
def test_a_wrong_preset_names_the_nearest_right_one(preset: dict[str, str], words: str) -> None:
    with pytest.raises(ControlValueError) as caught:
        explorers.genetics(**preset)
    assert words in str(caught.value)


@pytest.mark.parametrize("key", ["group", "term", "frequency"])
def test_each_option_finds_something(key: str) -> None:
    make: Callable[..., Any] = _genetics.view
    options = [value for _, value in explorers.genetics().controls[key].options if value != ANY]
    nothing = dict.fromkeys(["group", "term", "frequency"], ANY) | {"search": ""}
    assert all(len(make(**nothing | {key: value}).table) for value in options)
