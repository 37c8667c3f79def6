"""Small pieces of English that findings are built from."""

from __future__ import annotations

from collections.abc import Sequence


def listing(words: Sequence[str], last: str = "and") -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listing(["skin", "fat", "muscle"])
    'skin, fat and muscle'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def sentence(text: str) -> str:
    """Start with a capital letter and end with a full stop.

    Examples
    --------
    >>> sentence("two types fit")
    'Two types fit.'
    """
    start = text[:1].upper() + text[1:]
    return start if start.endswith((".", "?")) else f"{start}."


def lower_first(text: str) -> str:
    """Begin a name in small letters inside a sentence, unless it is an abbreviation.

    Examples
    --------
    >>> lower_first("Dystrophic calcinosis"), lower_first("MRI scan")
    ('dystrophic calcinosis', 'MRI scan')
    """
    first = text.split(" ", maxsplit=1)[0]
    abbreviated = len(first) > 1 and not first[1].islower()
    of_a_person = first.endswith(("’s", "'s"))
    return text if abbreviated or of_a_person else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Begin a text with a capital letter.

    Examples
    --------
    >>> upper_first("children, Brazil")
    'Children, Brazil'
    """
    return text[:1].upper() + text[1:]
