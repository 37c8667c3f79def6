"""The grid of two blood values with named marks in its fields.

Every text is an annotation at a place of our own choosing, not a label of an axis: on a narrow
screen the fields then keep the full width, and the heads read like those of a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.patterns import CLASHES, FITS, OPEN, VARIABLE
from calcinosis_data.course.ui import NOT_STATED, theme

_LINE = "rgba(128,128,128,0.6)"
_SHADE = "rgba(0,114,178,0.16)"
# Down the chart, one unit is a pixel at the usual text size; across, one unit is a field.
_TEXT_LINE, _PADDING, _HEAD, _LEAST_FIELD = 19, 8, 24, 52
_INSET = 0.11
_GAP_ACROSS, _GAP_DOWN = 0.12, 8
# Fields beside the scale come last: their names have no next field to run into.
_WIDTH_BESIDE = 1.9
_SIGNS, _SIGNS_BESIDE = 19, 12

_MARKS: Final[dict[str, dict[str, Any]]] = {
    FITS: {"symbol": "circle", "color": theme.BLUE, "size": 12},
    OPEN: {"symbol": "diamond-open", "color": theme.VERMILLION, "size": 12, "line": {"width": 2}},
    CLASHES: {"symbol": "x", "color": theme.GREY, "size": 9},
}
_SIGN: Final = {FITS: "●", OPEN: "◇", CLASHES: "✕"}


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
        One row per mark: `name`, `label`, `fit` and a set of values for each blood value.
    scale : sequence of str
        Values from low to high.
    analytes : mapping of str to str
        Column and name of the two blood values.
    found : mapping of str to str
        Value found for each column; its fields are shaded.

    Returns
    -------
    plotly.graph_objects.Figure
        The chart.
    """
    across, down = analytes
    columns = _columns(_fields_needed(frame[across], scale), scale)
    labels = [
        _wrapped(label, _SIGNS if values <= set(scale) else _SIGNS_BESIDE)
        for label, values in zip(frame["label"], frame[across], strict=True)
    ]
    heights = [_TEXT_LINE * (label.count("<br>") + 1) + _PADDING for label in labels]
    levels = [*reversed(scale), *_fields_needed(frame[down], scale)[len(scale) :]]
    rows, y = _rows(frame[down].tolist(), heights, levels, len(scale))
    x = [_across(values, columns, scale) for values in frame[across]]
    asked = any(value != ANY for value in found.values())
    heads = _heads(columns, rows, list(analytes.values()), legend=asked)
    borders = {row.end for row in rows}
    names = [_label(*one, on_line=one[1] in borders) for one in zip(x, y, labels, strict=True)]
    figure = _canvas(columns, rows, [*heads, *names], found, (across, down))
    marks = frame.assign(x=x, y=y)
    for fit, look in _MARKS.items():
        some = marks[marks["fit"] == fit]
        figure.add_scatter(
            x=some["x"].tolist(),
            y=some["y"].tolist(),
            customdata=some["name"].tolist(),
            mode="markers",
            marker=look,
            name=fit,
            hovertemplate="%{customdata}<extra></extra>",
        )
    return figure


def _fields_needed(values: pd.Series[Any], scale: Sequence[str]) -> list[str]:
    beside = [one for one in (VARIABLE, NOT_STATED) if any(one in each for each in values)]
    return [*scale, *beside]


def _columns(names: list[str], scale: Sequence[str]) -> list[Field]:
    fields, start = [], 0.0
    for name in names:
        beside = name not in scale
        start += _GAP_ACROSS * beside
        end = start + (_WIDTH_BESIDE if beside else 1.0)
        fields.append(Field(name, start, end))
        start = end
    return fields


def _across(values: frozenset[str], columns: list[Field], scale: Sequence[str]) -> float:
    allowed = [field for field in columns if field.name in values]
    between = len(allowed) > 1 and values <= set(scale)
    return allowed[0].end if between else allowed[-1].start + _INSET


def _rows(
    values: list[frozenset[str]], heights: list[int], names: list[str], n_scale: int
) -> tuple[list[Field], list[float]]:
    """Stack head and marks of each row and see how much height it needs.

    Marks that may be in either of two rows stand on the line between them: half of their
    height belongs to the row above, half to the one below.
    """
    homes = [_mean([place for place, name in enumerate(names) if name in one]) for one in values]
    fields: list[Field] = []
    y = [0.0] * len(values)
    start = cursor = 0.0
    for place, name in enumerate(names):
        inside = [i for i, home in enumerate(homes) if home == place]
        between = [i for i, home in enumerate(homes) if home == place + 0.5]
        below = _stack(inside, heights, cursor + _HEAD, y)
        below = max(below, start + _LEAST_FIELD)
        last = _stack(between, heights, below, y)
        fields.append(Field(name, start, (below + last) / 2))
        gap = _GAP_DOWN * (place == n_scale - 1)
        start, cursor = fields[-1].end + gap, last + gap
    return fields, y


def _mean(places: list[int]) -> float:
    return sum(places) / len(places)


def _stack(which: list[int], heights: list[int], cursor: float, y: list[float]) -> float:
    """Give each mark the middle of its own line; return where the last line ends."""
    for i in which:
        y[i] = cursor + heights[i] / 2
        cursor += heights[i]
    return cursor


def _wrapped(label: str, signs: int) -> str:
    parts = [wrap(line, signs, break_long_words=False) for line in label.split("\n")]
    return "<br>".join(text for part in parts for text in part)


def _text(text: str, x: float, y: float, **look: Any) -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "showarrow": False, "xanchor": "left", **look}


def _label(x: float, y: float, text: str, *, on_line: bool) -> dict[str, Any]:
    """Put the name right of its mark, above it where a line would strike it through."""
    above = {"yanchor": "bottom"} if on_line else {}
    return _text(text, x, y, xshift=9, align="left", **above)


def _heads(
    columns: list[Field], rows: list[Field], titles: list[str], *, legend: bool
) -> list[dict[str, Any]]:
    over = [
        _text(f"{titles[0]}<br><b>{_wrapped(field.name, 8)}</b>", field.start, 0)
        | {"align": "left", "yanchor": "bottom"}
        for field in columns
    ]
    beside = [
        _text(f"{titles[1]} <b>{field.name}</b>", 0, field.start, yanchor="top", xshift=3)
        for field in rows
    ]
    if not legend:
        return [*over, *beside]
    said = "   ".join(
        f'<span style="color:{_MARKS[fit]["color"]}">{sign}</span> {fit}'
        for fit, sign in _SIGN.items()
    )
    return [*over, *beside, _text(said, 0, rows[-1].end, yanchor="top", yshift=-4)]


def _canvas(
    columns: list[Field],
    rows: list[Field],
    texts: list[dict[str, Any]],
    found: Mapping[str, str],
    names: tuple[str, str],
) -> go.Figure:
    top, bottom = -3 * _TEXT_LINE, rows[-1].end + _HEAD + _PADDING
    asked = (found[names[0]], found[names[1]])
    return theme.figure(
        height=round(bottom - top),
        margin={"l": 2, "r": 2, "t": 0, "b": 0, "autoexpand": False},
        xaxis={"range": [0, columns[-1].end], "visible": False},
        yaxis={"range": [bottom, top], "visible": False},
        showlegend=False,
        annotations=texts,
        shapes=[box for column in columns for row in rows for box in _boxes(column, row, asked)],
    )


def _boxes(column: Field, row: Field, asked: tuple[str, str]) -> list[dict[str, Any]]:
    """Draw one field: shaded if one of its values was found, framed if both were."""
    hits = (column.name == asked[0]) + (row.name == asked[1])
    ends = {"x0": column.start, "x1": column.end, "y0": row.start, "y1": row.end}
    place = {"type": "rect", "layer": "below", **ends}
    field = {**place, "line": {"color": _LINE, "width": 1}}
    if hits:
        field["fillcolor"] = _SHADE
    frame = {**place, "line": {"color": theme.BLUE, "width": 3}}
    return [field, frame] if hits == 2 else [field]
