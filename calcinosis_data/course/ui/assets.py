"""Static files of the kit, joined into the one text that anywidget takes.

anywidget wants one ES module text (``_esm``) and one CSS text (``_css``) per
widget. The files under ``static/`` stay small and plain: a helper file declares
functions at top level and imports nothing; the last file of a call holds the
``export default { render }``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_KIT = "calcinosis_data.course.ui"


def esm(*names: str, package: str = _KIT) -> str:
    """Join JavaScript files to one module text.

    Parameters
    ----------
    *names
        File names, helpers first. A name is looked for in ``static/`` of
        `package`, then among the kit's own files.
    package
        Import name of the package whose ``static/`` folder is searched first.

    Returns
    -------
    str
        The text of the files, in the order given.

    Examples
    --------
    >>> "function guard" in esm("guard.js")
    True
    """
    return _joined(names, package)


def css(*names: str, package: str = _KIT) -> str:
    """Join style sheets to one text; see `esm`.

    Examples
    --------
    >>> ".cal-panel" in css("kit.css")
    True
    """
    return _joined(names, package)


@cache
def _joined(names: tuple[str, ...], package: str) -> str:
    return "\n".join(_find(name, package).read_text(encoding="utf-8") for name in names)


def _find(name: str, package: str) -> Traversable:
    for owner in (package, _KIT):
        candidate = files(owner).joinpath("static", name)
        if candidate.is_file():
            return candidate
    known = sorted(item.name for item in files(_KIT).joinpath("static").iterdir())
    raise FileNotFoundError(f"no static file '{name}' in {package} or the kit. Kit files: {known}")
