"""The installed data package, and copies of it to damage."""

import csv
import json
import shutil

import pytest

from calcinosis_data._descriptor import DATA_FOLDER
from calcinosis_data.contract import check_package


class PackageCopy:
    """A writable copy of the data package."""

    def __init__(self, folder):
        self.folder = folder

    def path(self, table):
        return self.folder / f"{table}.csv"

    def rows(self, table):
        with self.path(table).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, table, rows):
        with self.path(table).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def change(self, table, where=lambda _: True, /, **cells):
        """Change the first row for which `where` holds; return it as it was."""
        rows = self.rows(table)
        row = next(row for row in rows if where(row))
        before = dict(row)
        assert set(cells) <= set(row), f"{table} lacks {set(cells) - set(row)}"
        row.update(cells)
        self.write(table, rows)
        return before

    def describe(self, change):
        """Let `change` alter the descriptor in place."""
        path = self.folder / "datapackage.json"
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        change(descriptor)
        path.write_text(json.dumps(descriptor), encoding="utf-8")

    def describe_field(self, table, column, **words):
        def change(descriptor):
            field = resource_field(descriptor, table, column)
            field.update(words)

        self.describe(change)

    def findings(self):
        return check_package(self.folder)


def resource_field(descriptor, table, column):
    resource = next(one for one in descriptor["resources"] if one["name"] == table)
    return next(one for one in resource["schema"]["fields"] if one["name"] == column)


@pytest.fixture(scope="session")
def package_folder():
    return DATA_FOLDER


@pytest.fixture
def package_copy(package_folder, tmp_path):
    folder = tmp_path / "package"
    shutil.copytree(package_folder, folder)
    return PackageCopy(folder)
