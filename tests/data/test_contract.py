"""The installed tables keep their contract, and every rule can fail."""

import json
import re
import subprocess
import sys

import corruptions
import pytest

from calcinosis_data import CalcinosisError
from calcinosis_data.contract import RULES, check_package, explain, fix_package


def test_the_installed_tables_keep_the_contract():
    findings = check_package()
    assert not findings, "\n".join(map(str, findings))


@pytest.mark.parametrize(("rule", "table", "column", "corrupt"), corruptions.CORRUPTIONS)
def test_a_damaged_copy_is_found(rule, table, column, corrupt, package_copy):
    corrupt(package_copy)
    found = [one for one in package_copy.findings() if one.rule == rule]
    places = {(one.table, one.column) for one in found}
    assert (table, column) in places
    assert all(f"{table}.csv" in one.message for one in found if one.table == table)


def test_a_percentage_as_printed_is_let_through(package_copy):
    corruptions.percent_of_other_counts(package_copy)
    package_copy.change("prevalence", corruptions.counted, note="count and percentage as printed")
    assert "percent-mismatch" not in {one.rule for one in package_copy.findings()}


def test_every_rule_has_been_seen_to_fail():
    assert {corruption.values[0] for corruption in corruptions.CORRUPTIONS} == set(RULES)


def test_every_rule_explains_itself():
    for name, rule in RULES.items():
        assert rule.id == name == "-".join(re.findall("[A-Z][a-z]+", rule.__name__)).lower()
        assert len(rule.explanation()) > 40
        assert explain(name) == f"{rule.title}\n\n{rule.explanation()}"


def test_a_finding_says_what_to_do(package_copy):
    package_copy.change("labs", direction="hihg")
    (finding,) = (one for one in package_copy.findings() if one.rule == "unknown-category")
    assert "labs.csv line 2" in finding.message
    assert "Did you mean 'high'?" in finding.message
    assert "[unknown-category]" in str(finding)


def test_a_broken_pattern_is_told_by_an_example(package_copy):
    package_copy.change("types", type_id="Type_1")
    (finding,) = (one for one in package_copy.findings() if one.rule == "broken-pattern")
    assert "'Type_1' does not have the form of 'calciphylaxis'" in finding.message


def test_an_unknown_rule_is_told():
    with pytest.raises(CalcinosisError, match="Did you mean 'not-sorted'"):
        explain("notsorted")


@pytest.mark.parametrize("text", ["{", "[]", '{"resources": [{"name": "types"}]}'])
def test_a_broken_descriptor_is_a_finding(package_copy, text):
    (package_copy.folder / "datapackage.json").write_text(text, encoding="utf-8")
    (finding,) = package_copy.findings()
    assert "datapackage.json" in finding.message


def test_a_missing_descriptor_is_a_finding(tmp_path):
    (finding,) = check_package(tmp_path)
    assert "datapackage.json is missing" in finding.message


@pytest.mark.parametrize(
    "corrupt",
    [
        corruptions.byte_order_mark,
        corruptions.carriage_returns,
        corruptions.needless_quotes,
        corruptions.no_line_feed_at_the_end,
        corruptions.columns_in_another_order,
        corruptions.reversed_rows,
    ],
)
def test_the_repair_restores_the_file_byte_for_byte(corrupt, package_copy):
    before = package_copy.path("types").read_bytes()
    corrupt(package_copy)
    assert package_copy.path("types").read_bytes() != before
    assert fix_package(package_copy.folder) == ["types.csv"]
    assert package_copy.path("types").read_bytes() == before


def test_the_repair_leaves_a_clean_package_alone(package_copy):
    assert fix_package(package_copy.folder) == []


@pytest.mark.parametrize("corrupt", [corruptions.ragged_row, corruptions.latin_1])
def test_the_repair_leaves_an_unreadable_file_alone(corrupt, package_copy):
    corrupt(package_copy)
    before = package_copy.path("types").read_bytes()
    assert fix_package(package_copy.folder) == []
    assert package_copy.path("types").read_bytes() == before


def run_command(*arguments):
    command = [sys.executable, "-m", "calcinosis_data.contract", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_checks_repairs_and_explains(package_copy):
    corruptions.carriage_returns(package_copy)
    checked = run_command(package_copy.folder)
    assert checked.returncode == 1
    assert "--fix" in checked.stdout
    fixed = run_command("--fix", package_copy.folder)
    assert (fixed.returncode, fixed.stderr) == (0, "")
    assert "rewritten: types.csv" in fixed.stdout
    assert "byte order mark" in run_command("--explain", "not-canonical").stdout
    unknown = run_command("--explain", "notcanonical")
    assert unknown.returncode == 2
    assert "Did you mean 'not-canonical'" in unknown.stderr


def test_checking_does_not_load_pandas():
    script = (
        "import json, sys; from calcinosis_data.contract import check_package; "
        "check_package(); print(json.dumps('pandas' in sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) is False
