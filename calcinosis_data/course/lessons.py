"""Hand the lesson folder to a learner, and refresh it without losing what they wrote.

`plan` (in `_handout`) decides; `refresh` carries it out, one whole file at a time, and notes each
in ``.calcinosis/course.json``, so that an interrupted refresh is finished by the next one. A copy
that was run but not edited is moved to ``earlier-versions/``, never deleted.
"""

import errno
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from calcinosis_data.course._handout import Action, Delivered, Version, fingerprint, plan
from calcinosis_data.errors import CalcinosisError

FORMAT = 1
RECORD = Path(".calcinosis", "course.json")
EARLIER = "earlier-versions"
_PACKAGE = Path(__file__).parent


class CourseFolderError(CalcinosisError, OSError):
    """The course folder cannot be made or refreshed."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: the folder, the first lesson in it, and what the learner should know."""

    folder: Path
    first_lesson: str
    news: tuple[str, ...]


def course_files(package: Path = _PACKAGE) -> dict[str, bytes]:
    """Read the lessons and learner exercises of this installation.

    Parameters
    ----------
    package : Path
        The folder of `calcinosis_data.course`. An editable install has no lessons inside it; they
        are then read from the checkout.

    Returns
    -------
    dict of str to bytes
        Contents by path in the course folder, lessons first, in their order.
    """
    checkout = package.parents[1]
    notebooks = _first_folder(package / "_notebooks", checkout / "notebooks")
    exercises = _first_folder(package / "_exercises", checkout / "exercises" / "release")
    files = {path.name: path.read_bytes() for path in sorted(notebooks.glob("[0-9][0-9]_*.ipynb"))}
    if not files:
        raise CourseFolderError(
            "This installation holds no lessons. Install it again: "
            "python -m pip install --force-reinstall 'calcinosis-data[course]'"
        )
    for path in sorted(exercises.rglob("*")):
        inside = path.relative_to(exercises)
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            files[f"exercises/{inside.as_posix()}"] = path.read_bytes()
    return files


def _first_folder(packaged: Path, checkout: Path) -> Path:
    return packaged if packaged.is_dir() else checkout


def refresh(folder: Path, files: Mapping[str, bytes] | None = None) -> Refreshed:
    """Make the course folder, or bring it up to date without touching the learner's edits.

    Parameters
    ----------
    folder : Path
        Where the course goes; made when it is not there.
    files : mapping of str to bytes, optional
        The lessons by path, those of this installation by default.

    Returns
    -------
    Refreshed
        The folder, where to begin, and one sentence for each thing the learner should know.

    Raises
    ------
    CourseFolderError
        When the folder cannot be written: says where and why, and what to do.
    """
    files = course_files() if files is None else files
    folder = folder.absolute()
    with _in_words(folder):
        (folder / RECORD).parent.mkdir(parents=True, exist_ok=True)
        record = _read_record(folder)
        versions = {name: fingerprint(name, content) for name, content in files.items()}
        actions = plan(versions, record, lambda path: _look(folder / path))
        _write_record(folder, record)  # fails here, before any change, where nobody can write
        news = []
        for action in actions:
            news.append(_carry_out(action, folder, files, record))
            if _note(record, action, versions):
                _write_record(folder, record)
    return Refreshed(folder, next(iter(files)), tuple(line for line in news if line))


def _look(path: Path) -> Version | None:
    """Read the version at `path`; a folder, a broken link or a locked file is the learner's."""
    if not os.path.lexists(path):
        return None
    try:
        return fingerprint(path.name, path.read_bytes())
    except OSError:
        return Version("", "")


def _carry_out(
    action: Action, folder: Path, files: Mapping[str, bytes], record: Mapping[str, Delivered]
) -> str:
    target = folder / action.path
    if action.kind == "add":
        _write(target, files[action.lesson])
    if action.kind == "beside":
        _write(target, files[action.lesson])
        return (
            f"{action.lesson}: your own stays as it is; "
            f"the version of this release is beside it, in {action.path}"
        )
    if action.kind == "update":
        return _update(action, folder, files[action.lesson], record[action.path].version)
    if action.kind == "set aside":
        moved = _set_aside(target, folder)
        return f"{action.path}: no longer part of the course; moved to {moved}"
    if action.kind == "leave":
        return f"{action.path}: no longer part of the course; it holds your edits, so it stays"
    return ""


def _update(action: Action, folder: Path, content: bytes, before: Version) -> str:
    """Put the new version in place; of the old one, keep what is not exactly as handed out."""
    target = folder / action.path
    incoming = _write_beside(target, content)  # a full disk stops here, with nothing moved
    moved = _set_aside(target, folder)
    incoming.replace(target)
    old = folder / moved
    if _look(old) == before:
        old.unlink()
        return f"{action.path}: new version"
    return f"{action.path}: new version; the one you ran, with its results, is in {moved}"


def _set_aside(path: Path, folder: Path) -> str:
    aside = folder / EARLIER / path.relative_to(folder)
    aside.parent.mkdir(parents=True, exist_ok=True)
    stem = aside.stem
    for number in count(2):
        if not os.path.lexists(aside):
            break
        aside = aside.with_stem(f"{stem}-{number}")
    path.rename(aside)
    return aside.relative_to(folder).as_posix()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_beside(path, content).replace(path)


def _write_beside(path: Path, content: bytes) -> Path:
    """Write all of `content` to a hidden file next to `path`, so that a rename can finish it."""
    incoming = path.with_name(f".{path.name}.{os.getpid()}.incoming")
    try:
        with incoming.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        incoming.unlink(missing_ok=True)
        raise
    return incoming


def _note(record: dict[str, Delivered], action: Action, versions: Mapping[str, Version]) -> bool:
    """Note in the record what was done; True when that changed it."""
    if action.kind == "keep":
        return False
    if action.kind in {"set aside", "leave", "forget"}:
        del record[action.path]
    else:
        record[action.path] = Delivered(action.lesson, versions[action.lesson])
    return True


def _read_record(folder: Path) -> dict[str, Delivered]:
    """Read what was handed out; without a readable record every changed file is the learner's."""
    try:
        stored = json.loads((folder / RECORD).read_bytes())
        if stored["format"] > FORMAT:
            raise CourseFolderError(
                f"{folder} was made by a newer version of the course. Nothing was changed. "
                "Install that version or a later one, or choose another folder: "
                "calcinosis lab OTHER-FOLDER"
            )
        return {
            path: Delivered(known["lesson"], Version(**known["version"]))
            for path, known in stored["files"].items()
            if ".." not in PurePosixPath(path).parts and not PurePosixPath(path).is_absolute()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write_record(folder: Path, record: Mapping[str, Delivered]) -> None:
    files = {path: asdict(known) for path, known in sorted(record.items())}
    stored = json.dumps({"format": FORMAT, "files": files}, indent=1)
    _write(folder / RECORD, stored.encode())


_NOT_ALLOWED = ("you may not write there", "Choose a folder of your own")
_IN_THE_WAY = (
    "something that is not a folder is in the way",
    "Rename it, or choose another folder",
)
_FULL = ("the disk is full", "Free some space and run the command again, or choose another folder")
_CAUSES = {
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: ("the place is read-only", "Choose a folder of your own"),
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.ELOOP: ("a link there leads back to itself", "Remove it, or choose another folder"),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
}


@contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except CourseFolderError:
        raise
    except OSError as error:
        what, remedy = _CAUSES.get(
            error.errno or 0, (error.strerror or str(error), "Choose another folder")
        )
        raise CourseFolderError(
            f"The course cannot be written to {folder}: {what} ({error.filename or folder}). "
            f"Nothing that you wrote was changed. {remedy}: calcinosis lab OTHER-FOLDER"
        ) from error
