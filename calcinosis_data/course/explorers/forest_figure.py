"""Forest chart: one study figure a row, with its interval, its size and its count in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course.explorers.listed_rows import heading_id, row_axis, with_headings
from calcinosis_data.course.ui import theme

CASE_REPORTS: Final = "Case reports: one patient each"
_SMALLEST, _LARGEST, _SINGLE = 7.0, 20.0, 9.0
_EACH_ROW = 30


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
    placed = _singles_last(rows, single_heading)
    listed = with_headings(placed)
    figure = theme.figure(
        height=theme.row_height(len(listed), each=_EACH_ROW),
        showlegend=len(kinds) > 1,
        legend={"itemsizing": "constant", "tracegroupgap": 0},  # small marks, close lines
        xaxis={"title": axis, "side": "top", "range": [0, _end(placed)], "ticksuffix": "%"},
        yaxis=row_axis(listed) | {"showgrid": False},
        shapes=_rule(placed, single_heading),
    )
    for number, kind in enumerate(kinds or [""]):
        of_kind = placed[placed["kind"].eq(kind)] if kinds else placed
        figure.add_traces(_marks(of_kind, kind, number, _biggest(placed)))
    return figure.add_scatter(
        x=placed[["percent", "ci_high"]].max(axis=1).tolist(),
        y=placed["name"].tolist(),
        mode="text",
        text=_beside(placed),
        textposition="middle right",
        hoverinfo="skip",
        showlegend=False,
    )


def _singles_last(rows: pd.DataFrame, heading: str) -> pd.DataFrame:
    """Move the rows of one patient to the end, their group into their own words."""
    single = rows["single"].astype(bool)
    last = rows[single]
    told = last["group"].where(last["group"].eq(""), last["group"] + ": ") + last["label"]
    return pd.concat([rows[~single], last.assign(label=told, group=heading)], ignore_index=True)


def _end(rows: pd.DataFrame) -> float:
    """End the axis a little past the last interval, and never past 100 percent."""
    furthest = rows[["percent", "ci_high"]].max().max() if len(rows) else 100.0
    return float(min(101.0, furthest * 1.04))


def _biggest(rows: pd.DataFrame) -> float:
    return float(rows["n"].max()) if rows["n"].notna().any() else 1.0


def _marks(rows: pd.DataFrame, kind: str, number: int, biggest: float) -> list[go.Scatter]:
    single = rows["single"].astype(bool)
    halves = [(rows[~single], False), (rows[single], True)]
    traces = [
        _trace(some, kind, number, biggest, single=hollow)
        for some, hollow in halves
        if not some.empty
    ]
    for trace in traces[1:]:
        trace.update(showlegend=False)
    return traces


def _trace(
    rows: pd.DataFrame, kind: str, number: int, biggest: float, *, single: bool
) -> go.Scatter:
    symbol = theme.SYMBOLS[number]
    marker: dict[str, Any] = {
        "color": theme.PALETTE[number],
        "symbol": f"{symbol}-open" if single else symbol,
        "size": _SINGLE if single else _sizes(rows["n"], biggest),
        "opacity": 1,
        "line": {"width": 2 if single else 0},
    }
    return go.Scatter(
        x=rows["percent"].tolist(),
        y=rows["name"].tolist(),
        customdata=rows["name"].tolist(),
        mode="markers",
        name=kind,
        legendgroup=kind,
        marker=marker,
        error_x=_interval(rows, theme.PALETTE[number]),
        hovertext=[_told(row) for row in rows.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _sizes(n: pd.Series[Any], biggest: float) -> list[float]:
    """Give each mark an area that grows with the size of its study."""
    share = np.sqrt(n.astype("Float64").fillna(0).to_numpy(dtype=float) / biggest)
    return [round(float(size), 1) for size in _SMALLEST + (_LARGEST - _SMALLEST) * share]


def _interval(rows: pd.DataFrame, colour: str) -> dict[str, Any]:
    above = (rows["ci_high"] - rows["percent"]).astype("Float64").fillna(0)
    below = (rows["percent"] - rows["ci_low"]).astype("Float64").fillna(0)
    return {
        "type": "data",
        "symmetric": False,
        "array": above.round(2).tolist(),
        "arrayminus": below.round(2).tolist(),
        "color": colour,
        "thickness": 1.5,
        "width": 0,
    }


def _beside(rows: pd.DataFrame) -> list[str]:
    """Say percent and count, far enough from the mark to be read."""
    sizes = _sizes(rows["n"], _biggest(rows))
    gaps = ["\u00a0" * (1 + round(size / 8)) for size in sizes]
    told = zip(gaps, rows["percent"], rows["count"], strict=True)
    return [f"{gap}{_percent(percent)} · {count}" for gap, percent, count in told]


def _percent(value: float) -> str:
    return f"{value:.3g}%" if value < 1 else f"{round(float(value), 1):g}%"


def _told(row: dict[Any, Any]) -> str:
    low, high = row["ci_low"], row["ci_high"]
    interval = (
        "no interval"
        if pd.isna(low) or pd.isna(high)
        else f"95% interval {_percent(low)} to {_percent(high)}"
    )
    return f"{row['name']}<br>{_percent(row['percent'])}, {row['count']}; {interval}"


def _rule(rows: pd.DataFrame, heading: str) -> list[dict[str, Any]]:
    """Draw a line above the block of single patients."""
    if not rows["group"].eq(heading).any():
        return []
    place = heading_id(heading)
    ends = {"xref": "paper", "x0": 0, "x1": 1, "y0": place, "y1": place}
    return [{"type": "line", **ends, "line": {"color": theme.GREY, "width": 1}}]
