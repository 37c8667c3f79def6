"""Each explorer looks as it did when somebody last looked at it.

After a wanted change: `CALCINOSIS_KEEP_PICTURES=1 pytest -m slow tests/browser/test_pictures.py`,
look at the full pictures under test-artefacts/explorers/, and commit the small ones.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from harness import ARTEFACTS, FITTED
from pictures import KEPT, differences, small
from PIL import Image, ImageDraw
from twins import NAMES, call

CELLS = ["from calcinosis_data.course import explorers", *map(call, NAMES)]
WIDTHS = (400, 1280)
THEMES = ("light", "dark")
TALL = 6000  # a panel is seen whole, so nothing on it is left undrawn


@pytest.fixture(scope="module")
def shots(shared_notebook: Callable[..., Any]) -> dict[tuple[str, int, str], Path]:
    """A picture of each explorer at each width in each theme."""
    book = shared_notebook(CELLS)
    book.run_all()
    book.only_notebook()
    folder = ARTEFACTS / "explorers"
    folder.mkdir(parents=True, exist_ok=True)
    taken = {}
    for theme in THEMES:
        if theme == "dark":
            book.dark()
        for width in WIDTHS:
            book.page.set_viewport_size({"width": width, "height": TALL})
            for index, name in enumerate(NAMES):
                path = folder / f"{name}-{width}-{theme}.png"
                _take(book, index, path)
                taken[name, width, theme] = path
    return taken


def _take(book: Any, index: int, path: Path) -> None:
    panel = book.panel(index)
    panel.evaluate("e => e.scrollIntoView({ block: 'start' })")
    book.page.wait_for_function(FITTED, arg=panel.element_handle())
    book.page.wait_for_timeout(200)
    panel.screenshot(path=path)


@pytest.mark.slow  # a picture of each explorer at each width in each theme
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_an_explorer_looks_as_it_did(shots: Any, name: str, width: int, theme: str) -> None:
    now = small(shots[name, width, theme])
    kept = KEPT / f"{name}-{width}-{theme}.png"
    if os.environ.get("CALCINOSIS_KEEP_PICTURES"):
        KEPT.mkdir(exist_ok=True)
        now.save(kept, optimize=True)
    with Image.open(kept) as before:
        assert differences(now, before) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_without_its_middle_is_refused(name: str) -> None:
    with Image.open(KEPT / f"{name}-1280-light.png") as before:
        damaged = before.copy()
        width, height = damaged.size
        ImageDraw.Draw(damaged).rectangle((0, height // 4, width, height // 2), fill=255)
        assert differences(damaged, before) or differences(before, damaged)
        assert differences(before, before) == []
