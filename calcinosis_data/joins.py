"""Declared relations between tables, and joins along them."""

from itertools import pairwise
from typing import Literal

import pandas as pd

from calcinosis_data._descriptor import ForeignKey, Package, descriptor
from calcinosis_data.errors import JoinError
from calcinosis_data.tables import TableName, load_table

How = Literal["left", "inner", "right", "outer"]
Step = tuple[str, ForeignKey]
Path = tuple[Step, ...]


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
    package.table(left), package.table(right)
    if upwards := _shortest_paths(package, left, right):
        path = _only(upwards, left, right)
        return _merge(left, right, path, how, left_is_child=True)
    if downwards := _shortest_paths(package, right, left):
        path = _only(downwards, left, right)
        return _merge(left, right, path, how, left_is_child=False)
    raise JoinError(_no_path_message(package, left, right))


def _shortest_paths(package: Package, child: str, parent: str) -> list[Path]:
    """Find every shortest chain of foreign keys from `child` to `parent`."""
    ends: list[tuple[str, Path]] = [(child, ())]
    seen = {child}
    while ends:
        longer = [
            (key.table, (*path, (table, key)))
            for table, path in ends
            for key in package.table(table).foreign_keys
        ]
        found = [path for end, path in longer if end == parent]
        if found:
            return found
        ends = [(end, path) for end, path in longer if end not in seen]
        seen.update(end for end, _ in ends)
    return []


def _only(paths: list[Path], left: str, right: str) -> Path:
    if len(paths) == 1:
        return paths[0]
    raise JoinError(
        f"tables {left!r} and {right!r} are related in {len(paths)} ways: "
        f"{'; '.join(_words(path) for path in paths)}. "
        "Load both with load_table and merge them on the columns you mean."
    )


def _words(path: Path) -> str:
    return ", then ".join(
        f"{table}.{'+'.join(key.fields)} = {key.table}.{'+'.join(key.target_fields)}"
        for table, key in path
    )


def _no_path_message(package: Package, left: str, right: str) -> str:
    links = [
        table.name
        for table in package.tables
        if _shortest_paths(package, table.name, left)
        and _shortest_paths(package, table.name, right)
    ]
    problem = f"no declared relation leads from {left!r} to {right!r}."
    if links:
        via = links[0]
        return f"{problem} {via!r} points to both: start there, as in join({via!r}, {left!r})."
    return f"{problem} relations() lists those that exist."


def _merge(
    left: TableName, right: TableName, path: Path, how: How, *, left_is_child: bool
) -> pd.DataFrame:
    child: TableName = left if left_is_child else right
    own, target = list(path[0][1].fields), list(path[-1][1].target_fields)
    frames = {left: load_table(left), right: load_table(right)}
    if len(path) > 1:
        frames[child], own = _carry(frames[child], path)
    left_on, right_on = (own, target) if left_is_child else (target, own)
    joined = frames[left].merge(
        frames[right], how=how, left_on=left_on, right_on=right_on, suffixes=("", f"_{right}")
    )
    return joined.drop(columns=[name for name in own if name.startswith("_carried")])


def _carry(child: pd.DataFrame, path: Path) -> tuple[pd.DataFrame, list[str]]:
    """Give `child` columns with the key of the last table, looked up through those between."""
    own = list(path[0][1].fields)
    for (_, before), (table, key) in pairwise(path):
        carried = [f"_carried_{name}" for name in key.fields]
        link = load_table(table)[list({*before.target_fields, *key.fields})]  # type: ignore[arg-type]
        renamed = link.rename(columns={name: f"_link_{name}" for name in link.columns})
        on = [f"_link_{name}" for name in before.target_fields]
        child = child.merge(renamed, how="left", left_on=own, right_on=on)
        for name, new in zip(key.fields, carried, strict=True):
            child[new] = child[f"_link_{name}"]
        child = child.drop(columns=[c for c in child.columns if c.startswith("_link_")])
        own = carried
    return child, own
