"""Mastery by objective: pure steps from answers to frames, and from frame to frame."""

from collections.abc import Iterable
from textwrap import shorten

import pandas as pd

from calcinosis_data.course.assessment.attempts import Attempt
from calcinosis_data.course.assessment.item_bank import Bank
from calcinosis_data.course.assessment.standing import Standing, standings

_KEYS = ["lesson_id", "objective_id"]
_MOST_OF_STEM = 120


def latest_answers(attempts: Iterable[Attempt], bank: Bank) -> pd.DataFrame:
    """List every item of a bank with its latest answer.

    Parameters
    ----------
    attempts : iterable of Attempt
        Attempts of one learner, the earliest first. Those of other items, or of another version
        of an item, are passed over.
    bank : Bank
        The items.

    Returns
    -------
    pandas.DataFrame
        One row for each item, in the order of the bank: ``item_id``, ``lesson_id``,
        ``objective_id``, ``question`` (the begin of its stem, and its lead-in), ``right``
        (missing where there is no answer), ``sure_and_wrong`` and ``answered_on``.

    Examples
    --------
    >>> len(latest_answers([], Bank(())))
    0
    """
    rows = [_row(found) for found in standings(bank.items, attempts)]
    columns = {
        "item_id": "str",
        "lesson_id": "str",
        "objective_id": "str",
        "question": "str",
        "right": "boolean",
        "sure_and_wrong": "bool",
        "answered_on": "datetime64[us, UTC]",
    }
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


def by_objective(latest: pd.DataFrame) -> pd.DataFrame:
    """Count the latest answers of each objective.

    Parameters
    ----------
    latest : pandas.DataFrame
        One row for each item, as `latest_answers` gives them.

    Returns
    -------
    pandas.DataFrame
        One row for each objective, in the order of the items: ``lesson_id``,
        ``objective_id``, ``questions`` (in the bank), ``answered``, ``right`` (at the latest
        answer), ``sure_and_wrong``, and ``percent`` (right, of those answered; missing where
        none is: not attempted is not wrong).

    Examples
    --------
    >>> rows = [("a", "l", "o", True, False), ("b", "l", "o", False, True),
    ...         ("c", "l", "o", None, False)]
    >>> names = ["item_id", "lesson_id", "objective_id", "right", "sure_and_wrong"]
    >>> latest = pd.DataFrame(rows, columns=names).astype({"right": "boolean"})
    >>> by_objective(latest)[["questions", "answered", "right", "percent"]].astype(str).values[0]
    array(['3', '2', '1', '50.0'], dtype=object)
    """
    counts = (
        latest.groupby(_KEYS, sort=False, observed=True)
        .agg(
            questions=("item_id", "size"),
            answered=("right", "count"),
            right=("right", "sum"),
            sure_and_wrong=("sure_and_wrong", "sum"),
        )
        .astype("Int64")
        .reset_index()
    )
    answered = counts["answered"].where(counts["answered"] > 0)
    return counts.assign(percent=(100 * counts["right"] / answered).astype("Float64"))


def mastery(attempts: Iterable[Attempt], bank: Bank) -> pd.DataFrame:
    """Say for each objective of a bank how many questions are right at the latest answer.

    Parameters
    ----------
    attempts : iterable of Attempt
        Attempts of one learner, the earliest first.
    bank : Bank
        The items.

    Returns
    -------
    pandas.DataFrame
        One row for each objective, as `by_objective` gives them.

    Examples
    --------
    >>> from calcinosis_data.course.assessment.item_bank import bank
    >>> int(mastery([], bank())["answered"].sum())
    0
    """
    return by_objective(latest_answers(attempts, bank))


def sure_and_wrong(latest: pd.DataFrame) -> pd.DataFrame:
    """Keep the items whose latest answer the learner was sure of, and it was not right.

    Parameters
    ----------
    latest : pandas.DataFrame
        One row for each item, as `latest_answers` gives them.

    Returns
    -------
    pandas.DataFrame
        The same columns, the answer that is longest ago first.

    Examples
    --------
    >>> len(sure_and_wrong(latest_answers([], Bank(()))))
    0
    """
    kept = latest[latest["sure_and_wrong"]]
    return kept.sort_values("answered_on", kind="stable").reset_index(drop=True)


def of_lesson(rows: pd.DataFrame, lesson_id: str | None) -> pd.DataFrame:
    """Keep the rows of one lesson, or all if none is named.

    Examples
    --------
    >>> rows = pd.DataFrame({"lesson_id": ["types", "causes"]})
    >>> len(of_lesson(rows, "types")), len(of_lesson(rows, None))
    (1, 2)
    """
    return rows if lesson_id is None else rows[rows["lesson_id"] == lesson_id]


def weakest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Order objectives: those with answers sure and wrong, then from least to most right.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row for each objective, as `by_objective` gives them.

    Returns
    -------
    pandas.DataFrame
        The same rows; those without an answer come last.

    Examples
    --------
    >>> rows = pd.DataFrame({"sure_and_wrong": [0, 0, 1], "percent": [None, 50.0, 90.0]})
    >>> weakest_first(rows)["percent"].tolist()
    [90.0, 50.0, nan]
    """
    ordered = rows.sort_values(
        ["sure_and_wrong", "percent"], ascending=[False, True], na_position="last", kind="stable"
    )
    return ordered.reset_index(drop=True)


def _row(found: Standing) -> tuple[object, ...]:
    item = found.item
    return (
        item.item_id,
        item.lesson_id,
        item.objective_id,
        f"{shorten(item.stem, _MOST_OF_STEM, placeholder=' …')} {item.lead_in}".strip(),
        found.right_now if found.answered else None,
        found.sure_and_wrong,
        found.attempts[-1].time if found.answered else None,
    )
