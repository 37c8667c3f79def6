"""Waivers: warnings that an author has looked at and lets stand, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from calcinosis_data.course.assessment.item_bank import Bank
from calcinosis_data.course.assessment.item_model import Item
from calcinosis_data.course.assessment.lint._model import BankRule, Finding, ItemRule, Rule
from calcinosis_data.errors import did_you_mean

_RULE_ID = r"[A-Za-z]{2}\d{2}(?:-\w+)?"
_NEXT = re.compile(rf"[;,]?\s*(?={_RULE_ID}\s*(?::|;|$))")
_ONE = re.compile(rf"({_RULE_ID})\s*(?::\s*(.*))?", re.DOTALL)
_FORM = "Write “TW01: the reason; ID02: the reason”."


class WaiverIsSound(ItemRule):
    """A waiver names a warning that the question has, and gives the reason.

    Write "TW01: the key must name both drugs" in the column waivers, several of them with
    semicolons between. Errors cannot be waived and notes need no waiver. A waiver of a
    warning that is no longer there goes, so that it cannot hide the next one.
    """

    id = "WV01"
    title = "A waiver is not sound"
    level = "E"

    def check(self, item: Item) -> Iterator[str]:
        """Look for waivers that cannot be read; `waive` judges the others, by what was found."""
        for waiver in parse(item.waivers):
            if not waiver.rule:
                yield f"“{waiver.reason}” names no rule. {_FORM}"
            elif not waiver.reason:
                yield f"{waiver.rule} is waived without a reason. {_FORM}"


class WaiversCounted(BankRule):
    """How many questions carry a waiver. Under 5% is well, under 2% is very well."""

    id = "WV02"
    title = "Questions with a waiver"
    level = "I"

    def check(self, bank: Bank) -> Iterator[tuple[str, str]]:
        """Count them."""
        if count := sum(bool(item.waivers.strip()) for item in bank.items):
            share = count / len(bank.items)
            yield "", f"{count} of {len(bank.items)} questions ({share:.0%}) carry a waiver."


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule that an item is excused from, and why; a blank rule where none could be read."""

    rule: str
    reason: str


def parse(text: str) -> tuple[Waiver, ...]:
    """Read the waivers of an item.

    Examples
    --------
    >>> parse("TW01: both drugs; always so; ID02: the claim says often")[0]
    Waiver(rule='TW01', reason='both drugs; always so')
    >>> parse("long key")
    (Waiver(rule='', reason='long key'),)
    """
    parts = [part.strip(" ;") for part in _NEXT.split(text)]
    matches = [(part, _ONE.fullmatch(part)) for part in parts if part]
    return tuple(
        Waiver(match[1], (match[2] or "").strip()) if match else Waiver("", part)
        for part, match in matches
    )


def waive(bank: Bank, found: Sequence[Finding], rules: Mapping[str, type[Rule]]) -> list[Finding]:
    """Leave out the warnings that are waived with a reason, and add waivers that do not hold."""
    waivers = {item.item_id: parse(item.waivers) for item in bank.items}
    excused = {
        (item_id, waiver.rule)
        for item_id, own in waivers.items()
        for waiver in own
        if waiver.reason
    }
    kept = [one for one in found if one.level != "W" or (one.item_id, one.rule) not in excused]
    warned = {(one.item_id, one.rule) for one in found}
    unsound = [
        Finding(item_id, WaiverIsSound.id, WaiverIsSound.level, fault)
        for item_id, rule in sorted(excused)
        if (fault := _fault(rule, rules, (item_id, rule) in warned))
    ]
    return [*kept, *unsound]


def _fault(rule: str, rules: Mapping[str, type[Rule]], warned: bool) -> str:
    """What is wrong with a waiver that has a reason; blank if it holds."""
    if not rule:
        return ""  # told by the rule itself
    if rule not in rules:
        return did_you_mean(f"there is no rule {rule!r}", rule, rules, "Rules")
    if not warned:
        return f"{rule} finds no fault with this question. Take the waiver out."
    if rules[rule].level == "E":
        return f"{rule} is an error and cannot be waived. Mend the question."
    return "" if rules[rule].level == "W" else f"{rule} is a note. Take the waiver out."


WAIVER_RULES = (WaiverIsSound, WaiversCounted)
