"""From a response to its outcome: pure functions, no files and no widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from calcinosis_data.course.assessment.item_bank import Item


@dataclass(frozen=True, slots=True)
class OptionFeedback:
    """What one option tells after the answer: was it chosen, is it right, and why."""

    option_id: str
    text: str
    chosen: bool
    is_key: bool
    rationale: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a response.

    Attributes
    ----------
    item_id, item_version
        The item that was answered.
    correct
        Whether exactly the key was chosen.
    feedback
        Every option: those chosen first, then the key, then the others as the item has them.
    take_away
        One sentence to keep.
    """

    item_id: str
    item_version: int
    correct: bool
    feedback: tuple[OptionFeedback, ...]
    take_away: str

    @property
    def chosen(self) -> tuple[OptionFeedback, ...]:
        """The options that were chosen."""
        return tuple(option for option in self.feedback if option.chosen)

    @property
    def key(self) -> tuple[OptionFeedback, ...]:
        """The options that are right."""
        return tuple(option for option in self.feedback if option.is_key)


def score(item: Item, response: str | Sequence[str]) -> Outcome:
    """Score one response.

    Parameters
    ----------
    item : Item
        The item that was answered.
    response : str or sequence of str
        Id of the option chosen, or several ids.

    Returns
    -------
    Outcome
        Right or not, and the feedback for every option.

    Raises
    ------
    UnknownItemError
        If the item has no such option; the message names the nearest one.

    Examples
    --------
    >>> from calcinosis_data.course.assessment.item_bank import Option
    >>> yes = Option("a", "Yes", None, None, True, "It does.")
    >>> no = Option("b", "No", None, None, False, "It does.")
    >>> item = Item("i", 1, "l", "o", "b", 1, "one-best-answer", "apply", "clinical",
    ...             "", "Does it?", None, "It does.", "", None, (yes, no))
    >>> outcome = score(item, "b")
    >>> outcome.correct, [option.text for option in outcome.feedback]
    (False, ['No', 'Yes'])
    """
    ids = [response] if isinstance(response, str) else list(response)
    chosen = {item.option(option_id).option_id for option_id in ids}
    feedback = [
        OptionFeedback(
            option.option_id,
            option.text,
            option.option_id in chosen,
            option.is_key,
            option.rationale,
        )
        for option in item.options
    ]
    feedback.sort(key=lambda option: (not option.chosen, not option.is_key))
    correct = chosen == {option.option_id for option in item.key}
    return Outcome(item.item_id, item.version, correct, tuple(feedback), item.take_away)


def answer_keys(items: Iterable[Item]) -> pd.DataFrame:
    """One row for each option of each item, with whether it is right.

    Parameters
    ----------
    items : iterable of Item
        The items, such as those of `items`.

    Returns
    -------
    pandas.DataFrame
        Columns ``item_id``, ``item_version``, ``option_id`` and ``is_key``.

    Examples
    --------
    >>> list(answer_keys([]).columns)
    ['item_id', 'item_version', 'option_id', 'is_key']
    """
    rows = [
        (item.item_id, item.version, option.option_id, option.is_key)
        for item in items
        for option in item.options
    ]
    return pd.DataFrame(rows, columns=["item_id", "item_version", "option_id", "is_key"])


def score_responses(responses: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Score many one-best-answer responses at once, as a join of responses with keys.

    Parameters
    ----------
    responses : pandas.DataFrame
        One row for each response: ``item_id``, ``item_version``, ``option_id`` and any
        columns of your own, such as the learner. A blank ``option_id`` means not attempted.
    keys : pandas.DataFrame
        The frame of `answer_keys`.

    Returns
    -------
    pandas.DataFrame
        The responses in their order with ``correct`` (true, false, or missing where nothing
        was attempted or the item is not known) and ``status`` (scored, not attempted,
        unknown item or version, unknown option).

    Raises
    ------
    pandas.errors.MergeError
        If `keys` has an option of an item and version twice.

    Examples
    --------
    >>> keys = pd.DataFrame({"item_id": ["i", "i"], "item_version": [1, 1],
    ...                      "option_id": ["a", "b"], "is_key": [True, False]})
    >>> given = pd.DataFrame({"learner": ["ada", "bo", "cy"], "item_id": "i",
    ...                       "item_version": 1, "option_id": ["a", "b", None]})
    >>> score_responses(given, keys)[["learner", "correct", "status"]]
      learner  correct         status
    0     ada     True         scored
    1      bo    False         scored
    2      cy     <NA>  not attempted
    """
    of_item = ["item_id", "item_version"]
    keyed = keys.astype({"is_key": "boolean"})
    known = keys[of_item].drop_duplicates().assign(known_item=True)
    joined = responses.merge(keyed, how="left", on=[*of_item, "option_id"], validate="m:1")
    known_item = responses.merge(known, how="left", on=of_item)["known_item"].notna()
    status = pd.Series("scored", index=joined.index, dtype="string")
    status[joined["is_key"].isna()] = "unknown option"
    status[~known_item] = "unknown item or version"
    status[joined["option_id"].isna()] = "not attempted"
    scored = joined.drop(columns="is_key").assign(
        correct=joined["is_key"].where(status == "scored"), status=status
    )
    return scored.set_axis(responses.index)
