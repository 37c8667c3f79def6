"""Mastery by objective: counts from synthetic attempts, and the panel that shows them."""

from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from attempt_samples import NOW, attempt
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from calcinosis_data.course import assessment, ui
from calcinosis_data.course.assessment.answer_book import Book
from calcinosis_data.course.assessment.attempts import Attempt
from calcinosis_data.course.assessment.item_bank import Bank
from calcinosis_data.course.assessment.mastery import (
    by_objective,
    latest_answers,
    mastery,
    of_lesson,
    sure_and_wrong,
    weakest_first,
)
from calcinosis_data.course.assessment.progress import Progress, mastery_rows, progress_view
from calcinosis_data.course.ui.controls import ControlValueError

OBJECTIVES = {  # item: objective; the lesson is the first part
    "t1": "types-classify",
    "t2": "types-classify",
    "t3": "types-explain",
    "s1": "start-here-define",
    "s2": "start-here-define",
    "c1": "causes-find",
}


@pytest.fixture
def bank(small_bank: Bank) -> Bank:
    """Six questions on four objectives of three lessons."""
    pattern = small_bank.item("pair-normal")
    return Bank(
        tuple(
            replace(
                pattern,
                item_id=item_id,
                objective_id=objective,
                lesson_id=objective.rsplit("-", 1)[0],
                stem="",
                lead_in=f"Question {item_id}?",
            )
            for item_id, objective in OBJECTIVES.items()
        )
    )


def given(*answers: tuple[str, bool] | tuple[str, bool, str]) -> list[Attempt]:
    """Answers in order, each a day after the one before: item, right or not, how sure."""
    return [
        attempt(
            number,
            item_id=item_id,
            correct=right,
            time=NOW + timedelta(days=number),
            confidence=sure[0] if sure else None,
        )
        for number, (item_id, right, *sure) in enumerate(answers)
    ]


SOME = given(
    ("t1", False, "sure"),
    ("t1", True, "sure"),  # put right
    ("t2", False, "sure"),
    ("s1", True, "guess"),
    ("s2", True),
    ("s2", False, "fairly sure"),
)


def counts(frame: pd.DataFrame) -> dict[str, tuple[int, int, int, int]]:
    names = ["questions", "answered", "right", "sure_and_wrong"]
    rows = frame[names].astype(int).itertuples(index=False, name=None)
    return dict(zip(frame["objective_id"], rows, strict=True))


def test_the_latest_answer_to_each_question_counts(bank: Bank) -> None:
    assert counts(mastery(SOME, bank)) == {
        "types-classify": (2, 2, 1, 1),
        "types-explain": (1, 0, 0, 0),
        "start-here-define": (2, 2, 1, 0),
        "causes-find": (1, 0, 0, 0),
    }


def test_not_answered_is_not_wrong(bank: Bank) -> None:
    percent = mastery(SOME, bank).set_index("objective_id")["percent"]
    assert percent["types-classify"] == 50
    assert pd.isna(percent["types-explain"])
    assert mastery([], bank)["percent"].isna().all()


def test_an_answer_to_another_version_or_to_an_item_that_is_gone_does_not_count(bank: Bank) -> None:
    old = [attempt(1, item_id="t1", item_version=7), attempt(2, item_id="was-removed")]
    assert mastery(old, bank)["answered"].sum() == 0


def test_a_question_is_named_by_the_begin_of_its_stem_and_its_lead_in(bank: Bank) -> None:
    long = replace(bank.items[0], stem="An invented patient " + "waits and " * 40)
    (named,) = latest_answers([], Bank((long,)))["question"]
    assert named.startswith("An invented patient waits and ")
    assert named.endswith(("waits … Question t1?", "and … Question t1?"))
    assert len(named) < 140


def test_counts_add_up_to_the_items_and_to_the_answers(bank: Bank) -> None:
    latest = latest_answers(SOME, bank)
    frame = by_objective(latest)
    assert frame["questions"].sum() == len(bank.items)
    assert frame["right"].sum() == latest["right"].sum()
    assert list(latest["item_id"]) == [item.item_id for item in bank.items]


def test_sure_and_wrong_keeps_only_what_is_still_wrong(bank: Bank) -> None:
    more = [*SOME, *given(*[("c1", True)] * 6, ("c1", False, "sure"))]
    assert list(sure_and_wrong(latest_answers(SOME, bank))["item_id"]) == ["t2"]
    assert list(sure_and_wrong(latest_answers(more, bank))["item_id"]) == ["t2", "c1"]


def test_an_empty_bank_and_no_answers_give_the_same_columns() -> None:
    empty = by_objective(latest_answers([], Bank(())))
    assert empty.empty
    assert {"lesson_id", "questions", "percent"} <= set(empty.columns)
    assert mastery_rows(latest_answers([], Bank(()))).empty


def test_rows_are_those_of_lessons_begun_in_the_order_of_the_course(bank: Bank) -> None:
    rows = mastery_rows(latest_answers(SOME, bank))
    assert list(rows["objective_id"]) == ["start-here-define", "types-classify", "types-explain"]
    assert list(rows["count"]) == ["1 of 2", "1 of 2", "not answered yet"]


def test_the_weakest_comes_first_and_before_it_what_was_sure_and_wrong(bank: Bank) -> None:
    answers = given(("t1", True), ("t2", True), ("t3", False, "sure"))
    rows = weakest_first(of_lesson(mastery(answers, bank), "types"))
    assert list(rows["objective_id"]) == ["types-explain", "types-classify"]


def test_finding_chart_and_table_say_the_same(bank: Bank) -> None:
    view = progress_view(latest_answers(SOME, bank))
    assert view.finding == (
        "Right at your latest answer: 2 of 4 questions answered. "
        "You were sure of 1 that is not right: it stands above, to look at first."
    )
    table = view.table
    assert table["Right at the latest answer"].sum() == 2
    assert table["Answered"].sum() == 4
    assert list(table["Percent right"]) == ["50", "50", "not answered yet"]
    assert view.figure is not None
    bars, words = view.figure.data
    assert list(bars.customdata) == list(table["Objective"])
    assert list(bars.x) == [50, 50, 0]
    assert list(words.text) == [" 1 of 2", " 1 of 2", " not answered yet"]
    headings = [text for text in view.figure.layout.yaxis.ticktext if text.startswith("<b>")]
    assert [text[3:12] for text in headings] == ["Lesson 1.", "Lesson 2."]
    assert "Not begun yet: Lesson 3." in view.notes


def test_one_lesson_alone(bank: Bank) -> None:
    view = progress_view(latest_answers(SOME, bank), "start-here")
    assert view.finding == "Right at your latest answer: 1 of 2 questions answered."
    assert len(view.table) == 1
    assert not any("Not begun" in note for note in view.notes)


@pytest.mark.parametrize(
    ("lesson", "words"),
    [
        (None, "You have not answered a question yet. Answer one (6 are there)"),
        ("causes", "You have not answered a question of this lesson yet. Answer one (1 is there)"),
    ],
)
def test_nothing_answered_is_said_in_words(bank: Bank, lesson: str | None, words: str) -> None:
    answers = SOME if lesson else []
    view = progress_view(latest_answers(answers, bank), lesson)
    assert view.finding.startswith(words)
    assert view.table.empty
    assert view.figure is None


@pytest.fixture
def own(folder: Path, bank: Bank) -> Book:
    book = Book(folder)
    for one in SOME:
        item = bank.item(one.item_id)
        book.record(item, one.response, one.correct, one.confidence)
    return book


def test_the_panel_lists_what_was_sure_and_wrong_before_its_finding(own: Book, bank: Bank) -> None:
    panel = Progress(None, own, bank)
    first = next(child for child in panel.children if "Look at these first" in str(child))
    assert panel.children.index(first) == len(panel.children) - 2  # the results come last
    assert "<li>Question t2? (Lesson 2. Types of calcinosis:" in first.value
    assert "assessment.quiz('t2')" in unescape(first.value)


def test_the_filter_acts_on_all_of_the_panel(own: Book, bank: Bank) -> None:
    panel = Progress("types", own, bank)
    assert "Question t2?" in panel.children[-2].value
    panel.controls["lesson"].value = "start-here"
    assert panel.children[-2].value == ""
    assert panel.view.finding.endswith("1 of 2 questions answered.")
    panel.reset()
    assert "Question t2?" in panel.children[-2].value


def test_an_answer_given_meanwhile_is_seen(own: Book, bank: Bank) -> None:
    panel = Progress(None, own, bank)
    own.record(bank.item("t2"), ("a",), True, "sure")
    panel.controls["lesson"].value = "types"
    assert panel.view.finding == "Right at your latest answer: 2 of 2 questions answered."
    assert panel.children[-2].value == ""


def test_text_of_an_item_is_never_markup(own: Book, bank: Bank) -> None:
    items = [replace(item, lead_in="<b onclick=x>") for item in bank.items]
    assert "<b" not in Progress(None, own, Bank(tuple(items))).children[-2].value


def test_what_could_not_be_read_is_told(own: Book, bank: Bank, folder: Path) -> None:
    (folder / "answers-0.jsonl").write_bytes(b'{"torn')
    assert "1 saved answer could not be read" in " ".join(Progress(None, own, bank).view.notes)


def test_a_saved_notebook_holds_the_list_and_the_table(own: Book, bank: Bank) -> None:
    InteractiveShell.instance()
    with capture_output() as captured:
        Progress(None, own, bank)._ipython_display_()
    html = " ".join(output.data.get("text/html", "") for output in captured.outputs)
    assert html.index("Question t2?") < html.index("Right at your latest answer")
    assert "<table>" in html


def test_progress_of_the_course(folder: Path) -> None:
    shown = assessment.progress()
    assert isinstance(shown, ui.Panel)
    assert shown.view.finding.startswith("You have not answered a question yet.")
    first = assessment.items(lesson="types")[0]
    assessment.book().record(first, "a", True)
    assert len(assessment.progress("types").view.table) == len(
        {item.objective_id for item in assessment.items(lesson="types")}
    )


def test_a_wrong_lesson_names_the_nearest(folder: Path) -> None:
    with pytest.raises(ControlValueError, match="Did you mean 'types'"):
        assessment.progress("typs")


def test_the_chart_is_of_the_palette_and_begins_at_zero(bank: Bank) -> None:
    figure = progress_view(latest_answers(SOME, bank)).figure
    assert figure is not None
    assert figure.data[0].marker.color in ui.theme.PALETTE
    assert figure.layout.xaxis.range[0] == 0
