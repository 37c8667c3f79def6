"""What the comparison says of study figures."""

from __future__ import annotations

from typing import Final

import pandas as pd

from calcinosis_data.course.explorers._compare.attributes import Pair
from calcinosis_data.course.explorers._compare.studies import study_titles
from calcinosis_data.course.explorers._compare.words import AID, ALL, chosen_twice, many
from calcinosis_data.course.explorers._words import listing, lower_first, sentence
from calcinosis_data.course.explorers.charts.forest import CASE_REPORTS
from calcinosis_data.course.explorers.study_rows import range_words

SAME_PATIENTS: Final = "same-patients"
_LINES: Final = (
    "Each line is one figure of one study, with its 95% interval. Figures are never added up: "
    "people, methods and definitions differ between studies."
)
_OWN: Final = (
    "Only figures fit for a chart count here; those on a subset of patients stand with that subset."
)

_COLUMNS: Final = {
    "name": "Study figure",
    "group": "",
    "counted": "",
    "count": "Number with it",
    "percent_text": "Percent",
    "interval": "95% interval",
    "how": "",
    "shared": "Shared patients",
    "source": "Source",
    "note": "Note",
}


def figures_finding(pair: Pair, rows: pd.DataFrame) -> str:
    """Say how many charted study figures each row has, and from where to where they go.

    Parameters
    ----------
    pair : Pair
        The rows.
    rows : pandas.DataFrame
        Their figures, as `side_by_side` gives them.

    Returns
    -------
    str
        One sentence; where they cannot be compared, why, and what to do.
    """
    if pair.twice:
        return chosen_twice(pair)
    having = [name for name in pair.names if rows["group"].eq(name).any()]
    if len(having) < len(pair.names):
        told = f"Only {lower_first(having[0])} has" if having else "Neither of the two has"
        return f"{told} study figures of its own for the chart. Choose another row or show {ALL}."
    each = [f"{lower_first(name)}: {_figures(rows[rows['group'].eq(name)])}" for name in having]
    return f"{sentence('; '.join(each))} Different studies: read them one by one."


def _figures(rows: pd.DataFrame) -> str:
    groups = rows[~rows["single"]]
    ends = (
        f"{many(len(groups), 'figure')} ({range_words(groups['percent'])})" if len(groups) else ""
    )
    return listing([part for part in (ends, _reports(rows[rows["single"]])) if part])


def _reports(singles: pd.DataFrame) -> str:
    """Count reports of one patient, and the patients where several reports are of the same."""
    if singles.empty:
        return ""
    reports = many(len(singles), "report")
    if _may_share(singles):
        return f"{reports} of one patient each, perhaps the same"
    patients = _patients(singles)
    if patients == len(singles):
        return f"{reports} of one patient{' each' if patients > 1 else ''}"
    return f"{reports} of {'the same patient' if patients == 1 else f'{patients} patients'}"


def _patients(singles: pd.DataFrame) -> int:
    known = singles["overlap_group"].where(singles["overlap_role"].eq(SAME_PATIENTS))
    return int(known.nunique() + known.isna().sum())


def _may_share(singles: pd.DataFrame) -> bool:
    unsure = singles["overlap_group"].where(singles["overlap_role"].ne(SAME_PATIENTS)).dropna()
    return bool(unsure.duplicated().any())


def single_heading(rows: pd.DataFrame) -> str:
    """Head the reports of single patients; several may be of the same one.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of the chart, as `side_by_side` gives them.

    Returns
    -------
    str
        The heading of their block.
    """
    singles = rows[rows["single"]]
    shared = _may_share(singles) or _patients(singles) < len(singles)
    return f"Case reports: {_reports(singles)}" if shared else CASE_REPORTS


def figure_notes(pair: Pair, *, drawn: bool) -> tuple[str, ...]:
    """Say how to read the chart, or which figures it would have.

    Parameters
    ----------
    pair : Pair
        The rows.
    drawn : bool
        Whether there is a chart.

    Returns
    -------
    tuple of str
        The notes.
    """
    if pair.twice:
        return ()
    return (_LINES, _OWN, AID) if drawn else (_OWN,)


def figure_titles(pair: Pair, study: str) -> dict[str, str]:
    """Title the columns of the table of study figures, by the names that its rows have."""
    own = study_titles(study) | {"group": pair.opened.titles[pair.opened.key[0]]}
    return {column: own.get(column, title) for column, title in _COLUMNS.items()}


def figures_caption(pair: Pair, study: str, rows: pd.DataFrame) -> str:
    """Name the table of study figures."""
    title = lower_first(study_titles(study)["study"])
    figures = (
        many(len(rows), "study figure") if len(rows) else "no study figures to set side by side"
    )
    return f"{listing(pair.names)}: {figures} on {title}"


def chart_name(pair: Pair, rows: pd.DataFrame) -> str:
    """Describe the chart with what it shows for each row."""
    told = [f"{name}: {_figures(rows[rows['group'].eq(name)])}" for name in pair.names]
    return (
        f"Dot chart of percentages with 95% intervals, one line per study figure. {'; '.join(told)}"
    )
