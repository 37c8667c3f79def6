"""`explorers.table` in a real JupyterLab: one table, and the picker above the table picked."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from harness import FITTED, LETTERS, OVERFLOWING, at_width, open_details, saved_sources
from twins import after, agreeing

from calcinosis_data import list_tables, load_table
from calcinosis_data.course import explorers, ui

CELLS = [
    "from calcinosis_data.course import explorers",
    "explorers.table('causes')",
    "explorers.table()",
]
CAUSES, PICKED = range(2)
CONTROLS = ".jp-OutputArea :is(.cal-control select, .cal-control input)"
TABLES = list_tables()


@pytest.fixture(scope="module")
def book(shared_notebook: Callable[..., Any]) -> Any:
    """A notebook with a table and with the picker, run."""
    shown = shared_notebook(CELLS)
    shown.run_all()
    shown.only_notebook()
    return shown


@pytest.fixture
def causes(book: Any) -> Iterator[tuple[Any, ui.Panel]]:
    """The panel of the causes and its twin; afterwards its filters are reset."""
    panel, twin = book.panel(CAUSES), explorers.table("causes")
    yield panel, twin
    after(panel, twin, panel.locator('button:text-is("Reset filters")').click)


def pick(book: Any, act: Callable[[], object], place: int) -> None:
    """Pick a table, wait for its panel, and hold it against the same table made here."""
    act()
    title = TABLES["title"][place]
    panel = book.page.locator(".cal-panel").nth(PICKED)
    panel.filter(has_text=f"What does the table “{title}” hold?").locator(
        ".cal-results[data-version]"
    ).wait_for(state="attached")
    assert book.page.locator(".cal-panel").count() == 2
    agreeing(book.panel(PICKED), explorers.table(TABLES["name"][place]))


def test_keys_lead_through_a_table(causes: tuple[Any, ui.Panel]) -> None:
    panel, twin = causes
    keys = panel.page.keyboard
    panel.locator("input[type=text]").focus()
    assert after(panel, twin, lambda: keys.press("k"))["values"][0] == "k"
    for letter in "idney":
        keys.press(letter)
    panel.page.wait_for_function(
        "panel => panel.querySelector('.cal-finding').innerText.includes('“kidney”')",
        arg=panel.element_handle(),
    )
    assert 0 < agreeing(panel, twin)["total"] < len(load_table("causes"))
    for _ in range(panel.locator("select").count()):
        keys.press("Tab")
        after(panel, twin, lambda: keys.press("ArrowDown"))
    keys.press("Tab")
    assert after(panel, twin, lambda: keys.press("Space"))["values"][-1] is True
    keys.press("Tab")
    assert after(panel, twin, lambda: keys.press("Enter"))["total"] == len(load_table("causes"))


def test_a_mouse_sets_each_filter_of_a_table(causes: tuple[Any, ui.Panel]) -> None:
    panel, twin = causes
    first = agreeing(panel, twin)["rows"][0]
    assert after(panel, twin, panel.locator("input[type=checkbox]").click)["rows"][-1] == first
    for place in range(panel.locator("select").count()):
        select = panel.locator("select").nth(place)
        after(panel, twin, lambda s=select: s.select_option(index=1))
        assert select.evaluate("e => e.selectedIndex") == 1
    shown = after(panel, twin, lambda: panel.locator("input[type=text]").fill("zzz"))
    assert shown["total"] == 0
    assert ": none of the 16 causes. " in shown["finding"]
    assert not panel.locator(".cal-chart").is_visible()


def test_keys_bring_each_table_with_its_own_filters(book: Any) -> None:
    picker = book.page.get_by_label("Table to look at")
    picker.focus()
    for place in (1, 2, 3):
        pick(book, lambda: book.page.keyboard.press("ArrowDown"), place)
        assert picker.evaluate("e => e === document.activeElement")
    pick(book, lambda: picker.select_option(index=0), 0)


def test_letters_leave_the_cells_untouched(book: Any) -> None:
    controls = book.page.locator(CONTROLS)
    place = 0
    while place < controls.count():  # a letter in the picker brings another table's filters
        controls.nth(place).focus()
        place += 1
        for letter in LETTERS:
            book.page.keyboard.press(letter)
        book.page.wait_for_timeout(300)
    book.page.wait_for_timeout(1500)
    assert saved_sources(book) == CELLS
    panel, twin = book.panel(CAUSES), explorers.table("causes")
    agreeing(panel, twin)
    after(panel, twin, panel.locator('button:text-is("Reset filters")').click)
    pick(book, lambda: book.page.get_by_label("Table to look at").select_option(index=0), 0)


def test_axe_finds_nothing_serious(book: Any) -> None:
    for index in (CAUSES, PICKED):
        open_details(book.panel(index))
    assert book.axe() == []


@pytest.mark.parametrize("width", [320, 400])
def test_a_narrow_page_needs_no_scrolling_to_the_side(book: Any, width: int) -> None:
    with at_width(book.page, width):
        for panel in map(book.panel, (CAUSES, PICKED)):
            book.page.wait_for_function(FITTED, arg=panel.element_handle())
            assert panel.evaluate(OVERFLOWING) == []
