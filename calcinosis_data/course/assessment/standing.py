"""Where a learner stands: pure functions from attempts to counts and dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from calcinosis_data.course.assessment.attempts import SURE, Attempt
from calcinosis_data.course.assessment.item_bank import Item

REVIEW_DAYS = (2, 9, 16)
_AHEAD = timedelta(days=1)  # further ahead no clock is that is right


@dataclass(frozen=True, slots=True)
class Standing:
    """How one learner stands with one item, judged by the answers to its present version."""

    item: Item
    attempts: tuple[Attempt, ...]

    @property
    def answered(self) -> bool:
        """Whether there is an answer at all: not attempted is not wrong."""
        return bool(self.attempts)

    @property
    def right_first(self) -> bool:
        """Whether the first answer was right."""
        return self.answered and bool(self.attempts[0].correct)

    @property
    def right_now(self) -> bool:
        """Whether the last answer was right."""
        return self.answered and bool(self.attempts[-1].correct)

    @property
    def sure_and_wrong(self) -> bool:
        """Whether the learner was sure of the last answer and it was not right."""
        last = self.attempts[-1] if self.attempts else None
        return last is not None and last.confidence == SURE and last.correct is False

    @property
    def next_review(self) -> datetime | None:
        """When to answer again, if ever."""
        return next_review(self.attempts)

    def review_on(self, now: datetime) -> datetime | None:
        """When to answer again, by a clock that may have been wrong before.

        An answer that was given in the future, as it seems, says nothing about its day; if it is
        the last one, it is time now.
        """
        if self.attempts and self.attempts[-1].time > now + _AHEAD:
            return now
        return next_review(attempt for attempt in self.attempts if attempt.time <= now + _AHEAD)


def standings(items: Iterable[Item], attempts: Iterable[Attempt]) -> tuple[Standing, ...]:
    """Sort attempts, the earliest first, to the items they answer.

    Parameters
    ----------
    items : iterable of Item
        The items asked about.
    attempts : iterable of Attempt
        Attempts of one learner in order; those of other items or versions are passed over.

    Returns
    -------
    tuple of Standing
        One for each item, in the order of `items`.
    """
    given: dict[tuple[str, int], list[Attempt]] = {}
    for attempt in attempts:
        given.setdefault((attempt.item_id, attempt.item_version), []).append(attempt)
    return tuple(
        Standing(item, tuple(given.get((item.item_id, item.version), ()))) for item in items
    )


def next_review(attempts: Iterable[Attempt]) -> datetime | None:
    """Say when an item is due again.

    Parameters
    ----------
    attempts : iterable of Attempt
        The attempts at one item, in order.

    Returns
    -------
    datetime.datetime or None
        2, 9 or 16 days after the first answer; a wrong answer restarts the count. The day
        counts and not the hour. None before the first answer and when all three reviews are
        done.

    Examples
    --------
    >>> next_review([]) is None
    True
    """
    start, done = None, 0
    for attempt in attempts:
        if start is None or not attempt.correct:
            start, done = attempt.time, 0
            continue
        while done < len(REVIEW_DAYS) and is_due(start + _days(done), attempt.time):
            done += 1
    if start is None or done == len(REVIEW_DAYS):
        return None
    return start + _days(done)


def is_due(review: datetime, now: datetime) -> bool:
    """Tell whether the day of a review has come: in the morning already, whatever its hour.

    Examples
    --------
    >>> is_due(datetime(2026, 11, 25, 15, tzinfo=UTC), datetime(2026, 11, 26, 9, tzinfo=UTC))
    True
    """
    return day_of(review) <= day_of(now)


def day_of(moment: datetime) -> date:
    """Give the day in the learner's own time zone."""
    return moment.astimezone().date()


def progress_words(found: Iterable[Standing], now: datetime | None = None) -> str:
    """Say in one sentence part how many questions were answered, right, and due.

    Parameters
    ----------
    found : iterable of Standing
        The standings to count.
    now : datetime.datetime, optional
        The time to judge by what is due.

    Returns
    -------
    str
        Such as ``3 of 10 questions answered, 2 right at the first try``.

    Examples
    --------
    >>> progress_words([])
    'no questions yet'
    """
    every = tuple(found)
    answered = [standing for standing in every if standing.answered]
    due = _due_words(answered, now or datetime.now(UTC))
    return ", ".join([count_words(every), *due])


def count_words(found: Iterable[Standing]) -> str:
    """Say in one sentence part how many questions were answered and right.

    Examples
    --------
    >>> count_words([])
    'no questions yet'
    """
    every = tuple(found)
    answered = [standing for standing in every if standing.answered]
    if not every:
        return "no questions yet"
    if not answered:
        return f"none of {len(every)} questions answered yet"
    words = [f"{len(answered)} of {len(every)} questions answered"]
    words.append(f"{sum(standing.right_first for standing in answered)} right at the first try")
    if wrong := sum(not standing.right_now for standing in answered):
        words.append(f"{wrong} to try again")
    return ", ".join(words)


def _due_words(answered: Sequence[Standing], now: datetime) -> list[str]:
    reviews = [standing.review_on(now) for standing in answered]
    coming = sorted(review for review in reviews if review)
    due = sum(is_due(review, now) for review in coming)
    if due:
        return [f"{due} due for review now"]
    return [f"next review {date_words(coming[0])}"] if coming else []


def date_words(moment: datetime) -> str:
    """Write a date the way it is spoken, in the learner's own time zone.

    Examples
    --------
    >>> date_words(datetime(2026, 11, 25, 12, tzinfo=UTC))
    '25 November 2026'
    """
    day = day_of(moment)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


# Not strftime: the month's name would follow the machine's language, the page does not.
# fmt: off
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
# fmt: on


def _days(done: int) -> timedelta:
    return timedelta(days=REVIEW_DAYS[done])
