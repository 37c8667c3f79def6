"""A choice of table above the panel of the one chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import ipywidgets as widgets

import calcinosis_data as data
from calcinosis_data.course import ui


class TablePicker(widgets.VBox):  # type: ignore[misc]
    """A choice of table above the panel of the one chosen.

    Parameters
    ----------
    label : str
        What is chosen, in words.
    tables : iterable of str
        Names of the tables to choose from; the first is shown first.
    open_panel : callable
        Makes the panel of a table from its name, and from presets by name.
    presets : mapping of str to object
        What the first panel starts with. Another table has other filters and starts plain.
    """

    def __init__(
        self,
        label: str,
        tables: Iterable[str],
        open_panel: Callable[..., ui.Panel],
        presets: Mapping[str, object],
    ) -> None:
        titles = data.list_tables().set_index("name")["title"]
        self._open_panel = open_panel
        self.choice = ui.choice(label, [(str(titles[name]), name) for name in tables])
        super().__init__((self.choice, open_panel(self.choice.value, **presets)))
        self.choice.observe(self._swap, "value")

    @property
    def panel(self) -> ui.Panel:
        """The panel of the table chosen."""
        return self.children[1]

    @property
    def state(self) -> dict[str, Any]:
        """Table chosen and value of each of its filters."""
        return {"table": self.choice.value, **self.panel.state}

    @property
    def view(self) -> ui.View:
        """What the panel shows now."""
        return self.panel.view

    def _ipython_display_(self) -> None:
        """Show the choice and its panel, and the still copy of the panel after them."""
        ui.note_shown(self)
        ui.snapshot.emit(super()._repr_mimebundle_())
        self.panel.show_snapshot()

    def _swap(self, _change: object) -> None:
        left = self.panel
        self.children = (self.choice, self._open_panel(self.choice.value))
        ui.close_all(left)
