"""One's own answers: taken along in one file, and erased for good."""

import csv
import os
import re
from pathlib import Path

import pandas as pd
import pytest
from attempt_samples import attempt, line, ordinary_user

from calcinosis_data.course import assessment
from calcinosis_data.course.assessment import own_data
from calcinosis_data.course.assessment.answer_book import Book, append, book
from calcinosis_data.course.assessment.attempts import read_folder
from calcinosis_data.course.assessment.item_bank import Item
from calcinosis_data.course.assessment.own_data import EXPORT_COLUMNS, answers_table


@pytest.fixture
def own(folder: Path) -> Book:
    return book()


@pytest.fixture
def answered(own: Book, high_phosphate: Item) -> Book:
    own.record(high_phosphate, ("a",), False, "sure")
    own.record(high_phosphate, ("b",), True)
    return own


def test_the_file_is_tidy(answered: Book, tmp_path: Path, high_phosphate: Item) -> None:
    answered.record(high_phosphate, ("a=normal", "b=high"), True, "fairly sure")
    told = assessment.export_my_answers(tmp_path / "mine.csv")
    assert told.done
    assert repr(told).startswith("3 answers written to ")
    read = pd.read_csv(tmp_path / "mine.csv")
    assert list(read.columns) == list(EXPORT_COLUMNS)
    assert not read.duplicated(["attempt_id", "part"]).any()
    assert list(read["response"]) == ["a", "b", "a=normal", "b=high"]
    assert list(read["part"]) == [1, 1, 1, 2]
    assert list(read["correct"]) == [False, True, True, True]
    assert read["confidence"].fillna("").tolist() == ["sure", "", "fairly sure", "fairly sure"]


def test_what_was_answered_can_be_had_back_from_the_file(
    answered: Book, tmp_path: Path, folder: Path
) -> None:
    assessment.export_my_answers(tmp_path / "mine.csv")
    with (tmp_path / "mine.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = read_folder(folder).attempts
    assert [row["attempt_id"] for row in rows] == [one.attempt_id for one in kept]
    assert [row["answered_at"] for row in rows] == [one.time.isoformat() for one in kept]


def test_every_column_is_explained_where_the_call_is_explained() -> None:
    written = assessment.export_my_answers.__doc__ or ""
    _, table, _ = re.split(r"^    =+ =+$", written, flags=re.MULTILINE)
    assert dict(line.split(maxsplit=1) for line in table.strip().splitlines()) == EXPORT_COLUMNS


def test_an_answer_without_parts_and_one_not_scored_are_rows_too() -> None:
    table = answers_table([attempt(1, response=(), correct=None)])
    assert table.loc[0, ["part", "response", "correct"]].tolist() == [1, None, None]


def test_text_that_is_no_unicode_is_written_as_an_escape(
    own: Book, tmp_path: Path, high_phosphate: Item
) -> None:
    own.record(high_phosphate, ('=1+"\ud800,é\n',), False)
    assert assessment.export_my_answers(tmp_path / "mine.csv").done
    assert pd.read_csv(tmp_path / "mine.csv")["response"].tolist() == ['=1+"\\ud800,é\n']


def test_answers_that_are_not_on_disk_yet_are_exported_too(
    folder: Path, tmp_path: Path, high_phosphate: Item
) -> None:
    folder.write_text("a file in the way")
    book().record(high_phosphate, ("a",), False)
    assert assessment.export_my_answers(tmp_path / "mine.csv").done
    assert len(pd.read_csv(tmp_path / "mine.csv")) == 1


def test_without_answers_no_file_is_written(own: Book, tmp_path: Path) -> None:
    told = assessment.export_my_answers(tmp_path / "mine.csv")
    assert (told.done, "no answers to export yet" in told.words) == (False, True)
    assert not (tmp_path / "mine.csv").exists()


def test_an_earlier_export_is_replaced_and_nothing_else(
    answered: Book, tmp_path: Path, high_phosphate: Item
) -> None:
    mine, other = tmp_path / "mine.csv", tmp_path / "thesis.csv"
    other.write_text("years of work")
    assert assessment.export_my_answers(mine).done
    answered.record(high_phosphate, ("c",), False)
    assert assessment.export_my_answers(mine).done
    assert len(pd.read_csv(mine)) == 3
    told = assessment.export_my_answers(other)
    assert not told.done
    assert "thesis.csv is there already" in told.words
    assert other.read_text() == "years of work"


@pytest.mark.parametrize("where", ["", "no/such/folder/mine.csv"])
def test_a_place_that_cannot_be_written_is_told(answered: Book, tmp_path: Path, where: str) -> None:
    told = assessment.export_my_answers(tmp_path / where)
    assert not told.done
    assert told.words.startswith("Nothing was written:")
    assert "Your answers are safe" in told.words
    assert sorted(path.name for path in tmp_path.iterdir()) == ["my-answers"]


def test_a_read_only_folder_takes_no_export_and_loses_none(
    answered: Book, monkeypatch: pytest.MonkeyPatch, high_phosphate: Item, tmp_path: Path
) -> None:
    assessment.export_my_answers(tmp_path / "mine.csv")  # imports what it needs
    with ordinary_user() as home:
        monkeypatch.setenv("CALCINOSIS_HOME", str(home))
        book().record(high_phosphate, ("a",), False)
        home.chmod(0o500)
        told = assessment.export_my_answers(home / "mine.csv")
        assert not told.done
        assert "(Permission denied)" in told.words
        assert [path.name for path in home.iterdir()] == ["my-answers"]
        assert len(book().attempts()) == 1


def test_answers_that_cannot_be_read_are_not_said_to_be_none(
    monkeypatch: pytest.MonkeyPatch, high_phosphate: Item
) -> None:
    assessment.review()  # imports what it needs
    with ordinary_user() as home:
        monkeypatch.setenv("CALCINOSIS_HOME", str(home))
        monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
        book().record(high_phosphate, ("a",), False)
        (home / "my-answers").chmod(0o000)
        for told in (assessment.export_my_answers(home / "mine.csv"), assessment.review()):
            assert "my-answers (Permission denied)" in told.words


def test_lines_that_cannot_be_read_are_said_to_be_missing(answered: Book, tmp_path: Path) -> None:
    append(answered.folder / "answers-0.jsonl", line(9, format=2) + b'{"torn\n')
    told = assessment.export_my_answers(tmp_path / "mine.csv")
    assert "2 saved lines are not in it" in told.words
    assert told.done


@pytest.mark.parametrize("word", ["", "yes", "Erase", "ERASE", "erase ", "delete"])
def test_without_the_word_nothing_is_erased_and_it_says_what_would_be(
    answered: Book, word: str
) -> None:
    told = assessment.erase_my_answers(confirm=word)
    assert not told.done
    assert "2 answers" in told.words
    assert 'assessment.erase_my_answers(confirm="erase")' in told.words
    assert "cannot be brought back" in told.words
    assert len(answered.attempts()) == 2
    assert ("the word is 'erase'" in told.words) == bool(word)


def test_erasing_keeps_nothing(answered: Book, folder: Path, high_phosphate: Item) -> None:
    append(folder / "answers-0.jsonl", line(format=7) + b'{"torn')
    before = answered.learner_id
    told = assessment.erase_my_answers(confirm="erase")
    assert told.done
    assert told.words.startswith("Erased: 2 answers.")
    assert not folder.exists()
    assert answered.attempts() == ()
    assert answered.latest(high_phosphate) is None
    assert answered.learner_id != before
    assert "2, 9 and 16 days" in assessment.review().words


def test_what_waited_in_memory_is_not_saved_after_all(
    folder: Path, tmp_path: Path, high_phosphate: Item
) -> None:
    folder.write_text("a file in the way")
    own = book()
    own.record(high_phosphate, ("a",), False)
    assert assessment.erase_my_answers("erase").done
    folder.unlink()
    assert own.save()
    assert own.notice == ""
    assert not folder.exists()


def test_one_can_go_on_after_erasing(answered: Book, folder: Path, high_phosphate: Item) -> None:
    assessment.erase_my_answers("erase")
    answered.record(high_phosphate, ("c",), False)
    (only,) = read_folder(folder).attempts
    assert (only.response, only.order) == (("c",), 1)


def test_what_the_learner_put_there_stays(answered: Book, folder: Path) -> None:
    (folder / "notes.txt").write_text("mine")
    assert assessment.erase_my_answers("erase").done
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_nothing_to_erase_is_no_fault(own: Book) -> None:
    assert assessment.erase_my_answers("erase").words.startswith("Erased: 0 answers.")


def test_a_read_only_folder_is_emptied_all_the_same(
    monkeypatch: pytest.MonkeyPatch, high_phosphate: Item
) -> None:
    with ordinary_user() as home:
        monkeypatch.setenv("CALCINOSIS_HOME", str(home))
        monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
        book().record(high_phosphate, ("a",), False)
        folder = home / "my-answers"
        folder.chmod(0o500)
        assert assessment.erase_my_answers("erase").done
        assert [path.stat().st_size for path in folder.iterdir()] == [0, 0]
        assert book().attempts() == ()


def test_what_cannot_be_erased_is_told(
    monkeypatch: pytest.MonkeyPatch, high_phosphate: Item
) -> None:
    with ordinary_user() as home:
        monkeypatch.setenv("CALCINOSIS_HOME", str(home))
        monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
        book().record(high_phosphate, ("a",), False)
        folder = home / "my-answers"
        (path,) = folder.glob("answers-*")
        path.chmod(0o400)
        folder.chmod(0o500)
        told = assessment.erase_my_answers("erase")
        assert not told.done
        assert told.words.startswith("Not all could be erased. Still there: answers-")
        assert "(Permission denied)" in told.words
        assert "writable" in told.words
        assert len(book().attempts()) == 1
        folder.chmod(0o700)
        assert assessment.erase_my_answers("erase").done
        assert not folder.exists()


def test_a_folder_that_may_not_be_looked_into_is_told(
    monkeypatch: pytest.MonkeyPatch, high_phosphate: Item
) -> None:
    with ordinary_user() as home:
        monkeypatch.setenv("CALCINOSIS_HOME", str(home))
        monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
        book().record(high_phosphate, ("a",), False)
        (home / "my-answers").chmod(0o000)
        told = assessment.erase_my_answers("erase")
        assert not told.done
        assert "my-answers (Permission denied)" in told.words


class TestSharedFolderOfAHub:
    """On a hub several users may share a folder: each erases the own answers only."""

    @pytest.fixture
    def ada(self, folder: Path, monkeypatch: pytest.MonkeyPatch, high_phosphate: Item) -> Book:
        for user in ("bo", "ada"):
            monkeypatch.setenv("JUPYTERHUB_USER", user)
            book().record(high_phosphate, ("b",), True)
        return book()

    def test_the_answers_of_others_stay(self, ada: Book, folder: Path) -> None:
        assert assessment.erase_my_answers("erase").words.startswith("Erased: 1 answer.")
        assert [one.learner_id for one in read_folder(folder).attempts] == ["bo"]
        assert ada.learner_id == "ada"

    def test_lines_of_others_in_the_same_file_stay(self, ada: Book, folder: Path) -> None:
        kept = attempt(7, learner_id="bo").to_line() + b'{"format": 9, "learner_id": "bo"}\n'
        append(folder / "answers-0.jsonl", attempt(8).to_line() + kept + b'{"torn\n')
        assert assessment.erase_my_answers("erase").done
        assert (folder / "answers-0.jsonl").read_bytes() == kept + b'{"torn\n'
        assert ada.attempts() == ()
        assert sorted(one.order for one in read_folder(folder).attempts) == [1, 7]

    def test_a_file_that_tells_nothing_of_its_writer_is_left(self, ada: Book, folder: Path) -> None:
        append(folder / "answers-0.jsonl", b'{"torn\n')
        assert assessment.erase_my_answers("erase").done
        assert (folder / "answers-0.jsonl").read_bytes() == b'{"torn\n'

    def test_an_export_holds_the_own_answers_only(self, ada: Book, tmp_path: Path) -> None:
        assessment.export_my_answers(tmp_path / "mine.csv")
        assert set(pd.read_csv(tmp_path / "mine.csv")["learner_id"]) == {"ada"}


def test_an_erasure_that_is_cut_short_costs_others_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixed = attempt(1).to_line() + attempt(2, learner_id="bo").to_line()
    append(folder / "answers-0.jsonl", mixed)
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")

    def full(_path: Path, _target: Path) -> Path:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "replace", full)
    told = assessment.erase_my_answers("erase")
    assert "answers-0.jsonl (No space left on device)" in told.words
    assert (folder / "answers-0.jsonl").read_bytes() == mixed
    assert [path.name for path in folder.iterdir()] == ["answers-0.jsonl"]


def test_the_page_shows_the_sentence_as_text() -> None:
    assert "&lt;b&gt;" in own_data.Told("<b>", done=True)._repr_html_()
