"""The symptoms and how often studies saw them: pure steps from table to frame."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._opened import row_names, with_citations
from calcinosis_data.course.explorers._symptom_triage.words import (
    GROUPS,
    NOT_RED,
    RED,
    SOURCES,
    SYSTEMS,
    Asked,
    Show,
)
from calcinosis_data.course.explorers._words import lower_first
from calcinosis_data.course.explorers.filters import keep
from calcinosis_data.course.explorers.study_rows import (
    distinct_names,
    percent_words,
    shared_patients,
    study_columns,
)

CALCINOSIS: Final = {
    "with": "With calcinosis",
    "without": "Without calcinosis",
    "any": "With and without together",
    "other-calcification": "Another calcification",
}
"""Who was counted, as the table has it and in words."""

_MATCH = {"same": "the symptom itself", "related": "related to it", "opposite": "its absence"}
_MOST_QUOTED = 2  # but all that count the symptom itself
_NO_GAP = "no gap recorded"
_NO_FIGURE = "no figure found"


def known_symptoms() -> pd.DataFrame:
    """Gather all symptoms in the order of the chart: by group, origin and name.

    Returns
    -------
    pandas.DataFrame
        Columns of the table `symptoms`, and `group` (heading), `flag`, `often` (how often
        studies saw it), `cited` (short citations) and `refs`.

    Examples
    --------
    >>> known_symptoms().set_index("symptom_id").loc["fever", "flag"]
    'Red flag'
    """
    return _symptoms().copy(deep=False)  # pandas copies on write


@cache
def _symptoms() -> pd.DataFrame:
    frame = data.load_table("symptoms").astype({"body_system": "str", "attributable_to": "str"})
    heading = {system: name for name, systems in GROUPS.items() for system in systems}
    ordered = frame.assign(
        group=frame["body_system"].map(heading),
        flag=frame["red_flag"].map({True: RED, False: NOT_RED}),
        evidence_note=with_citations(frame["evidence_note"]).fillna(_NO_GAP),
        often=frame["symptom_id"].map(_often),
        own=frame["symptom_id"].map(_refs),
        place=frame["body_system"].map(list(SYSTEMS).index),
        origin=frame["attributable_to"].map(list(SOURCES).index),
    )
    ordered["cited"] = ordered["own"].map(lambda refs: "; ".join(map(data.cite, refs)))
    quoted = ordered["symptom_id"].map(lambda one: tuple(_quoted(one)["ref_id"]))
    ordered["refs"] = ordered["own"] + quoted
    ordered["over"] = ordered["group"].map(list(GROUPS).index)
    return ordered.sort_values(["over", "origin", "place", "name"]).reset_index(drop=True)


def _refs(symptom: str) -> tuple[str, ...]:
    return tuple(data.sources_of("symptoms", symptom)["ref_id"])


def kept(asked: Asked) -> pd.DataFrame:
    """Keep the symptoms that the filters let through.

    Examples
    --------
    >>> kept(Asked(source="the deposit itself"))["name"].tolist()
    ['Skin lesions', 'Limited range of motion', 'Numbness and tingling']
    """
    rows = keep(known_symptoms(), "attributable_to", asked.source)
    rows = keep(rows, "body_system", asked.body_system)
    return rows[rows["red_flag"]] if asked.red_flags else rows


def known_figures() -> pd.DataFrame:
    """Gather all figures on how often one of the symptoms, or something like it, was seen.

    Returns
    -------
    pandas.DataFrame
        Rows of `frequencies` that bear on a symptom, with the columns of `study_columns` and
        `name` (unique), `symptom`, `match`, `kind`, `shared` and `label`; by symptom in the
        order of `known_symptoms`, then by feature.

    Examples
    --------
    >>> known_figures()["symptom_id"].isin(known_symptoms()["symptom_id"]).all()
    np.True_
    """
    return _figures().copy(deep=False)  # pandas copies on write


@cache
def _figures() -> pd.DataFrame:
    table = data.load_table("frequencies")
    rows = study_columns(table[table["symptom_id"].notna()])
    rows = rows.assign(
        feature=[text[:1].upper() + text[1:] for text in rows["feature"]],
        condition=rows["condition_id"].map(row_names("conditions")).map(lower_first),
        symptom=rows["symptom_id"].map(row_names("symptoms")),
        match=rows["symptom_match"].astype("str").map(_MATCH),
        kind=rows["calcinosis"].astype("str").map(CALCINOSIS),
        shared=shared_patients(rows, table, "frequency_id"),
        note=with_citations(rows["note"]),
    )
    counted = rows["counted"].astype("str").replace("unclear", "studied")
    size = (rows["n"].astype("str") + " " + counted).where(rows["n"].notna(), rows["source"])
    rows["name"] = distinct_names(
        rows["feature"] + ": " + rows["condition"], rows["kind"].map(lower_first), size
    )
    order = pd.CategoricalIndex(rows["symptom"], row_names("symptoms").unique()).codes
    return rows.assign(order=order).sort_values(
        ["order", "symptom_match", "feature", "condition", "calcinosis"], kind="stable"
    )


def figures_shown(symptoms: pd.Series[str], show: Show) -> pd.DataFrame:
    """Keep the figures of some symptoms that one display holds.

    Parameters
    ----------
    symptoms : pandas.Series of str
        Ids, in the order wanted.
    show : {"frequencies", "deposits", "unchecked"}
        Patients in a chart, deposits in a chart, or what no chart may hold.

    Returns
    -------
    pandas.DataFrame
        The rows, never of two displays.
    """
    rows = known_figures()
    counted = {"frequencies": "patients", "deposits": "deposits"}
    if show in counted:
        rows = rows[rows["chart"] & rows["counted"].eq(counted[show])]
    else:
        rows = rows[~rows["chart"]]
    rows = rows[rows["symptom_id"].isin(symptoms)]
    places = {one: place for place, one in enumerate(symptoms)}
    return rows.sort_values("symptom_id", key=lambda ids: ids.map(places), kind="stable")


def _quoted(symptom: str) -> pd.DataFrame:
    """Pick the figures on the symptom itself, and the first on what is related to it."""
    rows = _figures_of(symptom)
    itself = rows["symptom_match"].eq("same")
    related = rows[~itself].sort_values("chart", ascending=False, kind="stable")
    return pd.concat([rows[itself], related.iloc[: max(0, _MOST_QUOTED - int(itself.sum()))]])


def _figures_of(symptom: str) -> pd.DataFrame:
    rows = known_figures()
    return rows[rows["symptom_id"].eq(symptom)]


def _often(symptom: str) -> str:
    quoted = _quoted(symptom)
    if quoted.empty:
        return _NO_FIGURE
    left = len(_figures_of(symptom)) - len(quoted)
    more = [f"and {left} more on what is related"] if left else []
    return "; ".join([*(_figure_said(row) for row in quoted.to_dict("records")), *more])


def _figure_said(row: dict[Any, Any]) -> str:
    prefix = {"same": "", "related": "Related", "opposite": "Opposite"}[str(row["symptom_match"])]
    what = f"{prefix}, {lower_first(str(row['feature']))}: " if prefix else ""
    group = f"{row['condition']}, {lower_first(str(row['kind']))}"
    star = "" if row["chart"] else "*"
    return f"{what}{amount(row)}{star} ({group}; {row['source']})"


def amount(row: dict[Any, Any]) -> str:
    """Say a count with its percentage, as far as both are known.

    Examples
    --------
    >>> row = {"n_with": 154, "n_total": 316, "percent": 48.7, "counted": "deposits"}
    >>> amount(row)
    '154 of 316 deposits (48.7%)'
    >>> amount(row | {"n_with": None}), amount(row | {"n_with": None, "n_total": None})
    ('48.7% of 316 deposits', '48.7%')
    """
    part, whole = row["n_with"], row["n_total"]
    percent = percent_words(row["percent"]) or ""
    counted = "" if row["counted"] == "unclear" else f" {row['counted']}"
    if pd.isna(whole):
        return percent if pd.isna(part) else f"{part}{counted} ({percent})"
    if pd.isna(part):
        return f"{percent} of {whole}{counted}"
    return f"{part} of {whole}{counted} ({percent})"
