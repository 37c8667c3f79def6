"""A teacher's own folder: read by the course's types, refused in kind words, and linted."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from calcinosis_data._descriptor import DATA_FOLDER
from calcinosis_data.course import cli
from calcinosis_data.course.assessment import bank
from calcinosis_data.course.assessment.bank_files import BANK_TABLES, BankError, load_bank

Cells = list[dict[str, str]]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with three questions of the course, as a teacher may have copied them."""
    kept = {item.item_id for item in bank().select(lesson="types", block="block-1")}
    for name in BANK_TABLES:
        shutil.copy(DATA_FOLDER / f"{name}.csv", tmp_path)
        edit(tmp_path, name, lambda rows: [row for row in rows if row["item_id"] in kept])
    return tmp_path


def edit(folder: Path, name: str, change: Callable[[Cells], Cells | None]) -> None:
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    changed = change(rows)
    rows = rows if changed is None else changed
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def put(name: str, column: str, value: str) -> Callable[[Path], None]:
    """A change: the first row of a table gets this value."""

    def change(rows: Cells) -> None:
        rows[0][column] = value

    return lambda folder: edit(folder, name, change)


def test_the_course_s_own_files_give_its_bank() -> None:
    assert load_bank(DATA_FOLDER, check=False) == bank()


def test_a_part_of_the_bank_is_a_bank(own: Path) -> None:
    loaded = load_bank(str(own))
    assert len(loaded.items) == 2
    assert loaded.items == bank().select(lesson="types", block="block-1")


def test_rows_may_stand_in_any_order(own: Path) -> None:
    edit(own, "item_options", lambda rows: rows[::-1])
    assert load_bank(own).items == bank().select(lesson="types", block="block-1")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            put("items", "kind", "one-best"),
            "'one-best' is not one of its values. Did you mean 'one-b",
        ),
        (put("items", "version", "first"), "'first' is not a whole number such as 12"),
        (put("items", "lead_in", ""), "column lead_in: blank, but every row needs it"),
        (put("items", "objective_id", "types-clasify"), "Did you mean 'types-classify'?"),
        (put("item_options", "row_id", "distrophic"), "Did you mean 'dystrophic'?"),
        (put("item_options", "item_id", "types-drip"), "table 'items' has no row 'types-drip'"),
        (put("item_options", "is_key", "yes"), "'yes' is not true or false"),
        (put("item_conditions", "column", "analyte"), "Did you mean 'analyte_id'?"),
    ],
)
def test_a_cell_that_does_not_fit_names_its_place(
    own: Path, damage: Callable[[Path], None], said: str
) -> None:
    damage(own)
    with pytest.raises(BankError) as refused:
        load_bank(own)
    assert said in str(refused.value)
    assert ".csv line 2 (row '" in str(refused.value)


def test_a_missing_column_is_named(own: Path) -> None:
    edit(own, "items", lambda rows: [{k: v for k, v in row.items() if k != "stem"} for row in rows])
    with pytest.raises(BankError, match=r"items\.csv: missing stem\. The header must be: item_id"):
        load_bank(own)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: "\ufeff" + text, "begins with a hidden mark"),
        (lambda text: text.replace(",", ";"), "has semicolons between the cells"),
        (lambda _: "", "items.csv is empty"),
    ],
)
def test_habits_of_spreadsheets_are_known(
    own: Path, change: Callable[[str], str], said: str
) -> None:
    path = own / "items.csv"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(BankError, match=said):
        load_bank(own)


def test_a_missing_file_or_folder_is_named(own: Path) -> None:
    (own / "item_options.csv").rename(own / "item_option.csv")
    with pytest.raises(BankError, match=r"Did you mean 'item_option\.csv'\?"):
        load_bank(own)
    with pytest.raises(BankError, match="there is no folder"):
        load_bank(own / "nowhere")


def test_many_faults_are_told_in_short(own: Path) -> None:
    edit(own, "item_options", lambda rows: [row | {"is_key": "maybe"} for row in rows])
    with pytest.raises(BankError, match=r"8 faults\.\n(  .*\n){5}  and 3 more\nMend them"):
        load_bank(own)


def test_a_question_with_an_error_is_refused_or_left_to_the_lint(own: Path) -> None:
    put("items", "lead_in", "Which type does not fit?")(own)
    with pytest.raises(BankError, match=r"\(ST02\): the question says 'not'") as refused:
        load_bank(own)
    assert f"calcinosis lint '{own}' explains the rules" in str(refused.value)
    assert len(load_bank(own, check=False).items) == 2


def test_the_command_explains_findings_and_shows_the_blueprint(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["lint", str(own)]) == 0
    assert "2 questions, 100% at Apply or above." in capsys.readouterr().out
    put("items", "lead_in", "Which type does not fit?")(own)
    assert cli.main(["lint", str(own)]) == 1
    told = capsys.readouterr().out
    assert told.startswith("E ST02: The question is negative\n  The question is asked forwards")
    assert "1 error, " in told


def test_the_command_checks_the_course_s_own_bank(capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["lint"])
    told = capsys.readouterr().out
    assert status == int("\nE " in f"\n{told}")
    assert f"{len(bank().items)} questions, " in told


def test_the_command_tells_what_cannot_be_read(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["lint", str(own / "nowhere")]) == 2
    assert capsys.readouterr().err.startswith("calcinosis: there is no folder")
