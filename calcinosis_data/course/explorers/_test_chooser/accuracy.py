"""How accurate tests are: pure steps from table to frame, one target at a time."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._opened import row_names, with_citations
from calcinosis_data.course.explorers._test_chooser.attributes import kept, known_tests
from calcinosis_data.course.explorers._test_chooser.words import Asked, Show
from calcinosis_data.course.explorers.study_rows import distinct_names

CALCINOSIS: Final = "calcinosis"
SENSITIVITY: Final = "Sensitivity"
SPECIFICITY: Final = "Specificity"
MEASURES: Final = (SENSITIVITY, SPECIFICITY)

_UNITS: Final = {
    "patient": "patients",
    "hand": "hands",
    "hand zone": "hand zones",
    "film": "films",
    "reader": "readers",
    "joint fluid": "joint fluids",
    "not shown": "unit not shown",
}
_LONG: Final = {
    "SSc": "systemic sclerosis",
    "JDM": "juvenile dermatomyositis",
    "PM/DM": "polymyositis or dermatomyositis",
}


def known_results() -> pd.DataFrame:
    """Gather all results of tests, those of the article's tests first, by role.

    Returns
    -------
    pandas.DataFrame
        Columns of the table `accuracy`, and `name` (unique), `test` (label of the test),
        `target` (spelt out), `counted` (number and unit in words), `people` and `source`.

    Examples
    --------
    >>> known_results().set_index("accuracy_id").loc["ct-rctmri2019", "counted"]
    '15 hands'
    """
    return _results().copy(deep=False)  # pandas copies on write


@cache
def _results() -> pd.DataFrame:
    rows = data.load_table("accuracy").astype({"target_kind": "str", "unit": "str"})
    rows["test"] = rows["test_label"].map({"ct": "CT", "mri": "MRI"}).fillna(rows["test_label"])
    rows["test"] = rows["test"].map(_upper_first)
    rows["target"] = rows["target_label"].map(_spelt_out)
    rows["counted"] = [_counted(n, unit) for n, unit in zip(rows["n"], rows["unit"], strict=True)]
    rows["people"] = rows["condition_id"].map(row_names("conditions"))
    rows["source"] = rows["ref_id"].map(row_names("references"))
    rows["note"] = with_citations(rows["note"])
    rows["name"] = distinct_names(rows["test"] + ": " + rows["target"], rows["source"])
    order = known_tests()["test_id"].tolist()
    rows["place"] = [order.index(one) if one in order else len(order) for one in rows["test_id"]]
    return rows.sort_values(["place", "test", "accuracy_id"]).reset_index(drop=True)


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spelt_out(text: str) -> str:
    """Spell out the short forms that the labels of targets use.

    >>> _spelt_out("SSc hand lesion volume")
    'systemic sclerosis hand lesion volume'
    """
    for short, long in _LONG.items():
        text = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", long, text)
    return text


def _counted(n: Any, unit: str) -> str:
    """Say how many were counted, and in what unit.

    >>> _counted(43, "patient"), _counted(pd.NA, "hand zone"), _counted(16, "not shown")
    ('43 patients', 'by hand zone', '16, unit not shown')
    """
    if pd.isna(n):
        return "number not shown" if unit == "not shown" else f"by {unit}"
    return f"{n}, {_UNITS[unit]}" if unit == "not shown" else f"{n} {_UNITS[unit]}"


def results_shown(asked: Asked, show: Show) -> pd.DataFrame:
    """Keep the results on one target, of the tests that the filters let through.

    A test that is none of the article's has no known role: it is kept where nothing is asked.

    Parameters
    ----------
    asked : Asked
        The filters.
    show : str
        A display other than "attributes".

    Returns
    -------
    pandas.DataFrame
        The rows, never of two targets.

    Examples
    --------
    >>> results_shown(Asked(role="second-line"), "accuracy")["test"].unique().tolist()
    ['Ultrasound of hands and wrists']
    """
    rows = known_results()
    measured = rows[["sensitivity", "specificity"]].notna().any(axis=1)
    if show in ("accuracy", "unmeasured"):
        rows = rows[rows["target_kind"].eq(CALCINOSIS) & measured.eq(show == "accuracy")]
    else:
        rows = rows[rows["target_kind"].eq(show)]
    return rows if asked.all else rows[rows["test_id"].isin(kept(asked)["test_id"])]


def measured_figures(results: pd.DataFrame) -> pd.DataFrame:
    """Give each sensitivity and each specificity a row of its own, as the chart draws them.

    Parameters
    ----------
    results : pandas.DataFrame
        Rows of `known_results`.

    Returns
    -------
    pandas.DataFrame
        The rows, with `kind` (the measure) and the columns that `forest` needs. No row has an
        interval: the sources do not show the counts that one needs.

    Examples
    --------
    >>> figures = measured_figures(results_shown(Asked(role="second-line"), "accuracy"))
    >>> figures["kind"].value_counts().tolist()
    [3, 3]
    """
    parts = [results.assign(kind=one, percent=results[one.lower()]) for one in MEASURES]
    rows = pd.concat(parts).dropna(subset="percent").sort_index(kind="stable")
    return rows.assign(
        label=rows["kind"] + ": " + rows["target"],
        name=rows["name"] + ", " + rows["kind"].str.lower(),
        group=rows["test"],
        ci_low=float("nan"),
        ci_high=float("nan"),
        count=rows["counted"],
        single=False,
    )


def figure_table(figures: pd.DataFrame) -> pd.DataFrame:
    """Put charted figures into the table that stands under the chart."""
    return pd.DataFrame(
        {
            "Figure": figures["name"],
            "Measure": figures["kind"].str.lower(),
            "Percent": figures["percent"],
            "95% interval": "cannot be given",
            **_shared_columns(figures),
        }
    ).reset_index(drop=True)


def result_table(results: pd.DataFrame, looks_for: str) -> pd.DataFrame:
    """Put results that stand in no chart into a table.

    Parameters
    ----------
    results : pandas.DataFrame
        Rows of `known_results` on one target.
    looks_for : str
        The target in words.

    Returns
    -------
    pandas.DataFrame
        One row per result.
    """
    return pd.DataFrame(
        {
            "Result": results["name"],
            "Looks for": looks_for,
            "Sensitivity (percent)": results["sensitivity"],
            "Specificity (percent)": results["specificity"],
            **_shared_columns(results),
        }
    ).reset_index(drop=True)


def _shared_columns(rows: pd.DataFrame) -> dict[str, Any]:
    return {
        "Number": rows["n"],
        "Unit": rows["unit"],
        "Compared with": rows["comparator"],
        "People or samples": rows["people"],
        "Source": rows["source"],
        "Note": rows["note"],
    }
