"""Pure steps from frame to plotly figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course.explorers._words import upper_first
from calcinosis_data.course.ui import NOT_STATED, theme
from calcinosis_data.course.ui.listed_rows import row_axis

NARROW_PARTS: Final = (
    "On a narrow screen the number of a narrow part is left out; the table has every row."
)
"""What a note says where `has_narrow_parts` holds."""

# Ink for a number on each colour of the palette: each pair has a contrast of 4.5 or more.
_LIGHT, _DARK = "#fff", "#111"
_INK: Final = {theme.BLUE: _LIGHT, theme.GREY: _LIGHT}
_EACH_BAR = 34
_MOST_IN_NARROW = 24  # a bar as wide as a narrow page has room for so many numbers
_SHORTEST_AXIS: Final = 10  # a bar of three rows would else fill the page
_NO_LINES: Final = {"showgrid": False, "showline": False}


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
    groups, n = [str(group) for group in counts["group"]], [int(n) for n in counts["n"]]
    figure = theme.figure(
        height=theme.row_height(len(groups), each=_EACH_BAR),
        showlegend=False,
        **_bar_axes(
            [(one, upper_first(one)) for one in groups],
            f"Number of {counted}",
            max(_SHORTEST_AXIS, *n),
        ),
    )
    bars = {
        "type": "bar",
        "x": tuple(n),
        "y": groups,
        "orientation": "h",
        "hovertemplate": "%{y}: %{x}<extra></extra>",
        "marker": {
            "color": [theme.GREY if away else theme.BLUE for away in outside],
            "pattern": {"shape": ["/" if away else "" for away in outside], "fillmode": "overlay"},
        },
    }
    return figure.add_traces([bars, _bar_ends(groups, n, {})])


def _bar_axes(listed: Iterable[tuple[str, str]], title: str, end: int) -> dict[str, Any]:
    """Lay out both axes: groups as rows, their numbers at the bars and not along the axis."""
    return {
        "xaxis": {
            "title": title,
            "side": "top",
            "range": [0, end],
            "showticklabels": False,
            **_NO_LINES,
        },
        "yaxis": {**row_axis(listed), **_NO_LINES},
    }


def stacked_bars(  # noqa: PLR0913 (one argument per choice of look)
    counts: pd.DataFrame,
    *,
    parts: Sequence[str],
    counted: str,
    colours: Sequence[str] = theme.PALETTE,
    ends: Mapping[str, str] | None = None,
    ordered: bool = False,
) -> go.Figure:
    """Draw one bar per group, its parts side by side with their numbers, its total at the end.

    Colour, pattern and order say which part is which.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns `group`, `part` and `n`, groups in the order from top to bottom.
    parts : sequence of str
        Names of the parts from left to right, at most five.
    counted : str
        What is counted, for the title of the axis.
    colours : sequence of str, default `theme.PALETTE`
        Colour of each part, out of the palette.
    ends : mapping of str to str, optional
        Words at the end of a bar, by group, in the place of its total.
    ordered : bool, default False
        Whether the parts are steps from most to least, at most four: one blue, ever less of it.

    Returns
    -------
    plotly.graph_objects.Figure
        The chart.

    Raises
    ------
    ValueError
        If there are more than five parts, or a part of `counts` is none of them.

    Examples
    --------
    >>> rows = [("causes", "supported", 3), ("causes", "incorrect", 1)]
    >>> counts = pd.DataFrame(rows, columns=["group", "part", "n"])
    >>> chart = stacked_bars(counts, parts=["supported", "incorrect"], counted="claims")
    >>> [bar.x for bar in chart.data[:2]], chart.data[2].text
    ([(3,), (1,)], (' 4',))
    """
    _check_parts(counts, parts)
    cells = counts.groupby(["group", "part"], sort=False, observed=True)["n"].sum().to_dict()
    groups = [str(group) for group in dict.fromkeys(counts["group"])]
    n = {part: [int(cells.get((group, part), 0)) for group in groups] for part in parts}
    totals = [sum(of_group) for of_group in zip(*n.values(), strict=True)]
    figure = theme.figure(
        height=theme.row_height(len(groups), each=_EACH_BAR),
        barmode="stack",
        showlegend=True,
        legend={"traceorder": "normal"},
        **_bar_axes(zip(groups, groups, strict=True), f"Number of {counted}", max(1, *totals)),
    )
    bars = [
        {"x": tuple(n[part]), "y": groups, "name": part, **look}
        for part, look in zip(parts, _step_looks() if ordered else _looks(colours), strict=False)
        if any(n[part])
    ]
    for bar in bars * (len(bars) > 1):
        bar["text"] = [f"{one}" if one else "" for one in bar["x"]]
    return figure.add_traces([*bars, _bar_ends(groups, totals, ends or {})])


def _bar_ends(groups: list[str], totals: list[int], ends: Mapping[str, str]) -> dict[str, Any]:
    said = [ends.get(group, str(total)) for group, total in zip(groups, totals, strict=True)]
    return {
        "type": "scatter",
        "x": totals,
        "y": groups,
        "mode": "text",
        "text": [f" {words}" for words in said],
        "textposition": "middle right",
        "hoverinfo": "skip",
        "showlegend": False,
    }


def has_narrow_parts(counts: pd.DataFrame) -> bool:
    """Tell whether some part is so narrow that a page may leave its number out.

    Examples
    --------
    >>> rows = [("causes", "supported", 60), ("causes", "incorrect", 1)]
    >>> has_narrow_parts(pd.DataFrame(rows, columns=["group", "part", "n"]))
    True
    """
    drawn = counts.loc[counts["n"] > 0, "n"]
    longest = counts.groupby("group", sort=False)["n"].sum().max()
    return bool(len(drawn) and drawn.min() < longest / _MOST_IN_NARROW)


def _check_parts(counts: pd.DataFrame, parts: Sequence[str]) -> None:
    if len(parts) > len(theme.PALETTE):
        raise ValueError(f"{len(parts)} parts are too many to tell apart: five at most.")
    further = sorted(set(counts["part"]) - set(parts))
    if further:
        raise ValueError(f"no part {further[0]!r} among {', '.join(map(repr, parts))}.")


def _looks(colours: Sequence[str]) -> list[dict[str, Any]]:
    return [_part_look(*pair) for pair in zip(colours, theme.PATTERNS, strict=False)]


def _step_looks() -> list[dict[str, Any]]:
    """Looks of parts that have an order: full, densely and thinly hatched, an outline."""
    clear = "rgba(0,0,0,0)"
    outline = {"line": {"color": theme.BLUE, "width": 1.5}}
    hatch = {"shape": "/", "fillmode": "replace", "bgcolor": clear, "size": 7}
    markers: list[dict[str, Any]] = [
        {"color": theme.BLUE},
        {"color": theme.BLUE, "pattern": {**hatch, "solidity": 0.6}},
        {"color": theme.BLUE, "pattern": {**hatch, "solidity": 0.2}},
        {"color": clear},
    ]
    full = _part_look(theme.BLUE, "")
    font = {**full["insidetextfont"], "shadow": _rim(theme.BLUE, (-4, -2, 0, 2, 4))}
    return [{**full, "insidetextfont": font, "marker": {**one, **outline}} for one in markers]


def _rim(colour: str, reach: Sequence[int]) -> str:
    return ", ".join(f"{x}px {y}px 1px {colour}" for x in reach for y in (-2, 0, 2))


def _part_look(colour: str, shape: str) -> dict[str, Any]:
    """Look of one part: its numbers have a rim of its colour, which keeps the pattern off them."""
    ink = _INK.get(colour, _DARK)
    pattern = {
        "shape": shape,
        "fillmode": "overlay",
        "fgcolor": _LIGHT if ink == _DARK else _DARK,
        "fgopacity": 0.5,
        "size": 6,
        "solidity": 0.25,
    }
    return {
        "type": "bar",
        "orientation": "h",
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {"color": ink, "size": 14, "shadow": _rim(colour, (-2, 0, 2))},
        "marker": {"color": colour, "pattern": pattern},
        "hovertemplate": "%{y}, %{fullData.name}: %{x}<extra></extra>",
    }
