"""The reader keeps text as it is and refuses what it cannot cast."""

import csv
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcinosis_data import DataContractError
from calcinosis_data._descriptor import Field, Table, read_descriptor
from calcinosis_data._reader import read_table
from calcinosis_data._text import read_cells
from calcinosis_data.contract._format import canonical

PATIENT = settings(deadline=None)  # a busy machine is no fault of the reader

FIELD = Field(
    name="value",
    title="",
    description="",
    type="string",
    unit="none",
    example="",
    required=False,
    unique=False,
    minimum=None,
    maximum=None,
    pattern=None,
    categories=(),
    enum=(),
    ordered=False,
)
KEY = replace(FIELD, name="key")
# Anything that UTF-8 can hold; the byte order mark is a matter of the file's first bytes.
WORDS_FOR_MISSING = st.sampled_from(["NA", "N/A", "None", "none", "null", "NaN", "nan", "<NA>"])
TEXT = WORDS_FOR_MISSING | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), max_size=12
)
NUMBER_LIKE = st.one_of(
    TEXT,
    st.text("0123456789.-+_eE, ٣", max_size=8),
    st.sampled_from(["NA", "None", "null", "nan", "inf", "TRUE", "1_000", " 7", "7 ", "1e3"]),
    st.integers(-(10**20), 10**20).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(str),
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("reader")


def table_of(folder, field, cells):
    path = folder / "odd.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [["key", "value"], *([f"row-{n}", cell] for n, cell in enumerate(cells))]
        csv.writer(file).writerows(rows)
    return Table(
        name="odd",
        title="",
        description="",
        path=path,
        fields=(KEY, field),
        primary_key=("key",),
        unique_keys=(),
        foreign_keys=(),
        licenses=(),
        sources=(),
    )


@PATIENT
@given(cells=st.lists(TEXT, max_size=6))
def test_text_is_kept_and_only_blanks_are_missing(folder, cells):
    read = read_table(table_of(folder, FIELD, cells))["value"]
    assert [None if pd.isna(value) else value for value in read] == [cell or None for cell in cells]


@pytest.mark.parametrize("kind", ["integer", "number", "boolean"])
@PATIENT
@given(cell=NUMBER_LIKE.filter(bool))
def test_a_cell_is_cast_or_refused_never_lost(folder, kind, cell):
    table = table_of(folder, replace(FIELD, type=kind), [cell])
    try:
        value = read_table(table)["value"][0]
    except DataContractError:
        return
    assert not pd.isna(value)
    assert cell == cell.strip()
    assert float(value) == float({"true": 1, "false": 0}.get(cell, cell))


@PATIENT
@given(cell=TEXT.filter(bool))
def test_an_unknown_category_is_refused_never_lost(folder, cell):
    field = replace(FIELD, categories=("low", "normal", "high"))
    table = table_of(folder, field, [cell])
    if cell in field.categories:
        assert read_table(table)["value"][0] == cell
    else:
        with pytest.raises(DataContractError, match="Values: low, normal, high"):
            read_table(table)


@PATIENT
@given(cells=st.lists(st.tuples(TEXT, TEXT), max_size=5))
def test_the_agreed_form_is_read_back_and_is_stable(folder, cells):
    path = folder / "form.csv"
    path.write_bytes(canonical(["a", "b"], cells))
    header, *rows = read_cells(path)
    unix = [tuple(cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row) for row in cells]
    assert [tuple(row) for row in rows] == unix
    assert canonical(header, rows) == path.read_bytes()


def test_an_empty_table_has_types(folder):
    frame = read_table(table_of(folder, replace(FIELD, type="integer"), []))
    assert frame.dtypes.astype("str").to_dict() == {"key": "str", "value": "Int64"}


def test_order_is_declared_not_guessed(folder):
    field = replace(FIELD, categories=("low", "high"), ordered=True)
    values = read_table(table_of(folder, field, ["high", "low", ""]))["value"]
    assert values.min() == "low"
    assert values.cat.ordered


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("direction", "hihg", "'hihg' is not one of its values. Did you mean 'high'? Values: low"),
        ("direction", "NA", "'NA' is not one of its values"),
        ("sourced", "yes", "'yes' is not true or false"),
    ],
)
def test_a_bad_cell_names_table_row_and_column(package_copy, column, cell, words):
    row = package_copy.change("labs", **{column: cell})
    place = f"table 'labs', row '{row['condition_id']}/{row['analyte_id']}', column '{column}': "
    table = read_descriptor(package_copy.folder).table("labs")
    with pytest.raises(DataContractError) as caught:
        read_table(table)
    assert str(caught.value).startswith(place + words)


def test_a_bad_number_says_what_is_expected(package_copy):
    package_copy.change("prevalence", n_total="5,218")
    table = read_descriptor(package_copy.folder).table("prevalence")
    with pytest.raises(DataContractError, match="'5,218' is not a whole number such as 12"):
        read_table(table)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"key,value\r\nrow-0\r\n", "data row 1: 1 cells, the header has 2"),
        (b"key,value\nrow-0,\xe9\n", "is not UTF-8 text"),
        (b'key,value\nrow-0,"a"b\n', "is not valid CSV"),
        (b"", "the header row is missing"),
        (b"\xef\xbb\xbfkey,value\n", "the descriptor says key, value"),
        (b"value,key\n", "the descriptor says key, value"),
    ],
)
def test_a_damaged_file_says_how(folder, raw, words):
    table = table_of(folder, FIELD, [])
    table.path.write_bytes(raw)
    with pytest.raises(DataContractError, match=words):
        read_table(table)


def test_a_missing_file_is_named(folder):
    table = replace(table_of(folder, FIELD, []), path=folder / "gone.csv")
    with pytest.raises(DataContractError, match=r"gone\.csv is missing in"):
        read_table(table)
