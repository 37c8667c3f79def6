"""Decide what a refresh of the course folder does. Nothing is written here.

What a learner changed in the *cells* is an edit. Outputs are not, nor are empty cells (running the
last cell adds one).
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import PurePosixPath
from typing import Literal


@dataclass(frozen=True, slots=True)
class Version:
    """What tells one state of a file from another: `cells` a learner's edit, `file` any change."""

    cells: str
    file: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that the course put into the folder: which lesson it is, and in which version."""

    lesson: str
    version: Version


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do with the file at `path`, a path inside the course folder."""

    kind: Literal["add", "update", "beside", "adopt", "keep", "set aside", "leave", "forget"]
    path: str
    lesson: str


Look = Callable[[str], Version | None]


def fingerprint(name: str, content: bytes) -> Version:
    """Describe a file by what a learner can edit in it and by its bytes.

    Parameters
    ----------
    name : str
        The file's name; ``.ipynb`` is read as a notebook.
    content : bytes
        What the file holds. A notebook that cannot be read counts as any other file.

    Returns
    -------
    Version
        Two notebooks with the same cells have the same `cells`, whatever their outputs.

    Examples
    --------
    >>> new = b'{"cells": [{"cell_type": "code", "source": "1 + 1", "outputs": []}]}'
    >>> run = b'{"cells": [{"cell_type": "code", "source": ["1 + 1"], "outputs": ["2"]}]}'
    >>> fingerprint("a.ipynb", new).cells == fingerprint("a.ipynb", run).cells
    True
    """
    whole = hashlib.sha256(content).hexdigest()
    if not name.endswith(".ipynb"):
        return Version(whole, whole)
    try:
        sources = [
            [cell["cell_type"], "".join(cell["source"])] for cell in json.loads(content)["cells"]
        ]
    except (ValueError, KeyError, TypeError):
        return Version(whole, whole)
    written = json.dumps([cell for cell in sources if cell[1].strip()])
    return Version(hashlib.sha256(written.encode()).hexdigest(), whole)


def plan(
    course: Mapping[str, Version], record: Mapping[str, Delivered], look: Look
) -> list[Action]:
    """Decide what a refresh does. Nothing is read or written here but through `look`.

    Parameters
    ----------
    course : mapping of str to Version
        The lessons of this release, by their path in the course folder.
    record : mapping of str to Delivered
        What was handed out before, by its path in the course folder.
    look : callable
        The version of the file at a path of the course folder, None where there is nothing.

    Returns
    -------
    list of Action
        One for each lesson, then one for each file of a lesson that the course no longer has.
    """
    lessons = [_for_lesson(name, new, record, look) for name, new in course.items()]
    gone = [
        _for_gone(path, known, look) for path, known in record.items() if known.lesson not in course
    ]
    return lessons + gone


def _for_lesson(name: str, new: Version, record: Mapping[str, Delivered], look: Look) -> Action:
    handed_out = (
        path
        for path, known in record.items()
        if known.lesson == name and known.version.cells == new.cells
    )
    if look(name) and (path := next(handed_out, None)):
        return Action("keep", path, name)  # even if thrown away: the learner has an own one
    for path in _places(name):
        found = look(path)
        if found is None:
            return Action("add" if path == name else "beside", path, name)
        if found.cells == new.cells:
            return Action("adopt", path, name)
        if path in record and found.cells == record[path].version.cells:
            return Action("update", path, name)
    raise AssertionError  # pragma: no cover  (_places never ends)


def _for_gone(path: str, known: Delivered, look: Look) -> Action:
    found = look(path)
    if found is None:
        return Action("forget", path, known.lesson)
    unedited = found.cells == known.version.cells
    return Action("set aside" if unedited else "leave", path, known.lesson)


def _places(name: str) -> Iterator[str]:
    """Where a lesson may stand: under its own name, else beside what the learner keeps there."""
    path = PurePosixPath(name)
    yield name
    yield str(path.with_stem(f"{path.stem}_new-version"))
    for number in count(2):
        yield str(path.with_stem(f"{path.stem}_new-version-{number}"))
