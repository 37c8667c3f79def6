"""Responses: what a learner gave, as a tuple of texts, for each kind of question.

================ ==================================================================
kind             response
================ ==================================================================
one-best-answer  the id of the option chosen: ``("b",)``
claim-status     the id of the verdict chosen: ``("c",)``
multiple         the ids of the options chosen: ``("a", "d")``
matching         a pair for each line: ``("a=normal", "b=high")``
ordering         the ids in the order given, the first first: ``("c", "a", "b")``
numeric          the number as typed: ``("40,3 %",)``
================ ==================================================================

This is also how attempts are stored. What is not complete is no attempt: it is told to the
learner and neither scored nor kept.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from calcinosis_data.course.assessment.errors import (
    ItemKindError,
    NotAnAnswerError,
    UnknownItemError,
)
from calcinosis_data.course.assessment.item_model import EXTRA_ANSWER, Item, Option
from calcinosis_data.course.assessment.typed_number import number
from calcinosis_data.errors import did_you_mean

Response = tuple[str, ...]
_MOST_NAMED = 3


def read_response(item: Item, given: str | Sequence[str]) -> Response:
    """Read what was given as a response to an item, in the form in which it is kept.

    Parameters
    ----------
    item : Item
        The question.
    given : str or sequence of str
        Ids, pairs or a typed number, as the table above has it; one text may stand alone.

    Returns
    -------
    tuple of str
        The response: each id once, pairs in the order of the lines, no space around.

    Raises
    ------
    NotAnAnswerError
        If nothing was given, something is missing, or a typed number is none; the message
        tells the learner what to do.
    UnknownItemError
        If the item has no such option or answer; the message names the nearest one.
    ItemKindError
        If there is no such kind of question.

    Examples
    --------
    >>> from calcinosis_data.course.assessment.item_bank import items
    >>> read_response(items()[0], " a ")
    ('a',)
    """
    texts = [given] if isinstance(given, str) else list(given)
    return _reader(item)(item, [text.strip() for text in texts if text.strip()])


def pair(option_id: str, answer: str) -> str:
    """Write one pair of a matching response.

    Parameters
    ----------
    option_id : str
        Id of the line.
    answer : str
        The answer given to it.

    Returns
    -------
    str
        The pair.

    Examples
    --------
    >>> pair("a", "normal")
    'a=normal'
    """
    return f"{option_id}={answer}"


def pairs(response: Iterable[str]) -> dict[str, str]:
    """Take the pairs of a matching response apart.

    Parameters
    ----------
    response : iterable of str
        A response in the form of `read_response`.

    Returns
    -------
    dict of str to str
        The answer given to each line, by the id of the line.

    Examples
    --------
    >>> pairs(("a=normal", "b=high"))
    {'a': 'normal', 'b': 'high'}
    """
    apart = (text.partition("=") for text in response)
    return {option_id.strip(): answer.strip() for option_id, _, answer in apart}


def lines(item: Item) -> tuple[Option, ...]:
    """Give the options that a learner gives answers to or puts in order.

    Parameters
    ----------
    item : Item
        The question.

    Returns
    -------
    tuple of Option
        All but the further answers of a matching question.
    """
    return tuple(option for option in item.options if option.special != EXTRA_ANSWER)


def _one(item: Item, texts: Sequence[str]) -> Response:
    if not texts:
        raise NotAnAnswerError("Choose an answer first, then check it.")
    return _known_ids(item, texts)


def _several(item: Item, texts: Sequence[str]) -> Response:
    if not texts:
        raise NotAnAnswerError("Choose one answer or more first, then check.")
    return _known_ids(item, texts)


def _known_ids(item: Item, texts: Sequence[str]) -> Response:
    return tuple(dict.fromkeys(item.option(text).option_id for text in texts))


def _in_order(item: Item, texts: Sequence[str]) -> Response:
    ids = [item.option(text).option_id for text in texts]
    twice = [option for option in item.options if ids.count(option.option_id) > 1]
    if twice:
        problem = f"{_named(twice)} stands in more than one place"
        raise NotAnAnswerError(f"{problem}. Give each line one place, then check.")
    _refuse_gaps(item, ids, "place")
    return tuple(ids)


def _pairs(item: Item, texts: Sequence[str]) -> Response:
    given = {id_: answer for id_, answer in pairs(texts).items() if answer}
    for option_id, answer in given.items():
        _refuse_unknown_pair(item, option_id, answer)
    if len(given) < sum("=" in text and not text.endswith("=") for text in texts):
        raise NotAnAnswerError("A line has two answers. Choose one for each line, then check.")
    _refuse_gaps(item, given, "answer")
    return tuple(pair(line.option_id, given[line.option_id]) for line in lines(item))


def _refuse_unknown_pair(item: Item, option_id: str, answer: str) -> None:
    ids = [line.option_id for line in lines(item)]
    if option_id not in ids:
        problem = f"question {item.item_id!r} has no line {option_id!r}"
        raise UnknownItemError(did_you_mean(problem, option_id, ids, "Lines"))
    if answer not in item.answers:
        problem = f"question {item.item_id!r} offers no answer {answer!r}"
        raise UnknownItemError(did_you_mean(problem, answer, item.answers, "Answers"))


def _refuse_gaps(item: Item, given: Iterable[str], what: str) -> None:
    known = set(given)
    left = [line for line in lines(item) if line.option_id not in known]
    if left:
        problem = f"{len(left)} of {len(lines(item))} lines have no {what} yet: {_named(left)}"
        raise NotAnAnswerError(f"{problem}. Give each line its {what}, then check.")


def _number(item: Item, texts: Sequence[str]) -> Response:
    if len(texts) > 1:
        raise NotAnAnswerError("There is more than one number. Type one number only.")
    typed = "".join(texts)
    number(typed, item.unit)
    return (typed,)


def _named(options: Sequence[Option]) -> str:
    names = [f"“{option.text}”" for option in options[:_MOST_NAMED]]
    more = len(options) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


_READERS: Mapping[str, Callable[[Item, Sequence[str]], Response]] = {
    "one-best-answer": _one,
    "multiple": _several,
    "matching": _pairs,
    "ordering": _in_order,
    "numeric": _number,
    "claim-status": _one,
}
KINDS = tuple(_READERS)
"""The kinds of questions there are."""


def _reader(item: Item) -> Callable[[Item, Sequence[str]], Response]:
    if item.kind not in _READERS:
        problem = f"question {item.item_id!r} is of kind {item.kind!r}, which there is not"
        raise ItemKindError(did_you_mean(problem, item.kind, KINDS, "Kinds"))
    return _READERS[item.kind]
