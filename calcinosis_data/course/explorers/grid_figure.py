"""The grid of two blood values with named marks in its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course.explorers.filters import ANY, NOT_STATED
from calcinosis_data.course.explorers.patterns import CLASHES, FITS, OPEN, VARIABLE
from calcinosis_data.course.ui import theme

_LINE = "rgba(128,128,128,0.6)"
_SHADE = "rgba(0,114,178,0.14)"
_LABEL_WIDTH = 18  # signs; longer names wrap, so that they fit a narrow screen
_TEXT_LINE, _MARGIN = 17, 8  # pixels
_LEAST_FIELD = 44  # pixels
_GAP = 0.12  # between the scale and the fields that are no part of it, in fields
_WIDE = 1.4  # those fields are last, so the names in them need room to the right

_MARKS: Final[dict[str, dict[str, Any]]] = {
    FITS: {"symbol": "circle", "color": theme.BLUE, "size": 12},
    OPEN: {"symbol": "diamond-open", "color": theme.VERMILLION, "size": 12, "line": {"width": 2}},
    CLASHES: {"symbol": "x", "color": theme.GREY, "size": 9},
}


@dataclass(frozen=True)
class Field:
    """One column or row of the grid: its name and where it begins and ends."""

    name: str
    start: float
    end: float

    @property
    def middle(self) -> float:
        """Middle of the field."""
        return (self.start + self.end) / 2


def lab_grid(
    frame: pd.DataFrame, scale: Sequence[str], analytes: Mapping[str, str], found: Mapping[str, str]
) -> go.Figure:
    """Draw the grid: first blood value across, second down, one named mark per row.

    Each mark has a line of its own, so that names never cover each other. A value that may be
    one of two neighbours stands on the line between their fields.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per mark: `label`, `fit` and a set of values for each blood value.
    scale : sequence of str
        Values from low to high.
    analytes : mapping of str to str
        Column and name of the two blood values.
    found : mapping of str to str
        Value found for each column; its fields are shaded.

    Returns
    -------
    plotly.graph_objects.Figure
        The chart; the distances down are pixels.
    """
    across, down = analytes
    columns = _columns(_fields_needed(frame[across], scale), scale)
    labels = [_wrapped(label) for label in frame["label"]]
    heights = [_TEXT_LINE * (label.count("<br>") + 1) + _MARGIN for label in labels]
    levels = _fields_needed(frame[down], scale)
    rows, y = _rows(frame[down].tolist(), heights, levels, scale)
    x = [_across(values, columns, scale) for values in frame[across]]
    marks = frame.assign(x=x, y=y, text=labels)
    shapes = [*_lines(columns, rows), *_shades(columns, rows, (found[across], found[down]))]
    figure = _empty_grid(columns, rows, list(analytes.values()), shapes)
    asked = any(value != ANY for value in found.values())
    for fit in _MARKS:
        _add_marks(figure, marks[marks["fit"] == fit], fit, legend=asked)
    return figure


def _fields_needed(values: pd.Series[Any], scale: Sequence[str]) -> list[str]:
    beside = [one for one in (VARIABLE, NOT_STATED) if any(one in each for each in values)]
    return [*scale, *beside]


def _columns(names: list[str], scale: Sequence[str]) -> list[Field]:
    fields, start = [], 0.0
    for name in names:
        beside = name not in scale
        start += _GAP * beside
        width = _WIDE if beside else 1.0
        fields.append(Field(name, start, start + width))
        start += width
    return fields


def _across(values: frozenset[str], columns: list[Field], scale: Sequence[str]) -> float:
    places = [field for field in columns if field.name in values]
    if len(places) > 1 and values <= set(scale):
        return places[0].end
    return places[-1].start + 0.12


def _rows(
    values: list[frozenset[str]], heights: list[int], names: list[str], scale: Sequence[str]
) -> tuple[list[Field], list[float]]:
    """Stack the marks from high to low and see how much height each field needs."""
    downwards = [*reversed(scale), *(name for name in names if name not in scale)]
    fields: list[Field] = []
    y = [0.0] * len(values)
    start = cursor = 0.0
    for place, name in enumerate(downwards):
        inside = [i for i, allowed in enumerate(values) if _home(allowed, downwards) == place]
        cursor = max(_stack(inside, heights, cursor, y), start + _LEAST_FIELD)
        between = [i for i, one in enumerate(values) if _home(one, downwards) == place + 0.5]
        after = _stack(between, heights, cursor, y)
        end = (cursor + after) / 2
        fields.append(Field(name, start, end))
        start = end + (_MARGIN if place == len(scale) - 1 else 0)
        cursor = after + (start - end)
    return fields, y


def _home(values: frozenset[str], downwards: list[str]) -> float:
    places = [place for place, name in enumerate(downwards) if name in values]
    return sum(places) / len(places)


def _stack(which: list[int], heights: list[int], cursor: float, y: list[float]) -> float:
    """Give each mark the middle of its own line; return where the last line ends."""
    for i in which:
        y[i] = cursor + heights[i] / 2
        cursor += heights[i]
    return cursor


def _wrapped(label: str) -> str:
    return "<br>".join(part for line in label.split("\n") for part in wrap(line, _LABEL_WIDTH))


def _empty_grid(
    columns: list[Field], rows: list[Field], titles: list[str], shapes: list[dict[str, Any]]
) -> go.Figure:
    bottom = rows[-1].end
    return theme.figure(
        height=round(bottom) + 108,
        shapes=shapes,
        xaxis={**_axis(titles[0], columns), "side": "top", "range": [0, columns[-1].end]},
        yaxis={**_axis(titles[1], rows), "range": [bottom, 0]},
        legend={"orientation": "h", "x": 0, "y": 0, "yanchor": "top", "itemclick": False},
    )


def _axis(title: str, fields: list[Field]) -> dict[str, Any]:
    return {
        "title": title,
        "tickvals": [field.middle for field in fields],
        "ticktext": [field.name.replace(" ", "<br>") for field in fields],
        "showgrid": False,
        "fixedrange": True,
    }


def _box(column: Field, row: Field, **look: Any) -> dict[str, Any]:
    ends = {"x0": column.start, "x1": column.end, "y0": row.start, "y1": row.end}
    return {"type": "rect", "layer": "below", **ends, **look}


def _lines(columns: list[Field], rows: list[Field]) -> list[dict[str, Any]]:
    look = {"line": {"color": _LINE, "width": 1}}
    return [_box(column, row, **look) for column in columns for row in rows]


def _shades(
    columns: list[Field], rows: list[Field], found: tuple[str, str]
) -> list[dict[str, Any]]:
    """Shade the fields of the values found, and frame the field where both meet."""
    shapes = []
    for column in columns:
        for row in rows:
            hits = (column.name == found[0]) + (row.name == found[1])
            if hits:
                shapes.append(_box(column, row, fillcolor=_SHADE, line={"width": 0}))
            if hits == 2:
                shapes.append(_box(column, row, line={"color": theme.BLUE, "width": 3}))
    return shapes


def _add_marks(figure: go.Figure, marks: pd.DataFrame, fit: str, *, legend: bool) -> None:
    figure.add_scatter(
        x=marks["x"].tolist(),
        y=marks["y"].tolist(),
        text=[f" {text.replace('<br>', '<br> ')}" for text in marks["text"]],
        customdata=marks["name"].tolist(),
        mode="markers+text",
        textposition="middle right",
        cliponaxis=False,
        marker=_MARKS[fit],
        name=fit,
        showlegend=legend,
        hovertemplate="%{customdata}<extra></extra>",
    )
