"""A JupyterLab of its own for the browser tests."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

BASE_URL = "/user/learner/"  # as on a hub, so that nothing may count on "/"
START_SECONDS = 90


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

    def stop_kernels(self, notebook: str = "") -> None:
        """End the kernel of one notebook or of all, as when a server is culled."""
        for session in json.loads(self.ask("api/sessions")):
            if notebook in ("", session["path"]):
                self._stop(session["id"])

    # A kernel that is just restarting cannot be ended: ask again.
    def _stop(self, session: str) -> None:
        for _ in range(10):
            try:
                self.ask(f"api/sessions/{session}", "DELETE")
            except urllib.error.HTTPError:
                time.sleep(0.5)
            else:
                return

    def forget_answers(self) -> None:
        """Start a test as a new learner: answers of earlier tests would stand in its questions."""
        shutil.rmtree(_answers(self.folder.parent / "jupyter"), ignore_errors=True)

    def forget_theme(self) -> None:
        """Go back to the light theme: a page opened from now on does not inherit a dark one."""
        (_app_settings(self.folder.parent / "jupyter") / "themes.jupyterlab-settings").unlink(
            missing_ok=True
        )


def _answers(home: Path) -> Path:
    return home / "answers"


def _app_settings(home: Path) -> Path:
    return home / "settings" / "@jupyterlab" / "apputils-extension"


def _quiet_settings(home: Path) -> None:
    folder = _app_settings(home)
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
        "CALCINOSIS_HOME": _answers(home),
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


def _await_server(running: Lab, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
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
