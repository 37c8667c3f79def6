"""`calcinosis lab` for real: a taken port, no browser, the lesson over HTTP, a clean stop."""

import json
import signal
import socket
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import psutil
import pytest

COMMAND = Path(sysconfig.get_path("scripts"), "calcinosis")


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def ask(lab: Any, path: str, body: bytes | None = None) -> Any:
    headers = {"Authorization": f"token {lab.token}"}
    with urlopen(Request(f"{lab.server}/{path}", body, headers), timeout=30) as answer:
        return json.load(answer)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_lab_opens_the_first_lesson_and_stops_cleanly(
    start_lab: Callable[..., Any], tmp_path: Path, taken_port: int, stop: signal.Signals
) -> None:
    command = [COMMAND, "lab", "my course", "--no-browser", "--port", str(taken_port)]
    with start_lab(command, tmp_path) as lab:
        assert f"Port {taken_port} is taken, so the course runs on port" in lab.printed
        lesson = next((tmp_path / "my course").glob("01_*.ipynb")).name
        assert lab.lesson == f"/lab/tree/{lesson}"
        with urlopen(lab.address, timeout=30) as page:
            assert page.status == 200
        assert ask(lab, f"api/contents/{lesson}")["type"] == "notebook"

        ask(lab, "api/kernels", b"{}")
        kernels = psutil.Process(lab.process.pid).children(recursive=True)
        assert kernels
        assert lab.stop(stop) == 0
        assert "The course was stopped. Your folder stays as it is.\n" in lab.rest()
        assert not [left for left in kernels if left.is_running()]
        assert not list(tmp_path.glob("home/.local/share/jupyter/runtime/jpserver*"))


def test_nothing_is_fetched_and_no_setting_of_the_learner_is_touched(
    start_lab: Callable[..., Any], tmp_path: Path
) -> None:
    with start_lab([COMMAND, "lab", "--no-browser", "--port", "0"], tmp_path) as lab:
        settings = "lab/api/settings/@jupyterlab/apputils-extension:notification"
        offered = ask(lab, settings)["schema"]["properties"]
        assert offered["fetchNews"]["default"] == "false"
        assert offered["checkForUpdates"]["default"] is False
        assert not (tmp_path / "home/.jupyter/lab").exists()
        assert (tmp_path / "calcinosis-course").is_dir()
