"""Abbreviations in a text: which there are, and which are spelled out."""

from __future__ import annotations

import re
from collections.abc import Collection

from calcinosis_data.course.assessment.lint.words import KNOWN_CAPITALS

ABBREVIATION = re.compile(r"(?<![\w-])(?=\w*[A-Z]\w*[A-Z])[A-Za-z]{2,}\d*(?:s(?!\w))?(?![\w])")


def unexplained(text: str, genes: Collection[str] = ()) -> list[str]:
    """Abbreviations whose first use in the text is not "(CT)" or "CT (long form)".

    Examples
    --------
    >>> unexplained("Computed tomography (CT) or MRI. CT shows calcium.")
    ['MRI']
    """
    found: dict[str, bool] = {}
    for match in ABBREVIATION.finditer(text):
        short = match[0].removesuffix("s")
        if not KNOWN_CAPITALS.fullmatch(short) and short not in genes:
            found.setdefault(short, _explained_at(text, match))
    return [short for short, explained in found.items() if not explained]


def _explained_at(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    in_brackets = before.endswith("(") and after[:1] in {")", ",", ";"}
    return in_brackets or re.match(r" \([a-z]", after) is not None


def spelled_out(text: str) -> set[str]:
    """Abbreviations that are spelled out somewhere in the text.

    Examples
    --------
    >>> spelled_out("Computed tomography (CT) or MRI")
    {'CT'}
    """
    found = ABBREVIATION.finditer(text)
    return {match[0].removesuffix("s") for match in found if _explained_at(text, match)}
