"""How the course is being run."""

from __future__ import annotations

import os


def automated() -> bool:
    """Whether an automated run wants all panels shown and errors raised.

    Set ``CALCINOSIS_SHOW_ALL=1`` for that.
    """
    return os.environ.get("CALCINOSIS_SHOW_ALL", "") not in ("", "0")


def keeps_outputs() -> bool:
    """Whether what a cell writes may be read later without a kernel; Voila keeps nothing."""
    return not os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")
