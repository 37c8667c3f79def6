"""Palette and template: contrast computed, nothing on the chart that cannot be read or used."""

import itertools

import pytest

from calcinosis_data.course.ui import theme

SURFACES = ("#FFFFFF", "#111111", "#212121")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#FFFFFF", "#000000", 21), ("#777777", "#FFFFFF", 4.48)]
)
def test_contrast_is_computed_as_wcag_does(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize(("colour", "surface"), list(itertools.product(theme.PALETTE, SURFACES)))
def test_each_colour_stands_out_from_each_surface(colour: str, surface: str) -> None:
    assert contrast(colour, surface) >= 3


def test_colours_never_speak_alone() -> None:
    assert len(theme.PALETTE) == len(theme.SYMBOLS) == len(theme.PATTERNS) <= 5
    assert len(set(theme.SYMBOLS)) == len(set(theme.PATTERNS)) == 5


def test_charts_are_transparent_and_leave_text_colour_to_the_page() -> None:
    layout = theme.spec(theme.figure())["layout"]["template"]["layout"]
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert "font" not in layout


def test_no_upload_button_and_no_dragging() -> None:
    layout = theme.spec(theme.figure())["layout"]["template"]["layout"]
    assert "sendChartToCloud" in layout["modebar"]["remove"]
    assert layout["dragmode"] is False


def test_a_figure_with_another_template_gets_ours() -> None:
    from plotly import graph_objects as go

    spec = theme.spec(go.Figure(layout={"template": "plotly_dark"}))
    assert spec["layout"]["template"]["layout"]["colorway"] == list(theme.PALETTE)


def test_spec_leaves_the_figure_as_it_was() -> None:
    from plotly import graph_objects as go

    figure = go.Figure(layout={"template": "none"})
    theme.spec(figure)
    assert figure.layout.template.layout.colorway is None
