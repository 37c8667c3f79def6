"""The first and the last cell of a lesson: the start, and the learner's own results."""

import platform
from dataclasses import dataclass
from html import escape

from IPython.display import HTML, display

from calcinosis_data.course import ui
from calcinosis_data.course.assessment import pages
from calcinosis_data.course.assessment.answer_book import Book, book
from calcinosis_data.course.assessment.course_texts import objective_texts
from calcinosis_data.course.assessment.item_bank import bank
from calcinosis_data.course.assessment.places import folder_words
from calcinosis_data.course.assessment.review import due_words, next_words, queue
from calcinosis_data.course.assessment.standing import count_words, progress_words, standings
from calcinosis_data.errors import CalcinosisError


@dataclass(frozen=True, slots=True)
class Results:
    """A learner's results by objective, as a table; made by `results`."""

    html: str
    words: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.words


def start(lesson: str) -> None:
    """Begin a lesson: reading settings, what is loaded, where the learner stands, what is due.

    Safe to run again at any time.

    Parameters
    ----------
    lesson : str
        Id of the lesson, such as ``"types"``. A wrong one is told on the page.

    Examples
    --------
    >>> from IPython.utils.capture import capture_output
    >>> with capture_output():
    ...     start("types")
    """
    display(ui.settings())  # type: ignore[no-untyped-call]
    own = book()
    own.save()
    try:
        lines = [_ready(own), *_stand(lesson, own), own.notice]
    except CalcinosisError as error:
        lines = [f"Error: the lesson cannot start. {error}", "Run calcinosis doctor to see why."]
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    display(HTML(f'<div class="cal-kit cal-start">{paragraphs}</div>'))  # type: ignore[no-untyped-call]


def results(lesson: str) -> Results:
    """Show the learner's own results in a lesson, by objective.

    Parameters
    ----------
    lesson : str
        Id of the lesson, such as ``"types"``.

    Returns
    -------
    Results
        A table as of now; run the cell again to bring it up to date.

    Raises
    ------
    UnknownItemError
        If the lesson has no questions; the message names the nearest lesson.

    Examples
    --------
    >>> results("types").words.startswith("Your results in this lesson: ")
    True
    """
    own = book()
    found = standings(bank().select(lesson), own.attempts())
    by_objective = {
        objective_id: [s for s in found if s.item.objective_id == objective_id]
        for objective_id in dict.fromkeys(standing.item.objective_id for standing in found)
    }
    texts = objective_texts()
    rows = [(texts.get(name, name), group) for name, group in by_objective.items()]
    words = f"Your results in this lesson: {progress_words(found, own.now())}."
    return Results(pages.results_table(words, rows), words)


def _ready(own: Book) -> str:
    from calcinosis_data import __version__, list_tables

    return (
        f"Ready: calcinosis-data {__version__} on Python {platform.python_version()}, "
        f"{len(list_tables())} tables. Your answers are saved in the folder "
        f"{folder_words(own.folder)}."
    )


def _stand(lesson: str, own: Book) -> list[str]:
    attempts, now = own.attempts(), own.now()
    here = progress_words(standings(bank().select(lesson), attempts), now)
    every = standings(bank().items, attempts)
    waiting = queue(every, now)
    reviews = [due_words(waiting), next_words(waiting)]
    if waiting.due:
        reviews.append("To answer them, run assessment.review() in a cell of its own.")
    return [
        f"This lesson: {here}.",
        f"Whole course: {count_words(every)}.",
        f"Reviews: {' '.join(filter(None, reviews))}",
    ]
