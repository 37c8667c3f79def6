"""What a practice question is made of: options, conditions, and the question itself.

The practice bank is formative: its keys are public by nature, so nothing here hides them.
What keeps a learner from seeing the key early is that the quiz sends it to the page
only after an answer was checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calcinosis_data.course.assessment.errors import UnknownItemError
from calcinosis_data.course.assessment.learner_order import shown_answers, shown_options
from calcinosis_data.errors import did_you_mean

Row = Mapping[str, Any]
EXTRA_ANSWER = "extra-answer"
ANY_OTHER = "any-other"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of an item, with its rationale.

    Attributes
    ----------
    option_id, text
        Its letter, and the words that a learner reads.
    row_id
        The row of the item's option table that it is; None for an answer that is no row.
    special
        Kind of an answer that is no row: ``cannot-tell``, ``not-enough-evidence``,
        ``extra-answer`` (matching: fits no line), ``any-other`` (numeric: all other numbers).
    is_key
        Whether it is right; every line of a matching or ordering item is.
    rationale, misconception
        Why it is right or wrong, and the mistaken idea behind a wrong one.
    match
        Matching: the answer that belongs to it. Claim status: the stored verdict.
    place
        Ordering: its right place, from 1.
    """

    option_id: str
    text: str
    row_id: str | None
    special: str | None
    is_key: bool
    rationale: str
    misconception: str | None = None
    match: str | None = None
    place: int | None = None

    @classmethod
    def from_row(cls, row: Row) -> Option:
        """Build an option from a row of ``item_options``; None is a blank cell."""
        place = row.get("place")
        return cls(
            option_id=row["option_id"],
            text=_text(row["text"]),
            row_id=row["row_id"],
            special=row["special"],
            is_key=bool(row["is_key"]),
            rationale=_text(row["rationale"]),
            misconception=row.get("misconception"),
            match=row.get("match"),
            place=None if place is None else int(place),
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """One part of the query that proves a key: a comparison on one column of one table."""

    clause: int
    part: int
    table: str
    column: str
    operator: str
    value: str

    @classmethod
    def from_row(cls, row: Row) -> Condition:
        """Build a condition from a row of ``item_conditions``; None is a blank cell."""
        return cls(
            clause=int(row["clause"]),
            part=int(row["part"]),
            table=_text(row["table"]),
            column=_text(row["column"]),
            operator=_text(row["operator"]),
            value=_text(row["value"]),
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its options, and what proves its key.

    Attributes
    ----------
    item_id, version
        Which question, and which state of it. An answer belongs to one version.
    lesson_id, objective_id, block, position
        Where in the course the question stands.
    kind, bloom_level, track
        Form of the question, level of thinking, clinical or data track.
    stem, lead_in
        What is told, and the question that is asked about it.
    option_table
        The table that the options are rows of.
    take_away
        One sentence to keep.
    key_rule
        How the tables prove the key: by the query (``query-selects-key`` and its like) or by
        the answer column (``column-gives-match`` and its like).
    option_order
        ``shuffled`` for each learner, or ``as-written`` where the order means something.
    answer_column
        The column of the option table that gives matches, order, number or category.
    tolerance, unit
        Numeric: how far from the key is still right, and what the number counts.
    hints
        At most two, in order; none gives the answer away.
    waivers
        Lint rules that the item breaks, each with its reason.
    """

    item_id: str
    version: int
    lesson_id: str
    objective_id: str
    block: str
    position: int
    kind: str
    bloom_level: str
    track: str
    stem: str
    lead_in: str
    option_table: str | None
    take_away: str
    review_status: str
    key_rule: str | None
    options: tuple[Option, ...]
    conditions: tuple[Condition, ...] = ()
    option_order: str = "shuffled"
    answer_column: str | None = None
    tolerance: Decimal = Decimal(0)
    unit: str = ""
    hints: tuple[str, ...] = ()
    waivers: str = ""

    @classmethod
    def from_row(
        cls, row: Row, options: tuple[Option, ...], conditions: tuple[Condition, ...]
    ) -> Item:
        """Build an item from a row of ``items``; None is a blank cell."""
        return cls(
            item_id=row["item_id"],
            version=int(row["version"]),
            lesson_id=_text(row["lesson_id"]),
            objective_id=_text(row["objective_id"]),
            block=_text(row["block"]),
            position=int(row["position"]),
            kind=_text(row["kind"]),
            bloom_level=_text(row["bloom_level"]),
            track=_text(row["track"]),
            stem=_text(row["stem"]),
            lead_in=_text(row["lead_in"]),
            option_table=row["option_table"],
            take_away=_text(row["take_away"]),
            review_status=_text(row["review_status"]),
            key_rule=row["key_rule"],
            options=options,
            conditions=conditions,
            option_order=row.get("option_order") or "shuffled",
            answer_column=row.get("answer_column"),
            tolerance=Decimal(str(row.get("tolerance") or 0)),
            unit=_text(row.get("unit")),
            hints=tuple(filter(None, (row.get("hint_1"), row.get("hint_2")))),
            waivers=_text(row.get("waivers")),
        )

    @property
    def key(self) -> tuple[Option, ...]:
        """The options that are right."""
        return tuple(option for option in self.options if option.is_key)

    @property
    def answers(self) -> tuple[str, ...]:
        """Matching: the answers offered, each once, in the order written; else empty."""
        if self.kind != "matching":
            return ()
        return tuple(dict.fromkeys(option.match for option in self.options if option.match))

    def option(self, option_id: str) -> Option:
        """The option of that id; a wrong id says which ids there are."""
        for option in self.options:
            if option.option_id == option_id:
                return option
        ids = [option.option_id for option in self.options]
        problem = f"question {self.item_id!r} has no option {option_id!r}"
        raise UnknownItemError(did_you_mean(problem, option_id, ids, "Options"))

    def options_for(self, learner_id: str) -> tuple[Option, ...]:
        """The options that this learner chooses among or puts in order; numeric has none.

        The order is the learner's own and stays: a hash and not a random generator decides,
        so that it is the same on every machine and Python version. Numbers keep their order,
        ascending as written, and so do the verdicts on a claim.

        Examples
        --------
        >>> yes = Option("a", "Yes", None, None, True, "It does.")
        >>> no = Option("b", "No", None, None, False, "It does.")
        >>> item = Item("i", 1, "l", "o", "b", 1, "one-best-answer", "apply", "clinical",
        ...             "", "Does it?", None, "It does.", "", None, (yes, no))
        >>> item.options_for("ada") == item.options_for("ada")
        True
        """
        return shown_options(self, learner_id)

    def answers_for(self, learner_id: str) -> tuple[str, ...]:
        """The answers of a matching item in this learner's order; numbers ascend."""
        return shown_answers(self, learner_id)


def _text(value: str | None) -> str:
    return value or ""
