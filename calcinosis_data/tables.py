"""The tables: which there are, and one of them as a typed frame."""

from functools import cache
from typing import Literal

import pandas as pd

from calcinosis_data._descriptor import descriptor
from calcinosis_data._reader import read_table

# Spelled out so that editors complete it; a test compares it with the descriptor.
TableName = Literal[
    "source_items",
    "types",
    "causes",
    "cause_types",
    "symptoms",
    "diagnostic_tests",
    "treatments",
    "treatment_indications",
    "appraisals",
    "conditions",
    "analytes",
    "body_sites",
    "interventions",
    "labs",
    "prevalence",
    "outcomes",
    "frequencies",
    "sites",
    "accuracy",
    "guidance",
    "references",
    "citations",
    "codes",
    "hpo_terms",
    "hpo_diseases",
    "hpo_genes",
    "glossary",
    "lessons",
    "objectives",
    "items",
    "item_options",
    "item_conditions",
]


def load_table(name: TableName) -> pd.DataFrame:
    """Load one table as a frame with the right types.

    Parameters
    ----------
    name : str
        A table name; `list_tables` shows them all.

    Returns
    -------
    pandas.DataFrame
        A fresh frame: changing it never changes what the next call returns. Text is ``str``,
        whole numbers ``Int64``, other numbers ``float64``, yes or no ``boolean``, closed
        vocabularies ``category`` (ordered where the order means something). A blank cell is
        missing; nothing else is.

    Raises
    ------
    UnknownTableError
        If there is no such table; the message names the nearest one.
    DataContractError
        If the stored file is not what its descriptor says.

    Examples
    --------
    >>> from calcinosis_data import load_table
    >>> types = load_table("types")
    >>> types["type_id"].tolist()
    ['calciphylaxis', 'dystrophic', 'iatrogenic', 'idiopathic', 'metastatic']
    """
    # Deep, because copy-on-write does not guard `.array` and `.to_numpy()` of text columns.
    return _parsed(name).copy(deep=True)


@cache
def _parsed(name: str) -> pd.DataFrame:
    return read_table(descriptor().table(name))


def list_tables() -> pd.DataFrame:
    """List the tables and what a row of each one is.

    Returns
    -------
    pandas.DataFrame
        One row per table: ``name``, ``title``, ``description``, ``rows``, ``columns`` and
        ``primary_key`` (names joined by commas).

    Examples
    --------
    >>> from calcinosis_data import list_tables
    >>> tables = list_tables().set_index("name")
    >>> tables.loc["types", "primary_key"]
    'type_id'
    """
    return pd.DataFrame(
        [
            {
                "name": table.name,
                "title": table.title,
                "description": table.description,
                "rows": len(_parsed(table.name)),
                "columns": len(table.fields),
                "primary_key": ", ".join(table.primary_key),
            }
            for table in descriptor().tables
        ]
    )
