"""The rows that the article's entries became: every factual cell is the evidence's.

``article_edits.csv`` lists the few evidence cells of which a remark on the article's own text was
moved to ``source_items``.
"""

import re
from collections import Counter

import pytest
from article_tables import ENTITY_KEYS, edits, entity, evidence, homes, items, table
from reference_rows import COLUMN_OF_ATTRIBUTE

YES_NO = {"yes": "true", "no": "false"}

# Our column for a column of the evidence, where the two names differ.
TREATMENT_COLUMNS = {"canonical_name": "name"}
# Evidence columns that live elsewhere: in the key, in citations, in source_items.
NOT_COLUMNS = {"item_id", "ref_id", "ref_ids", "duplicate_of"}

# What the free text of an indication says, and the condition that stands for it.
INDICATION_WORDS = {
    r"\bJDM\b": "juvenile-dermatomyositis",
    r"\badult DM\b": "adult-dermatomyositis",
    r"(?<!adult )\bDM\b": "dermatomyositis",
    r"limited SSc": "limited-systemic-sclerosis",
    r"(?<!limited )\bSSc\b": "systemic-sclerosis",
    r"\bSLE\b": "systemic-lupus-erythematosus",
    r"\bHFTC\b": "hyperphosphataemic-familial-tumoral-calcinosis",
    r"uraemic tumoral": "uraemic-tumoral-calcinosis",
    r"(?<!uraemic )tumoral": "tumoral-calcinosis",
    r"calciphylaxis": "calciphylaxis",
    r"dystrophic": "dystrophic-calcinosis",
    r"idiopathic": "idiopathic-calcinosis",
    r"scrotal": "idiopathic-scrotal-calcinosis",
    r"\bCKD\b": "chronic-kidney-disease",
    r"rotator-cuff|shoulder": "rotator-cuff-calcific-tendinitis",
    r"any type|any calcinosis|cutis|inflamed (?:lesions|overlying)|; ulcerated deposits|localised":
        "calcinosis",
}  # fmt: skip


# --- every factual cell is the evidence's -----------------------------------------------------


def ours(name: str, row_id: str, column: str) -> str:
    """Our cell, with a moved remark (article_edits.csv) put back."""
    cell = entity(name)[row_id][column]
    for edit in edits():
        if (edit["table"], edit["row_id"], edit["column"]) == (name, row_id, column):
            assert cell == edit["ours"]
            return edit["evidence"]
    return cell


@pytest.mark.parametrize("name", ["types", "causes"])
def test_facts_are_those_of_the_evidence_and_no_more(name: str) -> None:
    facts = {(r["item_id"], r["attribute"]): r["value"] for r in evidence("facts")}
    attributes = sorted({attribute for _, attribute in facts})
    for key, home in homes().items():
        if home["table"] != name:
            continue
        for attribute in attributes:
            column = COLUMN_OF_ATTRIBUTE.get(attribute, attribute)
            if column in entity(name)[home["row_id"]]:
                cell = ours(name, home["row_id"], column)
                assert cell == facts.get((key, attribute), ""), (key, attribute)
            else:
                assert (key, attribute) not in facts, f"{attribute} of {key} is lost"


@pytest.mark.parametrize("name", ["symptoms", "diagnostic_tests", "treatments"])
def test_attributes_are_those_of_the_evidence(name: str) -> None:
    for said in evidence(name):
        home = homes()[said["item_id"]]
        if items().get(said["item_id"], {}).get("relation") == "repeats":
            continue
        row = entity(name)[home["row_id"]]
        for attribute in set(said) - NOT_COLUMNS:
            column = TREATMENT_COLUMNS.get(attribute, attribute)
            expected = said[attribute]
            if row[column] in YES_NO.values():
                expected = YES_NO[expected]
            assert ours(name, home["row_id"], column) == expected, (said["item_id"], attribute)


def test_state_of_the_tissue_is_what_the_mechanism_says() -> None:
    words = {"damaged": "injured or necrotic tissue", "normal": "normal tissue|tissue, .* normal"}
    for key, row in entity("types").items():
        said = {state for state, sign in words.items() if re.search(sign, row["mechanism"])}
        assert said == {row["tissue"]} - {""}, key


def test_an_edited_cell_has_lost_only_its_remark() -> None:
    for edit in edits():
        kept = edit["ours"][0].lower() + edit["ours"][1:]
        assert kept in edit["evidence"].lower() or edit["ours"] in edit["evidence"]


def test_a_repeat_brings_no_reference_of_its_own() -> None:
    refs = {r["item_id"]: set(r["ref_ids"].split(";")) for r in evidence("treatments")}
    repeats = {k: r["related_item"] for k, r in items().items() if r["relation"] == "repeats"}
    assert {k for k, first in repeats.items() if not refs[k] <= refs[first]} == set()


# --- links ------------------------------------------------------------------------------------


def test_cause_types_are_the_types_that_the_evidence_names() -> None:
    types = set(entity("types"))
    for said in evidence("facts"):
        if said["attribute"] != "type_of_calcinosis" or not said["item_id"].startswith("causes"):
            continue
        cause = homes()[said["item_id"]]["row_id"]
        links = {r["type_id"]: r for r in table("cause_types") if r["cause_id"] == cause}
        assert set(links) == {t for t in types if t in said["value"]}, cause
        assert {r["ref_id"] for r in links.values()} <= set(said["ref_id"].split(";"))
        none = said["value"].startswith("none established")
        assert {r["qualifier"] == "listed" for r in links.values()} <= {none}, cause
        for type_id, link in links.items():
            reported = f"{type_id} reported" in said["value"]
            assert (link["qualifier"] == "reported") == reported, cause
            assert link["note"] or link["qualifier"] in {"established", "reported"}, cause


def test_indications_are_those_that_the_evidence_names() -> None:
    for key, row in entity("treatments").items():
        links = {
            r["condition_id"] for r in table("treatment_indications") if r["treatment_id"] == key
        }
        said = {c for words, c in INDICATION_WORDS.items() if re.search(words, row["indications"])}
        assert links == said, key


def test_use_agrees_with_the_words_of_the_indication() -> None:
    for link in table("treatment_indications"):
        said = entity("treatments")[link["treatment_id"]]["indications"]
        words = {
            "avoid": "avoid|unless|should not",
            "no response": "no response",
            "different disease": "different disease|only$",
            "used": "",
        }
        assert re.search(words[link["use"]], said), link


# --- honesty ----------------------------------------------------------------------------------


def test_a_treatment_not_studied_in_calcinosis_says_so() -> None:
    silent = [
        key
        for key, row in entity("treatments").items()
        if row["direction"] == "not studied in calcinosis" and not row["evidence_note"]
    ]
    assert silent == []


@pytest.mark.parametrize("name", ENTITY_KEYS)
def test_a_row_has_a_citation_or_says_that_none_was_found(name: str) -> None:
    cited = Counter(r["row_id"] for r in table("citations") if r["table"] == name)
    silent = [k for k, r in entity(name).items() if not cited[k] and not r.get("evidence_note")]
    assert silent == []


@pytest.mark.parametrize("name", ENTITY_KEYS)
def test_each_row_has_its_own_sentence(name: str) -> None:
    summaries = [row["summary"] for row in table(name)]
    assert len(set(summaries)) == len(summaries)
    assert all(re.fullmatch(r"[A-Z].*[a-z0-9)]\.", text) for text in summaries)
