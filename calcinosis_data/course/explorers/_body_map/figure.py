"""The chart of `body_map`: the outline of the body above one dot per figure.

The picture has axes of its own (`x3`, `y3`) in which one unit is the same length across and
down. `layout.meta` tells the front end (`shapes.js`) how many units it takes, so that it can give
it as many pixels as the page allows; a label carries a short form in its `name` for narrow pages.
"""

from __future__ import annotations

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course.explorers._body_map.labels import (
    COLUMN,
    DEPTH,
    TOP,
    captions,
    key,
    key_texts,
    labels,
    leaders,
)
from calcinosis_data.course.explorers._body_map.picture import hatched, picture
from calcinosis_data.course.explorers._body_map.sites import forest_rows, one_study, sites_shown
from calcinosis_data.course.explorers.charts.forest import forest

_AXIS_ROOM: Final = 60


def body_figure(rows: pd.DataFrame, axis: str) -> go.Figure:
    """Draw the outline with its regions shaded, and under it one dot per figure.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows shown, of `site_rows`.
    axis : str
        Title of the percent axis.

    Returns
    -------
    plotly.graph_objects.Figure
        The chart. Each region of the outline is a shape with the name of its body site.
    """
    figure = forest(forest_rows(rows), axis=axis)
    sites, alone = sites_shown(rows), one_study(rows)
    signs = (alone, bool(hatched(sites)))
    tall = DEPTH - TOP
    height = tall + _AXIS_ROOM + figure.layout.height
    return figure.update_layout(
        height=round(height),
        meta={"picture": {"across": 2 * COLUMN, "down": tall}},
        yaxis_domain=[0, 1 - (tall + _AXIS_ROOM) / height],
        xaxis3={"visible": False, "range": [-COLUMN, COLUMN], "anchor": "y3", "fixedrange": True},
        yaxis3={
            "visible": False,
            "range": [DEPTH, TOP],
            "domain": [1 - tall / height, 1],
            "anchor": "x3",
            "scaleanchor": "x3",
            "fixedrange": True,
        },
        shapes=[
            *figure.layout.shapes,
            *(shape | _PLACE for shape in (*picture(sites, alone), *leaders(sites), *key(*signs))),
        ],
        annotations=[
            *figure.layout.annotations,
            *(text | _PLACE for text in (*captions(), *labels(sites), *key_texts(*signs))),
        ],
    ).add_scatter(x=[None], y=[None], xaxis="x3", yaxis="y3", hoverinfo="skip", showlegend=False)


_PLACE: Final = {"xref": "x3", "yref": "y3"}
