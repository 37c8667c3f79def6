"""The dimensions that study rows point to, and what a laboratory row says."""

import pandas as pd
from evidence_io import evidence, finish, lookup, mapping


def conditions() -> pd.DataFrame:
    """Write out the hand-kept list of diseases, subsets, types and causes."""
    columns = "condition_id name kind parent_id cause_id type_id description"
    return finish(mapping("conditions"), columns, "condition_id")


def analytes() -> pd.DataFrame:
    """Write out the hand-kept list of blood values."""
    return finish(mapping("analytes"), "analyte_id name short_name description", "analyte_id")


def body_sites() -> pd.DataFrame:
    """Write out the hand-kept list of regions of the body."""
    columns = "body_site_id name side_view region_group parent_id drawn description"
    return finish(mapping("body_sites"), columns, "body_site_id")


def interventions() -> pd.DataFrame:
    """Write out the hand-kept list of study arms; the evidence's label is the name."""
    columns = "intervention_id name treatment_id is_combination is_comparator"
    rows = mapping("interventions").rename(columns={"label": "name"})
    return finish(rows, columns, "intervention_id")


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
    columns = (
        "condition_id analyte_id direction sourced ref_id form source_label "
        "item_id also_item_id note"
    )
    return finish(merge_twins(rows), columns, "condition_id analyte_id")


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
