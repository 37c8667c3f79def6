"""The answer sheet of the exercises: saved beside the notebook, without feedback."""

import errno
import json
from pathlib import Path

import pytest

from calcinosis_data.course import assessment
from calcinosis_data.course.ui import snapshot

QUESTIONS = {
    "pattern": ("Which pattern is it?", ["normal and normal", "normal and high"]),
    "tissue": ("How is the tissue?", ["damaged", "normal"]),
}


def sheet(path: Path) -> assessment.AnswerSheet:
    return assessment.answer_sheet(path, QUESTIONS)


def status(made: assessment.AnswerSheet) -> str:
    return made._status.value


def test_answers_are_there_again_in_a_new_sheet(tmp_path: Path) -> None:
    first = sheet(tmp_path / "answers.json")
    first.controls["tissue"].value = "damaged"
    first.save()
    assert assessment.read_answers(tmp_path / "answers.json") == {"tissue": "damaged"}
    again = sheet(tmp_path / "answers.json")
    assert again.answers == {"tissue": "damaged"}
    assert "1 of 2 questions answered" in status(again)


def test_nothing_is_chosen_before_the_learner_chooses(tmp_path: Path) -> None:
    made = sheet(tmp_path / "answers.json")
    assert made.answers == {}
    assert {control.value for control in made.controls.values()} == {None}


def test_a_full_disk_is_told_and_the_old_answers_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sheet(tmp_path / "answers.json")
    made.controls["tissue"].value = "damaged"
    made.save()

    def full(*_args: object, **_options: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    made.controls["tissue"].value = "normal"
    made.save()
    assert "could not be saved" in status(made)
    assert "No space left on device" in status(made)
    assert assessment.read_answers(tmp_path / "answers.json") == {"tissue": "damaged"}
    assert [path.name for path in tmp_path.iterdir()] == ["answers.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"answers": 3}', "\x00", "[" * 100_000])
def test_a_damaged_file_is_told_in_words(tmp_path: Path, content: str) -> None:
    path = tmp_path / "answers.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(assessment.AnswerSheetError, match="is not an answer sheet"):
        assessment.read_answers(path)
    made = sheet(path)
    assert "is not an answer sheet" in status(made)
    made.save()
    assert assessment.read_answers(path) == {}


def test_another_format_is_told_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text('{"format": 2, "answers": {"tissue": "damaged"}}', encoding="utf-8")
    with pytest.raises(assessment.AnswerSheetError, match=r"has format 2.* reads format 1"):
        assessment.read_answers(path)


def test_the_saved_copy_holds_the_questions_and_not_what_was_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs: list[dict[str, str]] = []
    monkeypatch.setattr(snapshot, "display", lambda bundle, raw: outputs.append(bundle))
    made = sheet(tmp_path / "answers.json")
    made._ipython_display_()
    made.controls["tissue"].value = "damaged"
    made._ipython_display_()
    living, copy, _, later_copy = outputs
    assert "application/vnd.jupyter.widget-view+json" in living
    assert "<strong>How is the tissue?</strong>" in copy["text/html"]
    assert "<li>damaged</li>" in copy["text/html"]
    assert later_copy == copy


def test_answers_that_are_no_options_any_more_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    saved = {"format": 1, "answers": {"tissue": "gone", "other": "x", "pattern": 5}}
    path.write_text(json.dumps(saved), encoding="utf-8")
    assert sheet(path).answers == {}


def test_words_of_the_page_are_escaped(tmp_path: Path) -> None:
    made = sheet(tmp_path / "<b>.json")
    made.save()
    assert "&lt;b&gt;.json" in status(made)


def test_letters_stay_in_the_controls_and_a_dead_kernel_is_told(tmp_path: Path) -> None:
    kinds = [type(child).__name__ for child in sheet(tmp_path / "a.json").children]
    assert "KeyGuard" in kinds
