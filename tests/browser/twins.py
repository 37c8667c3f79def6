"""What a panel on the page shows, held against the same explorer in this process.

The twin is given the values of the controls on the page. Whatever its pure view says then
(finding, rows, marks, sources, notes) must be on the page: so every state is checked in full.
"""

from collections.abc import Callable
from typing import Any

from calcinosis_data.course import explorers, ui
from calcinosis_data.course.ui import theme
from calcinosis_data.course.ui._cells import cell_rows, column_heads
from calcinosis_data.course.ui._results import PAGE_SIZE
from calcinosis_data.course.ui.sources import describe_sources

NAMES = sorted(name for name in explorers.__all__ if name.islower())
PRESETS: dict[str, dict[str, str]] = {
    "compare": {"table": "diagnostic_tests"},
    "table": {"name": "causes"},
}
"""What an explorer is given where it would else show a picker above its panel."""


def call(name: str, presets: dict[str, str] | None = None) -> str:
    """The cell that shows an explorer, with its own presets or others."""
    return f"explorers.{name}(**{PRESETS.get(name, {}) if presets is None else presets})"


ON_PAGE = """panel => {
    const chart = panel.querySelector(".js-plotly-plot");
    const shown = Boolean(chart && chart.offsetParent !== null);
    const text = (node) => node.textContent.trim();
    const all = (selector) => [...panel.querySelectorAll(selector)];
    const value = (control) => {
        const select = control.querySelector("select");
        if (select) return select.selectedIndex;
        const boxes = [...control.querySelectorAll("input[type=checkbox]")];
        if (control.classList.contains("cal-choices")) return boxes.map((box) => box.checked);
        return boxes.length ? boxes[0].checked : control.querySelector("input").value;
    };
    const plain = (list) => Array.from(list ?? [], (one) => one);
    return {
        question: text(panel.querySelector(".cal-question")),
        values: all(".cal-filters > .cal-control").map(value),
        finding: text(panel.querySelector(".cal-finding")),
        heads: all(".cal-table thead th").map(text),
        rows: all(".cal-table tbody tr").map((row) => [...row.cells].map((c) => c.textContent)),
        total: Number(text(panel.querySelector(".cal-table summary")).match(/\\d+/) || 0),
        charted: shown,
        marks: shown ? chart.data.filter((trace) => trace.customdata).map((trace) =>
            plain(trace.customdata)) : [],
        bars: shown ? chart.data.filter((t) => t.type === "bar").map((t) => plain(t.x)) : [],
        points: shown ? chart.querySelectorAll(".scatterlayer .points .point").length : 0,
        sources: all(".cal-sources .cal-source > summary").map(text),
        notes: all(".cal-notes li").map(text),
    };
}"""


def control_value(control: ui.Choice | ui.Choices | ui.Search | ui.Toggle, shown: Any) -> Any:
    """The value of a control whose state on the page is `shown`."""
    if isinstance(control, ui.Choice):
        return control._options_values[shown]
    if isinstance(control, ui.Choices):
        pairs = zip(control._pairs, shown, strict=True)
        return tuple(value for (_, value), ticked in pairs if ticked)
    return shown


def twin_view(twin: ui.Panel, shown: dict[str, Any]) -> ui.View:
    """What the twin says for the filters on the page."""
    # One after the other, as on the page: a filter may offer what fits those before it.
    for control, value in zip(twin.controls.values(), shown["values"], strict=True):
        control.value = control_value(control, value)
    return twin.view


def expected(view: ui.View) -> dict[str, Any]:
    """The parts of a view as the page must hold them."""
    drawn = view.figure is not None and not view.table.empty
    traces = theme.spec(view.figure)["data"] if drawn else []
    marked = [trace for trace in traces if "customdata" in trace]
    return {
        "finding": view.finding,
        "heads": [head["name"] for head in column_heads(view.table)],
        "rows": cell_rows(view.table.head(PAGE_SIZE)),
        "total": len(view.table),
        "charted": drawn,
        "marks": [trace["customdata"] for trace in marked],
        "bars": [trace["x"] for trace in traces if trace["type"] == "bar"],
        "sources": [source.short for source in describe_sources(view.ref_ids)],
        "notes": list(view.notes),
    }


def agreeing(panel: Any, twin: ui.Panel) -> dict[str, Any]:
    """What the page shows; it must be what the twin says for the same filters."""
    shown: dict[str, Any] = panel.evaluate(ON_PAGE)
    view = twin_view(twin, shown)
    told = expected(view)
    if not told["rows"]:  # an empty table is not on the page
        told["heads"] = shown["heads"]
    assert {name: shown[name] for name in told} == told
    if shown["marks"]:
        assert named_in_chart(view) == {row[0] for row in cell_rows(view.table)}
    return shown


def named_in_chart(view: ui.View) -> set[str]:
    """Names of the marks, or of the rows where the chart lists those without a mark too."""
    marks = {name for trace in view.figure.data for name in trace.customdata or ()}
    listed = {
        name
        for name in view.figure.layout.yaxis.categoryarray or ()
        if not name.startswith("heading: ")
    }
    return marks | listed


def after(panel: Any, twin: ui.Panel, act: Callable[[], object]) -> dict[str, Any]:
    """Do something, wait for the next version on screen, and read it."""
    results = panel.locator(".cal-results")
    before = results.get_attribute("data-version")
    act()
    panel.page.wait_for_function(
        "([element, before]) => element.dataset.version !== before",
        arg=[results.element_handle(), before],
    )
    return agreeing(panel, twin)
