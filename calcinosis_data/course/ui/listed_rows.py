"""The rows of a chart that has one line per name: their order, their headings, their axis.

The axis is a plain category axis, so the figure is right wherever plotly draws it. On a page of
the course the front end gives each row the height that its words need (`rows.js`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_HEADING = "heading: "


def with_headings(rows: Iterable[Mapping[Any, Any]]) -> list[tuple[str, str]]:
    """List the rows from top to bottom as pairs of id and text, a heading before each group.

    Parameters
    ----------
    rows : iterable of mapping
        Rows in drawing order with `name` (the id), `label` (the text) and `group` (the heading
        above, "" for none). A name may come more than once; its first row counts.

    Returns
    -------
    list of tuple of str
        Ids and texts. The text of a heading is bold.

    Examples
    --------
    >>> child = {"name": "a", "label": "A", "group": ""}
    >>> adult = {"name": "b", "label": "B", "group": "Adults"}
    >>> with_headings([child, adult])
    [('a', 'A'), ('heading: Adults', '<b>Adults</b>'), ('b', 'B')]
    """
    once: dict[str, Mapping[Any, Any]] = {}
    for row in rows:
        once.setdefault(row["name"], row)
    listed: list[tuple[str, str]] = []
    above = ""
    for name, row in once.items():
        if row["group"] and row["group"] != above:
            listed.append((heading_id(row["group"]), f"<b>{row['group']}</b>"))
        above = row["group"]
        listed.append((name, row["label"]))
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
