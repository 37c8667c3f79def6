"""Results of treatments in studies, each under the treatment that it bears on."""

from __future__ import annotations

from functools import cache
from typing import Final

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._opened import row_names, with_citations
from calcinosis_data.course.explorers._treatment_evidence.treatments import known_treatments
from calcinosis_data.course.explorers._words import lower_first
from calcinosis_data.course.explorers.study_rows import (
    distinct_names,
    shared_marks,
    shared_patients,
    study_columns,
)

DESIGNS: Final = {
    "rct": "randomised trial",
    "cohort": "cohort",
    "case-series": "case series",
    "case-report": "case report",
    "systematic-review": "review of reports",
    "literature-review": "review of reports",
}
"""Kind of study in words, by `design`."""

DESIGN_KINDS: Final = tuple(dict.fromkeys(DESIGNS.values()))

ENDPOINTS: Final = {
    "response": "response",
    "wound-healing": "healing of wounds",
    "recurrence-free": "no return of deposits",
    "survival": "survival",
    "no-progression": "no growth of deposits",
    "prevention": "prevention",
    "hospitalisation": "hospitalisation",
    "tendon": "shoulder tendon, not calcinosis",
    "no-count": "no count given",
    "inflammation-only": "inflammation only",
    "arterial-uptake": "tracer uptake in arteries",
    "pooled-effect": "effect pooled from several studies",
}
"""Kind of result in words, by `endpoint`."""

_BASES: Final = {
    "reported": "printed in the source",
    "derived": "worked out from a printed percent",
    "secondary": "told by another publication",
    "title-only": "read from the title",
}

_BASIS_MARKS: Final = {"secondary": "told second-hand", "title-only": "from the title alone"}

NO_TREATMENT: Final = "not among the treatments listed"


@cache
def treatment_results() -> pd.DataFrame:
    """Load the results with their words, in the order of the treatments.

    Returns
    -------
    pandas.DataFrame
        The rows of `outcomes` and the columns of `study_columns`, with `name` (unique),
        `treatment_id` and `treatment`, `known` (level, direction and target), `disease`,
        `kind` (of study), `result` (the count with its unit), `basis_text` and `shared`.
        Rows stand by direction and name of the treatment, the largest study first.

    Examples
    --------
    >>> bool(treatment_results()["name"].is_unique)
    True
    """
    rows = study_columns(data.load_table("outcomes"), "n_improved", "n_treated")
    known = known_treatments().set_index("treatment_id")
    rows["treatment_id"] = _treatment_of(rows)
    place = {treatment: number for number, treatment in enumerate(_by_direction(known))}
    rows = rows.assign(
        treatment=rows["treatment_id"].map(known["name"]).fillna(NO_TREATMENT),
        known=rows["treatment_id"].map(known["known"]),
        intervention=rows["intervention_id"].map(row_names("interventions")),
        disease=rows["condition_id"].map(row_names("conditions")),
        joined=rows["intervention_id"].map(_arms()["is_combination"]).astype(bool),
        kind=rows["design"].astype("object").map(DESIGNS),
        endpoint_text=rows["endpoint"].astype("object").map(ENDPOINTS),
        basis_text=rows["basis"].astype("object").map(_BASES),
        result=_with_unit(rows),
        shared=shared_patients(rows, rows, "outcome_id"),
        note=with_citations(rows["note"]),
        place=rows["treatment_id"].map(place),
    )
    rows["name"] = _names(rows)
    rows = rows.sort_values(["place", "n", "name"], ascending=[True, False, True])
    return rows.drop(columns="place").reset_index(drop=True)


def _by_direction(known: pd.DataFrame) -> list[str]:
    return [str(one) for one in known.sort_values(["direction", "name"]).index]


def _treatment_of(rows: pd.DataFrame) -> pd.Series[str]:
    """Find the treatment of each arm; a comparator goes with the treated arm of its study."""
    arms = _arms()
    own = rows["intervention_id"].map(arms["treatment_id"]).astype("object")
    treated = own.dropna().groupby(rows["ref_id"].astype("object")).first()
    against = rows["intervention_id"].map(arms["is_comparator"]).astype(bool)
    return own.where(~against, rows["ref_id"].astype("object").map(treated))


def _arms() -> pd.DataFrame:
    return data.load_table("interventions").set_index("intervention_id")


def _with_unit(rows: pd.DataFrame) -> pd.Series[str]:
    """Say the count with what was counted: patients, lesions or shoulders."""
    units = rows["unit"].astype("str")
    counted = units.where(rows["n"].eq(1).fillna(False), units + "s")
    studied = rows["n"].astype("str") + " " + counted + " studied"
    unknown = rows["n_improved"].isna() & rows["n"].notna()
    text: pd.Series[str] = (rows["count"] + " " + counted).where(~unknown, studied)
    return text


def _names(rows: pd.DataFrame) -> pd.Series[str]:
    """Name each result by what was given, to whom, and the year of the publication."""
    years = rows["ref_id"].map(data.load_table("references").set_index("ref_id")["year"])
    start = rows["intervention"] + ", " + rows["disease"].map(lower_first)
    dated = start.where(years.isna(), start + " (" + years.astype("str") + ")")
    return distinct_names(dated, rows["kind"], rows["endpoint_text"], rows["outcome_definition"])


def chosen_results(treatments: pd.DataFrame, *, charted: bool) -> pd.DataFrame:
    """Keep the results on some treatments, those of the chart or those that stay out of it.

    Parameters
    ----------
    treatments : pandas.DataFrame
        Treatments that the filters let through. If they are all, results that no treatment
        has are kept too.
    charted : bool
        Which of the two.

    Returns
    -------
    pandas.DataFrame
        Rows of `treatment_results`, in their order.
    """
    rows = treatment_results()
    rows = rows[rows["chart"].eq(charted)]
    if len(treatments) == len(known_treatments()):
        return rows
    return rows[rows["treatment_id"].isin(treatments["treatment_id"])]


def response_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Choose what the forest chart draws: what is known of a treatment over its results.

    Parameters
    ----------
    rows : pandas.DataFrame
        Charted results.

    Returns
    -------
    pandas.DataFrame
        Rows for `forest`; what a reader must see at once stands in square brackets.
    """
    marks = pd.DataFrame(
        {"basis": rows["basis"].astype("object").map(_BASIS_MARKS), "shared": _same_patient(rows)}
    ).fillna("")
    said = [", ".join(filter(None, both)) for both in marks.itertuples(index=False)]
    short = [_within(*pair) for pair in zip(rows["name"], rows["treatment"], strict=True)]
    single = rows["single"]
    labels = rows["name"].where(single, pd.Series(short, index=rows.index, dtype="str"))
    headings = rows["treatment"] + ": " + rows["known"].fillna("")
    return rows[_DRAWN].assign(
        label=[
            f"{label} [{mark}]" if mark else label for label, mark in zip(labels, said, strict=True)
        ],
        group=headings.where(~single, ""),
    )


def _same_patient(rows: pd.DataFrame) -> pd.Series[str]:
    marks = shared_marks(rows)
    return marks.where(~(rows["single"] & marks.eq("same patients")), "same patient")


_DRAWN: Final = ["name", "percent", "ci_low", "ci_high", "n", "count", "kind", "single"]


def _within(name: str, treatment: str) -> str:
    """Leave out the treatment under its own heading."""
    rest = name.removeprefix(f"{treatment}, ")
    return rest[:1].upper() + rest[1:]
