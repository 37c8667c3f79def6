"""Questions that keep every rule of the lint, one of each kind, and ways to damage them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from calcinosis_data.course.assessment.item_bank import Bank, Item, Option
from calcinosis_data.course.assessment.item_model import Condition
from calcinosis_data.course.assessment.lint import RULES, Finding
from calcinosis_data.course.assessment.lint._course import Course

COURSE = Course(targets=None)
WHY = "Tempting, as it is often named first. The drip brought it: table “Types of calcinosis”."


def option(option_id: str, text: str, row_id: str | None = None, **more: object) -> Option:
    """A wrong option, unless said otherwise."""
    wrong = {"special": None, "is_key": False, "rationale": WHY, "misconception": "a-mistake"}
    return Option(option_id=option_id, text=text, row_id=row_id, **wrong | more)


def right(option_id: str, text: str, row_id: str | None = None, **more: object) -> Option:
    """A right option."""
    why = "The calcium came with a treatment. Table “Types of calcinosis”, row Iatrogenic."
    return option(option_id, text, row_id, is_key=True, rationale=why, misconception=None, **more)


ONE_BEST = Item(
    item_id="types-drip",
    version=1,
    lesson_id="types",
    objective_id="types-classify",
    block="practice",
    position=1,
    kind="one-best-answer",
    bloom_level="apply",
    track="clinical",
    stem="Invented patient. A newborn was given calcium through a drip at the ankle, and some of "
    "it leaked. Later a firm plaque has come up where the needle had been. The kidneys work well.",
    lead_in="Which type of calcinosis fits best?",
    option_table="types",
    take_away="A treatment that brings calcium to the spot: iatrogenic.",
    review_status="Not yet reviewed by a clinician",
    key_rule="query-selects-key",
    options=(
        option("a", "Dystrophic", "dystrophic"),
        right("b", "Iatrogenic", "iatrogenic"),
        option("c", "Idiopathic", "idiopathic"),
        option("d", "Metastatic", "metastatic"),
    ),
    conditions=(Condition(1, 1, "types", "category", "eq", "iatrogenic"),),
)
FREE = replace(
    ONE_BEST,
    option_table=None,
    key_rule=None,
    conditions=(),
    options=tuple(replace(one, row_id=None) for one in ONE_BEST.options),
)
MULTIPLE = replace(
    FREE,
    kind="multiple",
    options=(right("a", "Fever"), right("b", "Pus"), option("c", "Tired"), option("d", "Pale")),
)
MATCHING = replace(
    FREE,
    kind="matching",
    options=(
        right("a", "Calcium", match="high"),
        right("b", "Phosphate", match="low"),
        right("c", "Creatinine", match="low"),
        option("d", "", special="extra-answer", match="normal"),
    ),
)
ORDERING = replace(
    FREE,
    kind="ordering",
    options=(
        right("a", "Hand", place=2),
        right("b", "Hip", place=1),
        right("c", "Knee", place=3),
    ),
)
NUMERIC = replace(
    FREE,
    kind="numeric",
    unit="percent",
    tolerance=Decimal("0.5"),
    options=(
        right("a", "40"),
        option("b", "60"),
        option("c", "", special="any-other", misconception=None),
    ),
)
CLAIM = replace(
    FREE,
    kind="claim-status",
    options=(
        option("a", "Supported", match="supported"),
        option("b", "Supported with caveat", match="supported-with-caveat"),
        right("c", "Misleading", match="misleading"),
        option("d", "Incorrect", match="incorrect"),
        option("e", "Unverified", match="unverified"),
    ),
)
GOOD = (ONE_BEST, MULTIPLE, MATCHING, ORDERING, NUMERIC, CLAIM)


def told(*texts: str, of: Item = FREE, key: int = 1) -> Item:
    """A question with these options; the second is the key, if no other is named."""
    options = [
        (right if place == key else option)(letter, text)
        for place, (letter, text) in enumerate(zip("abcdef", texts, strict=False))
    ]
    return replace(of, options=tuple(options))


def with_option(item: Item, option_id: str, **fields: object) -> Item:
    """The question with one option changed."""
    options = tuple(
        replace(one, **fields) if one.option_id == option_id else one for one in item.options
    )
    return replace(item, options=options)


def several(count: int, make: Callable[[int], Item]) -> Bank:
    """A bank of questions with ids of their own."""
    return Bank(tuple(replace(make(n), item_id=f"types-{n}", position=n + 1) for n in range(count)))


def found(rule: str, items: Item | Sequence[Item] | Bank, course: Course = COURSE) -> list[Finding]:
    """What one rule finds."""
    bank = (
        items if isinstance(items, Bank) else Bank((items,) if isinstance(items, Item) else items)
    )
    return list(RULES[rule](course).find(bank))
