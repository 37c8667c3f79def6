"""Each rule for single questions finds a seeded flaw, and passes a good twin of it.

A seed is the rule, the flawed question and its twin, which differs in the flaw alone.
"""

from dataclasses import replace
from decimal import Decimal

import pytest
from lint_items import (
    CLAIM,
    FREE,
    GOOD,
    MATCHING,
    MULTIPLE,
    NUMERIC,
    ONE_BEST,
    ORDERING,
    found,
    option,
    right,
    told,
    with_option,
)

from calcinosis_data.course.assessment.item_bank import Item
from calcinosis_data.course.assessment.item_model import Condition
from calcinosis_data.course.assessment.lint import RULES, ItemRule
from calcinosis_data.course.assessment.lint.words import COMMON, SCALES


def lead_in(text: str) -> Item:
    return replace(ONE_BEST, lead_in=text)


def stem(text: str) -> Item:
    return replace(ONE_BEST, stem=text)


def hint(item: Item, *texts: str) -> Item:
    return replace(item, hints=texts)


def no_rows_behind(table: str, row_id: str, *conditions: Condition) -> Item:
    options = (right("a", "Calcium", row_id), option("b", "Phosphate", "phosphate"))
    return replace(ONE_BEST, option_table=table, options=options, conditions=conditions)


def directions(condition_id: str, direction: str) -> tuple[Condition, ...]:
    return (
        Condition(1, 1, "labs", "condition_id", "eq", condition_id),
        Condition(1, 2, "labs", "direction", "eq", direction),
    )


LONG_STEM = "The calcium in the skin is hard. " * 20
STRUCTURE = [
    ("ST02", lead_in("Which type is not likely?"), lead_in("Which type is likely?")),
    ("ST02", lead_in("Which is the least likely type?"), lead_in("Which type has at least two?")),
    ("ST02", lead_in("Which type doesn't fit?"), lead_in("Which test gives false positives?")),
    ("ST02", lead_in("What should not be done?"), lead_in("What should NOT be done to her skin?")),
    ("ST03", lead_in("Which statement is true?"), lead_in("Which statement did she repeat?")),
    ("ST03", lead_in("Which of the following is correct?"), lead_in("Which dose is correct?")),
    ("ST04", lead_in("The type that fits best is"), lead_in("Which type fits best?")),
    ("ST04", lead_in("Which type? Which test?"), lead_in("Which type, by which test?")),
    ("ST05", lead_in("Which fits best?"), lead_in("Which type fits best?")),
    ("ST05", lead_in("Which of these is she to do?"), lead_in("Which of these steps is first?")),
    ("ST05", replace(ONE_BEST, review_status=" "), replace(ONE_BEST, review_status="Not yet")),
    (
        "ST05",
        replace(ONE_BEST, stem="It is Monday.", lead_in="Which one next?"),
        replace(ONE_BEST, stem="It is calcinosis.", lead_in="Which step next?"),
    ),
    ("ST06", told("Red", "Blue"), told("Red", "Blue", "Green")),
    ("ST06", told(*"ABCDEF"), told(*"ABCDE")),
    ("ST06", with_option(ONE_BEST, "a", is_key=True), ONE_BEST),
    ("ST06", with_option(ONE_BEST, "b", is_key=False), ONE_BEST),
    ("ST06", told("Red", "Blue", "red"), told("Red", "Blue", "Rose")),
    ("ST07", told("Red and warm", "Blue and cold", "Pale", of=stem("So?")), stem("So?")),
    ("ST08", stem("A woman with lumps asks for help."), stem("An invented woman with lumps asks.")),
    (
        "ST08",
        stem("A girl of nine has hard lumps."),
        stem("A study of 35 girls found hard lumps in two women who had been treated late."),
    ),
    ("ID07", lead_in("What follows from the previous question?"), lead_in("What follows first?")),
    ("ID07", stem("The same patient as before has a lump."), stem("The patient before you asks.")),
    ("ID09", stem(LONG_STEM), stem(LONG_STEM[: len(LONG_STEM) // 2])),
    ("AX01", lead_in("What does the red bar show?"), lead_in("Which toe is red?")),
    ("AX01", stem("Look at the chart above."), stem("Look at the chart above or its table.")),
    ("KD01", with_option(MULTIPLE, "b", is_key=False), MULTIPLE),
    ("KD01", told("A", "B", of=MULTIPLE), MULTIPLE),
    ("KD01", with_option(MATCHING, "a", match=None), MATCHING),
    ("KD01", with_option(MATCHING, "a", is_key=False), MATCHING),
    ("KD01", with_option(MATCHING, "a", match="low"), with_option(MATCHING, "b", match="normal")),
    ("KD01", with_option(MATCHING, "d", is_key=True), MATCHING),
    ("KD01", with_option(ORDERING, "a", place=3), ORDERING),
    ("KD01", replace(ORDERING, key_rule="column-ascending"), ORDERING),
    ("KD01", replace(NUMERIC, unit=""), NUMERIC),
    ("KD01", with_option(NUMERIC, "b", text="40.5"), with_option(NUMERIC, "b", text="40.6")),
    ("KD01", replace(NUMERIC, tolerance=Decimal(20)), replace(NUMERIC, tolerance=Decimal(19))),
    ("KD01", with_option(NUMERIC, "b", text="sixty"), NUMERIC),
    ("KD01", with_option(NUMERIC, "c", special="cannot-tell"), NUMERIC),
    ("KD01", with_option(CLAIM, "d", match="wrong"), CLAIM),
    ("KD01", with_option(CLAIM, "d", is_key=True), CLAIM),
    ("KD01", with_option(CLAIM, "d", row_id="types-01-1"), CLAIM),
]
OPTIONS = [
    ("ST01", told("Red", "Blue", "All of the above"), told("Red", "Blue", "All of the skin")),
    ("ST01", told("Red", "Blue", "Both a and b"), told("Red", "Blue", "Both arms and hands")),
    ("ID01", told("It is in skin", "It is in fat", "It is in pus"), told("Skin", "Fat", "Pus")),
    ("ID01", told("It is in fat", "It is in pus", "Lung"), told("It is in fat", "Pus", "Lung")),
    ("ID01-long", told("Red", "Blue", "so " * 21), told("Red", "Blue", "so " * 20)),
    ("ID02", told("It may hurt", "It aches", "It itches"), told("It hurts", "Aches", "In May")),
    ("ID03", told("5 mm", "3 mm", "9 mm"), told("3 mm", "5 mm", "9 mm")),
    ("ID03", told("normal", "low", "high"), told("low", "normal", "high")),
    ("ID03", told("2 to 5", "1", "6"), told("High", "Calcium", "About us")),
    ("ID04", told("5 of 10", "40%", "9 of 10"), told("5 of 10", "6 of 10", "9 of 10")),
    ("ID04", told("0 to 5 mm", "5 to 10 mm", "12 mm"), told("0 to 4 mm", "5 to 10 mm", "12 mm")),
    ("ID04", told("≤ 3 mm", "3 to 5 mm", "> 5 mm"), told("< 3 mm", "3 to 5 mm", "> 5 mm")),
    (
        "ID04",
        told("2012 people", "40%", "90%"),
        told("2012 report of a clinic", "2014 review of all drugs", "2019 trial of one test"),
    ),
    ("ID05", told("To wait", "A test", "A drug"), told("To wait", "To test", "To treat")),
    ("ID05", told("It hurts.", "It aches.", "It itches"), told("It hurts", "Aches", "Itches")),
    ("ID05", told("Calcium", "25-hydroxyvitamin D", "zinc"), told("Calcium", "25-OH", "Zinc")),
    ("ID06", with_option(ONE_BEST, "a", row_id="distrofic"), ONE_BEST),
    ("ID06", with_option(ONE_BEST, "a", row_id=None), ONE_BEST),
    (
        "ID06",
        with_option(ONE_BEST, "a", special="cannot-tell"),
        with_option(ONE_BEST, "a", row_id=None, special="cannot-tell"),
    ),
    ("ID06-free", FREE, ONE_BEST),
]
WORDING = [
    ("TW01", told("Red", "Blue and white in the cold", "Pale"), told("Red", "Blue", "Pale")),
    ("TW01", told("Red", "Blue and white", "Pale"), told("Red and warm", "Blue and white", "Pale")),
    ("TW02", told("It is always red", "Blue", "Pale"), told("It is red", "Blue", "Pale")),
    ("TW02", told("All of her skin", "Blue", "Pale"), told("White every winter", "Blue", "Pale")),
    ("TW02-key", told("Red", "It is never blue", "Pale"), told("It is never red", "Blue", "Pale")),
    ("TW03", told("Lung", "Leaked salt", "Bone"), told("Lung", "Spilt salt", "Bone")),
    ("TW03", told("Lung", "The ankle", "Bone"), told("Lung", "The ankle", "One ankle")),
    (
        "TW04",
        replace(told("Tumour", "Abscess", "Cyst"), lead_in="Is it called an?"),
        replace(told("Tumour", "Abscess", "Cyst"), lead_in="What is it called?"),
    ),
    (
        "TW04",
        replace(told("Fever", "Lumps", "Pain"), lead_in="Which are the red flags?"),
        replace(told("Fevers", "Lumps", "Pain"), lead_in="Which are the red flags?"),
    ),
    (
        "TW05",
        told("high calcium", "high calcium low zinc", "low zinc", "iron"),
        told("calcium", "zinc", "iron", "copper"),
    ),
    ("TW06", told("It falls", "It rises", "It varies"), told("It falls", "It stays", "It varies")),
    ("TW07", told("Gout", "Paget's disease", "Scurvy"), told("Gout", "Scurvy", "Wilson disease")),
    ("TW07", told("X-ray", "CT", "Biopsy"), told("X-ray", "CT", "MRI")),
    (
        "LG01",
        stem("Notwithstanding considerable heterogeneity, investigators recommended evaluation."),
        stem("Dermatomyositis and dystrophic calcinosis came first. The skin was hard."),
    ),
    ("ID08", stem("Her PTH is high."), stem("Her parathyroid hormone (PTH) is high. PTH rose.")),
    ("ID08", told("X-ray", "CT", "Biopsy"), told("X-ray", "Computed tomography (CT)", "Biopsy")),
    ("ID08", stem("The CT (a scan) and the CTs and MRI."), stem("A CT (a scan), then CTs.")),
    ("ID08", hint(ONE_BEST, "Look at PTH."), hint(ONE_BEST, "Look at ABCC6, stage II, in the UK.")),
    (
        "BK03-level",
        lead_in("What is calcium in the skin called?"),
        replace(lead_in("What is calcium in the skin called?"), bloom_level="remember"),
    ),
    ("BK03-level", lead_in("Which word fits?"), lead_in("Which step would you call first?")),
]
SHORT, OWN = "Wrong, since it is not so.", "a b c d e f g h"
FEEDBACK = [
    (
        "KY01",
        replace(ONE_BEST, conditions=(Condition(1, 1, "types", "category", "eq", "dystrophic"),)),
        ONE_BEST,
    ),
    (
        "KY01",
        replace(ONE_BEST, conditions=(Condition(1, 1, "typos", "category", "eq", "x"),)),
        FREE,
    ),
    ("KY01-none", FREE, ONE_BEST),
    (
        "KY02",
        no_rows_behind("analytes", "calcium"),
        no_rows_behind("analytes", "calcium", *directions("dystrophic-calcinosis", "normal")),
    ),
    ("FB01", with_option(ONE_BEST, "b", rationale=" "), ONE_BEST),
    (
        "FB01-short",
        with_option(ONE_BEST, "c", rationale=SHORT),
        with_option(FREE, "c", rationale=OWN),
    ),
    (
        "FB02",
        with_option(ONE_BEST, "a", rationale="Wrong. Dystrophic it is not, the key is iatrogenic."),
        ONE_BEST,
    ),
    (
        "FB02",
        with_option(ONE_BEST, "a", rationale=ONE_BEST.options[1].rationale + " Not here."),
        ONE_BEST,
    ),
    ("FB04", with_option(ONE_BEST, "c", rationale="See the table “Tpyes”."), ONE_BEST),
    (
        "FB04",
        with_option(FREE, "c", rationale=OWN),
        with_option(FREE, "c", rationale="Reiter 2011"),
    ),
    ("FB03", with_option(ONE_BEST, "c", misconception=None), ONE_BEST),
    ("FB03", with_option(NUMERIC, "b", misconception=None), NUMERIC),
    ("HT01", hint(ONE_BEST, "Think of a iatrogenic form."), hint(ONE_BEST, "What did it bring?")),
    (
        "HT01",
        hint(CLAIM, "Some hold it misleading."),
        hint(CLAIM, "Is it misleading or incorrect?"),
    ),
    ("HT01", hint(NUMERIC, "It is 40 %."), hint(NUMERIC, "Divide 140 by 350.", "It is not 40.2.")),
    ("WV01", replace(ONE_BEST, waivers="long key"), replace(ONE_BEST, waivers="TW01: a name")),
    ("WV01", replace(ONE_BEST, waivers="TW01:"), replace(ONE_BEST, waivers="")),
]
SEEDS = [*STRUCTURE, *OPTIONS, *WORDING, *FEEDBACK]


@pytest.mark.parametrize(("rule", "bad", "good"), SEEDS, ids=[seed[0] for seed in SEEDS])
def test_a_seeded_flaw_is_found_and_its_twin_passes(rule: str, bad: Item, good: Item) -> None:
    assert found(rule, bad), "the flaw is not seen"
    assert not found(rule, good), "the twin is taken for flawed"


def test_every_rule_for_single_questions_has_a_seed() -> None:
    single = {name for name, rule in RULES.items() if issubclass(rule, ItemRule)}
    assert {seed[0] for seed in SEEDS} == single


@pytest.mark.parametrize("item", GOOD, ids=lambda item: item.kind)
def test_a_good_question_of_each_kind_keeps_every_rule(item: Item) -> None:
    notes = {"ID06-free", "KY01-none"}
    broken = {name: found(name, item) for name in RULES if name not in notes}
    assert not {name: faults for name, faults in broken.items() if faults}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_each_rule_explains_itself(rule) -> None:
    said = rule.explanation()
    assert rule.level in {"E", "W", "I"}
    assert rule.title
    assert not rule.title.endswith(".")
    assert said.endswith(".")
    assert len(said.split()) > 10


@pytest.mark.parametrize("kind", ["matching", "ordering", "numeric", "claim-status"])
@pytest.mark.parametrize("rule", ["ST06", "ST07", "TW01", "TW02", "TW03", "ID03", "ID04", "TW07"])
def test_clues_among_options_are_for_questions_that_choose(kind: str, rule: str) -> None:
    flawed = replace(told("9", "It is always CT in the ankle", "1"), kind=kind, stem="So?")
    assert not found(rule, flawed)


def test_a_special_answer_is_no_clue() -> None:
    item = with_option(told("Red", "All of it is open", "Pale"), "b", special="cannot-tell")
    assert not [name for name in ("TW01", "TW03", "TW07") if found(name, item)]


def test_the_word_lists_are_in_order() -> None:
    assert all(word == word.lower() for word in COMMON)
    assert all(len(set(scale)) == len(scale) for scale in SCALES)
