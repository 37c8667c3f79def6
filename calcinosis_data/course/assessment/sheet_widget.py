"""An answer sheet in a notebook: questions without feedback, saved in one file to hand in.

The sheet knows no keys, so nothing of them is in the notebook or in the page.
"""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import ipywidgets as widgets

from calcinosis_data.course import ui
from calcinosis_data.course.assessment.errors import AnswerSheetError
from calcinosis_data.course.assessment.sheet_file import read_answers, write_answers
from calcinosis_data.course.ui import note_shown, snapshot

_NOT_ANSWERED = ("Not answered yet", None)

Questions = Mapping[str, tuple[str, Sequence[str]]]


class AnswerSheet(widgets.VBox):  # type: ignore[misc]
    """Questions with a Save button; made by `answer_sheet`.

    Attributes
    ----------
    controls : dict of str to Choice
        Question id to the control that the learner chooses with.
    """

    def __init__(self, path: Path, questions: Questions):
        self._path, self._questions = path, dict(questions)
        self.controls = {
            name: ui.choice(label, [_NOT_ANSWERED, *options])
            for name, (label, options) in questions.items()
        }
        self._status = widgets.HTML()
        self._status.add_class("cal-status")
        button = widgets.Button(description="Save my answers")
        button.add_class("cal-button")
        button.on_click(lambda _button: self.save())
        self._restore()
        super().__init__((*self.controls.values(), button, self._status, ui.key_guard()))
        self.add_class("cal-kit")
        self.add_class("cal-answer-sheet")

    @property
    def answers(self) -> dict[str, str]:
        """The answers chosen, by question id; a question without one is left out."""
        return {name: c.value for name, c in self.controls.items() if c.value is not None}

    def save(self) -> None:
        """Write the answers to the file, and say in words whether that worked."""
        try:
            write_answers(self._path, self.answers)
        except OSError as error:
            self._say(
                f"Error: your answers could not be saved in {self._path.name} "
                f"({error.strerror}). They are still chosen above. Make room or ask for write "
                "access, then press Save my answers again."
            )
            return
        self._say(f"Saved: {self._answered()}, in the file {self._path.name}.")

    def _restore(self) -> None:
        try:
            saved = read_answers(self._path)
        except AnswerSheetError as error:
            self._say(f"Error: {error} Saving will replace that file.")
            return
        for name, answer in saved.items():
            if name in self.controls and answer in self._questions[name][1]:
                self.controls[name].value = answer
        if saved:
            self._say(f"Your saved answers are shown: {self._answered()}.")

    def _answered(self) -> str:
        return f"{len(self.answers)} of {len(self.controls)} questions answered"

    def _say(self, words: str) -> None:
        self._status.value = f'<p role="status">{escape(words)}</p>'

    def _ipython_display_(self) -> None:
        """Show the sheet, and after it a plain copy for readers without a kernel."""
        note_shown(self)
        snapshot.emit(self._repr_mimebundle_())
        snapshot.emit_copy(still_copy(self._questions), f"Questions: {len(self._questions)}")


def answer_sheet(path: str | Path, questions: Questions) -> AnswerSheet:
    """Show questions whose answers are saved in a file, without feedback.

    Parameters
    ----------
    path : str or pathlib.Path
        The file for the answers, beside the notebook.
    questions : mapping of str to tuple
        Question id to the question and its options. The ids stand in the file, so they stay
        when the words of a question change.

    Returns
    -------
    AnswerSheet
        Shows the answers that the file holds already, as far as they are still options.

    Examples
    --------
    >>> sheet = answer_sheet("no-such-file.json", {"salt": ("Which salt?", ["calcium", "iron"])})
    >>> sheet.answers
    {}
    """
    return AnswerSheet(Path(path), questions)


def still_copy(questions: Questions) -> str:
    """Write questions and options as plain HTML, for a saved notebook that nobody runs."""
    shown = "".join(
        f"<p><strong>{escape(label)}</strong></p>"
        f"<ul>{''.join(f'<li>{escape(option)}</li>' for option in options)}</ul>"
        for label, options in questions.values()
    )
    return f"{shown}<p><em>Saved copy. Run this cell to answer.</em></p>"
