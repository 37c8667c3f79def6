"""Running the rules."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from calcinosis_data.course.assessment.blueprint import COURSE_TARGETS, Targets
from calcinosis_data.course.assessment.errors import UnknownItemError
from calcinosis_data.course.assessment.item_bank import Bank
from calcinosis_data.course.assessment.lint._course import Course
from calcinosis_data.course.assessment.lint._model import Finding, Rule
from calcinosis_data.course.assessment.lint.bank_rules import BANK_RULES
from calcinosis_data.course.assessment.lint.keys_and_feedback import KEY_AND_FEEDBACK_RULES
from calcinosis_data.course.assessment.lint.options import OPTION_RULES
from calcinosis_data.course.assessment.lint.structure import STRUCTURE_RULES
from calcinosis_data.course.assessment.lint.waivers import WAIVER_RULES, waive
from calcinosis_data.course.assessment.lint.wording import WORDING_RULES
from calcinosis_data.errors import did_you_mean

_ALL: tuple[type[Rule], ...] = (
    *STRUCTURE_RULES,
    *OPTION_RULES,
    *WORDING_RULES,
    *KEY_AND_FEEDBACK_RULES,
    *BANK_RULES,
    *WAIVER_RULES,
)
RULES: dict[str, type[Rule]] = {rule.id: rule for rule in _ALL}
"""Every rule by its id."""

_COLUMNS = list(Finding.__slots__)
_LEVELS = "EWI"


def lint(bank: Bank, targets: Targets | None = COURSE_TARGETS) -> pd.DataFrame:
    """Check the questions of a bank against every rule.

    Parameters
    ----------
    bank : Bank
        The questions, such as those of `load_bank`.
    targets : Targets or None, optional
        What the bank as a whole has to reach; None for a bank that need not cover the course.

    Returns
    -------
    pandas.DataFrame
        One row for each finding, errors first: ``item_id`` (``(bank)`` for all questions
        together), ``rule``, ``level`` and ``message``. Warnings that a question waives with a
        reason are left out.

    Examples
    --------
    >>> from calcinosis_data.course.assessment import Bank
    >>> lint(Bank(()), targets=None).empty
    True
    """
    course = Course(targets=targets)
    found = [finding for rule in RULES.values() for finding in rule(course).find(bank)]
    return _frame(waive(bank, found, RULES))


def explain(rule_id: str) -> str:
    """Say what a rule asks for and why.

    Parameters
    ----------
    rule_id : str
        The id that a finding carries.

    Returns
    -------
    str
        Title and explanation.

    Raises
    ------
    UnknownItemError
        If there is no such rule; the message names the nearest one.

    Examples
    --------
    >>> print(explain("ID01-long"))
    An option is long
    <BLANKLINE>
    An option has 20 words at most.
    <BLANKLINE>
    A long option is hard to keep in mind beside three others.
    """
    if rule_id not in RULES:
        problem = f"no rule {rule_id!r}"
        raise UnknownItemError(did_you_mean(problem, rule_id, RULES, "Rules"))
    rule = RULES[rule_id]
    return f"{rule.title}\n\n{rule.explanation()}"


def _frame(found: list[Finding]) -> pd.DataFrame:
    order = {rule: place for place, rule in enumerate(RULES)}
    ranked = sorted(found, key=lambda one: (_LEVELS.index(one.level), order[one.rule], one.item_id))
    return pd.DataFrame([asdict(finding) for finding in ranked], columns=_COLUMNS)
