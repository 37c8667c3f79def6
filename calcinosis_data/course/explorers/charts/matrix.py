"""Matrix chart: one row per name, one column per attribute, a mark of some kind in each cell."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course.ui import theme
from calcinosis_data.course.ui.listed_rows import row_axis, with_headings

_EACH_ROW = 34
_MARK = 13


def matrix(
    cells: pd.DataFrame,
    *,
    columns: Sequence[str],
    kinds: Sequence[str],
    hollow: Collection[str] = (),
) -> go.Figure:
    """Draw a mark in each cell of a table of rows and columns.

    Parameters
    ----------
    cells : pandas.DataFrame
        One row per mark: `name` (the row, as in the table), `label` (its text), `group`
        (heading over adjacent rows, "" for none), `column` (one of `columns`), `kind` (one of
        `kinds`) and `text` (a few letters under the mark, "" for none). A row whose `column`
        is missing is listed without a mark.
    columns : sequence of str
        Heads from left to right.
    kinds : sequence of str
        What colour and shape tell apart, at most five.
    hollow : collection of str, optional
        Those of `kinds` whose mark is an outline.

    Returns
    -------
    plotly.graph_objects.Figure
        The chart. `customdata` of each mark is the name of its row.

    Examples
    --------
    >>> cell = {"name": "CT", "label": "CT", "group": "", "column": "Radiation", "text": "yes"}
    >>> cells = pd.DataFrame([cell | {"kind": "cost"}])
    >>> chart = matrix(cells, columns=["Radiation"], kinds=["cost"])
    >>> chart.data[0].x, chart.data[0].y
    (('Radiation',), ('CT',))
    """
    listed = with_headings(cells[["name", "label", "group"]].to_dict("records"))
    figure = theme.figure(
        height=theme.row_height(len(listed), each=_EACH_ROW),
        showlegend=len(kinds) > 1,
        xaxis=_column_axis(columns, lines=not cells["text"].any()),
        yaxis=row_axis(listed),
    )
    marks = cells[cells["column"].notna()]
    for number, kind in enumerate(kinds):
        some = marks[marks["kind"].eq(kind)]
        if not some.empty:
            figure.add_trace(_trace(some, kind, number, hollow=kind in hollow))
    return figure


def _column_axis(columns: Sequence[str], *, lines: bool) -> dict[str, Any]:
    """Head the columns; their lines would strike through words under the marks."""
    heads = list(columns)
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": heads,
        "tickvals": heads,
        "ticktext": heads,
        "range": [-0.5, len(heads) - 0.5],
        "side": "top",
        "showgrid": lines,
        "tickangle": 0,
    }


def _trace(cells: pd.DataFrame, kind: str, number: int, *, hollow: bool) -> go.Scatter:
    symbol = theme.SYMBOLS[number]
    texts = cells["text"].tolist()
    return go.Scatter(
        x=cells["column"].tolist(),
        y=cells["name"].tolist(),
        customdata=cells["name"].tolist(),
        mode="markers+text" if any(texts) else "markers",
        text=texts,
        textposition="bottom center",
        name=kind,
        marker={
            "color": theme.PALETTE[number],
            "symbol": f"{symbol}-open" if hollow else symbol,
            "size": _MARK,
            "line": {"width": 2 if hollow else 0},
        },
        hovertemplate=f"%{{y}}, %{{x}}: {kind}<extra></extra>",
    )
