"""Forest chart: one study figure a row, with its interval, its size and its count in words."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course.ui import theme
from calcinosis_data.course.ui.listed_rows import heading_id, row_axis, with_headings

CASE_REPORTS: Final = "Case reports: one patient each"
_SMALLEST, _LARGEST, _SINGLE = 8.0, 17.0, 9.0
_SEE_THROUGH = 0.6
"""Opacity of a mark, so that an interval shorter than the mark is seen in it."""
_EACH_ROW = 30
_COLUMNS = [
    "name",
    "label",
    "group",
    "percent",
    "ci_low",
    "ci_high",
    "n",
    "count",
    "kind",
    "single",
]

Row = dict[str, Any]
"""One study figure, all columns of `_COLUMNS`, None for what is missing."""


def forest(
    rows: pd.DataFrame,
    *,
    axis: str,
    kinds: Sequence[str] = (),
    single_heading: str = CASE_REPORTS,
) -> go.Figure:
    """Draw one dot with its 95% interval per row, under a heading per group.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row per study figure, in drawing order: `name` (unique, as in the table), `label`
        (text of the row), `group` (heading over adjacent rows, "" for none), `percent`,
        `ci_low`, `ci_high` (missing: no interval), `n` (size of the study, area of the mark),
        `count` (words beside the mark), `kind` (one of `kinds`) and `single` (one patient: a
        hollow mark in a last block of its own).
    axis : str
        Title of the percent axis.
    kinds : sequence of str, optional
        What colour and shape tell apart, at most five.
    single_heading : str, optional
        Heading of the last block.

    Returns
    -------
    plotly.graph_objects.Figure
        The chart. `customdata` of each mark is the name of its row.

    Examples
    --------
    >>> row = {"name": "Hsu 2014", "label": "Hsu 2014", "group": "Adults", "percent": 38.0}
    >>> row |= {"ci_low": 25.9, "ci_high": 51.9, "n": 50, "count": "19 of 50", "kind": "cohort"}
    >>> chart = forest(pd.DataFrame([row | {"single": False}]), axis="Patients (percent)")
    >>> chart.data[0].customdata
    ('Hsu 2014',)
    """
    placed = _singles_last(_records(rows), single_heading)
    listed = with_headings(placed)
    biggest = max((row["n"] or 0 for row in placed), default=0) or 1
    figure = theme.figure(
        height=theme.row_height(len(listed), each=_EACH_ROW),
        showlegend=len(kinds) > 1,
        legend={"itemsizing": "constant", "tracegroupgap": 0},  # small marks, close lines
        xaxis={"title": axis, "side": "top", "range": [0, _end(placed)], "ticksuffix": "%"},
        yaxis=row_axis(listed) | {"showgrid": False},
        shapes=_rule(placed, single_heading),
    )
    traces: list[dict[str, Any]] = []
    for number, kind in enumerate(kinds or [""]):
        of_kind = [row for row in placed if row["kind"] == kind or not kinds]
        traces += _marks(of_kind, kind, number, biggest)
    return figure.add_traces([*traces, _beside(placed, biggest)])


# Plain rows: a chart of forty is built many times quicker from these than from a frame.
def _records(rows: pd.DataFrame) -> list[Row]:
    columns = [rows[name].astype("object").tolist() for name in _COLUMNS]
    present = [[None if pd.isna(cell) else cell for cell in column] for column in columns]
    return [dict(zip(_COLUMNS, cells, strict=True)) for cells in zip(*present, strict=True)]


def _singles_last(rows: list[Row], heading: str) -> list[Row]:
    """Move the rows of one patient to the end, their group into their own words."""
    last = [
        row
        | {"label": f"{row['group']}: {row['label']}" if row["group"] else row["label"]}
        | {"group": heading}
        for row in rows
        if row["single"]
    ]
    return [row for row in rows if not row["single"]] + last


def _furthest(row: Row) -> float:
    return float(max(row["percent"], row["ci_high"] or 0))


def _end(rows: list[Row]) -> float:
    """End the axis a little past the last interval, and never past 100 percent."""
    return min(101.0, max(map(_furthest, rows), default=100.0) * 1.04)


def _marks(rows: list[Row], kind: str, number: int, biggest: float) -> list[dict[str, Any]]:
    plain = [row for row in rows if not row["single"]]
    alone = [row for row in rows if row["single"]]
    traces = [
        _trace(some, kind, number, biggest, single=some is alone) for some in (plain, alone) if some
    ]
    for trace in traces[1:]:
        trace["showlegend"] = False
    return traces


def _trace(
    rows: list[Row], kind: str, number: int, biggest: float, *, single: bool
) -> dict[str, Any]:
    symbol = theme.SYMBOLS[number]
    names = [row["name"] for row in rows]
    return {
        "type": "scatter",
        "x": [row["percent"] for row in rows],
        "y": names,
        "customdata": names,
        "mode": "markers",
        "name": kind,
        "legendgroup": kind,
        "marker": {
            "color": theme.PALETTE[number] if single else _faded(theme.PALETTE[number]),
            "symbol": f"{symbol}-open" if single else symbol,
            "size": _SINGLE if single else [_size(row, biggest) for row in rows],
            "opacity": 1,
            "line": {"width": 2 if single else 1, "color": theme.PALETTE[number]},
        },
        "error_x": _interval(rows, theme.PALETTE[number]),
        "hovertext": [_told(row) for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _size(row: Row, biggest: float) -> float:
    """Give a mark an area that grows with the size of its study."""
    return round(_SMALLEST + (_LARGEST - _SMALLEST) * sqrt((row["n"] or 0) / biggest), 1)


def _faded(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{_SEE_THROUGH})"


def _interval(rows: list[Row], colour: str) -> dict[str, Any]:
    ends = [(_or(row, "ci_low"), row["percent"], _or(row, "ci_high")) for row in rows]
    return {
        "type": "data",
        "symmetric": False,
        "array": [round(high - percent, 2) for _, percent, high in ends],
        "arrayminus": [round(percent - low, 2) for low, percent, _ in ends],
        "color": colour,
        "thickness": 2,
        "width": 0,
    }


def _or(row: Row, end: str) -> float:
    """An end of the interval; without one it has no length."""
    return float(row["percent"] if row[end] is None else row[end])


def _beside(rows: list[Row], biggest: float) -> dict[str, Any]:
    """Say percent and count, far enough from the mark to be read."""
    gaps = ["\u00a0" * (1 + round(_size(row, biggest) / 8)) for row in rows]
    return {
        "type": "scatter",
        "x": [_furthest(row) for row in rows],
        "y": [row["name"] for row in rows],
        "mode": "text",
        "meta": "beside",
        "text": [
            f"{gap}{_percent(row['percent'])} · {row['count']}"
            for gap, row in zip(gaps, rows, strict=True)
        ],
        "textposition": "middle right",
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _percent(value: float) -> str:
    return f"{value:.3g}%" if value < 1 else f"{round(float(value), 1):g}%"


def _told(row: Row) -> str:
    low, high = row["ci_low"], row["ci_high"]
    interval = (
        "no interval"
        if low is None or high is None
        else f"95% interval {_percent(low)} to {_percent(high)}"
    )
    return f"{row['name']}<br>{_percent(row['percent'])}, {row['count']}; {interval}"


def _rule(rows: list[Row], heading: str) -> list[dict[str, Any]]:
    """Draw a line above the block of single patients."""
    if not any(row["group"] == heading for row in rows):
        return []
    place = heading_id(heading)
    ends = {"xref": "paper", "x0": 0, "x1": 1, "y0": place, "y1": place}
    return [{"type": "line", **ends, "line": {"color": theme.GREY, "width": 1}}]
