"""The codebook: what every column means, as a frame."""

import pandas as pd

from calcinosis_data._descriptor import Field, Table, descriptor
from calcinosis_data.tables import TableName


def codebook(table: TableName | None = None) -> pd.DataFrame:
    """Describe the columns of one table, or of all.

    Parameters
    ----------
    table : str, optional
        A table name. Without it, every table is described.

    Returns
    -------
    pandas.DataFrame
        One row per column: ``table``, ``column``, ``title``, ``description``, ``type``,
        ``unit``, ``example``, ``required``, ``values`` (the closed vocabulary, joined by
        semicolons, else blank), ``minimum``, ``maximum``, ``key`` (``primary key``, the
        ``table.column`` that it points to, or both), and ``purpose`` (``content``, or
        ``bookkeeping`` for how the table was made and may be used).

    Raises
    ------
    UnknownTableError
        If there is no such table; the message names the nearest one.

    Examples
    --------
    >>> from calcinosis_data import codebook
    >>> columns = codebook("labs").set_index("column")
    >>> columns.loc["analyte_id", "key"]
    'primary key; analytes.analyte_id'
    """
    package = descriptor()
    tables = package.tables if table is None else (package.table(table),)
    rows = [_row(one, field) for one in tables for field in one.fields]
    return pd.DataFrame(rows).astype(
        {"required": "boolean", "minimum": "float64", "maximum": "float64"}
    )


def _row(table: Table, field: Field) -> dict[str, object]:
    return {
        "table": table.name,
        "column": field.name,
        "title": field.title,
        "description": field.description,
        "type": field.type,
        "unit": field.unit,
        "example": field.example,
        "required": field.required or field.name in table.primary_key,
        "values": "; ".join(field.categories),
        "minimum": field.minimum,
        "maximum": field.maximum,
        "key": _key(table, field),
        "purpose": field.purpose,
    }


def _key(table: Table, field: Field) -> str:
    roles = ["primary key"] if field.name in table.primary_key else []
    for foreign in table.foreign_keys:
        for own, target in zip(foreign.fields, foreign.target_fields, strict=True):
            if own == field.name:
                roles.append(f"{foreign.table}.{target}")
    return "; ".join(roles)
