"""Where the rows come from: references, citations and what backs one row."""

from __future__ import annotations

from functools import cache
from typing import Literal

import pandas as pd

from calcinosis_data import _citation
from calcinosis_data._descriptor import Table, descriptor
from calcinosis_data._relations import key_values, row_key, row_keys
from calcinosis_data.errors import UnknownReferenceError, UnknownRowError, did_you_mean
from calcinosis_data.tables import TableName, load_table


def sources() -> pd.DataFrame:
    """List the publications behind the tables.

    Returns
    -------
    pandas.DataFrame
        The table ``references`` with one more column, ``citation``: the short form that
        `cite` gives.

    Examples
    --------
    >>> from calcinosis_data import sources
    >>> set(sources().columns) >= {"ref_id", "citation", "title", "link"}
    True
    """
    return _sources().copy(deep=True)


@cache
def _sources() -> pd.DataFrame:
    frame = load_table("references")
    frame.insert(1, "citation", frame["ref_id"].map(cite).astype("str"))
    return frame


def cite(ref_id: str, style: Literal["short", "full"] = "short") -> str:
    """Word the citation of one reference.

    Parameters
    ----------
    ref_id : str
        An id of the table ``references``.
    style : {"short", "full"}, default "short"
        ``short`` gives names and year; ``full`` gives authors, year, title, journal and the
        link, or "no identifier found" where the reference has none.

    Returns
    -------
    str
        The citation.

    Raises
    ------
    UnknownReferenceError
        If there is no such reference; the message names the nearest one.
    ValueError
        If `style` is neither ``short`` nor ``full``.

    Examples
    --------
    >>> from calcinosis_data import cite
    >>> cite("valenzuela2016")
    'Valenzuela et al. 2016'
    """
    if style not in ("short", "full"):
        raise ValueError(f"no citation style {style!r}. Styles: short, full")
    references = _references()
    if ref_id not in references:
        problem = f"no reference {ref_id!r}"
        raise UnknownReferenceError(did_you_mean(problem, ref_id, references, "References"))
    wording = _citation.short if style == "short" else _citation.full
    return wording(references[ref_id])


@cache
def _references() -> dict[str, dict[str, str]]:
    text = load_table("references").astype("object")
    records = text.where(text.notna(), "").to_dict(orient="records")
    return {
        str(record["ref_id"]): {str(name): str(value) for name, value in record.items()}
        for record in records
    }


def sources_of(table: TableName, row_id: str) -> pd.DataFrame:
    """List the references that back one row.

    Parameters
    ----------
    table : str
        The table of the row.
    row_id : str
        The row's primary key; the values of a key of several columns are joined by ``/``,
        as in ``"dystrophic-calcinosis/calcium"``. `row_ids` lists them.

    Returns
    -------
    pandas.DataFrame
        Rows of `sources`: the row's own ``ref_id`` first, then those of the table
        ``citations``. Rows of a table that has neither are backed by the row that their key
        names, if it names one row of a table with citations: an indication by its treatment.
        Empty where no source was found.

    Raises
    ------
    UnknownTableError
        If there is no such table.
    UnknownRowError
        If the table has no row with that key; the message names the nearest one.

    Examples
    --------
    >>> from calcinosis_data import sources_of
    >>> sources_of("labs", "dystrophic-calcinosis/calcium")["citation"].tolist()
    ['Reiter et al. 2011']
    """
    schema = descriptor().table(table)
    own = _own_reference(schema, table, row_id)
    cited = _cited(*(_backing_row(schema, row_id) or (table, row_id)))
    ref_ids = list(dict.fromkeys([*own, *cited]))
    return _sources().set_index("ref_id").loc[ref_ids].reset_index()


def row_ids(table: TableName) -> pd.Series[str]:
    """Write the primary key of each row as one text, as `sources_of` takes it.

    Parameters
    ----------
    table : str
        A table name.

    Returns
    -------
    pandas.Series
        One id per row, in the order and with the index of `load_table`.

    Raises
    ------
    UnknownTableError
        If there is no such table.

    Examples
    --------
    >>> from calcinosis_data import row_ids
    >>> "dystrophic-calcinosis/calcium" in set(row_ids("labs"))
    True
    """
    keys = row_keys(load_table(table), descriptor().table(table).primary_key)
    return pd.Series(keys, name="row_id", dtype="str")


def _own_reference(schema: Table, table: TableName, row_id: str) -> list[str]:
    rows = _rows_by_key(table)
    if row_id not in rows:
        problem = f"table {table!r} has no row {row_id!r}"
        key = row_key(schema.primary_key)
        raise UnknownRowError(did_you_mean(problem, row_id, rows, f"Rows ({key})"))
    if table == "references":
        return [row_id]
    if "ref_id" not in schema.field_names:
        return []
    ref_id = load_table(table)["ref_id"].iloc[rows[row_id]]
    return [] if pd.isna(ref_id) else [ref_id]


def _cited(table: str, row_id: str) -> list[str]:
    citations = load_table("citations")
    of_row = (citations["table"] == table) & (citations["row_id"] == row_id)
    return list(citations.loc[of_row, "ref_id"])


def _backing_row(schema: Table, row_id: str) -> tuple[str, str] | None:
    """Find the one row with citations that a key names, for a table without sources."""
    cited = set(load_table("citations")["table"])
    if "ref_id" in schema.field_names or schema.name in cited:
        return None
    in_key = dict(zip(schema.primary_key, key_values(row_id), strict=True))
    parents = [
        (key.table, row_key(in_key[name] for name in key.fields))
        for key in schema.foreign_keys
        if key.table in cited and set(key.fields) <= set(in_key)
    ]
    return parents[0] if len(parents) == 1 else None


@cache
def _rows_by_key(table: TableName) -> dict[str, int]:
    return {key: row for row, key in enumerate(row_ids(table))}
