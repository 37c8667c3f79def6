"""An answer sheet: questions without feedback, whose answers lie in one file to hand in.

The sheet knows no keys. It writes the answers beside the notebook, so that they go along
when the folder is handed in.
"""

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import ipywidgets as widgets
from IPython.display import HTML, display

from calcinosis_data.course import ui
from calcinosis_data.errors import CalcinosisError

FORMAT = 1
_NOT_ANSWERED = ("Not answered yet", None)

Questions = Mapping[str, tuple[str, Sequence[str]]]


class AnswerSheetError(CalcinosisError, ValueError):
    """The file of answers is there but is not an answer sheet."""


class AnswerSheet(widgets.VBox):  # type: ignore[misc]
    """Questions with a Save button; made by `answer_sheet`.

    Attributes
    ----------
    controls
        One select by question id.
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
        """Write the answers to the file; says in words whether that worked."""
        try:
            _write(self._path, self.answers)
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
        display(self._repr_mimebundle_(), raw=True)  # type: ignore[no-untyped-call]
        display(HTML(_still_copy(self._questions)))  # type: ignore[no-untyped-call]


def answer_sheet(path: str | Path, questions: Questions) -> AnswerSheet:
    """Show questions whose answers are saved in a file, without feedback.

    Parameters
    ----------
    path
        The file for the answers, beside the notebook.
    questions
        Question id to the question and its options.

    Returns
    -------
    AnswerSheet
        Shows the answers that the file holds already.
    """
    return AnswerSheet(Path(path), questions)


def read_answers(path: str | Path) -> dict[str, str]:
    """Read the answers that an answer sheet saved.

    Parameters
    ----------
    path
        The file; if there is none, nothing was answered.

    Returns
    -------
    dict
        Question id to the text of the option chosen.

    Raises
    ------
    AnswerSheetError
        If the file is there but cannot be read as an answer sheet.

    Examples
    --------
    >>> read_answers("no-such-file.json")
    {}
    """
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise AnswerSheetError(_not_a_sheet(path, error)) from None
    answers = content.get("answers") if isinstance(content, dict) else None
    if not isinstance(answers, dict):
        raise AnswerSheetError(_not_a_sheet(path, "it has no answers in it"))
    return {str(name): answer for name, answer in answers.items() if isinstance(answer, str)}


def _not_a_sheet(path: str | Path, reason: object) -> str:
    return (
        f"{Path(path).name} is not an answer sheet: {reason}. Expected the file that "
        "Save my answers writes. Open the notebook and save your answers again."
    )


def _write(path: Path, answers: Mapping[str, str]) -> None:
    """Replace the file in one step, so that a full disk leaves the old answers there."""
    part = path.with_name(f".{path.name}.part")
    try:
        text = json.dumps({"format": FORMAT, "answers": dict(answers)}, indent=1)
        part.write_text(f"{text}\n", encoding="utf-8")
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _still_copy(questions: Questions) -> str:
    shown = "".join(
        f"<p><strong>{escape(label)}</strong></p>"
        f"<ul>{''.join(f'<li>{escape(option)}</li>' for option in options)}</ul>"
        for label, options in questions.values()
    )
    return f'<div class="cal-snapshot">{shown}</div>'
