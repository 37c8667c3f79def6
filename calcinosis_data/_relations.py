"""How tables hang together: the key of a row as text, and chains of foreign keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from calcinosis_data._descriptor import ForeignKey, Package

if TYPE_CHECKING:
    import pandas as pd

_SLASH = "/"


def row_key(values: Iterable[object]) -> str:
    """Write the values of a primary key as one text.

    Examples
    --------
    >>> row_key(["dystrophic-calcinosis", "calcium"])
    'dystrophic-calcinosis/calcium'
    """
    return _SLASH.join(map(str, values))


def key_values(key: str) -> list[str]:
    """Take a text that `row_key` gave apart again.

    Examples
    --------
    >>> key_values("dystrophic-calcinosis/calcium")
    ['dystrophic-calcinosis', 'calcium']
    """
    return key.split(_SLASH)


def row_keys(frame: pd.DataFrame, columns: Iterable[str]) -> list[str]:
    """Write the key of every row; `columns` is the primary key."""
    return [row_key(values) for values in frame[list(columns)].itertuples(index=False)]


class _Leads(Protocol):
    """Anything that leads from a child table up to a parent table."""

    @property
    def child(self) -> str: ...

    @property
    def parent(self) -> str: ...


_Link = TypeVar("_Link", bound=_Leads)


class KeyLink(NamedTuple):
    """A foreign key with the table that declares it."""

    child: str
    key: ForeignKey

    @property
    def parent(self) -> str:
        """The table that the key points to."""
        return self.key.table


def key_links(package: Package) -> tuple[KeyLink, ...]:
    """List every declared foreign key."""
    return tuple(KeyLink(table.name, key) for table in package.tables for key in table.foreign_keys)


def shortest_chains(links: Sequence[_Link], child: str, parent: str) -> list[tuple[_Link, ...]]:
    """Find every shortest chain of links from `child` up to `parent`; there may be none.

    A chain has one link at least: from a table to itself only a link to itself leads.

    Examples
    --------
    >>> from calcinosis_data._descriptor import descriptor
    >>> [chain] = shortest_chains(key_links(descriptor()), "labs", "types")
    >>> [link.parent for link in chain]
    ['conditions', 'types']
    """
    reached: list[tuple[str, tuple[_Link, ...]]] = [(child, ())]
    seen = {child}
    while reached:
        longer = [
            (link.parent, (*chain, link))
            for table, chain in reached
            for link in links
            if link.child == table
        ]
        found = [chain for end, chain in longer if end == parent]
        if found:
            return found
        reached = [(end, chain) for end, chain in longer if end not in seen]
        seen.update(end for end, _ in reached)
    return []
