"""What the explorer of treatments says of results in studies."""

from __future__ import annotations

from typing import Final

import pandas as pd

from calcinosis_data.course.explorers._treatment_evidence.words import (
    LEVEL_NOTE,
    NO_ADVICE,
    nothing_found,
    triple,
)
from calcinosis_data.course.explorers._words import lower_first
from calcinosis_data.course.explorers.study_rows import range_words, shared_marks


def finding(rows: pd.DataFrame, known: pd.DataFrame) -> str:
    """Say how many results of a response there are and how far apart they lie.

    Parameters
    ----------
    rows : pandas.DataFrame
        The results shown, rows of `treatment_results` of the chart.
    known : pandas.DataFrame
        The treatments that they are on, rows of `known_treatments`.

    Returns
    -------
    str
        The finding.
    """
    if rows.empty:
        return _none(known, "result for the chart")
    own = _own(rows, known)
    on = f" on {_treatments(rows)}" if len(own) > 1 else ""
    said = f"{_results(len(rows))}{on}{_told(rows)}."
    return f"{triple(own)} {said}" if len(own) == 1 else said


def _told(rows: pd.DataFrame) -> str:
    if len(rows) > 1:
        parts = [_of_many(rows[~rows["single"]]), _of_one(rows[rows["single"]])]
        return f": {'; '.join(part for part in parts if part)}"
    one = rows.iloc[0]
    if one["single"]:
        return f", of one patient, {'with' if one['n_improved'] else 'without'} a response"
    return f": a response in {one['result']} ({one['percent_text']})"


def _own(rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Keep the treatments that the results are on."""
    return known[known["treatment_id"].isin(rows["treatment_id"])]


def finding_outside(rows: pd.DataFrame, known: pd.DataFrame) -> str:
    """Say how many results stay out of the chart, and why."""
    if rows.empty:
        return _none(known, "result outside the chart")
    other = int((~rows["endpoint"].isin(["response", "no-count"])).sum())
    rest = len(rows) - other
    many = f"{_results(len(rows))} {'stays' if len(rows) == 1 else 'stay'} out of the chart"
    count = "1 counts" if other == 1 else f"{other} count"
    what = "something else than a response of deposits or symptoms"
    lacking = f"{rest} {'has' if rest == 1 else 'have'} no count or no second reading"
    told = f"{many}: {count} {what}{f'; {lacking}' if rest else ''}"
    if other == len(rows):
        told = f"{many}, because {'it counts' if other == 1 else 'they count'} {what}"
    if not other:
        told = f"{many}, for want of a count or of a second reading"
    own = _own(rows, known)
    return f"{triple(own)} {told}." if len(own) == 1 else f"{told}."


def _none(known: pd.DataFrame, what: str) -> str:
    if len(known) == 1:
        return f"{triple(known)} There is no {what} on it: choose another list under “Show”."
    return nothing_found(what)


def _results(n: int) -> str:
    return "1 result" if n == 1 else f"{n} results"


def _treatments(rows: pd.DataFrame) -> str:
    n = rows["treatment"].nunique()
    return "1 treatment" if n == 1 else f"{n} treatments"


def _of_many(rows: pd.DataFrame) -> str:
    """Tell of the results on more than one patient: their spread and the largest."""
    if rows.empty:
        return ""
    start = f"{len(rows)} of more than one patient, with a response in"
    if len(rows) == 1:
        return f"{start} {rows['result'].iloc[0]} ({rows['percent_text'].iloc[0]})"
    largest = rows[rows["n"].eq(rows["n"].max())]
    spread, found = range_words(rows["percent"]), range_words(largest["percent"])
    if spread == found:
        return f"{start} {spread}"
    several = rows["treatment_id"].nunique() > 1
    on = f", {lower_first(largest['treatment'].iloc[0])}" if several else ""
    return f"{start} {spread}, {found} in the largest ({largest['n'].iloc[0]} patients{on})"


def _of_one(rows: pd.DataFrame) -> str:
    """Tell of the results on single patients: how many report a response."""
    if rows.empty:
        return ""
    n, improved = len(rows), int(rows["n_improved"].sum())
    again = n > 1 and shared_marks(rows).eq("same patients").any()
    each = " (some of the same one)" if again else " each" if n > 1 else ""
    return f"{n} of one patient{each}, with a response in {improved or 'none'}"


def chart_name(rows: pd.DataFrame) -> str:
    """Describe the chart in a sentence or two."""
    return (
        f"Dots with 95% intervals, one for each of {_results(len(rows))} on {_treatments(rows)}: "
        "percent of the patients treated who had a response. Colour and shape give the kind of "
        "study; a last block holds the reports of one patient, as hollow marks."
    )


def notes(rows: pd.DataFrame, *, charted: bool) -> tuple[str, ...]:
    """Say how to read the results, and what may not be done with them.

    Parameters
    ----------
    rows : pandas.DataFrame
        The results shown.
    charted : bool
        Whether they are those of the chart.

    Returns
    -------
    tuple of str
        The notes.
    """
    if rows.empty:
        return ()
    how = _HOW_TO_READ if charted else _OUTSIDE
    flags = " ".join(_flags(rows))
    return (f"{how} {_RESPONSES}", *[flags] * bool(flags), LEVEL_NOTE, f"{NO_ADVICE} {_ORDER}")


_HOW_TO_READ: Final = (
    "Each mark is one result, the line through it its 95% interval; the larger the study, the "
    "larger the mark. A hollow mark is one patient."
)
_OUTSIDE: Final = (
    "These results had no second reading, have no count, or count something that does not belong "
    "in the chart."
)
_RESPONSES: Final = (
    "What counted as the result differs from study to study, as the table says: no two "
    "of them may be added up."
)
_ORDER: Final = (
    "The treatments stand by result, then by name; of one treatment the largest study comes first."
)


def _flags(rows: pd.DataFrame) -> list[str]:
    shared = int(shared_marks(rows).ne("").sum())
    second = int(rows["basis"].isin(["secondary", "title-only"]).sum())
    joined = int(rows["joined"].sum())
    against = int(rows["arm"].eq("comparator").sum())
    said = [
        (shared, "share patients, or may share them, with another one here"),
        (second, "were not read in the report itself but second-hand or in its title"),
        (
            joined,
            "joined several treatments, so that none of them can be judged alone; they stand "
            "under the one named first",
        ),
        (against, "are of a group for comparison, and stand under the treatment of their study"),
    ]
    return [f"Of the results shown, {n} {words}." for n, words in said if n]
