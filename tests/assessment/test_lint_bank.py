"""Rules for the whole bank, waivers, and the frame and text of the findings."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lint_items import COURSE, FREE, GOOD, NUMERIC, ONE_BEST, found, option, right, several, told

from calcinosis_data import load_table
from calcinosis_data.course.assessment import bank
from calcinosis_data.course.assessment.blueprint import LEVELS, Targets
from calcinosis_data.course.assessment.errors import UnknownItemError
from calcinosis_data.course.assessment.item_bank import Bank, Item
from calcinosis_data.course.assessment.lint import RULES, ItemRule, explain, findings_text, lint
from calcinosis_data.course.assessment.lint._course import Course
from calcinosis_data.course.assessment.lint.waivers import parse
from calcinosis_data.course.assessment.near_copies import ALIKE, alike, skeleton

LONG, EVEN = told("Red", "Blue and cold", "Pale"), told("Red and hot", "Blue", "Pale")
NUMBERS = told("1", "2", "3", "4")
ALIKE_STEM = (
    "Invented patient. A {who} of {age} has had {disease} for many years and takes no other drug. "
    "Now a hard lump over the {site} has come up and hurts when it is pressed."
)
LARGE = Targets(per_objective=0, higher_per_objective=0, items=3)


def alike_stems(*people: tuple[str, str, str, str]) -> Bank:
    names = ("who", "age", "disease", "site")
    stems = [ALIKE_STEM.format(**dict(zip(names, one, strict=True))) for one in people]
    return several(len(stems), lambda n: replace(ONE_BEST, stem=stems[n]))


def of_levels(*levels: str, **fields: object) -> Bank:
    return several(len(levels), lambda n: replace(ONE_BEST, bloom_level=levels[n], **fields))


def long_keys(count: int, of: int) -> Bank:
    return several(of, lambda n: LONG if n < count else EVEN)


COPIES = alike_stems(
    ("woman", "sixty", "systemic sclerosis", "elbow"), ("man", "42", "dermatomyositis", "left knee")
)
APART = Bank((ONE_BEST, bank().items[0]))
OTHER_KEY = replace(
    ONE_BEST, options=(right("a", "Dystrophic", "dystrophic"), *ONE_BEST.options[2:])
)
OTHER_WORDS = replace(ONE_BEST, lead_in="Which type is it?")
NO_TARGETS, SMALL = Course(targets=None), Course(targets=LARGE)
STRICT = Course(targets=Targets(per_objective=1, higher_per_objective=1))
BANK_SEEDS = [
    ("TW01-bank", COURSE, long_keys(8, of=20), long_keys(7, of=20)),
    ("TW01-bank", COURSE, long_keys(20, of=20), long_keys(19, of=19)),
    ("TW08", COURSE, several(20, lambda _: NUMBERS), several(20, lambda _: ONE_BEST)),
    ("BK01", STRICT, Bank((ONE_BEST,)), bank()),
    ("BK01", STRICT, of_levels("remember"), bank()),
    ("BK02", COURSE, COPIES, APART),
    ("BK02-rows", COURSE, Bank((ONE_BEST, OTHER_WORDS)), Bank((ONE_BEST, OTHER_KEY))),
    ("BK03", SMALL, of_levels("remember", "understand", "apply"), of_levels("remember", "apply")),
    ("BK03", SMALL, of_levels("apply", "apply", lead_in="What is it called?"), of_levels("apply")),
    ("BK04", SMALL, Bank((ONE_BEST, NUMERIC)), Bank((ONE_BEST, *bank().items[:2]))),
    ("BK04", SMALL, Bank((*COPIES.items, NUMERIC)), Bank(bank().items[:3])),
    ("BK05", COURSE, Bank((ONE_BEST, replace(ONE_BEST, item_id="types-b"))), bank()),
    ("BK06", COURSE, Bank((replace(ONE_BEST, lesson_id="causes"),)), bank()),
    ("BK06", COURSE, Bank((replace(ONE_BEST, objective_id="types-name"),)), Bank((ONE_BEST,))),
    ("WV02", COURSE, Bank((replace(ONE_BEST, waivers="TW01: a name"),)), Bank((ONE_BEST,))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "course", "bad", "good"), BANK_SEEDS, ids=[seed[0] for seed in BANK_SEEDS]
)
def test_a_seeded_flaw_of_the_bank_is_found(
    rule: str, course: Course, bad: Bank, good: Bank
) -> None:
    assert found(rule, bad, course), "the flaw is not seen"
    served = {item.objective_id for item in good.items}
    left = [one for one in found(rule, good, course) if not _of_another(one.message, served)]
    assert not left, "the twin is taken for flawed"


def _of_another(message: str, served: set[str]) -> bool:
    """Whether an objective is meant that the small bank of a test does not serve."""
    named = re.match(r"([a-z]+(?:-[a-z]+)+): ", message)
    return named is not None and named[1] not in served


def test_every_rule_for_the_bank_has_a_seed() -> None:
    whole = {name for name, rule in RULES.items() if not issubclass(rule, ItemRule)}
    assert {seed[0] for seed in BANK_SEEDS} == whole


def test_a_bank_that_need_not_cover_the_course_has_no_targets() -> None:
    lone = of_levels("remember")
    assert not [name for name in ("BK01", "BK03", "BK04") if found(name, lone, NO_TARGETS)]


@given(st.lists(st.sampled_from(["hip", "elbow", "left knee", "thigh"]), min_size=2, max_size=2))
def test_names_alone_do_not_make_a_question_new(sites: list[str]) -> None:
    names = {"hip", "elbow", "knee", "thigh", "left", "gout"}
    one, other = (
        skeleton(ALIKE_STEM.format(who="man", age=n, disease="gout", site=site), names)
        for n, site in enumerate(sites, start=40)
    )
    assert alike(one, other) > ALIKE


def test_other_words_do() -> None:
    stems = [skeleton(item.stem) for item in bank().items]
    assert all(alike(stems[0], other) < ALIKE for other in stems[1:])


@pytest.mark.parametrize(
    ("waivers", "told_of"),
    [
        ("TW01: both drugs have to be named; TW03: the claim is quoted", []),
        ("TW01: both drugs have to be named", ["TW03"]),
        ("TW01:; TW03: the claim is quoted", ["TW01", "WV01"]),
        ("", ["TW01", "TW03"]),
    ],
)
def test_a_warning_is_waived_with_a_reason(waivers: str, told_of: list[str]) -> None:
    item = told("Red", "Blue where the drip leaked", "Pale", of=replace(FREE, waivers=waivers))
    rules = set(lint(Bank((item,)), targets=None)["rule"])
    assert sorted(rules & {"TW01", "TW03", "WV01"}) == told_of


@pytest.mark.parametrize(
    ("waivers", "said"),
    [
        ("long key", "“long key” names no rule. Write “TW01: the reason"),
        ("TW09: because", "there is no rule 'TW09'. Did you mean 'TW0"),
        ("LG01: it is short", "LG01 finds no fault with this question"),
        ("ST02: safety", "ST02 is an error and cannot be waived"),
        ("KY01-none: judged", "KY01-none is a note"),
    ],
)
def test_a_waiver_that_does_not_hold_is_an_error(waivers: str, said: str) -> None:
    item = replace(FREE, waivers=waivers, lead_in="Which type is not likely?")
    frame = lint(Bank((item,)), targets=None)
    faults = frame[frame["rule"] == "WV01"]
    assert len(faults) == 1
    assert faults["message"].iloc[0].startswith(said)
    assert set(faults["level"]) == {"E"}


@given(st.text())
def test_any_text_can_be_read_as_waivers(text: str) -> None:
    assert all(waiver.rule or waiver.reason for waiver in parse(text))


def test_findings_are_a_frame_with_errors_first() -> None:
    item = replace(ONE_BEST, lead_in="Which fits not", options=(*ONE_BEST.options[:3],))
    frame = lint(Bank((item, *GOOD[1:])), targets=None)
    assert list(frame.columns) == ["item_id", "rule", "level", "message"]
    assert frame["level"].tolist() == sorted(frame["level"], key="EWI".index)
    assert {"ST02", "ST04", "ST05"} <= set(frame["rule"])


def test_a_bank_without_questions_has_no_findings() -> None:
    assert lint(Bank(()), targets=None).empty
    assert findings_text(lint(Bank(()), targets=None)) == "0 errors, 0 warnings, 0 notes."


def test_text_explains_a_rule_once_and_names_each_place() -> None:
    items = several(2, lambda _: replace(ONE_BEST, lead_in="Which type is not likely?"))
    text = findings_text(lint(items, targets=None))
    assert text.count("Readers pass over a small") == 1
    assert "- types-0: the question says 'not'. Turn it round" in text
    assert text.startswith("E ST02: The question is negative\n  The question is asked forwards")
    assert text.endswith("3 errors, 0 warnings, 1 note.")  # they are near copies, too
    assert max(map(len, text.splitlines())) <= 96


def test_an_unknown_rule_names_the_nearest() -> None:
    assert explain("TW01").startswith("The key is the longest option\n\nThe key is not clearly")
    with pytest.raises(UnknownItemError, match="Did you mean 'TW0"):
        explain("TWO1")


def test_the_lint_is_kind_to_half_written_questions() -> None:
    """Whatever is missing, the author gets findings and no traceback."""
    blank = Item("x", 1, "", "", "", 1, "one-best-answer", "", "", "", "", None, "", "", None, ())
    for kind in ("one-best-answer", "multiple", "matching", "ordering", "numeric", "claim-status"):
        for options in ((), (option("a", ""),), (right("a", "", "nowhere"),)):
            item = replace(blank, kind=kind, options=options, key_rule="query-selects-key")
            assert "E" in set(lint(Bank((item,)), targets=None)["level"])


@pytest.mark.parametrize("level", LEVELS)
def test_levels_are_those_of_the_tables(level: str) -> None:
    assert level in load_table("items")["bloom_level"].cat.categories


def test_no_number_of_questions_is_wanted_of_the_capstone() -> None:
    """Objectives of lessons without a question are found; those of the capstone are not."""
    short = found("BK01", Bank(()), STRICT)
    objectives = load_table("objectives").set_index("objective_id")["lesson_id"]
    named = {one.message.partition(":")[0] for one in short}
    assert named == set(objectives.index[objectives != "capstone"])


def test_the_course_s_own_questions_have_no_errors_and_no_warnings() -> None:
    frame = lint(bank())
    assert frame[frame["level"] != "I"].empty, frame.to_string()
