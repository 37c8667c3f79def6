"""CSV → typed frame. Everything is read as text and cast by the descriptor.

pandas alone would turn ``NA``, ``None`` and every unknown category into a silent blank;
here each of them is an error that names the place.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from calcinosis_data._descriptor import Field, Table
from calcinosis_data._relations import row_key
from calcinosis_data._text import BOOLEANS, EXPECTED, INTEGER, NUMBER, read_cells
from calcinosis_data.errors import DataContractError, did_you_mean


def read_table(table: Table) -> pd.DataFrame:
    """Read one table as a typed frame.

    Raises
    ------
    DataContractError
        If header or cells are not what the descriptor says.
    """
    header, *rows = read_cells(table.path)
    if tuple(header) != table.field_names:
        raise DataContractError(
            f"{table.path.name}: the header is {', '.join(header)}; "
            f"the descriptor says {', '.join(table.field_names)}"
        )
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    typed = {}
    for field, cells in zip(table.fields, columns, strict=True):
        try:
            typed[field.name] = cast(field, cells)
        except _BadCellError as bad:
            raise _cell_error(table, field, bad.text, columns) from None
    return pd.DataFrame(typed)


class _BadCellError(Exception):
    """A cell that its column's type does not allow."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def cast(field: Field, cells: Sequence[str]) -> Any:
    """Turn the text cells of one column into the array that the descriptor asks for."""
    if field.categories:
        return _categorical(field, cells)
    return _CASTS[field.type](cells)


def _categorical(field: Field, cells: Sequence[str]) -> pd.Categorical:
    codes = {value: code for code, value in enumerate(field.categories)} | {"": -1}
    dtype = pd.CategoricalDtype(pd.Index(field.categories, dtype="str"), ordered=field.ordered)
    try:
        return pd.Categorical.from_codes([codes[cell] for cell in cells], dtype=dtype)
    except KeyError as error:
        raise _BadCellError(error.args[0]) from None


def _string(cells: Sequence[str]) -> Any:
    return pd.array([cell or np.nan for cell in cells], dtype="str")


def _number(cells: Sequence[str]) -> Any:
    values = [float(_matching(NUMBER, cell)) if cell else np.nan for cell in cells]
    return np.array(values, dtype="float64")


def _integer(cells: Sequence[str]) -> Any:
    values = [int(_matching(INTEGER, cell)) if cell else 0 for cell in cells]
    return pd.arrays.IntegerArray(np.array(values, dtype="int64"), _blank(cells))


def _boolean(cells: Sequence[str]) -> Any:
    try:
        values = [BOOLEANS[cell] if cell else False for cell in cells]
    except KeyError as error:
        raise _BadCellError(error.args[0]) from None
    return pd.arrays.BooleanArray(np.array(values, dtype="bool"), _blank(cells))


def _blank(cells: Sequence[str]) -> Any:
    return np.array([not cell for cell in cells], dtype="bool")


def _matching(form: re.Pattern[str], cell: str) -> str:
    if not form.fullmatch(cell):
        raise _BadCellError(cell)
    return cell


_CASTS: dict[str, Callable[[Sequence[str]], Any]] = {
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
}


def _cell_error(
    table: Table, field: Field, text: str, columns: Sequence[Sequence[str]]
) -> DataContractError:
    index = columns[table.field_names.index(field.name)].index(text)
    key = row_key(columns[table.field_names.index(name)][index] for name in table.primary_key)
    place = f"table {table.name!r}, row {key!r}, column {field.name!r}"
    if field.categories:
        problem = f"{place}: {text!r} is not one of its values"
        return DataContractError(did_you_mean(problem, text, field.categories, "Values"))
    return DataContractError(f"{place}: {text!r} is not {EXPECTED[field.type]}")
