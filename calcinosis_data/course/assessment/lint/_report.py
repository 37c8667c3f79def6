"""Findings as text: each rule explained once, then the places where it is not kept."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import pandas as pd

from calcinosis_data.course.assessment.lint._check import RULES

_WIDTH = 96
_LEVELS = {"E": ("error", "errors"), "W": ("warning", "warnings"), "I": ("note", "notes")}


def findings_text(found: pd.DataFrame) -> str:
    """Word the findings of `lint` for a terminal.

    Parameters
    ----------
    found : pandas.DataFrame
        The frame of `lint`.

    Returns
    -------
    str
        For each rule its title, its explanation and its findings; then how many there are.

    Examples
    --------
    >>> columns = ["item_id", "rule", "level", "message"]
    >>> row = ["types-drip", "LG01", "W", "school grade 13.2. Make sentences shorter."]
    >>> print(findings_text(pd.DataFrame([row], columns=columns)).splitlines()[0])
    W LG01: The stem is hard to read
    """
    groups = found.groupby(["level", "rule"], sort=False)
    parts = ["\n".join(_group(str(key[1]), rows)) for key, rows in groups]
    return "\n\n".join([*parts, _count_words(found)])


def _group(rule: str, rows: pd.DataFrame) -> Iterator[str]:
    yield f"{RULES[rule].level} {rule}: {RULES[rule].title}"
    yield from (_indented(part, 2) for part in RULES[rule].explanation().split("\n\n"))
    for item_id, message in zip(rows["item_id"], rows["message"], strict=True):
        yield _indented(f"- {item_id}: {message}", 4)


def _indented(text: str, spaces: int) -> str:
    margin = " " * spaces
    plain = " ".join(text.split())
    hanging = margin + ("  " if plain.startswith("- ") else "")
    return textwrap.fill(
        plain,
        _WIDTH,
        initial_indent=margin,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _count_words(found: pd.DataFrame) -> str:
    counts = {level: int((found["level"] == level).sum()) for level in _LEVELS}
    told = (f"{count} {_LEVELS[level][count != 1]}" for level, count in counts.items())
    return f"{', '.join(told)}."
