"""A real JupyterLab and a real Chromium for the browser tests.

Fixtures: `lab` (server, once a session), `chromium` (once a session), `open_page`
(a factory of pages whose requests are logged), `notebook` (a factory: cells or a
notebook file in, a `Notebook` out). No test may let a request leave this machine.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe_api = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe driver")

ARTEFACTS = Path(__file__).parents[2] / "test-artefacts"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BASE_URL = "/user/learner/"  # as on a hub, so that nothing may count on "/"
WAIT_MS = 60_000
OURS = ".jp-OutputArea-output .cal-kit"
SERIOUS = ("serious", "critical")
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


def free_port() -> int:
    """A port that is free now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Lab:
    """A running JupyterLab."""

    folder: Path
    port: int
    token: str

    def url(self, path: str, view: str = "lab/tree") -> str:
        """Address of a file in JupyterLab, or in Notebook 7 with view="notebooks"."""
        # "reset": or the notebooks of earlier tests open again beside this one.
        return f"{self.root}{view}/{path}?reset&token={self.token}"

    @property
    def root(self) -> str:
        """Address of the server."""
        return f"http://127.0.0.1:{self.port}{BASE_URL}"

    def ask(self, path: str, method: str = "GET") -> bytes:
        """Call the server's REST interface."""
        request = urllib.request.Request(f"{self.root}{path}", method=method)
        request.add_header("Authorization", f"token {self.token}")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return bytes(answer.read())

    def stop_kernels(self) -> None:
        """End all kernels, as when a server is culled."""
        for session in json.loads(self.ask("api/sessions")):
            self.ask(f"api/sessions/{session['id']}", "DELETE")


def _quiet_settings(home: Path) -> None:
    folder = home / "settings" / "@jupyterlab" / "apputils-extension"
    folder.mkdir(parents=True)
    text = '{"fetchNews": "false", "checkForUpdates": false, "doNotDisturbMode": true}'
    (folder / "notification.jupyterlab-settings").write_text(text)


def _lab_environment(home: Path) -> dict[str, str]:
    folders = {
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "IPYTHONDIR": home / "ipython",
        "CALCINOSIS_HOME": home / "answers",
    }
    environment = {**os.environ, **{key: str(value) for key, value in folders.items()}}
    environment.pop("CALCINOSIS_SHOW_ALL", None)
    return environment


@contextmanager
def running_lab(scratch: Path) -> Iterator[Lab]:
    """Start a JupyterLab in a course folder of its own; stop it at the end."""
    home, folder = scratch / "jupyter", scratch / "course"
    folder.mkdir(parents=True)
    running = Lab(folder, free_port(), secrets.token_hex(16))
    _quiet_settings(home)
    log = home / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            _lab_command(running), stdout=out, stderr=out, cwd=folder, env=_lab_environment(home)
        )
        try:
            _await_server(running, server, log)
            yield running
            running.stop_kernels()
        finally:
            server.terminate()
            server.wait(timeout=30)


def _lab_command(running: Lab) -> list[str]:
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        f"--ServerApp.root_dir={running.folder}",
        f"--ServerApp.base_url={BASE_URL}",
        f"--ServerApp.port={running.port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={running.token}",
    ]


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab for all browser tests."""
    with running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


def _await_server(running: Lab, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + WAIT_MS / 1000
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            running.ask("api/status")
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")


@contextmanager
def running_chromium() -> "Iterator[sync_api.Browser]":
    """Start Chromium; a missing one skips here and fails in CI."""
    path = find_browser()
    if path is None:
        reason = "no Chromium or Chrome found (set CALCINOSIS_BROWSER to its path)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium() -> "Iterator[sync_api.Browser]":
    """A Chromium for all browser tests."""
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def open_page(chromium: "sync_api.Browser") -> "Iterator[Callable[..., sync_api.Page]]":
    """Factory of pages; at the end, no request may have left the machine."""
    contexts, requests = [], []

    def make(width: int = 1280, height: int = 900, **options: object) -> "sync_api.Page":
        size = {"width": width, "height": height}
        context = chromium.new_context(viewport=size, accept_downloads=True, **options)
        context.on("request", lambda request: requests.append(request.url))
        context.set_default_timeout(WAIT_MS)
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

    page: "sync_api.Page"
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
        self.menu("Run", "Run All Cells")
        self.page.wait_for_function(
            """() => {
                const prompts = [...document.querySelectorAll(
                    '.jp-Notebook .jp-CodeCell .jp-InputArea-prompt')];
                return prompts.length && prompts.every((p) => /\\[\\d+\\]/.test(p.textContent));
            }"""
        )
        self.await_idle()

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
        return self.page.eval_on_selector_all(
            ".jp-Notebook .jp-Cell", "cells => cells.map(c => c.className + c.innerText.length)"
        ) and self.page.eval_on_selector_all(
            ".jp-Notebook .jp-Cell .jp-InputArea", "areas => areas.map(a => a.innerText)"
        )

    def panel(self, index: int = 0) -> "sync_api.Locator":
        """One of our panels, drawn."""
        found = self.page.locator(".cal-panel").nth(index)
        found.locator(".cal-results[data-version]").wait_for()
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
        results = axe_api.Axe().run(self.page, context={"include": [[selector]]})
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


@pytest.fixture
def notebook(lab: Lab, open_page: "Callable[..., sync_api.Page]") -> Callable[..., Notebook]:
    """Factory: code cells or a notebook file in, an open Notebook out."""

    def make(source: list[str] | Path, *, view: str = "lab/tree", **page: object) -> Notebook:
        name = f"{secrets.token_hex(4)}.ipynb"
        if isinstance(source, Path):
            shutil.copyfile(source, lab.folder / name)
        else:
            made = nbformat.v4.new_notebook(
                cells=[nbformat.v4.new_code_cell(text) for text in source],
                metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
            )
            nbformat.write(made, lab.folder / name)
        shown = Notebook(open_page(**page), lab, name, view)
        shown.page.on("websocket", lambda socket: _count(socket, shown.frames))
        return shown.open()

    return make


def _count(socket: "sync_api.WebSocket", frames: list[int]) -> None:
    socket.on("framereceived", lambda data: frames.append(len(data)))
