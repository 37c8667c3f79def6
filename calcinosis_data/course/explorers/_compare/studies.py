"""The study figures that stand behind a row, found along the declared relations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._compare.attributes import Pair
from calcinosis_data.course.explorers._opened import open_table, row_names
from calcinosis_data.course.explorers._words import lower_first, upper_first
from calcinosis_data.course.explorers.study_rows import (
    distinct_names,
    shared_marks,
    shared_patients,
    study_columns,
)
from calcinosis_data.course.ui import NOT_STATED

AS_MANY: Final = "same number"
OTHERWISE: Final = "other numbers"

MOST_STUDIED: Final = 0.5
"""Share of the rows with study figures from which their number may set them in order."""

STUDY_TABLES: Final = ("prevalence", "outcomes", "frequencies", "sites", "accuracy")


@dataclass(frozen=True)
class _Charted:
    """The columns of a table of studies whose charted rows answer one question.

    Parameters
    ----------
    about : tuple of str
        What a figure is about, beside its source.
    counted, n_with, n_total : str
        What was counted, how many had it, how many were studied.
    how : str
        What else sets figures of one study apart.
    axis : str
        What the percentages are.
    """

    about: tuple[str, ...]
    counted: str
    n_with: str
    n_total: str
    how: str
    axis: str


_CHARTED: Final = {
    "prevalence": _Charted(
        about=("population",),
        counted="finding",
        n_with="n_with",
        n_total="n_total",
        how="detection",
        axis="Percent with calcinosis",
    ),
    "outcomes": _Charted(
        about=("intervention_id", "condition_id"),
        counted="outcome_definition",
        n_with="n_improved",
        n_total="n_treated",
        how="design",
        axis="Percent with a response",
    ),
}


@cache
def _studies_of(table: str) -> list[str]:
    """List the tables of studies that point to a table; none if one could do so in two ways."""
    paths = {study: data.join_paths(cast(Any, study), cast(Any, table)) for study in STUDY_TABLES}
    if any(len(ways) > 1 for ways in paths.values()):
        return []
    return [study for study, ways in paths.items() if ways]


@cache
def study_counts(table: str) -> pd.DataFrame:
    """Count the study figures behind each row of a table.

    Parameters
    ----------
    table : str
        Name of the table.

    Returns
    -------
    pandas.DataFrame
        One row per id that has figures, one column per table of studies that leads there;
        no column where none does.

    Examples
    --------
    >>> counts = study_counts("treatments")
    >>> list(counts), int(counts.loc["rituximab", "outcomes"])
    (['outcomes'], 4)
    """
    key = str(data.list_tables().set_index("name").loc[table, "primary_key"])
    counts = {
        study: data.join(cast(Any, study), cast(Any, table), "inner")[key].value_counts()
        for study in _studies_of(table)
    }
    return pd.DataFrame(counts).fillna(0).astype("int64")


@cache
def worth_comparing(table: str) -> tuple[str, ...]:
    """List the ids of a table so that the first two are a pair worth comparing.

    Where most rows have study figures, those with most of them come first. The others, and
    all rows of other tables, stand in the order of the article, then of their names.

    Examples
    --------
    >>> worth_comparing("types")[:2]
    ('dystrophic', 'metastatic')
    >>> worth_comparing("treatments")[:2]
    ('surgery', 'diltiazem')
    """
    key = str(data.list_tables().set_index("name").loc[table, "primary_key"])
    rows = data.load_table(cast(Any, table)).set_index(key, drop=False)
    entry = rows["source_item"] if "source_item" in rows else rows[key]
    counts = study_counts(table).sum(axis=1).reindex(rows.index, fill_value=0)
    studied = counts if counts.gt(0).mean() > MOST_STUDIED else counts * 0
    order = pd.DataFrame({"figures": -studied, "entry": entry, "name": row_names(table)})
    return tuple(order.sort_values(["figures", "entry", "name"], kind="stable").index)


def counts_in_words(table: str, row: str) -> str:
    """Say how many study figures stand behind a row, and on what.

    Examples
    --------
    >>> counts_in_words("treatments", "rituximab")
    '4 on treatment outcomes'
    >>> counts_in_words("treatments", "massage-therapy")
    'none in these tables'
    """
    counts = study_counts(table)
    if row not in counts.index:
        return "none in these tables"
    titles = data.list_tables().set_index("name")["title"]
    found = {str(study): n for study, n in counts.loc[row].items()}
    return ", ".join(f"{n} on {lower_first(titles[one])}" for one, n in found.items() if n)


def study_line(pair: Pair) -> pd.DataFrame:
    """Set the numbers of study figures behind two rows side by side.

    Parameters
    ----------
    pair : Pair
        The rows.

    Returns
    -------
    pandas.DataFrame
        One row as in `attributes.compare_rows`; none where no studies lead to the table.

    Examples
    --------
    >>> from calcinosis_data.course.explorers._opened import open_table
    >>> study_line(Pair(open_table("treatments"), ("rituximab", "minocycline")))["first"].tolist()
    ['4 on treatment outcomes']
    """
    table = pair.opened.name
    if study_counts(table).columns.empty:
        return pd.DataFrame(columns=["attribute", "first", "second", "verdict"])
    first, second = (counts_in_words(table, row) for row in pair.ids)
    verdict = AS_MANY if first == second else OTHERWISE
    line = {"attribute": "Study figures", "first": first, "second": second, "verdict": verdict}
    return pd.DataFrame([line])


@cache
def study_titles(study: str) -> dict[str, str]:
    """Title a table of studies, the axis of its chart, and what it gives as `counted` and `how`.

    Examples
    --------
    >>> study_titles("prevalence")["study"], study_titles("prevalence")["how"]
    ('How common it is', 'How it was found')
    """
    opened = open_table(study)
    columns = {"counted": _CHARTED[study].counted, "how": _CHARTED[study].how}
    titles = {name: opened.titles[column] for name, column in columns.items()}
    return {"study": opened.title, "axis": _CHARTED[study].axis, **titles}


def charted_table(table: str) -> str | None:
    """Name the table of studies whose charted figures may stand side by side, if there is one.

    Examples
    --------
    >>> charted_table("treatments"), charted_table("conditions"), charted_table("symptoms")
    ('outcomes', 'prevalence', None)
    """
    study = next((one for one in _CHARTED if one in _studies_of(table)), None)
    return study if study and _charted(study, table)["row"].nunique() > 1 else None


@cache
def _charted(study: str, table: str) -> pd.DataFrame:
    """Gather the figures that may be charted, each with the `row` of `table` that it is about."""
    about, opened = _CHARTED[study], open_table(study)
    key = str(data.list_tables().set_index("name").loc[table, "primary_key"])
    joined = data.join(cast(Any, study), cast(Any, table), "inner")
    rows = opened.rows.merge(joined[[*opened.key, key]].rename(columns={key: "row"}), on=opened.key)
    rows = rows[rows["chart"]].set_index(opened.key[0], drop=False)
    words = opened.words.set_index(opened.key[0]).loc[rows.index]
    rows = study_columns(rows, about.n_with, about.n_total)
    names = rows["row"].map(row_names(table))
    return rows.assign(
        label=_labels([words[one] for one in about.about], names, rows["source"]),
        counted=words[about.counted],
        how=words[about.how].astype("object").fillna(NOT_STATED),
        shared=shared_patients(rows, opened.rows, opened.key[0]),
        note=words["note"],
    )


def _labels(
    parts: Sequence[pd.Series[str]], names: pd.Series[str], sources: pd.Series[str]
) -> pd.Series[str]:
    """Join what a figure is about and its source, leaving out what is the name of the row."""
    label = sources
    for part in reversed(parts):
        label = label.where(part.eq(names), part.astype("str") + ", " + label)
    return label


def side_by_side(table: str, ids: tuple[str, str]) -> pd.DataFrame:
    """Choose the charted figures of two rows, those of the first row first, single patients last.

    Parameters
    ----------
    table : str
        Name of the table; `charted_table` says whether it has such figures.
    ids : tuple of str
        Ids of the two rows.

    Returns
    -------
    pandas.DataFrame
        Rows for `charts.forest.forest` and the table beside it: the columns of
        `study_rows.study_columns` with `row`, `counted`, `how`, `shared` and `note` in words.

    Examples
    --------
    >>> side_by_side("treatments", ("rituximab", "minocycline"))["group"].value_counts().tolist()
    [4, 2]
    """
    rows = _charted(str(charted_table(table)), table)
    rows = rows[rows["row"].isin(ids)]
    rows = rows.assign(place=rows["row"].map(ids.index), group=rows["row"].map(row_names(table)))
    order = ["single", "place", "percent", "n"]
    rows = rows.sort_values(order, ascending=[True, True, False, False], kind="stable")
    name = distinct_names(rows["group"] + ": " + rows["label"], rows["counted"], rows["how"])
    marks = shared_marks(rows).map(lambda mark: f" [{mark}]" if mark else "")
    told = zip(rows["group"], name, marks, strict=True)
    label = [upper_first(full.removeprefix(f"{group}: ")) + mark for group, full, mark in told]
    return rows.assign(name=name, label=label, kind="").reset_index(drop=True)
