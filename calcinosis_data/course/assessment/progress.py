"""The learner's progress over all lessons, as a panel: mastery by objective."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

import ipywidgets as widgets
import pandas as pd

from calcinosis_data.course import ui
from calcinosis_data.course.assessment.answer_book import Book, book
from calcinosis_data.course.assessment.course_texts import lesson_titles, objective_texts
from calcinosis_data.course.assessment.item_bank import Bank, bank
from calcinosis_data.course.assessment.mastery import (
    by_objective,
    latest_answers,
    of_lesson,
    sure_and_wrong,
    weakest_first,
)
from calcinosis_data.course.assessment.mastery_figure import mastery_bars
from calcinosis_data.course.assessment.standing import date_words
from calcinosis_data.course.ui import snapshot

__all__ = ["Progress", "first_list", "progress", "progress_view"]

_QUESTION: Final = "Where do I stand, objective by objective?"
_CAPTION: Final = "Objectives of the lessons begun, in each lesson the weakest first"
_CHART: Final = "Bar chart of the questions right at the latest answer, one bar for each objective"
_FEW: Final = "A bar tells little where few questions were answered: read the numbers beside it."
_CHANGED: Final = "A question that was changed since you answered it counts as not answered yet."
_NONE: Final = "not answered yet"
_MOST_LISTED: Final = 10
_COLUMNS: Final = {
    "objective": "Objective",
    "right": "Right at the latest answer",
    "answered": "Answered",
    "percent": "Percent right",
    "questions": "Questions",
    "sure_and_wrong": "Sure and not right",
    "lesson": "Lesson",
}


class Progress(ui.Panel):
    """The panel of `progress`: before its finding it lists what was sure and wrong."""

    def __init__(self, lesson: str | None, own: Book, items: Bank):
        self._own, self._bank = own, items
        lessons = ui.choice("Lesson", _lesson_options(items), lesson)
        super().__init__(
            _QUESTION,
            {"lesson": lessons},
            lambda lesson: progress_view(self._latest(), lesson, own.notice),
            name="progress",
        )
        self._first = widgets.HTML(self._first_html())
        lessons.observe(lambda _change: self._list_again(), "value")
        _put_before_results(self, self._first)

    def show_snapshot(self, *, veiled: bool = False) -> None:
        """Write the still copy that a saved notebook shows without a kernel."""
        if self._first.value and not veiled:
            snapshot.emit_copy(self._first.value, "Sure, and not right yet")
        super().show_snapshot(veiled=veiled)

    def _latest(self) -> pd.DataFrame:
        return latest_answers(self._own.attempts(), self._bank)

    def _list_again(self) -> None:
        self._first.value = self._first_html()

    def _first_html(self) -> str:
        return first_list(of_lesson(self._latest(), self.state["lesson"]))


def progress(lesson: str | None = None) -> ui.Panel:
    """Show where you stand in the course, by objective.

    Parameters
    ----------
    lesson : str, optional
        Id of the lesson to begin with, such as ``"types"``. All lessons if left out.

    Returns
    -------
    Panel
        First the questions that you were sure of and that are not right yet; then finding, chart
        and table of the objectives. It looks at your answers anew at each change of the filter.

    Raises
    ------
    ControlValueError
        If there are no questions of that lesson; the message names the nearest.

    Examples
    --------
    >>> progress().view.finding.startswith("You have not answered a question yet.")
    True
    """
    return Progress(lesson, book(), bank())


def progress_view(latest: pd.DataFrame, lesson: str | None = None, notice: str = "") -> ui.View:
    """Make what the panel shows for one state of its filter.

    Parameters
    ----------
    latest : pandas.DataFrame
        One row for each item, as `latest_answers` gives them.
    lesson : str, optional
        Id of a lesson; all lessons if left out.
    notice : str, optional
        What the learner should know about the state of the answers.

    Returns
    -------
    View
        Finding, chart, table and notes. Without answers it says so in words.
    """
    kept = of_lesson(latest, lesson)
    rows = mastery_rows(kept)
    notes = [_FEW, _CHANGED] if len(rows) else []
    notes += filter(None, [_not_begun(latest, rows) if lesson is None else "", notice])
    return ui.View(
        finding=finding(kept, lesson),
        table=_in_words(rows),
        caption=_CAPTION,
        figure=mastery_bars(rows) if len(rows) else None,
        chart_name=_CHART if len(rows) else "",
        notes=tuple(notes),
    )


def mastery_rows(latest: pd.DataFrame) -> pd.DataFrame:
    """List the objectives of all lessons that were begun, in the order of the course.

    Parameters
    ----------
    latest : pandas.DataFrame
        One row for each item, as `latest_answers` gives them.

    Returns
    -------
    pandas.DataFrame
        The rows of `by_objective`, in each lesson the weakest first, with the words for
        ``lesson`` and ``objective``, and ``count``, the words beside a bar.
    """
    counts = weakest_first(by_objective(latest))
    titles, texts = lesson_titles(), objective_texts()
    begun = set(counts.loc[counts["answered"] > 0, "lesson_id"])
    in_order = [lesson for lesson in _ordered(counts["lesson_id"]) if lesson in begun]
    rows = pd.concat([of_lesson(counts, lesson) for lesson in in_order] or [counts.head(0)])
    return rows.assign(
        lesson=[titles.get(lesson, lesson) for lesson in rows["lesson_id"]],
        objective=[texts.get(name, name).removesuffix(".") for name in rows["objective_id"]],
        percent=rows["percent"].round(),
        count=list(map(_count, rows["right"], rows["answered"])),
    ).reset_index(drop=True)


def finding(latest: pd.DataFrame, lesson: str | None = None) -> str:
    """Say in words how many questions are right, and of how many one was wrongly sure.

    Parameters
    ----------
    latest : pandas.DataFrame
        The items asked about, as `latest_answers` gives them.
    lesson : str, optional
        The lesson whose items these are.

    Returns
    -------
    str
        One or two sentences.
    """
    answered = latest[latest["right"].notna()]
    if answered.empty:
        return _nothing_words(len(latest), lesson)
    right, sure = int(answered["right"].sum()), int(answered["sure_and_wrong"].sum())
    questions = "question" if len(answered) == 1 else "questions"
    counts = f"Right at your latest answer: {right} of {len(answered)} {questions} answered."
    return f"{counts}{_sure_words(sure)}"


def _nothing_words(waiting: int, lesson: str | None) -> str:
    of_it = "of this lesson " if lesson else ""
    there = "1 is there" if waiting == 1 else f"{waiting} are there"
    return (
        f"You have not answered a question {of_it}yet. Answer one ({there}), then run this cell "
        "again to see where you stand."
    )


def first_list(latest: pd.DataFrame) -> str:
    """Write the questions to look at first as HTML: sure, and not right yet.

    Parameters
    ----------
    latest : pandas.DataFrame
        The items asked about, as `latest_answers` gives them.

    Returns
    -------
    str
        A heading and a list; nothing if there is no such question.
    """
    rows = sure_and_wrong(latest)
    if rows.empty:
        return ""
    shown = rows.head(_MOST_LISTED)
    titles = lesson_titles()
    listed = "".join(_first_item(row, titles) for row in shown.to_dict("records"))
    more = f" (the first {len(shown)} of {len(rows)})" if len(rows) > len(shown) else ""
    call = ", ".join(repr(item_id) for item_id in shown["item_id"])
    return (
        f'<div class="cal-first"><p><strong>Look at these first: you were sure, and the answer '
        f"was not right yet{more}</strong></p><ol>{listed}</ol>"
        f"<p>To answer them again, run <code>assessment.quiz({escape(call)})</code> in a new "
        "cell.</p></div>"
    )


def _put_before_results(panel: ui.Panel, box: widgets.Widget) -> None:
    *above, results = panel.children
    panel.children = (*above, box, results)


def _first_item(row: dict[Any, Any], titles: dict[str, str]) -> str:
    lesson = titles.get(row["lesson_id"], row["lesson_id"])
    answered = date_words(row["answered_on"].to_pydatetime())
    return f"<li>{escape(row['question'])} ({escape(lesson)}; answered on {answered})</li>"


def _in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the columns of the page; a blank percent says why it is blank."""
    percent = [_NONE if pd.isna(value) else f"{value:.0f}" for value in rows["percent"]]
    return rows.assign(percent=percent)[list(_COLUMNS)].rename(columns=_COLUMNS)


def _sure_words(sure: int) -> str:
    if not sure:
        return ""
    stand = "is not right: it stands" if sure == 1 else "are not right: they stand"
    return f" You were sure of {sure} that {stand} above, to look at first."


def _count(right: int, answered: int) -> str:
    return f"{right} of {answered}" if answered else _NONE


def _not_begun(latest: pd.DataFrame, rows: pd.DataFrame) -> str:
    """Name the lessons without an answer, unless that is all of them."""
    begun = set(rows["lesson_id"])
    left = [lesson for lesson in _ordered(latest["lesson_id"]) if lesson not in begun]
    if not begun or not left:
        return ""
    titles = lesson_titles()
    numbers = [titles.get(lesson, lesson).split(".")[0] for lesson in left]
    return f"Not begun yet: {', '.join(numbers)}."


def _ordered(lesson_ids: pd.Series) -> list[str]:
    """Put lessons in the order of the course; those that it does not know come last."""
    there = list(dict.fromkeys(lesson_ids))
    known = [lesson for lesson in lesson_titles() if lesson in there]
    return known + [lesson for lesson in there if lesson not in known]


def _lesson_options(items: Bank) -> Sequence[tuple[str, str | None]]:
    titles = lesson_titles()
    lessons = _ordered(pd.Series([item.lesson_id for item in items.items], dtype="str"))
    return [("All lessons", None), *((titles.get(lesson, lesson), lesson) for lesson in lessons)]
