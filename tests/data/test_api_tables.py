"""Tables arrive typed, complete and fresh; the codebook describes them."""

import numpy as np
import pandas as pd
import pytest

from calcinosis_data import (
    UnknownColumnError,
    UnknownTableError,
    codebook,
    list_tables,
    load_table,
)
from calcinosis_data._descriptor import descriptor
from calcinosis_data._text import read_cells

TABLES = descriptor().table_names
DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}


@pytest.mark.parametrize("name", TABLES)
def test_columns_have_the_types_of_the_descriptor(name):
    frame = load_table(name)
    schema = descriptor().table(name)
    assert tuple(frame.columns) == schema.field_names
    for field in schema.fields:
        dtype = frame[field.name].dtype
        if field.categories:
            assert tuple(dtype.categories) == field.categories
            assert dtype.ordered is field.ordered
        else:
            assert dtype == DTYPES[field.type]


@pytest.mark.parametrize("name", TABLES)
def test_blank_cells_and_only_they_are_missing(name):
    _, *rows = read_cells(descriptor().table(name).path)
    blank = np.array([[cell == "" for cell in row] for row in rows])
    np.testing.assert_array_equal(load_table(name).isna().to_numpy(), blank)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_rows_and_a_key(name):
    frame = load_table(name)
    key = list(descriptor().table(name).primary_key)
    assert len(frame) > 0
    assert not frame[key].isna().any(axis=None)
    assert not frame.duplicated(key).any()


def in_place(frame):
    frame.loc[0, "name"] = "changed"


def through_array(frame):
    frame["name"].array[0] = "changed"


def through_numpy(frame):
    frame["name"].to_numpy()[0] = "changed"


def through_codes(frame):
    frame["category"].array[:] = frame["category"].array[0]


def through_mask(frame):
    frame["in_source"].array[:] = pd.NA


def by_column_names(frame):
    frame.columns = [name.upper() for name in frame.columns]


def by_index_name(frame):
    frame.index.name = "changed"


def by_attributes(frame):
    frame.attrs["changed"] = True


def by_new_column(frame):
    frame["changed"] = 1


@pytest.mark.parametrize(
    "change",
    [
        in_place,
        through_array,
        through_numpy,
        through_codes,
        through_mask,
        by_column_names,
        by_index_name,
        by_attributes,
        by_new_column,
    ],
)
def test_changing_a_frame_never_changes_the_next(change):
    before = load_table("types").copy(deep=True)
    change(load_table("types"))
    after = load_table("types")
    pd.testing.assert_frame_equal(after, before)
    assert after.index.name is None
    assert after.attrs == {}


def test_an_unknown_table_names_the_nearest_and_all():
    with pytest.raises(UnknownTableError) as caught:
        load_table("cause")
    words = str(caught.value)
    assert words.startswith("no table 'cause'. Did you mean 'causes'? Tables: ")
    assert all(name in words for name in TABLES)


@pytest.mark.parametrize("name", ["", "Types ", None, 3])
def test_odd_names_are_unknown_tables(name):
    with pytest.raises(UnknownTableError):
        load_table(name)


def test_an_unknown_column_names_the_nearest():
    with pytest.raises(
        UnknownColumnError, match=r"no column 'direktion'. Did you mean 'direction'"
    ):
        descriptor().table("labs").field("direktion")


def test_list_tables_counts_rows_and_columns():
    tables = list_tables().set_index("name")
    assert tuple(tables.index) == TABLES
    assert tables.loc["labs", "rows"] == len(load_table("labs"))
    assert tables.loc["labs", "columns"] == load_table("labs").shape[1]
    assert tables.loc["labs", "primary_key"] == "condition_id, analyte_id"
    assert tables["title"].str.len().gt(0).all()


def test_the_codebook_describes_every_column_of_every_table():
    book = codebook()
    described = list(zip(book["table"], book["column"], strict=True))
    assert described == [
        (table.name, field.name) for table in descriptor().tables for field in table.fields
    ]
    assert book[["title", "description", "unit", "example"]].ne("").all(axis=None)


def test_the_codebook_of_one_table_shows_vocabulary_and_keys():
    book = codebook("labs").set_index("column")
    assert set(book["table"]) == {"labs"}
    assert "low-normal" in book.loc["direction", "values"].split("; ")
    assert book.loc["condition_id", "key"] == "primary key; conditions.condition_id"
    assert book.loc["condition_id", "required"]


def test_the_codebook_tells_content_from_bookkeeping():
    purpose = codebook("prevalence").set_index("column")["purpose"]
    assert set(purpose) == {"content", "bookkeeping"}
    assert set(purpose[["chart", "overlap_group", "overlap_role"]]) == {"bookkeeping"}
    assert set(purpose[["condition_id", "percent", "n_total", "ref_id"]]) == {"content"}


def test_the_codebook_of_an_unknown_table_names_the_nearest():
    with pytest.raises(UnknownTableError, match="Did you mean 'labs'"):
        codebook("lab")
