"""The tests and their attributes: pure steps from table to frame."""

from __future__ import annotations

from functools import cache
from typing import Final

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._opened import with_citations
from calcinosis_data.course.explorers._test_chooser.words import GROUPS, ROLES, Asked
from calcinosis_data.course.explorers.filters import ANY, keep

GAIN: Final = "Gain"
COST: Final = "Cost"
BETWEEN: Final = "In between"
KINDS: Final = (GAIN, COST, BETWEEN)

DEPOSIT: Final = "Shows the deposit"
RADIATION: Final = "Ionising radiation"
INVASIVENESS: Final = "Invasiveness"
REACH: Final = "Reach"
COLUMNS: Final = (DEPOSIT, RADIATION, INVASIVENESS, REACH)

Judged = tuple[str, str]
"""Whether an attribute is a gain or a cost, and the attribute in a word."""

DEPOSIT_SHOWN: Final[dict[str, Judged]] = {
    "x-ray": (GAIN, "yes"),
    "blood-tests": (COST, "no"),
    "ct": (GAIN, "best"),
    "ultrasound": (GAIN, "yes"),
    "mri": (BETWEEN, "weakly"),
    "bone-scan": (BETWEEN, "misses most"),
    "biopsy": (GAIN, "in a sample"),
    "skin-biopsy": (GAIN, "in a sample"),
    "muscle-biopsy": (BETWEEN, "less well"),
    "synovial-fluid-analysis": (COST, "not visible"),
    "arthroscopy": (COST, "no"),
    "dexa": (COST, "no"),
    "emg": (COST, "no"),
    "nerve-conduction-study": (COST, "no"),
}
"""Whether a test shows the deposit: what its row says, in a word or two. Editorial."""

_IN_FULL: Final = {
    "bone-scan": "misses most sites",
    "muscle-biopsy": "less well than imaging",
    "synovial-fluid-analysis": "not visible: the crystals are too small to see",
}
"""The same where the table has room to say more."""

REACHED: Final[dict[str, Judged]] = {
    "x-ray": (BETWEEN, "flat view"),
    "blood-tests": (COST, "blood only"),
    "ct": (GAIN, "all depths"),
    "ultrasound": (BETWEEN, "near surface"),
    "mri": (GAIN, "any depth"),
    "bone-scan": (GAIN, "whole body"),
    "biopsy": (COST, "one lump"),
    "skin-biopsy": (COST, "top layers"),
    "muscle-biopsy": (COST, "one muscle"),
    "synovial-fluid-analysis": (COST, "joint fluid"),
    "arthroscopy": (COST, "one joint"),
    "dexa": (COST, "bone only"),
    "emg": (COST, "one muscle"),
    "nerve-conduction-study": (COST, "nerve only"),
}
"""How far a test reaches: the reach in its row in a word or two. Editorial."""

_RADIATION: Final[dict[bool, Judged]] = {True: (COST, "yes"), False: (GAIN, "no")}
_INVASIVENESS: Final[dict[str, Judged]] = {
    "none": (GAIN, "none"),
    "minimal": (BETWEEN, "minimal"),
    "invasive": (COST, "invasive"),
}


def known_tests() -> pd.DataFrame:
    """Gather all tests in the order of the chart: by role, those that show the deposit first.

    Returns
    -------
    pandas.DataFrame
        Columns of the table `diagnostic_tests`, and `radiation` ("yes" or "no"), `clear`
        (shows the deposit clearly), `some` (shows at least some of it), one pair of kind and
        word for each of `COLUMNS`, `cited` (short citations) and `refs`.

    Examples
    --------
    >>> known_tests().set_index("test_id").loc["mri", "Shows the deposit"]
    ('In between', 'weakly')
    """
    return _tests().copy(deep=False)  # pandas copies on write


@cache
def _tests() -> pd.DataFrame:
    frame = data.load_table("diagnostic_tests").astype({"role": "str", "invasive": "str"})
    frame[DEPOSIT] = frame["test_id"].map(DEPOSIT_SHOWN)
    frame[RADIATION] = frame["ionising_radiation"].map(_RADIATION)
    frame[INVASIVENESS] = frame["invasive"].map(_INVASIVENESS)
    frame[REACH] = frame["test_id"].map(REACHED)
    frame["radiation"] = [word for _, word in frame[RADIATION]]
    frame["clear"] = [kind == GAIN for kind, _ in frame[DEPOSIT]]
    frame["some"] = [kind != COST for kind, _ in frame[DEPOSIT]]
    frame["evidence_note"] = with_citations(frame["evidence_note"]).fillna("no gap recorded")
    frame["refs"] = frame["test_id"].map(_refs)
    frame["cited"] = frame["refs"].map(lambda refs: "; ".join(map(data.cite, refs)))
    frame["place"] = frame["role"].map(list(ROLES).index)
    frame["shown"] = [(GAIN, BETWEEN, COST).index(kind) for kind, _ in frame[DEPOSIT]]
    return frame.sort_values(["place", "shown", "name"]).reset_index(drop=True)


def _refs(test: str) -> tuple[str, ...]:
    return tuple(data.sources_of("diagnostic_tests", test)["ref_id"])


def kept(asked: Asked) -> pd.DataFrame:
    """Keep the tests that the filters let through.

    Examples
    --------
    >>> kept(Asked(role="first-line"))["name"].tolist()
    ['X-ray', 'Blood tests']
    """
    rows = known_tests()
    for column in ("role", "radiation", "invasive"):
        value = getattr(asked, column)
        rows = rows if value == ANY else keep(rows, column, value)
    return rows


def attribute_cells(tests: pd.DataFrame) -> pd.DataFrame:
    """List one mark per test and attribute, as the matrix draws them.

    Parameters
    ----------
    tests : pandas.DataFrame
        Rows of `known_tests`.

    Returns
    -------
    pandas.DataFrame
        Columns `name`, `label`, `group`, `column`, `kind` and `text`.

    Examples
    --------
    >>> cells = attribute_cells(kept(Asked(role="first-line")))
    >>> cells.loc[0, ["name", "column", "kind", "text"]].tolist()
    ['X-ray', 'Shows the deposit', 'Gain', 'yes']
    """
    rows = [
        {
            "name": test["name"],
            "label": test["name"],
            "group": GROUPS[test["role"]],
            "column": column,
            "kind": test[column][0],
            "text": test[column][1],
        }
        for test in tests.to_dict("records")
        for column in COLUMNS
    ]
    columns = ["name", "label", "group", "column", "kind", "text"]
    return pd.DataFrame(rows, columns=columns, dtype="object")


def attribute_table(tests: pd.DataFrame) -> pd.DataFrame:
    """Put the tests into the table that stands under the matrix."""
    words = {
        column: [word for _, word in tests[column]] for column in (DEPOSIT, RADIATION, INVASIVENESS)
    }
    words[DEPOSIT] = [
        _IN_FULL.get(test, word)
        for test, word in zip(tests["test_id"], words[DEPOSIT], strict=True)
    ]
    return pd.DataFrame(
        {
            "Test": tests["name"],
            "Role in calcinosis": tests["role"].map(ROLES).map(str.lower),
            **words,
            REACH: tests["tissue_or_depth"],
            "What it shows": tests["measures"],
            "Strength": tests["strength"],
            "Limitation": tests["limitation"],
            "What was not found": tests["evidence_note"],
            "Source": tests["cited"],
        }
    ).reset_index(drop=True)
