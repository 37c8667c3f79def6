"""The chart of mastery: one bar for each objective, under a heading for each lesson."""

import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course.ui import theme

_EACH_ROW = 34


def mastery_bars(rows: pd.DataFrame) -> go.Figure:
    """Draw the share of questions that are right, one bar for each objective.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row for each objective, in drawing order: ``lesson`` (the heading above),
        ``objective``, ``percent`` (missing: no bar) and ``count`` (words beside the bar).

    Returns
    -------
    plotly.graph_objects.Figure
        The chart. `customdata` of each bar is the objective.

    Examples
    --------
    >>> rows = [("Lesson 1", "Define it", 50.0, "1 of 2"), ("Lesson 1", "Use it", None, "new")]
    >>> names = ["lesson", "objective", "percent", "count"]
    >>> chart = mastery_bars(pd.DataFrame(rows, columns=names))
    >>> chart.data[0].x, chart.data[1].text
    ((50.0, 0.0), (' 1 of 2', ' new'))
    """
    names = [str(name) for name in rows["objective"]]
    length = [float(percent) for percent in rows["percent"].fillna(0)]
    listed = _listed(rows)
    figure = theme.figure(
        height=theme.row_height(len(listed), each=_EACH_ROW),
        showlegend=False,
        xaxis={
            "title": "Right at the latest answer (percent of the questions answered)",
            "side": "top",
            "range": [0, 101],
            "ticksuffix": "%",
        },
        yaxis=_axis(listed),
    )
    bars = {
        "type": "bar",
        "orientation": "h",
        "marker": {"color": theme.BLUE},
        "customdata": names,
        "hovertemplate": "%{y}: %{x:.0f}%<extra></extra>",
    }
    words = {
        "type": "scatter",
        "mode": "text",
        "text": [f" {count}" for count in rows["count"]],
        "textposition": "middle right",
        "hoverinfo": "skip",
    }
    return figure.add_traces([trace | {"x": length, "y": names} for trace in (bars, words)])


def _listed(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """List ids and texts from top to bottom, a heading before the rows of each lesson."""
    listed: list[tuple[str, str]] = []
    above = None
    for lesson, objective in zip(rows["lesson"], rows["objective"], strict=True):
        if lesson != above:
            listed.append((f"heading: {lesson}", f"<b>{lesson}</b>"))
        above = lesson
        listed.append((str(objective), str(objective)))
    return listed


def _axis(listed: list[tuple[str, str]]) -> dict[str, object]:
    """Lay the axis out with a place for each row, as the page's script for listed rows reads it."""
    ids = [name for name, _ in listed]
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": ids,
        "tickvals": ids,
        "ticktext": [text for _, text in listed],
        "range": [len(ids) - 0.5, -0.5],
        "showgrid": False,
    }
