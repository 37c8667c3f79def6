"""The component kit in a real JupyterLab: keyboard, agreement, reload, no kernel, axe."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

DEMO = """
import pandas as pd
from calcinosis_data.course import ui

ROWS = pd.DataFrame({
    "Condition": ["Systemic sclerosis, limited cutaneous", "Juvenile dermatomyositis"] * 2,
    "Age": ["adult", "child", "child", "adult"],
    "Patients": [120, 40, 12, 18],
    "Percent": [22.0, 44.4, 25.0, 30.3],
})

def view(age, text, size, big):
    rows = ROWS if age is None else ROWS[ROWS["Age"] == age]
    rows = rows[rows["Condition"].str.contains(text, case=False)]
    for limit in size:
        rows = rows[rows["Patients"] >= limit]
    if big:
        rows = rows[rows["Percent"] > 30]
    if text == "boom":
        raise ValueError("no disease has this name")
    if rows.empty:
        return ui.View("No row fits these filters.", rows, "Share of patients")
    figure = ui.theme.figure(xaxis_title="Patients (percent)")
    figure.add_scatter(x=rows["Percent"].tolist(), y=rows["Condition"].tolist(), mode="markers")
    return ui.View(f"{len(rows)} of {len(ROWS)} rows fit.", rows, "Share of patients",
                   figure=figure, chart_name="Dot chart of the share of patients",
                   notes=("Rows come from different studies.",), ref_ids=("valenzuela2016",))

def demo():
    return ui.panel("How common is calcinosis?", {
        "age": ui.choice("Age group", [("All ages", None), "child", "adult"]),
        "text": ui.search("Search conditions"),
        "size": ui.choices("Patients", [("20 or more", 20), ("100 or more", 100)]),
        "big": ui.toggle("Above 30 percent"),
    }, view, name="demo")
"""

STATE = """panel => {
    const chart = panel.querySelector(".js-plotly-plot");
    const shown = chart && chart.offsetParent !== null;
    return {
        age: panel.querySelector("select").selectedOptions[0].text.replace(/\u00a0/g, " "),
        text: panel.querySelector("input[type=text]").value,
        finding: panel.querySelector(".cal-finding").innerText,
        chart: shown ? chart.data.flatMap((trace) => Array.from(trace.x)) : [],
        drawn: shown ? chart.querySelectorAll(".scatterlayer .point").length : 0,
        table: [...panel.querySelectorAll(".cal-table tbody tr")].map(
            (row) => Number(row.cells[3].textContent)),
        version: panel.querySelector(".cal-results").dataset.version,
    };
}"""


def state(panel: Any) -> dict[str, Any]:
    """What the panel shows; control, finding, chart and table must agree."""
    shown: dict[str, Any] = panel.evaluate(STATE)
    assert shown["chart"] == shown["table"]
    assert shown["drawn"] == len(shown["table"])
    if shown["table"]:
        assert shown["finding"].startswith(f"{len(shown['table'])} of 4 rows")
    return shown


def after(panel: Any, act: Callable[[], None]) -> dict[str, Any]:
    """Do something, wait for the next version on screen, and read it."""
    results = panel.locator(".cal-results")
    before = results.get_attribute("data-version")
    act()
    panel.page.wait_for_function(
        "([element, before]) => element.dataset.version !== before",
        arg=[results.element_handle(), before],
    )
    return state(panel)


@pytest.fixture
def fresh(notebook: Callable[..., Any]) -> Any:
    """A notebook with the demo panel, run, for one test."""
    shown = notebook([DEMO, "demo()"])
    shown.run_all()
    return shown


@pytest.fixture(scope="module")
def one_book(shared_notebook: Callable[..., Any]) -> Any:
    """The same for all tests that leave it as it was."""
    shown = shared_notebook([DEMO, "demo()"])
    shown.run_all()
    return shown


@pytest.fixture
def book(one_book: Any) -> Iterator[Any]:
    """The shared notebook; afterwards filters are reset and details closed."""
    yield one_book
    panel = one_book.panel()
    after(panel, lambda: panel.locator('button:text-is("Reset filters")').click())
    panel.evaluate("e => e.querySelectorAll('details').forEach((d) => { d.open = false; })")
    one_book.page.wait_for_timeout(1200)  # the last announcement


def test_keys_alone_change_everything_together(book: Any) -> None:
    panel, keys = book.panel(), book.page.keyboard
    cells = book.cells()
    panel.locator("select").focus()
    assert after(panel, lambda: keys.press("ArrowDown"))["table"] == [44.4, 25.0]
    keys.press("Tab")
    shown = after(panel, lambda: keys.press("j"))
    assert (shown["text"], shown["table"]) == ("j", [44.4])
    keys.press("Tab")
    assert after(panel, lambda: keys.press("Space"))["table"] == [44.4]
    keys.press("Tab")
    assert after(panel, lambda: keys.press("Space"))["table"] == []
    assert panel.locator(".cal-finding").inner_text() == "No row fits these filters."
    assert not panel.locator(".cal-chart").is_visible()
    keys.press("Tab")
    after(panel, lambda: keys.press("Space"))
    keys.press("Tab")
    assert panel.locator("button:focus").inner_text() == "Reset filters"
    shown = after(panel, lambda: keys.press("Enter"))
    assert (shown["age"], shown["text"], len(shown["table"])) == ("All ages", "", 4)
    assert book.cells() == cells


def test_letters_typed_into_any_control_leave_the_cells_untouched(book: Any) -> None:
    panel, keys = book.panel(), book.page.keyboard
    cells = book.cells()
    panel.locator(".cal-table > summary").click()
    stops = panel.locator("select, input, button, summary, .cal-scroll")
    places = [index for index in range(stops.count()) if stops.nth(index).is_visible()]
    assert len(places) > 7
    for place in places:
        stops.nth(place).focus()
        for key in "abxdd1m":
            keys.press(key)
        panel.locator("input[type=text]").fill("")
        book.page.wait_for_timeout(300)
    assert book.cells() == cells
    assert book.page.locator(".jp-mod-editMode").count() == 0


def test_shift_enter_in_a_control_runs_the_cell(fresh: Any) -> None:
    fresh.panel().locator("select").focus()
    fresh.page.keyboard.press("Shift+Enter")
    fresh.page.locator('.jp-InputPrompt:text-is("[3]:")').wait_for()


def test_focus_is_seen_and_targets_are_large_enough(book: Any) -> None:
    panel = book.panel()
    panel.locator("select").focus()
    for _ in range(6):
        book.page.keyboard.press("Tab")
        width = book.page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        height = book.page.evaluate(
            "(document.activeElement.closest('label') || document.activeElement).offsetHeight"
        )
        assert (width, height >= 24) == ("2px", True)


def test_reload_keeps_control_chart_and_table_in_agreement(fresh: Any) -> None:
    panel = fresh.panel()
    panel.locator("select").focus()
    after(panel, lambda: fresh.page.keyboard.press("ArrowDown"))
    before = state(panel)
    fresh.save()
    fresh.reload()
    assert state(fresh.panel()) == before
    assert after(fresh.panel(), lambda: fresh.panel().locator("select").select_option("adult"))


@pytest.mark.parametrize("how", ["restart", "shut down"])
def test_without_its_kernel_a_panel_says_so(fresh: Any, how: str) -> None:
    panel = fresh.panel()
    if how == "restart":
        fresh.menu("Kernel", "Restart Kernel…")
        fresh.page.locator(".jp-Dialog button.jp-mod-accept").click()
    else:
        fresh.lab.stop_kernels(fresh.name)
    banner = panel.locator(".cal-banner")
    fresh.page.wait_for_function("e => e.innerText !== ''", arg=banner.element_handle())
    assert banner.inner_text().startswith("Run the cell again")
    assert panel.locator(":is(select, input, button):enabled").count() == 0
    assert state(panel)["table"]


def test_a_saved_notebook_shows_its_answer_without_a_kernel(fresh: Any) -> None:
    fresh.save()
    path = fresh.lab.folder / fresh.name
    assert path.stat().st_size < 20_000
    saved = json.loads(path.read_text())
    saved["metadata"]["kernelspec"] = {"name": "no-such-kernel", "display_name": "none"}
    fresh.page.goto("about:blank")
    path.write_text(json.dumps(saved))
    fresh.page.goto(fresh.lab.url(fresh.name))
    copy = fresh.page.locator(".cal-snapshot")
    copy.wait_for()
    assert "4 of 4 rows fit." in copy.inner_text()
    assert copy.locator("tbody tr").count() == 4
    assert "Run this cell again" in copy.inner_text()
    fresh.page.locator(".jp-RenderedPlotly .point").first.wait_for()


def test_a_failing_view_is_told_in_words(book: Any) -> None:
    panel = book.panel()
    panel.locator("input[type=text]").fill("boom")
    error = panel.locator(".cal-error")
    error.wait_for()
    assert error.inner_text().startswith("Error: ")
    assert "no disease has this name" in error.inner_text()
    panel.locator('button:text-is("Reset filters")').click()
    error.wait_for(state="hidden")


def test_the_table_is_downloaded_by_the_kernel(book: Any) -> None:
    panel = book.panel()
    panel.locator(".cal-table > summary").click()
    with book.page.expect_download() as caught:
        panel.locator('button:text-is("Download CSV")').click()
    assert caught.value.suggested_filename == "demo.csv"
    lines = caught.value.path().read_text().splitlines()
    assert lines[0] == "Condition,Age,Patients,Percent"
    assert len(lines) == 5


def test_a_change_is_announced(book: Any) -> None:
    panel = book.panel()
    region = panel.locator(".cal-sr[role=status]")
    assert region.inner_text() != "2 of 4 rows fit."
    after(panel, lambda: panel.locator("select").select_option("child"))
    book.page.wait_for_function(
        "e => e.innerText === '2 of 4 rows fit.'", arg=region.element_handle()
    )


def test_names_and_roles(book: Any) -> None:
    panel = book.panel()
    assert panel.get_attribute("aria-label") == "How common is calcinosis?"
    chart = panel.get_by_role("img")
    assert chart.get_attribute("aria-label").startswith("Dot chart of the share of patients.")
    assert panel.get_by_role("group", name="Patients", exact=True).count() == 1
    assert panel.locator(".modebar-btn").count() == 0
    panel.locator(".cal-table > summary").click()
    assert panel.locator("caption").inner_text() == "Share of patients"
    assert panel.locator("th[scope=row]").count() == 4


def test_axe_has_nothing_serious(fresh: Any) -> None:
    panel = fresh.panel()
    panel.locator(".cal-table > summary").click()
    panel.locator(".cal-source > summary").click()
    fresh.screenshot("kit-1280-light")
    assert not fresh.axe()
    fresh.dark()
    fresh.page.wait_for_timeout(500)
    fresh.screenshot("kit-1280-dark")
    assert not fresh.axe()


def test_axe_would_see_a_fault(fresh: Any) -> None:
    fresh.panel().locator("select").evaluate("e => e.parentElement.querySelector('label').remove()")
    assert any(found.startswith("select-name") for found in fresh.axe())


def test_a_narrow_page_has_one_column_and_no_sideways_scroll(fresh: Any) -> None:
    fresh.only_notebook()
    fresh.page.set_viewport_size({"width": 400, "height": 900})
    panel = fresh.panel()
    fresh.page.wait_for_timeout(1000)
    boxes = [box.bounding_box() for box in panel.locator(".cal-filters > *").all()]
    assert len({box["x"] for box in boxes}) == 1
    assert panel.evaluate("e => e.scrollWidth <= e.clientWidth")
    panel.scroll_into_view_if_needed()
    fresh.screenshot("kit-400-light")
    fresh.dark()
    fresh.page.wait_for_timeout(500)
    fresh.screenshot("kit-400-dark")


def test_where_the_page_has_no_plotly_the_kernel_sends_its_own_once(
    notebook: Callable[..., Any],
) -> None:
    book = notebook([DEMO, "demo()", "demo()"], blocked="**/jupyterlab-plotly/**")
    book.run_all()
    assert state(book.panel(0))["drawn"] == state(book.panel(1))["drawn"] == 4
    assert 1_000_000 < sum(book.frames) < 2_000_000


def test_notebook_7(notebook: Callable[..., Any]) -> None:
    pytest.importorskip("notebook")
    book = notebook([DEMO, "demo()"], view="notebooks")
    book.run_all()
    panel, cells = book.panel(), book.cells()
    panel.locator("select").focus()
    book.page.keyboard.press("b")
    assert after(panel, lambda: book.page.keyboard.press("ArrowDown"))["table"]
    assert book.cells() == cells


def test_reveal_and_settings(notebook: Callable[..., Any]) -> None:
    ask = "ui.reveal(ui.ask('Which is more common?', ['Sclerosis', 'Dermatomyositis']), demo())"
    book = notebook([DEMO, "ui.settings()", ask])
    book.run_all()
    page = book.page
    page.locator(".cal-ask input").first.wait_for()
    assert page.locator(".cal-panel").count() == 0
    page.locator(".cal-ask button").click()
    assert page.locator(".cal-said", has_text="Choose an answer first").is_visible()
    page.locator(".cal-ask input").last.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert state(book.panel())["table"]
    page.locator(".cal-settings summary").click()
    page.get_by_label("Off, tables only").check()
    assert not book.panel().locator(".cal-chart").is_visible()
    assert not book.axe()
