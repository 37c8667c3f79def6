"""A committed lesson is clean: no outputs or state, fixed metadata, links that lead somewhere."""

import json
import re
from pathlib import Path

import nbformat
import pytest

import calcinosis_data as cd

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
ROOT = Path(__file__).parents[2]
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)")


def outputs_are_stripped(lesson):
    """Outputs and counts are kept where nbval compares them, and nowhere else."""
    for cell in lesson.code:
        compared = "NBVAL_CHECK_OUTPUT" in cell.text
        if bool(cell.raw["outputs"]) != compared:
            yield f"{cell.id}: {'lacks its' if compared else 'has an'} output"
        if cell.raw["execution_count"] != (1 if compared else None):
            yield f"{cell.id}: execution count {cell.raw['execution_count']}"


def metadata_is_fixed(lesson):
    """The same metadata in each lesson, so that widget state or a version cannot slip in."""
    if lesson.notebook["metadata"] != METADATA:
        yield f"metadata is {lesson.notebook['metadata']}"
    if (lesson.notebook["nbformat"], lesson.notebook["nbformat_minor"]) != (4, 5):
        yield "format is not 4.5"


def ids_can_be_read(lesson):
    """Cell ids are words, so that a test, a link or a teacher can name a cell."""
    ids = [cell.id for cell in lesson.cells]
    yield from (f"id {one!r} twice" for one in sorted({one for one in ids if ids.count(one) > 1}))
    for one in ids:
        if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", one):
            yield f"id {one!r} is no word"


def is_valid(lesson):
    """The notebook format has nothing against it."""
    try:
        nbformat.validate(nbformat.from_dict(lesson.notebook))
    except nbformat.ValidationError as error:
        yield str(error)


def headings_are_in_order(lesson):
    """One heading of level 1, at the start, and no level is skipped."""
    levels = [level for level, _ in lesson.headings]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"headings of level 1: {levels.count(1)}, first level {levels[0]}"
    pairs = zip(lesson.headings, lesson.headings[1:], strict=False)
    for (before, _), (level, text) in pairs:
        if level > before + 1:
            yield f"{text!r} skips a level"


def contents_lead_to_headings(lesson):
    """The contents list is ordered and names each heading of level 2 after it, once."""
    listed = re.findall(r"^\d+\. \[(.+?)\]\(#(.+?)\)$", lesson.cell("contents").text, re.MULTILINE)
    wanted = [(text, text.replace(" ", "-")) for level, text in lesson.headings if level == 2]
    after = [pair for pair in wanted if pair[0] not in {"Contents", "How to use this page"}]
    if listed != after:
        yield f"contents {listed} are not the headings {after}"


def anchors_exist(lesson):
    """A link within the page goes to one of its headings."""
    anchors = {text.replace(" ", "-") for _, text in lesson.headings}
    for cell, _, target in _links(lesson):
        if target.startswith("#") and target[1:] not in anchors:
            yield f"{cell.id}: no heading {target}"


def links_are_references(lesson):
    """A link out of the course is a reference, under its short name."""
    known = cd.load_table("references").set_index("link")["ref_id"].dropna().to_dict()
    for cell, text, target in _links(lesson):
        if re.match(r"https?:", target) and (target not in known or text != cd.cite(known[target])):
            yield f"{cell.id}: [{text}]({target}) is not a reference with its short name"


def missing_identifiers_are_said(lesson):
    """A source without a link is cited by its short name and 'no identifier found'."""
    frame = cd.load_table("references")
    unlinked = {cd.cite(ref) for ref in frame.loc[frame["link"].isna(), "ref_id"]}
    for cell in lesson.prose:
        before = re.findall(r"\((?:[^()]|\([^()]*\))*, no identifier found\)", cell.text)
        cited = {found[1:].removesuffix(", no identifier found)") for found in before}
        if len(before) != cell.text.count("no identifier found") or not cited <= unlinked:
            yield f"{cell.id}: {before}"


def files_exist(lesson):
    """A link to another file of the course has its file."""
    for cell, _, target in _links(lesson):
        if re.match(r"[a-z]+:|#", target):
            continue
        # In the course folder the exercises stand beside the lessons.
        place = target.replace("exercises/", "../exercises/release/")
        if not (ROOT / "notebooks" / place).exists():
            yield f"{cell.id}: no file {target}"


def tables_are_called_by_title(lesson):
    """Words in curved quotes are the title of a table, as its panel shows it."""
    titles = set(cd.list_tables()["title"])
    for cell in lesson.prose:
        for name in re.findall("“([^”]*)”", LINK.sub("", cell.text)):
            if name not in titles:
                yield f"{cell.id}: no table is called {name!r}"


def pictures_have_text(lesson):
    """Each picture says in words what it shows."""
    for cell in lesson.prose:
        for tag in re.findall(r"<img\b[^>]*>", cell.text):
            if not re.search(r"""\balt=(["'])\s*\S""", tag):
                yield f"{cell.id}: {tag}"
        for alt in re.findall(r"!\[([^\]]*)\]", cell.text):
            if not alt.strip():
                yield f"{cell.id}: picture without words"


def code_is_folded(lesson):
    """Source is hidden but in the data track, whose learners read it."""
    for cell in lesson.code:
        hidden = cell.raw["metadata"].get("jupyter", {}).get("source_hidden", False)
        if hidden == cell.id.startswith("data-"):
            yield f"{cell.id}: source hidden is {hidden}"


def nothing_is_decorated(lesson):
    """No pictograms: a screen reader speaks each of them."""
    for cell in lesson.cells:
        if re.search("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]", cell.text):
            yield cell.id


def details_are_native(lesson):
    """Each fold is opened and closed, and its summary says what is inside."""
    for cell in lesson.prose:
        opened, closed = cell.text.count("<details>"), cell.text.count("</details>")
        if not opened == closed == len(re.findall(r"<summary>\S.*?</summary>", cell.text)):
            yield cell.id


def _links(lesson):
    return [(cell, *found) for cell in lesson.prose for found in LINK.findall(cell.text)]


def _set(key, value):
    return lambda notebook: notebook.update({key: value})


def _in_code(key, value):
    def damage(notebook):
        cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
        cell[key] = value

    return damage


def _say(text):
    def damage(notebook):
        notebook["cells"][1]["source"].append("\n" + text)

    return damage


RULES = {
    outputs_are_stripped: _in_code("execution_count", 3),
    metadata_is_fixed: _set("metadata", {**METADATA, "widgets": {}}),
    ids_can_be_read: _in_code("id", "3f2a9c"),
    is_valid: _set("cells", [{"cell_type": "poem", "id": "a", "metadata": {}, "source": ""}]),
    headings_are_in_order: _say("#### Too deep"),
    contents_lead_to_headings: _say("1. [Nowhere](#Nowhere)"),
    anchors_exist: _say("[there](#Not-a-heading)"),
    links_are_references: _say("[Reiter 1911](https://doi.org/10.1016/j.jaad.2010.08.038)"),
    missing_identifiers_are_said: _say("a figure (Nobody 2020, no identifier found)"),
    files_exist: _say("[exercise](exercises/nothing.ipynb)"),
    tables_are_called_by_title: _say("the table “Labs”"),
    pictures_have_text: _say("![](picture.svg)"),
    code_is_folded: _in_code("metadata", {}),
    nothing_is_decorated: _say("Well done \U0001f389"),
    details_are_native: _say("<details>\n<summary></summary>\n</details>"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_lesson_keeps(rule, lesson):
    assert not list(rule(lesson)), rule.__doc__


@pytest.mark.parametrize(
    ("rule", "damage"), RULES.items(), ids=lambda x: getattr(x, "__name__", "")
)
def test_damage_is_seen_by(rule, damage, a_lesson):
    assert list(rule(a_lesson.changed(damage)))


def test_an_output_is_seen(a_lesson):
    output = {"output_type": "stream", "name": "stdout", "text": ["left over"]}
    assert list(outputs_are_stripped(a_lesson.changed(_in_code("outputs", [output]))))


def test_written_in_one_way(lesson):
    """A saved lesson differs from the committed one only where it was edited."""
    text = (ROOT / "notebooks" / lesson.name).read_text(encoding="utf-8")
    assert text == json.dumps(lesson.notebook, indent=1, ensure_ascii=False) + "\n"


def test_every_notebook_is_listed():
    """The table of lessons and the folder name the same notebooks."""
    listed = set(cd.load_table("lessons")["notebook"].dropna())
    assert listed == {path.name for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb")}
