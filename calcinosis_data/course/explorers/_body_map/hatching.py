"""Slanted lines that fill an area of the outline, cut off at its border. Pure geometry."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from calcinosis_data.course.explorers._body_map.curves import Chain, Point

_STEPS = 6


def hatch(chains: Sequence[Chain], gap: float) -> list[tuple[Point, Point]]:
    """Fill closed chains with slanted lines.

    Lines of two areas that touch meet, because all lie on one grid.

    Parameters
    ----------
    chains : sequence of chains
        Borders of the area.
    gap : float
        Distance from line to line, sideways.

    Returns
    -------
    list of pairs of points
        Both ends of each line.

    Examples
    --------
    >>> from calcinosis_data.course.explorers._body_map.curves import smooth
    >>> square = smooth([(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)], corners={1, 2, 3})
    >>> [[tuple(map(round, end)) for end in line] for line in hatch([square], gap=4)]
    [[(0, 4), (4, 0)]]
    """
    sides = [side for chain in chains for side in _sides(chain)]
    sums = [x + y for side in sides for x, y in side]
    steps = range(math.floor(min(sums) / gap) + 1, math.ceil(max(sums) / gap))
    return [line for step in steps for line in _within(sides, step * gap)]


def _sides(chain: Chain) -> Iterator[tuple[Point, Point]]:
    corners = [_along(curve, step / _STEPS) for curve in chain for step in range(_STEPS)]
    return pairwise([*corners, corners[0]])


def _along(curve: tuple[Point, Point, Point, Point], t: float) -> Point:
    u = 1 - t
    weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    x, y = (sum(w * p[axis] for w, p in zip(weights, curve, strict=True)) for axis in (0, 1))
    return x, y


def _within(sides: Sequence[tuple[Point, Point]], total: float) -> list[tuple[Point, Point]]:
    """Cut the line on which x and y add up to `total` at the sides that it crosses."""
    crossed = sorted(
        x0 + (x1 - x0) * (total - x0 - y0) / (x1 + y1 - x0 - y0)
        for (x0, y0), (x1, y1) in sides
        if (x0 + y0 < total) != (x1 + y1 < total)
    )
    ends = [(x, total - x) for x in crossed]
    return list(zip(ends[::2], ends[1::2], strict=True))
