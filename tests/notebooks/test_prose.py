"""Prose is plain, and each figure in it is the figure of a table.

`figures.csv` beside this file says for each figure where it comes from: the words around it with
the figure in braces, a table, the rows (``column=value;column=value``), and the column. Without
a column the figure is the number of these rows. A figure that is not listed is a fault, and so is
a listed one that is not there.
"""

import csv
import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from readability import flesch_kincaid

import calcinosis_data as cd

LISTED = Path(__file__).with_name("figures.csv")
SPELLED = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
VALUE = dict(zip(SPELLED, range(2, 13), strict=True)) | {"sixteen": 16, "twenty": 20}
FIGURE = re.compile(rf"\d[\d,]*(?:\.\d+)?|\b(?:{'|'.join(VALUE)})\b", re.IGNORECASE)
NO_FIGURE = re.compile(
    r"""\(?\[[^\]]*\]\([^)\s]*\)       # a link: its text is a citation, checked in test_clean
    | `[^`]*` | ^\d+\.\ | [Ll]esson\ \d | ^\#.*$ | \bversion\ [\d.]+,
    | three\ changes\ to\ try | two\ sentences""",
    re.MULTILINE | re.IGNORECASE | re.VERBOSE,
)

PROSE_GRADE, STEM_GRADE, SENTENCE = 10.0, 11.0, 18.0


def sentences(text):
    """Sentences of a prose cell without markup; a list entry or a table cell is none."""
    text = re.sub(r"^\|.*$|^#.*$|<summary>.*?</summary>|</?details>", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(?:- |\d+\. )", "\n\n", text, flags=re.MULTILINE)
    text = re.sub(r"\s*\(?\[([^\]]*)\]\([^)\s]*\)\)?", "", text)
    text = re.sub(r"[*`“”\"]", "", text)
    parts = re.split(r"(?<=[.?!])\s+(?=[A-Z0-9])|\n\s*\n", text)
    return [part for part in (" ".join(part.split()) for part in parts) if len(part.split()) > 2]


def grade(parts):
    """Flesch-Kincaid grade; names of clinical things count as words but not for difficulty."""
    words = [word for part in parts for word in _words(part)]
    plain = [word for word in words if word.lower() not in clinical_terms()]
    return flesch_kincaid(words, len(parts), judged=plain)


@cache
def clinical_terms():
    """Words of the names that the tables give to what the course is about."""
    tables = ["types", "causes", "symptoms", "diagnostic_tests", "treatments", "analytes"]
    tables += ["conditions", "body_sites"]
    names = " ".join(name for table in tables for name in cd.load_table(table)["name"])
    names += " calcium phosphate " + " ".join(cd.load_table("hpo_terms")["hpo_label"])
    return {word.lower() for word in _words(names)}


def _words(text):
    return re.findall(r"[A-Za-z][A-Za-z'’-]*", text)


def figures_are_traced(lesson):
    """Each figure in the prose is listed with its origin."""
    for cell in lesson.prose:
        text = cell.text
        for said in (*_unlinked(), NO_FIGURE):
            text = re.sub(said, lambda found: " " * len(found[0]), text)
        traced = {at for one in _listed(lesson, cell.id) for at in _places(one, cell.text)}
        for found in FIGURE.finditer(text):
            if found.start() not in traced:
                near = text[max(0, found.start() - 30) : found.end() + 20]
                yield f"{cell.id}: {' '.join(near.split())!r} has no origin"


def origins_are_used(lesson):
    """Each listed figure is in its cell, so that no origin outlives its words."""
    texts = {cell.id: cell.text for cell in lesson.prose}
    for one in _listed(lesson):
        if not _places(one, texts.get(one["cell"], "")):
            yield f"{one['cell']}: not there: {one['words']!r}"


def figures_are_the_tables(lesson):
    """Each listed figure is the one in its table today."""
    for one in _listed(lesson):
        if one["table"] == "-":  # a plain word, such as "the two columns": no figure
            continue
        said, known = re.search(r"\{(.+?)\}", one["words"])[1], origin(one)
        if not agrees(said, known):
            yield f"{one['cell']}: {one['words']!r} but the table says {known!r}"


def origin(one):
    """What the table says: a cell, or the number of rows."""
    rows = cd.load_table(one["table"])
    for condition in filter(None, one["where"].split(";")):
        column, value = condition.split("=")
        rows = rows[rows[column].astype("string").str.lower() == value.lower()]
    if not one["column"]:
        return len(rows)
    assert len(rows) == 1, f"{len(rows)} rows for {one['words']!r}"
    return rows[one["column"]].iloc[0]


def agrees(said, known):
    """Whether the words and the table say the same; a long text agrees if it holds the figure."""
    if isinstance(known, str):
        return said.lower() == known.lower() or said in FIGURE.findall(known)
    number = VALUE.get(said.lower(), pd.to_numeric(said.replace(",", ""), errors="coerce"))
    return bool(number == known)


@cache
def _unlinked():
    """Short names of the sources without a link, as patterns."""
    frame = cd.load_table("references")
    refs = frame.loc[frame["link"].isna(), "ref_id"]
    return [re.compile(re.escape(f"{cd.cite(ref)}, no identifier found")) for ref in refs]


def _listed(lesson, cell_id=None):
    rows = csv.DictReader(LISTED.read_text(encoding="utf-8").splitlines())
    return [r for r in rows if r["notebook"] == lesson.name and cell_id in (None, r["cell"])]


def _places(one, text):
    """Where the listed words stand in a cell: the starts of their figure."""
    before, figure, after = re.fullmatch(r"(.*)\{(.+?)\}(.*)", one["words"]).groups()
    found = re.finditer(re.escape(before + figure + after), text)
    return [match.start() + len(before) for match in found]


def test_grade_tells_plain_from_heavy():
    plain = ["The cat sat on the mat.", "It was a warm day and the sun was out."]
    heavy = ["Administrative considerations necessitate comprehensive organisational evaluation."]
    assert grade(plain) < 3
    assert grade(heavy) > 15


def test_sentences_are_found():
    text = "# No\n\nOne and two. Is it?\n\n| a | b c d |\n\n- Four is here ([a b](http://x))."
    assert sentences(text) == ["One and two.", "Four is here."]


def test_prose_is_plain(lesson):
    parts = [part for cell in lesson.prose for part in sentences(cell.text)]
    assert grade(parts) <= PROSE_GRADE
    assert sum(len(part.split()) for part in parts) / len(parts) <= SENTENCE


def test_no_part_is_heavy(lesson):
    """The mean may not hide a cell that is hard to read."""
    heavy = {}
    for cell in lesson.prose:
        parts = sentences(cell.text)
        if sum(len(part.split()) for part in parts) > 60 and grade(parts) > PROSE_GRADE + 1:
            heavy[cell.id] = round(grade(parts), 1)
    assert not heavy


def test_questions_are_plain():
    items = cd.load_table("items")
    told = items["stem"] + " " + items["lead_in"]
    grades = {one: grade(sentences(text)) for one, text in zip(items["item_id"], told, strict=True)}
    assert not {one: round(value, 1) for one, value in grades.items() if value > STEM_GRADE}


def test_version_is_the_package_s(lesson):
    assert f"Course version {cd.__version__}, " in lesson.cell("title").text


RULES = [figures_are_traced, origins_are_used, figures_are_the_tables]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_lesson_keeps(rule, lesson):
    assert not list(rule(lesson)), rule.__doc__


def test_a_wrong_figure_is_seen(a_lesson, editing):
    wrong = a_lesson.changed(editing("block-3-idea", lambda text: text.replace("3,867", "3,876")))
    assert list(figures_are_traced(wrong))
    assert list(origins_are_used(wrong))


def test_a_changed_table_is_seen(a_lesson, monkeypatch):
    """One person more in one study, and the sentence that names the count is a fault."""
    load = cd.load_table

    def one_more(name):
        frame = load(name)
        return frame.assign(n_with=frame["n_with"] + 1) if name == "prevalence" else frame

    monkeypatch.setattr(cd, "load_table", one_more)
    faults = list(figures_are_the_tables(a_lesson))
    assert [fault.split(":")[0] for fault in faults] == ["block-3-idea", "block-3-misconception"]
