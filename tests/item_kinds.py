"""One small question of each kind, on small tables of its own, for the tests of the engine."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from calcinosis_data.course.assessment.item_bank import Condition, Item, Option
from calcinosis_data.course.assessment.queries import Tables

VERDICTS = ("supported", "supported-with-caveat", "misleading", "incorrect", "unverified")


def make_frames() -> dict[str, pd.DataFrame]:
    depth = pd.CategoricalDtype(["skin", "under-the-skin", "muscle", "bone"], ordered=True)
    verdict = pd.CategoricalDtype(VERDICTS)
    return {
        "regions": pd.DataFrame(
            {
                "region_id": ["foot", "hand", "hip", "knee"],
                "name": ["Foot", "Hand", "Hip", "Knee"],
                "percent": [3.0, 40.3, 25.5, 12.0],
                "patients": pd.array([1, 12, None, 4], dtype="Int64"),
                "depth": pd.Categorical(["skin", "under-the-skin", "bone", "muscle"], dtype=depth),
                "kind": pd.Categorical(["small", "small-joint", "large", "large"]),
                "seen": pd.array([False, True, True, True], dtype="boolean"),
            }
        ),
        "claims": pd.DataFrame(
            {
                "claim_id": ["one", "two"],
                "claim": ["Hands hold most.", "Feet hold most."],
                "verdict": pd.Categorical(["misleading", "incorrect"], dtype=verdict),
            }
        ),
    }


def make_tables(frames: dict[str, pd.DataFrame] | None = None) -> Tables:
    frames = make_frames() if frames is None else frames
    keys = {"regions": ("region_id",), "claims": ("claim_id",)}
    return Tables(lambda name: frames[name].copy(), (), keys)


def option(option_id: str, text: str, row_id: str | None, **more: Any) -> Option:
    own = {"special": None, "is_key": True, "rationale": f"Reason {option_id}."} | more
    return Option(option_id, text, row_id, **own)


def make_item(kind: str, rule: str, options: list[Option], *parts: Any, **more: Any) -> Item:
    own = {"version": 1, "lesson_id": "types", "objective_id": "types-interpret", "position": 1}
    own |= {"block": "practice", "bloom_level": "apply", "track": "clinical"}
    own |= {"stem": "A stem.", "lead_in": f"Which {kind}?", "option_table": "regions"}
    own |= {"take_away": "Keep it.", "review_status": "Not yet reviewed by a clinician"}
    conditions = tuple(Condition(1, n, *part) for n, part in enumerate(parts, start=1))
    own |= {"key_rule": rule, "options": tuple(options), "conditions": conditions}
    return Item(item_id=f"one-{kind}", kind=kind, **(own | more))


ONE = make_item(
    "one-best-answer",
    "query-selects-key",
    [
        option("a", "Foot", "foot", is_key=False),
        option("b", "Hand", "hand"),
        option("c", "Hip", "hip", is_key=False),
    ],
    ("regions", "percent", "gt", "40"),
)
MULTIPLE = make_item(
    "multiple",
    "query-selects-key",
    [
        option("a", "Foot", "foot", is_key=False),
        option("b", "Hand", "hand"),
        option("c", "Hip", "hip"),
        option("d", "Knee", "knee", is_key=False),
    ],
    ("regions", "percent", "gt", "20"),
    hints=("Look at the percent.",),
)
MATCHING = make_item(
    "matching",
    "column-gives-match",
    [
        option("a", "Foot", "foot", match="skin"),
        option("b", "Hand", "hand", match="under the skin"),
        option("c", "Knee", "knee", match="muscle"),
        option("d", "Vessel", None, special="extra-answer", is_key=False, match="vessel"),
    ],
    answer_column="depth",
)
ORDERING = make_item(
    "ordering",
    "column-descending",
    [
        option("a", "Foot", "foot", place=4),
        option("b", "Hand", "hand", place=1),
        option("c", "Hip", "hip", place=2),
        option("d", "Knee", "knee", place=3),
    ],
    answer_column="percent",
)
NUMERIC = make_item(
    "numeric",
    "column-gives-number",
    [
        option("a", "40.3", "hand"),
        option("b", "12.0", None, is_key=False, misconception="reads-the-count"),
        option("c", "Any other number", None, special="any-other", is_key=False),
        option("d", "59.7", None, is_key=False, misconception="takes-the-rest"),
    ],
    ("regions", "region_id", "eq", "hand"),
    answer_column="percent",
    tolerance=Decimal("0.1"),
    unit="percent",
    hints=("Divide first.", "Then take it times a hundred."),
)
CLAIM = make_item(
    "claim-status",
    "column-gives-category",
    [
        option(id_, verdict.replace("-", " "), None, is_key=verdict == "misleading", match=verdict)
        for id_, verdict in zip("abcde", VERDICTS, strict=True)
    ],
    ("claims", "claim_id", "eq", "one"),
    option_table="claims",
    answer_column="verdict",
)
ALL = (ONE, MULTIPLE, MATCHING, ORDERING, NUMERIC, CLAIM)
BY_KIND = {item.kind: item for item in ALL}
KEYS = {
    "one-best-answer": ("b",),
    "multiple": ("b", "c"),
    "matching": ("a=skin", "b=under the skin", "c=muscle"),
    "ordering": ("b", "c", "d", "a"),
    "numeric": ("40.3",),
    "claim-status": ("c",),
}


def with_option(item: Item, option_id: str, **fields: Any) -> Item:
    """The item with one option changed."""
    options = [replace(o, **fields) if o.option_id == option_id else o for o in item.options]
    return replace(item, options=tuple(options))


def responses_to(item: Item) -> st.SearchStrategy[tuple[str, ...]]:
    """Every response of the right form to a question."""
    ids = [option.option_id for option in item.options]
    if item.kind == "multiple":
        return st.lists(st.sampled_from(ids), min_size=1, unique=True).map(tuple)
    if item.kind == "ordering":
        return st.permutations(ids).map(tuple)
    if item.kind == "matching":
        lines = [option.option_id for option in item.options if option.row_id]
        answer = st.sampled_from(item.answers)
        return st.tuples(*[answer.map(f"{line}={{}}".format) for line in lines])
    if item.kind == "numeric":
        near = st.sampled_from([f"{tenths / 10}" for tenths in range(395, 410)])
        any_number = st.decimals(-1000, 1000, places=2).map(lambda number: f"{number:f}")
        return st.one_of(near, any_number).map(lambda text: (text,))
    return st.sampled_from(ids).map(lambda id_: (id_,))
