"""Lesson 2 as a newcomer meets it: only what the page says, and only the keyboard."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from harness import await_on_screen

LESSON = Path(__file__).parents[2] / "notebooks" / "02_types_of_calcinosis.ipynb"
MOST_STOPS = 400  # more presses of Tab than the page has stops
LETTERS = ("b", "a", "d", "d", "x", "y", "m")  # commands of the notebook

STATE = """panel => {
    const chart = panel.querySelector(".js-plotly-plot");
    const drawn = chart && chart.offsetParent !== null;
    return {
        controls: [...panel.querySelectorAll("select")].map((s) => s.selectedOptions[0].text),
        finding: panel.querySelector(".cal-finding").textContent,
        marks: drawn ? chart.data.filter((trace) => trace.customdata || trace.type === "bar")
            .map((trace) => trace.customdata ?? trace.x).flat() : [],
        bars: drawn && chart.data[0].type === "bar",
        rows: [...panel.querySelectorAll(".cal-table tbody tr")].map((r) => r.cells[0].textContent),
    };
}"""


@pytest.fixture(scope="module")
def lesson(shared_notebook: Callable[..., Any]) -> Any:
    """The lesson, opened and not yet run."""
    return shared_notebook(LESSON)


class Keys:
    """A learner without a mouse."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def press_and_await(self, key: str, results: Any) -> None:
        """Press a key that changes a filter, and wait for what it finds."""
        before = results.get_attribute("data-version")
        self.press(key)
        self.page.wait_for_function(
            "([element, before]) => element.dataset.version !== before",
            arg=[results.element_handle(), before],
        )

    def words(self) -> str:
        """What the element in focus says."""
        said: str = self.page.evaluate("document.activeElement.innerText || ''")
        return said.strip()

    def tab_until(self, found: Callable[[], bool], key: str = "Tab") -> None:
        for _ in range(MOST_STOPS):
            if found():
                return
            self.press(key)
        pytest.fail("Tab never got there")

    def tab_into(self, locator: Any, key: str = "Tab") -> None:
        """Tab until the focus is on the element or in it."""
        element = locator.element_handle()
        inside = "element => element.contains(document.activeElement)"
        self.tab_until(lambda: bool(element.evaluate(inside)), key)

    def menu(self, name: str, entry: str) -> None:
        """Go back to the menu bar and choose an entry."""
        in_bar = "document.activeElement.classList.contains('lm-MenuBar-item')"
        self.tab_until(lambda: bool(self.page.evaluate(in_bar)), "Shift+Tab")
        self.tab_until(lambda: self.words() == name, "ArrowRight")
        self.press("Enter")
        active = self.page.locator(".lm-Menu .lm-Menu-item.lm-mod-active .lm-Menu-itemLabel")
        self.press("ArrowDown")
        self.tab_until(lambda: active.inner_text() == entry, "ArrowDown")
        self.press("Enter")

    def answer(self, item: Any) -> None:
        """Choose the second option of a question and check it."""
        self.tab_into(item.locator("xpath=./form/*[1]"))  # not "how sure", which is a set too
        self.press("Space", "ArrowDown", "Tab")
        assert self.words() == "Check answer"
        self.press("Enter")
        item.locator(".cal-verdict").wait_for()

    def predict(self, ask: Any) -> None:
        """Choose a prediction and show the chart."""
        self.tab_into(ask)
        self.press("Space", "Tab")
        assert self.words() == "Show the chart"
        self.press("Enter")


def state(panel: Any) -> dict[str, Any]:
    """What a panel shows; its finding, chart and table must be of one state."""
    await_on_screen(panel)
    shown: dict[str, Any] = panel.evaluate(STATE)
    count = len(shown["rows"])
    if not count:
        assert not shown["marks"], shown
    elif shown["bars"]:
        assert sum(shown["marks"]) == count, shown
        assert f": {count} of " in shown["finding"], shown
    else:
        assert sorted(shown["marks"]) == sorted(shown["rows"]), shown
    return shown


def panels(page: Any) -> list[dict[str, Any]]:
    """What each panel of the page shows."""
    return [state(panel) for panel in page.locator(".cal-panel").all()]


def change_each_control(keys: Keys, panel: Any) -> None:
    """Go through the filters of a panel: change each, and type letters into it."""
    results = panel.locator(".cal-results")
    for index in range(panel.locator("select:visible").count()):
        keys.tab_into(panel.locator("select:visible").nth(index))
        last = "(s => s.selectedIndex === s.length - 1)(document.activeElement)"
        keys.press_and_await("ArrowUp" if panel.page.evaluate(last) else "ArrowDown", results)
        state(panel)
        keys.press(*LETTERS)
    keys.tab_until(lambda: keys.words() == "Reset filters")
    keys.press(*LETTERS)
    keys.press_and_await("Enter", results)


def test_the_first_screen_is_enough_to_start(lesson: Any) -> None:
    text = lesson.page.locator(".jp-MarkdownCell").first.inner_text()
    assert "Run All Cells" in text
    assert "Shift+Tab" in text
    keys = Keys(lesson.page)
    keys.menu("Run", "Run All Cells")
    lesson.page.locator(".cal-item").nth(9).wait_for()
    lesson.await_idle()
    assert lesson.page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count() == 0


def test_the_lesson_is_done_by_keyboard_alone(lesson: Any) -> None:
    page, keys = lesson.page, Keys(lesson.page)
    cells = lesson.cells()
    keys.tab_until(lambda: keys.words() == "Begin the lesson")
    keys.press("Enter")
    keys.tab_into(page.locator(".cal-settings"))
    asks = page.locator(".cal-ask")
    for stop in page.locator(".cal-item, .cal-ask").all():
        if "cal-item" in stop.get_attribute("class"):
            keys.answer(stop)
            continue
        number = page.locator(".cal-panel").count()
        keys.predict(stop)
        panel = lesson.panel(number)
        state(panel)
        change_each_control(keys, panel)
    assert page.locator(".cal-panel").count() == asks.count() == 3
    assert page.locator(".cal-item").count() == page.locator(".cal-verdict").count()
    assert lesson.cells() == cells


def test_axe_has_nothing_serious_to_say(lesson: Any) -> None:
    assert lesson.axe() == []


def test_a_reload_keeps_controls_chart_finding_and_table_in_agreement(lesson: Any) -> None:
    page, keys = lesson.page, Keys(lesson.page)
    grid = lesson.panel(1)
    grid.locator("select").nth(1).focus()
    keys.press_and_await("ArrowDown", grid.locator(".cal-results"))
    was, verdicts = panels(page), page.locator(".cal-verdict").all_text_contents()
    lesson.save()
    lesson.reload()
    page.locator(".cal-results[data-version]").nth(2).wait_for(state="attached")
    assert panels(page) == was
    assert page.locator(".cal-verdict").all_text_contents() == verdicts


def test_the_saved_lesson_stays_small(lesson: Any) -> None:
    saved = lesson.lab.folder / lesson.name
    assert saved.stat().st_size < 1_000_000
    assert sum(lesson.frames) < 2_000_000
    assert "widgets" not in json.loads(saved.read_text(encoding="utf-8"))["metadata"]
