"""The content of the practice bank: what each question must hold beyond the rules of its lint.

How questions are written (one key, options of one kind, no clues, no near copies) is checked by
the lint, which finds nothing here; that each key is proved on every copy of the tables, is tested
with the engine. These are the rules on content that the lint does not know.
"""

import pytest

import calcinosis_data as cd

HIGHER = {"apply", "analyse", "evaluate", "create"}
CHOICE = ["one-best-answer", "multiple", "claim-status"]
PERSON = r"\b[Aa] (?:man|woman|girl|boy|nurse is|newborn|child)\b"
TABLES = "|".join(cd.list_tables()["title"])


@pytest.fixture
def items():
    return cd.load_table("items")


@pytest.fixture
def options():
    return cd.load_table("item_options")


def explanations_name_rows(items, options):
    """Each option says by its title which table shows it."""
    del items
    shown = options["rationale"].str.contains(rf"[Tt]ables? “(?:{TABLES})”")
    return [*options.loc[~shown, "item_id"]]


def explanations_do_not_repeat(items, options):
    """A reason says more than the option does."""
    del items
    own = options["text"].str.lower().str.findall(r"[a-z]{4,}")
    said = options["rationale"].str.lower().str.findall(r"[a-z]{4,}")
    new = [len(set(why) - set(what)) for what, why in zip(own, said, strict=True)]
    return [*options.loc[[count < 8 for count in new], "item_id"]]


def wrong_options_tempt(items, options):
    """A wrong option says why it tempts and which mistaken idea it stands for; the key does not.

    A wrong number may say first how it comes about. A number or an answer that is left over
    tempts nobody, and only the answer stands for an idea.
    """
    kind = options["item_id"].map(items.set_index("item_id")["kind"]).astype(str)
    why, tagged = options["rationale"], options["misconception"].notna()
    left_over = options["special"].isin(["extra-answer", "any-other"])
    reckoned = (kind == "numeric") & why.str.startswith("This ")
    tempting = why.str.startswith("Tempting")
    wrong = ~options["is_key"]
    fine = (~wrong & ~tagged & ~tempting) | (wrong & tagged & (tempting | reckoned | left_over))
    fine |= options["special"].eq("any-other") & wrong
    return [*options.loc[~fine, "item_id"]]


def patients_are_invented(items, options):
    """A question about a patient says so before it says anything of the patient: invented."""
    del options
    person = items["stem"].str.contains(PERSON)
    before = items["stem"].str.split(PERSON, n=1, regex=True).str[0]
    marked = before.str.contains(r"Invented patient|\b\w+ invented ")
    return [*items.loc[person & ~marked, "item_id"]]


def hints_come_in_order(items, options):
    """A second hint follows a first, and the two differ."""
    del options
    second = items["hint_2"].notna()
    return [
        *items.loc[
            second & (items["hint_1"].isna() | (items["hint_1"] == items["hint_2"])), "item_id"
        ]
    ]


def no_review_is_claimed(items, options):
    """No clinician has reviewed a question yet, and none says so."""
    del options
    return [*items.loc[items["review_status"] != "Not yet reviewed by a clinician", "item_id"]]


def lessons_ask_to_apply(items, options):
    """At least half of the questions of each lesson ask to apply, analyse or evaluate."""
    del options
    share = items["bloom_level"].isin(HIGHER).groupby(items["lesson_id"]).mean()
    return [*share.index[share < 0.5]]


def questions_use_several_tables(items, options):
    """The options of a lesson are rows of several tables, no table in more than half of them."""
    del options
    share = items.groupby("lesson_id")["option_table"].agg(
        lambda t: t.value_counts(normalize=True).max()
    )
    return [*share.index[share > 0.5]]


def places_are_counted(items, options):
    """The questions of a block are numbered from one, without gaps."""
    del options
    bad = []
    for block, places in items.groupby(["lesson_id", "block"], observed=True)["position"]:
        if sorted(places) != [*range(1, len(places) + 1)]:
            bad.append(block)
    return bad


def _first(column, value, of="options"):
    """Damage: the first row of one question gets a value (or what `value` makes of it)."""

    def damage(items, options):
        frame = items if of == "items" else options
        at = frame.index[frame["item_id"] == "types-newborn-drip"][0]
        frame[column] = frame[column].astype("object")
        frame.loc[at, column] = value(frame.loc[at, column]) if callable(value) else value

    return damage


def _all(column, value, of="items"):
    def damage(items, options):
        frame = items if of == "items" else options
        frame[column] = value

    return damage


RULES = {
    explanations_name_rows: _first("rationale", "Wrong, as it says in the tables of the course."),
    explanations_do_not_repeat: _first(
        "rationale", "Anaemia, table “Symptoms”, anaemia it is, so."
    ),
    wrong_options_tempt: _first("misconception", None),
    patients_are_invented: _first("stem", "A woman has a lump.", of="items"),
    hints_come_in_order: _first("hint_2", "Look again.", of="items"),
    no_review_is_claimed: _first("review_status", "Reviewed", of="items"),
    lessons_ask_to_apply: _all("bloom_level", "remember"),
    questions_use_several_tables: _all("option_table", "types"),
    places_are_counted: _first("position", 9, of="items"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_bank_keeps(rule, items, options):
    assert not rule(items, options), rule.__doc__


@pytest.mark.parametrize(
    ("rule", "damage"), RULES.items(), ids=lambda x: getattr(x, "__name__", "")
)
def test_damage_is_seen_by(rule, damage, items, options):
    damage(items, options)
    assert rule(items, options)


def of_kind(items, options, kind):
    """The place of a wrong option of the first question of a kind."""
    own = options["item_id"].map(items.set_index("item_id")["kind"]) == kind
    return options.index[own & ~options["is_key"] & (options["special"] != "any-other")][0]


@pytest.mark.parametrize("kind", [*CHOICE, "matching", "numeric"])
def test_a_wrong_option_without_an_idea_is_seen_in_each_kind(kind, items, options):
    """An ordering question has no wrong option."""
    options.loc[of_kind(items, options, kind), "misconception"] = None
    assert wrong_options_tempt(items, options)


@pytest.mark.parametrize("kind", [*CHOICE, "numeric"])
def test_a_wrong_option_that_does_not_tempt_is_seen(kind, items, options):
    options.loc[of_kind(items, options, kind), "rationale"] = "No: table “Tests”, row X-ray."
    assert wrong_options_tempt(items, options)


def test_each_kind_is_asked(items):
    assert set(items["kind"]) == set(items["kind"].cat.categories)


def test_each_lesson_has_its_questions(items):
    """Ten or more stand in each lesson that is written, those for further practice not counted."""
    items = items[items["block"] != "practice"]
    written = cd.load_table("lessons").dropna(subset=["notebook"])["lesson_id"]
    assert (items["lesson_id"].value_counts().reindex(written, fill_value=0) >= 10).all()


def test_plan_names_its_lessons_and_objectives():
    """Nine lessons in order; three or four objectives each, which begin with their verb."""
    lessons, objectives = cd.load_table("lessons"), cd.load_table("objectives")
    assert sorted(lessons["number"]) == [*range(1, 10)]
    assert objectives["lesson_id"].value_counts().reindex(lessons["lesson_id"]).between(3, 4).all()
    opening = objectives["text"].str.split().str[0].str.lower()
    assert [*opening] == [verb.split("-")[0] for verb in objectives["verb"]]
