"""`explorers.table()` in a real JupyterLab: a picker above the panel of the table picked."""

from collections.abc import Callable
from typing import Any

import pytest
from harness import OVERFLOWING, saved_sources
from twins import agreeing

from calcinosis_data import list_tables
from calcinosis_data.course import explorers

CELLS = ["from calcinosis_data.course import explorers", "explorers.table()"]
LETTERS = ("b", "a", "d", "d", "x", "m", "0", "0")  # commands of the notebook
CONTROLS = ".jp-OutputArea :is(.cal-control select, .cal-control input)"
TABLES = list_tables()


@pytest.fixture(scope="module")
def book(shared_notebook: Callable[..., Any]) -> Any:
    """A notebook with the picker, run."""
    shown = shared_notebook(CELLS)
    shown.run_all()
    shown.only_notebook()
    return shown


def pick(book: Any, act: Callable[[], object], place: int) -> None:
    """Pick a table, wait for its panel, and hold it against the same table made here."""
    act()
    title = TABLES["title"][place]
    panel = book.page.locator(".cal-panel", has_text=f"What does the table “{title}” hold?")
    panel.locator(".cal-results[data-version]").wait_for(state="attached")
    assert book.page.locator(".cal-panel").count() == 1
    agreeing(book.panel(), explorers.table(TABLES["name"][place]))


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
    assert saved_sources(book) == CELLS
    pick(book, lambda: book.page.get_by_label("Table to look at").select_option(index=0), 0)


def test_axe_finds_nothing_serious(book: Any) -> None:
    book.panel().evaluate("e => e.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert book.axe() == []


@pytest.mark.parametrize("width", [320, 400])
def test_a_narrow_page_needs_no_scrolling_to_the_side(book: Any, width: int) -> None:
    book.page.set_viewport_size({"width": width, "height": 900})
    try:
        assert book.panel().evaluate(OVERFLOWING) == []
    finally:
        book.page.set_viewport_size({"width": 1280, "height": 900})
