"""Responses of a whole class scored at once, as a join with keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import pandas as pd

from calcinosis_data.course.assessment.errors import NotAnAnswerError
from calcinosis_data.course.assessment.item_bank import Item
from calcinosis_data.course.assessment.item_model import ANY_OTHER, Option
from calcinosis_data.course.assessment.marks import falls_under
from calcinosis_data.course.assessment.typed_number import number

_ITEM = ["item_id", "item_version"]
_COLUMNS = [*_ITEM, "kind", "option_id", "is_key", "answer", "tolerance", "unit"]
_LINES = ("matching", "ordering")


def answer_keys(items: Iterable[Item]) -> pd.DataFrame:
    """One row for each option of each item, with whether it is right.

    Parameters
    ----------
    items : iterable of Item
        The items, such as those of `items`.

    Returns
    -------
    pandas.DataFrame
        Columns ``item_id``, ``item_version``, ``kind``, ``option_id``, ``is_key``,
        ``answer`` (the match or the place of a line, or the number of an option),
        ``tolerance`` and ``unit``.

    Examples
    --------
    >>> list(answer_keys([]).columns)[:4]
    ['item_id', 'item_version', 'kind', 'option_id']
    """
    rows = [row for item in items for row in _key_rows(item)]
    return pd.DataFrame(rows, columns=_COLUMNS)


def score_responses(responses: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Score many responses at once, as a join of responses with keys.

    Parameters
    ----------
    responses : pandas.DataFrame
        One row for each response: ``item_id``, ``item_version``, ``response`` as attempts
        have it (a text or several) and any columns of your own, such as the learner. A
        column ``option_id`` does as well. A blank response means not attempted.
    keys : pandas.DataFrame
        The frame of `answer_keys`.

    Returns
    -------
    pandas.DataFrame
        The responses in their order with ``correct`` (true, false, or missing where nothing
        was attempted or it cannot be scored) and ``status``: scored, not attempted, unknown
        item or version, unknown option, or not an answer (a line is missing, or a number is
        none).

    Raises
    ------
    pandas.errors.MergeError
        If `keys` has an option of an item and version twice.

    Examples
    --------
    >>> keys = pd.DataFrame({"item_id": ["i", "i"], "item_version": [1, 1],
    ...                      "option_id": ["a", "b"], "is_key": [True, False]})
    >>> given = pd.DataFrame({"learner": ["ada", "bo", "cy"], "item_id": "i",
    ...                       "item_version": 1, "response": [("a",), "b", None]})
    >>> score_responses(given, keys)[["learner", "correct", "status"]]
      learner  correct         status
    0     ada     True         scored
    1      bo    False         scored
    2      cy     <NA>  not attempted
    """
    keys = _with_all_columns(keys)
    asked = _asked(responses, keys)
    parts = _numbers_as_options(_parts(asked), keys)
    joined = _joined(parts, keys)
    rows = joined.groupby("row")[["known", "right", "has_form"]].all()
    rows = rows.assign(count=joined.groupby("row").size()).reindex(asked.index)
    status = _status(asked, rows)
    correct = rows["right"].astype("boolean") & (rows["count"] == asked["keys"])
    correct = correct.where(status == "scored")
    return responses.assign(correct=correct.array, status=status.array)


def _key_rows(item: Item) -> Iterator[tuple[object, ...]]:
    tolerance = str(item.tolerance) if item.kind == "numeric" else None
    for option in item.options:
        own = option.option_id, option.is_key, _answer(item, option)
        yield item.item_id, item.version, item.kind, *own, tolerance, item.unit


def _answer(item: Item, option: Option) -> str | None:
    if item.kind == "matching":
        return option.match
    if item.kind == "ordering":
        return str(option.place)
    return option.text if item.kind == "numeric" and option.special != ANY_OTHER else None


def _with_all_columns(keys: pd.DataFrame) -> pd.DataFrame:
    """The keys with all columns; without a kind, a key is an option to choose."""
    missing = {name: None for name in _COLUMNS if name not in keys}
    complete = keys.assign(**missing)[_COLUMNS].astype({"is_key": "boolean"})
    return complete.assign(kind=complete["kind"].fillna("one-best-answer"))


def _asked(responses: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """One row for each response: its texts, and the kind and number of keys of its item."""
    given = responses["response" if "response" in responses else "option_id"]
    asked = responses[_ITEM].assign(texts=given.map(_texts)).reset_index(drop=True)
    items = keys.groupby(_ITEM, as_index=False).agg(kind=("kind", "first"), keys=("is_key", "sum"))
    return asked.merge(items, how="left", on=_ITEM)


def _texts(given: object) -> list[str]:
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list | tuple):
        return []
    return [text.strip() for text in texts if text.strip()]


def _parts(asked: pd.DataFrame) -> pd.DataFrame:
    """One row for each part of each response: the option, and what was given to it."""
    parts = asked[[*_ITEM, "kind", "texts"]].explode("texts").dropna(subset=["texts", "kind"])
    parts = parts.rename_axis("row").reset_index()
    is_pair, in_lines = parts["kind"] == "matching", parts["kind"].isin(_LINES)
    lines, answers = (_side(parts["texts"], side) for side in (0, 2))
    place = (parts.groupby("row").cumcount() + 1).astype(str)
    parts = parts.assign(
        option_id=parts["texts"].where(~is_pair, lines), given=place.where(~is_pair, answers)
    )
    twice = parts.duplicated(["row", "option_id"]) & ~in_lines & (parts["kind"] != "numeric")
    return parts[(parts["given"] != "") & ~twice]


def _side(texts: pd.Series[str], side: int) -> pd.Series[str]:
    """What stands on one side of the first equals sign."""
    return texts.map(lambda text: text.partition("=")[side].strip())


def _numbers_as_options(parts: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Each typed number becomes the option that it falls under, or a blank if it is none."""
    numeric = parts["kind"] == "numeric"
    typed = parts.loc[numeric, [*_ITEM, "texts"]].drop_duplicates()
    options = dict(iter(keys[keys["kind"] == "numeric"].groupby(_ITEM)))
    found = {
        (*of_item, text): _option_of(text, options[tuple(of_item)])
        for *of_item, text in typed.itertuples(index=False)
    }
    asked = parts[[*_ITEM, "texts"]].itertuples(index=False, name=None)
    resolved = pd.Series([found.get(row) for row in asked], index=parts.index, dtype="object")
    return parts.assign(option_id=parts["option_id"].where(~numeric, resolved))


def _option_of(text: str, options: pd.DataFrame) -> str | None:
    first = options.iloc[0]
    ordered = options.sort_values("is_key", ascending=False).dropna(subset="answer")
    numbers = [
        (own, number(answer, first["unit"]))
        for own, answer in zip(ordered["option_id"], ordered["answer"], strict=True)
    ]
    try:
        value = number(text, first["unit"])
    except NotAnAnswerError:
        return None
    found = falls_under(value, numbers, Decimal(first["tolerance"]))
    return found or next(iter(options.loc[options["answer"].isna(), "option_id"]), None)


def _joined(parts: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Each part with its key: whether it is known and right, and has the form of an answer."""
    own = keys.drop(columns="kind")
    found = parts.merge(own, how="left", on=[*_ITEM, "option_id"], validate="m:1")
    is_key = found["is_key"].fillna(False).astype(bool)
    is_pair, in_lines = found["kind"] == "matching", found["kind"].isin(_LINES)
    blank = (found["kind"] == "numeric") & found["option_id"].isna()
    return found.assign(
        known=blank | (found["is_key"].notna() & (~is_pair | (is_key & _is_offered(found, keys)))),
        right=is_key & (~in_lines | (found["answer"] == found["given"])),
        has_form=~blank & ~(in_lines & found.duplicated(["row", "option_id"])),
    )


def _is_offered(found: pd.DataFrame, keys: pd.DataFrame) -> pd.Series[bool]:
    """Whether what was given is one of the answers that the item offers."""
    offered = pd.MultiIndex.from_frame(keys.loc[keys["kind"] == "matching", [*_ITEM, "answer"]])
    given = pd.MultiIndex.from_frame(found[[*_ITEM, "given"]])
    return pd.Series(given.isin(offered), index=found.index)


def _status(asked: pd.DataFrame, rows: pd.DataFrame) -> pd.Series[str]:
    one_each = asked["kind"].isin(_LINES) | (asked["kind"] == "numeric")
    whole = rows["has_form"].eq(True) & (~one_each | (rows["count"] == asked["keys"]))
    status = pd.Series("scored", index=asked.index, dtype="string")
    status[~whole] = "not an answer"
    status[rows["known"].eq(False)] = "unknown option"
    status[asked["kind"].isna()] = "unknown item or version"
    status[asked["texts"].str.len() == 0] = "not attempted"
    return status
