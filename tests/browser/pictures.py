"""Pictures of panels, held against small ones that are kept here.

A kept picture is grey and an eighth of the size, so that other fonts or another version of the
browser do not matter, and a chart that is missing, cut, doubled or in other colours does.
"""

from pathlib import Path

from PIL import Image, ImageChops, ImageStat

KEPT = Path(__file__).parent / "pictures"
SCALE = 8
MOST_TALLER = 0.04
"""Share by which the height of a panel may differ: a word more or less on a line."""
MOST_DIFFERENT = 3.0
"""Mean difference of grey, out of 255, over the panel; one block of 24 lines may reach 25."""
MOST_IN_BLOCK = 25.0
BLOCK = 24


def small(picture: Path) -> Image.Image:
    """The picture, grey and an eighth of the size."""
    with Image.open(picture) as full:
        size = (max(1, full.width // SCALE), max(1, full.height // SCALE))
        return full.convert("L").resize(size, Image.Resampling.BOX)


def differences(one: Image.Image, other: Image.Image) -> list[str]:
    """What is wrong with a picture that should look like another; empty if nothing is."""
    if one.width != other.width or abs(one.height / other.height - 1) > MOST_TALLER:
        return [f"size {one.size} and not {other.size}, in eighths of a pixel"]
    height = min(one.height, other.height)
    shared = (0, 0, one.width, height)
    apart = ImageChops.difference(one.crop(shared), other.crop(shared))
    wrong = []
    if (mean := ImageStat.Stat(apart).mean[0]) > MOST_DIFFERENT:
        wrong.append(f"differs by {mean:.1f} on average, at most {MOST_DIFFERENT}")
    for top in range(0, height, BLOCK):
        block = apart.crop((0, top, one.width, min(top + BLOCK, height)))
        if (mean := ImageStat.Stat(block).mean[0]) > MOST_IN_BLOCK:
            wrong.append(f"lines {top * SCALE} to {(top + BLOCK) * SCALE} differ by {mean:.1f}")
    return wrong
