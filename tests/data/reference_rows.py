"""Publications, which row they back, the appraised claims and the vocabularies."""

import re

import pandas as pd
from evidence_io import evidence, finish, lookup, mapping, row_ids, row_key, slug, yes_no
from study_rows import WITH_NOTES

MARKS = ("duplicate", "truncated")
# Attributes of facts.csv that have another column name in types and causes.
COLUMN_OF_ATTRIBUTE = {"type_of_calcinosis": "type_note", "sites": "typical_sites"}


def references() -> pd.DataFrame:
    """Keep every column but ``url_seen``; blank the words that stand for "not shown"."""
    rows = evidence("references").assign(seen=lambda frame: yes_no(frame["seen"]))
    for change in mapping("reference_cells").itertuples():
        hit = rows[change.column].eq(change.evidence)
        if not hit.any():
            raise ValueError(f"mappings/reference_cells.csv: no cell reads {change.evidence!r}")
        rows.loc[hit, change.column] = change.value
    return finish(rows, "references")


def appraisals() -> pd.DataFrame:
    """One claim a row; rows that only describe an entry are left to source_items."""
    rows = claims().query("verdict not in @MARKS").copy()
    rows["appraisal_id"] = [
        f"{item}-{place}"
        for item, place in zip(rows["item_id"], rows.groupby("item_id").cumcount() + 1, strict=True)
    ]
    rows.loc[only_implied(rows), "claim_kind"] = "implied"
    return finish(rows, "appraisals")


def only_implied(rows: pd.DataFrame) -> pd.Series:
    """Find the claims that the evidence does not mark, though no entry says them."""
    listed = mapping("implied_claims").set_index("appraisal_id")["claim"]
    hit = rows["appraisal_id"].map(listed).eq(rows["claim"])
    if hit.sum() != len(listed):
        raise ValueError("mappings/implied_claims.csv names a claim that is not in the evidence")
    return hit


def claims() -> pd.DataFrame:
    """Return all rows of the evidence with the entry's id and the kind of claim."""
    rows = evidence("appraisals")
    rows["item_id"] = rows["section"] + "-" + rows["number"].str.zfill(2)
    parts = rows["claim"].str.extract(r"^(?:\((Implied|Structure|Completed claim)\) )?(.+)$")
    kinds = {"Implied": "implied", "Structure": "structure", "Completed claim": "completed"}
    rows["claim_kind"], rows["claim"] = parts[0].map(kinds).fillna("stated"), parts[1]
    return rows


def citations() -> pd.DataFrame:
    """Turn each list of references into one row per entity row, reference and role."""
    parts = [*_entry_lists(), _appraisal_lists(), *_notes()]
    rows = pd.concat(parts, ignore_index=True)
    rows["ref_id"] = rows["ref_ids"].str.split(";")
    rows = rows.explode("ref_id")
    rows["ref_id"] = rows["ref_id"].str.strip()
    rows = rows[rows["ref_id"].ne("")].drop_duplicates(["table", "row_id", "ref_id", "role"])
    return finish(rows, "citations")


def _entry_lists() -> list[pd.DataFrame]:
    """Return the reference lists of the article's entries and of omitted treatments."""
    facts = evidence("facts").rename(columns={"ref_id": "ref_ids", "attribute": "role"})
    facts["role"] = facts["role"].replace(COLUMN_OF_ATTRIBUTE)
    symptoms = evidence("symptoms").rename(columns={"ref_id": "ref_ids"}).assign(role="row")
    tests = evidence("diagnostic_tests").rename(columns={"ref_id": "ref_ids"}).assign(role="row")
    treatments = evidence("treatments").assign(role="row")
    return [_placed(rows) for rows in (facts, symptoms, tests, treatments)]


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    """Name the entity row that an entry became."""
    return pd.DataFrame(
        {
            "table": lookup(rows["item_id"], "items", "table", key="item_id"),
            "row_id": lookup(rows["item_id"], "items", "row_id", key="item_id"),
            "ref_ids": rows["ref_ids"],
            "role": rows["role"],
        }
    )


def _appraisal_lists() -> pd.DataFrame:
    """Claims back themselves; marks back the entry they describe."""
    rows = claims()
    is_mark = rows["verdict"].isin(MARKS)
    places = rows[~is_mark].groupby("item_id").cumcount() + 1
    row_id = rows["item_id"].where(is_mark, rows["item_id"] + "-" + places.astype("string"))
    table = is_mark.map({True: "source_items", False: "appraisals"})
    return pd.DataFrame(
        {"table": table, "row_id": row_id, "ref_ids": rows["ref_ids"], "role": "row"}
    )


def _notes() -> list[pd.DataFrame]:
    """Find references that a note of a study row names by id."""
    known = set(evidence("references")["ref_id"])
    found = []
    for table, build in WITH_NOTES.items():
        rows = build()
        named = [
            ";".join(word for word in re.findall(r"[a-z][a-z0-9_]+", note) if word in known)
            for note in rows["note"]
        ]
        parts = {"table": table, "row_id": row_key(rows, table), "ref_ids": named, "role": "note"}
        found.append(pd.DataFrame(parts))
    return found


def codes() -> pd.DataFrame:
    """Point each vocabulary code at the article's entry and the row it became."""
    rows = evidence("codes").rename(columns={"item_id": "entry", "item_name": "source_label"})
    rows["code_id"] = [slug(*parts) for parts in rows[["entry", "system", "code"]].to_numpy()]
    rows["item_id"] = rows["entry"].where(rows["entry"].ne("topic-01"), "")
    rows["table"] = lookup(rows["entry"], "items", "table", key="item_id")
    rows["row_id"] = lookup(rows["entry"], "items", "row_id", key="item_id")
    return finish(rows, "codes")


def hpo_terms() -> pd.DataFrame:
    """Keep the calcification terms as they are."""
    rows = evidence("hpo_terms").rename(columns={"group": "term_group"})
    return finish(rows, "hpo_terms")


def hpo_pairs() -> pd.DataFrame:
    """Give each pair of term and disease an id and take the frequency band apart."""
    rows = evidence("hpo_diseases")
    rows["hpo_disease_id"] = row_ids(rows, "hpo_id", "disease_id")
    parts = rows["frequency"].str.extract(r"^(.+) \((HP:\d{7})\)$")
    rows["frequency"], rows["frequency_hpo_id"] = parts[0], parts[1]
    # Dermatomyositis with chondrocalcinosis is probably a slip of the source.
    doubtful = rows["disease_id"].eq("ORPHA:221") & rows["hpo_label"].eq("Chondrocalcinosis")
    rows["teach"] = (~doubtful).map({True: "true", False: "false"})
    return rows


def hpo_diseases() -> pd.DataFrame:
    """One pair of term and disease a row."""
    return finish(hpo_pairs(), "hpo_diseases")


def hpo_genes() -> pd.DataFrame:
    """One gene of one pair a row."""
    rows = hpo_pairs()
    rows["gene"] = rows["genes"].str.split("; ")
    rows = rows.explode("gene").query("gene != ''")
    return finish(rows, "hpo_genes")
