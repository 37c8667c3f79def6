"""The one agreed form of a CSV file, and the command that repairs it."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from calcinosis_data._descriptor import Table, read_descriptor
from calcinosis_data._text import read_cells
from calcinosis_data.errors import DataContractError

FIX_COMMAND = "python -m calcinosis_data.contract --fix"
_BYTE_ORDER_MARK = "\ufeff"


def canonical(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write header and rows as bytes in the agreed form."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_clean(header))
    writer.writerows(_clean(row) for row in rows)
    return text.getvalue().encode("utf-8")


def _clean(cells: Sequence[str]) -> list[str]:
    return [
        cell.replace("\r\n", "\n").replace("\r", "\n").removeprefix(_BYTE_ORDER_MARK)
        for cell in cells
    ]


def sorted_rows(rows: Iterable[Sequence[str]], key_positions: Iterable[int]) -> list[Sequence[str]]:
    """Sort rows by the cells of their key, as text."""
    positions = list(key_positions)
    return sorted(rows, key=lambda row: [row[position] for position in positions])


def fix_package(folder: Path) -> list[str]:
    """Rewrite every CSV file of a package in the agreed form; meaning is never touched.

    Parameters
    ----------
    folder : pathlib.Path
        The folder that holds datapackage.json.

    Returns
    -------
    list of str
        Names of the files that were changed. A file that cannot be read is left alone.
    """
    return [table.path.name for table in read_descriptor(folder).tables if _fix(table)]


def _fix(table: Table) -> bool:
    try:
        header, *rows = (_clean(row) for row in read_cells(table.path))
    except DataContractError:
        return False
    if sorted(header) == sorted(table.field_names):
        order = [header.index(name) for name in table.field_names]
        header, *rows = ([row[position] for position in order] for row in (header, *rows))
    keys = [header.index(name) for name in table.primary_key if name in header]
    wanted = canonical(header, sorted_rows(rows, keys))
    if changed := wanted != table.path.read_bytes():
        table.path.write_bytes(wanted)
    return changed
