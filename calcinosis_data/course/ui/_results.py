"""The answer of a panel on the wire: one state, one widget."""

from __future__ import annotations

import gzip
from functools import cache
from typing import Any

import anywidget
import plotly.offline
import traitlets

from calcinosis_data.course.ui import assets, theme
from calcinosis_data.course.ui._cells import cell_rows, column_heads
from calcinosis_data.course.ui.sources import describe_sources
from calcinosis_data.course.ui.view import View

SCRIPTS = (
    *("guard.js", "kit.js", "plotly.js", "rows.js", "shapes.js", "chart.js"),
    *("table.js", "sources.js", "results.js"),
)
PAGE_SIZE = 50
"""Rows sent with a change; more come when the reader turns the page."""


class Results(anywidget.AnyWidget):
    """Finding, chart, table, sources and notes of one filter state."""

    _esm = assets.esm(*SCRIPTS)
    _css = assets.css("kit.css")
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, question: str, name: str, *, table_open: bool) -> None:
        self._question, self._name, self._table_open = question, name, table_open
        self._view: View | None = None
        self._version = 0
        super().__init__(state=empty_state(question))
        self.add_class("cal-kit")
        self.on_msg(self._answer)

    def show(self, view: View) -> None:
        """Put a view on screen, in one update."""
        self._view = view
        self._version += 1
        self.state = view_state(view, self._question, self._version, table_open=self._table_open)

    def fail(self, title: str, text: str) -> None:
        """Say that a view could not be made; the last good one stays."""
        self.state = {**self.state, "error": {"title": title, "text": text}}

    def _answer(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        kind = message.get("kind")
        if kind == "plotly":
            self.send({"kind": "plotly"}, [_packed_plotly()])
        elif self._view is not None and kind == "csv":
            self.send({"kind": "csv", "name": f"{self._name}.csv", "text": csv_text(self._view)})
        elif self._view is not None and kind == "page":
            self.send({**message, "rows": page_rows(self._view, message["page"])})


def view_state(view: View, question: str, version: int, *, table_open: bool) -> dict[str, Any]:
    """Everything the page shows of one view, as plain JSON values."""
    drawn = view.figure is not None and not view.table.empty
    return {
        "question": question,
        "version": version,
        "error": None,
        "finding": view.finding,
        "figure": theme.spec(view.figure) if drawn else None,
        "chart_name": f"{view.chart_name}. The table below holds the same rows." if drawn else "",
        "table": _table_state(view, version, drawn=drawn, table_open=table_open),
        "sources": [source.as_dict() for source in describe_sources(view.ref_ids)],
        "notes": list(view.notes),
    }


def empty_state(question: str) -> dict[str, Any]:
    """State of a panel that has not shown anything yet."""
    table = {"title": "", "caption": "", "columns": [], "rows": [], "total": 0, "open": False}
    return {
        "question": question,
        "version": 0,
        "error": None,
        "finding": "",
        "figure": None,
        "chart_name": "",
        "table": {**table, "version": 0, "page_size": PAGE_SIZE},
        "sources": [],
        "notes": [],
    }


def page_rows(view: View, page: int) -> list[list[str]]:
    """Rows of one page of the table, as text."""
    first = page * PAGE_SIZE
    return cell_rows(view.table.iloc[first : first + PAGE_SIZE])


def csv_text(view: View) -> str:
    """All rows shown, as a CSV file."""
    return view.table.to_csv(index=False, lineterminator="\n")


def _table_state(view: View, version: int, *, drawn: bool, table_open: bool) -> dict[str, Any]:
    total = len(view.table)
    rows = "1 row" if total == 1 else f"{total} rows"
    return {
        "title": f"The same as a table ({rows})" if drawn else f"Table ({rows})",
        "caption": view.caption,
        "columns": column_heads(view.table),
        "rows": page_rows(view, 0),
        "total": total,
        "open": table_open or (total > 0 and not drawn),
        "version": version,
        "page_size": PAGE_SIZE,
    }


@cache
def _packed_plotly() -> bytes:
    return gzip.compress(plotly.offline.get_plotlyjs().encode(), compresslevel=9)
