"""Each lesson follows the template: its parts in order, and what it promises is what it does."""

import ast
import re
from itertools import groupby

import pytest

import calcinosis_data as cd

OPENING = ["title", "contents", "how-to", "start", "objectives", "{warm}", "hook"]
BLOCK = ["idea", "worked", "explorer", "seen", "items", "misconception"]
CLOSING = ["mixed", "exercise", "hook-answer", "key-points", "results", "sources"]
HIGHER = {"apply", "analyse", "evaluate", "create"}


def parts_are_in_order(lesson):
    """The parts of the template follow each other; headings and extra panels may stand between."""
    blocks = _blocks(lesson)
    wanted = [name.format(warm=_warm_up(lesson)) for name in OPENING]
    wanted += [f"{block}-{part}" for block in blocks for part in BLOCK] + CLOSING
    found = [cell.id for cell in lesson.cells if cell.id in wanted]
    if found != wanted or len(blocks) < 2:
        yield f"parts {found}"


def title_is_the_table_s(lesson):
    """Title, question and minutes are those of the table of lessons."""
    row, title = lesson.row, lesson.cell("title").text
    if not title.startswith(f"# Lesson {row['number']}. {row['title']}\n"):
        yield f"title is not {row['title']!r}"
    minutes = re.findall(r"about (\d+) minutes", title)
    if minutes != [str(row["minutes_teach"]), str(row["minutes_do"])]:
        yield f"minutes {minutes}"
    if row["question"] not in lesson.cell("objectives").text.splitlines():
        yield f"no question {row['question']!r}"


def objectives_are_the_table_s(lesson):
    """The objectives are those of the table, word for word, each with its id."""
    lines = [line for line in lesson.cell("objectives").text.splitlines() if line[:2] == "- "]
    wanted = {f"- {text} (`{one}`)" for one, text in lesson.objectives["text"].items()}
    if set(lines) != wanted or len(lines) != len(wanted):
        yield f"objectives {lines}"


def key_points_answer_the_objectives(lesson):
    """One key point for each objective, in the same order, each one sentence."""
    promised = re.findall(r"`[a-z-]+-([a-z]+)`\)$", lesson.cell("objectives").text, re.MULTILINE)
    lines = re.findall(r"^- \*\*(\w+)\.\*\* (.+)$", lesson.cell("key-points").text, re.MULTILINE)
    if [verb.lower() for verb, _ in lines] != promised:
        yield f"key points {lines} for {promised}"
    yield from (f"{verb}: more than one sentence" for verb, text in lines if ". " in text)


def first_screen_starts_the_lesson(lesson):
    """The first cell says how to run the page and how to get out of a control."""
    opening = lesson.cell("title").text
    for words in ("**Run** menu", "**Run All Cells**", "press **Tab**", "click"):
        if words not in opening:
            yield f"the first cell does not say {words!r}"


def notice_stands_once(lesson):
    """The notice that this is education is on the first screen, once, in plain sight."""
    cells = [cell.id for cell in lesson.prose if "For education, not for care" in cell.text]
    if cells != ["title"]:
        yield f"notice in {cells}"


def no_review_is_claimed(lesson):
    """The last cell says that no clinician has reviewed the lesson."""
    if "not yet reviewed by a clinician" not in lesson.cell("sources").text:
        yield "nothing is said of a review"


def ideas_are_short(lesson):
    """One idea takes 150 words or fewer."""
    for block in _blocks(lesson):
        words = len(re.sub(r"\(\[[^)]*\)\)|^#.*$", "", _text(lesson, f"{block}-idea")).split())
        if words > 150:
            yield f"{block}: {words} words"


def patients_are_invented(lesson):
    """A patient in the opening scene is marked as invented."""
    if not re.search(r"^Invented patients?\.", lesson.cell("hook").text, re.MULTILINE):
        yield "the patient of the hook is not marked"


def explorers_serve_the_objectives(lesson):
    """Each objective has a panel, and each block asks for a prediction before its panel."""
    tags = {tag for cell in lesson.code for tag in cell.tags}
    wanted = {f"objective:{one}" for one in lesson.objectives.index}
    if tags != wanted:
        yield f"panels serve {sorted(tags)}"
    for block in _blocks(lesson):
        names = {name for name, _ in lesson.cell(f"{block}-explorer").calls}
        if not {"ui.reveal", "ui.ask"} <= names:
            yield f"{block}: nothing is asked before the panel"


def questions_are_the_bank_s(lesson):
    """The quizzes ask each question of the lesson once, and earlier ones in the warm-up."""
    items = _lesson_items()
    own = _own_items(lesson)
    asked = _asked(lesson)
    if sorted(block for block in asked if block) != sorted(own["block"].astype(str).unique()):
        yield f"blocks asked: {list(asked)}"
    if len(asked.get("", [])) != (0 if _warm_up(lesson) == "pre-questions" else 3):
        yield f"warm-up: {asked.get('')}"
    numbers = cd.load_table("lessons").set_index("lesson_id")["number"]
    older = set(items.loc[items["lesson_id"].map(numbers) < lesson.row["number"], "item_id"])
    yield from (f"{one} is no earlier question" for one in asked.get("", []) if one not in older)


def sets_have_the_right_size(lesson):
    """Three questions before, two or three after a block, four to six at the end."""
    sizes = {"pre-questions": {3}, "mixed": {4, 5, 6}} | {key: {2, 3} for key in _blocks(lesson)}
    for block, rows in _own_items(lesson).groupby("block", observed=True):
        if len(rows) not in sizes[block]:
            yield f"{block}: {len(rows)} questions"


def blocks_ask_to_apply(lesson):
    """After each block at least one question asks to apply what was read, or more."""
    for block, rows in _own_items(lesson).groupby("block", observed=True):
        if not set(rows["bloom_level"]) & HIGHER:
            yield f"{block}: {sorted(rows['bloom_level'])}"


def objectives_are_asked(lesson):
    """Each objective has two questions or more."""
    counts = _own_items(lesson)["objective_id"].value_counts()
    for one in lesson.objectives.index:
        if counts.get(one, 0) < 2:
            yield f"{one}: {counts.get(one, 0)} questions"


def misconceptions_are_refuted(lesson):
    """After each block a mistaken idea is said, corrected and explained, in this order."""
    for block in _blocks(lesson):
        words = re.findall(r"^\*\*(.+?)\*\*", _text(lesson, f"{block}-misconception"), re.MULTILINE)
        want = ["People often think", "In fact", "Because"]
        if not words or words != want * (len(words) // 3):
            yield f"{block}: {words}"


def data_track_is_folded(lesson):
    """The data track stands under one folded heading and goes from predicting to making."""
    cells = [cell for cell in lesson.cells if cell.id.startswith("data-")]
    if not cells:
        return
    if cells[0].raw["metadata"].get("jp-MarkdownHeadingCollapsed") is not True:
        yield "the heading is not folded"
    steps = [cell.id.split("-")[1] for cell in cells if cell.id != "data-track"]
    order = [step for step, _ in groupby(steps)]
    if order != ["predict", "run", "investigate", "modify", "make"]:
        yield f"steps {order}"


def code_is_one_call(lesson):
    """A cell is prose or one call; only the start cell and the data track hold more."""
    for cell in lesson.code:
        free = cell.id == "start" or cell.id.startswith("data-")
        if not free and len(ast.parse(cell.text).body) != 1:
            yield cell.id


def _blocks(lesson):
    found = (re.match(r"(block-\d+)-idea$", cell.id) for cell in lesson.cells)
    return [match[1] for match in found if match]


def _text(lesson, cell_id):
    return next((cell.text for cell in lesson.cells if cell.id == cell_id), "")


def _warm_up(lesson):
    return "pre-questions" if lesson.row["number"] == 1 else "warm-up"


def _lesson_items():
    """Questions that stand in lessons; those of the block practice stand in none."""
    items = cd.load_table("items")
    return items[items["block"] != "practice"]


def _own_items(lesson):
    items = _lesson_items()
    return items[items["lesson_id"] == lesson.row["lesson_id"]]


def _asked(lesson):
    """Blocks of this lesson that are asked; under "" the questions asked by their id."""
    asked = {}
    for cell in lesson.code:
        for name, call in cell.calls:
            if name != "assessment.quiz":
                continue
            named = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
            ids = [ast.literal_eval(one) for one in call.args]
            if named.get("lesson", lesson.row["lesson_id"]) == lesson.row["lesson_id"]:
                asked.setdefault(named.get("block", ""), []).extend(ids)
    return asked


def _drop(cell_id):
    def damage(notebook):
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] != cell_id]

    return damage


def _swap(cell_id, old, new):
    def damage(notebook):
        cell = next(cell for cell in notebook["cells"] if cell["id"] == cell_id)
        text = "".join(cell["source"])
        assert old in text
        cell["source"] = [text.replace(old, new, 1)]

    return damage


def _clear(cell_id):
    def damage(notebook):
        next(cell for cell in notebook["cells"] if cell["id"] == cell_id)["metadata"].clear()

    return damage


RULES = {
    parts_are_in_order: _drop("block-1-seen"),
    title_is_the_table_s: _swap("title", "minutes", "hours"),
    objectives_are_the_table_s: _swap("objectives", "- Classify", "- Sort"),
    key_points_answer_the_objectives: _swap("key-points", "**Explain.**", "**Recite.**"),
    first_screen_starts_the_lesson: _swap("title", "**Run All Cells**", "it"),
    notice_stands_once: _swap("title", "For education, not for care", "Note"),
    no_review_is_claimed: _swap("sources", "not yet reviewed", "reviewed"),
    ideas_are_short: _swap("block-1-idea", "Two questions", "word " * 150),
    patients_are_invented: _swap("hook", "Invented patients.", ""),
    explorers_serve_the_objectives: _clear("block-3-explorer"),
    questions_are_the_bank_s: _drop("block-2-items"),
    misconceptions_are_refuted: _swap("block-2-misconception", "**Because**", "Since"),
    data_track_is_folded: _clear("data-track"),
    code_is_one_call: _swap("mixed", "assessment", "import this\nassessment"),
}
ON_THE_BANK = [sets_have_the_right_size, blocks_ask_to_apply, objectives_are_asked]


@pytest.mark.parametrize("rule", [*RULES, *ON_THE_BANK], ids=lambda rule: rule.__name__)
def test_lesson_keeps(rule, lesson):
    assert not list(rule(lesson)), rule.__doc__


@pytest.mark.parametrize(
    ("rule", "damage"), RULES.items(), ids=lambda x: getattr(x, "__name__", "")
)
def test_damage_is_seen_by(rule, damage, a_lesson):
    assert list(rule(a_lesson.changed(damage)))


@pytest.mark.parametrize("rule", ON_THE_BANK, ids=lambda rule: rule.__name__)
def test_a_poor_bank_is_seen_by(rule, a_lesson, monkeypatch):
    """One question that asks to remember is left in each block."""
    poor = cd.load_table("items").groupby(["lesson_id", "block"], observed=True).head(1)
    load = cd.load_table
    poor = poor.assign(bloom_level="remember")
    monkeypatch.setattr(cd, "load_table", lambda name: poor if name == "items" else load(name))
    assert list(rule(a_lesson))


@pytest.mark.parametrize("call", ['lesson="types", block="practice"', '"causes-copper-search"'])
def test_a_practice_question_in_a_lesson_is_seen(call, a_lesson, editing):
    ask = editing("mixed", lambda text: f"{text}\nassessment.quiz({call})")
    assert list(questions_are_the_bank_s(a_lesson.changed(ask)))
