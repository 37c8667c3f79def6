"""The key guard as a widget of its own, for groups of stock controls."""

from __future__ import annotations

import anywidget

from calcinosis_data.course.ui import assets


class KeyGuard(anywidget.AnyWidget):
    """Unseen member of a group of controls; made by `key_guard`."""

    _esm = assets.esm("guard.js", "kit.js", "key_guard.js")
    _css = assets.css("kit.css")

    def __init__(self) -> None:
        super().__init__()
        self.add_class("cal-kit")


def key_guard() -> KeyGuard:
    """Make the unseen widget that guards the controls around it.

    Put it into the same box as the controls and give the box the class ``cal-kit``. Letters
    typed into a control then stay there, and the controls say so when the kernel is gone.
    Panels, quizzes and predictions have it built in.

    Examples
    --------
    >>> type(key_guard()).__name__
    'KeyGuard'
    """
    return KeyGuard()
