"""The figures of `prevalence` in words, chosen by filters and put in order."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._opened import row_names, with_citations
from calcinosis_data.course.explorers._prevalence.forms import as_forms, family_places
from calcinosis_data.course.explorers.families import family
from calcinosis_data.course.explorers.filters import ANY, keep
from calcinosis_data.course.explorers.study_rows import (
    distinct_names,
    interval_words,
    percent_words,
    shared_marks,
    shared_patients,
    study_columns,
)
from calcinosis_data.course.explorers.study_words import only_looked_at, rounded, study_names
from calcinosis_data.course.ui import NOT_STATED

DETECTIONS: Final = {
    "examination": ("by examination", "examination"),
    "radiograph": ("by X-ray", "imaging"),
    "ct": ("by CT", "imaging"),
    "other-imaging": ("by other or several kinds of imaging", "imaging"),
    "examination-and-imaging": ("by examination and imaging", "examination and imaging"),
    "mixed": ("in several ways", "examination and imaging"),
    "record": ("from patient records", "records or reports"),
    "published-cases": ("from published cases", "records or reports"),
    "self-report": ("from what patients reported", "records or reports"),
    "laboratory": ("by a laboratory test", "laboratory"),
    "autopsy": ("at autopsy", "autopsy"),
    "not-stated": (f"in a way that is {NOT_STATED}", NOT_STATED),
}
"""How it was found, by `detection`: words for a sentence, and the group that a chart shows."""

FOUND_KINDS: Final = (
    "imaging",
    "examination",
    "examination and imaging",
    "records or reports",
    NOT_STATED,
)
"""The groups that charted figures fall into, in the order of colours."""

_COUNTS: Final = {
    "reported": "printed in the source",
    "back-calculated": "rounded from a printed percent",
    "derived": "worked out from other printed counts",
    "not-shown": "not shown",
}


_SHORT_FORMS: Final = {
    "EUSTAR patients": "patients of the European Scleroderma Trials and Research group (EUSTAR)",
    "2013 ACR/EULAR criteria": "by the 2013 criteria of the American and European rheumatology "
    "societies",
    "SSc": "systemic sclerosis",
    "CTD": "connective tissue disease",
}
"""What short forms in the words for the people studied stand for."""
_SHORT_FORM = re.compile("|".join(rf"\b{re.escape(one)}\b" for one in _SHORT_FORMS))


@cache
def prevalence_rows() -> pd.DataFrame:
    """Load the figures with their words.

    Returns
    -------
    pandas.DataFrame
        The rows of `prevalence` and the columns of `study_columns`, with `name` (unique),
        `disease`, `found` and `kind` (how), `basis` (of the count), `printed` (range in the
        source) and `shared` (patients). Percents are rounded as `study_words` says.

    Examples
    --------
    >>> rows = prevalence_rows()
    >>> bool(rows["name"].is_unique)
    True
    """
    rows = rounded(study_columns(data.load_table("prevalence")))
    detection = rows["detection"].astype("object")
    rows = rows.assign(
        disease=rows["condition_id"].map(row_names("conditions")).astype("str"),
        found=detection.map({one: words for one, (words, _) in DETECTIONS.items()}),
        kind=detection.map({one: kind for one, (_, kind) in DETECTIONS.items()}),
        basis=rows["count_basis"].astype("object").map(_COUNTS),
        printed=_printed_ranges(rows),
        shared=shared_patients(rows, rows, "prevalence_id"),
        finding=_spelled_out(rows["finding"]),
        note=with_citations(rows["note"]),
    )
    worked_back = rows["count_basis"].eq("back-calculated")
    rows["count"] = rows["count"].where(~worked_back, "about " + rows["count"])
    return rows.assign(name=_names(rows))


def _spelled_out(texts: pd.Series[str]) -> pd.Series[str]:
    said = [_SHORT_FORM.sub(lambda hit: _SHORT_FORMS[hit[0]], one) for one in texts]
    return pd.Series(said, index=texts.index, dtype="str")


def _printed_ranges(rows: pd.DataFrame) -> pd.Series[str]:
    """Say the range that a source prints, or its upper bound."""
    pairs = zip(rows["reported_low"], rows["reported_high"], strict=True)
    return pd.Series([_printed(*pair) for pair in pairs], index=rows.index, dtype="str")


def _printed(low: float, high: float) -> str | None:
    if pd.isna(low):
        return None if pd.isna(high) else f"at most {percent_words(high)}"
    return interval_words(low, high)


def _names(rows: pd.DataFrame) -> pd.Series[str]:
    """Name each figure by the people studied and the source, where needed by more."""
    told = study_names(_spelled_out(rows["population"]), rows["ref_id"])
    named = pd.Series(told, index=rows.index, dtype="str")
    plain = rows["finding"].eq("calcinosis")
    start = named.where(plain, named + ": " + rows["finding"])
    limits = pd.Series(only_looked_at(rows["ref_id"]), index=rows.index, dtype="str")
    start = start.where(limits.eq(""), start + ", " + limits)
    return distinct_names(start, rows["found"], rows["disease"], rows["finding"])


def chosen(
    rows: pd.DataFrame, condition: str, measure: str, detection: str, smallest: int
) -> pd.DataFrame:
    """Keep the figures on a disease and its forms, of one measure, found in one way.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `prevalence_rows`.
    condition : str
        A condition, whose forms are kept too, or "any".
    measure : str
        What was counted. There is no "any": figures of two measures are not comparable.
    detection : str
        How it was found, or "any".
    smallest : int
        Studies of fewer people are left out; 0 keeps those of unknown size too.

    Returns
    -------
    pandas.DataFrame
        The rows kept, in their order.
    """
    if condition != ANY:
        rows = rows[rows["condition_id"].isin(family(condition))]
    rows = keep(keep(rows, "measure", measure), "detection", detection)
    return rows[rows["n"].ge(smallest).fillna(False)] if smallest else rows


def in_order(rows: pd.DataFrame, sort: str) -> pd.DataFrame:
    """Put the diseases in order, each with its forms, and the figures within each.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `prevalence_rows`.
    sort : {"percent", "size", "disease"}
        Diseases, and the forms of each after it, by the percent in their largest study, by the
        size of that study, or by name; figures by their size under "size", else by their
        percent.

    Returns
    -------
    pandas.DataFrame
        The rows, those of one disease and its forms together, what is not known last.
    """
    within = "n" if sort == "size" else "percent"
    places = family_places(rows, None if sort == "disease" else within)
    return (
        rows.assign(of_disease=rows["condition_id"].map(places), of_figure=rows[within])
        .sort_values(
            ["of_disease", "of_figure", "name"],
            ascending=[True, False, True],
            na_position="last",
        )
        .drop(columns=["of_disease", "of_figure"])
        .reset_index(drop=True)
    )


def forest_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Choose what the forest chart draws, patients shared between figures marked in words."""
    marks = shared_marks(rows)
    labels = rows["name"].where(marks.eq(""), rows["name"] + " [" + marks + "]")
    return rows[_DRAWN].assign(label=labels, group=as_forms(rows["condition_id"]))


_DRAWN: Final = ["name", "percent", "ci_low", "ci_high", "n", "count", "kind", "single"]
