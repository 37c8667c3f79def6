"""How the explorers read with forced colours, on paper, without motion and at 200% zoom."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

NAMES = ("prevalence", "body_map", "article_audit")
CELLS = [
    "from calcinosis_data.course import explorers",
    *(f"explorers.{name}()" for name in NAMES),
]
ENOUGH = 4.5  # contrast of text, WCAG 1.4.3

# Colour of each word of finding, chart, table and notes, and of what lies behind it. The numbers
# in bars have a colour of their own behind them, which the palette's own tests judge.
COLOURS = """panel => [...panel.querySelectorAll(
    ".cal-question, .cal-finding, .cal-notes li, .cal-table summary, .main-svg text")]
    .filter((node) => node.textContent.trim() && node.getBoundingClientRect().width > 0
        && !node.closest(".bars"))
    .map((node) => {
        const style = getComputedStyle(node);
        let behind = node;
        let paper = "rgba(0, 0, 0, 0)";
        while (behind && /, 0\\)$|transparent/.test(paper)) {
            paper = getComputedStyle(behind).backgroundColor;
            behind = behind.parentElement;
        }
        return [node.textContent, node.closest("svg") ? style.fill : style.color, paper];
    })"""


@pytest.fixture(scope="module")
def book(shared_notebook: Callable[..., Any]) -> Any:
    """A notebook with three explorers, run."""
    shown = shared_notebook(CELLS)
    shown.run_all()
    return shown


@contextmanager
def media(page: Any, **features: str) -> Iterator[None]:
    """Give the page another medium for a while."""
    page.emulate_media(**features)
    page.wait_for_timeout(500)
    try:
        yield
    finally:
        page.emulate_media(**dict.fromkeys(features, "null"))


def channels(colour: str) -> list[float]:
    """Red, green, blue and opacity of a CSS colour."""
    parts = [float(part) for part in re.findall(r"[\d.]+", colour)]
    if colour.startswith("color(srgb"):
        parts[:3] = [255 * part for part in parts[:3]]
    return parts if len(parts) > 3 else [*parts, 1.0]


def luminance(colour: list[float]) -> float:
    """Relative luminance, as WCAG defines it."""
    linear = [
        one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4
        for one in (part / 255 for part in colour[:3])
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: str, paper: str) -> float:
    """Contrast of a colour, see-through or not, on an opaque one."""
    over, under = channels(ink), channels(paper)
    mixed = [a * over[3] + b * (1 - over[3]) for a, b in zip(over[:3], under[:3], strict=True)]
    light, dark = sorted([luminance(mixed), luminance(under)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faint(panel: Any) -> list[str]:
    """Words that stand out too little from what is behind them."""
    words = panel.evaluate(COLOURS)
    assert len(words) > 5
    return [text for text, ink, paper in words if contrast(ink, paper) < ENOUGH]


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_forced_colours_leave_every_word_readable(book: Any, name: str) -> None:
    panel = book.panel(NAMES.index(name))
    with media(book.page, forced_colors="active", color_scheme="dark"):
        panel.scroll_into_view_if_needed()
        book.page.wait_for_timeout(500)
        book.screenshot(f"forced-colours-{name}")
        assert faint(panel) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_dark_page_prints_readably(book: Any, name: str) -> None:
    book.dark()
    try:
        panel = book.panel(NAMES.index(name))
        with media(book.page, media="print"):
            assert faint(panel) == []
            printed = "e => getComputedStyle(e).printColorAdjust"
            assert panel.evaluate(printed) == "exact"
    finally:
        book.menu("Settings", "Theme", "JupyterLab Light")
        book.page.wait_for_selector('body[data-jp-theme-light="true"]', state="attached")


def test_nothing_moves_where_motion_is_unwanted(book: Any) -> None:
    moving = """() => document.getAnimations().filter((one) =>
        one.effect?.target?.closest?.(".cal-kit")).length"""
    with media(book.page, reduced_motion="reduce"):
        for index in range(len(NAMES)):
            panel = book.panel(index)
            panel.locator("select").first.select_option(index=1)
            assert [book.page.evaluate(moving) for _ in range(10)] == [0] * 10
            panel.locator('button:text-is("Reset filters")').click()


def test_at_200_percent_nothing_is_cut(notebook: Callable[..., Any]) -> None:
    # A window of 1280 pixels at 200% has 640 of the page's own.
    book = notebook(CELLS, width=640, height=450, device_scale_factor=2)
    book.run_all()
    book.only_notebook()
    wider = """panel => [panel, ...panel.querySelectorAll("*")].filter((element) =>
        !element.closest(".cal-scroll, svg, .cal-sr") && element.offsetParent !== null
        && element.getBoundingClientRect().right
           > panel.getBoundingClientRect().right + 1).length"""
    for index in range(len(NAMES)):
        panel = book.panel(index)
        assert panel.evaluate(wider) == 0
        visible = panel.evaluate(
            "e => e.getBoundingClientRect().right <= document.documentElement.clientWidth"
        )
        assert visible
