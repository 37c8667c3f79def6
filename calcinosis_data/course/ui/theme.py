"""Palette of the course and the plotly template made from it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

import plotly.graph_objects as go
import plotly.io as pio

BLUE: Final = "#0072B2"
VERMILLION: Final = "#D55E00"
GREEN: Final = "#009E73"
PINK: Final = "#CC79A7"
GREY: Final = "#6E7781"
"""Context, comparator, not known."""

PALETTE: Final = (BLUE, VERMILLION, GREEN, PINK, GREY)
"""Never more than five; each at least 3:1 on white, #111 and #212121."""

SYMBOLS: Final = ("circle", "square", "diamond", "triangle-up", "x")
"""Marker shape that goes with each colour of `PALETTE`, so that shape says it too."""

PATTERNS: Final = ("", "/", ".", "x", "-")
"""Bar pattern that goes with each colour of `PALETTE`."""

TEMPLATE: Final = "calcinosis"


_AXIS: Final = {
    "automargin": True,
    "zeroline": False,
    "ticks": "",
    "fixedrange": True,
    "title": {"standoff": 10},
}


def figure(**layout: Any) -> go.Figure:
    """Make an empty figure with the course's template.

    Parameters
    ----------
    **layout
        Layout of the figure, as for ``go.Layout``.

    Returns
    -------
    plotly.graph_objects.Figure
        Transparent, without toolbar, title or animation. It has no text colour: the
        page gives it the colour of its theme.

    Examples
    --------
    >>> figure(xaxis_title="Patients (percent)").layout.xaxis.title.text
    'Patients (percent)'
    """
    return go.Figure(layout={"template": TEMPLATE, **layout})


def row_height(rows: int, *, each: int = 34, around: int = 70) -> int:
    """Height in pixels of a chart with one horizontal row per name.

    Examples
    --------
    >>> row_height(5)
    240
    """
    return around + each * max(rows, 1)


def spec(chart: go.Figure) -> dict[str, Any]:
    """Turn a figure into plain JSON values with the course's template.

    Examples
    --------
    >>> sorted(spec(figure()))
    ['data', 'layout']
    """
    plain: dict[str, Any] = json.loads(str(chart.to_json(engine="json")))
    return {"data": plain["data"], "layout": {**plain["layout"], "template": _plain_template()}}


# Set on the plain values: a copy of the figure would be validated anew at each change.
@cache
def _plain_template() -> dict[str, Any]:
    template: dict[str, Any] = pio.templates[TEMPLATE].to_plotly_json()
    return template


def _template() -> go.layout.Template:
    return go.layout.Template(
        layout={
            "colorway": list(PALETTE),
            "colorscale": {"sequential": "cividis"},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "dragmode": False,
            "hovermode": "closest",
            "height": 320,
            "margin": {"l": 8, "r": 24, "t": 12, "b": 12},
            "modebar": {"remove": ["sendChartToCloud"]},
            # A click on the legend would hide marks whose rows stay in finding and table.
            "legend": {
                "orientation": "h",
                "x": 0,
                "y": 1.02,
                "yanchor": "bottom",
                "itemclick": False,
                "itemdoubleclick": False,
            },
            "bargap": 0.35,
            "xaxis": {**_AXIS, "rangemode": "tozero"},
            "yaxis": {**_AXIS, "showgrid": False},
        },
        data={
            "bar": [{"marker": {"line": {"width": 0}}, "cliponaxis": False}],
            "scatter": [{"marker": {"size": 11}, "cliponaxis": False}],
        },
    )


pio.templates[TEMPLATE] = _template()
