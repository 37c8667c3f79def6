"""The file of an answer sheet: a learner's answers to graded questions, to be handed in.

It lies beside the notebook, so that it goes along when the folder is handed in, and holds
no keys: one JSON object with ``format`` (1) and ``answers``, question id to the text of the
option chosen.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from calcinosis_data.course.assessment.errors import AnswerSheetError

FORMAT = 1


def read_answers(path: str | Path) -> dict[str, str]:
    """Read the answers that an answer sheet saved.

    Parameters
    ----------
    path : str or pathlib.Path
        The file; if there is none, nothing was answered.

    Returns
    -------
    dict of str to str
        Question id to the text of the option chosen; a question without answer is left out.

    Raises
    ------
    AnswerSheetError
        If the file is there but cannot be read as an answer sheet.

    Examples
    --------
    >>> read_answers("no-such-file.json")
    {}
    """
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise AnswerSheetError(_not_a_sheet(path, error)) from None
    answers = content.get("answers") if isinstance(content, dict) else None
    if not isinstance(answers, dict):
        raise AnswerSheetError(_not_a_sheet(path, "it has no answers in it"))
    if content.get("format") != FORMAT:
        raise AnswerSheetError(_other_format(path, content.get("format")))
    return {str(name): answer for name, answer in answers.items() if isinstance(answer, str)}


def write_answers(path: Path, answers: Mapping[str, str]) -> None:
    """Replace the file in one step, so that a full disk leaves the old answers there."""
    part = path.with_name(f".{path.name}.part")
    try:
        text = json.dumps({"format": FORMAT, "answers": dict(answers)}, indent=1)
        part.write_text(f"{text}\n", encoding="utf-8")
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _not_a_sheet(path: str | Path, reason: object) -> str:
    return (
        f"{Path(path).name} is not an answer sheet: {reason}. Expected the file that "
        "Save my answers writes. Open the notebook and save your answers again."
    )


def _other_format(path: str | Path, written: object) -> str:
    return (
        f"{Path(path).name} has format {written!r}, and this version of the course reads "
        f"format {FORMAT}. Update calcinosis-data, or save your answers again."
    )
