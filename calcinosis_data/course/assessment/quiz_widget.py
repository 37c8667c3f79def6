"""Questions in a notebook: native form elements, feedback at once, answers kept.

The page gets no key before an answer: it sends the response, and what comes back is the
feedback. So a saved notebook holds no answers but those the learner has seen. What is no
complete answer is told in words and recorded nowhere.
"""

from collections.abc import Sequence
from typing import Any

import anywidget
import traitlets

from calcinosis_data.course import ui
from calcinosis_data.course.assessment import pages
from calcinosis_data.course.assessment.answer_book import Book, book
from calcinosis_data.course.assessment.attempts import Attempt
from calcinosis_data.course.assessment.errors import NotAnAnswerError
from calcinosis_data.course.assessment.item_bank import Bank, Item, bank
from calcinosis_data.course.assessment.responses import read_response
from calcinosis_data.course.assessment.scoring import Outcome, score
from calcinosis_data.course.ui import note_shown, snapshot
from calcinosis_data.errors import CalcinosisError

_HERE = "calcinosis_data.course.assessment"
_SCRIPTS = ("question.js", "kinds.js", "feedback.js", "answers.js", "quiz.js")


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

    _esm = ui.assets.esm("guard.js", "kit.js", "sources.js", *_SCRIPTS, package=_HERE)
    _css = ui.assets.css("kit.css", "quiz.css", "feedback.css", package=_HERE)

    questions = traitlets.List(traitlets.Dict()).tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    notice = traitlets.Unicode("").tag(sync=True)

    def __init__(self, items: Sequence[Item], own: Book):
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

    def answer(
        self, item_id: str, response: str | Sequence[str], confidence: str | None = None
    ) -> None:
        """Answer one question, as the page does.

        Parameters
        ----------
        item_id : str
            A question of this quiz.
        response : str or sequence of str
            What is answered, in the form that the kind of question has (see `responses`).
        confidence : {"guess", "fairly sure", "sure"}, optional
            How sure the learner is.

        Raises
        ------
        NotAnAnswerError
            If it is no complete answer; nothing is recorded.
        """
        item = Bank(tuple(self._items.values())).item(item_id)
        given = read_response(item, response)
        outcome = score(item, given)
        attempt = self._book.record(item, given, outcome.correct, confidence)
        with self.hold_sync():
            self.answers = {**self.answers, item_id: _told(item, outcome, attempt)}
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
            shown[item.item_id] = _told(item, outcome, attempt)
        return shown

    def _receive(self, _widget: object, content: Any, _buffers: object) -> None:
        try:
            self.answer(content["item_id"], content["response"], content.get("confidence"))
        except NotAnAnswerError as error:
            self.send({"item_id": _asked(content), "tell": str(error)})
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


def _told(item: Item, outcome: Outcome, attempt: Attempt) -> dict[str, Any]:
    return {**pages.feedback(item, outcome, attempt), "confidence": attempt.confidence}


def _asked(content: Any) -> str:
    return str(content.get("item_id", "")) if isinstance(content, dict) else ""
