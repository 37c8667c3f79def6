"""References of a view: short name, full text, link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache

import calcinosis_data


@dataclass(frozen=True)
class Source:
    """One reference as a panel lists it."""

    short: str
    full: str
    url: str

    def as_dict(self) -> dict[str, str]:
        """Plain values for the page."""
        return asdict(self)


def describe_sources(ref_ids: Iterable[str]) -> list[Source]:
    """Describe each reference once, in the order given.

    Parameters
    ----------
    ref_ids : iterable of str
        Ids of the table ``references``.

    Returns
    -------
    list of Source
        One for each reference.

    Raises
    ------
    UnknownReferenceError
        If there is no such reference.

    Examples
    --------
    >>> [source.short for source in describe_sources(["reiter2011", "reiter2011"])]
    ['Reiter et al. 2011']
    """
    return [_describe(ref_id) for ref_id in dict.fromkeys(ref_ids)]


@cache
def _describe(ref_id: str) -> Source:
    full = calcinosis_data.cite(ref_id, style="full")
    link = _links().get(ref_id, "")
    return Source(calcinosis_data.cite(ref_id), full.removesuffix(link).strip(), link)


@cache
def _links() -> dict[str, str]:
    references = calcinosis_data.sources().set_index("ref_id")
    return {str(key): str(link) for key, link in references["link"].dropna().items()}
