"""Erasing answers from a folder: the learner's own, and of a shared folder nobody else's."""

import json
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from calcinosis_data.course.assessment.attempts import answer_files
from calcinosis_data.course.assessment.places import ID_FILE


def erase_folder(folder: Path, own: Collection[str] | None) -> tuple[str, ...]:
    """Erase a learner's answers, the id of the folder, and the folder if nothing else is in it.

    A file that may not be removed is emptied, which a folder that is read-only still allows.

    Parameters
    ----------
    folder : pathlib.Path
        The folder for answers; it need not exist.
    own : collection of str, optional
        The learner's ids. Lines of others stay. If left out, all answers are the learner's.

    Returns
    -------
    tuple of str
        The files whose answers are still there, each with the reason.
    """
    try:
        paths = answer_files(folder)
        paths += [folder / ID_FILE] if (folder / ID_FILE).is_file() else []
    except OSError as error:
        return (f"{folder.name} ({error.strerror})",)
    left = tuple(filter(None, (_erased(path, own) for path in paths)))
    with suppress(OSError):  # what the learner put there stays, and the folder with it
        folder.rmdir()
    return left


def others_lines(content: bytes, own: Collection[str]) -> bytes:
    r"""Keep what is not the learner's of a file of answers.

    A line that nobody can read belongs to whoever wrote the rest of the file. What holds no
    line of the learner comes back as it is.

    Examples
    --------
    >>> others_lines(b'{"learner_id": "ada"}\n{"learner_id": "bo"}\n{"torn', {"bo"})
    b'{"learner_id": "ada"}\n{"torn\n'
    >>> others_lines(b'{"learner_id": "bo"}\n{"torn', {"bo"})
    b''
    """
    lines = [line for line in content.split(b"\n") if line.strip()]
    writers = [_writer(line) for line in lines]
    if not set(writers) & set(own):
        return content
    if set(writers) <= {None, *own}:
        return b""
    kept = (line for line, writer in zip(lines, writers, strict=True) if writer not in own)
    return b"".join(line + b"\n" for line in kept)


def _erased(path: Path, own: Collection[str] | None) -> str:
    """Erase one file; say why if that failed."""
    try:
        if own is None or path.name == ID_FILE:
            _remove(path)
        else:
            _keep_others(path, own)
    except OSError as error:
        return f"{path.name} ({error.strerror})"
    return ""


def _keep_others(path: Path, own: Collection[str]) -> None:
    content = path.read_bytes()
    rest = others_lines(content, own)
    if not rest and content:
        _remove(path)
    elif rest != content:
        _replace(path, rest)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        with path.open("r+b") as file:
            file.truncate(0)


def _replace(path: Path, content: bytes) -> None:
    """Replace a file in one step, so that a full disk costs nobody an answer."""
    part = path.with_name(f".{path.name}.{token_hex(3)}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _writer(line: bytes) -> str | None:
    """Say whose line it is, whatever its format."""
    try:
        written = json.loads(line)
    except (ValueError, RecursionError):
        return None
    writer = written.get("learner_id") if isinstance(written, dict) else None
    return writer if isinstance(writer, str) else None
