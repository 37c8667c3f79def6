"""Questions in a notebook: native form elements, feedback at once, answers kept.

The page gets no key before an answer: it sends the option chosen, and what comes back is
the feedback. So a saved notebook holds no answers but those the learner has seen.
"""

from collections.abc import Sequence
from typing import Any

import anywidget
import traitlets

from calcinosis_data.course import ui
from calcinosis_data.course.assessment import pages
from calcinosis_data.course.assessment.answer_book import Book, book
from calcinosis_data.course.assessment.errors import ItemKindError
from calcinosis_data.course.assessment.item_bank import Bank, Item, bank
from calcinosis_data.course.assessment.scoring import score
from calcinosis_data.course.ui import note_shown, snapshot
from calcinosis_data.errors import CalcinosisError

KINDS = ("one-best-answer",)
"""Kinds of questions that the quiz can show: those answered by one option."""

_HERE = "calcinosis_data.course.assessment"


class Quiz(anywidget.AnyWidget):
    """Questions one under the other; made by `quiz`.

    Attributes
    ----------
    questions : list of dict
        What is shown before an answer.
    answers : dict
        Feedback by item id, for the questions answered; not attempted is not in it.
    notice : str
        What the learner should know about the saving of answers; empty if all is well.
    """

    _esm = ui.assets.esm("guard.js", "kit.js", "sources.js", "quiz.js", package=_HERE)
    _css = ui.assets.css("kit.css", "quiz.css", package=_HERE)

    questions = traitlets.List(traitlets.Dict()).tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    notice = traitlets.Unicode("").tag(sync=True)

    def __init__(self, items: Sequence[Item], own: Book):
        _refuse_other_kinds(items)
        self._items = {item.item_id: item for item in items}
        self._book = own
        own.save()
        super().__init__(
            questions=pages.questions(items, own.learner_id),
            answers=self._restored(items),
            notice=own.notice,
        )
        self.add_class("cal-kit")
        self.on_msg(self._receive)

    def answer(self, item_id: str, option_id: str) -> None:
        """Answer one question, as the page does.

        Parameters
        ----------
        item_id : str
            A question of this quiz.
        option_id : str
            The option chosen.
        """
        item = Bank(tuple(self._items.values())).item(item_id)
        outcome = score(item, item.option(option_id).option_id)
        attempt = self._book.record(item, (option_id,), outcome.correct)
        with self.hold_sync():
            self.answers = {**self.answers, item_id: pages.feedback(item, outcome, attempt)}
            self.notice = self._book.notice

    def _restored(self, items: Sequence[Item]) -> dict[str, Any]:
        shown = {}
        for item in items:
            attempt = self._book.latest(item)
            if attempt is None:
                continue
            try:
                outcome = score(item, attempt.response)
            except CalcinosisError:  # an answer to options that are no more
                continue
            shown[item.item_id] = pages.feedback(item, outcome, attempt)
        return shown

    def _receive(self, _widget: object, content: Any, _buffers: object) -> None:
        try:
            self.answer(content["item_id"], content["option_id"])
        except Exception as error:  # noqa: BLE001  a learner never sees a traceback here
            self.send({"item_id": _asked(content), "trouble": f"{type(error).__name__}: {error}"})

    def _ipython_display_(self) -> None:
        """Show the questions, and after them a plain copy for readers without a kernel."""
        note_shown(self)
        words = f"Questions: {len(self.questions)}"
        widget, metadata = self._repr_mimebundle_() or ({}, {})
        snapshot.emit(({**widget, "text/plain": words}, metadata))
        snapshot.emit_copy(pages.static_copy(self.questions), words)


def quiz(*item_ids: str, lesson: str | None = None, block: str | None = None) -> Quiz:
    """Show questions with feedback for every option.

    Answers are saved at once and are there again when the cell runs again, also after a
    restart. The options come in an order of the learner's own that stays the same.

    Parameters
    ----------
    *item_ids : str
        Questions by their id.
    lesson : str, optional
        Id of a lesson: all its questions, or those of one block of it.
    block : str, optional
        Id of a block of the lesson, such as ``"block-1"``.

    Returns
    -------
    Quiz
        The questions; shown when it is the last line of a cell.

    Raises
    ------
    UnknownItemError
        If there is no such question, lesson or block; the message names the nearest one.
    ItemKindError
        If a question is of a kind that the quiz cannot show.

    Examples
    --------
    >>> shown = quiz(lesson="types", block="block-1")
    >>> shown.questions[0]["progress"].startswith("Question 1 of ")
    True
    """
    if item_ids:
        chosen = tuple(bank().item(item_id) for item_id in item_ids)
    else:
        chosen = bank().select(lesson, block)
    return Quiz(chosen, book())


def _refuse_other_kinds(items: Sequence[Item]) -> None:
    for item in items:
        if item.kind not in KINDS:
            problem = f"the quiz cannot show question {item.item_id!r} of kind {item.kind!r}"
            raise ItemKindError(f"{problem}. Kinds that it can show: {', '.join(KINDS)}")


def _asked(content: Any) -> str:
    return str(content.get("item_id", "")) if isinstance(content, dict) else ""
