"""Progress and review in a real notebook, for a learner who has answered some questions."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from calcinosis_data.course.assessment import items
from calcinosis_data.course.assessment.answer_book import Book
from calcinosis_data.course.assessment.attempts import read_folder
from calcinosis_data.course.assessment.item_bank import Item


@pytest.fixture
def learner(tmp_path: Path) -> Book:
    """Three days ago: lesson 1 answered, two of it wrongly and surely; one of lesson 2 right."""
    own = Book(tmp_path / "my-answers", now=lambda: datetime.now(UTC) - timedelta(days=3))
    first = one_best(items(lesson="start-here"))
    for number, item in enumerate(first):
        right = number not in (1, 4)
        own.record(item, option(item, right), right, None if right else "sure")
    (other, *_) = one_best(items(lesson="types"))
    own.record(other, option(other, True), True)
    return own


def one_best(found: tuple[Item, ...]) -> list[Item]:
    return [item for item in found if item.kind == "one-best-answer"]


def option(item: Item, right: bool) -> str:
    return next(one.option_id for one in item.options if one.is_key is right)


@pytest.fixture
def shown(notebook: Callable, learner: Book, tmp_path: Path) -> Callable:
    """Factory: a notebook with start, progress and review, run."""
    home = f"import os\nos.environ['CALCINOSIS_HOME'] = {str(tmp_path)!r}"
    start = "from calcinosis_data.course import assessment\nassessment.start('types')"

    def make(*more: str, **options: object):
        page = notebook(
            [home, start, "assessment.progress()", "assessment.review(most=3)", *more], **options
        )
        page.run_all()
        return page

    return make


def test_progress_says_first_what_was_sure_and_wrong(shown: Callable) -> None:
    panel = shown().panel()
    words = panel.inner_text()
    assert words.index("Look at these first") < words.index("Right at your latest answer:")
    assert panel.locator(".cal-first li").count() == 2
    bars = panel.locator(".barlayer .point")
    rows = panel.locator(".cal-table tbody tr")
    assert bars.count() == rows.count() > 4


def test_the_lesson_is_chosen_by_keyboard_and_all_of_the_panel_follows(shown: Callable) -> None:
    shown_page = shown()
    panel, page = shown_page.panel(), shown_page.page
    before = shown_page.cells()
    panel.locator("select").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    panel.locator(".cal-finding", has_text="1 of 1 question answered").wait_for()
    assert panel.locator(".cal-first").count() == 0
    shown_page.save()
    shown_page.reload()
    panel = shown_page.panel()
    assert "1 of 1 question answered" in panel.locator(".cal-finding").inner_text()
    assert panel.locator(".cal-first").count() == 0
    assert shown_page.cells() == before


def test_a_review_asks_anew_and_mixes_lessons(shown: Callable, tmp_path: Path) -> None:
    page = shown().page
    assert page.locator(".cal-start", has_text="are due for review today").count() == 2
    questions = page.locator(".cal-item")
    questions.first.wait_for()
    assert questions.count() == 3
    assert page.locator(".cal-verdict").count() == 0
    before = len(read_folder(tmp_path / "my-answers").attempts)
    questions.first.locator("input").first.check()
    questions.first.get_by_role("button", name="Check answer").click()
    questions.first.locator(".cal-verdict").wait_for()
    assert len(read_folder(tmp_path / "my-answers").attempts) == before + 1


def test_erasing_says_so_and_the_next_review_is_empty(shown: Callable, tmp_path: Path) -> None:
    page = shown(
        "assessment.export_my_answers()",
        "assessment.erase_my_answers(confirm='erase')",
        "assessment.review()",
    )
    page.save()
    saved = json.loads((page.lab.folder / page.name).read_text())
    outputs = [output for cell in saved["cells"] for output in cell["outputs"]]
    said = "".join("".join(output["data"].get("text/html", "")) for output in outputs)
    assert "answers written to my-answers.csv" in said
    assert "Erased: " in said
    assert "Nothing to review yet." in said
    assert not (tmp_path / "my-answers").exists()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_nothing_serious(shown: Callable, width: int, dark: bool) -> None:
    shown_page = shown(width=width, height=1800)
    if dark:
        shown_page.dark()
    shown_page.only_notebook()
    panel = shown_page.panel()
    panel.locator("details.cal-table > summary").click()
    shown_page.page.mouse.move(0, 0)
    assert shown_page.axe() == []
    assert panel.evaluate("p => p.scrollWidth - p.clientWidth") <= 0
    panel.scroll_into_view_if_needed()
    shown_page.screenshot(f"progress-{width}-{'dark' if dark else 'light'}")
