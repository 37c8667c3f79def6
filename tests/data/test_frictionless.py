"""An outside judge of the Data Package."""

import frictionless
import pytest

pytestmark = pytest.mark.filterwarnings("ignore")  # the judge's own


def report(folder, monkeypatch):
    monkeypatch.chdir(folder)  # it refuses absolute paths as unsafe
    return frictionless.validate("datapackage.json")


def test_the_package_is_valid(package_folder, monkeypatch):
    found = report(package_folder, monkeypatch)
    assert found.valid, found.flatten(["type", "title", "rowNumber", "fieldName", "message"])
    assert len(found.tasks) > 1


def test_the_judge_sees_a_dangling_key(package_copy, monkeypatch):
    package_copy.change("labs", analyte_id="calciun")
    assert not report(package_copy.folder, monkeypatch).valid
