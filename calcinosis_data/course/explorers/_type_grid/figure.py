"""The grid of two blood values with named marks in its fields.

Every text is an annotation at a place of our own choosing, not a label of an axis: on a narrow
screen the fields then keep the full width, and the heads read like those of a table. There a
name is wider than its field. So it runs towards the middle of the grid, where there is room,
and no line stands between the columns that could strike it through: they differ by shade.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course.explorers._type_grid.words import plain
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.patterns import CLASHES, FITS, OPEN, VARIABLE
from calcinosis_data.course.ui import NOT_STATED, theme

_LINE = "rgba(128,128,128,0.6)"
_CLEAR = "rgba(0,0,0,0)"
_STRIPE = "rgba(128,128,128,0.10)"
_SHADE = "rgba(0,114,178,0.13)"
# Down the chart, one unit is a pixel at the usual text size; across, one unit is a field.
_TEXT_LINE, _PADDING, _HEAD, _LEAST_FIELD = 19, 8, 24, 52
_INSET, _INSET_OUTER = 0.1, 0.14
_GAP_ACROSS, _GAP_DOWN = 0.06, 8
_OUTER_WIDTH = 0.8  # the names of the outer columns have all the room; those of the others less
# Names are broken to stay inside a grid of this many pixels, at the usual text size.
_NARROW, _SIGN_WIDTH, _MOST_SIGNS = 270, 8, 21

_MARKS: Final[dict[str, dict[str, Any]]] = {
    FITS: {
        "symbol": "circle",
        "color": theme.BLUE,
        "size": 13,
        "line": {"color": "#fff", "width": 1},  # seen on dark shade too
    },
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
    x = [_across(values, columns, scale) for values in frame[across]]
    signs = [_signs(one / columns[-1].end) for one in x]
    labels = [_wrapped(*one) for one in zip(frame["label"], signs, strict=True)]
    heights = [_TEXT_LINE * (label.count("<br>") + 1) + _PADDING for label in labels]
    levels = [*reversed(scale), *_fields_needed(frame[down], scale)[len(scale) :]]
    rows, y = _rows(frame[down].tolist(), heights, levels, len(scale))
    asked = any(value != ANY for value in found.values())
    heads = _heads(columns, rows, list(analytes.values()), legend=asked)
    borders, middle = {row.end for row in rows}, columns[-1].end / 2
    names = [
        _label(*one, to_left=one[0] > middle, on_line=one[1] in borders)
        for one in zip(x, y, labels, strict=True)
    ]
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
        start += _GAP_ACROSS * (name not in scale)
        end = start + (_OUTER_WIDTH if name in (names[0], names[-1]) else 1.0)
        fields.append(Field(name, start, end))
        start = end
    return fields


def _across(values: frozenset[str], columns: list[Field], scale: Sequence[str]) -> float:
    """Place a mark at the outer side of its field, or between two fields."""
    allowed = [field for field in columns if field.name in values]
    if len(allowed) > 1 and values <= set(scale):
        return allowed[0].end
    field, middle = allowed[-1], columns[-1].end / 2
    inset = _INSET_OUTER if field in (columns[0], columns[-1]) else _INSET
    return field.end - inset if field.middle > middle else field.start + inset


def _signs(place: float) -> int:
    """How long a line of a name may be that runs from a mark towards the middle and beyond."""
    room = max(place, 1 - place) * _NARROW
    return min(int(room / _SIGN_WIDTH), _MOST_SIGNS)


def _rows(
    values: list[frozenset[str]], heights: list[int], names: list[str], n_scale: int
) -> tuple[list[Field], list[float]]:
    """Stack head and marks of each row and see how much height it needs.

    Marks that may be in either of two rows stand on the line between them, with their names
    in the row above.
    """
    homes = [_mean([place for place, name in enumerate(names) if name in one]) for one in values]
    fields: list[Field] = []
    y = [0.0] * len(values)
    start = cursor = 0.0
    on_line = [2 * height - _PADDING for height in heights]
    for place, name in enumerate(names):
        inside = [i for i, home in enumerate(homes) if home == place]
        between = [i for i, home in enumerate(homes) if home == place + 0.5]
        below = _stack(inside, heights, max(cursor, start + _HEAD), y)
        below = max(below, start + _LEAST_FIELD)
        last = _stack(between, on_line, below, y)
        fields.append(Field(name, start, (below + last) / 2))
        start = fields[-1].end + _GAP_DOWN * (place == n_scale - 1)
        cursor = max((y[i] + _PADDING for i in between), default=start)
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


def _label(x: float, y: float, text: str, *, to_left: bool, on_line: bool) -> dict[str, Any]:
    """Put the name beside its mark, above it where a line would strike it through."""
    above = {"yanchor": "bottom"} if on_line else {}
    side = "right" if to_left else "left"
    return _text(text, x, y, xshift=-11 if to_left else 11, xanchor=side, align=side, **above)


def _heads(
    columns: list[Field], rows: list[Field], titles: list[str], *, legend: bool
) -> list[dict[str, Any]]:
    title = _text(f"<b>{titles[0]}</b>", 0, -_TEXT_LINE, yanchor="bottom")
    first, *inner, last = columns
    over = [
        _text(plain(first.name), first.start, 0, yanchor="bottom"),
        *(
            _text(plain(one.name), one.middle, 0, yanchor="bottom", xanchor="center")
            for one in inner
        ),
        _text(plain(last.name), last.end, 0, yanchor="bottom", xanchor="right"),
    ]
    beside = [
        _text(f"<b>{titles[1]}</b> {plain(field.name)}", 0, field.start, yanchor="top", xshift=3)
        for field in rows
    ]
    if not legend:
        return [title, *over, *beside]
    fits, left_open, clashes = (
        f'<span style="color:{_MARKS[fit]["color"]}">{sign}</span> {fit}'
        for fit, sign in _SIGN.items()
    )
    said = f"{fits}   {left_open}<br>{clashes}"
    below = _text(said, 0, rows[-1].end, yanchor="top", yshift=-4, align="left")
    return [title, *over, *beside, below]


def _canvas(
    columns: list[Field],
    rows: list[Field],
    texts: list[dict[str, Any]],
    found: Mapping[str, str],
    names: tuple[str, str],
) -> go.Figure:
    legend = any(value != ANY for value in found.values())
    top, bottom = -2.5 * _TEXT_LINE, rows[-1].end + legend * 2 * _TEXT_LINE + _PADDING
    asked = (found[names[0]], found[names[1]])
    return theme.figure(
        height=round(bottom - top),
        margin={"l": 2, "r": 2, "t": 0, "b": 0, "autoexpand": False},
        xaxis={"range": [0, columns[-1].end], "visible": False},
        yaxis={"range": [bottom, top], "visible": False},
        showlegend=False,
        annotations=texts,
        shapes=[shape for row in rows for shape in _band(columns, row, asked)],
    )


def _band(columns: list[Field], row: Field, asked: tuple[str, str]) -> list[dict[str, Any]]:
    """Draw one row: its fields, shaded where a value was found, and a frame around it."""
    ends = {"y0": row.start, "y1": row.end, "layer": "below"}
    fields: list[dict[str, Any]] = [
        {"type": "rect", "name": f"{column.name}, {row.name}", "x0": column.start, "x1": column.end}
        | ends
        | {"fillcolor": fill, "line": {"width": 0}}
        for place, column in enumerate(columns)
        for fill in _fills(place, column.name == asked[0], row.name == asked[1])
    ]
    frame = {"type": "rect", "x0": 0, "x1": columns[-1].end, **ends}
    crossing = [
        {"type": "line", "x0": column.start, "x1": column.end, "y0": y, "y1": y, "layer": "below"}
        | {"line": {"color": theme.BLUE, "width": 3}}
        for column in columns
        for y in (row.start, row.end)
        if (column.name, row.name) == asked
    ]
    return [*fields, frame | {"line": {"color": _LINE, "width": 1}}, *crossing]


def _fills(place: int, *found: bool) -> list[str]:
    """Shades of one field, one over the other: every second column, and each value found."""
    return [_STRIPE if place % 2 else _CLEAR, *[_SHADE] * sum(found)]
