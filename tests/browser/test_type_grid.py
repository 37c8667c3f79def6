"""`explorers.type_grid` in a real JupyterLab: the grid by keyboard, and its words at each width."""

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from harness import FITTED, OVERFLOWING, at_width
from twins import after, agreeing

from calcinosis_data import load_table
from calcinosis_data.course import explorers, ui

CELLS = ["from calcinosis_data.course import explorers", "explorers.type_grid()"]
LEVELS = ("types", "causes")
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


@pytest.fixture(scope="module")
def one_book(shared_notebook: Callable[..., Any]) -> Any:
    """A notebook with the grid, run."""
    shown = shared_notebook(CELLS)
    shown.run_all()
    shown.only_notebook()
    return shown


@pytest.fixture
def grid(one_book: Any) -> Iterator[tuple[Any, ui.Panel]]:
    """The grid and its twin; afterwards its filters are reset."""
    panel, twin = one_book.panel(), explorers.type_grid()
    yield panel, twin
    after(panel, twin, panel.locator('button:text-is("Reset filters")').click)


def choose(panel: Any, twin: ui.Panel, place: int, label: str) -> dict[str, Any]:
    """Set one of the filters and wait for what it shows."""
    select = panel.locator("select").nth(place)
    if select.evaluate("e => e.selectedOptions[0].text") == label:
        return agreeing(panel, twin)
    return after(panel, twin, lambda: select.select_option(label=label))


def test_keys_lead_through_the_grid(grid: tuple[Any, ui.Panel]) -> None:
    panel, twin = grid
    keys = panel.page.keyboard
    start = agreeing(panel, twin)["values"]
    panel.locator("select").first.focus()
    after(panel, twin, lambda: keys.press("n"))
    assert panel.locator("select").first.evaluate("e => e.selectedOptions[0].text") == "normal"
    keys.press("Tab")
    shown = after(panel, twin, lambda: keys.press("n"))
    assert shown["finding"].startswith("Normal calcium with normal phosphate fits 2 of 5 types")
    keys.press("Tab")
    shown = after(panel, twin, lambda: keys.press("ArrowDown"))
    assert "fits 1 of 5 types, dystrophic calcinosis." in shown["finding"]
    keys.press("Tab")
    shown = after(panel, twin, lambda: keys.press("ArrowDown"))
    assert len(shown["rows"]) == len(load_table("causes"))
    keys.press("Tab")
    assert panel.locator("button:focus").inner_text() == "Reset filters"
    assert after(panel, twin, lambda: keys.press("Enter"))["values"] == start
    keys.press("Tab")
    keys.press("Enter")
    assert panel.locator(".cal-table tbody").is_visible()
    keys.press("Enter")


def test_a_mouse_sets_each_filter_of_the_grid(grid: tuple[Any, ui.Panel]) -> None:
    panel, twin = grid
    for place in range(4):
        select = panel.locator("select").nth(place)
        for value in range(1, select.locator("option").count()):
            shown = after(panel, twin, lambda s=select, v=value: s.select_option(index=v))
            assert shown["values"][place] == value


@pytest.mark.parametrize("level", LEVELS)
def test_every_mark_of_the_grid_has_its_name_beside_it(
    grid: tuple[Any, ui.Panel], level: str
) -> None:
    panel, twin = grid
    shown = choose(panel, twin, 3, level)
    names = [name for trace in shown["marks"] for name in trace]
    assert len(names) == len(load_table(level)) == shown["points"]
    written = re.sub(r"\W+", "", "".join(panel.locator(".annotation").all_text_contents()))
    assert [name for name in names if re.sub(r"\W+", "", name) not in written] == []


@pytest.mark.parametrize("width", [400, 700, 1280])
def test_no_text_of_the_grid_runs_over_its_frame_or_another_text(
    grid: tuple[Any, ui.Panel], width: int
) -> None:
    panel, twin = grid
    with at_width(panel.page, width):
        for level, calcium in itertools.product(LEVELS, ("any", "normal")):
            choose(panel, twin, 3, level)
            choose(panel, twin, 0, calcium)
            panel.scroll_into_view_if_needed()
            panel.page.wait_for_function(FITTED, arg=panel.element_handle())
            texts = panel.evaluate(TEXTS)
            assert len(texts) > len(load_table(level))
            assert [t["words"] for t in texts if min(t["left"], t["right"]) < 2] == []
            over = itertools.combinations(texts, 2)
            assert [(a["words"], b["words"]) for a, b in over if overlap(a, b) > 2] == []


def overlap(one: dict[str, Any], other: dict[str, Any]) -> float:
    """How far two boxes lie over each other, in pixels; below 0 they are apart."""
    ends = (("left", "right", "width"), ("top", "bottom", "height"))
    return min(
        float(one[size] - max(one[start], other[start]) - max(one[end], other[end]))
        for start, end, size in ends
    )


@pytest.mark.parametrize("width", [320, 400])
def test_a_narrow_page_needs_no_scrolling_to_the_side(
    grid: tuple[Any, ui.Panel], width: int
) -> None:
    panel, twin = grid
    with at_width(panel.page, width):
        panel.page.wait_for_function(FITTED, arg=panel.element_handle())
        assert panel.evaluate(OVERFLOWING) == []
        agreeing(panel, twin)
