"""What the explorer of treatments says of what is known."""

from __future__ import annotations

from typing import Final

import pandas as pd

from calcinosis_data.course.explorers._treatment_evidence.treatments import (
    DIRECTIONS,
    IN_ARTICLE,
    MISSING,
    NOT_STUDIED,
    TARGETS,
)
from calcinosis_data.course.explorers._words import listing, sentence
from calcinosis_data.course.explorers.charts.bars import NARROW_PARTS, has_narrow_parts
from calcinosis_data.course.explorers.filters import ANY

LEVEL_NOTE: Final = (
    "Level: how certain the result is, from 1 (the most) to 5 (the least), as the codebook of this "
    "course defines it. It does not say that a treatment helps: beside “harm possible”, level 1 "
    "speaks against the treatment."
)
NO_ADVICE: Final = "A teaching aid, not advice on treatment."

_ARTICLE: Final = {ANY: "", IN_ARTICLE: " of the article", MISSING: " that the article omits"}

_TOLD_FIRST: Final = (
    "benefit reported",
    "harm possible",
    "mixed",
    NOT_STUDIED,
    "no clear benefit",
    "prevention reported",
    "unclear",
)
_MOST_TOLD: Final = 4


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
        said = DIRECTIONS[present[0]]
        if present == [NOT_STUDIED]:
            return sentence(f"{said} for any of the {whole} shown here")
        return sentence(f"{said} for all {whole} shown here, {_range(rows)}")
    parts = [_counted(rows, one) for one in present[:_MOST_TOLD]]
    return sentence(f"of {whole}, {'; '.join(parts)}")


def nothing_found(what: str) -> str:
    """Say that the filters leave nothing, and what to change."""
    return f"No {what} fits all filters. Choose “any” in one of them."


def triple(rows: pd.DataFrame) -> str:
    """Say level, direction and target of the one treatment in `rows`."""
    one = rows.iloc[0]
    known = f"{one['level']}; the evidence is about {one['about']}"
    known = one["about"] if one["aim_only"] else known
    return f"{one['name']}: {DIRECTIONS[one['direction']]} ({known})."


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
    if direction != "benefit reported":
        return said
    n = int(of_it["target"].eq("calcinosis").sum())
    some = f"{n or 'none'} "
    if len(of_it) == 1:
        some = "" if n else "not "
    return f"{said} ({some}for calcinosis), at {_levels(of_it)}"


def _levels(rows: pd.DataFrame) -> str:
    levels = rows["level"].sort_values().unique()
    given = [level.removeprefix("level ") for level in levels if level != "no level"]
    said = [f"level {listing(given, 'or')}"] if given else []
    said += ["no level"] if len(given) < len(levels) else []
    return listing(said, "or")


def _range(rows: pd.DataFrame) -> str:
    """Say the levels of some treatments, and what their evidence is about."""
    counts = rows["target"].value_counts()
    some = [f"{words} ({counts[one]})" for one, words in TARGETS.items() if counts.get(one, 0)]
    targets = some[0].rsplit(" (", 1)[0] if len(some) == 1 else listing(some)
    return f"with {_levels(rows)}, about {targets}"


def chart_name(rows: pd.DataFrame, *, by_article: bool) -> str:
    """Describe the chart in a sentence or two."""
    where = "after its name" if by_article else "in the heading over it"
    many = f"{len(rows)} treatment{'s' * (len(rows) > 1)}"
    return (
        f"Grid of {many} and levels of evidence, one mark each. The result stands {where} and is "
        "the colour and shape of the mark; the word under it says for what."
    )


def counts_name(counts: pd.DataFrame) -> str:
    """Describe the chart of numbers bar by bar."""
    said = [
        f"{group}: "
        + ", ".join(f"{n} {part}" for part, n in zip(own["part"], own["n"], strict=True))
        for group, own in counts[counts["n"] > 0].groupby("group", sort=False)
    ]
    start = "Bar chart: number of treatments by result, parted by how sure it is"
    return sentence(f"{start}. {'; '.join(said)}")


def caption(article: str, *, by_article: bool) -> str:
    """Name the table."""
    order = ", in the order of the article" if by_article else ""
    return f"What is known of the treatments{_ARTICLE[article]}{order}"


def notes(rows: pd.DataFrame, *, by_article: bool, all_listed: bool) -> tuple[str, ...]:
    """Say how to read the chart; of a single treatment also its risks and what is not known.

    Parameters
    ----------
    rows : pandas.DataFrame
        The treatments shown.
    by_article : bool
        Whether they stand in the article's order.
    all_listed : bool
        Whether all their sources are listed.

    Returns
    -------
    tuple of str
        The notes, four at most.
    """
    if rows.empty:
        return ()
    if len(rows) == 1:
        return (LEVEL_NOTE, *_of_a_single(rows), NO_ADVICE)
    unstudied = rows["direction"].eq(NOT_STUDIED).any()
    hollow = [_joined(_HOLLOW, _rests_on(rows))] * bool(unstudied)
    return (LEVEL_NOTE, *hollow, *[_ENTRIES] * by_article, _last(all_listed=all_listed))


def summary_notes(rows: pd.DataFrame, counts: pd.DataFrame, *, all_listed: bool) -> tuple[str, ...]:
    """Say how to read the numbers of treatments, and where each of them is."""
    narrow = NARROW_PARTS if has_narrow_parts(counts) else ""
    each = _joined("Choose “Every treatment” under “Show” to see each by itself.", narrow)
    rests = _rests_on(rows)
    return (LEVEL_NOTE, each, *[rests] * bool(rests), _last(all_listed=all_listed))


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _last(*, all_listed: bool) -> str:
    return NO_ADVICE if all_listed else f"{NO_ADVICE} {_FIRST_SOURCES}"


def _rests_on(rows: pd.DataFrame) -> str:
    """Say what a level rests on where no study in calcinosis was found."""
    given = rows["direction"].eq(NOT_STUDIED) & rows["level"].ne("no level")
    return _RESTS_ON if given.any() else ""


_HOLLOW: Final = (
    "Hollow mark: no study in calcinosis was found. The word under it says what else was studied "
    "or is treated; “aim only” means that the treatment is meant for calcinosis."
)
_RESTS_ON: Final = (
    "Where no study in calcinosis was found, level 5 rests on guidelines, reviews, textbooks, "
    "advice for patients, or studies of another question."
)
_ENTRIES: Final = (
    "Entry numbers are those of the article, a flat list of 24 in which all treatments look "
    "alike. Treatments that the article omits stand after its list, by name."
)
_FIRST_SOURCES: Final = (
    "With so many treatments only the first source of each is listed; the table names them all."
)


def _of_a_single(rows: pd.DataFrame) -> tuple[str, ...]:
    one = rows.iloc[0]
    missing, explained = (
        "" if pd.isna(text) else str(text) for text in (one["evidence_note"], one["explained"])
    )
    risks = f"Main risks, partly general knowledge without a source of its own: {one['key_risks']}."
    said = (_joined(missing, _rests_on(rows)), _joined(explained, risks))
    return tuple(filter(None, said))
