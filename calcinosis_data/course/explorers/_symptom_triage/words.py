"""What the explorer of symptoms says: its options, heads, findings and notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from calcinosis_data.course.explorers._words import listing, lower_first, sentence
from calcinosis_data.course.explorers.filters import ANY

Show = Literal["symptoms", "frequencies", "deposits", "unchecked"]

DEPOSIT: Final = "the deposit itself"
DISEASE: Final = "the underlying disease"

SOURCES: Final = {
    DEPOSIT: "The deposit itself",
    "complication": "A complication",
    DISEASE: "Underlying disease",
    "hypercalcaemia": "High blood calcium",
    "not established": "No link shown",
}
"""Origin of a symptom as the table has it, and the head of its column."""

SYSTEMS: Final = {
    "skin": "skin",
    "musculoskeletal": "muscles and joints",
    "nervous": "nerves and brain",
    "eye": "eyes",
    "cardiopulmonary": "heart and lungs",
    "vascular": "blood vessels",
    "gastrointestinal": "gut",
    "renal": "kidneys",
    "blood": "blood",
    "constitutional": "body as a whole",
}
"""Body systems from the surface inwards, in plain words that follow "the"."""

GROUPS: Final = {
    "Skin, muscles and joints": ("skin", "musculoskeletal"),
    "Nerves, brain and eyes": ("nervous", "eye"),
    "Heart, lungs and vessels": ("cardiopulmonary", "vascular"),
    "Gut, kidneys and blood": ("gastrointestinal", "renal", "blood"),
    "Body as a whole": ("constitutional",),
}
"""Headings of the chart, and the body systems under each."""

RED: Final = "Red flag"
NOT_RED: Final = "No red flag"

SHOWS: Final[dict[Show, str]] = {
    "symptoms": "Origin and red flags",
    "frequencies": "How often, by study",
    "deposits": "How often, by deposit",
    "unchecked": "Figures kept out of charts",
}

TEACHING: Final = "A teaching aid, not a diagnostic tool."

_MOST_NAMED = 4
_FROM = {
    DEPOSIT: "from the deposit itself",
    "complication": "from a complication of the deposit",
    DISEASE: "from the underlying disease",
    "hypercalcaemia": "from high calcium in the blood",
}
_IN_A_LIST = _FROM | {
    "complication": "from a complication",
    "hypercalcaemia": "from high blood calcium",
}


@dataclass(frozen=True)
class Asked:
    """The filters that choose symptoms."""

    source: str = ANY
    body_system: str = ANY
    red_flags: bool = False

    @property
    def all(self) -> bool:
        """Whether every symptom is let through."""
        return self == Asked()


def finding(shown: pd.DataFrame, total: int, asked: Asked) -> str:
    """Say how many symptoms there are, where they come from, and how many are red flags.

    Parameters
    ----------
    shown : pandas.DataFrame
        The symptoms left by the filters: `name`, `attributable_to`, `red_flag`.
    total : int
        Number of all symptoms.
    asked : Asked
        The filters.

    Returns
    -------
    str
        The finding.

    Examples
    --------
    >>> row = {"name": "Fever", "attributable_to": "complication", "red_flag": True}
    >>> finding(pd.DataFrame([row]), 20, Asked(source="complication"))
    '1 of 20 symptoms comes from a complication of the deposit: fever. It is a red flag.'
    """
    n = len(shown)
    if not n:
        untick = ", or untick “Only red flags”" if asked.red_flags else ""
        return sentence(f"None of the {total} symptoms {_asked(asked, 1)}. {_WIDER}{untick}")
    if asked.all:
        return _overview(shown)
    names = f": {_names(shown)}" if n <= _MOST_NAMED else ""
    start = sentence(f"{n} of {total} symptoms {_asked(asked, n)}{names}")
    rest = "; ".join(part for part in (_origins(shown, asked), _flags(shown, asked)) if part)
    return f"{start} {sentence(rest)}" if rest else start


_UNTIED = "it has no shown link to calcinosis"
_WIDER = "Choose “any” in one of the filters"


def _overview(shown: pd.DataFrame) -> str:
    start = sentence(f"of {len(shown)} symptoms, {_every_origin(shown)}")
    return f"{start} In all, {int(shown['red_flag'].sum())} are red flags."


def _every_origin(shown: pd.DataFrame) -> str:
    """Count the symptoms of each origin, so that all of them are accounted for."""
    counts = shown["attributable_to"].value_counts()
    tied = [(int(counts.get(origin, 0)), words) for origin, words in _IN_A_LIST.items()]
    parts = [f"{n} {words}" for n, words in tied if n]
    untied = len(shown) - sum(n for n, _ in tied)
    verb = "has" if untied == 1 else "have"
    without = f"{untied} {verb} no shown link" if untied else ""
    if not parts:
        return without
    comes = "comes" if parts[0].startswith("1 ") else "come"
    said = listing(parts).replace(" from", f" {comes} from", 1)
    return f"{said}; {without}" if without else said


def _asked(asked: Asked, n: int) -> str:
    """Say what the filters ask for, as the verb of the symptoms."""
    one = n == 1
    parts = []
    if asked.body_system != ANY:
        parts.append(f"concern{'s' if one else ''} the {SYSTEMS[asked.body_system]}")
    if asked.source in _FROM:
        parts.append(f"come{'s' if one else ''} {_FROM[asked.source]}")
    elif asked.source != ANY:
        parts.append(f"{'has' if one else 'have'} no shown link to calcinosis")
    if asked.red_flags:
        parts.append("is a red flag" if one else "are red flags")
    return listing(parts)


def _names(shown: pd.DataFrame) -> str:
    return ", ".join(lower_first(name) for name in shown["name"])


def _origins(shown: pd.DataFrame, asked: Asked) -> str:
    if asked.source != ANY:
        return ""
    if len(shown) == 1:
        origin = str(shown["attributable_to"].iloc[0])
        return f"it comes {_FROM[origin]}" if origin in _FROM else _UNTIED
    return _every_origin(shown)


def _flags(shown: pd.DataFrame, asked: Asked) -> str:
    if asked.red_flags:
        return ""
    red = int(shown["red_flag"].sum())
    if len(shown) == 1:
        return "it is a red flag" if red else "it is not a red flag"
    if red == len(shown):
        return "both are red flags" if red == 2 else f"all {red} are red flags"
    return f"{red or 'none'} {'are red flags' if red > 1 else 'is a red flag'}"


def caption(asked: Asked) -> str:
    """Name the table of symptoms.

    Examples
    --------
    >>> caption(Asked(red_flags=True))
    'Symptoms: where each comes from, and whether it is a red flag (red flags only)'
    """
    words = [SYSTEMS[asked.body_system]] if asked.body_system != ANY else []
    words += [SOURCES[asked.source].lower()] if asked.source != ANY else []
    words += ["red flags only"] if asked.red_flags else []
    only = f" ({', '.join(words)})" if words else ""
    return f"Symptoms: where each comes from, and whether it is a red flag{only}"


def chart_name(shown: pd.DataFrame) -> str:
    """Describe the matrix column by column."""
    parts = []
    for origin, head in SOURCES.items():
        some = shown[shown["attributable_to"].eq(origin)]
        if len(some):
            parts.append(f"{head}: {_with_flags(some)}")
    return (
        "Matrix of symptoms down and where they come from across, "
        f"red flags with a mark of their own. {'. '.join(parts)}"
    )


def _with_flags(some: pd.DataFrame) -> str:
    flags = [" (red flag)" if red else "" for red in some["red_flag"]]
    names: Sequence[str] = [lower_first(name) for name in some["name"]]
    return ", ".join(f"{name}{flag}" for name, flag in zip(names, flags, strict=True))


def notes(shown: pd.DataFrame, every: pd.DataFrame) -> tuple[str, ...]:
    """Say what a red flag asks for, and how far the chart goes.

    Parameters
    ----------
    shown : pandas.DataFrame
        The symptoms left by the filters, with `often`.
    every : pandas.DataFrame
        All symptoms.

    Returns
    -------
    tuple of str
        The notes.
    """
    red = every[every["red_flag"]]
    own = int(red["attributable_to"].eq(DEPOSIT).sum())
    starred = shown["often"].str.contains("*", regex=False).any()
    return (
        "A red flag calls for prompt attention, whatever the symptom comes from. "
        f"{own} of the {len(red)} red flags {'comes' if own == 1 else 'come'} from the deposit "
        "itself: do not stop at the deposit when you look for the cause.",
        "Where a symptom comes from, and whether it is a red flag, was judged from the evidence; "
        "in one person it can be otherwise.",
        *((_STAR,) if starred else ()),
        TEACHING,
    )


_STAR: Final = (
    "A star (*) under “How often” in the table: the figure is in no chart, because it was not "
    "checked by a second reader or its count is not clear."
)
