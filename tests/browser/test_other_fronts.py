"""The explorers outside JupyterLab: Notebook 7, Voila, and a saved notebook without a kernel."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
from harness import await_on_screen, leaving
from lab_server import Lab, free_port
from playwright.sync_api import Browser
from twins import after, agreeing

from calcinosis_data.course import explorers

NAMES = ("prevalence", "cause_map", "article_audit", "body_map")
CELLS = [
    "from calcinosis_data.course import explorers",
    *(f"explorers.{name}()" for name in NAMES),
]
LESSON = Path(__file__).parents[2] / "notebooks" / "02_types_of_calcinosis.ipynb"
# Voila's own template asks for icons that none of its pages here needs; it works without.
VOILA_ICONS = re.compile("font-?awesome")


def change_first(panel: Any, name: str) -> None:
    """Choose another option of the first filter; everything must follow."""
    select = panel.locator("select").first
    after(panel, getattr(explorers, name)(), lambda: select.select_option(index=1))


def test_notebook_7_shows_filters_and_guards(notebook: Callable[..., Any]) -> None:
    book = notebook(CELLS, view="notebooks")
    book.run_all()
    cells = book.cells()
    for index, name in enumerate(NAMES):
        panel = book.panel(index)
        change_first(panel, name)
        for field in panel.locator(".cal-filters :is(select, input)").all():
            field.focus()
            for letter in ("b", "a", "d", "d", "x"):
                book.page.keyboard.press(letter)
    book.page.wait_for_timeout(1500)
    assert book.cells() == cells
    for index, name in enumerate(NAMES):
        agreeing(book.panel(index), getattr(explorers, name)())


def test_a_lesson_runs_in_notebook_7(notebook: Callable[..., Any]) -> None:
    book = notebook(LESSON, view="notebooks")
    book.run_all()
    page = book.page
    assert page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count() == 0
    ask = page.locator(".cal-ask").first
    ask.locator("input").first.check()
    ask.locator("button").click()
    assert book.panel().locator(".cal-finding").inner_text()
    item = page.locator(".cal-item").first
    item.locator("input").first.check()
    item.locator('button:text-is("Check answer")').click()
    item.locator(".cal-verdict").wait_for()


@contextmanager
def running_voila(notebook: Path) -> Iterator[str]:
    """Voila with one notebook, on a port of its own."""
    port = free_port()
    command = [sys.executable, "-m", "voila", notebook, f"--port={port}", "--no-browser"]
    log = notebook.with_suffix(".log")
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, cwd=notebook.parent)
        try:
            _await_answer(f"http://127.0.0.1:{port}/voila/static/main.js", server, log)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _await_answer(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            urlopen(address, timeout=5).close()
        except URLError as error:
            if hasattr(error, "code"):  # it answers, if only that there is no such page
                return
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"Voila did not start:\n{log.read_text()[-3000:]}")


def test_voila_shows_and_filters_without_error(tmp_path: Path, chromium: Browser) -> None:
    path = tmp_path / "explorers.ipynb"
    cells = [nbformat.v4.new_code_cell(text) for text in CELLS]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    requests: list[str] = []
    faults: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    with running_voila(path) as address:
        page.goto(address)
        page.locator(".cal-results[data-version]").nth(len(NAMES) - 1).wait_for(state="attached")
        for index, name in enumerate(NAMES):
            panel = page.locator(".cal-panel").nth(index)
            await_on_screen(panel)
            change_first(panel, name)
        context.close()
    assert faults == []
    assert [url for url in leaving(requests) if not VOILA_ICONS.search(url)] == []


def test_a_saved_notebook_shows_chart_and_table_without_a_kernel(
    notebook: Callable[..., Any], lab: Lab
) -> None:
    book = notebook(CELLS)
    book.run_all()
    said = [book.panel(i).locator(".cal-finding").inner_text() for i in range(len(NAMES))]
    book.save()
    book.page.goto("about:blank")
    lab.stop_kernels(book.name)
    # A kernel that will not start: the page shows what the file holds.
    file = lab.folder / book.name
    saved = nbformat.read(file, 4)
    saved.metadata["kernelspec"] = {"name": "no-such-kernel", "display_name": "None"}
    nbformat.write(saved, file)
    book.page.goto(lab.url(book.name))
    copies = book.page.locator(".cal-snapshot")
    copies.first.wait_for()
    if book.page.locator(".jp-Dialog").count():
        book.page.keyboard.press("Escape")
    for index, finding in enumerate(said):
        copy = copies.nth(index)
        copy.scroll_into_view_if_needed()
        book.page.wait_for_function(
            "([copy, words]) => copy.innerText.includes(words)",
            arg=[copy.element_handle(), finding],
        )
        assert copy.locator("table tbody tr").first.is_visible()
    book.page.locator(".jp-OutputArea .main-svg").first.wait_for()
