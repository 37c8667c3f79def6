"""Nothing of the evidence is lost, nothing is added, and each check can fail."""

import shutil

import build_tables
import evidence_checks as checks
import pandas as pd
import pytest
from evidence_io import EVIDENCE, evidence, mapping

ROWS_OF_EVIDENCE = {
    "accuracy": 33,
    "appraisals": 157,
    "codes": 355,
    "diagnostic_tests": 14,
    "facts": 114,
    "frequencies": 78,
    "guidance": 27,
    "hpo_diseases": 264,
    "hpo_terms": 65,
    "labs": 155,
    "outcomes": 91,
    "prevalence": 108,
    "references": 417,
    "sites": 78,
    "source_relations": 12,
    "symptoms": 20,
    "treatments": 53,
}
ROWS_OF_TABLES = {
    "accuracy": 33,
    "appraisals": 147,  # ten rows describe an entry and moved to source_items
    "codes": 355,
    "frequencies": 78,
    "guidance": 27,
    "hpo_diseases": 264,
    "hpo_genes": 334,
    "hpo_terms": 65,
    "labs": 148,  # idiopathic calcinosis is listed twice: seven rows are shared
    "outcomes": 91,
    "prevalence": 108,
    "references": 417,
    "sites": 78,
}
# Sums over the evidence files, so that a changed figure shows up by itself.
SUMS = [
    ("prevalence", "n_with", 6277),
    ("prevalence", "n_total", 132604),
    ("outcomes", "n_treated", 1127),
    ("outcomes", "n_improved", 469),
    ("frequencies", "n_with", 1586),
    ("frequencies", "n_total", 8481),
    ("sites", "n_with", 476),
    ("sites", "n_total", 1718),
    ("accuracy", "n", 1350),
    ("references", "n_patients", 267241),
]


@pytest.fixture(scope="module")
def tables():
    return checks.committed(build_tables.DATA)


@pytest.fixture(scope="module")
def texts():
    """Every table as the build script writes it."""
    return build_tables.built()


def altered(tables, name, column):
    """The tables with one filled cell of one column changed."""
    rows = tables[name].copy()
    place = rows.index[rows[column].ne("")][0]
    cell = rows.loc[place, column]
    other = next((one for one in rows[column] if one not in ("", cell)), f"{cell}1")
    rows.loc[place, column] = other
    return tables | {name: rows}


def total(rows, column):
    return int(pd.to_numeric(rows[column]).fillna(0).sum())


def test_evidence_files_are_untouched():
    assert checks.hash_problems() == []


@pytest.mark.parametrize("damage", ["change", "remove", "add"])
def test_a_damaged_evidence_file_is_noticed(damage, tmp_path):
    folder = tmp_path / "evidence"
    shutil.copytree(EVIDENCE, folder)
    if damage == "change":
        labs = folder / "labs.csv"
        labs.write_bytes(labs.read_bytes().replace(b"calcium,normal", b"calcium,high", 1))
    elif damage == "remove":
        (folder / "sites.csv").unlink()
    else:
        (folder / "more.csv").write_text("a\n")
    assert len(checks.hash_problems(folder)) == 1


@pytest.mark.parametrize(("name", "rows"), ROWS_OF_EVIDENCE.items())
def test_rows_of_evidence(name, rows):
    assert len(evidence(name)) == rows


def test_every_evidence_file_is_counted():
    assert {path.stem for path in EVIDENCE.glob("*.csv")} == set(ROWS_OF_EVIDENCE)


@pytest.mark.parametrize(("name", "rows"), ROWS_OF_TABLES.items())
def test_rows_of_tables(name, rows, tables):
    assert len(tables[name]) == rows


@pytest.mark.parametrize(("name", "column", "value"), SUMS)
def test_sums_are_those_of_the_evidence(name, column, value, tables):
    assert total(evidence(name), column) == total(tables[name], column) == value


@pytest.mark.parametrize("name", checks.BACK)
def test_every_row_goes_back_to_the_evidence(name, tables):
    assert checks.lost_or_added(name, tables) == []


FIGURES = [
    ("accuracy", "sensitivity specificity n test_label target_label note ref_id"),
    ("appraisals", "claim verdict explanation confidence"),
    ("codes", "code label relation source_label"),
    ("frequencies", "n_with n_total percent population chart ref_id note"),
    ("guidance", "statement year strength ref_id"),
    ("hpo_diseases", "disease_name frequency"),
    ("hpo_terms", "n_diseases n_genes term_group"),
    ("labs", "direction ref_id source_label note also_item_id"),
    ("outcomes", "n_treated n_improved n_complete source_label disease_label endpoint chart"),
    ("prevalence", "n_with n_total percent ci_low ci_high reported_low reported_high chart"),
    ("prevalence", "source_label measure interval_basis count_basis ref_id"),
    ("references", "title year doi seen n_patients extent_seen link"),
    ("sites", "n_with n_total percent source_label denominator chart"),
]
CELLS = [(name, column) for name, columns in FIGURES for column in columns.split()]


@pytest.mark.parametrize(("name", "column"), CELLS)
def test_one_altered_cell_is_noticed(name, column, tables):
    assert checks.lost_or_added(name, altered(tables, name, column))


@pytest.mark.parametrize("name", checks.BACK)
def test_a_lost_row_is_noticed(name, tables):
    shorter = tables | {name: tables[name].iloc[1:]}
    assert checks.lost_or_added(name, shorter)


def test_an_altered_gene_is_noticed(tables):
    assert checks.lost_or_added("hpo_diseases", altered(tables, "hpo_genes", "gene"))


def test_citations_are_those_of_the_evidence(tables):
    assert checks.citation_problems(tables) == []


@pytest.mark.parametrize("column", ["table", "row_id", "ref_id"])
def test_an_altered_citation_is_noticed(column, tables):
    rows = tables["citations"]
    last = rows.iloc[[-1]].assign(**{column: "symptoms" if column == "table" else "altered"})
    changed = tables | {"citations": pd.concat([rows.iloc[:-1], last])}
    assert checks.citation_problems(changed)


def test_citation_roles_are_columns(tables):
    for table in ("types", "causes"):
        roles = tables["citations"].query("table == @table")["role"]
        assert set(roles) <= set(tables[table].columns)


def test_every_appraisal_row_has_a_home(tables):
    marks = evidence("appraisals").query("verdict in @checks.MARK_COLUMNS")
    assert len(marks) + len(tables["appraisals"]) == 157
    entries = tables["source_items"].set_index("item_id")
    for row in marks.to_dict("records"):
        item = f"{row['section']}-{int(row['number']):02d}"
        assert entries.loc[item, checks.MARK_COLUMNS[row["verdict"]]], item


def test_a_claim_without_citation_says_why(tables):
    cited = tables["citations"].query("table == 'appraisals'")["row_id"]
    bare = tables["appraisals"][~tables["appraisals"]["appraisal_id"].isin(cited)]
    assert not bare.empty
    told = bare["explanation"].str.contains(r"no citation is attached|^No .*study.* was found")
    assert bare[~told].empty


def test_marks_keep_their_references(tables):
    marks = evidence("appraisals").query("verdict in @checks.MARK_COLUMNS")
    wanted = {
        (f"{section}-{int(number):02d}", one)
        for section, number, ids in marks[["section", "number", "ref_ids"]].to_numpy()
        for one in ids.split(";")
        if one
    }
    rows = tables["citations"].query("table == 'source_items'")
    assert set(rows[["row_id", "ref_id"]].itertuples(index=False, name=None)) == wanted


@pytest.mark.parametrize("name", checks.COUNTS)
def test_intervals_follow_from_the_counts(name, tables):
    assert list(checks.interval_problems(name, tables[name])) == []


@pytest.mark.parametrize("name", checks.COUNTS)
@pytest.mark.parametrize("column", ["ci_low", "ci_high"])
def test_an_altered_interval_is_noticed(name, column, tables):
    assert list(checks.interval_problems(name, altered(tables, name, column)[name]))


def test_an_altered_share_is_noticed(tables):
    rows = altered(tables, "outcomes", "percent")["outcomes"]
    assert list(checks.interval_problems("outcomes", rows))


def test_tables_are_as_built(texts):
    assert list(build_tables.differences(build_tables.DATA, texts)) == []


@pytest.mark.parametrize("name", build_tables.BUILDERS)
def test_a_table_changed_by_hand_is_noticed(name, tmp_path, texts):
    build_tables.write(tmp_path, texts)
    path = tmp_path / f"{name}.csv"
    path.write_text(path.read_text("utf-8").replace("a", "b", 1), "utf-8", newline="\n")
    assert list(build_tables.differences(tmp_path, texts))


def test_only_the_slip_is_unfit_for_teaching(tables):
    rows = tables["hpo_diseases"].query("teach == 'false'")
    assert rows[["disease_id", "hpo_label"]].to_numpy().tolist() == [
        ["ORPHA:221", "Chondrocalcinosis"]
    ]


def test_every_type_and_cause_is_a_condition(tables):
    conditions = tables["conditions"]
    assert set(conditions["type_id"]) - {""} == set(tables["types"]["type_id"])
    assert set(conditions["cause_id"]) - {""} == set(tables["causes"]["cause_id"])
    twice = conditions.query("type_id != '' and cause_id != ''")
    assert twice["condition_id"].tolist() == ["idiopathic-calcinosis"]


def test_entries_became_the_rows_that_source_items_names(tables):
    items = mapping("items").query("in_article == 'true'").set_index("item_id")
    entries = tables["source_items"].set_index("item_id")
    pd.testing.assert_frame_equal(items[["table", "row_id"]], entries[["table", "row_id"]])
