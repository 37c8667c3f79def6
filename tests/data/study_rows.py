"""One study-level figure a row: how often, where, how accurate, what came of it."""

from collections.abc import Callable

import pandas as pd
from dimension_rows import labs
from evidence_io import (
    evidence,
    finish,
    finish_figures,
    lookup,
    mapping,
    numbered,
    percent_text,
    refined,
    row_ids,
    slug,
)


def prevalence() -> pd.DataFrame:
    """Map the label to a condition and to what was counted; add Wilson intervals."""
    rows = evidence("prevalence").rename(columns={"condition": "source_label"})
    rows["condition_id"] = lookup(rows["source_label"], "prevalence_conditions", "condition_id")
    rows["finding"] = lookup(rows["source_label"], "prevalence_conditions", "finding")
    rows["detection"] = lookup(rows["detection_method"], "detection_methods", "detection")
    rows["prevalence_id"] = row_ids(rows, "condition_id", "ref_id")
    # The evidence's own Wilson bounds are worked out afresh; only bounds that a
    # source printed are kept as reported.
    own = rows["interval_basis"].eq("wilson")
    rows["reported_low"] = rows["percent_low"].mask(own, "")
    rows["reported_high"] = rows["percent_high"].mask(own, "")
    return finish_figures(rows, "prevalence")


def outcomes() -> pd.DataFrame:
    """Map arm and disease; work out the share that improved and its interval."""
    rows = evidence("outcomes")
    rows["intervention_id"] = lookup(rows["treatment"], "interventions", "intervention_id")
    rows["condition_id"] = refined(
        rows.rename(columns={"disease": "label"}),
        "outcome_conditions",
        "label",
        ["treatment", "ref_id"],
    )
    rows = rows.rename(columns={"treatment": "source_label", "disease": "disease_label"})
    rows["outcome_id"] = row_ids(rows, "intervention_id", "ref_id")
    rows["percent"] = [
        percent_text(100 * int(part) / int(whole)) if part and whole else ""
        for part, whole in zip(rows["n_improved"], rows["n_treated"], strict=True)
    ]
    return finish_figures(rows, "outcomes", counts=("n_improved", "n_treated"))


def frequencies() -> pd.DataFrame:
    """Map the feature to a symptom where it is one, and the population to a condition."""
    rows = evidence("frequencies")
    for column in ("condition_id", "calcinosis", "counted"):
        rows[column] = lookup(rows["population"], "frequency_populations", column)
    rows["symptom_id"] = lookup(rows["feature"], "frequency_features", "symptom_id")
    rows["symptom_match"] = lookup(rows["feature"], "frequency_features", "match")
    rows["frequency_id"] = numbered(
        slug(feature.split(" (")[0], ref_id)
        for feature, ref_id in rows[["feature", "ref_id"]].to_numpy()
    )
    return finish_figures(rows, "frequencies")


def sites() -> pd.DataFrame:
    """Map the body site to a region and the population to a condition."""
    rows = evidence("sites").rename(columns={"body_site": "source_label"})
    rows["body_site_id"] = lookup(rows["source_label"], "site_bodies", "body_site_id")
    rows["condition_id"] = refined(
        rows.rename(columns={"population": "label"}), "site_populations", "label", ["ref_id"]
    )
    rows["site_id"] = row_ids(rows, "body_site_id", "ref_id")
    return finish_figures(rows, "sites")


def accuracy() -> pd.DataFrame:
    """Say of each figure what the test was looking for."""
    key = ["test", "target", "ref_id"]
    rows = evidence("accuracy").merge(mapping("accuracy_rows"), on=key, validate="1:1")
    rows = rows.rename(columns={"test": "test_label", "target": "target_label"})
    rows["accuracy_id"] = row_ids(rows, "test_label", "ref_id")
    return finish(rows, "accuracy")


def guidance() -> pd.DataFrame:
    """Keep each statement of a guideline body as it is."""
    rows = evidence("guidance")
    rows["guidance_id"] = row_ids(rows, "ref_id")
    return finish(rows, "guidance")


# Tables whose notes may name a second reference.
WITH_NOTES: dict[str, Callable[[], pd.DataFrame]] = {
    "labs": labs,
    "prevalence": prevalence,
    "outcomes": outcomes,
    "frequencies": frequencies,
    "sites": sites,
    "accuracy": accuracy,
}
