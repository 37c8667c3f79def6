"""Each explorer in a real JupyterLab: every control by keyboard and by mouse, every width."""

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest
from harness import FITTED, LETTERS, OVERFLOWING, at_width, open_details, saved_sources
from twins import NAMES, PRESETS, after, agreeing, call

from calcinosis_data.course import explorers, ui

# Name of a test: the explorer and its presets.
SHOWN = {name: (name, PRESETS.get(name, {})) for name in NAMES}
SHOWN["type_grid_of_causes"] = ("type_grid", {"level": "causes", "calcium": "normal"})
PLACES = list(SHOWN)
CELLS = [
    "from calcinosis_data.course import explorers",
    *(call(*shown) for shown in SHOWN.values()),
]
WIDTHS = (400, 700, 1280)
CONTROL = ".cal-filters > .cal-control"
INPUTS = f"{CONTROL} :is(select, input)"


def made(shown: str) -> ui.Panel:
    """The same panel as on the page, in this process."""
    name, presets = SHOWN[shown]
    panel = getattr(explorers, name)(**presets)
    assert isinstance(panel, ui.Panel)
    return panel


@pytest.fixture(scope="module")
def one_book(shared_notebook: Callable[..., Any]) -> Any:
    """One notebook with all explorers, run."""
    shown = shared_notebook(CELLS)
    shown.run_all()
    shown.only_notebook()
    return shown


@pytest.fixture(params=PLACES)
def both(request: pytest.FixtureRequest, one_book: Any) -> Iterator[tuple[Any, ui.Panel]]:
    """A panel on the page and its twin; afterwards its filters are reset."""
    panel = one_book.panel(PLACES.index(request.param))
    twin = made(request.param)
    yield panel, twin
    after(panel, twin, panel.locator('button:text-is("Reset filters")').click)


def change_by_key(panel: Any, field: Any) -> str:
    """The key that changes the control in focus."""
    kind = field.evaluate("e => e.type")
    if kind == "checkbox":
        return "Space"
    if kind == "text":
        return "e"
    last = field.evaluate("e => e.selectedIndex === e.length - 1")
    return "ArrowUp" if last else "ArrowDown"


def test_keys_alone_reach_and_change_every_control(both: tuple[Any, ui.Panel]) -> None:
    panel, twin = both
    keys = panel.page.keyboard
    first = agreeing(panel, twin)
    fields = panel.locator(INPUTS)
    fields.first.focus()
    for index in range(fields.count()):
        field = fields.nth(index)
        assert field.evaluate("e => e === document.activeElement")
        before = agreeing(panel, twin)
        if field.evaluate("e => e.type !== 'select-one' || e.length > 1"):
            key = change_by_key(panel, field)
            shown = after(panel, twin, lambda key=key: keys.press(key))
            assert shown["values"] != before["values"]
        keys.press("Tab")
    assert panel.locator("button:focus").inner_text() == "Reset filters"
    assert after(panel, twin, lambda: keys.press("Enter")) == first
    table = panel.locator("details.cal-table")
    opened = table.evaluate("e => e.open")
    keys.press("Tab")
    keys.press("Enter")
    assert table.evaluate("e => e.open") is not opened
    keys.press("Enter")


@pytest.mark.slow  # six options of each filter of twelve explorers
def test_a_mouse_sets_every_option_of_every_filter(both: tuple[Any, ui.Panel]) -> None:
    panel, twin = both
    for index in range(panel.locator("select").count()):
        select = panel.locator("select").nth(index)
        start = select.evaluate("e => e.selectedIndex")
        for option in spread(select.locator("option").count(), most=6):
            if option != select.evaluate("e => e.selectedIndex"):
                after(panel, twin, lambda s=select, o=option: s.select_option(index=o))
        if start != select.evaluate("e => e.selectedIndex"):
            after(panel, twin, lambda s=select, o=start: s.select_option(index=o))
    boxes = panel.locator(f"{CONTROL} input[type=checkbox]")
    for index in range(boxes.count()):
        after(panel, twin, boxes.nth(index).click)


def spread(count: int, most: int) -> list[int]:
    """Some of `count` places, the first and the last among them."""
    step = max(1, (count - 1) / (most - 1))
    return sorted({round(place * step) for place in range(most) if round(place * step) < count})


def test_letters_leave_the_cells_untouched(both: tuple[Any, ui.Panel], one_book: Any) -> None:
    panel, twin = both
    fields = panel.locator(f"{INPUTS}, .cal-filters button, .cal-table > summary")
    for index in range(fields.count()):
        fields.nth(index).focus()
        for letter in LETTERS:
            panel.page.keyboard.press(letter)
    panel.page.wait_for_timeout(1500)
    assert saved_sources(one_book) == CELLS
    agreeing(panel, twin)


def test_the_download_holds_the_rows_shown(both: tuple[Any, ui.Panel]) -> None:
    panel, twin = both
    open_details(panel)
    shown = agreeing(panel, twin)
    with panel.page.expect_download() as download:
        panel.locator('button:text-is("Download CSV")').click()
    rows = pd.read_csv(download.value.path(), dtype=str, keep_default_na=False)
    assert rows.iloc[:, 0].tolist()[: len(shown["rows"])] == [row[0] for row in shown["rows"]]
    assert len(rows) == shown["total"]
    assert download.value.suggested_filename == f"{twin.name}.csv"


def test_axe_finds_nothing_serious(both: tuple[Any, ui.Panel], one_book: Any) -> None:
    panel, _ = both
    open_details(panel)
    name = panel.evaluate("e => (e.dataset.tested = 'axe', '[data-tested=axe]')")
    try:
        assert one_book.axe(name) == []
    finally:
        panel.evaluate("e => delete e.dataset.tested")


# Words of the chart that leave its picture, and pairs of words that lie over each other.
CROWDED = """panel => {
    const picture = panel.querySelector(".cal-plot .main-svg");
    if (!picture || picture.getBoundingClientRect().height === 0) return [[], []];
    const frame = picture.getBoundingClientRect();
    const words = [...panel.querySelectorAll(".cal-plot .main-svg text")]
        .filter((node) => node.textContent.trim() && getComputedStyle(node).opacity !== "0")
        .map((node) => [node.textContent, node.getBoundingClientRect(), node]);
    const slanted = (node) => /rotate\\((?!0)/.test(node.getAttribute("transform") || "");
    const cut = words.filter(([, box]) => box.left < frame.left - 2 || box.right > frame.right + 2
        || box.top < frame.top - 2 || box.bottom > frame.bottom + 2).map(([text]) => text);
    const over = [];
    words.forEach(([one, a, first], index) => words.slice(index + 1).forEach((rest) => {
        const [other, b, second] = rest;
        if (slanted(first) && slanted(second)) return;  // their boxes meet, they do not
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 2 && high > 4) over.push([one, other]);
    }));
    return [cut, over];
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_words_of_the_chart_are_whole_at_every_width(
    both: tuple[Any, ui.Panel], one_book: Any, width: int
) -> None:
    panel, twin = both
    with at_width(one_book.page, width):
        panel.scroll_into_view_if_needed()
        one_book.page.wait_for_function(FITTED, arg=panel.element_handle())
        agreeing(panel, twin)
        assert panel.evaluate(OVERFLOWING) == []
        assert panel.evaluate(CROWDED) == [[], []]


def test_a_display_without_a_chart_opens_its_table(one_book: Any) -> None:
    panel, twin = one_book.panel(PLACES.index("test_chooser")), made("test_chooser")
    display = panel.locator("select").last
    chartless = [
        place
        for place, value in enumerate(twin.controls["show"]._options_values)
        if twin._make_view(**twin.state | {"show": value}).figure is None
    ]
    assert chartless
    table = panel.locator("details.cal-table")
    table.evaluate("e => { e.open = false; }")
    after(panel, twin, lambda: display.select_option(index=chartless[0]))
    assert table.evaluate("e => e.open")
    after(panel, twin, lambda: display.select_option(index=0))
    table.evaluate("e => { e.open = false; }")


def test_after_a_reload_everything_agrees(notebook: Callable[..., Any]) -> None:
    book = notebook(CELLS)
    book.run_all()
    was = []
    for index, name in enumerate(SHOWN):
        panel, twin = book.panel(index), made(name)
        select = panel.locator("select").first
        other = 1 if select.evaluate("e => e.selectedIndex") != 1 else 0
        was.append(after(panel, twin, lambda s=select, o=other: s.select_option(index=o)))
    book.save()
    book.reload()
    for index, name in enumerate(SHOWN):
        assert agreeing(book.panel(index), made(name)) == was[index]
