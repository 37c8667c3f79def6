"""Pure steps from frame to plotly figure."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course.ui import NOT_STATED, theme


def count_bars(counts: pd.DataFrame, *, counted: str, grey: str | None = None) -> go.Figure:
    """Draw one bar per group with its count at its end.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns `group` and `n`, in the order from top to bottom.
    counted : str
        What is counted, for the title of the axis.
    grey : str, optional
        A further group to draw in grey, beside `NOT_STATED`.

    Returns
    -------
    plotly.graph_objects.Figure
        The chart.

    Examples
    --------
    >>> counts = pd.DataFrame({"group": ["renal", "not stated"], "n": [3, 1]})
    >>> count_bars(counts, counted="causes").data[0].x
    (3, 1)
    """
    outside = [group in {NOT_STATED, grey} for group in counts["group"]]
    figure = theme.figure(
        height=theme.row_height(len(counts), each=32),
        showlegend=False,
        xaxis={
            "title": f"Number of {counted}",
            "rangemode": "tozero",
            "showticklabels": False,
            "showgrid": False,
        },
        yaxis={"autorange": "reversed", "type": "category"},
    )
    return figure.add_bar(
        x=tuple(int(n) for n in counts["n"]),
        y=tuple(counts["group"]),
        orientation="h",
        text=[str(n) for n in counts["n"]],
        textposition="outside",
        hovertemplate="%{y}: %{x}<extra></extra>",
        marker={
            "color": [theme.GREY if away else theme.BLUE for away in outside],
            "pattern": {"shape": ["/" if away else "" for away in outside], "fillmode": "overlay"},
        },
    )
