"""The quiz, the start and the results without a browser."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import item_kinds as kinds
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from calcinosis_data.course import assessment
from calcinosis_data.course.assessment import pages, quiz_widget
from calcinosis_data.course.assessment.answer_book import Book
from calcinosis_data.course.assessment.attempts import read_folder
from calcinosis_data.course.assessment.errors import NotAnAnswerError, UnknownItemError
from calcinosis_data.course.assessment.item_bank import Bank, Item
from calcinosis_data.course.assessment.quiz_widget import Quiz
from calcinosis_data.course.assessment.scoring import score

OWN_SOURCE = {"hpo_terms", "source_items"}  # a vocabulary and the article itself cite nothing


@pytest.fixture
def quiz(small_bank: Bank, own_book: Book) -> Quiz:
    return Quiz(small_bank.items, own_book)


@pytest.fixture
def shell() -> InteractiveShell:
    """A shell, so that outputs of a cell can be looked at."""
    return InteractiveShell.instance()


def shown(call: Callable[[], Any]) -> str:
    """All HTML that a cell shows."""
    with capture_output() as captured:
        call()
    return " ".join(output.data.get("text/html", "") for output in captured.outputs)


def test_nothing_of_the_key_is_on_the_page_before_an_answer(quiz: Quiz, small_bank: Bank) -> None:
    page = json.dumps(quiz.get_state())
    assert quiz.answers == {}
    for item in small_bank.items:
        assert all(option.rationale not in page for option in item.options)
        assert item.take_away not in page
    assert "is_key" not in json.dumps(quiz.questions)


def test_questions_say_where_the_learner_is(quiz: Quiz) -> None:
    assert [question["progress"] for question in quiz.questions] == [
        "Question 1 of 3",
        "Question 2 of 3",
        "Question 3 of 3",
    ]


def test_an_answer_brings_feedback_and_is_on_disk(quiz: Quiz, folder: Path) -> None:
    quiz.answer("pair-high-phosphate", "a")
    answer = quiz.answers["pair-high-phosphate"]
    assert answer["verdict"] == "Not yet."
    assert answer["sentence"] == "You chose “Dystrophic”. The best answer is “Metastatic”."
    assert [option["id"] for option in answer["options"]] == ["a", "b", "c"]
    assert all(option["rationale"] for option in answer["options"])
    assert [one.response for one in read_folder(folder).attempts] == [("a",)]
    assert set(quiz.answers) == {"pair-high-phosphate"}


def test_answers_are_there_again_in_the_next_session(
    quiz: Quiz, small_bank: Bank, folder: Path
) -> None:
    quiz.answer("pair-normal", "a")
    quiz.answer("pair-normal", "d")
    again = Quiz(small_bank.items, Book(folder))
    assert again.answers == {"pair-normal": quiz.answers["pair-normal"]}
    assert again.questions == quiz.questions  # the order of the options, too


def test_an_answer_to_another_version_is_not_shown(
    quiz: Quiz, changed: Callable[..., Item], folder: Path
) -> None:
    quiz.answer("pair-high-phosphate", "b")
    assert Quiz([changed(version=2)], Book(folder)).answers == {}


@pytest.mark.parametrize("item", kinds.ALL, ids=lambda item: item.kind)
def test_every_kind_is_shown_answered_and_there_again(item: Item, folder: Path) -> None:
    quiz = Quiz([item], Book(folder))
    page = json.dumps(quiz.get_state(), ensure_ascii=False)
    assert all(option.rationale not in page for option in item.options)
    assert '"is_key"' not in page
    quiz.answer(item.item_id, kinds.KEYS[item.kind])
    answer = quiz.answers[item.item_id]
    assert answer["verdict"] == "Correct."
    assert len(answer["options"]) == len(item.options)
    assert Quiz([item], Book(folder)).answers == quiz.answers


NO_ANSWERS = [
    ("one-best-answer", []),
    ("claim-status", [""]),
    ("multiple", []),
    ("matching", ["a=skin"]),
    ("ordering", ["a", "b"]),
    ("ordering", ["a", "a", "b", "c"]),
    ("numeric", ["forty"]),
    ("numeric", []),
]


@pytest.mark.parametrize(("kind", "response"), NO_ANSWERS)
def test_what_is_no_answer_is_told_and_kept_nowhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str, response: list[str]
) -> None:
    item = kinds.BY_KIND[kind]
    quiz = Quiz([item], Book(folder))
    sent: list[dict[str, str]] = []
    monkeypatch.setattr(quiz, "send", sent.append)
    quiz._receive(quiz, {"item_id": item.item_id, "response": response}, None)
    assert set(sent[0]) == {"item_id", "tell"}
    assert "Error" not in sent[0]["tell"]
    assert quiz.answers == {}
    assert not list(folder.glob("answers-*"))
    with pytest.raises(NotAnAnswerError):
        quiz.answer(item.item_id, response)


@pytest.mark.parametrize("confidence", [None, "guess", "fairly sure", "sure"])
def test_how_sure_a_learner_was_is_kept_with_the_answer(
    quiz: Quiz, small_bank: Bank, folder: Path, confidence: str | None
) -> None:
    message = {"item_id": "pair-normal", "response": ["d"], "confidence": confidence}
    quiz._receive(quiz, message, None)
    assert [one.confidence for one in read_folder(folder).attempts] == [confidence]
    again = Quiz(small_bank.items, Book(folder))
    assert again.answers["pair-normal"]["confidence"] == confidence


def test_an_answer_to_an_option_that_is_gone_is_not_shown(
    quiz: Quiz, changed: Callable[..., Item], high_phosphate: Item, folder: Path
) -> None:
    quiz.answer("pair-high-phosphate", "c")
    fewer = changed(options=high_phosphate.options[:2])
    assert Quiz([fewer], Book(folder)).answers == {}


@pytest.mark.parametrize(
    "message",
    [{"item_id": "nowhere", "response": "a"}, {"item_id": "pair-normal"}, {}, None, [1], "a"]
    + [{"item_id": "pair-normal", "response": wrong} for wrong in ("z", None, 5, [1], [["a"]])]
    + [{"item_id": "pair-normal", "response": "a", "confidence": "very"}],
)
def test_a_bad_message_is_answered_in_words(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch, folder: Path, message: Any
) -> None:
    sent: list[dict[str, str]] = []
    monkeypatch.setattr(quiz, "send", sent.append)
    quiz._receive(quiz, message, None)
    assert len(sent) == 1
    assert "Error" in sent[0]["trouble"]
    assert not list(folder.glob("answers-*"))


def test_what_could_not_be_saved_is_told_and_shown(small_bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "my-answers").write_text("a file in the way")
    quiz = Quiz(small_bank.items, Book(tmp_path / "my-answers"))
    assert quiz.notice == ""
    quiz.answer("pair-normal", "d")
    assert quiz.answers["pair-normal"]["correct"]
    assert "1 answer is not on disk yet" in quiz.notice


def test_opening_a_quiz_saves_what_was_waiting(small_bank: Bank, tmp_path: Path) -> None:
    own = Book(tmp_path / "my-answers")
    (tmp_path / "my-answers" / "learner-id.txt").unlink()
    (tmp_path / "my-answers").rmdir()
    (tmp_path / "my-answers").write_text("a file in the way")
    Quiz(small_bank.items, own).answer("pair-normal", "d")
    (tmp_path / "my-answers").unlink()
    assert Quiz(small_bank.items, own).notice == ""
    assert len(read_folder(tmp_path / "my-answers").attempts) == 1


def test_the_saved_copy_asks_but_does_not_answer(quiz: Quiz, shell: InteractiveShell) -> None:
    with capture_output() as captured:
        quiz._ipython_display_()
    widget, copy = captured.outputs
    assert "application/vnd.jupyter.widget-view+json" in widget.data
    html = copy.data["text/html"]
    assert html.count("Which type") == 3
    assert "Why " not in html
    assert len(html) < 4000


def test_text_of_an_item_is_never_markup(changed: Callable[..., Item]) -> None:
    asked = pages.questions([changed(stem="<b onclick=x>", lead_in="a < b?")], "ada")
    html = pages.static_copy(asked)
    assert "<b" not in html
    assert "a &lt; b?" in html


def test_a_quiz_of_the_course(folder: Path) -> None:
    first = assessment.items(lesson="types")[0]
    block = assessment.quiz(lesson="types", block=first.block)
    assert [q["id"] for q in assessment.quiz(first.item_id).questions] == [first.item_id]
    assert first.item_id in {question["id"] for question in block.questions}


def test_a_wrong_block_names_the_nearest(folder: Path) -> None:
    with pytest.raises(UnknownItemError, match="Did you mean 'types'"):
        assessment.quiz(lesson="typs")


def some_responses(item: Item) -> list[list[str]]:
    """Each option of a question alone; for lines one whole answer that is wrong."""
    lines = [option for option in item.options if option.special != "extra-answer"]
    if item.kind == "matching":
        return [[f"{line.option_id}={item.answers[0]}" for line in lines]]
    if item.kind == "ordering":
        return [[o.option_id for o in sorted(lines, key=lambda option: -(option.place or 0))]]
    if item.kind == "numeric":
        numbers = [option for option in lines if option.special != "any-other"]
        return [[option.text] for option in numbers] + [["-98765"]]
    return [[option.option_id] for option in lines]


def test_every_question_of_the_course_gives_feedback_for_every_option(folder: Path) -> None:
    own = Book(folder)
    for item in assessment.items():
        quiz = Quiz([item], own)
        sources = []
        for response in some_responses(item):
            quiz.answer(item.item_id, response)
            answer = quiz.answers[item.item_id]
            assert answer["correct"] is score(item, response).correct
            sources += answer["sources"]
            assert len(answer["options"]) == len(item.options)
            assert all(option["rationale"] for option in answer["options"])
        of_rows = any(option.row_id for option in item.key)
        assert sources or not of_rows or item.option_table in OWN_SOURCE, item.item_id


def test_start_says_what_is_ready_and_where_the_learner_stands(
    folder: Path, shell: InteractiveShell
) -> None:
    first = assessment.items(lesson="types")[0]
    html = shown(lambda: assessment.start("types"))
    assert "Ready: calcinosis-data" in html
    assert "my-answers" in html
    assert "This lesson: none of" in html
    assessment.quiz(first.item_id).answer(first.item_id, first.key[0].option_id)
    assert "1 right at the first try" in shown(lambda: assessment.start("types"))


def test_start_tells_of_answers_that_could_not_be_read(
    folder: Path, shell: InteractiveShell
) -> None:
    folder.mkdir(parents=True)
    (folder / "answers-0.jsonl").write_bytes(b'{"format": 1, "torn')
    html = shown(lambda: assessment.start("types"))
    assert "1 saved answer could not be read (answers-0.jsonl line 1)" in html


def test_start_shows_no_traceback(folder: Path, shell: InteractiveShell) -> None:
    html = shown(lambda: assessment.start("typs"))
    assert "Error: the lesson cannot start." in html
    assert "Did you mean" in html


def test_results_go_by_objective(folder: Path) -> None:
    items = assessment.items(lesson="types")
    before = assessment.results(lesson="types")
    assert f"none of {len(items)} questions answered yet" in repr(before)
    wrong = next(option for option in items[0].options if not option.is_key)
    assessment.quiz(items[0].item_id).answer(items[0].item_id, wrong.option_id)
    html = assessment.results(lesson="types")._repr_html_()
    assert html.count('scope="row"') == len({item.objective_id for item in items})
    assert "Look again: 1 question not right yet." in html
    assert "Not started" in html


def test_the_widget_takes_its_static_files() -> None:
    for name in ("guard", "fillSources", "buildQuestion", "buildField", "fillMore", "render"):
        assert f"function {name}(" in quiz_widget.Quiz._esm
    for rule in (".cal-item", ".cal-reasons"):
        assert rule in quiz_widget.Quiz._css
