"""The dimensions that study rows point to, and what a laboratory row says."""

import pandas as pd
from evidence_io import evidence, finish, lookup, mapping


def conditions() -> pd.DataFrame:
    """Write out the hand-kept list of diseases, subsets, types and causes."""
    return finish(mapping("conditions"), "conditions")


def analytes() -> pd.DataFrame:
    """Write out the hand-kept list of blood values."""
    return finish(mapping("analytes"), "analytes")


def body_sites() -> pd.DataFrame:
    """Write out the hand-kept list of regions of the body."""
    return finish(mapping("body_sites"), "body_sites")


def interventions() -> pd.DataFrame:
    """Write out the hand-kept list of study arms; the evidence's label is the name."""
    rows = mapping("interventions").rename(columns={"label": "name"})
    return finish(rows, "interventions")


def labs() -> pd.DataFrame:
    """Turn condition and analyte labels into ids; merge the concept listed twice.

    The label "causes-04 Hyperparathyroidism (primary)" is taken apart into the
    entry and the name; the form in brackets is also given by itself.  The article lists idiopathic
    calcinosis as a type and as a cause; both sets of rows say the same, so the
    type's rows stay and name the cause's entry in ``also_item_id``.
    """
    rows = evidence("labs")
    parts = rows["condition"].str.extract(r"^(\S+) (.+?)(?: \((.+)\))?$")
    rows["entry"], rows["form"] = parts[0], parts[2].fillna("")
    rows["source_label"] = [
        label.removeprefix(f"{entry} ")
        for label, entry in zip(rows["condition"], rows["entry"], strict=True)
    ]
    rows["condition_id"] = lookup(rows["entry"], "items", "condition_id", key="item_id")
    rows["sourced"] = rows["ref_id"].ne("").map({True: "true", False: "false"})
    rows["analyte_id"] = rows["analyte"]
    rows["item_id"] = rows["entry"].where(rows["entry"].ne("extra-01"), "")
    return finish(merge_twins(rows), "labs")


def merge_twins(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the first of two rows of one concept if they agree; refuse if they do not."""
    key = ["condition_id", "analyte_id"]
    for columns, group in rows.groupby(key):
        if group[["direction", "ref_id"]].drop_duplicates().shape[0] > 1:
            raise ValueError(f"the rows of {columns} disagree: they need two conditions")
    first = rows.groupby(key)["item_id"].transform("first")
    last = rows.groupby(key)["item_id"].transform("last")
    rows = rows.assign(also_item_id=[a if a != b else "" for a, b in zip(last, first, strict=True)])
    # The evidence lists types before causes, so the type's wording is the one kept.
    return rows.sort_values("entry", ascending=False, kind="stable").drop_duplicates(key)
