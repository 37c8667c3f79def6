"""The hand of the body outline: palm, five fingers, their joints and tips.

It is drawn hanging, the thumb side at positive x, the wrist at (0, 0), and then put where the
forearm ends.
"""

from __future__ import annotations

import math
from typing import Final

from calcinosis_data.course.explorers._body_map.curves import Chain, Point, circle, smooth

Named = tuple[Point, str]
"""A point of the contour with its name, "corner" for a sharp one, "" for neither."""

_WRIST: Final = (60.4, 206.0)
_LEAN, _SIZE = math.radians(8), 1.06
# Root, tip and half the width of each finger.
_SHAPE: Final[dict[str, tuple[Point, Point, float]]] = {
    "thumb": ((7.0, 8.5), (14.6, 23.0), 2.6),
    "index-finger": ((6.7, 20.8), (9.0, 37.8), 2.35),
    "middle-finger": ((2.15, 22.0), (2.7, 42.4), 2.4),
    "ring-finger": ((-2.55, 21.4), (-3.9, 39.6), 2.3),
    "little-finger": ((-7.0, 18.9), (-10.0, 33.2), 2.05),
}
FINGERS: Final = tuple(_SHAPE)
# The fold between a finger and the next one.
_WEBS: Final = {
    "thumb": (8.3, 16.6),
    "index-finger": (4.45, 22.3),
    "middle-finger": (-0.2, 22.6),
    "ring-finger": (-4.75, 21.0),
}
# Where marks stand along a finger, and how much of its width they take.
_TIP_AT, _END_BONE_AT, _JOINTS_AT, _MARK = 0.9, 0.745, (0.36, 0.58), 0.55


def place(point: Point) -> Point:
    """Put a point of the hand at the end of the forearm.

    Examples
    --------
    >>> place((0.0, 0.0))
    (60.4, 206.0)
    """
    x, y = point[0] * _SIZE, point[1] * _SIZE
    turn, lean = math.cos(_LEAN), math.sin(_LEAN)
    return _WRIST[0] + x * turn + y * lean, _WRIST[1] - x * lean + y * turn


def hand_contour() -> list[Named]:
    """List the points of wrist and hand, from the thumb side round to the little finger's.

    Examples
    --------
    >>> [name for _, name in hand_contour() if name.startswith("wrist")]
    ['wrist1-o', 'wrist2-o', 'wrist2-i', 'wrist1-i']
    """
    points: list[Named] = [((5.9, -6.5), "wrist1-o"), ((5.9, 0.6), "wrist2-o"), ((7.4, 5.2), "")]
    for name in FINGERS:
        # The thumb's inner side ends in the fold itself.
        around = _around(name)[: -1 if name == "thumb" else None]
        points += [(point, "") for point in around]
        if name in _WEBS:
            points.append((_WEBS[name], "corner"))
    points += [((-9.1, 16.5), ""), ((-8.7, 8.5), ""), ((-6.3, 0.6), "wrist2-i")]
    points.append(((-6.0, -6.5), "wrist1-i"))
    return [(place(point), name) for point, name in points]


def finger(name: str) -> Chain:
    """Draw one finger, closed at its root.

    Examples
    --------
    >>> thumb = finger("thumb")
    >>> thumb[0][0] == thumb[-1][-1]
    True
    """
    points = [_on(name, 0.24, 0.85), *_around(name), _on(name, 0.24, -0.85)]
    placed = [place(point) for point in points]
    return [*smooth(placed), *smooth([placed[-1], placed[0]])]


def fingertips() -> list[Chain]:
    """Draw a round mark at the soft end of each finger.

    Examples
    --------
    >>> len(fingertips())
    5
    """
    return [_mark(name, _TIP_AT) for name in FINGERS]


def end_bones() -> list[Chain]:
    """Draw a round mark at the last bone of each finger.

    Examples
    --------
    >>> len(end_bones())
    5
    """
    return [_mark(name, _END_BONE_AT) for name in FINGERS]


def finger_joints() -> list[Chain]:
    """Draw round marks at two joints of each finger.

    Examples
    --------
    >>> len(finger_joints())
    10
    """
    return [_mark(name, at) for name in FINGERS for at in _JOINTS_AT]


def _around(name: str) -> list[Point]:
    """List the points round a finger from its thumb side over the tip to the other side."""
    sides = [(0.5, 0.99), (0.84, 0.86), (1.0, 0.0), (0.84, -0.86), (0.5, -0.99)]
    return [_on(name, along, across) for along, across in sides]


def _on(name: str, along: float, across: float) -> Point:
    root, tip, half = _SHAPE[name]
    x, y = tip[0] - root[0], tip[1] - root[1]
    length = math.hypot(x, y)
    aside = across * half / length
    return root[0] + x * along + y * aside, root[1] + y * along - x * aside


def _mark(name: str, along: float) -> Chain:
    return circle(place(_on(name, along, 0)), _SHAPE[name][2] * _MARK)
