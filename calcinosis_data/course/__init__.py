"""The course: component kit, explorers, questions, lessons and the `calcinosis` command.

Everything here needs the extra ``course``; without it the first use says how to install it.
"""

import shlex
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from calcinosis_data.errors import CalcinosisError


class MissingExtraError(CalcinosisError, ImportError):
    """A part of the course needs a package that is not installed."""

    def __init__(self, package: str, extra: str = "course") -> None:
        python = shlex.quote(sys.executable or "python")
        super().__init__(
            f"The course needs the package {package!r}, which is not installed. Install it with: "
            f"{python} -m pip install 'calcinosis-data[{extra}]'"
        )


if not TYPE_CHECKING:  # type checkers see the submodules themselves

    def __getattr__(name: str) -> Any:
        """Import a part on first use, so that a missing extra can be told in words."""
        if name not in {"assessment", "explorers", "ui"}:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        try:
            return import_module(f"{__name__}.{name}")
        except ModuleNotFoundError as missing:
            package = missing.name or name
            if package.startswith("calcinosis_data"):
                raise
            raise MissingExtraError(package) from None
