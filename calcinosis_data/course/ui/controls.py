"""Labelled filter controls: stock ipywidgets that know how to reset themselves."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Any

import ipywidgets as widgets
import traitlets

Option = Any
"""A value, or a pair of (text to show, value)."""


class ControlValueError(ValueError):
    """A value was given that the control does not offer."""


class Choice(widgets.Dropdown):  # type: ignore[misc]
    """One of several options; made by `choice`."""

    def __init__(self, label: str, pairs: Sequence[tuple[str, Any]], value: Any) -> None:
        values = [item for _, item in pairs]
        super().__init__(options=pairs, index=values.index(value), description=label)
        self._start = value
        _dress(self, "cal-choice")

    # The stock control takes the value None for "nothing is selected"; here it may be a
    # value like any other, as in ("All ages", None).
    @traitlets.validate("value")
    def _validate_value(self, proposal: dict[str, Any]) -> Any:
        _check(self.description, proposal["value"], self._options_values)
        return proposal["value"]

    @traitlets.observe("value")
    def _propagate_value(self, change: dict[str, Any]) -> None:
        self.index = self._options_values.index(change["new"])

    def reset(self) -> None:
        """Go back to the value it was made with."""
        self.value = self._start

    def shown(self) -> str:
        """The value in words."""
        return str(self.label)


class Search(widgets.Text):  # type: ignore[misc]
    """A line of text to look for; made by `search`."""

    def __init__(self, label: str, value: str) -> None:
        super().__init__(value=value, description=label)
        self._start = value
        _dress(self, "cal-search")

    def reset(self) -> None:
        """Go back to the text it was made with."""
        self.value = self._start

    def shown(self) -> str:
        """The value in words, empty when nothing is looked for."""
        return str(self.value)


class Toggle(widgets.Checkbox):  # type: ignore[misc]
    """Yes or no; made by `toggle`."""

    def __init__(self, label: str, value: bool) -> None:
        super().__init__(value=value, description=label, indent=False)
        self._start = value
        _dress(self, "cal-toggle")

    def reset(self) -> None:
        """Go back to the state it was made with."""
        self.value = self._start

    def shown(self) -> str:
        """The value in words, empty when off."""
        return "yes" if self.value else ""


class Choices(widgets.VBox):  # type: ignore[misc]
    """Any number of several options, as a named group of checkboxes; made by `choices`."""

    value = traitlets.Tuple()

    def __init__(
        self, label: str, pairs: Sequence[tuple[str, Any]], value: tuple[Any, ...]
    ) -> None:
        self.description = label
        self._pairs = tuple(pairs)
        self._start = value
        self._spreading = False
        self._boxes = tuple(
            widgets.Checkbox(value=item in value, description=text, indent=False)
            for text, item in pairs
        )
        super().__init__((_group_label(label), _group_boxes(self._boxes)), value=value)
        _dress(self, "cal-choices")
        for box in self._boxes:
            box.observe(self._collect, "value")
        self.observe(self._spread, "value")

    def reset(self) -> None:
        """Go back to the options it was made with."""
        self.value = self._start

    def shown(self) -> str:
        """The value in words, empty when nothing is ticked."""
        return ", ".join(text for text, item in self._pairs if item in self.value)

    @traitlets.validate("value")
    def _offered(self, proposal: dict[str, Any]) -> tuple[Any, ...]:
        return _in_order(self.description, self._pairs, proposal["value"])

    def _collect(self, _change: object) -> None:
        if self._spreading:
            return
        ticked = zip(self._pairs, self._boxes, strict=True)
        self.value = tuple(item for (_, item), box in ticked if box.value)

    # While the boxes follow the value they must not write back half a selection.
    def _spread(self, _change: object) -> None:
        self._spreading = True
        for (_, item), box in zip(self._pairs, self._boxes, strict=True):
            box.value = item in self.value
        self._spreading = False


Control = Choice | Choices | Search | Toggle


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

    Returns
    -------
    Choice
        With an observable ``value`` and ``reset()``.

    Examples
    --------
    >>> choice("Calcium", ["low", "normal", "high"], "normal").value
    'normal'
    >>> choice("Calcium", ["low", "normal", "high"], "norml")
    Traceback (most recent call last):
        ...
    calcinosis_data.course.ui.controls.ControlValueError: 'norml' is not an option of \
'Calcium'. Did you mean 'normal'? Options: 'low', 'normal', 'high'.
    """
    pairs = option_pairs(label, options)
    values = [item for _, item in pairs]
    if value is None and None not in values:
        value = values[0]
    _check(label, value, values)
    return Choice(label, pairs, value)


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

    Returns
    -------
    Choices
        With an observable ``value``, a tuple in the order of the options, and ``reset()``.

    Examples
    --------
    >>> choices("Verdict", ["supported", "incorrect"], ["incorrect"]).value
    ('incorrect',)
    """
    pairs = option_pairs(label, options)
    wanted = (value,) if isinstance(value, str) else tuple(value)
    return Choices(label, pairs, _in_order(label, pairs, wanted))


def search(label: str, value: str = "") -> Search:
    """Make a line of text to look for.

    Examples
    --------
    >>> search("Search the table").value
    ''
    """
    _check_label(label)
    return Search(label, value)


def toggle(label: str, value: bool = False) -> Toggle:
    """Make a checkbox for yes or no.

    Examples
    --------
    >>> toggle("Only rows with a source").value
    False
    """
    _check_label(label)
    return Toggle(label, value)


def option_pairs(label: str, options: Sequence[Option]) -> list[tuple[str, Any]]:
    """Options as pairs of (text, value).

    >>> option_pairs("Calcium", ["low", ("any", None)])
    [('low', 'low'), ('any', None)]
    """
    _check_label(label)
    pairs = [item if isinstance(item, tuple) else (str(item), item) for item in options]
    if not pairs:
        raise ValueError(f"'{label}' has no options to choose from.")
    return pairs


def _check_label(label: str) -> None:
    if not label.strip():
        raise ValueError("A control needs a visible label: say what is chosen.")


def _in_order(
    label: str, pairs: Sequence[tuple[str, Any]], wanted: Iterable[Any]
) -> tuple[Any, ...]:
    values = [item for _, item in pairs]
    asked = tuple(wanted)
    for item in asked:
        _check(label, item, values)
    return tuple(item for item in values if item in asked)


def _check(label: str, value: Any, values: Sequence[Any]) -> None:
    if value in values:
        return
    by_text = {str(item): item for item in values}
    near = difflib.get_close_matches(str(value), by_text, n=1, cutoff=0.5)
    hint = f" Did you mean {by_text[near[0]]!r}?" if near else ""
    offered = ", ".join(repr(item) for item in values)
    raise ControlValueError(f"{value!r} is not an option of '{label}'.{hint} Options: {offered}.")


def _dress(control: widgets.DOMWidget, name: str) -> None:
    for css_class in ("cal-kit", "cal-control", name):
        control.add_class(css_class)


def _group_label(label: str) -> widgets.Label:
    title = widgets.Label(label)
    title.add_class("cal-group-label")
    return title


def _group_boxes(boxes: tuple[widgets.Checkbox, ...]) -> widgets.Box:
    row = widgets.Box(boxes)
    row.add_class("cal-choices-boxes")
    return row
