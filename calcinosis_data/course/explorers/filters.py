"""Pure steps from frame to frame that the explorers are made of.

Each function takes a frame and gives back a new one, so that an explorer, a static page
and a test can use the same steps. Nothing here knows of widgets or charts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from calcinosis_data.course.ui import NOT_STATED

ANY = "any"
"""Value of a filter that lets every row through."""


def fold(text: str) -> str:
    """Return `text` without case and accents, for comparing what people type.

    Examples
    --------
    >>> fold("Sjögren")
    'sjogren'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()


def text_of_rows(frame: pd.DataFrame) -> pd.Series[str]:
    r"""Return one folded text per row: all its cells, which `search` looks through.

    Examples
    --------
    >>> text_of_rows(pd.DataFrame({"name": ["Sjögren"], "n": [4]})).tolist()
    ['sjogren\n4']
    """
    columns = [frame[name].astype("object") for name in frame.columns]
    rows = zip(*columns, strict=True) if columns else iter(())
    texts = [fold("\n".join(str(cell) for cell in row if not pd.isna(cell))) for row in rows]
    return pd.Series(texts, index=frame.index[: len(texts)], dtype="str")


def search(frame: pd.DataFrame, query: str, texts: pd.Series[str] | None = None) -> pd.DataFrame:
    """Keep the rows in which every word of `query` occurs, whatever its case or accents.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows to choose from.
    query : str
        Words, separated by spaces; an empty query keeps all rows.
    texts : pandas.Series, optional
        Text of each row as `text_of_rows` gives it, by the frame's index.

    Returns
    -------
    pandas.DataFrame
        The rows that hold all words, in their order.

    Examples
    --------
    >>> diseases = pd.DataFrame({"name": ["Sjögren syndrome", "Myeloma"]})
    >>> search(diseases, "SJOGREN syn")["name"].tolist()
    ['Sjögren syndrome']
    """
    found = pd.Series(True, index=frame.index)
    lookup = text_of_rows(frame) if texts is None else texts.loc[frame.index]
    for word in fold(query).split():
        found &= lookup.str.contains(word, regex=False)
    return frame[found]


def keep(frame: pd.DataFrame, column: str, value: object) -> pd.DataFrame:
    """Keep the rows whose `column` holds `value`, alone or as part of a compound category.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows to choose from.
    column : str
        The column to look at.
    value : object
        A value of the column, `ANY` for all rows, or `NOT_STATED` for the missing ones.

    Returns
    -------
    pandas.DataFrame
        The rows kept, in their order.

    Examples
    --------
    >>> labs = pd.DataFrame({"direction": ["low", None, "high"]})
    >>> keep(labs, "direction", "high").index.tolist()
    [2]
    >>> keep(labs, "direction", NOT_STATED).index.tolist()
    [1]
    """
    if value == ANY:
        return frame
    if value == NOT_STATED:
        return frame[frame[column].isna()]
    wholes = [whole for whole, parts in compounds(frame[column]).items() if value in parts]
    return frame[frame[column].astype("object").isin([value, *wholes])]


def compounds(values: pd.Series[Any]) -> dict[str, tuple[str, ...]]:
    """Find the categories that stand for several groups at once, and for which.

    A category is taken apart at its commas if a part of it is a category by itself.

    Examples
    --------
    >>> kinds = ["endocrine", "endocrine, renal", "vascular, mostly renal"]
    >>> compounds(pd.Series(pd.Categorical([None], kinds)))
    {'endocrine, renal': ('endocrine', 'renal')}
    """
    if not isinstance(values.dtype, pd.CategoricalDtype):
        return {}
    names = [str(name) for name in values.cat.categories]
    split = {name: tuple(name.split(", ")) for name in names if ", " in name}
    return {name: parts for name, parts in split.items() if set(parts) & set(names)}


def group_names(values: pd.Series[Any]) -> list[str]:
    """List the groups of a closed vocabulary: its categories, compound ones taken apart.

    Examples
    --------
    >>> kinds = ["bone", "genetic, metabolic", "genetic"]
    >>> group_names(pd.Series(pd.Categorical([None], kinds)))
    ['bone', 'genetic', 'metabolic']
    """
    parts = compounds(values)
    names = [str(name) for name in values.cat.categories]
    return sorted({p for name in names for p in parts.get(name, (name,))}) if parts else names


def _sort_key(values: pd.Series[Any]) -> pd.Series[Any]:
    if isinstance(values.dtype, pd.CategoricalDtype) and values.cat.ordered:
        return values.cat.codes.where(values.notna()).astype("Int64")
    if pd.api.types.is_numeric_dtype(values.dtype):
        return values
    return values.astype("object").map(lambda cell: fold(str(cell)), na_action="ignore")


def sort_rows(frame: pd.DataFrame, column: str, *, descending: bool = False) -> pd.DataFrame:
    """Sort by one column: words as people sort them, missing values last either way.

    Examples
    --------
    >>> frame = pd.DataFrame({"name": ["b", None, "Á", "C"]})
    >>> sort_rows(frame, "name")["name"].fillna("").tolist()
    ['Á', 'b', 'C', '']
    """
    return frame.sort_values(
        column, ascending=not descending, kind="stable", na_position="last", key=_sort_key
    )


def count_groups(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Count the rows of each group of `column`, missing ones under `NOT_STATED` at the end.

    A row of a compound category counts in each of its groups.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows to count.
    column : str
        The column whose values are the groups.

    Returns
    -------
    pandas.DataFrame
        Columns `group` and `n`, no group empty; in the order of the categories where that
        order means something, else the largest group first.

    Examples
    --------
    >>> frame = pd.DataFrame({"kind": ["a", "b", "b", None]})
    >>> count_groups(frame, "kind").values.tolist()
    [['b', 2], ['a', 1], ['not stated', 1]]
    """
    values = frame[column]
    parts = compounds(values)
    if parts:
        values = values.astype("object").map(lambda one: parts.get(one, (one,))).explode()
    counts = values.value_counts().rename_axis("group").reset_index(name="n")
    counts = sort_rows(counts[counts["n"] > 0], "group")
    if not (isinstance(values.dtype, pd.CategoricalDtype) and values.cat.ordered):
        counts = counts.sort_values("n", ascending=False, kind="stable")
    counts["group"] = counts["group"].astype("object").map(str)
    missing = int(values.isna().sum())
    if missing:
        last = pd.DataFrame({"group": [NOT_STATED], "n": [missing]})
        counts = pd.concat([counts, last])
    return counts.reset_index(drop=True)


def fold_small_groups(counts: pd.DataFrame, most: int) -> pd.DataFrame:
    """Put the groups past the first `most` into one row, so that a chart stays readable.

    The total stays the same: the added row says how many groups it stands for.

    Examples
    --------
    >>> counts = pd.DataFrame({"group": list("abcd"), "n": [4, 3, 2, 1]})
    >>> fold_small_groups(counts, most=2).values.tolist()
    [['a', 4], ['b', 3], ['2 further groups', 3]]
    """
    named = counts[counts["group"] != NOT_STATED]
    if len(named) <= most + 1:
        return counts
    rest = named.iloc[most:]
    folded = pd.DataFrame({"group": [f"{len(rest)} further groups"], "n": [rest["n"].sum()]})
    unstated = counts[counts["group"] == NOT_STATED]
    return pd.concat([named.iloc[:most], folded, unstated], ignore_index=True)


def filled_columns(frame: pd.DataFrame, always: Collection[str] = ()) -> list[str]:
    """List the columns that hold something, and those of `always`; all if there are no rows.

    Examples
    --------
    >>> frame = pd.DataFrame({"name": ["a"], "note": [None], "form": [None]})
    >>> filled_columns(frame, always=["form"])
    ['name', 'form']
    """
    columns = [str(name) for name in frame]
    return [one for one in columns if one in always or frame.empty or frame[one].notna().any()]


_IN_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\s();,]+")
_SQUARE = str.maketrans("()", "[]")  # for brackets within brackets


def cite_in_brackets(text: str, citations: Mapping[str, str]) -> str:
    """Put the citation in the place of each reference id that stands in round brackets.

    Examples
    --------
    >>> cite_in_brackets("Low in 26% (tucci2023).", {"tucci2023": "Tucci 2023"})
    'Low in 26% (Tucci 2023).'
    >>> cite_in_brackets("Normal (see chefetz)", {"chefetz": "Chefetz et al., year not shown"})
    'Normal (see Chefetz et al., year not shown)'
    """

    def cited(word: re.Match[str]) -> str:
        return citations[word[0]].translate(_SQUARE) if word[0] in citations else word[0]

    return _IN_BRACKETS.sub(lambda found: f"({_WORD.sub(cited, found[0][1:-1])})", text)


def names_for(ids: pd.Series[str], names: pd.Series[str]) -> pd.Series[str]:
    """Turn ids into names; an id without a name stays as it is.

    Examples
    --------
    >>> names = pd.Series({"ct": "CT scan"})
    >>> names_for(pd.Series(["ct", "mri"]), names).tolist()
    ['CT scan', 'mri']
    """
    as_text = ids.astype("object")
    return as_text.map(names).where(as_text.isin(names.index), as_text).astype("str")
