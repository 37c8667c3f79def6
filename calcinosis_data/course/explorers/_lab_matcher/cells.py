"""The matrix of conditions and blood values: what is known in each cell and how it fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course.explorers.charts.matrix import matrix
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.known import measured_values
from calcinosis_data.course.explorers.patterns import CLASHES, FIT_ORDER, FITS, OPEN, agreement
from calcinosis_data.course.ui import NOT_STATED, theme

MOST_COLUMNS: Final = 6
"""More columns than this have no room on a narrow page."""

VARIES: Final = "varies"
"""Word for a direction that differs between patients or stages."""

NOT_ONE: Final = "varies, or one of two"
"""Kind of a direction that is not one definite value."""

STAR: Final = "*"
"""Marks a direction without a source."""

_LOOK: Final = {
    FITS: (theme.BLUE, "circle"),
    OPEN: (theme.VERMILLION, "diamond-open"),
    CLASHES: (theme.GREY, "x"),
    "low": (theme.PINK, "triangle-down"),
    "normal": (theme.BLUE, "circle"),
    "high": (theme.VERMILLION, "triangle-up"),
    NOT_ONE: (theme.GREY, "diamond-open"),
}


def lab_matrix(
    frame: pd.DataFrame, heads: Mapping[str, str], found: Mapping[str, str]
) -> go.Figure:
    """Draw one row per condition and one column per analyte.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per condition in drawing order: `name`, `label`, `group`, sets of values under
        each analyte, and `unsourced`.
    heads : mapping of str to str
        Analytes to draw and the heads of their columns.
    found : mapping of str to str
        Value found for each of them; empty to show what is known.

    Returns
    -------
    plotly.graph_objects.Figure
        The chart: marks tell how each cell fits or, if nothing was found, its direction.
    """
    kinds = FIT_ORDER if found else (*measured_values(), NOT_ONE)
    marks = lab_marks(frame, heads, found)
    hollow = {OPEN, NOT_ONE}
    figure = matrix(marks, columns=list(heads.values()), kinds=kinds, hollow=hollow)
    for trace in figure.data:
        colour, symbol = _LOOK[trace.name]
        trace.update(marker={"color": colour, "symbol": symbol}, textfont_size=11)
    return figure


def lab_marks(
    frame: pd.DataFrame, heads: Mapping[str, str], found: Mapping[str, str]
) -> pd.DataFrame:
    """List the marks: one per condition and analyte, with the known direction in short.

    Examples
    --------
    >>> row = {"name": "a", "label": "A", "group": "", "calcium": frozenset({"low", "normal"})}
    >>> frame = pd.DataFrame([row | {"unsourced": frozenset({"calcium"})}])
    >>> marks = lab_marks(frame, {"calcium": "Calcium"}, {"calcium": "low"})
    >>> marks["kind"].item(), marks["text"].item()
    ('fits', 'low/normal*')
    """
    cells = [
        _mark(row, analyte, head, found.get(analyte, ANY))
        for row in frame.to_dict("records")
        for analyte, head in heads.items()
    ]
    return pd.DataFrame(cells, columns=["name", "label", "group", "column", "kind", "text"])


def _mark(row: Mapping[Any, Any], analyte: str, head: str, value: str) -> dict[str, str]:
    known = row[analyte]
    scale = measured_values()
    text = short_direction(known, scale) + STAR * (analyte in row["unsourced"])
    kind = agreement(known, value) if value != ANY else _direction_kind(known, scale)
    place = {"name": row["name"], "label": row["label"], "group": row["group"]}
    return {**place, "column": head, "kind": kind, "text": text}


def _direction_kind(known: frozenset[str], scale: Sequence[str]) -> str:
    (first, *more) = known
    return first if not more and first in scale else NOT_ONE


def short_direction(known: frozenset[str], scale: Sequence[str], between: str = "/") -> str:
    """Say a set of values in short, from low to high.

    Examples
    --------
    >>> short_direction(frozenset({"normal", "low"}), ["low", "normal", "high"])
    'low/normal'
    >>> short_direction(frozenset({"variable"}), ["low", "normal", "high"])
    'varies'
    """
    if NOT_STATED in known:
        return NOT_STATED
    return between.join(one for one in scale if one in known) or VARIES
