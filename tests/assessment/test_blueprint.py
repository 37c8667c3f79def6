"""The blueprint counts the bank and compares it with its targets."""

from dataclasses import replace

import pytest
from lint_items import NUMERIC, ONE_BEST, several

from calcinosis_data import load_table
from calcinosis_data.course.assessment import bank
from calcinosis_data.course.assessment.blueprint import Targets, blueprint
from calcinosis_data.course.assessment.item_bank import Bank

THREE = several(3, lambda n: replace(ONE_BEST, bloom_level=["remember", "apply", "analyse"][n]))
MIXED = Bank((*THREE.items, replace(NUMERIC, item_id="types-n", objective_id="types-explain")))


def test_counts_are_tidy_and_complete() -> None:
    counts = blueprint(MIXED).counts
    assert list(counts.columns) == ["lesson_id", "objective_id", "bloom_level", "kind", "items"]
    assert counts["items"].sum() == 4
    assert not counts.duplicated(["objective_id", "bloom_level", "kind"]).any()
    numeric = counts[counts["kind"] == "numeric"]
    assert numeric[["objective_id", "bloom_level"]].to_numpy().tolist() == [
        ["types-explain", "apply"]
    ]


def test_every_objective_of_the_course_has_a_row_in_the_order_of_the_lessons() -> None:
    objectives = blueprint(MIXED).objectives
    assert sorted(objectives["objective_id"]) == sorted(load_table("objectives")["objective_id"])
    assert objectives["lesson_id"].drop_duplicates().tolist()[:2] == ["start-here", "types"]
    row = objectives.set_index("objective_id").loc["types-classify"]
    assert (row["items"], row["at_apply_or_above"], row["kinds"]) == (3, 2, 1)
    assert (row["remember"], row["apply"], row["analyse"], row["create"]) == (1, 1, 1, 0)


@pytest.mark.parametrize(
    ("targets", "missing"),
    [
        (Targets(), "3 of 4 questions"),
        (Targets(per_objective=3), ""),
        (Targets(per_objective=3, higher_per_objective=3), "2 of 3 at Apply or above"),
    ],
)
def test_what_is_missing_is_said(targets: Targets, missing: str) -> None:
    objectives = blueprint(MIXED, targets).objectives.set_index("objective_id")
    assert objectives.loc["types-classify", "missing"] == missing


def test_shortfalls_of_the_whole() -> None:
    low = several(4, lambda n: replace(ONE_BEST, bloom_level="remember" if n else "apply"))
    whole = blueprint(low, Targets(per_objective=0, higher_per_objective=0, items=5)).shortfalls
    assert whole == ("4 of 5 questions", "25% at Apply or above, 50% are wanted")
    assert blueprint(low, Targets(0, 0, 0.25, 4)).shortfalls == ()


def test_an_own_bank_lists_what_it_serves_and_misses_nothing() -> None:
    plan = blueprint(MIXED, None)
    assert sorted(plan.objectives["objective_id"]) == ["types-classify", "types-explain"]
    assert plan.shortfalls == ()


def test_as_text() -> None:
    text = str(blueprint(MIXED))
    lines = text.splitlines()
    assert lines[0].split()[:3] == ["objective", "items", "apply+"]
    assert len({len(line.split("  ")[0]) > 0 for line in lines}) >= 1
    (row,) = (line for line in lines if line.startswith("types-classify "))
    assert row.split()[1:3] == ["3", "2"]
    assert row.endswith("3 of 4 questions")
    assert "4 questions, 75% at Apply or above." in text
    assert "numeric: 1, one-best-answer: 3" in text
    assert text.endswith("Missing: 4 of 160 questions.")


def test_an_empty_bank() -> None:
    plan = blueprint(Bank(()), None)
    assert plan.items == 0
    assert plan.objectives.empty
    assert "0 questions, 0% at Apply or above." in str(plan)
    assert blueprint(Bank(())).shortfalls[0] == "0 of 160 questions"


def test_the_course_s_bank_is_counted() -> None:
    plan = blueprint()
    assert plan.items == len(bank().items)
    assert plan.objectives["items"].sum() == plan.items
