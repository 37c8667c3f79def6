"""Which section of the article can be trusted, down to each claim and its sources."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course import ui
from calcinosis_data.course.explorers import filters
from calcinosis_data.course.explorers._article_audit.claims import (
    SECTIONS,
    VERDICTS,
    against,
    article_claims,
    claim_texts,
    count_verdicts,
    share_against,
)
from calcinosis_data.course.explorers._article_audit.words import (
    MOST_SOURCES,
    Asked,
    caption,
    chart_name,
    finding,
    notes,
    section_label,
)
from calcinosis_data.course.explorers.charts.bars import stacked_bars
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.ui import theme
from calcinosis_data.course.ui.controls import Control

# What speaks against a claim gets no colour that means "go" to most people.
_COLOURS = (theme.BLUE, theme.GREEN, theme.PINK, theme.VERMILLION, theme.GREY)
_CONFIDENCES = ("high", "moderate", "low")


def article_audit(
    section: str = ANY, verdict: str = ANY, confidence: str = ANY, search: str = ""
) -> ui.Panel:
    """Show how the claims of the article were judged.

    Parameters
    ----------
    section : str, default "any"
        Section of the article, as in `source_items`; one bar per entry of it is drawn then.
    verdict : str, default "any"
        How the claims were judged, as in `appraisals`.
    confidence : str, default "any"
        How sure the verdict is.
    search : str, default ""
        Words to look for in claims, headings of entries and explanations.

    Returns
    -------
    Panel
        What a notebook cell shows.

    Raises
    ------
    ControlValueError
        If a preset is none of the values that its control offers.

    Examples
    --------
    >>> article_audit(verdict="incorrect").view.finding.split(".")[0]
    '15 of 147 claims are incorrect'
    """
    sections = [(ANY, ANY), *((name, one) for one, name in SECTIONS.items())]
    verdicts = [(ANY, ANY), *((said, one) for one, said in VERDICTS.items())]
    controls: dict[str, Control] = {
        "section": ui.choice("Section of the article", sections, section),
        "verdict": ui.choice("Verdict", verdicts, verdict),
        "confidence": ui.choice("Confidence in the verdict", [ANY, *_CONFIDENCES], confidence),
        "search": ui.search("Search claims and entries", search),
    }
    question = "Which section of the article can be trusted?"
    return ui.panel(question, controls, view, name="article-audit")


def view(section: str, verdict: str, confidence: str, search: str) -> ui.View:
    """Make what the panel shows for one state of its filters."""
    asked = Asked(section, verdict, confidence, search)
    claims = _judged_claims(asked)
    shown = filters.keep(claims, "verdict", verdict)
    refs = sorted({ref for of_claim in shown["refs"] for ref in of_claim})
    counts = _counts(claims, shown, asked)
    bars = "section" if section == ANY else "entry"
    return ui.View(
        finding=finding(claims, asked),
        table=_table(shown),
        caption=caption(len(shown), len(claims), asked),
        figure=None if shown.empty else _figure(counts, claims, asked),
        chart_name="" if shown.empty else chart_name(counts, bars, asked),
        ref_ids=tuple(refs) if len(refs) <= MOST_SOURCES else (),
        notes=notes(shown, counts, len(refs)),
    )


def _judged_claims(asked: Asked) -> pd.DataFrame:
    """Apply all filters but that of the verdict, so that a share can be told."""
    claims = filters.search(article_claims(), asked.search, claim_texts())
    claims = filters.keep(claims, "section", asked.section)
    return filters.keep(claims, "confidence", asked.confidence)


def _counts(claims: pd.DataFrame, shown: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """Count by section, the least to be trusted first; within a section by entry."""
    if asked.section != ANY:
        entries = dict.fromkeys(shown["entry"])
        return count_verdicts(shown, "entry", {one: one for one in entries})
    shares = share_against(claims, against(asked.verdict))
    sections = {str(one): SECTIONS[str(one)] for one in shares.index}
    return count_verdicts(shown, "section", sections)


def _figure(counts: pd.DataFrame, claims: pd.DataFrame, asked: Asked) -> go.Figure:
    parts = list(VERDICTS.values())
    ends = None if asked.verdict == ANY else _shares(counts, claims)
    figure = stacked_bars(counts, parts=parts, counted="claims", colours=_COLOURS, ends=ends)
    if asked.section == ANY:
        wanted = against(asked.verdict)
        shares = share_against(claims, wanted)
        labels = [section_label(str(one), share, wanted) for one, share in shares.items()]
        figure.layout.yaxis.ticktext = labels
    return figure


def _shares(counts: pd.DataFrame, claims: pd.DataFrame) -> dict[str, str]:
    """Say of each bar how many claims it would have without the filter of the verdict."""
    all_claims = {
        **claims["section"].map(SECTIONS).value_counts(),
        **claims["entry"].value_counts(),
    }
    shown = counts.groupby("group", sort=False)["n"].sum()
    return {str(group): f"{n} of {all_claims[group]}" for group, n in shown.items()}


def _table(shown: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Claim": shown["claim"],
            "Verdict": shown["verdict"].map(VERDICTS),
            "Explanation": shown["explanation"],
            "Confidence": shown["confidence"],
            "Section": shown["section"].map(SECTIONS),
            "Entry": shown["entry"],
            "What is judged": shown["kind"],
            "Entry cut off": shown["truncated"].map({True: "yes", False: "no"}),
            "Relation to another entry": shown["relation"],
            "Sources": shown["sources"],
        }
    ).reset_index(drop=True)
