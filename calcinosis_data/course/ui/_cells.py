"""Table cells in words, and which columns are numbers."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

NOT_STATED: Final = "not stated"
"""Word for a missing value in every table, filter and sentence of the course."""


def column_heads(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Name of each column and whether its cells are numbers.

    >>> column_heads(pd.DataFrame({"Site": ["hand"], "Patients": [3]}))
    [{'name': 'Site', 'number': False}, {'name': 'Patients', 'number': True}]
    """
    return [{"name": str(name), "number": _is_number(table[name])} for name in table.columns]


def cell_rows(table: pd.DataFrame) -> list[list[str]]:
    """Each cell as the text a reader sees.

    >>> cell_rows(pd.DataFrame({"Site": ["hand", None], "Percent": [12.50, None]}))
    [['hand', '12.5'], ['not stated', 'not stated']]
    """
    columns = [[_text(value) for value in table[name]] for name in table.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _is_number(column: pd.Series[Any]) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _text(value: Any) -> str:
    if pd.isna(value):
        return NOT_STATED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)
