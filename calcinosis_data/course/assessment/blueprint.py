"""The blueprint of a bank: how many questions each objective has, by level and kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from calcinosis_data.course.assessment.item_bank import Bank
from calcinosis_data.course.assessment.item_bank import bank as course_bank

LEVELS = ("remember", "understand", "apply", "analyse", "evaluate", "create")
HIGHER = frozenset(LEVELS[2:])
_CAPSTONE = "capstone"
_COUNTED = ["lesson_id", "objective_id", "bloom_level", "kind", "items"]


@dataclass(frozen=True, slots=True)
class Targets:
    """What the bank of the course has to reach.

    The capstone's objectives are shown by a project. Their questions are counted, but no number
    is wanted of them.

    Attributes
    ----------
    per_objective, higher_per_objective : int
        Questions for each objective of the lessons, and how many of them at Apply or above.
    higher_share : float
        Share of all questions at Apply or above.
    items : int
        Questions in all.
    """

    per_objective: int = 4
    higher_per_objective: int = 2
    higher_share: float = 0.5
    items: int = 160


COURSE_TARGETS = Targets()


@dataclass(frozen=True)
class Blueprint:
    """Questions counted by objective, level and kind, beside what is wanted.

    Attributes
    ----------
    counts : pandas.DataFrame
        One row for each objective, level and kind that occur together: ``lesson_id``,
        ``objective_id``, ``bloom_level``, ``kind`` and ``items``.
    objectives : pandas.DataFrame
        One row for each objective: ``lesson_id``, ``objective_id``, ``items``,
        ``at_apply_or_above``, one column for each level, ``kinds`` and ``missing`` in words.
    targets : Targets or None
        What is wanted; None for a bank that need not cover the course.
    """

    counts: pd.DataFrame
    objectives: pd.DataFrame
    targets: Targets | None

    @cached_property
    def items(self) -> int:
        """Questions in all."""
        return int(self.counts["items"].sum())

    @cached_property
    def at_apply_or_above(self) -> int:
        """Questions at Apply or above."""
        return int(self.objectives["at_apply_or_above"].sum())

    @property
    def objective_shortfalls(self) -> tuple[str, ...]:
        """The objectives that have too few questions, in words."""
        short = self.objectives[self.objectives["missing"] != ""]
        return tuple(
            f"{objective}: {missing}"
            for objective, missing in zip(short["objective_id"], short["missing"], strict=True)
        )

    @property
    def shortfalls(self) -> tuple[str, ...]:
        """Every target that is not reached, in words."""
        return (*_whole_shortfalls(self), *self.objective_shortfalls)

    def __str__(self) -> str:
        """The blueprint as text: a line for each objective, the sums, and what is missing."""
        share = self.at_apply_or_above / self.items if self.items else 0
        kinds = self.counts.groupby("kind")["items"].sum()
        lines = [
            _table_text(self.objectives),
            "",
            f"{self.items} questions, {share:.0%} at Apply or above.",
            ", ".join(f"{kind}: {count}" for kind, count in kinds.items()),
            *(f"Missing: {shortfall}." for shortfall in _whole_shortfalls(self)),
        ]
        return "\n".join(lines).rstrip()


def blueprint(bank: Bank | None = None, targets: Targets | None = COURSE_TARGETS) -> Blueprint:
    """Count the questions of a bank by objective, level and kind.

    Parameters
    ----------
    bank : Bank, optional
        The bank; the course's own if left out.
    targets : Targets or None, optional
        What is wanted; None for a bank that need not cover the course, of which only the
        objectives it serves are listed.

    Returns
    -------
    Blueprint
        The counts as frames, and as text when printed.

    Examples
    --------
    >>> plan = blueprint()
    >>> bool(plan.items == plan.counts["items"].sum() == plan.objectives["items"].sum())
    True
    >>> print(str(plan).splitlines()[0].split()[:2])
    ['objective', 'items']
    """
    counts = _counts(course_bank() if bank is None else bank)
    return Blueprint(counts, _objectives(counts, targets), targets)


def _counts(bank: Bank) -> pd.DataFrame:
    rows = pd.DataFrame(
        [(item.lesson_id, item.objective_id, item.bloom_level, item.kind) for item in bank.items],
        columns=_COUNTED[:-1],
    )
    return rows.value_counts(sort=False).rename("items").reset_index()


def _objectives(counts: pd.DataFrame, targets: Targets | None) -> pd.DataFrame:
    """One row for each objective: of the course, or served by the bank if nothing is wanted."""
    known = _plan() if targets else counts[["lesson_id", "objective_id"]].drop_duplicates()
    levels = counts.pivot_table(
        index="objective_id", columns="bloom_level", values="items", aggfunc="sum", fill_value=0
    ).reindex(columns=list(LEVELS), fill_value=0)
    kinds = counts.groupby("objective_id")["kind"].nunique().rename("kinds")
    frame = known.join(levels, on="objective_id").join(kinds, on="objective_id")
    frame = frame.fillna(0).astype(dict.fromkeys([*LEVELS, "kinds"], int))
    frame.insert(2, "items", frame[list(LEVELS)].sum(axis="columns"))
    frame.insert(3, "at_apply_or_above", frame[sorted(HIGHER)].sum(axis="columns"))
    wanted = [None if lesson == _CAPSTONE else targets for lesson in frame["lesson_id"]]
    counted = zip(frame["items"], frame["at_apply_or_above"], wanted, strict=True)
    frame["missing"] = [_missing(total, higher, target) for total, higher, target in counted]
    return frame.reset_index(drop=True)


def _plan() -> pd.DataFrame:
    """The objectives in the order of the lessons."""
    from calcinosis_data import load_table

    lessons = load_table("lessons")[["lesson_id", "number"]]
    objectives = load_table("objectives").merge(lessons, on="lesson_id", validate="m:1")
    return objectives.sort_values(["number", "objective_id"])[["lesson_id", "objective_id"]]


def _missing(total: int, higher: int, targets: Targets | None) -> str:
    if targets is None:
        return ""
    lacking = [
        f"{count} of {wanted} {what}"
        for count, wanted, what in (
            (total, targets.per_objective, "questions"),
            (higher, targets.higher_per_objective, "at Apply or above"),
        )
        if count < wanted
    ]
    return ", ".join(lacking)


def _whole_shortfalls(plan: Blueprint) -> Iterable[str]:
    if plan.targets is None:
        return
    if plan.items < plan.targets.items:
        yield f"{plan.items} of {plan.targets.items} questions"
    if plan.at_apply_or_above < plan.targets.higher_share * plan.items:
        share = plan.at_apply_or_above / plan.items
        yield f"{share:.0%} at Apply or above, {plan.targets.higher_share:.0%} are wanted"


def _table_text(objectives: pd.DataFrame) -> str:
    columns = {"objective_id": "objective", "at_apply_or_above": "apply+"}
    shown = objectives.rename(columns=columns).drop(columns="lesson_id")
    for column in shown.columns:
        cells = shown[column].astype(str)
        width = max([len(column), *cells.str.len()])
        side = str.ljust if column in {"objective", "missing"} else str.rjust
        shown[column] = [side(cell, width) for cell in cells]
        shown = shown.rename(columns={column: side(column, width)})
    rows = ["  ".join(row) for row in [[*shown.columns], *shown.to_numpy().tolist()]]
    return "\n".join(row.rstrip() for row in rows)
