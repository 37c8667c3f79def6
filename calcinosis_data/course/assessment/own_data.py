"""The learner's own answers: one call to take them along, one to erase them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from html import escape
from pathlib import Path
from secrets import token_hex

import pandas as pd

from calcinosis_data.course.assessment.answer_book import Book, book
from calcinosis_data.course.assessment.attempts import Attempt
from calcinosis_data.course.assessment.places import folder_words

WORD = "erase"
"""The word that erasing asks for."""

EXPORT_COLUMNS = {
    "attempt_id": "the answer; with part the key of the row",
    "part": "1, 2, … within one answer",
    "order": "the first answer has the lowest number",
    "answered_at": "date and time in UTC, ISO 8601",
    "learner_id": "the hub's user name, or the id of the folder",
    "lesson_id": "lesson of the question",
    "item_id": "the question",
    "item_version": "its version",
    "response": "option chosen, pair given, or number typed; blank if there was none",
    "correct": "true or false, for the answer as a whole; blank if it was not scored",
    "confidence": "guess, fairly sure or sure; blank if it was not said",
}
"""Columns of the exported file, and what they mean."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was done with the learner's answers, in words, and whether it was done."""

    words: str
    done: bool

    def _repr_html_(self) -> str:
        return f'<div class="cal-kit cal-start"><p>{escape(self.words)}</p></div>'

    def __repr__(self) -> str:
        return self.words


def answers_table(attempts: Iterable[Attempt]) -> pd.DataFrame:
    """Put answers in a tidy table: one row for each part of an answer.

    Parameters
    ----------
    attempts : iterable of Attempt
        The answers.

    Returns
    -------
    pandas.DataFrame
        The columns of `EXPORT_COLUMNS`. An answer with one choice is one row; one with several
        choices, pairs or places is several, with all else repeated.

    Examples
    --------
    >>> list(answers_table([]).columns) == list(EXPORT_COLUMNS)
    True
    """
    rows = [
        (attempt, part, response)
        for attempt in attempts
        for part, response in enumerate(attempt.response or (None,), start=1)
    ]
    columns = {
        "attempt_id": [attempt.attempt_id for attempt, _, _ in rows],
        "part": [part for _, part, _ in rows],
        "order": [attempt.order for attempt, _, _ in rows],
        "answered_at": [_written(attempt) for attempt, _, _ in rows],
        "learner_id": [attempt.learner_id for attempt, _, _ in rows],
        "lesson_id": [attempt.lesson_id for attempt, _, _ in rows],
        "item_id": [attempt.item_id for attempt, _, _ in rows],
        "item_version": [attempt.item_version for attempt, _, _ in rows],
        "response": [response for _, _, response in rows],
        "correct": [_yes_no(attempt.correct) for attempt, _, _ in rows],
        "confidence": [attempt.confidence for attempt, _, _ in rows],
    }
    return pd.DataFrame(columns, dtype="object")


def export_my_answers(path: str | Path = "my-answers.csv") -> Told:
    """Write all your answers, of all lessons, into one CSV file.

    The file has one row for each part of an answer, and these columns:

    ============ ===================================================================
    attempt_id   the answer; with part the key of the row
    part         1, 2, … within one answer
    order        the first answer has the lowest number
    answered_at  date and time in UTC, ISO 8601
    learner_id   the hub's user name, or the id of the folder
    lesson_id    lesson of the question
    item_id      the question
    item_version its version
    response     option chosen, pair given, or number typed; blank if there was none
    correct      true or false, for the answer as a whole; blank if it was not scored
    confidence   guess, fairly sure or sure; blank if it was not said
    ============ ===================================================================

    Parameters
    ----------
    path : str or pathlib.Path, default "my-answers.csv"
        The file to write. An earlier export is replaced, any other file is left alone.

    Returns
    -------
    Told
        How many answers were written and where, or why none were.

    Examples
    --------
    >>> export_my_answers().words
    'There are no answers to export yet, so no file was written.'
    """
    own, target = book(), Path(path).expanduser()
    attempts = own.attempts()
    if not attempts:
        words = "There are no answers to export yet, so no file was written."
        return Told(" ".join(filter(None, [words, own.notice])), done=False)
    try:
        if not _may_replace(target):
            return Told(_in_the_way(target), done=False)
        _write(target, answers_table(attempts))
    except OSError as error:
        return Told(_not_written(target, error), done=False)
    where = folder_words(target.absolute())
    words = f"{_answers(len(attempts))} written to {where}, one row for each part of an answer."
    return Told(" ".join(filter(None, [words, _not_in_it(own)])), done=True)


def erase_my_answers(confirm: str = "") -> Told:
    """Erase all your answers, of all lessons, for good.

    Parameters
    ----------
    confirm : str
        The word ``"erase"``. Without it nothing is erased, and you are told what would be.

    Returns
    -------
    Told
        What was erased, what would be, or what could not be and why.

    Examples
    --------
    >>> erase_my_answers().done
    False
    """
    own = book()
    count = len(own.attempts())
    if confirm != WORD:
        return Told(_before(own, count, confirm), done=False)
    left = own.erase()
    return Told(_could_not(own, left) if left else _after(own, count), done=not left)


def _written(attempt: Attempt) -> str:
    return attempt.time.astimezone(UTC).isoformat()


def _yes_no(correct: bool | None) -> str | None:
    return None if correct is None else str(correct).lower()


def _may_replace(path: Path) -> bool:
    """Tell whether nothing of the learner's own stands at `path` but an earlier export."""
    try:
        with path.open("rb") as file:
            head = file.readline(1000)
    except FileNotFoundError:
        return True
    return head.strip() == ",".join(EXPORT_COLUMNS).encode()


def _write(path: Path, table: pd.DataFrame) -> None:
    """Write the file in one step; what cannot be written as UTF-8 is written as an escape."""
    part = path.with_name(f".{path.name}.{token_hex(3)}.part")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            table.to_csv(file, index=False, lineterminator="\n")
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _answers(count: int) -> str:
    return "1 answer" if count == 1 else f"{count} answers"


def _in_the_way(path: Path) -> str:
    return (
        f"Nothing was written: {path.name} is there already and is no earlier export. Choose "
        'another name: assessment.export_my_answers("my-answers-2.csv").'
    )


def _not_written(path: Path, error: OSError) -> str:
    return (
        f"Nothing was written: {path} cannot be written ({error.strerror}). Your answers are "
        "safe where they are. Name a file in a folder that is there and that you may write to, "
        'such as assessment.export_my_answers("~/my-answers.csv").'
    )


def _not_in_it(own: Book) -> str:
    reading = own.on_disk()
    missing = len(reading.damaged) + reading.newer
    if not missing:
        return ""
    lines = "1 saved line is" if missing == 1 else f"{missing} saved lines are"
    return (
        f"{lines} not in it, because this version of the course cannot read them; they stay in "
        f"{folder_words(own.folder)}."
    )


def _before(own: Book, count: int, confirm: str) -> str:
    folder = folder_words(own.folder)
    wrong = f"Nothing was erased: the word is {WORD!r}, not {confirm!r}. " if confirm else ""
    return (
        f"{wrong}This would erase all your answers to the questions of the course "
        f"({_answers(count)}, in the folder {folder}) and the id that stands there for you. They "
        "cannot be brought back; assessment.export_my_answers() makes a copy first. Close other "
        "lessons that are open: what they still hold would be saved again. To erase, run "
        f'assessment.erase_my_answers(confirm="{WORD}").'
    )


def _after(own: Book, count: int) -> str:
    return (
        f"Erased: {_answers(count)}. Nothing of them is kept in the folder "
        f"{folder_words(own.folder)}. Lessons that are open show them until their cells run again, "
        "and a saved notebook may show results: choose Edit, Clear Outputs of All Cells, and save "
        "it. Copies that you exported and exercises that you saved stay as they are."
    )


def _could_not(own: Book, left: tuple[str, ...]) -> str:
    more = f" and {len(left) - 3} more" if len(left) > 3 else ""
    return (
        f"Not all could be erased. Still there: {', '.join(left[:3])}{more}. Make the folder "
        f"{own.folder} writable, or ask whoever runs this machine to do so, and run this again; "
        "or delete that folder yourself."
    )
