"""Questions in a real notebook, answered as a learner does: by keyboard, with reloads."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from calcinosis_data.course.assessment.attempts import read_folder

BLOCK = {"lesson": "types", "block": "block-1"}
KEYS = ("b", "d", "d", "j", "k", "y", "z")  # commands of the notebook
RING = "element => getComputedStyle(element).outlineStyle"


@pytest.fixture
def cells(tmp_path: Path) -> list[str]:
    """A lesson in small, with answers of its own."""
    home = f"import os\nos.environ['CALCINOSIS_HOME'] = {str(tmp_path)!r}"
    imports = "from calcinosis_data.course import assessment"
    asked = "assessment.quiz(" + ", ".join(f"{k}={v!r}" for k, v in BLOCK.items()) + ")"
    results = f"assessment.results(lesson={BLOCK['lesson']!r})"
    return [home, f"{imports}\nassessment.start({BLOCK['lesson']!r})", asked, results]


@pytest.fixture
def quiz(notebook: Callable, cells: list[str]) -> Callable:
    """Factory: the small lesson, run."""

    def make(**options: object):
        shown = notebook(cells, **options)
        shown.run_all()
        shown.page.locator(".cal-item").first.wait_for()
        return shown

    return make


def answer_by_keys(page, item, downs: int) -> None:
    """Tab into the question, go down some options, check the answer."""
    item.locator("input").first.focus()
    page.keyboard.press("Space")
    for _ in range(downs):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Check answer"
    page.keyboard.press("Space")
    item.locator(".cal-verdict").wait_for()


def answers(page) -> list[str]:
    """What each question says now: state, choice, verdict, reasons."""
    return page.locator(".cal-item").evaluate_all(
        """items => items.map(item => JSON.stringify([
            item.querySelector('.cal-state').textContent,
            item.querySelector('input:checked')?.value ?? null,
            item.querySelector('.cal-result').textContent,
            item.querySelector('.cal-more').textContent]))"""
    )


@pytest.mark.parametrize("view", ["lab/tree", "notebooks"])
def test_a_block_is_answered_by_keyboard_alone(quiz: Callable, view: str, tmp_path: Path) -> None:
    shown = quiz(view=view)
    page = shown.page
    before = shown.cells()
    first, second = page.locator(".cal-item").all()[:2]

    first.locator("input").first.focus()
    for key in KEYS:
        page.keyboard.press(key)
    page.keyboard.press("Tab")  # no choice yet: Tab leaves the group for the button
    assert page.evaluate("document.activeElement.textContent") == "Check answer"
    assert page.evaluate(f"({RING})(document.activeElement)") == "solid"
    for key in KEYS:
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    assert "Choose an answer first" in first.locator(".cal-result").inner_text()
    assert not list(tmp_path.glob("my-answers/answers-*"))

    answer_by_keys(page, first, downs=2)
    assert first.locator("input").nth(2).is_checked()
    assert page.evaluate("document.activeElement.textContent") == "Try again"  # focus stayed
    verdict = first.locator(".cal-result").inner_text()
    assert verdict.startswith(("Correct.", "Not yet."))
    options = first.locator("input").count()
    assert first.locator(".cal-reasons > li").count() == options - 1
    assert second.locator(".cal-verdict").count() == 0

    second.locator("input").first.focus()  # Enter in a radio checks, too, and only checks
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    second.locator(".cal-verdict").wait_for()
    for key in ("Enter", "ArrowDown", "Space", *KEYS):
        page.keyboard.press(key)
    assert second.locator("input").first.is_checked()
    assert second.locator(".cal-verdict").count() == 1
    assert shown.cells() == before
    assert len(read_folder(tmp_path / "my-answers").attempts) == 2


def test_feedback_is_one_short_round_trip(quiz: Callable) -> None:
    page = quiz().page
    took = page.evaluate(
        """async () => {
            const item = document.querySelector('.cal-item');
            item.querySelector('input').checked = true;
            const start = performance.now();
            item.querySelector('button').click();
            while (!item.querySelector('.cal-verdict')) await new Promise(requestAnimationFrame);
            return performance.now() - start;
        }"""
    )
    assert took < 2000, "generous, for a busy machine"


def test_a_double_click_is_one_answer(quiz: Callable, tmp_path: Path) -> None:
    page = quiz().page
    item = page.locator(".cal-item").first
    item.locator("input").first.check()
    item.locator("button").dblclick()
    item.locator(".cal-verdict").wait_for()
    page.wait_for_timeout(1000)
    assert item.locator(".cal-verdict").count() == 1
    assert len(read_folder(tmp_path / "my-answers").attempts) == 1


def test_answers_survive_reload_rerun_and_restart(quiz: Callable, tmp_path: Path) -> None:
    shown = quiz()
    page = shown.page
    answer_by_keys(page, page.locator(".cal-item").first, downs=1)
    given = answers(page)
    assert "answered on" in given[0]
    assert "not answered yet" in given[1]

    shown.save()
    shown.reload()
    page.locator(".cal-verdict").first.wait_for()
    assert answers(page) == given

    shown.menu("Kernel", "Restart Kernel and Run All Cells…")
    page.locator("button.jp-mod-accept").click()
    page.locator(".cal-start", has_text="This lesson: 1 of").wait_for()
    shown.await_idle()
    page.locator(".cal-verdict").first.wait_for()
    assert answers(page) == given

    first = page.locator(".cal-item").first
    first.get_by_role("button", name="Try again").click()
    assert first.locator("input:checked").count() == 0
    assert first.locator(".cal-result").inner_text() == ""
    answer_by_keys(page, page.locator(".cal-item").nth(1), downs=0)
    assert first.locator(".cal-verdict").count() == 0  # the old answer does not come back
    answer_by_keys(page, first, downs=0)
    assert len(read_folder(tmp_path / "my-answers").attempts) == 3


def test_a_lost_kernel_is_said_and_a_saved_page_shows_the_questions(quiz: Callable) -> None:
    shown = quiz()
    page = shown.page
    assert page.locator(".cal-snapshot").last.is_hidden()
    shown.save()
    shown.menu("Kernel", "Shut Down Kernel")
    banner = page.locator(".cal-quiz .cal-banner", has_text="Run the cell again")
    banner.wait_for()
    assert page.locator(".cal-quiz input:enabled").count() == 0

    saved = json.loads((shown.lab.folder / shown.name).read_text())
    outputs = [output for cell in saved["cells"] for output in cell["outputs"]]
    html = "".join(str(output.get("data", {}).get("text/html", "")) for output in outputs)
    assert "Question 1 of" in html
    assert "Best answer" not in html


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_nothing_serious(quiz: Callable, width: int, dark: bool) -> None:
    shown = quiz(width=width, height=2400)
    page = shown.page
    if dark:
        shown.dark()
    shown.only_notebook()
    assert shown.axe() == []
    for number, item in enumerate(page.locator(".cal-item").all()):
        answer_by_keys(page, item, downs=number)
        item.locator("summary").first.click()
    page.mouse.move(0, 0)
    assert shown.axe() == []
    overflow = page.locator(".cal-quiz").evaluate("q => q.scrollWidth - q.clientWidth")
    assert overflow <= 0
    shown.screenshot(f"quiz-{width}-{'dark' if dark else 'light'}")
