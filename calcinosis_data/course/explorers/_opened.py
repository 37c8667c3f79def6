"""A table as an explorer shows it: titles in words, ids turned to names, columns to choose by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._titles import column_titles, with_titles
from calcinosis_data.course.explorers.filters import cite_in_brackets, names_for, text_of_rows
from calcinosis_data.course.ui import NOT_STATED

LONGEST_CHOICE = 25
"""More values than this are found faster by typing than by scrolling."""

# A row is called by the first of these columns that its table has.
_NAMING = ("name", "title", "term", "label")

# Categories that are not the words of their id.
_SAID = {
    "ct": "CT",
    "doi": "DOI",
    "high-normal": "high or normal",
    "low-normal": "low or normal",
    "metabolic-toxic": "metabolic or toxic",
    "mri": "MRI",
    "pmc": "PubMed Central",
    "pubmed": "PubMed",
    "rct": "randomised controlled trial",
}
_JOINT = re.compile(r"(?<=[a-z])[-_](?=[a-z0-9])")  # not those of ICD-10-CM

LONG_CELLS = 36
"""Texts longer than this on average do not fit into one line of a column on the page."""


@dataclass(frozen=True)
class Opened:
    """One table, loaded and put into words. Frames share one index and the same columns.

    Parameters
    ----------
    name : str
        Name of the table.
    title, description : str
        What the descriptor calls it, and what a row is, told with titles and not names.
    rows : pandas.DataFrame
        The table as `load_table` gives it.
    words : pandas.DataFrame
        The same rows for reading: names and citations for ids, yes and no for booleans.
    texts : pandas.Series
        Text of each row for searching, ids and names both.
    titles : mapping of str to str
        Title of each column, no two alike.
    key : tuple of str
        Columns of the primary key.
    links : mapping of str to str
        Column that points to another table, and which.
    bookkeeping : frozenset of str
        Columns that say how the table was made and may be used.
    """

    name: str
    title: str
    description: str
    rows: pd.DataFrame
    words: pd.DataFrame
    texts: pd.Series[str]
    titles: Mapping[str, str]
    key: tuple[str, ...]
    links: Mapping[str, str]
    bookkeeping: frozenset[str]

    @property
    def noun(self) -> str:
        """What to call several rows in a sentence."""
        spoken, title = self.name.replace("_", " "), self.title.casefold()
        told = title.startswith(spoken) or spoken.endswith(title)
        return spoken if told and spoken.endswith("s") else "rows"

    @property
    def shown(self) -> list[str]:
        """Columns from the one that names the row to bookkeeping and the plain id at the end.

        Between them stand short ones, then long texts, then those blank in most rows.
        """
        columns = list(self.titles)
        naming = [name for name in _NAMING if name in columns][:1]
        own_id = [name for name in self.key if name not in self.links and len(self.key) == 1]
        last = [name for name in columns if name in self.bookkeeping]
        rest = [name for name in columns if name not in naming + own_id + last]
        # A link says in words what a row is about; without one the id must name it.
        if not naming and rest[0] not in self.links:
            naming, own_id = own_id, []
        first = naming or rest[:1]
        further = sorted((name for name in rest if name not in first), key=self._lateness)
        return [*first, *further, *last, *own_id]

    def _lateness(self, column: str) -> int:
        values = self.words[column]
        if values.isna().mean() > 0.5:
            return 2
        is_text = isinstance(values.dtype, pd.StringDtype)
        return int(is_text and values.str.len().mean() > LONG_CELLS)


def open_table(name: str) -> Opened:
    """Load a table and what the codebook and the relations say of it.

    Parameters
    ----------
    name : str
        A name of `calcinosis_data.list_tables`.

    Returns
    -------
    Opened
        The table in figures and in words.

    Raises
    ------
    UnknownTableError
        If there is no such table; the message names the nearest one.

    Examples
    --------
    >>> causes = open_table("causes")
    >>> causes.noun, causes.titles["cause_id"]
    ('causes', 'Cause')
    """
    known = cast(Any, name)  # any text may come in; load_table says which names there are
    rows = data.load_table(known)
    about = data.list_tables().set_index("name").loc[name]
    codebook = data.codebook(known)
    links = _links(name)
    words = _in_words(rows, links)
    titles = column_titles(codebook)
    return Opened(
        name=name,
        title=str(about["title"]),
        description=with_titles(str(about["description"]), titles),
        rows=rows,
        words=words,
        texts=text_of_rows(rows) + "\n" + text_of_rows(words),
        titles=titles,
        key=tuple(str(about["primary_key"]).split(", ")),
        links=links,
        bookkeeping=frozenset(codebook.loc[codebook["purpose"].eq("bookkeeping"), "column"]),
    )


def _links(name: str) -> dict[str, str]:
    declared = data.relations()
    own = declared[(declared["table"] == name) & ~declared["columns"].str.contains(",")]
    return dict(zip(own["columns"], own["target"], strict=True))


def _in_words(rows: pd.DataFrame, links: Mapping[str, str]) -> pd.DataFrame:
    words = rows.copy()
    for column in map(str, words):
        if column in links:
            words[column] = names_for(rows[column], row_names(links[column]))
        elif pd.api.types.is_bool_dtype(rows[column].dtype):
            words[column] = rows[column].map({True: "yes", False: "no"}).astype("str")
        elif isinstance(rows[column].dtype, pd.CategoricalDtype):
            words[column] = categories_in_words(rows[column])
        elif isinstance(rows[column].dtype, pd.StringDtype):
            words[column] = with_citations(rows[column])
    return words


def category_in_words(category: str) -> str:
    """Say a category as a reader would: ``case-report`` is a case report.

    Examples
    --------
    >>> [category_in_words(one) for one in ("supported-with-caveat", "mri", "ICD-10-CM")]
    ['supported with caveat', 'MRI', 'ICD-10-CM']
    """
    return _SAID.get(category) or _JOINT.sub(" ", category)


def categories_in_words(values: pd.Series[Any]) -> pd.Series[Any]:
    """Say the categories of a column in words, in their order; ``not-stated`` is missing.

    Examples
    --------
    >>> kinds = pd.Categorical(["not-stated", "self-report"], ["self-report", "not-stated"])
    >>> categories_in_words(pd.Series(kinds)).cat.categories.tolist()
    ['self report']
    """
    said = values.cat.rename_categories(category_in_words)
    return said.cat.remove_categories([NOT_STATED]) if NOT_STATED in said.cat.categories else said


def with_citations(notes: pd.Series[str]) -> pd.Series[str]:
    """Put short citations in the place of the reference ids in brackets.

    Examples
    --------
    >>> with_citations(pd.Series(["Low in 26% of 505 patients (tucci2023)."])).tolist()
    ['Low in 26% of 505 patients (Tucci 2023).']
    """
    citations = {str(ref_id): said for ref_id, said in row_names("references").items()}
    cited = [note if pd.isna(note) else cite_in_brackets(note, citations) for note in notes]
    return pd.Series(cited, index=notes.index, dtype="str")


@cache
def row_names(table: str) -> pd.Series[str]:
    """Name of each row of a table by its id; empty for a table whose rows have no names.

    Where two rows have the same name, the id stands beside it.

    Examples
    --------
    >>> row_names("types")["dystrophic"]
    'Dystrophic calcinosis'
    """
    rows = data.load_table(cast(Any, table))
    key = str(data.list_tables().set_index("name").loc[table, "primary_key"])
    if table == "references":
        return pd.Series({ref: data.cite(ref) for ref in rows[key]}, dtype="str")
    naming = [name for name in _NAMING if name in rows]
    if not naming or "," in key:
        return pd.Series(dtype="str")
    names = rows.set_index(key)[naming[0]].astype("str")
    return names.where(~names.duplicated(keep=False), names + " (" + names.index + ")")


def choosable(table: Opened) -> list[str]:
    """Columns whose rows fall into groups: closed vocabularies, yes or no, links to entities.

    The one that sets most rows apart comes first. A column with one value for all rows, or
    with another value in each, groups nothing and is left out.

    Examples
    --------
    >>> "category" in choosable(open_table("causes"))
    True
    """
    grouped = [
        name
        for name, dtype in table.rows.dtypes.items()
        if table.links.get(str(name), "references") != "references"
        or isinstance(dtype, pd.CategoricalDtype)
        or pd.api.types.is_bool_dtype(dtype)
    ]
    apart = {str(name): _set_apart(table.rows[name]) for name in grouped}
    useful = [name for name, share in apart.items() if 0 < share < 1]
    return sorted(useful, key=lambda name: -apart[name])


def _set_apart(values: pd.Series[Any]) -> float:
    """Share of all pairs of rows that differ in this column."""
    counts = values.value_counts(dropna=False)
    total = int(counts.sum())
    if total < 2:
        return 0.0
    return float(1 - (counts * (counts - 1)).sum() / (total * (total - 1)))
