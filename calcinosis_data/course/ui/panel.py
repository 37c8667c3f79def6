"""A panel: question, filters, and what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html import escape
from typing import Any

import ipywidgets as widgets

from calcinosis_data.course.ui import snapshot
from calcinosis_data.course.ui._results import Results
from calcinosis_data.course.ui._runs import automated, keeps_outputs
from calcinosis_data.course.ui.controls import Control
from calcinosis_data.course.ui.reruns import note_shown
from calcinosis_data.course.ui.view import View


class Panel(widgets.VBox):  # type: ignore[misc]
    """One clinical question with its filters and its answer; made by `panel`.

    Attributes
    ----------
    view
        The View on screen: the last one that could be made.
    error
        What the view function raised for the present filters, or None.
    controls
        The filters by name.
    """

    view: View
    error: Exception | None = None

    def __init__(  # noqa: PLR0913  each is one thing that a panel is made of
        self,
        question: str,
        controls: Mapping[str, Control],
        view: Callable[..., View],
        *,
        name: str,
        table_open: bool = False,
        adjust: Callable[[Mapping[str, Control]], None] | None = None,
    ):
        for key, control in controls.items():
            _check_control(key, control)
        self.question, self.name, self.controls = question, name, dict(controls)
        self._make_view, self._adjust = view, adjust
        self._paused = False
        self._results = Results(question, name, table_open=table_open)
        super().__init__((_heading(question), *self._filter_row(), self._results))
        self.add_class("cal-kit")
        self.add_class("cal-panel")
        for control in self.controls.values():
            control.observe(self._follow, "value")
        self._update()

    @property
    def state(self) -> dict[str, Any]:
        """Value of each filter by its name."""
        return {key: control.value for key, control in self.controls.items()}

    def reset(self) -> None:
        """Put all filters back to where they started, in one update."""
        with self.one_update():
            for control in self.controls.values():
                control.reset()
                self._fit_controls()

    def _filter_row(self) -> tuple[widgets.Widget, ...]:
        if not self.controls:
            return ()
        button = widgets.Button(description="Reset filters")
        button.add_class("cal-button")
        button.on_click(lambda _button: self.reset())
        row = widgets.Box((*self.controls.values(), button))
        row.add_class("cal-filters")
        return (row,)

    @contextmanager
    def one_update(self) -> Iterator[None]:
        """Change several filters, their options too, and show what they find once.

        Yields
        ------
        None
            While the filters may be changed.
        """
        self._paused = True
        try:
            yield
        finally:
            self._paused = False
        self._update()

    def _follow(self, _change: object) -> None:
        if not self._paused:
            with self.one_update():
                self._fit_controls()

    def _fit_controls(self) -> None:
        """Let one filter offer what fits the others."""
        if self._adjust:
            self._adjust(self.controls)

    def _update(self) -> None:
        if self._paused:
            return
        try:
            self.view = self._make_view(**self.state)
            self._results.show(self.view)
            self.error = None
        except Exception as error:
            if automated():
                raise
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        self.error = error
        last = (
            " What is shown below belongs to the filters before." if hasattr(self, "view") else ""
        )
        reason = str(error).strip() or type(error).__name__
        self._results.fail(
            "Error: this choice of filters could not be shown.",
            f"Reason: {reason}.{last} Choose other filters or press Reset filters.",
        )

    def _ipython_display_(self) -> None:
        note_shown(self)
        snapshot.emit(super()._repr_mimebundle_())
        self.show_snapshot()

    def show_snapshot(self, *, veiled: bool = False) -> None:
        """Write the still copy that a saved notebook shows without a kernel."""
        if not hasattr(self, "view") or not keeps_outputs():
            return
        filters = {c.description: c.shown() for c in self.controls.values()}
        html = snapshot.snapshot_html(self.view, self.question, filters, veiled=veiled)
        snapshot.emit({"text/html": html, "text/plain": self.view.finding})
        figure = None if veiled else snapshot.snapshot_figure(self.view)
        if figure:
            snapshot.emit(figure)


def panel(  # noqa: PLR0913  each is one thing that a panel is made of
    question: str,
    controls: Mapping[str, Control],
    view: Callable[..., View],
    *,
    name: str,
    table_open: bool = False,
    adjust: Callable[[Mapping[str, Control]], None] | None = None,
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
        Whether the table is open from the start. Without a chart it always is.
    adjust
        Called with the filters after each change, before the view is made: it may give one
        filter the options that fit the others.

    Returns
    -------
    Panel
        Display it by ending a cell with it.

    Examples
    --------
    >>> import pandas as pd
    >>> from calcinosis_data.course import ui
    >>> labs = pd.DataFrame({"Type": ["Dystrophic", "Metastatic"], "Phosphate": ["normal", "high"]})
    >>> def fitting(phosphate):
    ...     rows = labs[labs["Phosphate"] == phosphate]
    ...     return ui.View(f"{len(rows)} of 2 types fit.", rows, "Types that fit")
    >>> shown = ui.panel(
    ...     "Which type fits?",
    ...     {"phosphate": ui.choice("Phosphate", ["normal", "high"])},
    ...     fitting,
    ...     name="types",
    ... )
    >>> shown.view.finding
    '1 of 2 types fit.'
    """
    return Panel(question, controls, view, name=name, table_open=table_open, adjust=adjust)


def _check_control(key: str, control: object) -> None:
    if not isinstance(control, Control):
        made = type(control).__name__
        raise TypeError(
            f"control '{key}' is a {made}: make it with ui.choice, ui.choices, ui.search"
            " or ui.toggle, which bring a visible label and a reset"
        )


def _heading(question: str) -> widgets.HTML:
    return widgets.HTML(f'<h3 class="cal-question">{escape(question)}</h3>')
