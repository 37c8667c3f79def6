"""A real Chromium, and what a learner does with a notebook in it."""

import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from lab_server import Lab
from playwright import sync_api
from playwright.sync_api import Browser, Locator, Page, WebSocket

ARTEFACTS = Path(__file__).parents[2] / "test-artefacts"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WAIT_MS = 60_000
OURS = ".jp-OutputArea-output .cal-kit"
SERIOUS = ("serious", "critical")
# Number of each code cell, "*" while it runs. A cell with hidden source shows none: its output
# stands for it.
PROMPTS = (
    "[...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].map((cell) =>"
    " cell.querySelector('.jp-InputArea-prompt')?.textContent"
    " || (cell.querySelector('.jp-OutputArea-child') ? '1' : ''))"
)
# What is far off the screen is not drawn, and cells above that come later push a panel there.
ON_SCREEN = """panel => {
    panel.scrollIntoView({ block: "nearest" });
    const picture = panel.querySelector(".cal-chart");
    return panel.querySelector(".cal-finding").innerText
        && (getComputedStyle(picture).display === "none" || picture.querySelector(".main-svg"));
}"""
# Classes of the parts of a panel that stand out of it at the right.
OVERFLOWING = """panel => [panel, ...panel.querySelectorAll("*")].filter((element) =>
    !element.closest(".cal-scroll, svg, .cal-sr") && element.offsetParent !== null
    && element.getBoundingClientRect().right > panel.getBoundingClientRect().right + 1
).map((element) => element.className)"""
# The chart is drawn for the width that the panel has now, or the panel shows none.
FITTED = """panel => {
    const chart = panel.querySelector(".cal-chart");
    const drawn = panel.querySelector(".cal-plot svg.main-svg")?.getBoundingClientRect().width;
    return getComputedStyle(chart).display === "none"
        || (drawn > 0 && Math.abs(chart.clientWidth - drawn) < 2);
}"""
LETTERS = ("b", "a", "d", "d", "x", "m", "0", "0")  # commands of the notebook
WIDE, HIGH = 1280, 900
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def find_browser() -> str | None:
    """Path of Chromium or Chrome; ``CALCINOSIS_BROWSER`` names another one."""
    names = (os.environ.get("CALCINOSIS_BROWSER") or "", *BROWSERS)
    return next((found for name in names if name and (found := shutil.which(name))), None)


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Start Chromium; a missing one skips here and fails in CI."""
    path = find_browser()
    if path is None:
        reason = "no Chromium or Chrome found (set CALCINOSIS_BROWSER to its path)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@contextmanager
def watched_pages(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give a factory of pages; at the end, no request may have left the machine."""
    contexts, requests = [], []

    def make(width: int = WIDE, height: int = HIGH, blocked: str = "", **options: object) -> Page:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, accept_downloads=True, **options)
        context.on("request", lambda request: requests.append(request.url))
        context.set_default_timeout(WAIT_MS)
        if blocked:
            context.route(blocked, lambda route: route.abort())
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert not leaving(requests)


def leaving(urls: list[str]) -> list[str]:
    """Those of the addresses that are not on this machine."""
    local = ("127.0.0.1", "localhost", "", None)
    return [url for url in urls if urlsplit(url).hostname not in local]


@dataclass
class Notebook:
    """A notebook on screen."""

    page: Page
    lab: Lab
    name: str
    view: str = "lab/tree"
    frames: list[int] = field(default_factory=list)
    """Sizes of the websocket messages received."""

    def open(self) -> "Notebook":
        """Go to the notebook and wait until its kernel is idle."""
        self.page.goto(self.lab.url(self.name, self.view))
        self.page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        self.await_idle()
        return self

    def count_messages(self) -> None:
        """Note the size of each message that the kernel sends from now on."""

        def note(socket: WebSocket) -> None:
            socket.on("framereceived", lambda data: self.frames.append(len(data)))

        self.page.on("websocket", note)

    def await_idle(self) -> None:
        """Wait until the kernel has nothing left to do."""
        if self.view == "lab/tree":
            # Before the status bar says Idle, a click on Run All is silently dropped.
            self.page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for()
        else:
            self.page.locator('.jp-NotebookKernelStatus, [data-status="idle"]').first.wait_for()

    def menu(self, *labels: str) -> None:
        """Choose an entry of the menu bar."""
        first, *rest = labels
        self.page.locator(f'.lm-MenuBar-itemLabel:text-is("{first}")').click()
        for label in rest:
            self.page.locator(f'.lm-Menu-itemLabel:text-is("{label}")').click()

    def run_all(self) -> None:
        """Run all cells and wait for the last one."""
        self._start_all()
        self.page.wait_for_function(f"() => ({PROMPTS}).every((text) => /\\d/.test(text))")
        self.await_idle()

    # A click that comes before the kernel is connected is silently dropped: click again.
    def _start_all(self) -> None:
        for _ in range(6):
            self.menu("Run", "Run All Cells")
            try:
                self.page.wait_for_function(
                    f"() => ({PROMPTS}).some((text) => /[\\d*]/.test(text))", timeout=5000
                )
            except sync_api.TimeoutError:
                continue
            return
        pytest.fail("Run All Cells did not start")

    def save(self) -> None:
        """Save, as the learner would."""
        self.menu("File", "Save Notebook")
        self.page.wait_for_function("() => !document.querySelector('.jp-mod-dirty')")

    def reload(self) -> None:
        """Reload the page, with the kernel still running."""
        self.page.reload()
        self.page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        self.await_idle()

    def cells(self) -> list[str]:
        """Text of all cells of the notebook, as the page holds them."""
        return list(self.page.locator(".jp-Notebook .jp-Cell .jp-InputArea").all_text_contents())

    def panel(self, index: int = 0) -> Locator:
        """One of our panels, drawn."""
        found = self.page.locator(".cal-panel").nth(index)
        found.locator(".cal-results[data-version]").wait_for(state="attached")
        await_on_screen(found)
        return found

    def dark(self) -> None:
        """Switch to the dark theme."""
        self.menu("Settings", "Theme", "JupyterLab Dark")
        self.page.wait_for_selector('body[data-jp-theme-light="false"]', state="attached")

    def only_notebook(self) -> None:
        """Close the side bars, as a learner on a small screen does."""
        for side, switch in (("left", "Show Left Sidebar"), ("right", "Show Right Sidebar")):
            if self.page.locator(f"#jp-{side}-stack").is_visible():
                self.menu("View", "Appearance", switch)

    def axe(self, selector: str = OURS) -> list[str]:
        """Serious and critical findings of axe in our output."""
        results = Axe().run(self.page, context={"include": [[selector]]})
        return [
            f"{found['id']}: {node['html']}"
            for found in results.response["violations"]
            if found["impact"] in SERIOUS
            for node in found["nodes"]
        ]

    def screenshot(self, name: str) -> Path:
        """Picture of the page under test-artefacts/."""
        ARTEFACTS.mkdir(exist_ok=True)
        path = ARTEFACTS / f"{name}.png"
        self.page.screenshot(path=path)
        return path


def await_on_screen(panel: Locator) -> None:
    """Scroll to a panel and wait until its finding and its chart are there."""
    deadline = time.monotonic() + WAIT_MS / 1000
    # Looked up anew each time: after a reload the page may draw a panel twice.
    while not panel.evaluate(ON_SCREEN):
        if time.monotonic() > deadline:
            pytest.fail("the panel was not drawn")
        panel.page.wait_for_timeout(100)


def open_details(panel: Locator) -> None:
    """Open all that a panel can unfold."""
    panel.evaluate("e => e.querySelectorAll('details').forEach((d) => { d.open = true; })")


@contextmanager
def at_width(page: Page, width: int) -> Iterator[None]:
    """Give the page another width for a while."""
    page.set_viewport_size({"width": width, "height": HIGH})
    try:
        yield
    finally:
        page.set_viewport_size({"width": WIDE, "height": HIGH})


def saved_sources(book: Notebook) -> list[str]:
    """Input of all cells. Saved first: the page holds only the cells near the screen."""
    book.save()
    for _ in range(20):
        try:
            saved = nbformat.read(book.lab.folder / book.name, 4)
        except nbformat.reader.NotJSONError:  # the server is writing it
            book.page.wait_for_timeout(100)
        else:
            return [cell.source for cell in saved.cells]
    pytest.fail("the notebook was not saved")


@contextmanager
def opened_notebooks(lab: Lab, open_page: Callable[..., Page]) -> Iterator[Callable[..., Notebook]]:
    """Open notebooks of a course folder in new pages; at the end their kernels stop."""
    names = []

    def make(source: list[str] | Path, *, view: str = "lab/tree", **page: object) -> Notebook:
        name = f"{secrets.token_hex(4)}.ipynb"
        if isinstance(source, Path):
            shutil.copyfile(source, lab.folder / name)
        else:
            nbformat.write(_cells(source), lab.folder / name)
        names.append(name)
        shown = Notebook(open_page(**page), lab, name, view)
        shown.count_messages()
        return shown.open()

    lab.forget_theme()
    lab.forget_answers()
    yield make
    for name in names:
        lab.stop_kernels(name)


def _cells(source: list[str]) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(text) for text in source],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
