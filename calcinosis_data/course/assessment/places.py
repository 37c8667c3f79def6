"""Where a learner's answers are kept, and who the learner is.

No account and no name is asked for: the learner is the hub's user, or else the folder.
"""

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from time import sleep

HOME_VARIABLE = "CALCINOSIS_HOME"
HUB_USER_VARIABLE = "JUPYTERHUB_USER"
COURSE_MARK = ".calcinosis"
ANSWERS = "my-answers"
ID_FILE = "learner-id.txt"


def answers_folder() -> Path:
    """Find the folder for answers; it need not exist yet.

    Returns
    -------
    pathlib.Path
        ``my-answers`` in the folder that the variable ``CALCINOSIS_HOME`` names; else in the
        course folder around the working directory (made by ``calcinosis lab``); else in
        Jupyter's own data folder.

    Examples
    --------
    >>> answers_folder().name
    'my-answers'
    """
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named).expanduser().absolute() / ANSWERS
    here = _working_directory()
    for folder in (here, *here.parents) if here else ():
        with suppress(OSError):  # a folder further up that may not be looked into
            if (folder / COURSE_MARK).is_dir():
                return folder / ANSWERS
    from jupyter_core.paths import jupyter_data_dir

    return Path(jupyter_data_dir()) / "calcinosis" / ANSWERS


def folder_words(folder: Path) -> str:
    """Say where a folder is the short way: from the working directory or from home.

    Examples
    --------
    >>> folder_words(Path.cwd() / "my-answers")
    'my-answers'
    """
    here = _working_directory()
    if here and folder.is_relative_to(here):
        return folder.relative_to(here).as_posix()
    if here and folder.parent in here.parents:
        return f"{folder.parent.name}/{folder.name}"
    with suppress(RuntimeError):  # no home folder
        if folder.is_relative_to(Path.home()):
            return f"~/{folder.relative_to(Path.home()).as_posix()}"
    return str(folder)


def hub_user() -> str | None:
    """Name the user of the hub, if this is one."""
    return os.environ.get(HUB_USER_VARIABLE) or None


def folder_id(folder: Path, offer: str | None = None) -> str | None:
    """Read the id that a folder of answers has of its own.

    Parameters
    ----------
    folder : pathlib.Path
        The folder for answers.
    offer : str, optional
        The id to give the folder if it has none. Of two sessions that offer one at the same
        time the first wins, and both get its id.

    Returns
    -------
    str or None
        The id, or None if there is none and none could be written.
    """
    path = folder / ID_FILE
    if offer:
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            _write_new(path, f"{offer}\n")
    for wait in (0.0, 0.02, 0.1):  # another session may be between creating and writing it
        sleep(wait)
        with suppress(OSError, ValueError):
            if text := path.read_text(encoding="utf-8").strip():
                return text
        if not _is_there(path):
            return None
    return _mended(path, offer) if offer else None


def new_learner_id() -> str:
    """Make up an id that tells nothing about the learner.

    Examples
    --------
    >>> new_learner_id().startswith("learner-")
    True
    """
    return f"learner-{token_hex(4)}"


def _write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        try:
            file.write(text)
            file.flush()
        except OSError:  # a full disk: an empty file would stand in the way for ever
            path.unlink(missing_ok=True)
            raise


def _mended(path: Path, text: str) -> str | None:
    """Fill a file that a session left empty when it was killed while making it."""
    part = path.with_name(f".{path.name}.{token_hex(3)}.part")
    try:
        part.write_text(f"{text}\n", encoding="utf-8")
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        return None
    return text


def _is_there(path: Path) -> bool:
    with suppress(OSError):  # a folder that may not be looked into
        return path.exists()
    return False


def _working_directory() -> Path | None:
    with suppress(OSError):  # the folder was removed under the kernel
        return Path.cwd()
    return None
