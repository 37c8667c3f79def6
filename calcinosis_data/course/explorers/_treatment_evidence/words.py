"""What the explorer of treatments says of what is known."""

from __future__ import annotations

from typing import Final

import pandas as pd

from calcinosis_data.course.explorers._treatment_evidence.treatments import (
    DIRECTIONS,
    IN_ARTICLE,
    MISSING,
    TARGETS,
)
from calcinosis_data.course.explorers._words import listing, sentence
from calcinosis_data.course.explorers.filters import ANY

LEVEL_NOTE: Final = (
    "The level says how certain the finding is, from 1 (most) to 5 (least), not whether the "
    "treatment helps: read it only with the direction and with what the evidence is about."
)
NO_ADVICE: Final = "A teaching aid, not advice on treatment."

_ARTICLE: Final = {ANY: "", IN_ARTICLE: " of the article", MISSING: " that the article omits"}

_TOLD_FIRST: Final = (
    "benefit reported",
    "harm possible",
    "not studied in calcinosis",
    "mixed",
    "no clear benefit",
    "prevention reported",
    "unclear",
)
_MOST_TOLD: Final = 3


def finding(rows: pd.DataFrame, article: str) -> str:
    """Say how many treatments have which direction, or all that is known of a single one.

    Parameters
    ----------
    rows : pandas.DataFrame
        The treatments shown, rows of `known_treatments`.
    article : {"any", "in", "missing"}
        State of the filter for the article's list.

    Returns
    -------
    str
        The finding.
    """
    if rows.empty:
        return nothing_found("treatment")
    if len(rows) == 1:
        return f"{triple(rows)} {_of_the_article(rows)}"
    present = [one for one in _TOLD_FIRST if one in set(rows["direction"])]
    whole = f"{len(rows)} treatments{_ARTICLE[article]}"
    if len(present) == 1:
        return sentence(f"{DIRECTIONS[present[0]]} for all {whole} shown here, {_range(rows)}")
    parts = [_counted(rows, one) for one in present[:_MOST_TOLD]]
    return sentence(f"of {whole}, {'; '.join(parts)}")


def nothing_found(what: str) -> str:
    """Say that the filters leave nothing, and what to change."""
    return f"No {what} fits all filters. Choose “any” in one of them."


def triple(rows: pd.DataFrame) -> str:
    """Say level, direction and target of the one treatment in `rows`."""
    one = rows.iloc[0]
    direction, target = DIRECTIONS[one["direction"]], TARGETS[one["target"]]
    return f"{one['name']}: {direction} ({one['level']}; the evidence is about {target})."


def _of_the_article(rows: pd.DataFrame) -> str:
    one = rows.iloc[0]
    where = (
        f"The article has it as {one['entries']}" if one["in_source"] else "The article omits it"
    )
    return (
        f"{where}." if pd.isna(one["avoid"]) else f"{where}; it is to be avoided in {one['avoid']}."
    )


def _counted(rows: pd.DataFrame, direction: str) -> str:
    """Count the treatments of one direction; those of benefit with level and target."""
    of_it = rows[rows["direction"].eq(direction)]
    said = f"{DIRECTIONS[direction]} for {len(of_it)}"
    return f"{said}, {_range(of_it)}" if direction == "benefit reported" else said


def _range(rows: pd.DataFrame) -> str:
    """Say the levels of some treatments, and what their evidence is about."""
    levels = rows["level"].sort_values().unique()
    given = [level.removeprefix("level ") for level in levels if level != "no level"]
    said = [f"level {listing(given, 'or')}"] if given else []
    said += ["no level"] if len(given) < len(levels) else []
    counts = rows["target"].value_counts()
    some = [f"{words} ({counts[one]})" for one, words in TARGETS.items() if counts.get(one, 0)]
    targets = some[0].rsplit(" (", 1)[0] if len(some) == 1 else listing(some)
    return f"with {listing(said, 'or')}, about {targets}"


def chart_name(rows: pd.DataFrame, *, by_article: bool) -> str:
    """Describe the chart in a sentence or two."""
    where = "after its name" if by_article else "in the heading over it"
    return (
        f"Grid of {len(rows)} treatments and levels of evidence, one mark each. The direction of "
        f"the evidence stands {where}; colour and shape say what the evidence is about."
    )


def caption(article: str, *, by_article: bool) -> str:
    """Name the table."""
    order = ", in the order of the article" if by_article else ""
    return f"What is known of the treatments{_ARTICLE[article]}{order}"


def notes(rows: pd.DataFrame, *, by_article: bool) -> tuple[str, ...]:
    """Say how to read the chart; of a single treatment also its risks and what is not known.

    Parameters
    ----------
    rows : pandas.DataFrame
        The treatments shown.
    by_article : bool
        Whether they stand in the article's order.

    Returns
    -------
    tuple of str
        The notes.
    """
    if rows.empty:
        return ()
    single = _of_a_single(rows) if len(rows) == 1 else ()
    order = _ORDER_OF_ARTICLE if by_article else _ORDER_OF_DIRECTION
    return (*single, LEVEL_NOTE, _ENTRIES, *((order,) if len(rows) > 1 else ()), NO_ADVICE)


_ENTRIES: Final = (
    "Entry numbers are those of the article, a flat list of 24 in which all treatments look "
    "alike. A treatment without a number is missing there."
)
_ORDER_OF_ARTICLE: Final = (
    "The treatments stand in the order of the article, those that it omits after them by name."
)
_ORDER_OF_DIRECTION: Final = (
    "The treatments stand by direction, then by what the evidence is about, then by name."
)


def _of_a_single(rows: pd.DataFrame) -> tuple[str, ...]:
    one = rows.iloc[0]
    risks = f"Main risks, partly general knowledge without a source of its own: {one['key_risks']}."
    return (risks,) if pd.isna(one["evidence_note"]) else (one["evidence_note"], risks)
