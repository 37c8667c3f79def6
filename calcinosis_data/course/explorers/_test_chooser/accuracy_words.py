"""What the explorer of tests says of their accuracy: findings, captions, notes."""

from __future__ import annotations

from typing import Final

import pandas as pd

from calcinosis_data.course.explorers._test_chooser.accuracy import SENSITIVITY, SPECIFICITY
from calcinosis_data.course.explorers._test_chooser.words import TEACHING, Asked, Show
from calcinosis_data.course.explorers._words import lower_first, sentence
from calcinosis_data.course.explorers.study_rows import range_words

TARGETS: Final[dict[Show, str]] = {
    "accuracy": "calcinosis",
    "unmeasured": "calcinosis",
    "calcium-amount": "how much calcium there is",
    "reader-agreement": "whether readers of a score agree",
    "calciphylaxis": "calciphylaxis",
    "crystals": "crystals in joint fluid",
    "myositis": "inflamed muscle",
    "nerve": "a slowed nerve",
}
"""What the results of each display look for."""

AXIS: Final = "Percent"

_WIDER = "Choose “any” in the filters, or something else under “Show”."


def finding(rows: pd.DataFrame, tests: int, show: Show) -> str:
    """Say how accurate the tests are, or what else the results are about.

    Parameters
    ----------
    rows : pandas.DataFrame
        Charted figures for "accuracy", else results on one target.
    tests : int
        Number of tests that the filters let through, at least one.
    show : str
        A display other than "attributes".

    Returns
    -------
    str
        The finding.
    """
    if rows.empty:
        whose = "the test chosen" if tests == 1 else f"the {tests} tests chosen"
        return f"{_none(show)} was found for {whose}. {_WIDER}"
    if show == "accuracy":
        return _accuracy(rows)
    n, studies = len(rows), rows["ref_id"].nunique()
    start = f"{n} result{_s(n)} from {studies} {'study' if studies == 1 else 'studies'}"
    if show == "unmeasured":
        verb = "gives" if n == 1 else "give"
        return f"{start} on calcinosis {verb} neither sensitivity nor specificity."
    is_about, tells = ("is", "it does") if n == 1 else ("are", "they do")
    target = TARGETS[show]
    return f"{start} {is_about} about {target}; {tells} not tell how well a test finds deposits."


def _s(n: int) -> str:
    return "" if n == 1 else "s"


def _none(show: Show) -> str:
    if show == "accuracy":
        return "No sensitivity or specificity for calcinosis"
    other = "other result on" if show == "unmeasured" else "result on"
    return f"No {other} {TARGETS[show]}"


def _accuracy(rows: pd.DataFrame) -> str:
    """Say the sensitivity of each test by itself, and of how many the specificity is known.

    What is told of a test is of one unit: of patients where they were counted.
    """
    rows = _one_unit(rows)
    found = rows[rows["kind"].eq(SENSITIVITY)].groupby("test", sort=False)
    said = [f"{_told(figures)} for {lower_first(str(test))}" for test, figures in found]
    cleared = rows[rows["kind"].eq(SPECIFICITY)]
    return f"{sentence('sensitivity: ' + ', '.join(said))} {_specificity(cleared, len(said))}"


def _told(figures: pd.DataFrame) -> str:
    of = " of patients" if figures["unit"].astype("str").eq("patient").all() else ""
    return f"{range_words(figures['percent'])}{of}"


def _one_unit(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the figures on patients of each test that has some; they are not mixed with others."""
    patients = rows["unit"].astype("str").eq("patient")
    of_patients = patients.groupby([rows["test"], rows["kind"]]).transform("any")
    return rows[patients | ~of_patients]


def _specificity(cleared: pd.DataFrame, tests: int) -> str:
    if cleared.empty:
        return "No specificity is known."
    known = f" is known for {cleared['test'].nunique()} of the {tests}" if tests > 1 else ""
    return f"Specificity{known}: {range_words(cleared['percent'])}."


def caption(asked: Asked, show: Show) -> str:
    """Name the table of figures or results."""
    only = "" if asked.all else f" (tests that {asked.said(one=False)})"
    if show == "accuracy":
        return f"Sensitivity and specificity for calcinosis{only}"
    what = "Results without sensitivity or specificity on" if show == "unmeasured" else "Results on"
    return f"{what} {TARGETS[show]}{only}"


def chart_name(rows: pd.DataFrame) -> str:
    """Describe the forest chart."""
    tests = [lower_first(name) for name in rows["test"].unique()]
    return (
        "Dots without intervals: sensitivity and specificity for calcinosis in percent, "
        f"under a heading per test ({', '.join(tests)})"
    )


def notes(asked: Asked, show: Show) -> tuple[str, ...]:
    """Say how to read the figures, and what they cannot tell."""
    left_out = (
        ("Tests that are none of the article's 14 have no role here: they show with “any” only.",)
        if not asked.all
        else ()
    )
    if show != "accuracy":
        table_only = (
            "These results stand in a table only: the chart is kept for sensitivity and "
            "specificity for calcinosis."
        )
        return (table_only, *left_out, TEACHING)
    return (
        "Sensitivity: of 100 with calcinosis, how many the test finds. Specificity: of 100 "
        "without it, how many the test clears.",
        "No interval can be given: the counts behind the figures were not shown.",
        "A share of hands or hand zones is no share of patients, and each figure holds only "
        "against what the test was compared with: the table names it.",
        *left_out,
        TEACHING,
    )
