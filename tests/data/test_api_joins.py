"""Joins follow the declared foreign keys and say so when they cannot."""

from dataclasses import replace

import pytest

from calcinosis_data import (
    JoinError,
    UnknownTableError,
    join,
    join_paths,
    load_table,
    relations,
)
from calcinosis_data._descriptor import ForeignKey, descriptor
from calcinosis_data._relations import key_links, shortest_chains

# Pairs joined by one foreign key only; a table may point to itself.
DIRECT = sorted(
    {
        (table.name, key.table)
        for table in descriptor().tables
        for key in table.foreign_keys
        if sum(other.table == key.table for other in table.foreign_keys) == 1
    }
)
TWO_TABLES = [(child, parent) for child, parent in DIRECT if child != parent]
LINKS = key_links(descriptor())
CHAINED = [
    (child, parent)
    for child in descriptor().table_names
    for parent in descriptor().table_names
    if len(chains := shortest_chains(LINKS, child, parent)) == 1 and len(chains[0]) > 1
]


def test_relations_are_those_of_the_descriptor():
    found = set(relations().itertuples(index=False, name=None))
    assert ("labs", "analyte_id", "analytes", "analyte_id") in found
    assert len(found) == sum(len(table.foreign_keys) for table in descriptor().tables)


@pytest.mark.parametrize(("child", "parent"), DIRECT)
def test_joining_to_a_parent_keeps_rows_and_columns(child, parent):
    left, joined = load_table(child), join(child, parent)
    assert len(joined) == len(left)
    key = list(descriptor().table(child).primary_key)
    assert joined[key].astype("str").equals(left[key].astype("str"))
    assert tuple(joined.columns[: left.shape[1]]) == tuple(left.columns)


@pytest.mark.parametrize(("child", "parent"), TWO_TABLES)
def test_joining_to_a_child_repeats_rows_as_documented(child, parent):
    (key,) = (one for one in descriptor().table(child).foreign_keys if one.table == parent)
    children = load_table(child)[list(key.fields)].dropna()
    parents = load_table(parent)[list(key.target_fields)].astype("str")
    per_parent = children.astype("str").value_counts()
    expected = sum(max(1, per_parent.get(row, 0)) for row in parents.itertuples(index=False))
    assert len(join(parent, child)) == expected


@pytest.mark.parametrize(("child", "parent"), CHAINED)
def test_a_chain_keeps_every_row_of_the_child(child, parent):
    assert len(join(child, parent)) == len(load_table(child))


def test_a_chain_goes_through_tables_between():
    joined = join("labs", "types")
    labs, conditions = load_table("labs"), load_table("conditions")
    assert len(joined) == len(labs)
    by_hand = labs["condition_id"].map(conditions.set_index("condition_id")["type_id"])
    assert joined["type_id"].fillna("").tolist() == by_hand.fillna("").tolist()
    assert not [name for name in joined.columns if name.startswith("_")]


def test_a_shared_column_name_gets_the_right_tables_name():
    joined = join("labs", "references")
    assert "note" in joined.columns
    assert joined["ref_id"].notna().sum() == load_table("labs")["ref_id"].notna().sum()


def test_an_inner_join_drops_rows_without_partner():
    assert len(join("labs", "references", how="inner")) == load_table("labs")["ref_id"].count()


def test_a_table_that_points_to_itself_joins_to_its_parents():
    joined = join("conditions", "conditions")
    conditions = load_table("conditions")
    assert len(joined) == len(conditions)
    assert joined["name_conditions"].count() == conditions["parent_id"].count()


def test_tables_without_path_name_the_table_between():
    with pytest.raises(JoinError, match="'labs' points to both: start there") as caught:
        join("analytes", "types")
    assert "join('labs', 'analytes')" in str(caught.value)


def test_the_nearest_table_between_is_named():
    with pytest.raises(JoinError, match="'cause_types' points to both"):
        join("causes", "types")


def test_two_ways_of_the_same_length_are_listed(monkeypatch):
    package = descriptor()
    labs = package.table("labs")
    second = ForeignKey(("comparator_id",), "analytes", ("analyte_id",))
    two_ways = replace(labs, foreign_keys=(*labs.foreign_keys, second))
    others = [table for table in package.tables if table.name != "labs"]
    ambiguous = replace(package, tables=(*others, two_ways))
    monkeypatch.setattr("calcinosis_data.joins.descriptor", lambda: ambiguous)
    with pytest.raises(JoinError, match="related in 2 ways") as caught:
        join("analytes", "labs")
    assert "labs.analyte_id = analytes.analyte_id" in str(caught.value)
    assert "labs.comparator_id = analytes.analyte_id" in str(caught.value)


@pytest.mark.parametrize("follow", [join, join_paths])
@pytest.mark.parametrize("names", [("lab", "types"), ("labs", "type")])
def test_an_unknown_table_is_told_before_anything_else(names, follow):
    with pytest.raises(UnknownTableError, match="Did you mean"):
        follow(*names)


@pytest.mark.parametrize(("child", "parent"), CHAINED)
def test_one_path_is_the_one_that_a_join_follows(child, parent):
    (path,) = join_paths(child, parent)
    assert path.startswith(f"{child}.")
    assert f" = {parent}." in path.split(", then ")[-1]


def test_two_paths_are_both_told_where_a_join_refuses():
    paths = join_paths("prevalence", "source_items")
    assert len(paths) == 2
    with pytest.raises(JoinError, match="related in 2 ways") as caught:
        join("prevalence", "source_items")
    assert all(path in str(caught.value) for path in paths)


def test_no_path_leads_downwards():
    assert join_paths("types", "labs") == []
