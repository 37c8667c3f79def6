"""Titles that readers see in the place of the names of tables and columns."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

import calcinosis_data as data

_TABLE_MEANT = re.compile(r"\b(in the table|in|[Tt]he table) ([a-z_]+)\b")
_COLUMN_MEANT = re.compile(r"\b(?:[Tt]he column ([a-z_]+)|([a-z]+_[a-z_]+))\b")


def column_titles(codebook: pd.DataFrame) -> dict[str, str]:
    """Title each column; where two columns share a title, each keeps its name beside it.

    Examples
    --------
    >>> titles = column_titles(data.codebook("objectives"))
    >>> titles["text"], titles["verb"]
    ('Objective (text)', 'Verb')
    """
    titles = dict(zip(codebook["column"], codebook["title"], strict=True))
    shared = set(codebook.loc[codebook["title"].duplicated(keep=False), "title"])
    return {
        column: f"{title} ({column.replace('_', ' ')})" if title in shared else title
        for column, title in titles.items()
    }


def with_titles(description: str, titles: Mapping[str, str]) -> str:
    """Put titles in quotes in the place of the names of tables and columns.

    Parameters
    ----------
    description : str
        What the descriptor says of a table.
    titles : mapping of str to str
        Titles of its columns.

    Returns
    -------
    str
        The same for readers who do not know the names.

    Examples
    --------
    >>> with_titles("Figures on accuracy stand in accuracy.", {})
    'Figures on accuracy stand in “How well tests do”.'
    >>> with_titles("Look at target_kind first.", {"target_kind": "What it looks for"})
    'Look at “What it looks for” first.'
    """
    tables = data.list_tables().set_index("name")["title"]

    def of_table(found: re.Match[str]) -> str:
        before, name = found.groups()
        return f"{before} “{tables[name]}”" if name in tables else found[0]

    def of_column(found: re.Match[str]) -> str:
        title = titles.get(found[1] or found[2])
        return f"“{title}”" if title else found[0]

    return _COLUMN_MEANT.sub(of_column, _TABLE_MEANT.sub(of_table, description))
