"""Every error that the package raises on purpose.

All of them derive from `CalcinosisError`, so one ``except`` catches them. A message says
what was wrong, the nearest valid value, and what is allowed.

Examples
--------
>>> import calcinosis_data as cd
>>> try:
...     cd.load_table("cause")
... except cd.CalcinosisError as error:
...     print(str(error).split(" Tables:")[0])
no table 'cause'. Did you mean 'causes'?
"""

from collections.abc import Iterable

_LONGEST_LIST = 40
_START_OF_LONG_LIST = 8


class CalcinosisError(Exception):
    """Base of all errors of this package."""


class UnknownTableError(CalcinosisError, LookupError):
    """There is no table of that name."""


class UnknownColumnError(CalcinosisError, LookupError):
    """The table has no column of that name."""


class UnknownRowError(CalcinosisError, LookupError):
    """The table has no row with that key."""


class UnknownReferenceError(CalcinosisError, LookupError):
    """There is no reference with that id."""


class JoinError(CalcinosisError, ValueError):
    """Two tables have no declared relation, or more than one."""


class DataContractError(CalcinosisError, ValueError):
    """The stored data break the contract: a file is missing, or a cell is not what it must be."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word most like `word`, or None when nothing is like it.

    Parameters
    ----------
    word : str
        What was written.
    known : iterable of str
        What is valid.

    Returns
    -------
    str or None
        The most similar valid word, capitals aside.

    Examples
    --------
    >>> nearest("Dystrofic", ["dystrophic", "metastatic"])
    'dystrophic'
    """
    from difflib import get_close_matches

    by_folded = {option.casefold(): option for option in known}
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def did_you_mean(problem: str, word: object, known: Iterable[str], heading: str) -> str:
    """Word a message about an unknown name.

    Parameters
    ----------
    problem : str
        What is wrong, without full stop.
    word : object
        What was written.
    known : iterable of str
        What is valid.
    heading : str
        What to call the valid names, such as ``Tables``.

    Returns
    -------
    str
        The problem, the nearest valid name if there is one, and the valid names.

    Examples
    --------
    >>> did_you_mean("no table 'cause'", "cause", ["causes", "types"], "Tables")
    "no table 'cause'. Did you mean 'causes'? Tables: causes, types"
    """
    options = list(known)
    guess = nearest(str(word), options)
    hint = f" Did you mean {guess!r}?" if guess else ""
    return f"{problem}.{hint} {heading}: {_listed(options)}"


def _listed(options: list[str]) -> str:
    if len(options) <= _LONGEST_LIST:
        return ", ".join(options)
    start = options[:_START_OF_LONG_LIST]
    return f"{', '.join(start)} and {len(options) - len(start)} more"
