"""Palette of the course and the plotly template made from it."""

from __future__ import annotations

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


def figure(**layout: Any) -> go.Figure:
    """Make an empty figure with the course's template.

    Parameters
    ----------
    **layout
        Layout of the figure, as for ``go.Layout``.

    Examples
    --------
    >>> figure(xaxis_title="Patients (percent)").layout.modebar.remove
    """
    return go.Figure(layout={"template": TEMPLATE, **layout})


def _template() -> go.layout.Template:
    axis = {"automargin": True, "zeroline": False, "ticks": "", "title": {"standoff": 8}}
    return go.layout.Template(
        layout={
            "colorway": list(PALETTE),
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "dragmode": False,
            "hovermode": "closest",
            "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
            "modebar": {"remove": ["sendChartToCloud"]},
            "xaxis": axis,
            "yaxis": axis,
        }
    )


pio.templates[TEMPLATE] = _template()
