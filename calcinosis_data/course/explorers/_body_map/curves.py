"""Smooth closed curves through a few points, as SVG paths. Pure geometry, y runs down."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

Point = tuple[float, float]
Cubic = tuple[Point, Point, Point, Point]
"""One cubic curve: its start, two handles, its end."""
Chain = list[Cubic]
"""Curves that follow each other, each starting where the one before ends."""


def smooth(points: Sequence[Point], corners: Collection[int] = ()) -> Chain:
    """Draw a smooth line through points, with a sharp bend only where a corner is.

    Parameters
    ----------
    points : sequence of (float, float)
        At least two places to go through.
    corners : collection of int
        Which of the points are sharp.

    Returns
    -------
    list of curves
        One from each point to the next.

    Examples
    --------
    >>> smooth([(0, 0), (3, 0)])
    [((0, 0), (1.0, 0.0), (2.0, 0.0), (3, 0))]
    """
    last = len(points) - 1
    sharp = {0, last, *corners}
    ways = [None if i in sharp else _way(*points[i - 1 : i + 2]) for i in range(len(points))]
    return [_cubic(points[i], points[i + 1], ways[i], ways[i + 1]) for i in range(last)]


def _way(before: Point, here: Point, after: Point) -> Point:
    """Direction in which a smooth line passes a point; the nearer neighbour counts more."""
    to, on = math.dist(before, here), math.dist(here, after)
    return _unit(
        *(
            (h - b) / to * on + (a - h) / on * to
            for b, h, a in zip(before, here, after, strict=True)
        )
    )


def _unit(x: float, y: float) -> Point:
    length = math.hypot(x, y)
    return x / length, y / length


def _cubic(start: Point, end: Point, way_out: Point | None, way_in: Point | None) -> Cubic:
    third = math.dist(start, end) / 3
    straight = _unit(end[0] - start[0], end[1] - start[1])
    out, into = way_out or straight, way_in or straight
    return (
        start,
        (start[0] + out[0] * third, start[1] + out[1] * third),
        (end[0] - into[0] * third, end[1] - into[1] * third),
        end,
    )


def reverse(chain: Chain) -> Chain:
    """Run along a chain the other way.

    Examples
    --------
    >>> reverse([((0, 0), (1, 0), (2, 0), (3, 0))])
    [((3, 0), (2, 0), (1, 0), (0, 0))]
    """
    return [(end, second, first, start) for start, first, second, end in reversed(chain)]


def mirror(chain: Chain) -> Chain:
    """Draw the other side of the body.

    Examples
    --------
    >>> mirror([((0, 0), (1, 0), (2, 0), (3, 0))])
    [((0, 0), (-1, 0), (-2, 0), (-3, 0))]
    """
    return [((-a[0], a[1]), (-b[0], b[1]), (-c[0], c[1]), (-d[0], d[1])) for a, b, c, d in chain]


def circle(middle: Point, radius: float) -> Chain:
    """Draw a small circle of two curves, so near to round that nobody sees the difference.

    Examples
    --------
    >>> circle((0, 0), 3)[0]
    ((0, -3), (4.0, -3), (4.0, 3), (0, 3))
    """
    (x, y), reach = middle, radius * 4 / 3
    top, bottom = (x, y - radius), (x, y + radius)
    return [
        (top, (x + reach, top[1]), (x + reach, bottom[1]), bottom),
        (bottom, (x - reach, bottom[1]), (x - reach, top[1]), top),
    ]


def path(chains: Iterable[Chain], *, dx: float = 0.0, closed: bool = True) -> str:
    """Write chains as the text of one SVG path, each a part of its own.

    Parameters
    ----------
    chains : iterable of chains
        The parts.
    dx : float, default 0
        How far to the right all is moved.
    closed : bool, default True
        Whether each part ends where it began.

    Returns
    -------
    str
        The path.

    Examples
    --------
    >>> path([smooth([(0, 0), (3, 0)])], dx=10, closed=False)
    'M10,0 C11,0 12,0 13,0'
    """
    end = " Z" if closed else ""
    return " ".join(f"M{_place(chain[0][0], dx)} {_curves(chain, dx)}{end}" for chain in chains)


def _curves(chain: Chain, dx: float) -> str:
    return " ".join("C" + " ".join(_place(point, dx) for point in curve[1:]) for curve in chain)


def _place(point: Point, dx: float) -> str:
    return f"{_short(point[0] + dx)},{_short(point[1])}"


def _short(value: float) -> str:
    return f"{round(value, 1) + 0.0:g}"
