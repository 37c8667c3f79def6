"""Every clinical, statistical and data term that the tables use is in the glossary.

A word of the tables is explained in ``glossary.csv`` or stands in ``everyday_words.txt``; there is
no third way. The rules below yield what is wrong in words that say what to do.
"""

import doctest
import re
from pathlib import Path

import glossary_words as gw
import pytest
from readability import flesch_kincaid

LIST = Path(__file__).with_name("everyday_words.txt")
LONGEST, GRADE, MEAN_GRADE = 40, 12.0, 8.0
DECIDE = (
    f"explain it in glossary.csv or, if it is ordinary English or a name, add it to {LIST.name}"
)


@pytest.fixture(scope="module")
def glossary():
    return gw.rows("glossary")


@pytest.fixture(scope="module")
def everyday():
    return gw.everyday_words(LIST)


@pytest.fixture(scope="module")
def texts():
    return list(gw.texts())


@pytest.fixture(scope="module")
def reading(glossary, everyday, texts):
    return Reading(glossary, everyday, texts)


# --- the two lists cover the tables, and nothing else --------------------------------------------


class Reading:
    """The texts, read once with both lists."""

    def __init__(self, glossary, everyday, texts):
        self.glossary, self.everyday = glossary, everyday
        self.forms = gw.glossary_forms(glossary)
        self.terms = gw.Lexicon(self.forms)
        self.used = {"terms": set(), "everyday": set()}
        self.unknown = {}
        plain = gw.Lexicon(everyday)
        for text in texts:
            for by, word in gw.read(text, self.terms, plain):
                if by == "nothing":
                    self.unknown.setdefault(word, text)
                else:
                    self.used[by].add(word)


def unknown_words(reading):
    for word, text in reading.unknown.items():
        yield f"{word!r} in {text}: {text.words[:90]!r}: {DECIDE}"


def stale_words(reading):
    for word in reading.everyday:
        if word not in reading.used["everyday"]:
            yield f"{word!r} is in no table, or only inside a term. Take it out of {LIST.name}."


def stale_terms(reading):
    used = {reading.forms[form] for form in reading.used["terms"]}
    used |= {row["see"] for row in reading.glossary}
    for row in reading.glossary:
        if row["term_id"] not in used:
            yield f"{row['term']!r} is in no table and no 'see'. Take the row out of glossary.csv."


def words_in_both(reading):
    for word in reading.everyday:
        if found := reading.terms.starts([word]):
            yield f"{word!r} is the term {found[0]!r}. Take it out of {LIST.name}."


COVER = [unknown_words, stale_words, stale_terms, words_in_both]


@pytest.mark.parametrize("rule", COVER, ids=lambda rule: rule.__name__)
def test_the_lists_cover_the_tables(rule, reading):
    wrong = list(rule(reading))
    assert not wrong, "\n".join(wrong[:30])


def term(name, definition="A thing.", **more):
    blank = dict.fromkeys([*gw.FORM_COLUMNS, "see"], "")
    return blank | {"term_id": name.lower(), "term": name, "definition": definition} | more


def said(words, **more):
    return gw.Text("types", "summary", "row dystrophic", words, **more)


@pytest.mark.parametrize(
    ("rule", "terms", "everyday", "words"),
    [
        (unknown_words, ["calcinosis"], ["in"], "Calcinosis in dermatomyositis"),
        (unknown_words, ["bone scan"], ["a"], "a bone, a scan"),
        (unknown_words, ["computed tomography"], ["a", "pet"], "a PET"),
        (stale_words, ["calcinosis"], ["in", "ear"], "calcinosis in"),
        (stale_words, ["bone scan"], ["a", "bone"], "a bone scan"),
        (stale_terms, ["calcinosis", "gout"], ["in"], "calcinosis in"),
        (words_in_both, ["calcinosis"], ["calcinosis"], "calcinosis"),
        (words_in_both, ["calcify"], ["calcified"], "calcified"),
    ],
)
def test_a_gap_in_the_lists_is_seen(rule, terms, everyday, words):
    assert list(rule(Reading([term(name) for name in terms], everyday, [said(words)])))


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("Calcified nodules, calcifying nodule", {}),
        ("Paget's nodules, CTs", {}),
        ("ct", {"any_case": True}),
        ("bone scans: biopsies", {}),
    ],
)
def test_simple_forms_are_covered(words, more):
    glossary = [term(name) for name in ["calcify", "nodule", "Paget", "bone scan", "biopsy"]]
    glossary.append(term("computed tomography", abbreviation="CT"))
    assert not Reading(glossary, [], [said(words, **more)]).unknown


def test_an_unknown_word_says_where_it_is_and_what_to_do():
    [message] = unknown_words(Reading([], ["new"], [said("New lipodystrophy")]))
    assert message.startswith("'lipodystrophy' in types.summary, row dystrophic: 'New lipo")
    assert "glossary.csv" in message
    assert LIST.name in message


def test_the_learner_s_texts_are_read(texts):
    read = {(text.table, text.column) for text in texts if text.row.startswith("row ")}
    columns = {
        "types": "summary", "causes": "mechanism", "symptoms": "why", "treatments": "key_risks",
        "diagnostic_tests": "limitation", "treatment_indications": "note", "labs": "note",
        "conditions": "description", "analytes": "short_name", "body_sites": "name",
        "interventions": "name", "appraisals": "explanation", "prevalence": "note",
        "outcomes": "outcome_definition", "frequencies": "feature", "sites": "source_label",
        "accuracy": "target_label", "guidance": "statement", "source_items": "summary",
        "items": "stem", "item_options": "rationale", "lessons": "question",
        "objectives": "text", "glossary": "definition",
    }  # fmt: skip
    assert columns.items() <= read
    assert any(text.table == "codes" and text.any_case for text in texts), "categories too"


def test_the_list_is_sorted():
    words = gw.everyday_words(LIST)
    assert words == sorted(set(words), key=lambda word: (word.lower(), word))
    assert not [word for word in words if gw.WORD.fullmatch(word) is None]


def test_examples_of_the_words():
    assert doctest.testmod(gw).failed == 0


# --- each row of the glossary --------------------------------------------------------------------


def said_twice(glossary):
    """A term, an abbreviation or another name stands for one row only."""
    seen = {}
    for row in glossary:
        for form in filter(None, (row[column] for column in gw.FORM_COLUMNS)):
            if form.lower() in seen:
                yield f"{form!r} is in {seen[form.lower()]} and in {row['term_id']}"
            seen[form.lower()] = row["term_id"]


def has_a_figure(glossary):
    """Definitions are editorial: figures belong in the study tables."""
    for row in glossary:
        if re.search(r"\d", row["definition"]):
            yield f"{row['term_id']}: {row['definition']!r}"


def is_long(glossary):
    """A definition is one or two short sentences."""
    for row in glossary:
        if len(row["definition"].split()) > LONGEST or row["definition"].count(". ") > 1:
            yield f"{row['term_id']}: {row['definition']!r}"


def is_no_sentence(glossary):
    """A definition starts with a capital and ends with a full stop."""
    for row in glossary:
        if not re.fullmatch(r"[A-Z].*\.", row["definition"]):
            yield f"{row['term_id']}: {row['definition']!r}"


def says_itself(glossary):
    """A definition does not use the word that it explains, in any of its forms."""
    for row in glossary:
        own = gw.Lexicon(filter(None, (row[column] for column in gw.FORM_COLUMNS)))
        used = dict(gw.read(said(row["definition"]), own, gw.Lexicon([])))
        if "terms" in used:
            yield f"{row['term_id']} is explained by {used['terms']!r}: {row['definition']!r}"


def is_hard_to_read(glossary):
    """A definition is plain; other terms in it are explained in their own rows."""
    grades = grades_of(glossary)
    for term_id, grade in grades.items():
        if grade > GRADE:
            yield f"{term_id} reads at grade {grade:.1f}"
    if sum(grades.values()) / len(grades) > MEAN_GRADE:
        yield f"the definitions read at more than grade {MEAN_GRADE}"


def points_at_itself(glossary):
    """`see` leads to another row; that the row exists is a foreign key."""
    for row in glossary:
        if row["see"] == row["term_id"]:
            yield row["term_id"]


def abbreviation_is_longer(glossary):
    """An abbreviation is short."""
    for row in glossary:
        if len(row["abbreviation"]) >= len(row["term"]):
            yield f"{row['term']}: {row['abbreviation']}"


def sentences(row):
    return [part for part in re.split(r"(?<=[.:])\s+", row["definition"]) if part]


def grades_of(glossary):
    """Flesch-Kincaid grade of each definition; terms count as words but not for difficulty."""
    terms = gw.Lexicon(gw.glossary_forms(glossary))
    return {row["term_id"]: _grade(row, terms) for row in glossary}


def _grade(row, terms):
    words = gw.WORD.findall(row["definition"])
    plain = [word for word in words if not terms.starts([word])] or words
    return flesch_kincaid(words, len(sentences(row)), judged=plain)


HEAVY = "Administrative considerations necessitate comprehensive organisational evaluation."
ROWS = [
    (said_twice, [term("gout"), term("urate", also_called="Gout")]),
    (said_twice, [term("rate", abbreviation="RR"), term("risk", abbreviation="RR")]),
    (has_a_figure, [term("gout", "A disease of 3 joints.")]),
    (is_long, [term("gout", "A disease " + "of joints " * 20 + "and more.")]),
    (is_no_sentence, [term("gout", "a disease.")]),
    (is_no_sentence, [term("gout", "A disease")]),
    (says_itself, [term("calcify", "To become calcified.")]),
    (says_itself, [term("computed tomography", "A CT scan.", abbreviation="CT")]),
    (is_hard_to_read, [term("gout", HEAVY)]),
    (points_at_itself, [term("gout", see="gout")]),
    (abbreviation_is_longer, [term("gout", abbreviation="G.O.U.T.")]),
]
RULES = list(dict.fromkeys(rule for rule, _ in ROWS))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_glossary_keeps(rule, glossary):
    wrong = list(rule(glossary))
    assert not wrong, f"{rule.__doc__}\n" + "\n".join(wrong)


@pytest.mark.parametrize(("rule", "wrong"), ROWS)
def test_a_wrong_row_is_seen(rule, wrong):
    assert list(rule(wrong))


def test_a_plain_row_passes_every_rule():
    plain = term("gout", "A disease of joints.", see="urate", abbreviation="G")
    assert not [rule.__name__ for rule in RULES if list(rule([plain]))]
