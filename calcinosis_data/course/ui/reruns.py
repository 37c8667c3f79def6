"""A cell that is run again closes what its last run showed.

Without this, kernel and page would keep each panel of each run, with all that follows its
controls, for as long as the notebook is open.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import ipywidgets as widgets
from IPython.core.getipython import get_ipython

_shown: dict[str, list[tuple[str, widgets.Widget]]] = defaultdict(list)
"""Widgets on the page by cell, each with the run that showed it."""


def note_shown(widget: widgets.Widget) -> None:
    """Note what the running cell shows, and close what an earlier run of the cell showed.

    A widget that is shown again, or by another cell too, stays open.

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
    still = [kept for rows in _shown.values() for _, kept in rows]
    for old in before:
        if not any(old is kept for kept in still):
            close_all(old)


def close_all(widget: widgets.Widget) -> None:
    """Close a widget and all it holds.

    Parameters
    ----------
    widget : ipywidgets.Widget
        A panel, or a box of several.

    Examples
    --------
    >>> box = widgets.VBox([widgets.Label("a")])
    >>> close_all(box)
    >>> box.comm is None
    True
    """
    for child in getattr(widget, "children", ()):
        close_all(child)
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
