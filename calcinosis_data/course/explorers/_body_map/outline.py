"""Our own outline of the body: two figures, front and back, with a region for each drawn site.

The points stand in `points.json`, for the right half of a picture only: y runs down from the
crown (0) to the soles (404), x from the middle line to the side. Smooth curves go through them,
and the other half is the mirror image. Regions that touch share their border, so nothing gapes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from calcinosis_data.course.explorers._body_map import hand as body_hand
from calcinosis_data.course.explorers._body_map.curves import Chain, Point, mirror, reverse, smooth

View = Literal["front", "back"]
VIEWS: Final[tuple[View, ...]] = ("front", "back")
HEIGHT: Final = 404.0
HALF_WIDTH: Final = 81.0
"""From the middle line of a figure to its thumb."""
CENTRE: Final[dict[View, float]] = {"front": -HALF_WIDTH - 4, "back": HALF_WIDTH + 4}
"""Where the middle line of each figure is when both stand side by side."""

_CORNER, _ROUND = "corner", "round"
_IN_HAND: Final[dict[str, Callable[[], list[Chain]]]] = {
    "finger": lambda: [body_hand.finger(name) for name in body_hand.FINGERS],
    "fingertip": body_hand.fingertips,
    "distal-phalanx": body_hand.end_bones,
    "finger-joint": body_hand.finger_joints,
}


@dataclass(frozen=True)
class Pointer:
    """Where the label of a site points: figure, place on it, and at what height it likes to be."""

    view: View
    x: float
    y: float
    at: float


@cache
def regions(view: View) -> dict[str, list[Chain]]:
    """Draw the regions of one figure.

    Parameters
    ----------
    view : {"front", "back"}
        The figure.

    Returns
    -------
    dict of str to list of chains
        By body site; a paired region has a part on each side.

    Examples
    --------
    >>> len(regions("front")["hand"]), len(regions("front")["trunk"])
    (2, 1)
    """
    parts = _points()["parts"]
    return {
        site: _both_halves(spec, _follow) for site, spec in (parts[view] | parts["both"]).items()
    }


@cache
def patches(view: View) -> dict[str, list[Chain]]:
    """Draw the finer sites, each within the region of a drawn one.

    Examples
    --------
    >>> len(patches("front")["fingertip"])
    10
    """
    lines = _points()["patches"]
    drawn = {site: _both_halves(spec[view], _line) for site, spec in lines.items() if view in spec}
    fingers = {name: [body_hand.finger(name)] for name in body_hand.FINGERS}
    marks = {site: draw() for site, draw in _IN_HAND.items()}
    halves = {**fingers, **marks}
    return drawn | {
        site: [*chains, *(mirror(chain) for chain in chains)] for site, chains in halves.items()
    }


@cache
def joined() -> dict[str, tuple[str, ...]]:
    """List the areas that a site joins which was counted only as a whole.

    Examples
    --------
    >>> joined()["hand-or-wrist"]
    ('hand', 'wrist')
    """
    return {site: tuple(areas) for site, areas in _points()["joined"].items()}


@cache
def areas(view: View) -> dict[str, list[Chain]]:
    """Draw the regions, and what lies between them and has no site of its own.

    Examples
    --------
    >>> set(areas("front")) - set(regions("front"))
    {'upper-arm'}
    """
    between = _points()["between"]
    return regions(view) | {name: _both_halves(spec, _follow) for name, spec in between.items()}


@cache
def edges(view: View) -> list[Chain]:
    """Draw the line around the body, in open pieces."""
    lines = [_contour()[0], *(_named_lines()[name] for name in _points()["edges"][view])]
    return [chain for line in lines for chain in (line, mirror(line))]


@cache
def seams(view: View) -> list[Chain]:
    """Draw the borders between regions, each once."""
    parts = _points()["parts"]
    specs = (parts[view] | parts["both"]).values()
    steps = [step for spec in specs for tokens in spec.values() for step in tokens]
    names = {step.removeprefix("-") for step in steps if ".." not in step}
    lines = [_named_lines()[name] for name in sorted(names - set(_points()["edges"][view]))]
    return [chain for line in lines for chain in (line, mirror(line))]


@cache
def details(view: View) -> list[Chain]:
    """Draw the fine lines that tell front from back: eyes, collar bones, shoulder blades."""
    some = _points()["details"][view]
    paired = [_line(points) for points in some["paired"]]
    joined = [_both(_line(points)) for points in some["joined"]]
    return [*paired, *(mirror(chain) for chain in paired), *joined]


@cache
def pointers() -> dict[str, Pointer]:
    """Give the place of the label of each site that can be shown, from head to foot.

    Examples
    --------
    >>> pointers()["knee"].view
    'front'
    """
    return {site: Pointer(*place) for site, place in _points()["labels"].items()}


def _both_halves(spec: Mapping[str, Any], draw: Callable[[Sequence[Any]], Chain]) -> list[Chain]:
    """Draw a region of the middle line as one part, a paired one as two."""
    ((kind, steps),) = spec.items()
    half = draw(steps)
    return [half, mirror(half)] if kind == "paired" else [_both(half)]


def _both(half: Chain) -> Chain:
    """Join a half that begins or ends at the middle line to its mirror image."""
    return [*half, *reverse(mirror(half))]


def _follow(steps: Sequence[str]) -> Chain:
    """Walk along pieces of the contour ("knee1-o..knee2-o") and lines ("-knee1" is backwards)."""
    contour, places = _contour()
    chain: Chain = []
    for step in steps:
        if ".." in step:
            start, end = step.split("..")
            chain += contour[places[start] : places[end]]
        else:
            line = _named_lines()[step.removeprefix("-")]
            chain += reverse(line) if step.startswith("-") else line
    return chain


@cache
def _contour() -> tuple[Chain, dict[str, int]]:
    """Draw the contour of the right half, and say where its named points are."""
    rows: list[body_hand.Named] = []
    for row in _points()["contour"]:
        rows += body_hand.hand_contour() if row == "hand" else [((row[0], row[1]), row[2])]
    corners = {place for place, (_, name) in enumerate(rows) if _CORNER in name}
    names = {name.split()[0]: place for place, (_, name) in enumerate(rows) if name}
    return smooth([point for point, _ in rows], corners), names


@cache
def _named_lines() -> dict[str, Chain]:
    return {name: _line(points) for name, points in _points()["lines"].items()}


def _line(points: Sequence[Any]) -> Chain:
    """Draw a line through points given by place or by their name on the contour."""
    placed = [_place(point) for point in points]
    corners = {place for place, point in enumerate(points) if _CORNER in point[2:]}
    before = [_beyond(placed[1])] if _ROUND in points[0][2:] else []
    after = [_beyond(placed[-2])] if _ROUND in points[-1][2:] else []
    moved = {place + len(before) for place in corners}
    whole = smooth([*before, *placed, *after], moved)
    return whole[len(before) : len(whole) - len(after)]


def _beyond(point: Point) -> Point:
    """Mirror the neighbour, so that the line crosses the middle without a bend."""
    return -point[0], point[1]


def _place(point: Any) -> Point:
    if isinstance(point, str):
        contour, places = _contour()
        place = places[point]
        return contour[place][0] if place < len(contour) else contour[-1][-1]
    return float(point[0]), float(point[1])


@cache
def _points() -> dict[str, Any]:
    text = files(__package__).joinpath("points.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
