"""Stacked bars: what they draw, what they refuse, and that their numbers can be read."""

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcinosis_data.course.explorers.charts.bars import count_bars, has_narrow_parts, stacked_bars
from calcinosis_data.course.ui import theme

PARTS = ("often", "seldom", "never")
ROWS = [("skin", "often", 3), ("skin", "never", 1), ("fat", "seldom", 2), ("bone", "often", 0)]


@pytest.mark.parametrize(("most", "end"), [(3, 10), (48, 48)])
def test_few_rows_do_not_fill_the_page(most: int, end: int) -> None:
    figure = count_bars(pd.DataFrame({"group": ["renal"], "n": [most]}), counted="causes")
    assert figure.layout.xaxis.range == (0, end)


def test_counts_stand_at_the_ends_of_named_bars() -> None:
    counts = pd.DataFrame({"group": ["renal", "not stated"], "n": [3, 1]})
    figure = count_bars(counts, counted="causes")
    assert figure.data[0].x == figure.data[1].x == (3, 1)
    assert figure.data[1].text == (" 3", " 1")
    assert figure.layout.yaxis.ticktext == ("Renal", "Not stated")
    assert figure.layout.xaxis.title.text == "Number of causes"
    assert figure.data[0].marker.color == (theme.BLUE, theme.GREY)


def frame(rows: list[tuple[str, str, int]] = ROWS) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["group", "part", "n"])


def bars(figure: go.Figure) -> list[go.Bar]:
    return [trace for trace in figure.data if trace.type == "bar"]


def test_each_part_is_one_trace_with_a_place_for_each_group() -> None:
    figure = stacked_bars(frame(), parts=PARTS, counted="sites")
    drawn = {bar.name: dict(zip(bar.y, bar.x, strict=True)) for bar in bars(figure)}
    assert drawn == {
        "often": {"skin": 3, "fat": 0, "bone": 0},
        "seldom": {"skin": 0, "fat": 2, "bone": 0},
        "never": {"skin": 1, "fat": 0, "bone": 0},
    }
    assert [bar.name for bar in bars(figure)] == list(PARTS)
    assert tuple(figure.layout.yaxis.ticktext) == ("skin", "fat", "bone")


def test_numbers_stand_in_the_parts_and_totals_at_the_ends() -> None:
    figure = stacked_bars(frame(), parts=PARTS, counted="sites")
    assert [bar.text for bar in bars(figure)] == [("3", "", ""), ("", "2", ""), ("1", "", "")]
    assert figure.data[-1].text == (" 4", " 2", " 0")
    assert figure.data[-1].x == (4, 2, 0)


def test_a_single_part_has_its_number_at_the_end_only() -> None:
    figure = stacked_bars(frame(ROWS[:1]), parts=PARTS, counted="sites", ends={"skin": "3 of 9"})
    assert [bar.name for bar in bars(figure)] == ["often"]
    assert bars(figure)[0].text is None
    assert figure.data[-1].text == (" 3 of 9",)


@pytest.mark.parametrize("place", range(5))
def test_colour_and_pattern_belong_to_the_place_of_a_part(place: int) -> None:
    parts = [f"part {one}" for one in range(5)]
    figure = stacked_bars(frame([("skin", parts[place], 1)]), parts=parts, counted="sites")
    marker = bars(figure)[0].marker
    assert (marker.color, marker.pattern.shape) == (theme.PALETTE[place], theme.PATTERNS[place])


def test_other_colours_keep_the_patterns() -> None:
    rows = [("skin", part, 1) for part in PARTS]
    colours = (theme.GREY, theme.BLUE, theme.PINK)
    drawn = bars(stacked_bars(frame(rows), parts=PARTS, counted="sites", colours=colours))
    assert tuple(bar.marker.color for bar in drawn) == colours
    assert tuple(bar.marker.pattern.shape for bar in drawn) == theme.PATTERNS[:3]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("place", range(5))
def test_numbers_can_be_read_on_their_colour(place: int) -> None:
    parts = [f"part {one}" for one in range(5)]
    bar = bars(stacked_bars(frame([("skin", parts[place], 1)]), parts=parts, counted="x"))[0]
    ink, ground = luminance(bar.insidetextfont.color), luminance(bar.marker.color)
    assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.5
    assert bar.marker.color in bar.insidetextfont.shadow  # the pattern keeps off the number


def test_it_refuses_what_it_cannot_tell_apart_or_would_leave_out() -> None:
    with pytest.raises(ValueError, match="6 parts are too many"):
        stacked_bars(frame(), parts=list("abcdef"), counted="sites")
    with pytest.raises(ValueError, match="no part 'never' among 'often', 'seldom'"):
        stacked_bars(frame(), parts=PARTS[:2], counted="sites")


@pytest.mark.parametrize(("small", "narrow"), [(1, True), (2, False), (0, False)])
def test_a_part_with_little_room_is_told(small: int, narrow: bool) -> None:
    rows = [("skin", "often", 40), ("fat", "seldom", small)]
    assert has_narrow_parts(frame(rows)) is narrow
    assert not has_narrow_parts(frame([]))


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(PARTS), st.integers(0, 40)), min_size=1
    )
)
def test_nothing_is_lost_or_added(rows: list[tuple[str, str, int]]) -> None:
    figure = stacked_bars(frame(rows), parts=PARTS, counted="sites")
    total = sum(n for _, _, n in rows)
    assert sum(sum(bar.x) for bar in bars(figure)) == total
    assert sum(int(text) for text in figure.data[-1].text) == total
    assert figure.layout.xaxis.range[1] >= max(figure.data[-1].x)


def test_steps_of_an_order_have_one_blue_and_ever_less_of_it() -> None:
    rows = [("skin", part, 5) for part in "abcd"]
    figure = stacked_bars(frame(rows), parts="abcd", counted="sites", ordered=True)
    full, *hatched, outline = [bar.marker for bar in bars(figure)]
    assert full.color == theme.BLUE
    assert [one.pattern.solidity for one in hatched] == [0.6, 0.2]
    assert {one.pattern.fgcolor or one.color for one in hatched} == {theme.BLUE}
    assert outline.color == "rgba(0,0,0,0)"
    assert {bar.marker.line.color for bar in bars(figure)} == {theme.BLUE}
