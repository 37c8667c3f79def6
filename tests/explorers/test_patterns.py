"""What agrees, what clashes, what stays open."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.patterns import (
    CLASHES,
    FITS,
    OPEN,
    VARIABLE,
    agreement,
    judge,
    plain_values,
    shared_patterns,
    values_of,
)
from calcinosis_data.course.ui import NOT_STATED

DIRECTIONS = ["low", "low-normal", "normal", "high-normal", "high", VARIABLE, None]
SETS = st.sampled_from(DIRECTIONS).map(values_of)
FOUND = st.sampled_from(["low", "normal", "high", ANY])


@pytest.mark.parametrize(
    ("direction", "found", "expected"),
    [
        ("normal", "normal", FITS),
        ("normal", "high", CLASHES),
        ("low-normal", "low", FITS),
        ("low-normal", "normal", FITS),
        ("low-normal", "high", CLASHES),
        (VARIABLE, "high", OPEN),
        (None, "high", OPEN),
        ("high", ANY, FITS),
        (VARIABLE, ANY, FITS),
    ],
)
def test_one_value_against_what_is_known(direction: str | None, found: str, expected: str) -> None:
    assert agreement(values_of(direction), found) == expected


@settings(deadline=None)
@given(SETS, SETS, FOUND, FOUND)
def test_one_clash_rules_out_and_one_open_value_leaves_open(
    calcium: frozenset[str], phosphate: frozenset[str], has: str, and_has: str
) -> None:
    frame = pd.DataFrame({"calcium": [calcium], "phosphate": [phosphate]})
    both = {agreement(calcium, has), agreement(phosphate, and_has)}
    expected = CLASHES if CLASHES in both else OPEN if OPEN in both else FITS
    assert judge(frame, {"calcium": has, "phosphate": and_has}).tolist() == [expected]


def test_what_varies_is_never_called_the_same() -> None:
    frame = pd.DataFrame({"name": ["a", "b"], "calcium": [values_of(VARIABLE)] * 2})
    assert shared_patterns(frame, ["calcium"]) == []
    unknown = frame.assign(calcium=[frozenset({NOT_STATED})] * 2)
    assert shared_patterns(unknown, ["calcium"]) == []


def test_only_values_that_can_be_measured_are_offered() -> None:
    assert plain_values(one for one in DIRECTIONS if one) == ["low", "normal", "high"]
