"""Two lessons open at once, as when one goes on from the first to the second."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
IN_VIEW = """name => {
    const shown = [...document.querySelectorAll(".jp-Notebook")].find((n) => n.offsetParent);
    const heading = [...shown.querySelectorAll("[data-jupyter-id]")].find(
        (element) => element.dataset.jupyterId === name);
    const top = heading.getBoundingClientRect().top - shown.getBoundingClientRect().top;
    return Math.abs(top) < 200 && document.activeElement === heading;
}"""


@pytest.fixture(scope="module")
def second(shared_notebook: Callable[..., Any]) -> Iterator[Any]:
    """Lesson 2, run, in front of lesson 1 in the same window."""
    first = shared_notebook(NOTEBOOKS / "01_start_here.ipynb")
    first.run_all()
    name = f"second-{first.name}"
    (first.lab.folder / name).write_bytes((NOTEBOOKS / "02_types_of_calcinosis.ipynb").read_bytes())
    first.page.goto(f"{first.lab.root}lab/tree/{name}?token={first.lab.token}")
    first.page.locator(".jp-Notebook").nth(1).wait_for(state="attached")
    first.await_idle()
    first.menu("Run", "Run All Cells")
    first.page.locator(".cal-item:visible").first.wait_for()
    yield first
    first.lab.stop_kernels(name)


@pytest.mark.parametrize("heading", ["Key-points", "Question-and-objectives"])
def test_a_link_leads_to_the_heading_of_its_own_lesson(second: Any, heading: str) -> None:
    page = second.page
    assert page.locator(f'[data-jupyter-id="{heading}"]').count() == 2
    page.locator(f'.jp-Notebook:visible a[href="#{heading}"]').first.click()
    page.wait_for_function(IN_VIEW, arg=heading, timeout=5000)
