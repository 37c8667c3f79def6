"""Fixtures of the browser tests: a real JupyterLab and a real Chromium.

`lab` (server, once a session), `chromium` (once a session), `open_page` (a factory of
pages whose requests are logged), `notebook` (a factory: cells or a notebook file in, a
`Notebook` out) and `shared_notebook` (the same for a whole module). No test may let a
request leave this machine.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytest.importorskip("axe_playwright_python.sync_playwright", reason="the axe driver is missing")
sys.path.insert(0, str(Path(__file__).parent))  # tests are no package: the harness is beside

from harness import Notebook, opened_notebooks, running_chromium, watched_pages
from lab_server import Lab, running_lab
from playwright.sync_api import Browser, Page

pytest.register_assert_rewrite("twins")


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab for all browser tests."""
    with running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A Chromium for all browser tests."""
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Factory of pages of one test."""
    with watched_pages(chromium) as make:
        yield make


@pytest.fixture
def notebook(lab: Lab, open_page: Callable[..., Page]) -> Iterator[Callable[..., Notebook]]:
    """Factory: code cells or a notebook file in, an open Notebook out."""
    with opened_notebooks(lab, open_page) as make:
        yield make


@pytest.fixture(scope="module")
def shared_notebook(lab: Lab, chromium: Browser) -> Iterator[Callable[..., Notebook]]:
    """As `notebook`, for a notebook that the tests of a module use in turn."""
    with watched_pages(chromium) as pages, opened_notebooks(lab, pages) as make:
        yield make
