"""One study-level figure a row: how often, where, how accurate, what came of it."""

from collections.abc import Callable

import pandas as pd
from dimension_rows import labs
from evidence_io import (
    evidence,
    finish,
    lookup,
    mapping,
    numbered,
    percent_text,
    refined,
    slug,
    with_interval,
    with_overlaps,
    yes_no,
)


def prevalence() -> pd.DataFrame:
    """Map the label to a condition and to what was counted; add Wilson intervals."""
    rows = evidence("prevalence").rename(columns={"condition": "source_label"})
    rows["condition_id"] = lookup(rows["source_label"], "prevalence_conditions", "condition_id")
    rows["finding"] = lookup(rows["source_label"], "prevalence_conditions", "finding")
    rows["detection"] = lookup(rows["detection_method"], "detection_methods", "detection")
    rows["prevalence_id"] = numbered(
        slug(*pair) for pair in rows[["condition_id", "ref_id"]].to_numpy()
    )
    # The evidence's own Wilson bounds are worked out afresh; only bounds that a
    # source printed are kept as reported.
    own = rows["interval_basis"].eq("wilson")
    rows["reported_low"] = rows["percent_low"].mask(own, "")
    rows["reported_high"] = rows["percent_high"].mask(own, "")
    rows["chart"] = yes_no(rows["chart"])
    rows = with_interval(rows, "n_with", "n_total")
    rows = with_overlaps(rows, "prevalence", "prevalence_id")
    columns = (
        "prevalence_id condition_id source_label finding measure population setting n_with "
        "n_total percent ci_low ci_high reported_low reported_high interval_basis count_basis "
        "detection detection_method chart overlap_group overlap_role ref_id note"
    )
    return finish(rows, columns, "prevalence_id")


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
    rows["outcome_id"] = numbered(
        slug(*pair) for pair in rows[["intervention_id", "ref_id"]].to_numpy()
    )
    rows["percent"] = [
        percent_text(100 * int(part) / int(whole)) if part and whole else ""
        for part, whole in zip(rows["n_improved"], rows["n_treated"], strict=True)
    ]
    rows["chart"] = yes_no(rows["chart"])
    rows = with_interval(rows, "n_improved", "n_treated")
    rows = with_overlaps(rows, "outcomes", "outcome_id")
    columns = (
        "outcome_id intervention_id source_label condition_id disease_label design endpoint "
        "outcome_definition unit arm n_treated n_improved n_complete percent ci_low ci_high "
        "dose_or_protocol basis chart overlap_group overlap_role ref_id note"
    )
    return finish(rows, columns, "outcome_id")


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
    rows["chart"] = yes_no(rows["chart"])
    rows = with_interval(rows, "n_with", "n_total")
    rows = with_overlaps(rows, "frequencies", "frequency_id")
    columns = (
        "frequency_id feature symptom_id symptom_match condition_id population calcinosis "
        "counted n_with n_total percent ci_low ci_high chart overlap_group overlap_role "
        "ref_id note"
    )
    return finish(rows, columns, "frequency_id")


def sites() -> pd.DataFrame:
    """Map the body site to a region and the population to a condition."""
    rows = evidence("sites").rename(columns={"body_site": "source_label"})
    rows["body_site_id"] = lookup(rows["source_label"], "site_bodies", "body_site_id")
    rows["condition_id"] = refined(
        rows.rename(columns={"population": "label"}), "site_populations", "label", ["ref_id"]
    )
    rows["site_id"] = numbered(slug(*pair) for pair in rows[["body_site_id", "ref_id"]].to_numpy())
    rows["chart"] = yes_no(rows["chart"])
    rows = with_interval(rows, "n_with", "n_total")
    rows = with_overlaps(rows, "sites", "site_id")
    columns = (
        "site_id body_site_id source_label condition_id population denominator n_with n_total "
        "percent ci_low ci_high chart overlap_group overlap_role ref_id note"
    )
    return finish(rows, columns, "site_id")


def accuracy() -> pd.DataFrame:
    """Say of each figure what the test was looking for."""
    key = ["test", "target", "ref_id"]
    rows = evidence("accuracy").merge(mapping("accuracy_rows"), on=key, validate="1:1")
    rows = rows.rename(columns={"test": "test_label", "target": "target_label"})
    rows["accuracy_id"] = numbered(
        slug(*pair) for pair in rows[["test_label", "ref_id"]].to_numpy()
    )
    columns = (
        "accuracy_id test_id test_label target_kind target_label condition_id unit sensitivity "
        "specificity n comparator ref_id note"
    )
    return finish(rows, columns, "accuracy_id")


def guidance() -> pd.DataFrame:
    """Keep each statement of a guideline body as it is."""
    rows = evidence("guidance")
    rows["guidance_id"] = numbered(slug(ref_id) for ref_id in rows["ref_id"])
    return finish(rows, "guidance_id body year statement strength ref_id", "guidance_id")


# Tables whose notes may name a second reference, and their keys.
STUDY_TABLES: dict[str, tuple[Callable[[], pd.DataFrame], list[str]]] = {
    "labs": (labs, ["condition_id", "analyte_id"]),
    "prevalence": (prevalence, ["prevalence_id"]),
    "outcomes": (outcomes, ["outcome_id"]),
    "frequencies": (frequencies, ["frequency_id"]),
    "sites": (sites, ["site_id"]),
    "accuracy": (accuracy, ["accuracy_id"]),
}
