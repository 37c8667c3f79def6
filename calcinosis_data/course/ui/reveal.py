"""Ask for a prediction before a panel is shown."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets
import traitlets

from calcinosis_data.course.ui.controls import choice
from calcinosis_data.course.ui.panel import Panel


def show_all() -> bool:
    """Whether automated runs want every panel at once (``CALCINOSIS_SHOW_ALL=1``)."""
    return os.environ.get("CALCINOSIS_SHOW_ALL", "") not in ("", "0")


class Ask(widgets.VBox):  # type: ignore[misc]
    """A prediction question; made by `ask`. ``value`` is None until answered."""

    value = traitlets.Any(None, allow_none=True)

    def __init__(self, question: str, options: Sequence[Any]):
        self._choice = choice(question, options)
        self._button = widgets.Button(description="Show the chart")
        self._button.on_click(self._answer)
        super().__init__((self._choice, self._button))
        self.question = question

    def _answer(self, _button: object) -> None:
        self.value = self._choice.value


class Reveal(widgets.VBox):  # type: ignore[misc]
    """A prediction, then the panel; made by `reveal`."""

    def __init__(self, ask: Ask, panel: Panel):
        super().__init__((ask, panel) if show_all() else (ask,))
        self.ask, self.panel = ask, panel
        ask.observe(self._show, "value")

    def _show(self, _change: object) -> None:
        self.children = (self.ask, self.panel)


def ask(question: str, options: Sequence[Any]) -> Ask:
    """Ask for a prediction; use it with `reveal`.

    Parameters
    ----------
    question
        The question, ending in a question mark.
    options
        Values, or pairs of (text, value).
    """
    return Ask(question, options)


def reveal(ask: Ask, panel: Panel) -> Reveal:
    """Show `panel` once `ask` is answered, at once in automated runs."""
    return Reveal(ask, panel)
