"""Tidy tables on calcinosis: what one article says, and what is known.

The public names are loaded on first use, so ``import calcinosis_data`` stays quick and
imports neither pandas nor anything that draws.

Examples
--------
>>> import calcinosis_data as cd
>>> types = cd.load_table("types")
>>> "dystrophic" in set(types["type_id"])
True
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calcinosis_data.errors import (
        CalcinosisError,
        DataContractError,
        JoinError,
        UnknownColumnError,
        UnknownReferenceError,
        UnknownRowError,
        UnknownTableError,
    )
    from calcinosis_data.fields import codebook
    from calcinosis_data.joins import join, join_paths, relations
    from calcinosis_data.provenance import cite, row_ids, sources, sources_of
    from calcinosis_data.tables import TableName, list_tables, load_table

    __version__: str

__all__ = [
    "CalcinosisError",
    "DataContractError",
    "JoinError",
    "TableName",
    "UnknownColumnError",
    "UnknownReferenceError",
    "UnknownRowError",
    "UnknownTableError",
    "__version__",
    "cite",
    "codebook",
    "join",
    "join_paths",
    "list_tables",
    "load_table",
    "relations",
    "row_ids",
    "sources",
    "sources_of",
]

# A module must never share its name with a public function: importing the module would put
# it in the function's place. Hence `fields` for codebook() and `joins` for relations().
_HOME = {
    "CalcinosisError": "errors",
    "DataContractError": "errors",
    "JoinError": "errors",
    "TableName": "tables",
    "UnknownColumnError": "errors",
    "UnknownReferenceError": "errors",
    "UnknownRowError": "errors",
    "UnknownTableError": "errors",
    "cite": "provenance",
    "codebook": "fields",
    "join": "joins",
    "join_paths": "joins",
    "list_tables": "tables",
    "load_table": "tables",
    "relations": "joins",
    "row_ids": "provenance",
    "sources": "provenance",
    "sources_of": "provenance",
}


def __getattr__(name: str) -> object:
    """Load a public name on first use (PEP 562) and keep it."""
    if name == "__version__":
        from importlib.metadata import version

        value: object = version("calcinosis-data")
    elif name in _HOME:
        from importlib import import_module

        value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, also those not loaded yet."""
    return sorted({*globals(), *__all__})
