"""A disease together with its forms, as `conditions` declares what is part of what."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import calcinosis_data as data
from calcinosis_data.course.explorers._opened import row_names
from calcinosis_data.course.explorers.filters import fold


@cache
def family(condition: str) -> frozenset[str]:
    """Gather a condition and all that is part of it, directly or further down.

    Examples
    --------
    >>> sorted(family("dermatomyositis"))[:2]
    ['adult-dermatomyositis', 'dermatomyositis']
    """
    return frozenset(one for one in _parents() if condition in line(one))


def family_choices(used: Iterable[str]) -> list[tuple[str, str]]:
    """List the conditions that have, or whose forms have, one of the `used` ones.

    Parameters
    ----------
    used : iterable of str
        Conditions that rows point to.

    Returns
    -------
    list of tuple of str
        Name and id of each, in the order of the names.

    Examples
    --------
    >>> family_choices(["polymyositis"])[:2]
    [('Connective tissue disease', 'connective-tissue-disease'), ('Inflammatory myopathy', \
'inflammatory-myopathy')]
    """
    names = row_names("conditions")
    reached = {above for one in used for above in line(one)}
    pairs = [(str(names[one]), one) for one in reached]
    return sorted(pairs, key=lambda pair: fold(pair[0]))


@cache
def _parents() -> dict[str, str | None]:
    rows = data.load_table("conditions").set_index("condition_id")["parent_id"].astype("object")
    return {str(one): parent if isinstance(parent, str) else None for one, parent in rows.items()}


def line(condition: str) -> list[str]:
    """Follow a condition up to the widest one that it is part of.

    Examples
    --------
    >>> line("limited-systemic-sclerosis")
    ['limited-systemic-sclerosis', 'systemic-sclerosis', 'connective-tissue-disease']
    """
    parents = _parents()
    upward: list[str] = []
    step: str | None = condition
    while step is not None:
        upward.append(step)
        step = parents[step]
    return upward
