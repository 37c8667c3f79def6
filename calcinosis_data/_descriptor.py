"""The schema: datapackage.json as frozen dataclasses."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from calcinosis_data.errors import (
    DataContractError,
    UnknownColumnError,
    UnknownTableError,
    did_you_mean,
)

DATA_FOLDER = Path(__file__).parent / "data"
DESCRIPTOR_NAME = "datapackage.json"

PURPOSES = ("content", "bookkeeping")
"""What a column is for; a column that does not say is content."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column: what it means and which values it may hold."""

    name: str
    title: str
    description: str
    type: str
    unit: str
    example: str
    required: bool
    unique: bool
    minimum: float | None
    maximum: float | None
    pattern: str | None
    categories: tuple[str, ...]
    enum: tuple[str, ...]
    ordered: bool
    purpose: str = PURPOSES[0]


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose values are keys of another table (or of the same one)."""

    fields: tuple[str, ...]
    table: str
    target_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file and its columns."""

    name: str
    title: str
    description: str
    path: Path
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    licenses: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def field_names(self) -> tuple[str, ...]:
        """The column names in file order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return one column, or say which one was probably meant."""
        for field in self.fields:
            if field.name == name:
                return field
        problem = f"table {self.name!r} has no column {name!r}"
        raise UnknownColumnError(did_you_mean(problem, name, self.field_names, "Columns"))


@dataclass(frozen=True, slots=True)
class Package:
    """All tables and where they lie."""

    name: str
    title: str
    version: str
    folder: Path
    tables: tuple[Table, ...]

    @property
    def table_names(self) -> tuple[str, ...]:
        """The table names in descriptor order."""
        return tuple(table.name for table in self.tables)

    def table(self, name: str) -> Table:
        """Return one table, or say which one was probably meant."""
        for table in self.tables:
            if table.name == name:
                return table
        problem = f"no table {name!r}"
        raise UnknownTableError(did_you_mean(problem, name, self.table_names, "Tables"))


@cache
def descriptor() -> Package:
    """Read the descriptor of the installed data, once."""
    return read_descriptor(DATA_FOLDER)


def read_descriptor(folder: Path) -> Package:
    """Read the descriptor of the data package in `folder`."""
    path = folder / DESCRIPTOR_NAME
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problem = f"{DESCRIPTOR_NAME} is missing in {folder}"
        remedy = "Name the folder that holds it, or install calcinosis-data again."
        raise DataContractError(f"{problem}. {remedy}") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DataContractError(f"{DESCRIPTOR_NAME} is not valid JSON: {error}") from error
    try:
        return _package(raw, folder)
    except (KeyError, TypeError, AttributeError) as error:
        problem = f"{DESCRIPTOR_NAME} is not a Data Package descriptor"
        raise DataContractError(f"{problem}: {error!r} where its tables are described") from error


def _package(raw: Mapping[str, Any], folder: Path) -> Package:
    return Package(
        name=raw.get("name", ""),
        title=raw.get("title", ""),
        version=raw.get("version", ""),
        folder=folder,
        tables=tuple(_table(resource, folder) for resource in raw["resources"]),
    )


def _table(raw: Mapping[str, Any], folder: Path) -> Table:
    schema = raw["schema"]
    name = raw["name"]
    return Table(
        name=name,
        title=raw.get("title", ""),
        description=raw.get("description", ""),
        path=folder / raw["path"],
        fields=tuple(_field(field) for field in schema["fields"]),
        primary_key=_names(schema.get("primaryKey", ())),
        unique_keys=tuple(_names(key) for key in schema.get("uniqueKeys", ())),
        foreign_keys=tuple(_foreign_key(key, name) for key in schema.get("foreignKeys", ())),
        licenses=tuple(one.get("name", "") for one in raw.get("licenses", ())),
        sources=tuple(one.get("title", "") for one in raw.get("sources", ())),
    )


def _field(raw: Mapping[str, Any]) -> Field:
    limits = raw.get("constraints", {})
    return Field(
        name=raw["name"],
        title=raw.get("title", ""),
        description=raw.get("description", ""),
        type=raw.get("type", "string"),
        unit=raw.get("unit", ""),
        example=cell_text(raw.get("example", "")),
        required=limits.get("required", False),
        unique=limits.get("unique", False),
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
        pattern=limits.get("pattern"),
        categories=tuple(cell_text(value) for value in raw.get("categories", ())),
        enum=tuple(cell_text(value) for value in limits.get("enum", ())),
        ordered=raw.get("categoriesOrdered", False),
        purpose=raw.get("purpose", PURPOSES[0]),
    )


def _foreign_key(raw: Mapping[str, Any], owner: str) -> ForeignKey:
    target = raw["reference"]
    return ForeignKey(
        fields=_names(raw["fields"]),
        table=target.get("resource") or owner,  # v2: no resource means the table itself
        target_fields=_names(target["fields"]),
    )


def _names(raw: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) else tuple(raw)


def cell_text(value: object) -> str:
    """Write a JSON value the way a CSV cell holds it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
