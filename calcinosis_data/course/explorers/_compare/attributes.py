"""Two rows of one table side by side: pure steps from a table to a frame of attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._opened import Opened, choosable, open_table, row_names
from calcinosis_data.course.explorers.filters import fold

MOST_ROWS: Final = 120
"""A list of more rows than this is no longer a choice."""

FEWEST_SET_APART: Final = 2
"""Rows are compared where at least so many attributes fall into groups."""

SAME: Final = "same"
DIFFERENT: Final = "different"
WORDED: Final = "read both"
ONE_ONLY: Final = "one only"
"""Short, so that the verdict stands on the page beside two columns of words."""

FIXED, TEXT = "fixed", "text"

# Each of these says little, or misleads, without the others.
_TOGETHER: Final = {"treatments": ("evidence_level", "direction", "target")}


@dataclass(frozen=True)
class Pair:
    """The two rows that are compared.

    Parameters
    ----------
    opened : Opened
        Their table.
    ids : tuple of str
        Their ids, the first row first; they may be the same.
    """

    opened: Opened
    ids: tuple[str, str]

    @property
    def names(self) -> tuple[str, str]:
        """What the rows are called."""
        names = row_names(self.opened.name)
        return str(names[self.ids[0]]), str(names[self.ids[1]])

    @property
    def twice(self) -> bool:
        """Whether both are the same row."""
        return self.ids[0] == self.ids[1]


@cache
def comparable_tables() -> tuple[str, ...]:
    """List the tables whose rows can be compared, the shortest first.

    Their rows have names, are few enough to choose from, and are set apart by several
    attributes that are not bookkeeping.

    Examples
    --------
    >>> {"causes", "treatments"} <= set(comparable_tables())
    True
    >>> "references" in comparable_tables() or "labs" in comparable_tables()
    False
    """
    tables = data.list_tables()
    few = tables[tables["rows"].between(2, MOST_ROWS)].sort_values("rows", kind="stable")["name"]
    return tuple(name for name in few if not row_names(name).empty and _set_apart(name))


def _set_apart(name: str) -> bool:
    opened = open_table(name)
    return len(set(choosable(opened)) - opened.bookkeeping) >= FEWEST_SET_APART


def row_choices(table: str) -> list[tuple[str, str]]:
    """List the rows of a table as pairs of name and id, in the order of the names.

    Examples
    --------
    >>> row_choices("types")[0]
    ('Calciphylaxis', 'calciphylaxis')
    """
    pairs = [(str(name), str(row)) for row, name in row_names(table).items()]
    return sorted(pairs, key=lambda pair: fold(pair[0]))


def compare_rows(pair: Pair) -> pd.DataFrame:
    """Set the attributes of two rows side by side.

    Parameters
    ----------
    pair : Pair
        The rows.

    Returns
    -------
    pandas.DataFrame
        One row per attribute that is stated for at least one of them: `column`, `attribute`
        (its title), `first` and `second` (in words, missing where not stated), `kind`
        ("fixed" for a value of a list, a yes or no, a number or a link; "text" for words of
        the row's own) and `verdict`.

    Examples
    --------
    >>> scans = Pair(open_table("diagnostic_tests"), ("ct", "mri"))
    >>> compare_rows(scans).set_index("column")["verdict"]["invasive"]
    'same'
    """
    opened = pair.opened
    words = opened.words.set_index(opened.rows[opened.key[0]])
    first, second = (words.loc[row].astype("object") for row in pair.ids)
    columns = [
        one for one in attributes(opened) if not (pd.isna(first[one]) and pd.isna(second[one]))
    ]
    frame = pd.DataFrame(
        {
            "column": columns,
            "attribute": [opened.titles[one] for one in columns],
            "first": first[columns].to_numpy(),
            "second": second[columns].to_numpy(),
            "kind": [FIXED if _is_fixed(opened, one) else TEXT for one in columns],
        }
    )
    return frame.assign(verdict=[_verdict(row) for row in frame.to_dict("records")])


def attributes(opened: Opened) -> list[str]:
    """List the columns that say something of a row: not its name, its id or bookkeeping.

    Examples
    --------
    >>> attributes(open_table("analytes"))
    ['short_name', 'description']
    """
    naming = opened.shown[0]
    apart = {naming, *opened.key, *opened.bookkeeping}
    return [column for column in opened.shown if column not in apart]


def _is_fixed(opened: Opened, column: str) -> bool:
    dtype = opened.rows[column].dtype
    return column in opened.links or not isinstance(dtype, pd.StringDtype)


def _verdict(row: dict[Any, Any]) -> str:
    if pd.isna(row["first"]) or pd.isna(row["second"]):
        return ONE_ONLY
    if row["first"] == row["second"]:
        return SAME
    return DIFFERENT if row["kind"] == FIXED else WORDED


def only_differing(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Leave out what is the same for both rows.

    Attributes that must be read together stay together: all of them, if one differs.

    Parameters
    ----------
    frame : pandas.DataFrame
        What `compare_rows` gives.
    table : str
        The table compared.

    Returns
    -------
    pandas.DataFrame
        The attributes that are not the same.

    Examples
    --------
    >>> frame = pd.DataFrame({"column": ["direction", "target", "route"]})
    >>> frame["verdict"] = ["different", "same", "same"]
    >>> only_differing(frame, "treatments")["column"].tolist()
    ['direction', 'target']
    """
    differs = frame["verdict"].ne(SAME)
    together = frame["column"].isin(_TOGETHER.get(table, ()))
    return frame[differs | (together & bool((differs & together).any()))]


def not_stated(pair: Pair, frame: pd.DataFrame) -> list[str]:
    """Titles of the attributes that are stated for neither row.

    Parameters
    ----------
    pair : Pair
        The rows.
    frame : pandas.DataFrame
        What `compare_rows` gives for them.

    Returns
    -------
    list of str
        Titles, in the order of the table.

    Examples
    --------
    >>> causes = Pair(open_table("causes"), ("myeloma", "sarcoidosis"))
    >>> not_stated(causes, compare_rows(causes))
    ['Genes', 'Inheritance', 'Age at onset']
    """
    stated = set(frame["column"])
    titles = pair.opened.titles
    return [titles[one] for one in attributes(pair.opened) if one not in stated]


@cache
def has_sources(table: str) -> bool:
    """Whether the rows of a table have sources of their own.

    Examples
    --------
    >>> has_sources("causes"), has_sources("conditions")
    (True, False)
    """
    return bool(data.load_table("citations")["table"].eq(table).any())


def refs_of(pair: Pair, row: str) -> tuple[str, ...]:
    """List the references behind a row of the pair's table.

    Examples
    --------
    >>> refs_of(Pair(open_table("diagnostic_tests"), ("ct", "mri")), "ct")
    ('cervantes2023',)
    """
    return _refs(pair.opened.name, row)


@cache
def _refs(table: str, row: str) -> tuple[str, ...]:
    return tuple(data.sources_of(cast(Any, table), row)["ref_id"])


def source_line(pair: Pair) -> pd.DataFrame:
    """Set the sources of two rows side by side.

    Parameters
    ----------
    pair : Pair
        The rows.

    Returns
    -------
    pandas.DataFrame
        One row as in `compare_rows`; none where the rows of the table have no sources.

    Examples
    --------
    >>> line = source_line(Pair(open_table("diagnostic_tests"), ("ct", "x-ray"))).iloc[0]
    >>> line["attribute"], line["verdict"]
    ('Sources', 'none shared')
    """
    if not has_sources(pair.opened.name):
        return pd.DataFrame(columns=["attribute", "first", "second", "verdict"])
    first, second = (refs_of(pair, row) for row in pair.ids)
    line = {"attribute": "Sources", "first": _cited(first), "second": _cited(second)}
    return pd.DataFrame([line | {"verdict": _shared(first, second)}])


def _cited(refs: Sequence[str]) -> str:
    return "; ".join(data.cite(ref) for ref in refs) or "no source found"


def _shared(first: Sequence[str], second: Sequence[str]) -> str:
    if set(first) == set(second):
        return SAME if first else "none found"
    common = len(set(first) & set(second))
    return f"{common} shared" if common else "none shared"
