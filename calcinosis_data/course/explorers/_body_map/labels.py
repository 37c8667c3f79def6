"""Words beside the body outline: labels that never cover each other, and the key to the shades."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from calcinosis_data.course.explorers._body_map.curves import circle, path, smooth
from calcinosis_data.course.explorers._body_map.hatching import hatch
from calcinosis_data.course.explorers._body_map.outline import (
    CENTRE,
    HALF_WIDTH,
    HEIGHT,
    VIEWS,
    View,
    pointers,
)
from calcinosis_data.course.explorers._body_map.picture import (
    CLEAR,
    FLAT,
    HATCH_GAP,
    SHADES,
    STEPS,
    Shape,
    hatch_shape,
)
from calcinosis_data.course.explorers._body_map.sites import Site

Text = dict[str, Any]
COLUMN: Final = 2 * HALF_WIDTH + 12
"""Where the labels begin, to the left and to the right of the middle."""
TOP: Final = -24.0
DEPTH: Final = HEIGHT + 94
_GAP, _ENDS = 36.0, (8.0, HEIGHT - 6)
_SMALL: Final = {"font": {"size": 13}, "showarrow": False}
_LEADER: Final = "rgba(128,128,128,0.9)"
_KEY, _TALL, _LINE = HEIGHT + 18, 12.0, 24.0
_BOX, _SQUARE, _LIST = 46.0, 18.0, -115.0
_NO_FIGURE: Final = "no figure found"
_TOGETHER: Final = "counted with its neighbours"
_SIDE: Final[dict[View, int]] = {"front": -1, "back": 1}


def captions() -> list[Text]:
    """Name the two figures."""
    return [
        {"text": f"<b>{view.capitalize()}</b>", "x": CENTRE[view], "y": TOP + 10} | _SMALL
        for view in VIEWS
    ]


def labels(sites: Sequence[Site]) -> list[Text]:
    """Write number, name, percent and count of each site at the side of its figure.

    Parameters
    ----------
    sites : sequence of Site
        Sites with a figure, of `site_rows.sites_shown`.

    Returns
    -------
    list of dict
        Texts, each with its short form under `name`.
    """
    return [
        {
            "text": f"<b>{one.number}</b> {one.name}<br>{one.told}",
            "align": "right" if view == "front" else "left",
            "name": f"<b>{one.number}</b>",
            "x": _SIDE[view] * COLUMN,
            "y": y,
            "xanchor": "right" if view == "front" else "left",
        }
        | _SMALL
        for view, y, one in _placed(sites)
    ]


def leaders(sites: Sequence[Site]) -> list[Shape]:
    """Draw a thin line from each label to a dot on its site."""
    lines, dots = [], []
    for view, y, one in _placed(sites):
        pointer = pointers()[one.id]
        end = (pointer.x + CENTRE[view], pointer.y)
        lines.append(smooth([(_SIDE[view] * (COLUMN - 3), y), end]))
        dots.append(circle(end, 1.7))
    thin = {"line": {"color": _LEADER, "width": 0.9}, "fillcolor": CLEAR}
    full = {"line": {"width": 0}, "fillcolor": _LEADER}
    return [
        {"type": "path", "path": path(lines, closed=False)} | thin,
        {"type": "path", "path": path(dots)} | full,
    ]


def key(shaded: bool, hatching: bool) -> list[Shape]:
    """Draw the shades, from light to strong where they say the percent, then the plain signs."""
    steps = enumerate(SHADES) if shaded else ()
    scale = [((place - len(SHADES) / 2) * _BOX, _KEY, _BOX, fill) for place, fill in steps]
    signs = [(_LIST, y, _SQUARE, fill) for y, _, fill in _signs(shaded, hatching)]
    boxes = [_box(x, y, width) | {"fillcolor": fill} for x, y, width, fill in [*scale, *signs]]
    return [*boxes, *(_sample(y) for y, text, _ in _signs(shaded, hatching) if text == _TOGETHER)]


def _signs(shaded: bool, hatching: bool) -> list[tuple[float, str, str]]:
    """List height, words and fill of the signs under each other."""
    flat = [] if shaded else [("a figure was found", FLAT)]
    together = [(_TOGETHER, CLEAR)] if hatching else []
    start = _KEY + 2 * _TALL + 12 if shaded else _KEY
    signs = [*flat, *together, (_NO_FIGURE, CLEAR)]
    return [(start + place * _LINE, *sign) for place, sign in enumerate(signs)]


def _box(x: float, y: float, width: float) -> Shape:
    line = {"color": _LEADER, "width": 0.9}
    return {"type": "rect", "x0": x, "x1": x + width, "y0": y, "y1": y + _TALL, "line": line}


def _sample(y: float) -> Shape:
    corners = [(_LIST, y), (_LIST + _SQUARE, y), (_LIST + _SQUARE, y + _TALL), (_LIST, y + _TALL)]
    border = smooth([*corners, corners[0]], corners={1, 2, 3})
    return hatch_shape([smooth(line) for line in hatch([border], HATCH_GAP)], 0.0)


def key_texts(shaded: bool, hatching: bool) -> list[Text]:
    """Say what the shades and signs mean."""
    beside = {"x": _LIST + _SQUARE + 6, "xanchor": "left"}
    said = [
        _SMALL | beside | {"text": text, "y": y + _TALL / 2}
        for y, text, _ in _signs(shaded, hatching)
    ]
    ends = ["0", *map(str, STEPS), "100%"] if shaded else []
    y = _KEY + _TALL + 10
    marks = [(end, (place - len(SHADES) / 2) * _BOX) for place, end in enumerate(ends)]
    return [*({"text": text, "x": x, "y": y} | _SMALL for text, x in marks), *said]


def _placed(sites: Sequence[Site]) -> Iterator[tuple[View, float, Site]]:
    """Give each label its height in the column of its figure."""
    for view in VIEWS:
        own = [one for one in sites if pointers()[one.id].view == view]
        own.sort(key=lambda one: pointers()[one.id].at)
        wanted = [pointers()[one.id].at for one in own]
        yield from ((view, y, one) for y, one in zip(spread(wanted, _GAP, _ENDS), own, strict=True))


def spread(wanted: Sequence[float], gap: float, ends: tuple[float, float]) -> list[float]:
    """Move labels apart as little as needed.

    Parameters
    ----------
    wanted : sequence of float
        Where each label would like to be, from low to high.
    gap : float
        Least distance between two labels.
    ends : (float, float)
        Where the first and the last label may be at most.

    Returns
    -------
    list of float
        Where each label is put, in the same order.

    Examples
    --------
    >>> spread([10, 12, 50], gap=10, ends=(0, 100))
    [6.0, 16.0, 50.0]
    """
    blocks: list[tuple[float, int]] = []
    for place, one in enumerate(map(float, wanted)):
        blocks.append((one - place * gap, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (later, n_later), (earlier, n_earlier) = blocks.pop(), blocks.pop()
            together = n_later + n_earlier
            blocks.append(((later * n_later + earlier * n_earlier) / together, together))
    shifts = [shift for shift, n in blocks for _ in range(n)]
    least, most = ends[0], ends[1] - gap * (len(wanted) - 1)
    return [min(max(shift, least), most) + place * gap for place, shift in enumerate(shifts)]
