"""A teacher's own bank: three CSV files in the form of the course's, checked before use."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from calcinosis_data._descriptor import Package, Table, descriptor
from calcinosis_data._reader import read_table
from calcinosis_data.contract import Finding
from calcinosis_data.contract._cells import CELL_RULES
from calcinosis_data.contract._files import UnreadableFile, WrongHeader
from calcinosis_data.contract._keys import KEY_RULES
from calcinosis_data.contract._model import PackageText
from calcinosis_data.contract._model import _read as read_text
from calcinosis_data.course.assessment.item_bank import Bank
from calcinosis_data.errors import CalcinosisError, did_you_mean

BANK_TABLES = ("items", "item_options", "item_conditions")
_RULES = (UnreadableFile, WrongHeader, *CELL_RULES, *KEY_RULES)
_MOST = 5  # faults told at once: a wrong column makes one for each row


class BankError(CalcinosisError, ValueError):
    """A folder of questions cannot be read, or its questions have errors."""


def load_bank(path: str | Path, *, check: bool = True) -> Bank:
    """Read a bank of your own.

    Parameters
    ----------
    path : str or pathlib.Path
        A folder with ``items.csv``, ``item_options.csv`` and ``item_conditions.csv`` in the
        form of the course's own. Questions serve objectives of the course, and their options
        are rows of its tables.
    check : bool, optional
        Whether errors in the questions are refused too. Without it only the form of the files
        is checked, so that the lint can tell the rest.

    Returns
    -------
    Bank
        The questions in the order of lesson, block and position.

    Raises
    ------
    BankError
        If a file is missing or a cell is not what its column holds, or if a question has an
        error; the message names the places and says what to do.

    Examples
    --------
    >>> from calcinosis_data._descriptor import DATA_FOLDER
    >>> from calcinosis_data.course.assessment import bank
    >>> load_bank(DATA_FOLDER, check=False) == bank()
    True
    """
    folder = Path(path)
    _refuse_other_folder(folder)
    package = _with_own_files(folder)
    faults = [breach.message for breach in _breaches(package)]
    _refuse(folder, faults, "the files have", "Mend them, and load the folder again.")
    bank = Bank.from_frames(*(read_table(package.table(name)) for name in BANK_TABLES))
    if check:
        explained = f"Mend them: calcinosis lint {str(folder)!r} explains the rules."
        _refuse(folder, _errors(bank), "the questions have", explained)
    return bank


def _refuse_other_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise BankError(f"there is no folder {str(folder)!r}. Name the folder with items.csv.")
    for name in BANK_TABLES:
        if not (folder / f"{name}.csv").is_file():
            found = sorted(one.name for one in folder.glob("*.csv"))
            problem = f"{name}.csv is missing in {str(folder)!r}"
            raise BankError(did_you_mean(problem, f"{name}.csv", found, "CSV files there"))
        if fault := _spreadsheet_habit((folder / f"{name}.csv").read_bytes()[:1000]):
            raise BankError(f"{name}.csv in {str(folder)!r} {fault}")


def _spreadsheet_habit(start: bytes) -> str:
    """What some spreadsheets write instead of plain CSV; blank if it is plain."""
    if start.startswith(BOM_UTF8):
        return "begins with a hidden mark (BOM). Save it as UTF-8 without a mark."
    if start.split(b"\n")[0].count(b";") > start.split(b"\n")[0].count(b","):
        return "has semicolons between the cells. Save it with commas."
    return ""


def _with_own_files(folder: Path) -> Package:
    """The package of the course with the three tables of the folder in place of its own."""
    package = descriptor()
    return replace(package, tables=tuple(_own(table, folder) for table in package.tables))


def _own(table: Table, folder: Path) -> Table:
    return replace(table, path=folder / f"{table.name}.csv") if table.name in BANK_TABLES else table


def _breaches(package: Package) -> Iterator[Finding]:
    """What the contract finds in the three tables; columns before cells, and cells before keys."""
    text = PackageText(package, tuple(read_text(table) for table in package.tables))
    for rule in _RULES:
        yield from (found for found in rule().check(text) if found.table in BANK_TABLES)


def _errors(bank: Bank) -> list[str]:
    from calcinosis_data.course.assessment.lint import lint

    found = lint(bank, targets=None)
    errors = found[found["level"] == "E"]
    places = zip(errors["item_id"], errors["rule"], errors["message"], strict=True)
    return [f"{item_id} ({rule}): {message}" for item_id, rule, message in places]


def _refuse(folder: Path, faults: Sequence[str], who: str, what_next: str) -> None:
    if faults:
        count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
        listed = "".join(f"\n  {fault}" for fault in faults[:_MOST])
        more = f"\n  and {len(faults) - _MOST} more" if len(faults) > _MOST else ""
        raise BankError(f"{str(folder)!r}: {who} {count}.{listed}{more}\n{what_next}")
