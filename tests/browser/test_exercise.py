"""The reading task of the first exercise, done without code and without a mouse."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RELEASE = Path(__file__).parents[2] / "exercises" / "release" / "types" / "types.ipynb"
FILE = "reading-answers.json"


@pytest.fixture
def exercise(notebook: Callable[..., Any]) -> Any:
    """The exercise as it is given out; its unwritten functions stop the run behind part 1."""
    shown = notebook(RELEASE)
    (shown.lab.folder / FILE).unlink(missing_ok=True)
    shown.menu("Run", "Run All Cells")
    shown.page.locator(".cal-answer-sheet").wait_for()
    shown.await_idle()
    return shown


def test_answers_are_chosen_saved_and_there_again(exercise: Any) -> None:
    page, cells = exercise.page, exercise.cells()
    sheet = page.locator(".cal-answer-sheet")
    sheet.locator("select").first.focus()
    for _ in range(sheet.locator("select").count()):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("b")
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Save my answers"
    page.keyboard.press("Enter")
    sheet.locator('[role="status"]', has_text="Saved: 4 of 4 questions answered").wait_for()
    saved = json.loads((exercise.lab.folder / FILE).read_text(encoding="utf-8"))["answers"]
    chosen = sheet.locator("select").evaluate_all("all => all.map(s => s.selectedOptions[0].text)")
    assert [answer.split() for answer in saved.values()] == [text.split() for text in chosen]
    assert exercise.cells() == cells
    assert exercise.axe() == []

    exercise.menu("Run", "Run All Cells")
    again = page.locator(".cal-answer-sheet", has_text="Your saved answers are shown: 4 of 4")
    again.wait_for()
    page.get_by_text("4 of 4 questions answered.").last.wait_for()


def test_a_lost_kernel_is_said_at_the_sheet(exercise: Any) -> None:
    exercise.menu("Kernel", "Shut Down Kernel")
    sheet = exercise.page.locator(".cal-answer-sheet")
    sheet.locator(".cal-banner", has_text="Run the cell again").wait_for()
    assert sheet.locator("select:enabled").count() == 0
