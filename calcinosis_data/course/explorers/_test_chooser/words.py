"""What the explorer of tests says: its options, heads, findings and notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from calcinosis_data.course.explorers._words import listing, lower_first, sentence
from calcinosis_data.course.explorers.filters import ANY

Show = Literal[
    "attributes",
    "accuracy",
    "unmeasured",
    "calcium-amount",
    "reader-agreement",
    "calciphylaxis",
    "crystals",
    "myositis",
    "nerve",
]

SHOWS: Final[dict[Show, str]] = {
    "attributes": "Gains and costs",
    "accuracy": "Accuracy for calcinosis",
    "unmeasured": "Calcinosis: other results",
    "calcium-amount": "Amount of calcium: results",
    "reader-agreement": "Agreement of readers: results",
    "calciphylaxis": "Calciphylaxis: results",
    "crystals": "Joint crystals: results",
    "myositis": "Inflamed muscle: results",
    "nerve": "Slowed nerve: results",
}
"""Displays; from the fourth on each is a target other than calcinosis."""

ROLES: Final = {
    "first-line": "First-line test",
    "second-line": "Second-line test",
    "selected-cases": "For selected cases",
    "not-a-test-for-calcinosis": "Not a test for calcinosis",
}
"""Role in calcinosis as the table has it, and in words."""

GROUPS: Final = ROLES | {
    "first-line": "First-line tests",
    "second-line": "Second-line tests",
    "not-a-test-for-calcinosis": "Not tests for calcinosis",
}
"""Heading over the tests of each role."""

TEACHING: Final = "A teaching aid, not a diagnostic tool."
_DEXA: Final = "DEXA is short for dual-energy X-ray absorptiometry."

_WIDER = "Choose “any” in one of the filters."
_MOST_NAMED = 5
_CLAUSES: Final = {
    "first-line": ("is a first-line test", "are first-line tests"),
    "second-line": ("is a second-line test", "are second-line tests"),
    "selected-cases": ("is for selected cases", "are for selected cases"),
    "not-a-test-for-calcinosis": (
        "counts as “not a test for calcinosis”",
        "count as “not a test for calcinosis”",
    ),
    "yes": ("uses ionising radiation", "use ionising radiation"),
    "no": ("uses no ionising radiation", "use no ionising radiation"),
    "none": ("does not enter the body", "do not enter the body"),
    "minimal": ("needs a needle or a small sample", "need a needle or a small sample"),
    "invasive": ("is invasive", "are invasive"),
}
"""What each value of a filter says of one test, and of several."""


@dataclass(frozen=True)
class Asked:
    """The filters that choose tests."""

    role: str = ANY
    radiation: str = ANY
    invasive: str = ANY

    @property
    def all(self) -> bool:
        """Whether every test is let through."""
        return self == Asked()

    def said(self, *, one: bool) -> str:
        """What the filters ask for, as the verb of one test or of several.

        >>> Asked(radiation="no", invasive="none").said(one=True)
        'uses no ionising radiation and does not enter the body'
        """
        values = (self.role, self.radiation, self.invasive)
        return listing([_CLAUSES[one_of][0 if one else 1] for one_of in values if one_of != ANY])


def finding(shown: pd.DataFrame, total: int, asked: Asked) -> str:
    """Say which tests fit, and which of them show the deposit clearly.

    Parameters
    ----------
    shown : pandas.DataFrame
        The tests left by the filters: `name`, `role`, `clear` (shows the deposit clearly) and
        `some` (shows at least some of it).
    total : int
        Number of all tests.
    asked : Asked
        The filters.

    Returns
    -------
    str
        The finding.

    Examples
    --------
    >>> row = {"name": "Ultrasound", "role": "second-line", "clear": True, "some": True}
    >>> finding(pd.DataFrame([row]), 14, Asked(role="second-line"))
    '1 of 14 tests is a second-line test: ultrasound. It shows the deposit clearly.'
    """
    n = len(shown)
    if asked.all:
        return _overview(shown)
    if not n:
        return f"None of the {total} tests {asked.said(one=True)}. {_WIDER}"
    names = f": {_names(shown)}" if n <= _MOST_NAMED else ""
    start = sentence(f"{n} of {total} tests {asked.said(one=n == 1)}{names}")
    return f"{start} {_clear(shown)}"


def _overview(shown: pd.DataFrame) -> str:
    none = shown[shown["role"].eq("not-a-test-for-calcinosis")]
    return sentence(
        f"{len(none)} of {len(shown)} are not tests for calcinosis: {_names(none)}; "
        f"{int(shown['clear'].sum())} show the deposit clearly"
    )


def _clear(shown: pd.DataFrame) -> str:
    """Say how many show the deposit clearly, and where none does, whether they show any."""
    n, clear = len(shown), shown[shown["clear"]]
    if clear.empty:
        who = "It does not show" if n == 1 else "None of them shows"
        return f"{who} the deposit{' clearly' if shown['some'].any() else ''}."
    if len(clear) == n:
        return f"{_EVERY.get(n, 'All show')} the deposit clearly."
    if len(clear) == 1:
        return f"Only {_names(clear)} shows the deposit clearly."
    return f"{len(clear)} of them show the deposit clearly."


_EVERY: Final = {1: "It shows", 2: "Both show"}


def _names(shown: pd.DataFrame) -> str:
    return listing([lower_first(name) for name in shown["name"]])


def caption(asked: Asked) -> str:
    """Name the table of tests.

    Examples
    --------
    >>> caption(Asked(role="first-line"))
    'Tests and what each gives and costs (those that are first-line tests)'
    """
    return f"Tests and what each gives and costs{_only(asked)}"


def _only(asked: Asked) -> str:
    return "" if asked.all else f" (those that {asked.said(one=False)})"


def chart_name(cells: pd.DataFrame) -> str:
    """Describe the matrix test by test."""
    parts = [
        f"{name}: {', '.join(_cell(row) for row in rows.to_dict('records'))}"
        for name, rows in cells.groupby("name", sort=False)
    ]
    return f"Matrix of tests down and what each gives and costs across. {'. '.join(parts)}"


def _cell(row: dict[Any, Any]) -> str:
    return f"{row['column'].lower()} {row['text']} ({row['kind'].lower()})"


def notes(shown: pd.DataFrame) -> tuple[str, ...]:
    """Say how to read the matrix.

    Parameters
    ----------
    shown : pandas.DataFrame
        The tests left by the filters.

    Returns
    -------
    tuple of str
        The notes.
    """
    return (
        "A gain speaks for a test in calcinosis, a cost against it. Whether it is worth its cost "
        "depends on the question: a test with few gains here can be right for something else.",
        "Shows the deposit: whether calcium in the tissue can be seen; the table says more. Reach: "
        "how far into the body, and how much of it, the test looks.",
        *((_DEXA,) if shown["test_id"].eq("dexa").any() else ()),
        TEACHING,
    )
