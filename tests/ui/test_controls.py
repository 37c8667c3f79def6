"""Controls: what they offer, what they refuse, how they go back."""

from collections.abc import Callable

import pytest

from calcinosis_data.course import ui

LEVELS = ["low", "normal", "high"]


def test_choice_starts_with_the_first_option() -> None:
    assert ui.choice("Calcium", LEVELS).value == "low"


def test_choice_takes_none_as_a_value() -> None:
    control = ui.choice("Calcium", ["low", ("any", None)], None)
    assert (control.value, control.shown()) == (None, "any")
    control.value = "low"
    control.value = None
    assert control.shown() == "any"


@pytest.mark.parametrize(
    "make",
    [
        lambda: ui.choice("Calcium", LEVELS, "norml"),
        lambda: ui.choices("Calcium", LEVELS, ["norml"]),
    ],
)
def test_a_bad_preset_names_the_nearest_value(make: Callable[[], object]) -> None:
    with pytest.raises(
        ui.ControlValueError, match=r"'norml' is not an option of 'Calcium'\. Did you mean 'normal'"
    ):
        make()


def test_a_bad_value_later_is_refused_too() -> None:
    control = ui.choice("Calcium", LEVELS)
    with pytest.raises(ui.ControlValueError, match="Did you mean 'high'"):
        control.value = "hig"
    assert control.value == "low"


@pytest.mark.parametrize("make", [ui.choice, ui.choices])
def test_options_are_needed(make: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match="'Calcium' has no options"):
        make("Calcium", [])


@pytest.mark.parametrize(
    "make", [lambda: ui.choice(" ", LEVELS), lambda: ui.search(""), lambda: ui.toggle("")]
)
def test_a_label_is_needed(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="visible label"):
        make()


def test_choices_follow_their_boxes_and_the_order_of_the_options() -> None:
    control = ui.choices("Calcium", LEVELS, ["high"])
    control._boxes[0].value = True
    assert control.value == ("low", "high")
    assert control.shown() == "low, high"


def test_choices_set_their_boxes_and_speak_once() -> None:
    control, heard = ui.choices("Calcium", LEVELS), []
    control.observe(lambda change: heard.append(change["new"]), "value")
    control.value = ("high", "low")
    assert [box.value for box in control._boxes] == [True, False, True]
    assert heard == [("low", "high")]


@pytest.mark.parametrize(
    ("control", "other"),
    [
        (ui.choice("Calcium", LEVELS, "normal"), "high"),
        (ui.choices("Calcium", LEVELS, ["low"]), ("high",)),
        (ui.search("Search", "hand"), "foot"),
        (ui.toggle("Sourced", True), False),
    ],
    ids=["choice", "choices", "search", "toggle"],
)
def test_reset_goes_back_to_the_preset(control: ui.Choice, other: object) -> None:
    start = control.value
    control.value = other
    assert control.value != start
    control.reset()
    assert control.value == start


@pytest.mark.parametrize(
    "control",
    [ui.choice("A b", LEVELS), ui.search("A b"), ui.toggle("A b"), ui.choices("A b", LEVELS)],
)
def test_each_control_has_the_label_and_the_kit_class(control: ui.Choice) -> None:
    assert control.description == "A b"
    assert "cal-kit" in control._dom_classes
