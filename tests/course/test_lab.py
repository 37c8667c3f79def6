"""`calcinosis lab` for real: a taken port, no browser, the lesson over HTTP, a clean stop."""

import json
import os
import re
import signal
import socket
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import psutil
import pytest

COMMAND = Path(sysconfig.get_path("scripts"), "calcinosis")
STOP_WITHIN = 20


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    return made


@pytest.fixture
def lab(tmp_path: Path, home: Path, taken_port: int) -> Iterator[subprocess.Popen[str]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    with subprocess.Popen(
        [COMMAND, "lab", "my course", "--no-browser", "--port", str(taken_port)],
        cwd=tmp_path,
        env=kept | {"HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:
        yield running
        running.kill()


def printed_until_ready(lab: subprocess.Popen[str]) -> str:
    printed = ""
    for line in lab.stdout or ():
        printed += line
        if line.startswith("To stop"):
            return printed
    raise AssertionError(f"the command ended early: {printed}")


def ask(address: str, path: str, body: bytes | None = None) -> str:
    server, token = re.match(r"(http://[^/]+)/.*token=(\w+)", address).groups()
    headers = {"Authorization": f"token {token}"}
    with urlopen(Request(f"{server}/{path}", body, headers), timeout=30) as answer:
        return answer.read().decode()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_lab_opens_the_first_lesson_and_stops_cleanly(
    lab: subprocess.Popen[str], home: Path, tmp_path: Path, taken_port: int, stop: signal.Signals
) -> None:
    printed = printed_until_ready(lab)
    lesson = next((tmp_path / "my course").glob("01_*.ipynb")).name
    assert f"Port {taken_port} is taken, so the course runs on port" in printed
    address = re.search(rf"    (http://127\.0\.0\.1:\d+/lab/tree/{lesson}\?token=\w+)\n", printed)[
        1
    ]

    with urlopen(address, timeout=30) as page:
        assert page.status == 200
    assert json.loads(ask(address, f"api/contents/{lesson}"))["type"] == "notebook"

    settings = ask(address, "lab/api/settings/@jupyterlab/apputils-extension:notification")
    offered = json.loads(settings)["schema"]["properties"]
    assert offered["fetchNews"]["default"] == "false"
    assert offered["checkForUpdates"]["default"] is False
    assert not (home / ".jupyter" / "lab").exists(), "the learner's own settings were written"

    ask(address, "api/kernels", b"{}")
    kernels = psutil.Process(lab.pid).children(recursive=True)
    assert kernels
    lab.send_signal(stop)
    assert lab.wait(STOP_WITHIN) == 0
    assert "The course was stopped. Your folder stays as it is.\n" in lab.stdout.read()
    assert not [left for left in kernels if left.is_running()]
    assert not list((home / ".local/share/jupyter/runtime").glob("jpserver*"))
