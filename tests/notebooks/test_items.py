"""The content of the practice bank: what each question must hold, and flaws that are known to harm.

These are the rules on content. That a quiz works, and that each key is proved by its query on
every copy of the tables, is tested with the engine.
"""

import re

import pytest

import calcinosis_data as cd
from calcinosis_data.course import assessment

HIGHER = {"apply", "analyse", "evaluate", "create"}
FLAT = r"\b(?:all|none) of (?:the )?(?:above|these)\b|\bboth a and b\b"
NEGATIVE = r"\b(?:not|except|least|false|incorrect|never|cannot|n't)\b"
UNFOCUSED = r"\bwhich (?:of the following |statement |one )?(?:is|are) (?:true|correct|right)\b"
ABSOLUTE = r"\b(?:always|never|only|all|every|none|must|completely|any)\b"
TABLES = "|".join(cd.list_tables()["title"])


@pytest.fixture
def items():
    return cd.load_table("items")


@pytest.fixture
def options():
    return cd.load_table("item_options")


def told(items, options):
    """All that a learner reads of each question: stem, question, options."""
    texts = options.groupby("item_id")["text"].agg(" ".join)
    both = items.set_index("item_id")
    return both["stem"] + " " + both["lead_in"] + " " + texts


def words(text):
    return len(text.split())


def everything_is_explained(items, options):
    """Each option says why, in eight words or more, and names what shows it."""
    del items
    short = options["rationale"].map(words) < 8
    shown = options["rationale"].str.contains(rf"[Tt]able “(?:{TABLES})”")
    return [*options.loc[short | ~shown, "item_id"]]


def explanations_do_not_repeat(items, options):
    """A reason says more than the option does."""
    del items
    own = options["text"].str.lower().str.findall(r"[a-z]{4,}")
    said = options["rationale"].str.lower().str.findall(r"[a-z]{4,}")
    new = [len(set(why) - set(what)) for what, why in zip(own, said, strict=True)]
    return [*options.loc[[count < 8 for count in new], "item_id"]]


def wrong_options_tempt(items, options):
    """A wrong option says why it tempts and which mistaken idea it stands for; the key does not."""
    del items
    tempting = options["rationale"].str.startswith("Tempting")
    tagged = options["misconception"].notna()
    fine = (tempting == tagged) & (tagged != options["is_key"])
    return [*options.loc[~fine, "item_id"]]


def one_option_is_right(items, options):
    """Three to five options, no two alike, one of them the key."""
    counts = options.groupby("item_id").agg(
        n=("text", "size"), apart=("text", "nunique"), keys=("is_key", "sum")
    )
    good = counts["n"].between(3, 5) & (counts["n"] == counts["apart"]) & (counts["keys"] == 1)
    return [*counts.index[~good], *(set(items["item_id"]) ^ set(counts.index))]


def options_are_rows(items, options):
    """Options are rows of one table, or a declared special answer, never both."""
    tables = items.set_index("item_id")["option_table"]
    bad = options.loc[options["row_id"].isna() == options["special"].isna(), "item_id"].tolist()
    for one, rows in options.dropna(subset=["row_id"]).groupby("item_id"):
        table = tables[one]
        key = cd.list_tables().set_index("name").loc[table, "primary_key"]
        known = cd.load_table(table)[key.split(", ")].astype(str).agg("/".join, axis=1)
        bad += [one] * (~rows["row_id"].isin(known)).sum()
    return bad


def lead_ins_are_questions(items, options):
    """The question is one, without a negation and with a point."""
    del options
    ask = items["lead_in"].str.lower()
    good = ask.str.endswith("?") & ~ask.str.contains(NEGATIVE) & ~ask.str.contains(UNFOCUSED)
    return [*items.loc[~good, "item_id"]]


def stems_carry_the_weight(items, options):
    """The stem holds the matter: longer than its options together, 120 words at most."""
    told_words = (items["stem"] + " " + items["lead_in"]).map(words)
    offered = items["item_id"].map(
        options.assign(n=options["text"].map(words)).groupby("item_id")["n"].sum()
    )
    return [*items.loc[(told_words <= offered) | (told_words > 120), "item_id"]]


def options_give_nothing_away(items, options):
    """No "all of the above", no absolute word, no shared beginning, at most 20 words."""
    del items
    text = options["text"].str.lower()
    bad = text.str.contains(FLAT) | text.str.contains(ABSOLUTE) | (text.map(words) > 20)
    opening = options["item_id"] + text.str.split().str[:3].str.join(" ")
    bad |= opening.duplicated(keep=False) & (text.map(words) >= 3)
    return [*options.loc[bad, "item_id"]]


def abbreviations_are_explained(items, options):
    """A word in capitals stands in brackets after its long form, in the same question."""
    bad = []
    for one, text in told(items, options).items():
        capitals = set(re.findall(r"\b[A-Z]{2,}\b", text))
        bad += [one for short in capitals if f"({short})" not in text]
    return bad


def patients_are_invented(items, options):
    """A question about a patient says that the patient is invented."""
    del options
    person = items["stem"].str.contains(r"\bA (?:man|woman|girl|boy|nurse is|newborn|child)\b")
    return [*items.loc[person & ~items["stem"].str.startswith("Invented patient"), "item_id"]]


def no_review_is_claimed(items, options):
    """No clinician has reviewed a question yet, and none says so."""
    del options
    return [*items.loc[items["review_status"] != "Not yet reviewed by a clinician", "item_id"]]


def stems_differ(items, options):
    """No two questions are near copies: most words of a stem are not those of another."""
    del options
    said = [set(re.findall(r"[a-z]{4,}", stem.lower())) for stem in items["stem"]]
    pairs = [(i, j) for i in range(len(said)) for j in range(i)]
    close = [i for i, j in pairs if len(said[i] & said[j]) > 0.6 * min(len(said[i]), len(said[j]))]
    return [*items["item_id"].iloc[close]]


def keys_are_not_the_longest(items, options):
    """In 35% of the questions or fewer the key is the longest option."""
    del items
    length = options["text"].str.len()
    longest = length.groupby(options["item_id"]).transform("max")
    tied = (length == longest).groupby(options["item_id"]).transform("sum") > 1
    share = (options["is_key"] & (length == longest) & ~tied).sum() / options["item_id"].nunique()
    return [f"{share:.0%}"] if share > 0.35 else []


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


def objectives_fit_the_lesson(items, options):
    """A question serves an objective of its own lesson."""
    del options
    home = cd.load_table("objectives").set_index("objective_id")["lesson_id"]
    return [*items.loc[items["objective_id"].map(home) != items["lesson_id"], "item_id"]]


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


def _long_keys(items, options):
    del items
    options["text"] = options["text"].where(~options["is_key"], options["text"] + " and more of it")


RULES = {
    everything_is_explained: _first("rationale", "Wrong."),
    explanations_do_not_repeat: _first(
        "rationale", "Anaemia, table “Symptoms”, anaemia it is, so."
    ),
    wrong_options_tempt: _first("misconception", None),
    one_option_is_right: _first("is_key", True),
    options_are_rows: _first("row_id", "atlantis"),
    lead_ins_are_questions: _first("lead_in", "Which of these is not a type?", of="items"),
    stems_carry_the_weight: _first("stem", "So?", of="items"),
    options_give_nothing_away: _first("text", "All of the above"),
    abbreviations_are_explained: _first(
        "stem", lambda stem: stem + " Her PTH is high.", of="items"
    ),
    patients_are_invented: _first("stem", "A woman has a lump.", of="items"),
    no_review_is_claimed: _first("review_status", "Reviewed", of="items"),
    stems_differ: _all("stem", "A woman has a hard lump over the elbow."),
    keys_are_not_the_longest: _long_keys,
    lessons_ask_to_apply: _all("bloom_level", "remember"),
    questions_use_several_tables: _all("option_table", "types"),
    places_are_counted: _first("position", 9, of="items"),
    objectives_fit_the_lesson: _first("objective_id", "capstone-join", of="items"),
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


@pytest.mark.parametrize("item_id", cd.load_table("items")["item_id"])
def test_key_is_what_the_tables_say(item_id):
    assert assessment.key_is_proved(assessment.item(item_id))


def test_each_lesson_has_its_questions(items):
    """Ten or more in each lesson that is written."""
    written = cd.load_table("lessons").dropna(subset=["notebook"])["lesson_id"]
    assert (items["lesson_id"].value_counts().reindex(written, fill_value=0) >= 10).all()


def test_plan_names_its_lessons_and_objectives():
    """Nine lessons in order; three or four objectives each, which begin with their verb."""
    lessons, objectives = cd.load_table("lessons"), cd.load_table("objectives")
    assert sorted(lessons["number"]) == [*range(1, 10)]
    assert objectives["lesson_id"].value_counts().reindex(lessons["lesson_id"]).between(3, 4).all()
    opening = objectives["text"].str.split().str[0].str.lower()
    assert [*opening] == [verb.split("-")[0] for verb in objectives["verb"]]
