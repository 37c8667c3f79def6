"""Rows of studies in words: counts, percents, intervals, sources and shared patients.

The tables of studies share their columns (`percent`, `ci_low`, `ci_high`, `ref_id`,
`overlap_group`, `overlap_role`), so one set of steps puts any of them into words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import pandas as pd

from calcinosis_data.course.explorers._opened import row_names
from calcinosis_data.course.explorers._words import listing

ROLE_WORDS: Final = {
    "whole": "includes the patients of",
    "part": "part of the same study as",
    "same-patients": "same patients as",
    "follow-up": "later look at patients of",
    "possible": "may share patients with",
}
"""How a row stands to the others of its overlap group, by `overlap_role`."""

_ROLE_MARKS: Final = {
    "whole": "the whole study",
    "part": "part of a study",
    "same-patients": "same patients",
    "follow-up": "later look",
    "possible": "may share patients",
}


def study_columns(
    rows: pd.DataFrame, n_with: str = "n_with", n_total: str = "n_total"
) -> pd.DataFrame:
    """Add what a forest chart and a table need to rows of studies.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows with `percent`, `ci_low`, `ci_high` and `ref_id`.
    n_with, n_total : str
        Columns of the count and of the size of the study.

    Returns
    -------
    pandas.DataFrame
        The rows, with `n` (the size), `count` ("19 of 50"), `percent_text`, `interval`,
        `source` (short citation) and `single` (the study is of one patient). What is not
        known is missing.

    Examples
    --------
    >>> row = {"n_with": 19, "n_total": 50, "percent": 38.0, "ci_low": 25.86, "ci_high": 51.85}
    >>> words = study_columns(pd.DataFrame([row | {"ref_id": "valenzuela2014"}])).iloc[0]
    >>> words["count"], words["percent_text"], words["interval"], words["source"]
    ('19 of 50', '38%', '25.9% to 51.9%', 'Valenzuela et al. 2014')
    """
    return rows.assign(
        n=rows[n_total],
        count=_texts(rows, [n_with, n_total], count_words),
        percent_text=_texts(rows, ["percent"], percent_words),
        interval=_texts(rows, ["ci_low", "ci_high"], interval_words),
        source=rows["ref_id"].map(row_names("references")).astype("str"),
        single=rows[n_total].eq(1).fillna(False).astype(bool),
    )


def _texts(
    rows: pd.DataFrame, columns: Sequence[str], say: Callable[..., str | None]
) -> pd.Series[str]:
    cells = zip(*(rows[column].astype("object") for column in columns), strict=True)
    return pd.Series([say(*cell) for cell in cells], index=rows.index, dtype="str")


def count_words(n_with: Any, n_total: Any) -> str | None:
    """Say a count out of a total, as far as it is known.

    Examples
    --------
    >>> count_words(1290, 5218), count_words(None, 33), count_words(54, None)
    ('1,290 of 5,218', '33 studied', '54')
    """
    if pd.isna(n_with) and pd.isna(n_total):
        return None
    if pd.isna(n_with):
        return f"{int(n_total):,} studied"
    return f"{int(n_with):,}" if pd.isna(n_total) else f"{int(n_with):,} of {int(n_total):,}"


def percent_words(percent: Any) -> str | None:
    """Say a percentage with one decimal, and a very small one with more.

    Examples
    --------
    >>> percent_words(38.0), percent_words(13.31), percent_words(0.0054)
    ('38%', '13.3%', '0.0054%')
    """
    if pd.isna(percent):
        return None
    value = float(percent)
    return f"{value:.3g}%" if 0 < value < 1 else f"{round(value, 1):g}%"


def interval_words(low: Any, high: Any) -> str | None:
    """Say the two ends of an interval.

    Examples
    --------
    >>> interval_words(6.73, 17.79)
    '6.7% to 17.8%'
    """
    if pd.isna(low) or pd.isna(high):
        return None
    return f"{percent_words(low)} to {percent_words(high)}"


def range_words(percents: Iterable[float]) -> str:
    """Say the lowest and the highest of several percentages.

    Examples
    --------
    >>> range_words([40.3, 3.4, 12.0]), range_words([25.0])
    ('3.4% to 40.3%', '25%')
    """
    values = sorted(percents)
    low, high = percent_words(values[0]), percent_words(values[-1])
    return f"{low}" if low == high else f"{low} to {high}"


def shared_patients(rows: pd.DataFrame, table: pd.DataFrame, key: str) -> pd.Series[str]:
    """Say for each row which other rows hold the same patients, or may hold them.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows with `overlap_group`, `overlap_role` and `ref_id`.
    table : pandas.DataFrame
        The whole table that they come from, whose further rows are named too.
    key : str
        Column of the id of a row.

    Returns
    -------
    pandas.Series
        One text per row, missing where no overlap is known.

    Examples
    --------
    >>> rows = pd.DataFrame({"id": ["a", "b"], "overlap_group": "g", "ref_id": "valenzuela2014"})
    >>> rows["overlap_role"] = ["whole", "part"]
    >>> shared_patients(rows, rows, "id").tolist()[1]
    'part of the same study as 1 other row (Valenzuela et al. 2014)'
    """
    groups = dict(iter(table.dropna(subset="overlap_group").groupby("overlap_group")))
    columns = [rows[name].astype("object") for name in (key, "overlap_group", "overlap_role")]
    texts = [
        _shared(row, group, role, key, groups) for row, group, role in zip(*columns, strict=True)
    ]
    return pd.Series(texts, index=rows.index, dtype="str")


def _shared(
    row: str, group: Any, role: Any, key: str, groups: dict[Any, pd.DataFrame]
) -> str | None:
    if pd.isna(group):
        return None
    others = groups[group][groups[group][key] != row]
    names = listing(list(dict.fromkeys(others["ref_id"].map(row_names("references")))))
    many = "1 other row" if len(others) == 1 else f"{len(others)} other rows"
    return f"{ROLE_WORDS[role]} {many} ({names})"


def same_study(rows: pd.DataFrame) -> pd.Series[str]:
    """Say which rows look at the people of one study, told by source and number of people.

    Returns
    -------
    pandas.Series
        One text per row, missing for a row without a fellow among `rows`.

    Examples
    --------
    >>> rows = pd.DataFrame({"ref_id": ["a", "a", "b"], "n_total": [10, 10, 10]})
    >>> same_study(rows).tolist()[0]
    'the same study as 1 other row'
    """
    known = rows["n_total"].notna()
    fellows = rows[known].groupby(["ref_id", "n_total"])["ref_id"].transform("size") - 1
    told = {
        row: f"the same study as {n} other row{'s' if n > 1 else ''}"
        for row, n in fellows.items()
        if n
    }
    return pd.Series([told.get(row) for row in rows.index], index=rows.index, dtype="str")


def shared_marks(rows: pd.DataFrame) -> pd.Series[str]:
    """Mark the rows whose patients another of these rows holds as well, or may hold.

    Returns
    -------
    pandas.Series
        A few words such as "same patients"; "" for a row without a fellow among `rows`.

    Examples
    --------
    >>> rows = pd.DataFrame({"overlap_group": ["g", "g", "h"], "overlap_role": "same-patients"})
    >>> shared_marks(rows).tolist()
    ['same patients', 'same patients', '']
    """
    together = rows["overlap_group"].notna() & rows["overlap_group"].duplicated(keep=False)
    marks = rows["overlap_role"].astype("object").map(_ROLE_MARKS)
    return marks.where(together, "").astype("str")


def distinct_names(names: pd.Series[str], *further: pd.Series[str]) -> pd.Series[str]:
    """Make each name unique: where two are the same, add further words until they differ.

    Parameters
    ----------
    names : pandas.Series
        Names, some perhaps the same.
    *further : pandas.Series
        Words to add, the best first. Names that are still the same are numbered.

    Returns
    -------
    pandas.Series
        One unique name per row.

    Examples
    --------
    >>> names = pd.Series(["adults", "adults", "children"])
    >>> distinct_names(names, pd.Series(["by X-ray", "on examination", "by X-ray"])).tolist()
    ['adults, by X-ray', 'adults, on examination', 'children']
    """
    unique = names.astype("object")
    for words in further:
        again = unique.duplicated(keep=False)
        differ = words.astype("object").groupby(unique, sort=False).transform("nunique") > 1
        unique = unique.where(~(again & differ), unique + ", " + words.astype("object"))
    counted = unique.groupby(unique, sort=False).cumcount() + 1
    again = unique.duplicated(keep=False)
    return unique.where(~again, unique + " (" + counted.astype("str") + ")").astype("str")
