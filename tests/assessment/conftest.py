"""A small bank and small tables of our own, so that these tests do not move with the content."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from calcinosis_data.course.assessment.answer_book import Book
from calcinosis_data.course.assessment.item_bank import Bank, Item
from calcinosis_data.course.assessment.keys import Link, Tables

ITEM = {
    "version": 1,
    "lesson_id": "types",
    "objective_id": "types-interpret",
    "block": "block-1",
    "kind": "one-best-answer",
    "bloom_level": "apply",
    "track": "clinical",
    "option_table": "types",
    "review_status": "Not yet reviewed by a clinician",
}
TYPES = ("dystrophic", "metastatic", "idiopathic")


def make_bank() -> Bank:
    """Three questions: a row, "cannot tell" by several rows, a row by the option table itself."""
    rows = [
        ("pair-high-phosphate", 1, "Which type fits?", "query-selects-key"),
        ("pair-normal", 2, "Which type is it?", "query-selects-several"),
        ("not-in-source", 3, "Which type is new?", "query-selects-key"),
    ]
    items = pd.DataFrame(
        [
            ITEM
            | {"item_id": item_id, "position": position, "lead_in": lead_in, "key_rule": rule}
            | {"stem": f"A patient for {item_id}.", "take_away": f"Keep {item_id}."}
            for item_id, position, lead_in, rule in rows
        ]
    )
    keys = {"pair-high-phosphate": "metastatic", "pair-normal": None, "not-in-source": "idiopathic"}
    options = pd.DataFrame(
        [
            {
                "item_id": item_id,
                "option_id": option_id,
                "text": (row_id or "Cannot tell").capitalize(),
                "row_id": row_id,
                "special": None if row_id else "cannot-tell",
                "is_key": row_id == key,
                "rationale": f"Why {row_id or 'cannot tell'} for {item_id}.",
                "misconception": None,
            }
            for item_id, key in keys.items()
            for option_id, row_id in zip("abcd", (*TYPES, None), strict=True)
            if row_id or item_id == "pair-normal"
        ]
    )
    return Bank.from_frames(items, options, make_conditions())


def make_conditions() -> pd.DataFrame:
    parts = [
        ("pair-high-phosphate", 1, 1, "labs", "analyte_id", "eq", "phosphate"),
        ("pair-high-phosphate", 1, 2, "labs", "direction", "eq", "high"),
        ("pair-normal", 1, 1, "labs", "analyte_id", "eq", "phosphate"),
        ("pair-normal", 1, 2, "labs", "direction", "eq", "normal"),
        ("not-in-source", 1, 1, "types", "in_source", "eq", "false"),
    ]
    columns = ["item_id", "clause", "part", "table", "column", "operator", "value"]
    return pd.DataFrame(parts, columns=columns)


def make_frames() -> dict[str, pd.DataFrame]:
    directions = pd.CategoricalDtype(["low", "normal", "high"], ordered=True)
    return {
        "types": pd.DataFrame(
            {
                "type_id": TYPES,
                "name": [name.capitalize() for name in TYPES],
                "in_source": pd.array([True, True, False], dtype="boolean"),
                "patients": pd.array([5, None, 7], dtype="Int64"),
                "tissue": pd.array(["damaged", None, "normal"], dtype="str"),
                "percent": [1.5, None, 2.5],
            }
        ),
        "conditions": pd.DataFrame(
            {
                "condition_id": [f"{name}-calcinosis" for name in TYPES] + ["other"],
                "name": [f"{name.capitalize()} calcinosis" for name in TYPES] + ["Other"],
                "type_id": [*TYPES, None],
            }
        ),
        "analytes": pd.DataFrame(
            {"analyte_id": ["calcium", "phosphate"], "name": ["Calcium", "Phosphate"]}
        ),
        "labs": pd.DataFrame(
            {
                "condition_id": [f"{name}-calcinosis" for name in TYPES] * 2 + ["other"],
                "analyte_id": ["phosphate"] * 3 + ["calcium"] * 3 + ["phosphate"],
                "direction": pd.Categorical(
                    ["normal", "high", "normal", "normal", "high", "normal", "high"],
                    dtype=directions,
                ),
            }
        ),
    }


def make_tables(frames: dict[str, pd.DataFrame]) -> Tables:
    links = (
        Link("labs", "condition_id", "conditions", "condition_id"),
        Link("labs", "analyte_id", "analytes", "analyte_id"),
        Link("conditions", "type_id", "types", "type_id"),
    )
    keys = {name: (f"{name[:-1]}_id",) for name in ("types", "conditions", "analytes")}
    keys["labs"] = ("condition_id", "analyte_id")
    return Tables(lambda name: frames[name].copy(), links, keys)


@pytest.fixture
def small_bank() -> Bank:
    return make_bank()


@pytest.fixture
def high_phosphate(small_bank: Bank) -> Item:
    return small_bank.item("pair-high-phosphate")


@pytest.fixture
def frames() -> dict[str, pd.DataFrame]:
    return make_frames()


@pytest.fixture
def tables(frames: dict[str, pd.DataFrame]) -> Tables:
    """Tables over `frames`: a test that changes a frame changes what a query sees."""
    return make_tables(frames)


@pytest.fixture
def changed(high_phosphate: Item) -> Callable[..., Item]:
    """Copies of an item with some fields changed."""
    return lambda **fields: replace(high_phosphate, **fields)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An answers folder of this test alone, without a hub."""
    monkeypatch.setenv("CALCINOSIS_HOME", str(tmp_path))
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    return tmp_path / "my-answers"


@pytest.fixture
def own_book(folder: Path) -> Book:
    return Book(folder)
