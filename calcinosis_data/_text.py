"""CSV files as text: what a reader and a checker of them share, without pandas."""

import csv
import re
from pathlib import Path

from calcinosis_data.errors import DataContractError

# Plain ASCII figures only: int() and float() also take "1_000", " 7" and "inf".
INTEGER = re.compile(r"-?[0-9]{1,18}")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
BOOLEANS = {"true": True, "false": False}

FORMS = {"integer": INTEGER, "number": NUMBER, "boolean": re.compile("|".join(BOOLEANS))}
EXPECTED = {
    "integer": "a whole number such as 12",
    "number": "a number such as 12.5",
    "boolean": "true or false",
}


def as_number(cell: str) -> float | None:
    """Read a cell as a number; None if it is blank or not a number.

    Examples
    --------
    >>> as_number("38.0"), as_number("1e3")
    (38.0, None)
    """
    return float(cell) if NUMBER.fullmatch(cell) else None


def read_cells(path: Path) -> list[list[str]]:
    """Read a CSV file as text, header row first.

    Raises
    ------
    DataContractError
        If the file is missing, is not UTF-8, has broken quotes, or a row has more or fewer
        cells than the header.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except FileNotFoundError:
        problem = f"{path.name} is missing in {path.parent}"
        remedy = "Put the file back, or install calcinosis-data again."
        raise DataContractError(f"{problem}. {remedy}") from None
    except UnicodeDecodeError as error:
        problem = f"{path.name} is not UTF-8 text: {error}"
        raise DataContractError(f"{problem}. Save it as UTF-8.") from error
    except csv.Error as error:
        raise DataContractError(f"{path.name} is not valid CSV: {error}") from error
    if not rows:
        raise DataContractError(f"{path.name} is empty: the header row is missing")
    _refuse_ragged_rows(path, rows)
    return rows


def _refuse_ragged_rows(path: Path, rows: list[list[str]]) -> None:
    width = len(rows[0])
    for number, row in enumerate(rows[1:], start=1):
        if len(row) != width:
            problem = f"{path.name}, data row {number}: {len(row)} cells, the header has {width}"
            raise DataContractError(f"{problem}. Put text that holds a comma in double quotes.")
