"""A cell that is run again closes what its last run showed.

Without this, kernel and page would keep each panel of each run, with all that follows its
controls, for as long as the notebook is open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from typing import Any

import ipywidgets as widgets
from IPython.core.getipython import get_ipython

_shown: dict[str, list[tuple[str, widgets.Widget]]] = defaultdict(list)
"""Widgets on the page by cell, each with the run that showed it. What a deleted cell showed stays
open until the kernel ends: nothing tells of the deletion."""


def note_shown(widget: widgets.Widget) -> None:
    """Note what the running cell shows, and close what an earlier run of the cell showed.

    A widget that is shown again, or by another cell too, stays open, also as a part of another.

    Parameters
    ----------
    widget : ipywidgets.Widget
        What is about to be shown.
    """
    cell, run = _running_cell()
    if not cell:  # not in a notebook, or one that does not name its cells
        return
    before = [old for last, old in _shown[cell] if last != run]
    _shown[cell] = [(last, old) for last, old in _shown[cell] if last == run] + [(run, widget)]
    still = {id(part) for rows in _shown.values() for _, kept in rows for part in parts(kept)}
    for old in before:
        close_all(old, keep=still)


def parts(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    """Give a widget and all it holds, on the page or not yet.

    Parameters
    ----------
    widget : ipywidgets.Widget
        A panel, a prediction with its panel, or a box of several.

    Yields
    ------
    ipywidgets.Widget
        The widget, then what it holds.

    Examples
    --------
    >>> len(list(parts(widgets.VBox([widgets.Label("a"), widgets.Label("b")]))))
    3
    """
    yield widget
    for part in getattr(widget, "held", getattr(widget, "children", ())):
        yield from parts(part)


def close_all(widget: widgets.Widget, keep: Container[int] = ()) -> None:
    """Close a widget and all it holds.

    Parameters
    ----------
    widget : ipywidgets.Widget
        A panel, or a box of several.
    keep : container of int
        Identities (`id`) of widgets that stay open.

    Examples
    --------
    >>> box = widgets.VBox([widgets.Label("a")])
    >>> close_all(box)
    >>> box.comm is None
    True
    """
    for part in list(parts(widget)):
        if id(part) not in keep:
            _close(part)


def _close(widget: widgets.Widget) -> None:
    for look in ("layout", "style"):
        if isinstance(part := getattr(widget, look, None), widgets.Widget):
            part.close()
    widget.close()


def _running_cell() -> tuple[str, str]:
    """Id of the cell that is running and of its run; empty outside a notebook."""
    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None:
        return "", ""
    parent: dict[str, Any] = kernel.get_parent("shell")
    cell = str(parent.get("metadata", {}).get("cellId", ""))
    return cell, str(parent.get("header", {}).get("msg_id", ""))
