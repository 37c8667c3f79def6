"""References of a view: short name, full text, link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

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
    """Describe each reference once, in the order given."""
    return [_describe(ref_id) for ref_id in dict.fromkeys(ref_ids)]


def _describe(ref_id: str) -> Source:
    return Source(
        short=calcinosis_data.cite(ref_id),
        full=calcinosis_data.cite(ref_id, style="full"),
        url=_link(ref_id),
    )


def _link(ref_id: str) -> str:
    references = calcinosis_data.sources()
    row = references.loc[references["ref_id"] == ref_id].iloc[0]
    for column in ("url", "link"):
        if column in row.index and isinstance(row[column], str):
            return str(row[column])
    doi = row.get("doi")
    return f"https://doi.org/{doi}" if isinstance(doi, str) else ""
