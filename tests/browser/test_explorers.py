"""The explorers in a real JupyterLab: each control by keyboard and by mouse."""

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import nbformat
import pytest

from calcinosis_data import list_tables, load_table

CELLS = [
    "from calcinosis_data.course import explorers",
    "explorers.type_grid()",
    "explorers.table('causes')",
    "explorers.table()",
]
GRID, CAUSES, PICKED = range(3)

STATE = """panel => {
    const chart = panel.querySelector(".js-plotly-plot");
    const shown = chart && chart.offsetParent !== null;
    const rows = [...panel.querySelectorAll(".cal-table tbody tr")];
    return {
        question: panel.querySelector(".cal-question").innerText,
        finding: panel.querySelector(".cal-finding").innerText,
        values: [...panel.querySelectorAll(".cal-filters :is(select, input)")].map((control) =>
            control.type === "checkbox" ? control.checked
            : control.selectedOptions ? control.selectedOptions[0].text.replace(/\\u00a0/g, " ")
            : control.value),
        bars: shown && chart.data[0].type === "bar" ? Array.from(chart.data[0].x) : [],
        marks: shown ? chart.data.flatMap((trace) =>
            Array.from(trace.customdata || []).map((name) => [name, trace.name])) : [],
        drawn: shown ? chart.querySelectorAll(".scatterlayer .point, .barlayer .point").length : 0,
        heads: [...panel.querySelectorAll(".cal-table thead th")].map((cell) => cell.textContent),
        rows: rows.map((row) => [...row.cells].map((cell) => cell.textContent)),
        total: Number(panel.querySelector(".cal-table summary").textContent.match(/\\d+/)),
    };
}"""


def agreeing(panel: Any) -> dict[str, Any]:
    """What a panel shows; finding, chart and table must agree."""
    shown: dict[str, Any] = panel.evaluate(STATE)
    if shown["marks"]:
        table = [row[:2] for row in shown["rows"]]
        asked = "Does it fit?" in shown["heads"]
        assert sorted(shown["marks"]) == sorted(table if asked else [[n, "fits"] for n, _ in table])
        assert shown["drawn"] == len(shown["marks"])
        told = re.search(r"fits (?:(\d+) of|none of)", shown["finding"])
        if asked and told:
            assert int(told[1] or 0) == sum(fit == "fits" for _, fit in table)
    else:
        twice = re.search(r"(\d+) rows? belongs? to more than one group", shown["finding"])
        assert sum(shown["bars"]) == shown["total"] + int(twice[1] if twice else 0)
        assert shown["drawn"] == len(shown["bars"])
        told = re.match(r"(?:All|.+?:) (\d+|none) (?:of|[a-z ]+ are shown)", shown["finding"])
        assert told, shown["finding"]
        assert told[1].replace("none", "0") == str(shown["total"])
    return shown


def after(panel: Any, act: Callable[[], object]) -> dict[str, Any]:
    """Do something, wait for the next version on screen, and read it."""
    results = panel.locator(".cal-results")
    before = results.get_attribute("data-version")
    act()
    panel.page.wait_for_function(
        "([element, before]) => element.dataset.version !== before",
        arg=[results.element_handle(), before],
    )
    return agreeing(panel)


def sources(book: Any) -> list[str]:
    """Input of all cells. Saved first: the page holds only the cells near the screen."""
    book.save()
    for _ in range(20):
        try:
            saved = nbformat.read(book.lab.folder / book.name, 4)
        except nbformat.reader.NotJSONError:  # the server is writing it
            book.page.wait_for_timeout(100)
        else:
            return [cell.source for cell in saved.cells]
    pytest.fail("the notebook was not saved")


def words(element: Any) -> str:
    """Text of an element; ipywidgets puts hard spaces into options."""
    return str(element.inner_text()).replace("\u00a0", " ")


def open_details(panel: Any) -> None:
    """Open all that a panel can unfold."""
    panel.evaluate("e => e.querySelectorAll('details').forEach((d) => { d.open = true; })")


@pytest.fixture(scope="module")
def one_book(shared_notebook: Callable[..., Any]) -> Any:
    """One notebook with all explorers, run."""
    shown = shared_notebook(CELLS)
    shown.run_all()
    return shown


@pytest.fixture
def book(one_book: Any) -> Iterator[Any]:
    """The notebook; its input cells stay as they were and the filters are reset."""
    yield one_book
    assert sources(one_book) == CELLS
    for index in range(one_book.page.locator(".cal-panel").count()):
        one_book.panel(index).locator('button:text-is("Reset filters")').click()
    one_book.page.wait_for_timeout(1500)


def test_keys_lead_through_the_grid(book: Any) -> None:
    panel, keys = book.panel(GRID), book.page.keyboard
    panel.locator("select").first.focus()
    shown = after(panel, lambda: keys.press("n"))
    assert shown["values"] == ["normal", "any", "any", "types"]
    keys.press("Tab")
    shown = after(panel, lambda: keys.press("n"))
    assert shown["finding"].startswith("Normal calcium with normal phosphate fits 2 of 5 types")
    keys.press("Tab")
    shown = after(panel, lambda: keys.press("ArrowDown"))
    assert "fits 1 of 5 types, dystrophic calcinosis." in shown["finding"]
    keys.press("Tab")
    shown = after(panel, lambda: keys.press("ArrowDown"))
    assert len(shown["rows"]) == len(load_table("causes"))
    keys.press("Tab")
    assert panel.locator("button:focus").inner_text() == "Reset filters"
    shown = after(panel, lambda: keys.press("Enter"))
    assert shown["values"] == ["any", "any", "any", "types"]
    keys.press("Tab")
    keys.press("Enter")
    assert panel.locator(".cal-table tbody").is_visible()
    keys.press("Enter")


def test_a_mouse_sets_each_filter_of_the_grid(book: Any) -> None:
    panel = book.panel(GRID)
    for place in range(4):
        select = panel.locator("select").nth(place)
        for value in range(1, select.locator("option").count()):
            shown = after(panel, lambda s=select, v=value: s.select_option(index=v))
            assert shown["values"][place] == words(select.locator("option").nth(value))
    shown = after(panel, lambda: panel.locator('button:text-is("Reset filters")').click())
    assert shown["values"] == ["any", "any", "any", "types"]


def test_every_mark_of_the_grid_has_its_name_beside_it(book: Any) -> None:
    panel = book.panel(GRID)
    for level in ("types", "causes"):
        if level == "causes":
            after(panel, lambda: panel.locator("select").nth(3).select_option(label="causes"))
        written = re.sub(r"\W+", "", "".join(panel.locator(".annotation").all_text_contents()))
        names = [name for name, _ in agreeing(panel)["marks"]]
        assert [name for name in names if re.sub(r"\W+", "", name) not in written] == []


def test_keys_lead_through_a_table(book: Any) -> None:
    panel, keys = book.panel(CAUSES), book.page.keyboard
    panel.locator("input[type=text]").focus()
    assert after(panel, lambda: keys.press("k"))["values"][0] == "k"
    for letter in "idney":
        keys.press(letter)
    panel.page.wait_for_function(
        "panel => panel.querySelector('.cal-finding').innerText.includes('“kidney”')",
        arg=panel.element_handle(),
    )
    found = agreeing(panel)
    assert 0 < found["total"] < len(load_table("causes"))
    selects = panel.locator("select").count()
    for _ in range(selects):
        keys.press("Tab")
        after(panel, lambda: keys.press("ArrowDown"))
    keys.press("Tab")
    shown = after(panel, lambda: keys.press("Space"))
    assert shown["values"][-1] is True
    keys.press("Tab")
    shown = after(panel, lambda: keys.press("Enter"))
    assert shown["total"] == len(load_table("causes"))


def test_a_mouse_sets_each_filter_of_a_table(book: Any) -> None:
    panel = book.panel(CAUSES)
    first = agreeing(panel)["rows"][0]
    shown = after(panel, lambda: panel.locator("input[type=checkbox]").click())
    assert shown["rows"][-1] == first
    for place in range(panel.locator("select").count()):
        select = panel.locator("select").nth(place)
        shown = after(panel, lambda s=select: s.select_option(index=1))
        assert words(select.locator("option").nth(1)) in shown["values"]
    shown = after(panel, lambda: panel.locator("input[type=text]").fill("zzz"))
    assert shown["total"] == 0
    assert ": none of the 16 causes. " in shown["finding"]
    assert not panel.locator(".cal-chart").is_visible()


def test_the_picker_brings_each_table_with_its_own_filters(book: Any) -> None:
    picker = book.page.get_by_label("Table to look at")
    titles = list_tables()["title"]
    picker.focus()
    for title in titles[1:4]:
        book.page.keyboard.press("ArrowDown")
        wait_for_table(book, title)
        assert picker.evaluate("e => e === document.activeElement")
        assert agreeing(book.panel(PICKED))["question"] == f"What does the table “{title}” hold?"
    picker.select_option(index=0)
    wait_for_table(book, titles[0])
    assert book.page.locator(".cal-panel").count() == 3


def wait_for_table(book: Any, title: str) -> None:
    """Wait until the picker's panel shows a table."""
    book.page.wait_for_function(
        """([panels, title]) => {
            const panel = document.querySelectorAll(".cal-panel")[panels];
            const question = panel && panel.querySelector(".cal-question");
            return question && question.innerText.includes(`“${title}”`)
                && panel.querySelector(".cal-results[data-version]");
        }""",
        arg=[PICKED, title],
    )


def test_letters_leave_the_cells_untouched(book: Any) -> None:
    keys = book.page.keyboard
    controls = book.page.locator(".jp-OutputArea :is(.cal-control select, .cal-control input)")
    place = 0
    while place < controls.count():  # a letter in the picker brings another table's filters
        controls.nth(place).focus()
        place += 1
        for letter in ("b", "a", "d", "d", "x", "m", "0", "0"):
            keys.press(letter)
        book.page.wait_for_timeout(300)
    book.page.wait_for_timeout(1500)
    assert sources(book) == CELLS
    for index in (GRID, CAUSES):
        agreeing(book.panel(index))


def test_the_download_holds_the_rows_shown(book: Any) -> None:
    panel = book.panel(CAUSES)
    shown = after(panel, lambda: panel.locator("select").first.select_option(label="Endocrine"))
    open_details(panel)
    with book.page.expect_download() as download:
        panel.locator('button:text-is("Download CSV")').click()
    assert download.value.suggested_filename == "table-causes.csv"
    lines = download.value.path().read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == [row[0] for row in shown["rows"]]


def test_axe_finds_nothing_serious(book: Any) -> None:
    for index in (GRID, CAUSES, PICKED):
        open_details(book.panel(index))
    assert book.axe() == []


FITTED = """panel => {
    const width = panel.querySelector(".cal-chart").clientWidth;
    const drawn = panel.querySelector(".cal-plot svg.main-svg").getBoundingClientRect().width;
    return drawn > 0 && Math.abs(width - drawn) < 2;
}"""
TEXTS = """panel => {
    const picture = panel.querySelector(".cal-plot svg.main-svg").getBoundingClientRect();
    return [...panel.querySelectorAll(".annotation text")].map((text) => {
        const box = text.getBoundingClientRect();
        return {
            words: text.textContent,
            left: box.left - picture.left, right: picture.right - box.right,
            top: box.top - picture.top, bottom: picture.bottom - box.bottom,
            width: picture.width, height: picture.height,
        };
    });
}"""


@pytest.mark.parametrize("width", [400, 700, 1280])
def test_no_text_of_the_grid_runs_over_its_frame_or_another_text(book: Any, width: int) -> None:
    panel = book.panel(GRID)
    book.only_notebook()
    book.page.set_viewport_size({"width": width, "height": 900})
    try:
        for level in ("types", "causes"):
            choose(panel, 3, level)
            for calcium in ("any", "normal"):
                choose(panel, 0, calcium)
                panel.scroll_into_view_if_needed()
                book.page.wait_for_function(FITTED, arg=panel.element_handle())
                texts = panel.evaluate(TEXTS)
                assert len(texts) > len(load_table(level))
                assert [t["words"] for t in texts if min(t["left"], t["right"]) < 2] == []
                over = itertools.combinations(texts, 2)
                assert [(a["words"], b["words"]) for a, b in over if overlap(a, b) > 2] == []
    finally:
        book.page.set_viewport_size({"width": 1280, "height": 900})


def choose(panel: Any, place: int, label: str) -> None:
    """Set one of the filters and wait for what it shows."""
    if agreeing(panel)["values"][place] != label:
        after(panel, lambda: panel.locator("select").nth(place).select_option(label=label))


def overlap(one: dict[str, Any], other: dict[str, Any]) -> float:
    """How far two boxes lie over each other, in pixels; below 0 they are apart."""
    ends = (("left", "right", "width"), ("top", "bottom", "height"))
    return min(
        float(one[size] - max(one[start], other[start]) - max(one[end], other[end]))
        for start, end, size in ends
    )


@pytest.mark.parametrize("width", [320, 400])
def test_a_narrow_page_needs_no_scrolling_to_the_side(book: Any, width: int) -> None:
    book.only_notebook()
    book.page.set_viewport_size({"width": width, "height": 900})
    book.page.wait_for_timeout(1500)
    try:
        for index in (GRID, CAUSES, PICKED):
            wider = book.panel(index).evaluate(
                """panel => [panel, ...panel.querySelectorAll("*")].filter((element) =>
                    !element.closest(".cal-scroll, svg, .cal-sr")
                    && element.offsetParent !== null
                    && element.getBoundingClientRect().right
                       > panel.getBoundingClientRect().right + 1).map((e) => e.className)"""
            )
            assert wider == []
            agreeing(book.panel(index))
    finally:
        book.page.set_viewport_size({"width": 1280, "height": 900})


def test_controls_and_answers_agree_after_a_reload(notebook: Callable[..., Any]) -> None:
    book = notebook(CELLS[:3])
    book.run_all()
    grid, causes = book.panel(GRID), book.panel(CAUSES)
    after(grid, lambda: grid.locator("select").first.select_option(label="high"))
    after(causes, lambda: causes.locator("select").first.select_option(label="Endocrine"))
    before = [agreeing(panel) for panel in (grid, causes)]
    book.save()
    book.reload()
    assert [agreeing(book.panel(index)) for index in (GRID, CAUSES)] == before
