"""The chart of mastery: one bar for each objective, under a heading for each lesson."""

import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course.ui import theme
from calcinosis_data.course.ui.listed_rows import row_axis, with_headings

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
    titled = rows.assign(name=names, label=names, group=rows["lesson"])
    listed = with_headings(titled[["name", "label", "group"]].to_dict("records"))
    figure = theme.figure(
        height=theme.row_height(len(listed), each=_EACH_ROW),
        showlegend=False,
        xaxis={
            "title": "Right at the latest answer (percent of the questions answered)",
            "side": "top",
            "range": [0, 101],
            "ticksuffix": "%",
        },
        yaxis=row_axis(listed) | {"showgrid": False},
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
