"""Ask for a prediction before a panel is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import anywidget
import ipywidgets as widgets
import traitlets

from calcinosis_data.course.ui import assets, snapshot
from calcinosis_data.course.ui._runs import automated
from calcinosis_data.course.ui.controls import option_pairs
from calcinosis_data.course.ui.panel import Panel
from calcinosis_data.course.ui.reruns import note_shown
from calcinosis_data.course.ui.settings import settings


class Ask(anywidget.AnyWidget):
    """A prediction question; made by `ask`.

    Attributes
    ----------
    value
        The option that was predicted, None until there is one.
    """

    _esm = assets.esm("guard.js", "kit.js", "ask.js")
    _css = assets.css("kit.css")
    question = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    chosen = traitlets.Int(None, allow_none=True).tag(sync=True)

    def __init__(self, question: str, options: Sequence[Any]) -> None:
        pairs = option_pairs(question, options)
        self._values = [value for _, value in pairs]
        super().__init__(question=question, options=[text for text, _ in pairs])
        self.add_class("cal-kit")

    @property
    def value(self) -> Any:
        """The option that was predicted, None until there is one."""
        return None if self.chosen is None else self._values[self.chosen]


class Reveal(widgets.VBox):  # type: ignore[misc]
    """A prediction, then the panel; made by `reveal`."""

    def __init__(self, ask: Ask, panel: Panel) -> None:
        self.ask, self.panel = ask, panel
        super().__init__((ask,))
        self.add_class("cal-kit")
        ask.observe(self._show, "chosen")
        settings().observe(self._show, "charts")
        self._show()

    @property
    def held(self) -> tuple[Ask, Panel]:
        """Question and panel, whether the panel is on screen yet or not."""
        return self.ask, self.panel

    @property
    def shown(self) -> bool:
        """Whether the panel is on screen."""
        return len(self.children) == 2

    def _show(self, _change: object = None) -> None:
        no_charts = not settings().charts
        if not self.shown and (automated() or no_charts or self.ask.chosen is not None):
            self.children = (self.ask, self.panel)

    def close(self) -> None:
        """Follow neither settings nor prediction any longer."""
        if self.comm is not None:  # Python closes a widget again when it forgets it
            settings().unobserve(self._show, "charts")
            self.ask.unobserve(self._show, "chosen")
        super().close()

    def _ipython_display_(self) -> None:
        note_shown(self)
        snapshot.emit(super()._repr_mimebundle_())
        self.panel.show_snapshot(veiled=not automated())


def ask(question: str, options: Sequence[Any]) -> Ask:
    """Ask for a prediction; hand it to `reveal`.

    Parameters
    ----------
    question
        The question, ending in a question mark.
    options
        Values, or pairs of (text, value).

    Examples
    --------
    >>> ask("Which type has high phosphate?", ["dystrophic", "metastatic"]).value
    """
    return Ask(question, options)


def reveal(ask: Ask, panel: Panel) -> Reveal:
    """Show `panel` once `ask` is answered.

    Automated runs (``CALCINOSIS_SHOW_ALL=1``) and readers who switched charts off see
    the panel at once.
    """
    return Reveal(ask, panel)
