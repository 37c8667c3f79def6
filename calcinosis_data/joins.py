"""Declared relations between tables, and joins along them."""

from itertools import pairwise
from typing import Literal

import pandas as pd

from calcinosis_data._descriptor import Package, descriptor
from calcinosis_data._relations import KeyLink, key_links, shortest_chains
from calcinosis_data.errors import JoinError
from calcinosis_data.tables import TableName, load_table

How = Literal["left", "inner", "right", "outer"]
Chain = tuple[KeyLink, ...]
"""Foreign keys that lead from table to table."""

_LINK = "_link_"  # begins the names of columns that only link


def relations() -> pd.DataFrame:
    """List the declared relations between tables.

    Returns
    -------
    pandas.DataFrame
        One row per foreign key: ``table`` and ``columns`` hold values that are keys of
        ``target`` in ``target_columns`` (names joined by commas).

    Examples
    --------
    >>> from calcinosis_data import relations
    >>> found = relations().query("table == 'labs' and target == 'analytes'")
    >>> found["columns"].tolist()
    ['analyte_id']
    """
    rows = [
        (table.name, ", ".join(key.fields), key.table, ", ".join(key.target_fields))
        for table in descriptor().tables
        for key in table.foreign_keys
    ]
    return pd.DataFrame(rows, columns=["table", "columns", "target", "target_columns"], dtype="str")


def join_paths(child: TableName, parent: TableName) -> list[str]:
    """List the ways in which foreign keys lead from one table up to another.

    Only the shortest chains count. Where there is one, `join` follows it.

    Parameters
    ----------
    child : str
        The table to start from.
    parent : str
        The table to reach.

    Returns
    -------
    list of str
        Each way in words, from key to key; empty if none leads there.

    Raises
    ------
    UnknownTableError
        If one of the tables does not exist.

    Examples
    --------
    >>> from calcinosis_data import join_paths
    >>> join_paths("labs", "types")
    ['labs.condition_id = conditions.condition_id, then conditions.type_id = types.type_id']
    >>> join_paths("types", "labs")
    []
    """
    package = descriptor()
    for name in (child, parent):
        package.table(name)
    return [_words(chain) for chain in shortest_chains(key_links(package), child, parent)]


def join(left: TableName, right: TableName, how: How = "left") -> pd.DataFrame:
    """Join two tables along their declared foreign keys.

    The shortest chain of foreign keys is followed, from `left` up to `right` or, when there
    is none, from `right` up to `left`. Tables between them only link: their columns are not
    in the result.

    Parameters
    ----------
    left : str
        The table whose rows come first.
    right : str
        The table to add.
    how : {"left", "inner", "right", "outer"}, default "left"
        Which rows to keep, as in `pandas.merge`.

    Returns
    -------
    pandas.DataFrame
        The columns of `left`, then those of `right`; a column of `right` whose name `left`
        has already gets the suffix ``_`` and the name of `right`. With ``how="left"`` the
        row count is that of `left` when `left` points to `right`; when `right` points to
        `left`, a row of `left` comes once for each row that points to it, and once if there
        is none.

    Raises
    ------
    UnknownTableError
        If one of the tables does not exist.
    JoinError
        If no chain of foreign keys joins the two, or more than one of the same length.

    Examples
    --------
    >>> from calcinosis_data import join, load_table
    >>> labs = join("labs", "analytes")
    >>> len(labs) == len(load_table("labs"))
    True
    """
    package = descriptor()
    for name in (left, right):
        package.table(name)  # an unknown name is told before anything else
    links = key_links(package)
    for child, parent in ((left, right), (right, left)):
        if chains := shortest_chains(links, child, parent):
            chain = _only(chains, left, right)
            return _merge(left, right, chain, how)
    raise JoinError(_no_chain_message(package, left, right))


def _only(chains: list[Chain], left: str, right: str) -> Chain:
    if len(chains) == 1:
        return chains[0]
    raise JoinError(
        f"tables {left!r} and {right!r} are related in {len(chains)} ways: "
        f"{'; '.join(_words(chain) for chain in chains)}. "
        "Load both with load_table and merge them on the columns you mean."
    )


def _words(chain: Chain) -> str:
    return ", then ".join(
        f"{table}.{'+'.join(key.fields)} = {key.table}.{'+'.join(key.target_fields)}"
        for table, key in chain
    )


def _no_chain_message(package: Package, left: str, right: str) -> str:
    links = key_links(package)
    lengths = {
        table.name: len(to_left[0]) + len(to_right[0])
        for table in package.tables
        if (to_left := shortest_chains(links, table.name, left))
        and (to_right := shortest_chains(links, table.name, right))
    }
    problem = f"no declared relation leads from {left!r} to {right!r}."
    if lengths:
        via = min(lengths, key=lengths.__getitem__)
        return f"{problem} {via!r} points to both: start there, as in join({via!r}, {left!r})."
    return f"{problem} relations() lists those that exist."


def _merge(left: TableName, right: TableName, chain: Chain, how: How) -> pd.DataFrame:
    child: TableName = left if chain[0][0] == left else right
    linked, own = _with_last_key(load_table(child), chain)
    target = list(chain[-1][1].target_fields)
    if child == left:
        first, second, left_on, right_on = linked, load_table(right), own, target
    else:
        first, second, left_on, right_on = load_table(left), linked, target, own
    joined = first.merge(
        second, how=how, left_on=left_on, right_on=right_on, suffixes=("", f"_{right}")
    )
    return joined.drop(columns=[name for name in own if name.startswith(_LINK)])


def _with_last_key(child: pd.DataFrame, chain: Chain) -> tuple[pd.DataFrame, list[str]]:
    """Give `child` with the key of the chain's last table, and the names of its columns.

    With one foreign key these are columns of `child`; else they are looked up, table by
    table, through those between and added.
    """
    own = list(chain[0][1].fields)
    for number, ((_, before), (table, key)) in enumerate(pairwise(chain)):
        between = load_table(table)  # type: ignore[arg-type]
        at = {f"{_LINK}at_{name}": between[name] for name in before.target_fields}
        to = {f"{_LINK}{number}_{name}": between[name] for name in key.fields}
        linked = child.merge(pd.DataFrame(at | to), how="left", left_on=own, right_on=list(at))
        used = [name for name in own if name.startswith(_LINK)]
        child, own = linked.drop(columns=[*at, *used]), list(to)
    return child, own
