"""The article's entries and the rows they became, as text, beside what the evidence says."""

from functools import cache
from pathlib import Path

import pandas as pd
from evidence_io import EVIDENCE, HERE, MAPPINGS

from calcinosis_data._descriptor import DATA_FOLDER

Row = dict[str, str]

ENTITY_KEYS = {
    "types": "type_id",
    "causes": "cause_id",
    "symptoms": "symptom_id",
    "diagnostic_tests": "test_id",
    "treatments": "treatment_id",
}


@cache
def rows(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    return pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")


def table(name: str) -> list[Row]:
    """The rows of a table of the package."""
    return rows(DATA_FOLDER / f"{name}.csv")


def evidence(name: str) -> list[Row]:
    """The rows of a file of the evidence."""
    return rows(EVIDENCE / f"{name}.csv")


def edits() -> list[Row]:
    """Evidence cells of which a remark on the article's own text moved to source_items."""
    return rows(HERE / "article_edits.csv")


def entity(name: str) -> dict[str, Row]:
    """The rows of an entity table by their key."""
    return {row[ENTITY_KEYS[name]]: row for row in table(name)}


def items() -> dict[str, Row]:
    """The article's entries by their id."""
    return {row["item_id"]: row for row in table("source_items")}


def homes() -> dict[str, Row]:
    """Evidence item: the table and row it became (omitted and extra ones included)."""
    return {row["item_id"]: row for row in rows(MAPPINGS / "items.csv")}
