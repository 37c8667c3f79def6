"""The review queue: questions that come back 2, 9 and 16 days after the first answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import zip_longest

from IPython.display import display

from calcinosis_data.course.assessment.answer_book import Book, book
from calcinosis_data.course.assessment.item_bank import Item, bank
from calcinosis_data.course.assessment.quiz_widget import Quiz
from calcinosis_data.course.assessment.standing import (
    Standing,
    date_words,
    day_of,
    is_due,
    standings,
)
from calcinosis_data.course.ui import snapshot
from calcinosis_data.errors import CalcinosisError

PRACTICE = "practice"
"""Block of the items that no lesson shows."""


class ReviewSizeError(CalcinosisError, ValueError):
    """A review of so many questions cannot be made."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What to review, as of one moment.

    Attributes
    ----------
    due : tuple of Item
        The questions that are due, lessons mixed, in each lesson the longest due first.
    next_on : datetime.datetime or None
        When the next ones come, if any do.
    next_count : int
        How many come on that day.
    fresh : tuple of Item
        Practice questions without an answer yet, of the lessons that were begun.
    begun : bool
        Whether any question was answered.
    """

    due: tuple[Item, ...]
    next_on: datetime | None
    next_count: int
    fresh: tuple[Item, ...]
    begun: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A review: a sentence on what is due, and the questions; made by `review`."""

    words: str
    quiz: Quiz | None

    @property
    def item_ids(self) -> tuple[str, ...]:
        """The questions asked, in their order; none where nothing is due."""
        return tuple(asked["id"] for asked in self.quiz.questions) if self.quiz else ()

    def __repr__(self) -> str:
        return self.words

    def _ipython_display_(self) -> None:
        html = f'<div class="cal-kit cal-start"><p>{escape(self.words)}</p></div>'
        snapshot.emit({"text/html": html, "text/plain": self.words})
        if self.quiz:
            display(self.quiz)  # type: ignore[no-untyped-call]


def review(most: int = 10, new: int = 0) -> Review:
    """Ask again what is due today.

    A question is due 2, 9 and 16 days after its first answer, and a wrong answer starts that
    anew. Questions of different lessons take turns.

    Parameters
    ----------
    most : int, default 10
        How many questions to ask at most. The others stay due.
    new : int, default 0
        How many practice questions to ask after those that are due: questions that no lesson
        shows, of the lessons that you have begun, not answered yet.

    Returns
    -------
    Review
        A sentence that says how many are due and when the next ones come, and the questions
        without the answers given before. Run the cell again for the next ones.

    Raises
    ------
    ReviewSizeError
        If `most` is not a whole number from 1, or `new` not one from 0.

    Examples
    --------
    >>> review().words.startswith("Nothing to review yet.")
    True
    """
    _check_size("most", most, 1)
    _check_size("new", new, 0)
    own = book()
    own.save()
    return make_review(queue(standings(bank().items, own.attempts()), own.now()), own, most, new)


def make_review(waiting: Queue, own: Book, most: int, new: int = 0) -> Review:
    """Make the review of a queue.

    Parameters
    ----------
    waiting : Queue
        What is due, and what could be asked beside it.
    own : Book
        The learner's answers.
    most, new : int
        How many questions to ask at most, and how many of them may be new.

    Returns
    -------
    Review
        The sentence and the questions.
    """
    due = waiting.due[:most]
    fresh = waiting.fresh[: min(new, most - len(due))]
    words = review_words(waiting, len(due), len(fresh))
    if not due and not fresh:
        return Review(" ".join(filter(None, [words, own.notice])), None)
    asked = Quiz([*due, *fresh], own)
    asked.answers = {}  # a review asks anew: what was answered before would give the key away
    return Review(words, asked)


def queue(found: Sequence[Standing], now: datetime) -> Queue:
    """Sort out what is due, what comes next, and what is new.

    Parameters
    ----------
    found : sequence of Standing
        The standings with all items, in the order of the bank.
    now : datetime.datetime
        The time to judge by.

    Returns
    -------
    Queue
        The same for the same answers and day: nothing is left to chance.

    Examples
    --------
    >>> from datetime import UTC
    >>> queue([], datetime(2026, 11, 23, tzinfo=UTC)).due
    ()
    """
    dated = [(on, one.item) for one in found if (on := one.review_on(now))]
    due = sorted((pair for pair in dated if is_due(pair[0], now)), key=lambda pair: day_of(pair[0]))
    later = sorted(on for on, _ in dated if not is_due(on, now))
    begun = {one.item.lesson_id for one in found if one.answered}
    fresh = [
        one.item
        for one in found
        if one.item.block == PRACTICE and not one.answered and one.item.lesson_id in begun
    ]
    return Queue(
        due=take_turns(item for _, item in due),
        next_on=later[0] if later else None,
        next_count=sum(day_of(on) == day_of(later[0]) for on in later),
        fresh=take_turns(fresh),
        begun=bool(begun),
    )


def take_turns(items: Iterable[Item]) -> tuple[Item, ...]:
    """Let lessons take turns, the one of the first item first; inside a lesson the order stays.

    Examples
    --------
    >>> take_turns([])
    ()
    """
    by_lesson: dict[str, list[Item]] = {}
    for item in items:
        by_lesson.setdefault(item.lesson_id, []).append(item)
    return tuple(item for turn in zip_longest(*by_lesson.values()) for item in turn if item)


def review_words(waiting: Queue, asked: int = 0, fresh: int = 0) -> str:
    """Say what is due, and when the next ones come.

    Parameters
    ----------
    waiting : Queue
        What is due.
    asked, fresh : int
        How many of those due are asked below, and how many that are new; 0 if none are.

    Returns
    -------
    str
        One to three sentences.

    Examples
    --------
    >>> review_words(Queue((), None, 0, (), True)).split(":")[0]
    'Nothing is due today'
    """
    parts = [due_words(waiting)]
    if waiting.due and asked:
        some = f"Here are {asked} of them; the others stay due."
        parts.append(some if asked < len(waiting.due) else "Here they are.")
    parts.append(next_words(waiting))
    if fresh:
        parts.append(f"{_counted(fresh, 'practice question')} below, new to you.")
    elif not waiting.due and waiting.fresh:
        parts.append(_offer(len(waiting.fresh)))
    return " ".join(filter(None, parts))


def due_words(waiting: Queue) -> str:
    """Say in a sentence how many questions are due.

    Examples
    --------
    >>> due_words(Queue((), None, 0, (), True))
    'Nothing is due today: you are up to date.'
    """
    if not waiting.begun:
        return (
            "Nothing to review yet. A question comes back 2, 9 and 16 days after you first "
            "answer it."
        )
    if not waiting.due:
        return "Nothing is due today: you are up to date."
    lessons = len({item.lesson_id for item in waiting.due})
    of = f" of {lessons} lessons" if lessons > 1 else ""
    verb = "is" if len(waiting.due) == 1 else "are"
    return f"{_counted(len(waiting.due), 'question')}{of} {verb} due for review today."


def next_words(waiting: Queue) -> str:
    """Say in a sentence when the next questions come; nothing if none do.

    Examples
    --------
    >>> from datetime import UTC
    >>> next_words(Queue((), datetime(2026, 11, 25, 12, tzinfo=UTC), 3, (), True))
    'The next 3 come on 25 November 2026.'
    """
    if waiting.next_on is None:
        return ""
    comes = "one comes" if waiting.next_count == 1 else f"{waiting.next_count} come"
    return f"The next {comes} on {date_words(waiting.next_on)}."


def _offer(count: int) -> str:
    most = min(count, 5)
    return (
        f"{_counted(count, 'practice question')} of lessons that you have begun "
        f"{'waits' if count == 1 else 'wait'}: run assessment.review(new={most}) if you would "
        "like to go on."
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _check_size(name: str, number: int, least: int) -> None:
    if isinstance(number, int) and not isinstance(number, bool) and number >= least:
        return
    raise ReviewSizeError(
        f"{name} is {number!r}; expected a whole number of questions, {least} or more. "
        "Try assessment.review(most=10)."
    )
