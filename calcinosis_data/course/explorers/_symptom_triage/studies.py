"""What the explorer of symptoms says of study figures: sentences, table, notes."""

from __future__ import annotations

from typing import Final

import pandas as pd

from calcinosis_data.course.explorers._symptom_triage.words import SYSTEMS, TEACHING, Asked, Show
from calcinosis_data.course.explorers._words import listing, lower_first, sentence
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.study_rows import same_study

AXIS: Final[dict[Show, str]] = {
    "frequencies": "Patients (percent)",
    "deposits": "Deposits (percent)",
}
"""Title of the percent axis of each chart."""

_NONE: Final[dict[Show, str]] = {
    "frequencies": "No charted figure counts patients with",
    "deposits": "No charted figure counts deposits with",
    "unchecked": "No figure is kept out of the charts for",
}
_ELSEWHERE = "Choose something else under “Show”, or “any” in one of the filters."
_COUNTED: Final[dict[Show, str]] = {
    "frequencies": "patients",
    "deposits": "deposits, not patients,",
}


def finding(rows: pd.DataFrame, symptoms: int, asked: Asked, show: Show) -> str:
    """Say how many figures there are, from how many studies, and on how many symptoms.

    Parameters
    ----------
    rows : pandas.DataFrame
        The figures shown, as `figures_shown` gives them.
    symptoms : int
        Number of symptoms that the filters let through.
    asked : Asked
        The filters.
    show : {"frequencies", "deposits", "unchecked"}
        The display.

    Returns
    -------
    str
        The finding.
    """
    if rows.empty:
        whose = "the symptom" if symptoms == 1 else f"the {symptoms} symptoms"
        return f"{_NONE[show]} {whose} chosen. {_ELSEWHERE}"
    one = len(rows) == 1
    figures = f"{_plural(len(rows), 'figure', 'figures')} from {_studies(rows['ref_id'].nunique())}"
    share = _share(rows["symptom_id"].nunique(), symptoms, asked)
    if show == "unchecked":
        why = "not checked by a second reader, or without a clear count"
        return f"{figures} on {share} {'is' if one else 'are'} kept out of the charts: {why}."
    counted = f"{figures} {'counts' if one else 'count'} {_COUNTED[show]}"
    return sentence(f"{counted} with {share} or with a related sign{_beside(rows)}")


def _plural(n: int, one: str, more: str) -> str:
    return f"{n} {one if n == 1 else more}"


def _studies(n: int) -> str:
    return _plural(n, "study", "studies")


def _share(n: int, symptoms: int, asked: Asked) -> str:
    if symptoms == 1:
        return "the symptom chosen"
    if n == symptoms:
        return "both symptoms chosen" if n == 2 else f"all {n} symptoms chosen"
    return f"{n} of the {symptoms} symptoms{'' if asked.all else ' chosen'}"


def _beside(rows: pd.DataFrame) -> str:
    """Say what was counted beside the patients with calcinosis who have the symptom."""
    compared = rows.loc[rows["calcinosis"].eq("without"), "ref_id"].nunique()
    absent = int(rows["symptom_match"].eq("opposite").sum())
    who = "it" if rows["ref_id"].nunique() == 1 else _studies(compared)
    parts = [f"{who} also counted people without calcinosis"] if compared else []
    counts = _plural(absent, "figure counts", "figures count")
    parts += [f"{counts} people without the symptom"] if absent else []
    return f"; {listing(parts)}" if parts else ""


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Put the figures into the table that stands under their chart."""
    return pd.DataFrame(
        {
            "What was seen": rows["name"],
            "Symptom": rows["symptom"],
            "Is it the symptom?": rows["match"],
            "Calcinosis": rows["kind"].map(lower_first),
            "Counted": rows["counted"].astype("str"),
            "Count": rows["count"],
            "Percent": rows["percent"],
            "95% interval": rows["interval"],
            "Who was studied": rows["population"],
            "Shared patients": rows["shared"].fillna(same_study(rows)),
            "Source": rows["source"],
            "Note": rows["note"].fillna("none"),
        }
    ).reset_index(drop=True)


def caption(asked: Asked, show: Show) -> str:
    """Name the table of figures."""
    words = [] if asked.source == ANY else [f"symptoms from {asked.source}"]
    words += [] if asked.body_system == ANY else [SYSTEMS[asked.body_system]]
    words += ["red flags only"] if asked.red_flags else []
    only = f" ({', '.join(words)})" if words else ""
    what = "kept out of the charts" if show == "unchecked" else f"counted in {_UNITS[show]}"
    return f"How often symptoms were seen: figures {what}{only}"


_UNITS: Final[dict[Show, str]] = {"frequencies": "patients", "deposits": "deposits"}


def chart_name(rows: pd.DataFrame, show: Show) -> str:
    """Describe the forest chart."""
    symptoms = [lower_first(name) for name in rows["symptom"].unique()]
    return (
        f"Dots with 95% intervals: percent of {_UNITS[show]} in each of {len(rows)} study "
        f"figures, under a heading per symptom ({', '.join(symptoms)})"
    )


def notes(rows: pd.DataFrame, show: Show) -> tuple[str, ...]:
    """Say how to read the figures, and what they cannot tell."""
    read = (
        "Each dot is one figure of one study, with its 95% interval; a larger study has a larger "
        "mark. The figures are not added up: the same patients may stand in several rows.",
        "A figure can be the symptom itself, or only a part, cause or consequence of it: the table "
        "says which. A symptom that is common in the disease need not come from the deposit.",
    )
    deposits = " One patient can have many deposits: a share of deposits is no share of patients."
    apart = (
        "These figures were not checked by a second reader, or what was counted is not clear. "
        "They stand here so that nothing is hidden.",
    )
    short = _abbreviations(rows)
    if show == "unchecked":
        return (*apart, *short, TEACHING)
    first = read[0] + (deposits if show == "deposits" else "")
    return (first, *read[1:], *short, TEACHING)


_SHORT: Final = {
    "SSc": "systemic sclerosis",
    "JDM": "juvenile dermatomyositis",
    "DM": "dermatomyositis",
    "SLE": "systemic lupus erythematosus",
    "DECT": "dual-energy computed tomography",
}


def _abbreviations(rows: pd.DataFrame) -> tuple[str, ...]:
    """Spell out the short forms that stand in the column of who was studied."""
    letters = set(" ".join(rows["population"]).replace(",", " ").split())
    said = [f"{short} is {long}" for short, long in _SHORT.items() if short in letters]
    return (sentence("; ".join(said)),) if said else ()
