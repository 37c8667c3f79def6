"""What the explorer of prevalence says."""

from __future__ import annotations

from typing import Final

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._opened import row_names
from calcinosis_data.course.explorers._prevalence.rows import DETECTIONS
from calcinosis_data.course.explorers._words import listing, lower_first, sentence
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.study_rows import range_words, shared_marks
from calcinosis_data.course.explorers.study_words import ROUNDING

CHARTED: Final = "calcinosis"
OUTSIDE: Final = "calcinosis-outside-chart"

MEASURES: Final = {
    CHARTED: "calcinosis",
    OUTSIDE: "calcinosis, figures kept out of the chart",
    "calcification": "calcium in organs, vessels or elsewhere",
    "calciphylaxis": "calciphylaxis",
    "incidence": "new cases over a time",
    "hypercalcaemia": "high calcium in the blood",
    "case-mix": "the share of all cases that a disease makes up",
    "case-count": "published cases",
    "case-finding": "the share of flagged records that were right",
    "disease-frequency": "the disorder itself",
    "contrast": "another finding, for comparison",
}
"""What was counted, by the value of the filter: words for a sentence."""

SORTS: Final = {
    "size": "Largest study first",
    "percent": "Highest percent first",
    "disease": "Name of the disease",
}


def finding(rows: pd.DataFrame, condition: str, measure: str, detection: str, smallest: int) -> str:
    """Say how common it was, over how many studies, and what the largest of them found.

    Parameters
    ----------
    rows : pandas.DataFrame
        The figures shown.
    condition, measure, detection, smallest
        State of the filters.

    Returns
    -------
    str
        The finding.
    """
    disease = _disease(rows, condition)
    if measure != CHARTED:
        return _listed(rows, disease, measure, detection, smallest)
    found = "found" if detection == ANY else f"found {DETECTIONS[detection][0]}"
    start = f"In {_studies(rows, smallest)} on {disease}{_in_figures(rows)}, calcinosis was {found}"
    if len(rows) > 1:
        return sentence(f"{start} in {_spread(rows)}; {_largest(rows)}")
    one = rows.iloc[0]
    sure = f"{one['percent_text']}, 95% interval {one['interval']}"
    return sentence(f"{start} in {one['count']} people ({sure})")


def _disease(rows: pd.DataFrame, condition: str) -> str:
    shown = rows["condition_id"].nunique()
    if condition == ANY:
        named = lower_first(rows["disease"].iloc[0])
        return named if shown == 1 else f"{shown} diseases or their forms"
    name = lower_first(str(row_names("conditions")[condition]))
    return name if rows["condition_id"].eq(condition).all() else f"{name} and its forms"


def _studies(rows: pd.DataFrame, smallest: int) -> str:
    n = rows["ref_id"].nunique()
    size = f" of at least {smallest} people" if smallest else ""
    return f"{n} {'study' if n == 1 else 'studies'}{size}"


def _figures(n: int) -> str:
    return "1 figure" if n == 1 else f"{n} figures"


def _in_figures(rows: pd.DataFrame) -> str:
    one_each = rows["ref_id"].is_unique
    return "" if one_each else f" ({_figures(len(rows))})"


def _whole_studies(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out the parts of studies, unless there is nothing else."""
    whole = rows[rows["overlap_role"].ne("part").fillna(True)]
    return rows if whole.empty else whole


def _spread(rows: pd.DataFrame) -> str:
    """Say the lowest and the highest percent of whole studies, each with its size."""
    whole = _whole_studies(rows)
    ends = whole.sort_values(["percent", "n"]).iloc[[0, -1]]
    (low, of_low), (high, of_high) = ends[["percent_text", "n"]].itertuples(index=False)
    spread = f"{low} (of {of_low:,} people) to {high} (of {of_high:,})"
    parts = len(rows) - len(whole)
    if len(whole) == 1:
        spread = f"{low} (of {of_low:,} people)"
    return f"{spread}, leaving out parts of studies" if parts else spread


def _largest(rows: pd.DataFrame) -> str:
    largest = rows[rows["n"].eq(rows["n"].max())]
    several = rows["condition_id"].nunique() > 1
    among = f" ({lower_first(largest['disease'].iloc[0])})" if several else ""
    people = f"{int(largest['n'].iloc[0]):,}{among}"
    part = rows["ref_id"].nunique() == 1 or largest["overlap_role"].eq("part").fillna(False).all()
    what = "group" if part else "study"
    return f"the largest {what}, of {people}, found {range_words(largest['percent'])}"


def _listed(rows: pd.DataFrame, disease: str, measure: str, detection: str, smallest: int) -> str:
    """Say what figures there are that no chart shows."""
    counted = f"{_figures(len(rows))} from {_studies(rows, smallest)}"
    verb = "counts" if len(rows) == 1 else "count"
    what = MEASURES[CHARTED if measure == OUTSIDE else measure]
    found = "" if detection == ANY else f", found {DETECTIONS[detection][0]}"
    on = f"on {disease}" if measure != "contrast" else f"for {disease}"
    why = "it is listed, not drawn" if len(rows) == 1 else "they are listed, not drawn"
    return sentence(f"{counted} {on} {verb} {what}{found}; {why}")


def nothing_found(
    own: pd.DataFrame, condition: str, measure: str, detection: str, smallest: int
) -> str:
    """Say that no figure is left, and which filter to change.

    Parameters
    ----------
    own : pandas.DataFrame
        All figures on the disease chosen, of any measure, with a column `shown_under`.
    condition, measure, detection, smallest
        State of the filters.

    Returns
    -------
    str
        The finding of the empty state.
    """
    name = (
        "any disease" if condition == ANY else lower_first(str(row_names("conditions")[condition]))
    )
    what = MEASURES[measure]
    if own["shown_under"].eq(measure).any():
        limits = [] if detection == ANY else [DETECTIONS[detection][0]]
        limits += [f"in a study of at least {smallest} people"] if smallest else []
        counted = MEASURES[CHARTED if measure == OUTSIDE else measure]
        kept = ", outside the chart," if measure == OUTSIDE else ""
        start = f"No figure on {name}{kept} counts {counted} {' and '.join(limits)}"
        ways = ["another way of finding"] if detection != ANY else []
        ways += ["smaller studies"] if smallest else []
        return sentence(f"{start}: choose {' or '.join(ways)}")
    counts = own["shown_under"].value_counts()
    listed = listing([f"{MEASURES[one]} ({counts[one]})" for one in MEASURES if one in counts])
    return f"No figure on {name} counts {what}. Choose under “What was counted”: {listed}."


def caption(condition: str, measure: str) -> str:
    """Name the table."""
    of = "" if condition == ANY else f": {lower_first(str(row_names('conditions')[condition]))}"
    what = MEASURES[measure]
    return f"Figures of single studies, {what}{of}"


def chart_name(rows: pd.DataFrame) -> str:
    """Describe the chart in a sentence or two."""
    diseases = listing([lower_first(name) for name in rows["disease"].drop_duplicates()])
    return (
        f"Dots with 95% intervals, one for each of {_figures(len(rows))}: percent of the people "
        f"studied who had calcinosis, under {diseases}. Colour and shape say how it was found."
    )


def notes(rows: pd.DataFrame, measure: str) -> tuple[str, ...]:
    """Say how to read the figures, and what may not be done with them.

    Parameters
    ----------
    rows : pandas.DataFrame
        The figures shown.
    measure : str
        State of the filter.

    Returns
    -------
    tuple of str
        The notes.
    """
    if rows.empty:
        return ()
    charted = measure == CHARTED
    read = _HOW_TO_READ if charted else _OUTSIDE_THE_CHART
    return (
        f"{read} {_NO_AVERAGE}",
        *_shared(rows, charted=charted),
        " ".join([*_rounded(rows), ROUNDING]),
        *_terms(rows),
    )


_HOW_TO_READ: Final = (
    "Each mark is one figure of one study, the line through it its 95% interval; the larger the "
    "study, the larger the mark. The forms of a disease follow it."
)
_OUTSIDE_THE_CHART: Final = (
    "These figures had no second reading, or count something that does not belong in the chart."
)
_NO_AVERAGE: Final = (
    "No average is given: the studies differ in whom they looked at and how, and what is found "
    "depends on how it is looked for."
)


def _shared(rows: pd.DataFrame, *, charted: bool) -> list[str]:
    marked = shared_marks(rows).ne("").sum()
    if not marked:
        return []
    where = "the words in square brackets and the table say" if charted else "the table says"
    return [
        f"{marked} of these figures share patients, or may share them, with another one here; "
        f"{where} which. Never add them up."
    ]


def _rounded(rows: pd.DataFrame) -> list[str]:
    worked_out = rows["count_basis"].isin(["back-calculated", "derived"]).sum()
    if not worked_out:
        return []
    verb = "count is" if worked_out == 1 else "counts are"
    return [
        f"{worked_out} {verb} not printed in the source but worked out from other printed "
        "figures; “about” marks one that was rounded from a percent."
    ]


_TERMS: Final = {"CREST": "crest-syndrome", "nticentromere": "anticentromere-antibody"}
"""What may stand in the name of a disease, and the term of the glossary that explains it."""


def _terms(rows: pd.DataFrame) -> list[str]:
    """Explain the terms that stand in the names of the diseases shown."""
    glossary = data.load_table("glossary").set_index("term_id")
    told = glossary["term"].map(sentence).str[:-1] + ": " + glossary["definition"].map(lower_first)
    names = " ".join(rows["disease"].drop_duplicates())
    used = [str(told[term]) for sign, term in _TERMS.items() if sign in names]
    return [" ".join(used)] if used else []
