"""The article's entries: all 78 are there, in our words, and each became a row.

The article itself is not in the repository.  ``article_shingles.txt`` holds hashes of its runs of
five words, ``article_terms.csv`` what each summary must mention.
"""

import hashlib
import re
from functools import cache

import pytest
from article_tables import ENTITY_KEYS, entity, evidence, homes, items, rows, table
from evidence_io import HERE

SECTIONS = {"types": 4, "causes": 16, "symptoms": 20, "diagnosis": 14, "treatment": 24}
ITEM_IDS = [f"{name}-{n:02d}" for name, last in SECTIONS.items() for n in range(1, last + 1)]
TABLES = ["source_items", *ENTITY_KEYS, "cause_types", "treatment_indications"]
RUN = 5


def runs(text: str) -> set[str]:
    """Hashes of the runs of five words in a text; see the head of article_shingles.txt."""
    plain = re.sub(r"['’]", "", text.lower())
    words = re.sub(r"[^a-z0-9 ]+", " ", plain).split()
    joined = (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    return {hashlib.sha256(run.encode()).hexdigest()[:12] for run in joined}


@cache
def article_runs() -> frozenset[str]:
    lines = (HERE / "article_shingles.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


# --- the 78 entries ---------------------------------------------------------------------------


def test_every_entry_of_the_article_is_there() -> None:
    assert sorted(items()) == sorted(ITEM_IDS)


def test_headings_are_those_printed_in_the_article() -> None:
    printed = {
        key: row["source_name"] for key, row in homes().items() if row["in_article"] == "true"
    }
    assert {key: row["name"] for key, row in items().items()} == printed


def test_section_and_number_agree_with_the_identifier() -> None:
    wrong = [k for k, r in items().items() if k != f"{r['section']}-{int(r['number']):02d}"]
    assert wrong == []


@pytest.mark.parametrize("item_id", ITEM_IDS)
def test_summary_mentions_all_that_the_entry_says(item_id: str) -> None:
    summary = items()[item_id]["summary"].lower()
    terms = [r["any_of"] for r in rows(HERE / "article_terms.csv") if r["item_id"] == item_id]
    assert len(terms) >= 3, "too few terms listed to be a check"
    assert [t for t in terms if not any(word in summary for word in t.split("|"))] == []


def test_the_hashes_find_the_article() -> None:
    assert runs(items()["causes-11"]["name"]) <= article_runs()
    assert len(article_runs()) > 2000


@pytest.mark.parametrize("name", TABLES)
def test_no_text_repeats_the_article(name: str) -> None:
    texts = {text for row in table(name) for column, text in row.items() if column != "name"}
    assert [text for text in sorted(texts) if runs(text) & article_runs()] == []


# --- cut off, repeated, related ---------------------------------------------------------------


def test_relations_are_those_of_the_evidence() -> None:
    seen = {r["item_id"]: r for r in evidence("source_relations")}
    plain = {"truncated": "false", "relation": "", "related_item": ""}
    for key, row in items().items():
        said = seen.get(key, plain)
        ours = (row["truncated"], row["relation"], row["related_item"])
        assert ours == (said["truncated"], said["relation"] or "none", said["related_item"]), key


def test_a_relation_is_put_into_words_and_nothing_else_is() -> None:
    wrong = [k for k, r in items().items() if bool(r["relation_note"]) != (r["relation"] != "none")]
    assert wrong == []


def test_what_the_evidence_says_of_cut_and_repeated_entries_is_kept() -> None:
    for row in evidence("appraisals"):
        item = items()[f"{row['section']}-{int(row['number']):02d}"]
        if row["verdict"] == "truncated":
            assert item["truncation_note"] == row["explanation"]
        if row["verdict"] == "duplicate":
            assert item["relation_note"], item["item_id"]


def test_summary_of_a_cut_entry_says_where_it_stops() -> None:
    cut = {key: row for key, row in items().items() if row["truncated"] == "true"}
    assert set(cut) == {"causes-16", "diagnosis-14", "treatment-19"}
    assert all(re.search(r"stops.* in mid-(sentence|word)", r["summary"]) for r in cut.values())
    noted = {key for key, row in items().items() if row["truncation_note"]}
    assert noted == set(cut)


# --- entries and the rows they became ---------------------------------------------------------


def test_every_entry_points_at_the_row_it_became() -> None:
    for key, row in items().items():
        assert (row["table"], row["row_id"]) == (homes()[key]["table"], homes()[key]["row_id"])
        assert row["row_id"] in entity(row["table"]), key


def test_only_true_repeats_share_a_row() -> None:
    first: dict[tuple[str, str], str] = {}
    for key, row in sorted(items().items()):
        home = (row["table"], row["row_id"])
        if row["relation"] == "repeats":
            assert first.get(home) == row["related_item"], key
        else:
            assert home not in first, f"{key} shares a row with {first[home]}"
            first[home] = key


@pytest.mark.parametrize("name", ENTITY_KEYS)
def test_rows_name_their_entry_and_only_additions_have_none(name: str) -> None:
    for key, row in entity(name).items():
        if row["source_item"]:
            home = items()[row["source_item"]]
            assert (home["table"], home["row_id"]) == (name, key)
            assert home["relation"] != "repeats"
        assert row.get("in_source", "true") == ("true" if row["source_item"] else "false")


@pytest.mark.parametrize("name", ENTITY_KEYS)
def test_rows_are_those_of_the_article_and_of_the_evidence(name: str) -> None:
    assert set(entity(name)) == {r["row_id"] for r in homes().values() if r["table"] == name}
