"""Pictures of panels, held against small ones that are kept here.

A kept picture is grey and an eighth of the size, so that other fonts or another version of the
browser do not matter, and a chart that is missing, cut, doubled or in other colours does.
"""

from pathlib import Path

from PIL import Image, ImageChops

KEPT = Path(__file__).parent / "pictures"
SCALE = 8
MOST_TALLER = 0.04
"""Share by which the height of a panel may differ: a word more or less on a line."""
CELL = 12
"""Side of a cell, in eighths of a pixel: about the size of a table row with its words."""
MOST_DIFFERENT = 4
"""Levels of grey, out of 255, by which a cell may differ: other letters, not another mark."""
MOST_CELLS = 0.08
"""Share of the cells with anything on them that may differ by more."""


def small(picture: Path) -> Image.Image:
    """The picture, grey and an eighth of the size."""
    with Image.open(picture) as full:
        size = (max(1, full.width // SCALE), max(1, full.height // SCALE))
        return full.convert("L").resize(size, Image.Resampling.BOX)


def differences(one: Image.Image, other: Image.Image) -> list[str]:
    """What is wrong with a picture that should look like another; empty if nothing is."""
    if one.width != other.width or abs(one.height / other.height - 1) > MOST_TALLER:
        return [f"size {one.size} and not {other.size}, in eighths of a pixel"]
    grid = (max(1, one.width // CELL), max(1, other.height // CELL))
    box = Image.Resampling.BOX
    now, before = one.resize(grid, box), other.resize(grid, box)
    paper = max(before.getcolors(), key=lambda pair: pair[0])[1]
    blank = Image.new("L", grid, paper)
    used = _count(ImageChops.lighter(_apart(now, blank), _apart(before, blank)))
    wrong = _count(_apart(now, before))
    if wrong <= MOST_CELLS * used:
        return []
    return [f"{wrong} of {used} cells differ by more than {MOST_DIFFERENT} levels of grey"]


def _apart(one: Image.Image, other: Image.Image) -> Image.Image:
    return ImageChops.difference(one, other)


def _count(apart: Image.Image) -> int:
    return sum(level > MOST_DIFFERENT for level in apart.tobytes())
