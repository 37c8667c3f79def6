"""Labelled filter controls: stock ipywidgets that know how to reset themselves."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import ipywidgets as widgets
import traitlets

Option = Any
"""A value, or a pair of (text to show, value)."""


class ControlValueError(ValueError):
    """A value was given that the control does not offer."""


class Choice(widgets.Dropdown):  # type: ignore[misc]
    """One of several options; made by `choice`."""

    def reset(self) -> None:
        """Go back to the value it was made with."""
        self.value = self._start


class Search(widgets.Text):  # type: ignore[misc]
    """A line of text to look for; made by `search`."""

    def reset(self) -> None:
        """Go back to the text it was made with."""
        self.value = self._start


class Toggle(widgets.Checkbox):  # type: ignore[misc]
    """Yes or no; made by `toggle`."""

    def reset(self) -> None:
        """Go back to the state it was made with."""
        self.value = self._start


class Choices(widgets.VBox):  # type: ignore[misc]
    """Any number of several options, as a named group of checkboxes; made by `choices`."""

    value: tuple[Any, ...] = traitlets.Tuple()  # type: ignore[assignment]

    def __init__(self, label: str, pairs: Sequence[tuple[str, Any]], value: tuple[Any, ...]):
        self._values = tuple(item for _, item in pairs)
        self._boxes = tuple(
            widgets.Checkbox(value=item in value, description=text, indent=False)
            for text, item in pairs
        )
        self._start = value
        title = widgets.Label(label)
        title.add_class("cal-group-label")
        box = widgets.VBox(self._boxes)
        box.add_class("cal-choices-boxes")
        super().__init__((title, box))
        self.label = label
        self.value = value
        for checkbox in self._boxes:
            checkbox.observe(self._collect, "value")
        self.observe(self._spread, "value")

    def reset(self) -> None:
        """Go back to the options it was made with."""
        self.value = self._start

    def _collect(self, _change: object) -> None:
        self.value = tuple(
            item for item, box in zip(self._values, self._boxes, strict=True) if box.value
        )

    def _spread(self, _change: object) -> None:
        wanted = self.value
        with self._silent():
            for item, box in zip(self._values, self._boxes, strict=True):
                box.value = item in wanted

    def _silent(self) -> Any:
        return _Unobserved(self._boxes, self._collect)


class _Unobserved:
    """While entered, a handler does not hear the value changes of some widgets."""

    def __init__(self, sources: Iterable[widgets.Widget], handler: Callable[..., None]):
        self._sources, self._handler = tuple(sources), handler

    def __enter__(self) -> None:
        for source in self._sources:
            source.unobserve(self._handler, "value")

    def __exit__(self, *_: object) -> None:
        for source in self._sources:
            source.observe(self._handler, "value")


def choice(label: str, options: Sequence[Option], value: Any = None) -> Choice:
    """Make a select with a visible label.

    Parameters
    ----------
    label
        What is chosen, in words.
    options
        Values, or pairs of (text, value).
    value
        The value to start with. None means the first option, unless None is
        itself one of the values.

    Examples
    --------
    >>> choice("Calcium", ["low", "normal", "high"], "normal").value
    'normal'
    >>> choice("Calcium", ["low", "normal", "high"], "norml")
    Traceback (most recent call last):
    calcinosis_data.course.ui.controls.ControlValueError: 'norml' is not an option of 'Calcium'. \
Did you mean 'normal'? Options: 'low', 'normal', 'high'.
    """
    pairs = _pairs(label, options)
    values = [item for _, item in pairs]
    if value is None and None not in values:
        value = values[0]
    _check(label, value, values)
    made = Choice(options=pairs, value=value, description=label)
    return _start_at(made, value)


def choices(label: str, options: Sequence[Option], value: Iterable[Any] = ()) -> Choices:
    """Make a named group of checkboxes.

    Parameters
    ----------
    label
        Name of the group.
    options
        Values, or pairs of (text, value).
    value
        The values ticked at the start.

    Examples
    --------
    >>> choices("Verdict", ["supported", "incorrect"], ["incorrect"]).value
    ('incorrect',)
    """
    pairs = _pairs(label, options)
    values = [item for _, item in pairs]
    wanted = (value,) if isinstance(value, str) else tuple(value)
    for item in wanted:
        _check(label, item, values)
    made = Choices(label, pairs, tuple(item for item in values if item in wanted))
    _dress(made, "cal-choices")
    return made


def search(label: str, value: str = "") -> Search:
    """Make a line of text to look for.

    Examples
    --------
    >>> search("Search the table").value
    ''
    """
    return _start_at(Search(value=value, description=label), value)


def toggle(label: str, value: bool = False) -> Toggle:
    """Make a checkbox for yes or no.

    Examples
    --------
    >>> toggle("Only rows with a source").value
    False
    """
    return _start_at(Toggle(value=value, description=label, indent=False), value)


def _start_at(control: Any, value: Any) -> Any:
    control._start = value
    _dress(control, f"cal-{type(control).__name__.lower()}")
    return control


def _dress(control: widgets.DOMWidget, name: str) -> None:
    for css_class in ("cal-kit", "cal-control", name):
        control.add_class(css_class)


def _pairs(label: str, options: Sequence[Option]) -> list[tuple[str, Any]]:
    if not label.strip():
        raise ValueError("A control needs a visible label: say what is chosen.")
    pairs = [item if isinstance(item, tuple) else (str(item), item) for item in options]
    if not pairs:
        raise ValueError(f"'{label}' has no options to choose from.")
    return pairs


def _check(label: str, value: Any, values: Sequence[Any]) -> None:
    if value in values:
        return
    near = difflib.get_close_matches(str(value), [str(item) for item in values], n=1, cutoff=0.5)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    offered = ", ".join(repr(item) for item in values)
    raise ControlValueError(f"{value!r} is not an option of '{label}'.{hint} Options: {offered}.")
