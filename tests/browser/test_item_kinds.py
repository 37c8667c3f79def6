"""Every kind of question in a real notebook: by keyboard, with a restart and a reload."""

import re
from collections.abc import Callable
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from calcinosis_data.course.assessment import Item, bank, items, read_response, score
from calcinosis_data.course.assessment.attempts import read_folder

pytestmark = pytest.mark.slow  # three minutes of keys

LETTERS = ("b", "a", "d", "d", "x", "j", "k", "y", "z")  # commands of the notebook
HALF, ALL = 10, 20
FOCUSED = "document.activeElement.textContent"
STATE = """items => items.map(item => JSON.stringify([
    item.querySelector('.cal-state').textContent,
    [...item.querySelectorAll('form > :first-child :is(input, select)')]
        .map(control => control.type === 'radio' || control.type === 'checkbox'
            ? control.checked : control.value),
    item.querySelector('.cal-result').textContent,
    item.querySelector('.cal-more').textContent]))"""
SETTLE_MS = 300


def mixed(number: int) -> list[Item]:
    """Questions of the course's bank, the kinds in turn."""
    by_kind: dict[str, list[Item]] = {}
    for item in items():
        by_kind.setdefault(item.kind, []).append(item)
    turns = chain.from_iterable(zip_longest(*by_kind.values()))
    return [item for item in turns if item][:number]


@pytest.fixture
def quiz(notebook: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """Factory: questions of all kinds in a notebook that was run."""

    def make(asked: list[Item], **options: object) -> Any:
        ids = ", ".join(repr(item.item_id) for item in asked)
        shown = notebook(
            [
                f"import os\nos.environ['CALCINOSIS_HOME'] = {str(tmp_path)!r}",
                "from calcinosis_data.course import assessment",
                f"assessment.quiz({ids})",
            ],
            **options,
        )
        shown.run_all()
        shown.page.locator(".cal-item").nth(len(asked) - 1).wait_for()
        return shown

    return make


# --- What a learner does by keyboard ----------------------------------------------------------


def controls(item: Locator) -> Locator:
    """The controls of the answer, not those of "how sure"."""
    return item.locator("xpath=./form/*[1]//*[self::input or self::select]")


def give_answer(page: Page, question: Item, item: Locator, turn: int) -> None:
    """Give an answer with the keys that a browser has for each control."""
    fields = controls(item)
    fields.first.focus()
    if question.kind == "numeric":
        page.keyboard.type(next(o.text for o in question.options if o.special != "any-other"))
    elif question.kind == "multiple":
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        fields.last.focus()
    elif question.kind in ("matching", "ordering"):
        for index in range(fields.count()):
            downs = index + 1 if question.kind == "ordering" else 1 + (index + turn) % 2
            for _ in range(downs):
                page.keyboard.press("ArrowDown")
            if index + 1 < fields.count():
                page.keyboard.press("Tab")
    else:
        page.keyboard.press("Space")
        for _ in range(turn % 3):
            page.keyboard.press("ArrowDown")


def check(page: Page, item: Locator) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Check answer"
    page.keyboard.press("Space")
    item.locator(".cal-verdict").wait_for()
    assert page.evaluate(FOCUSED) == "Try again"  # the focus stayed


def go_on(page: Page, following: Locator) -> None:
    """Take "Next question", which stands right behind; it leads to the line of progress."""
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Next question"
    page.keyboard.press("Enter")
    progress = following.locator(".cal-progress")
    assert progress.evaluate("line => line === document.activeElement")
    page.wait_for_function(
        "line => line.getBoundingClientRect().top >= 0"
        " && line.getBoundingClientRect().bottom <= innerHeight",
        arg=progress.element_handle(),
    )
    page.keyboard.press("Tab")
    assert controls(following).first.evaluate("control => control === document.activeElement")


def all_kinds() -> list[Item]:
    return mixed(6)


def test_the_bank_has_every_kind() -> None:
    assert len({item.kind for item in all_kinds()}) == 6
    assert len(mixed(ALL)) == ALL


def test_twenty_mixed_questions_by_keyboard_through_a_restart_and_a_reload(
    quiz: Callable[..., Any], tmp_path: Path
) -> None:
    asked = mixed(ALL)
    shown = quiz(asked)
    page = shown.page
    before = shown.cells()
    blocks = page.locator(".cal-item")

    for turn in range(HALF):
        give_answer(page, asked[turn], blocks.nth(turn), turn)
        check(page, blocks.nth(turn))
        go_on(page, blocks.nth(turn + 1))
    given = blocks.evaluate_all(STATE)
    assert all("answered on" in state for state in given[:HALF])
    assert all("not answered yet" in state for state in given[HALF:])

    shown.save()
    shown.menu("Kernel", "Restart Kernel…")
    page.locator("button.jp-mod-accept").click()
    page.locator(".jp-Dialog").wait_for(state="detached")
    shown.await_idle()
    shown.reload()
    shown.run_all()
    blocks.nth(HALF - 1).locator(".cal-verdict").wait_for()
    assert blocks.evaluate_all(STATE) == given

    for turn in range(HALF, ALL):
        give_answer(page, asked[turn], blocks.nth(turn), turn)
        check(page, blocks.nth(turn))
        if turn + 1 < ALL:
            go_on(page, blocks.nth(turn + 1))
    assert blocks.last.get_by_role("button", name="Next question").count() == 0
    assert shown.cells() == before
    attempts = read_folder(tmp_path / "my-answers").attempts
    assert [one.item_id for one in attempts] == [item.item_id for item in asked]
    for one, item, block in zip(attempts, asked, blocks.all(), strict=True):
        assert read_response(item, one.response) == one.response
        right = score(item, one.response).correct
        assert one.correct is right
        verdict = "Correct." if right else "Not yet."
        assert block.locator(".cal-verdict strong").inner_text() == verdict


@pytest.mark.parametrize("view", ["lab/tree", "notebooks"])
def test_each_kind_guards_its_keys_and_tells_what_is_no_answer(
    quiz: Callable[..., Any], tmp_path: Path, view: str
) -> None:
    asked = all_kinds()
    shown = quiz(asked, view=view)
    page = shown.page
    before = shown.cells()
    for turn, question in enumerate(asked):
        item = page.locator(".cal-item").nth(turn)
        item.locator("button", has_text="Check answer").focus()
        page.keyboard.press("Enter")
        result = item.locator(".cal-result")
        assert "first" in result.inner_text(), question.kind
        assert result.get_attribute("role") == "status"
        assert len(read_folder(tmp_path / "my-answers").attempts) == turn  # nothing recorded
        for control in item.locator(":is(input, select, button, summary):visible").all():
            control.focus()
            for letter in LETTERS:
                page.keyboard.press(letter)
        if question.kind == "numeric":
            page.keyboard.press("Escape")
            controls(item).fill("")
        give_answer(page, question, item, turn)
        item.locator("button", has_text="Check answer").click()
        item.locator(".cal-verdict").wait_for()
        kept = page.locator(".cal-item").evaluate_all(STATE)[turn]
        for control in controls(item).all():  # an answer stays as it was given
            control.focus()
            for key in ("ArrowDown", "Space", "9", *LETTERS):
                page.keyboard.press(key)
        page.wait_for_timeout(SETTLE_MS)
        assert page.locator(".cal-item").evaluate_all(STATE)[turn] == kept
    assert shown.cells() == before
    assert len(read_folder(tmp_path / "my-answers").attempts) == len(asked)


def one_of(kind: str, hints: int = 0) -> Item:
    return next(item for item in items() if item.kind == kind and len(item.hints) >= hints)


def test_what_is_missing_is_told_by_name_and_kept_nowhere(
    quiz: Callable[..., Any], tmp_path: Path
) -> None:
    asked = [one_of("matching"), one_of("ordering"), one_of("numeric")]
    page = quiz(asked).page
    matching, ordering, numeric = page.locator(".cal-item").all()

    def told(item: Locator, words: str) -> None:
        item.locator("button", has_text="Check answer").click()
        item.locator(".cal-result", has_text=words).wait_for()

    lines = matching.locator(".cal-line label").all_inner_texts()
    for select in matching.locator("select").all()[1:]:
        select.select_option(index=1)
    told(matching, f"“{lines[0]}” has no answer yet. Choose it first, then check.")

    lines = ordering.locator(".cal-line label").all_inner_texts()
    for select in ordering.locator("select").all()[:2]:
        select.select_option("2")
    told(ordering, f"“{lines[0]}” and “{lines[1]}” stand in the same place, 2. Give each line")

    numeric.locator("input").first.fill("forty")
    told(numeric, "“forty” is not a number. Type one number, such as 12 or 3.5.")
    assert page.locator(".cal-verdict").count() == 0
    assert "Error" not in page.locator(".cal-quiz").inner_text()
    assert not list(tmp_path.glob("my-answers/answers-*"))


def test_hints_come_one_by_one(quiz: Callable[..., Any]) -> None:
    question = one_of("multiple", hints=2)
    page = quiz([question]).page
    item = page.locator(".cal-item")
    assert question.hints[0] not in item.inner_text()
    button = item.get_by_role("button", name="Show a hint (1 of 2)")
    button.focus()
    page.keyboard.press("Enter")
    assert item.locator(".cal-hint").all_inner_texts() == [f"Hint 1 of 2. {question.hints[0]}"]
    assert page.evaluate(FOCUSED) == "Show a hint (2 of 2)"
    page.keyboard.press("Enter")
    assert item.locator(".cal-hint").last.inner_text() == f"Hint 2 of 2. {question.hints[1]}"
    assert page.evaluate(FOCUSED) == "No more hints"  # the focus stays, the button rests
    page.keyboard.press("Enter")
    assert item.locator(".cal-hint").count() == 2
    page.keyboard.press("Shift+Tab")
    assert item.get_by_role("button", name="No more hints").count() == 0
    assert page.evaluate(FOCUSED) == "Check answer"
    assert item.locator(".cal-hints").get_attribute("role") == "status"


def test_how_sure_is_kept_if_said_and_never_asked_for(
    quiz: Callable[..., Any], tmp_path: Path
) -> None:
    asked = [one_of("claim-status"), one_of("one-best-answer")]
    page = quiz(asked).page
    first, second = page.locator(".cal-item").all()
    assert first.locator(".cal-sure-note").is_hidden()
    controls(first).first.check()
    first.locator("summary", has_text="How sure are you?").focus()
    page.keyboard.press("Enter")
    assert "private" in first.locator(".cal-sure-note").inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    for item in (first, second):
        controls(item).first.check()
        item.locator("button", has_text="Check answer").click()
        item.locator(".cal-verdict").wait_for()
    kept = [one.confidence for one in read_folder(tmp_path / "my-answers").attempts]
    assert kept == ["fairly sure", None]
    assert first.locator(".cal-sure-said").inner_text() == "How sure you were: fairly sure."
    assert first.locator(".cal-sure").is_hidden()


def test_feedback_of_every_kind_is_one_short_round_trip(quiz: Callable[..., Any]) -> None:
    asked = all_kinds()
    page = quiz(asked).page
    for turn, question in enumerate(asked):
        item = page.locator(".cal-item").nth(turn)
        give_answer(page, question, item, turn)
        took = item.evaluate(
            """async item => {
                const start = performance.now();
                item.querySelector('.cal-primary').click();
                while (!item.querySelector('.cal-verdict'))
                    await new Promise(requestAnimationFrame);
                return performance.now() - start;
            }"""
        )
        assert took < 2000, f"{question.kind}: generous, for a busy machine"


def test_the_page_holds_no_key_before_an_answer(quiz: Callable[..., Any]) -> None:
    asked = mixed(ALL)
    page = quiz(asked).page
    whole = page.content()
    for item in asked:
        assert item.take_away not in whole
        assert all(option.rationale not in whole for option in item.options)
    assert not re.search("is_key|Best answer", page.locator(".cal-quiz").inner_html())


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_nothing_serious(quiz: Callable[..., Any], width: int, dark: bool) -> None:
    asked = all_kinds()
    shown = quiz(asked, width=width, height=3000)
    page = shown.page
    if dark:
        shown.dark()
    shown.only_notebook()
    assert shown.axe() == []
    for turn, question in enumerate(asked):
        item = page.locator(".cal-item").nth(turn)
        for hint in item.get_by_role("button", name="Show a hint").all():
            hint.click()
        item.locator("summary", has_text="How sure").click()
        give_answer(page, question, item, turn)
    assert shown.axe() == []
    for item in page.locator(".cal-item").all():
        item.locator("button", has_text="Check answer").click()
        item.locator(".cal-verdict").wait_for()
        for summary in item.locator(".cal-more summary").all()[:2]:
            summary.click()
    page.mouse.move(0, 0)
    assert shown.axe() == []
    overflow = page.locator(".cal-quiz").evaluate("q => q.scrollWidth - q.clientWidth")
    assert overflow <= 0


def test_bank_and_page_agree_on_what_is_offered(quiz: Callable[..., Any]) -> None:
    asked = all_kinds()
    page = quiz(asked).page
    for item, block in zip(asked, page.locator(".cal-item").all(), strict=True):
        assert bank().item(item.item_id) == item
        names = block.locator(".cal-option > span, .cal-line label").all_text_contents()
        sure = {"A guess", "Fairly sure", "Sure"}
        offered = [] if item.kind == "numeric" else item.options
        texts = {option.text for option in offered if option.special != "extra-answer"}
        assert set(names) - sure == texts
        if item.kind == "matching":
            select = block.locator("select").first
            assert set(select.locator("option").all_inner_texts()) == {"Choose…", *item.answers}
