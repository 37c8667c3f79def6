"""A panel: question, filters, and what they find."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets

from calcinosis_data.course.ui.view import View


class Panel(widgets.VBox):  # type: ignore[misc]
    """One clinical question with its filters and its answer; made by `panel`."""

    view: View

    def __init__(
        self,
        question: str,
        controls: Mapping[str, widgets.Widget],
        view: Callable[..., View],
        *,
        name: str,
        table_open: bool = False,
    ):
        self.question, self.name, self.controls = question, name, dict(controls)
        self._view = view
        self._text = widgets.HTML()
        super().__init__((widgets.HTML(question), *self.controls.values(), self._text))
        for control in self.controls.values():
            control.observe(self._update, "value")
        self._update(None)

    @property
    def state(self) -> dict[str, Any]:
        """Value of each filter by its name."""
        return {key: control.value for key, control in self.controls.items()}

    def reset(self) -> None:
        """Put all filters back to where they started."""
        for control in self.controls.values():
            control.reset()

    def _update(self, _change: object) -> None:
        self.view = self._view(**self.state)
        self._text.value = self.view.finding + self.view.table.to_html(index=False)


def panel(
    question: str,
    controls: Mapping[str, widgets.Widget],
    view: Callable[..., View],
    *,
    name: str,
    table_open: bool = False,
) -> Panel:
    """Wire filters to a view.

    Parameters
    ----------
    question
        The clinical question the panel answers.
    controls
        Filter name to control, as made by `choice`, `choices`, `search`, `toggle`.
    view
        Called with the value of each control by name; returns what to show.
    name
        Short id (``prevalence``), used for the name of the downloaded file.
    table_open
        Whether the table is open from the start.
    """
    return Panel(question, controls, view, name=name, table_open=table_open)
