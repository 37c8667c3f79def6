"""What the audit of the article says: finding, caption, name of the chart, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from calcinosis_data.course.explorers._article_audit.claims import FAULTS, SECTIONS, VERDICTS
from calcinosis_data.course.explorers._words import listing, sentence
from calcinosis_data.course.explorers.charts.bars import NARROW_PARTS, has_narrow_parts
from calcinosis_data.course.explorers.filters import ANY

MOST_SOURCES = 65
"""A longer list is read by nobody, and each change of a filter would send it again."""

_FEWEST_COMPARED = 5  # a share of fewer claims says too little to compare sections by
_MOST_NAMED = 2


@dataclass(frozen=True)
class Asked:
    """What is asked of the claims: the value of each filter."""

    section: str
    verdict: str
    confidence: str
    search: str

    @property
    def verdict_words(self) -> str:
        """The verdict asked for, in words."""
        return VERDICTS.get(self.verdict, self.verdict)

    @property
    def words(self) -> str:
        """What the claims are about, to stand after the word claims; the verdict left out."""
        section = "" if self.section == ANY else f" on {SECTIONS[self.section].lower()}"
        confidence = "" if self.confidence == ANY else f" judged with {self.confidence} confidence"
        query = self.search.split()
        noun = "word" if len(query) == 1 else "words"
        return f"{section}{confidence}" + (f" with the {noun} “{' '.join(query)}”" if query else "")

    @property
    def ways_back(self) -> list[str]:
        """What to change in order to see more, the verdict left out."""
        chosen = {self.section, self.confidence} != {ANY}
        searched = bool(self.search.split())
        return [f"set a filter back to “{ANY}”"] * chosen + ["clear the search"] * searched


def finding(claims: pd.DataFrame, asked: Asked) -> str:
    """Say how the claims were judged, and which section does worst.

    Parameters
    ----------
    claims : pandas.DataFrame
        The claims that pass all filters but that of the verdict.
    asked : Asked
        The value of each filter.

    Returns
    -------
    str
        The finding.
    """
    if claims.empty:
        return f"No claim{asked.words} was found. {sentence(listing(asked.ways_back, 'or'))}"
    if asked.verdict == ANY:
        trusted = _trusted(claims)
        judged = _faulty(claims, asked) if trusted else _judged(claims, asked)
        parts = [judged, trusted, _entries(claims, asked)]
    else:
        wanted = (asked.verdict,)
        shown = claims[claims["verdict"].isin(wanted)]
        compared = "" if shown.empty else _compared(claims, wanted)
        parts = [_share(claims, len(shown), asked), compared, _entries(shown, asked)]
    return " ".join(sentence(part) for part in parts if part)


def _judged(claims: pd.DataFrame, asked: Asked) -> str:
    counts = claims["verdict"].value_counts()
    found = [(VERDICTS[one], int(counts[one])) for one in VERDICTS if one in counts.index]
    if len(claims) == 1:
        return f"Only one claim{asked.words} was found: it is {found[0][0]}"
    if len(found) == 1:
        every = "both" if len(claims) == 2 else f"all {len(claims)}"
        return f"{every} claims{asked.words} are {found[0][0]}"
    verb = "is" if found[0][1] == 1 else "are"
    (first, n), *others = found
    said = listing([f"{n} {verb} {first}", *(f"{some} {verdict}" for verdict, some in others)])
    return f"Of {len(claims)} claims{asked.words}, {said}"


def _share(claims: pd.DataFrame, n: int, asked: Asked) -> str:
    total, verdict = len(claims), asked.verdict_words
    if not n:
        few = "The only claim" if total == 1 else f"None of the {total} claims"
        negated = "is not" if total == 1 else "is"
        return (
            f"{few}{asked.words} {negated} {verdict}. Set the verdict back to “{ANY}” to see more"
        )
    if total == 1:
        return f"The only claim{asked.words} is {verdict}"
    return f"{n} of {total} claims{asked.words} {'is' if n == 1 else 'are'} {verdict}"


def _faulty(claims: pd.DataFrame, asked: Asked) -> str:
    """Say how many claims are misleading or incorrect."""
    n = int(claims["verdict"].isin(FAULTS).sum())
    return f"Of {len(claims)} claims{asked.words}, {n} {'is' if n == 1 else 'are'} {_faults()}"


def _faults() -> str:
    return listing([VERDICTS[one] for one in FAULTS], "or")


def _trusted(claims: pd.DataFrame) -> str:
    """Name the sections to be trusted least and most, by the share of claims against them."""
    most, least, named = _extremes(claims, FAULTS)
    if not most or most == least:
        return ""
    said = f"least to be trusted: {_with_share(most, named)}"
    return f"{said}; most: {_with_share(least, named)}" if len(least) <= _MOST_NAMED else said


def section_label(section: str, share: float, verdicts: Sequence[str]) -> str:
    """Name a section with the share of its claims that have some verdicts.

    Examples
    --------
    >>> section_label("symptoms", 16 / 26, ("misleading", "incorrect"))
    'Symptoms: 62% misleading or incorrect'
    """
    said = listing([VERDICTS[one] for one in verdicts], "or")
    return f"{SECTIONS[section]}: {100 * share:.0f}% {said}"


def _compared(claims: pd.DataFrame, verdicts: Sequence[str]) -> str:
    """Name the sections with the largest and the smallest share of a verdict."""
    most, least, named = _extremes(claims, verdicts)
    if not most:
        return ""
    said = f"by share, {_with_share(most, named)} have the most"
    told_apart = len(least) <= _MOST_NAMED and most != least
    return f"{said}, {_with_share(least, named)} the fewest" if told_apart else said


def _extremes(
    claims: pd.DataFrame, verdicts: Sequence[str]
) -> tuple[list[str], list[str], dict[str, str]]:
    """Sections with the largest and the smallest share, none if they are too small or alike."""
    by_section = claims["verdict"].isin(verdicts).groupby(claims["section"]).agg(["sum", "size"])
    if len(by_section) < 2 or by_section["size"].min() < _FEWEST_COMPARED:
        return [], [], {}
    share = by_section["sum"] / by_section["size"]
    named = {SECTIONS[one]: f"({n} of {size})" for one, n, size in by_section.itertuples()}
    most = [SECTIONS[one] for one in share.index[share == share.max()]]
    least = [SECTIONS[one] for one in share.index[share == share.min()]]
    return (most, least, named) if len(most) <= _MOST_NAMED else ([], [], {})


def _with_share(sections: Sequence[str], named: dict[str, str]) -> str:
    return listing([f"{section.lower()} {named[section]}" for section in sections])


def _entries(claims: pd.DataFrame, asked: Asked) -> str:
    """Say how many entries of the section shown are cut off or repeat another."""
    if asked.section == ANY or claims.empty:
        return ""
    entries = claims.drop_duplicates("item_id")
    cut, again = int(entries["truncated"].sum()), int(entries["repeats"].sum())
    total = len(entries)
    if not cut + again:
        if total == 1:
            return "its entry is complete and repeats no other"
        return f"none of the {total} entries is cut off or repeats another"
    said = [f"{cut} is cut off" if cut == 1 else f"{cut} are cut off"] * bool(cut)
    said += [f"{again} repeats another" if again == 1 else f"{again} repeat another"] * bool(again)
    if total == 1:
        return "its entry is cut off" if cut else "its entry repeats another"
    return f"of the {total} entries, {listing(said)}"


def caption(shown: int, total: int, asked: Asked) -> str:
    """Name the table: how many claims, judged how, in which order."""
    verdict = "" if asked.verdict == ANY else f", {asked.verdict_words}"
    return f"Claims of the article{asked.words}{verdict}: {shown} of {total}, in its order"


def chart_name(counts: pd.DataFrame, bars: str, asked: Asked) -> str:
    """Describe the chart bar by bar, or as a whole where it has many bars."""
    stated = counts[counts["n"] > 0]
    start = f"Bar chart: number of claims{asked.words} by {bars}, parted by verdict"
    if bars == "entry":
        total = stated.groupby("part", sort=False)["n"].sum()
        entries = counts["group"].nunique()
        noun = "entry" if entries == 1 else "entries"
        return sentence(f"{start}. {entries} {noun}: {_numbers(total)}")
    said = [
        f"{group}: {_numbers(some.set_index('part')['n'])}"
        for group, some in stated.groupby("group", sort=False)
    ]
    return sentence(f"{start}. {'; '.join(said)}")


def _numbers(n: pd.Series[int]) -> str:
    order = [verdict for verdict in VERDICTS.values() if verdict in n.index]
    return ", ".join(f"{n[verdict]} {verdict}" for verdict in order)


def notes(shown: pd.DataFrame, counts: pd.DataFrame, n_refs: int) -> tuple[str, ...]:
    """Say how the verdicts are meant, and how far they go."""
    reading = (
        "Misleading: true in part, but it leaves a wrong idea. Unverified: no source was found "
        "that settles it, so it may be true or not."
    )
    limits = (
        "Authors sort and name calcinosis in different ways, and much of the evidence is thin: "
        "most sources were read as abstracts only. Each verdict says how sure it is. The verdicts "
        "are not yet reviewed by a clinician."
    )
    completed = (
        "An entry that breaks off leaves a claim open. Its likely end was added by this course "
        "and judged; the table marks it as the missing end of the entry."
    )
    many = (
        f"{n_refs} sources stand behind these claims, too many for a list here: the table names "
        "those of each claim."
    )
    further = [NARROW_PARTS] * has_narrow_parts(counts) + [many] * (n_refs > MOST_SOURCES)
    ended = [completed] * bool(shown["claim_kind"].eq("completed").any())
    return (reading, limits, *ended, *[" ".join(further)] * bool(further))
