"""What a person decided about a label is complete, in use and refused when it is missing."""

import doctest

import build_tables
import evidence_checks as checks
import evidence_io
import pandas as pd
import pytest
import reference_rows
from evidence_io import MAPPINGS, MappingError, evidence, lookup, mapping, read


@pytest.fixture(scope="module")
def tables():
    return checks.committed(build_tables.DATA)


def test_examples_of_the_steps():
    assert doctest.testmod(evidence_io).failed == 0


def test_parents_end():
    parent = mapping("conditions").set_index("condition_id")["parent_id"]
    for start in parent.index:
        seen = [start]
        while parent[seen[-1]]:
            seen.append(parent[seen[-1]])
            assert len(seen) == len(set(seen)), seen


LABELS = {
    "prevalence_conditions": ("prevalence", "condition"),
    "detection_methods": ("prevalence", "detection_method"),
    "outcome_conditions": ("outcomes", "disease"),
    "interventions": ("outcomes", "treatment"),
    "frequency_populations": ("frequencies", "population"),
    "frequency_features": ("frequencies", "feature"),
    "site_bodies": ("sites", "body_site"),
    "site_populations": ("sites", "population"),
}


@pytest.mark.parametrize(("name", "source"), LABELS.items())
def test_mappings_name_the_labels_of_the_evidence(name, source):
    table, column = source
    assert set(mapping(name)["label"]) == set(evidence(table)[column])


@pytest.mark.parametrize("name", ["outcome_conditions", "site_populations"])
def test_clues_of_a_mapping_are_those_of_the_evidence(name):
    table, column = LABELS[name]
    rows = evidence(table)
    for entry in mapping(name).to_dict("records"):
        fits = rows[column].eq(entry["label"])
        for clue in {"treatment", "ref_id"} & set(entry):
            fits &= rows[clue].eq(entry[clue]) if entry[clue] else True
        assert fits.any(), entry


def test_a_claim_that_no_entry_states_is_marked(tables):
    kinds = tables["appraisals"].set_index("appraisal_id")["claim_kind"]
    listed = mapping("implied_claims")["appraisal_id"]
    assert set(kinds[listed]) == {"implied"}
    assert kinds.eq("implied").sum() == len(listed) + 3  # three are marked by the evidence


def test_an_implied_claim_that_is_not_in_the_evidence_is_refused():
    rows = pd.DataFrame({"appraisal_id": ["types-02-3"], "claim": ["Something else."]})
    with pytest.raises(ValueError, match="not in the evidence"):
        reference_rows.only_implied(rows)


def test_an_unknown_label_is_refused():
    with pytest.raises(MappingError, match="add one by hand"):
        lookup(pd.Series(["Gout"]), "prevalence_conditions", "condition_id")


def test_dimension_rows_are_used(tables):
    """A disease, arm or blood value that nothing points to is a leftover."""
    conditions = tables["conditions"]
    used = set(conditions["parent_id"])
    for name in ("labs", "prevalence", "outcomes", "frequencies", "sites", "accuracy"):
        used |= set(tables[name]["condition_id"])
    free = conditions[~conditions["condition_id"].isin(used)]
    assert free[free["type_id"].eq("") & free["cause_id"].eq("")].empty, free
    arms, values = tables["interventions"], tables["analytes"]
    assert set(arms["intervention_id"]) == set(tables["outcomes"]["intervention_id"])
    assert set(values["analyte_id"]) == set(tables["labs"]["analyte_id"])


def test_mappings_are_tidy():
    for path in sorted(MAPPINGS.glob("*.csv")):
        rows = read(path)
        assert not rows.duplicated().any(), path.name
        for column in rows:
            assert rows[column].eq(rows[column].str.strip()).all(), (path.name, column)


@pytest.mark.parametrize("name", ["prevalence", "outcomes", "sites", "frequencies"])
def test_overlap_groups_have_members(name, tables):
    groups = tables[name]["overlap_group"]
    sizes = groups[groups.ne("")].value_counts()
    assert (sizes > 1).all(), sizes


def test_the_crest_total_and_the_portuguese_arms_are_marked(tables):
    groups = tables["prevalence"].groupby("overlap_group")["source_label"].agg(list)
    assert len(groups["steen1984-crest"]) == 3
    assert len(groups["samoes2023"]) == 2


def test_single_patients_with_several_treatments_are_marked(tables):
    groups = tables["outcomes"].groupby("overlap_group")["ref_id"].agg(list)
    assert groups["kjms2014sle"] == ["kjms2014sle"] * 3
    assert groups["teriparatide2021utc"] == ["teriparatide2021utc"] * 3
