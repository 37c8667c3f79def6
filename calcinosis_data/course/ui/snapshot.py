"""What a saved notebook shows where no kernel runs: a still copy of the first view.

The living panel hides it. It is written once, when the cell runs, so it costs nothing
when filters change.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from IPython.display import display

from calcinosis_data.course.ui import theme
from calcinosis_data.course.ui._cells import cell_rows, column_heads
from calcinosis_data.course.ui.view import View

PLOTLY_MIME = "application/vnd.plotly.v1+json"
MAX_ROWS = 50

# A widget without a kernel leaves a line "Error displaying widget" above the copy; the
# copy says what to do instead.
_STYLE = (
    "<style>.jp-OutputArea-child:has(+ .jp-OutputArea-child .cal-snapshot)"
    " .jupyter-widgets.jp-OutputArea-output:not(:has(*)){display:none}</style>"
)


def emit(bundle: Mapping[str, Any] | tuple[Mapping[str, Any], object] | None) -> None:
    """Write one output of the running cell.

    Parameters
    ----------
    bundle : mapping, tuple or None
        The output by MIME type, alone or with metadata; nothing is written for None.
    """
    data = bundle[0] if isinstance(bundle, tuple) else bundle  # anywidget adds metadata
    if data:
        display(dict(data), raw=True)  # type: ignore[no-untyped-call]


def emit_copy(body: str, text: str) -> None:
    """Write the still copy of a widget.

    Parameters
    ----------
    body : str
        The copy as HTML; the living widget hides it.
    text : str
        The copy in plain words, for where HTML is not shown.
    """
    emit({"text/html": f'{_STYLE}<div class="cal-snapshot">{body}</div>', "text/plain": text})


def emit_note(text: str) -> None:
    """Write what a saved notebook says in the place of a widget without a kernel."""
    emit_copy(f"<p><em>{escape(text)}</em></p>", text)


def snapshot_html(view: View, question: str, filters: Mapping[str, str], *, veiled: bool) -> str:
    """The still copy as HTML; `veiled` keeps it folded, for a panel behind a prediction."""
    chosen = "; ".join(f"{label}: {value}" for label, value in filters.items() if value)
    with_filters = f" Filters: {chosen}." if chosen else ""
    body = (
        f"<p>{escape(view.finding)}</p>{_table_html(view)}"
        f"<p><em>Saved copy.{escape(with_filters)} Run this cell again to use the filters.</em></p>"
    )
    if veiled:
        body = f"<details><summary>Show the saved answer</summary>{body}</details>"
    return (
        f'{_STYLE}<div class="cal-snapshot"><p><strong>{escape(question)}</strong></p>{body}</div>'
    )


def snapshot_figure(view: View) -> dict[str, Any] | None:
    """The chart as an output of its own, or None."""
    if view.figure is None or view.table.empty:
        return None
    figure = theme.spec(view.figure)
    figure["config"] = {"displayModeBar": False}
    return {PLOTLY_MIME: figure, "text/plain": view.chart_name}


def _table_html(view: View) -> str:
    if view.table.empty:
        return ""
    heads = "".join(f'<th scope="col">{escape(c["name"])}</th>' for c in column_heads(view.table))
    rows = "".join(_row_html(row) for row in cell_rows(view.table.head(MAX_ROWS)))
    return (
        f"<table><caption>{escape(_caption(view))}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _caption(view: View) -> str:
    total = len(view.table)
    return view.caption if total <= MAX_ROWS else f"{view.caption} (first {MAX_ROWS} of {total})"


def _row_html(row: list[str]) -> str:
    first, *rest = (escape(cell) for cell in row)
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
