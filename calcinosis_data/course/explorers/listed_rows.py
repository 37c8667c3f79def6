"""The rows of a chart that has one line per name: their order, their headings, their axis.

The axis is a plain category axis, so the figure is right wherever plotly draws it. On a page of
the course the front end gives each row the height that its words need (`chart.js`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

_HEADING = "heading: "


def with_headings(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """List the rows from top to bottom as pairs of id and text, a heading before each group.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns `name` (the id), `label` (the text) and `group` (the heading above, "" for
        none), in drawing order. A name may come more than once; its first row counts.

    Returns
    -------
    list of tuple of str
        Ids and texts. The text of a heading is bold.

    Examples
    --------
    >>> rows = pd.DataFrame({"name": ["a", "b"], "label": ["A", "B"], "group": ["", "Adults"]})
    >>> with_headings(rows)
    [('a', 'A'), ('heading: Adults', '<b>Adults</b>'), ('b', 'B')]
    """
    listed: list[tuple[str, str]] = []
    above = ""
    for name, label, group in _first_of_each(rows):
        if group and group != above:
            listed.append((heading_id(group), f"<b>{group}</b>"))
        above = group
        listed.append((name, label))
    return listed


def heading_id(group: str) -> str:
    """Give the place of a heading on the axis.

    Examples
    --------
    >>> heading_id("Adults")
    'heading: Adults'
    """
    return f"{_HEADING}{group}"


def row_axis(listed: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Lay out the vertical axis with one place per row, the first at the top.

    Examples
    --------
    >>> row_axis([("a", "A")])["ticktext"]
    ['A']
    """
    pairs = list(listed)
    ids = [name for name, _ in pairs]
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": ids,
        "tickvals": ids,
        "ticktext": [text for _, text in pairs],
        "range": [len(ids) - 0.5, -0.5],
        "showgrid": True,
        "griddash": "dot",
    }


def _first_of_each(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    once = rows.drop_duplicates("name")
    columns = [once[column].astype("object") for column in ("name", "label", "group")]
    return [(str(a), str(b), str(c)) for a, b, c in zip(*columns, strict=True)]
