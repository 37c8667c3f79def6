"""Starting the course against starting plain JupyterLab: CPU seconds until the page is served."""

import statistics
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil
import pytest

SCRIPTS = Path(sysconfig.get_path("scripts"))
RUNS = 7
PLAIN = """
import sys
from jupyterlab.labapp import LabApp
server = LabApp.initialize_server(argv=sys.argv[1:])
server.io_loop.add_callback(print, f"    {server.local_url}\\nTo stop the course", flush=True)
server.start()
"""


def spent(lab: Any) -> float:
    """CPU seconds of the command and what it started, up to the first page."""
    with urlopen(lab.address, timeout=60) as page:
        page.read()
    used = psutil.Process(lab.process.pid).cpu_times()
    return float(sum(used[:4]))


@pytest.mark.slow
def test_the_course_starts_nearly_as_fast_as_plain_jupyterlab(
    start_lab: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "empty.ipynb").write_text(
        '{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}'
    )
    ours = [SCRIPTS / "calcinosis", "lab", "--no-browser", "--port", "0"]
    options = ["--no-browser", "--allow-root", "--ServerApp.port=0", "--ServerApp.log_level=ERROR"]
    options += ["--LabApp.default_url=/lab/tree/empty.ipynb", "--LabApp.log_level=ERROR"]
    plain = [SCRIPTS / "python", "-c", PLAIN, *options]
    times: dict[str, list[float]] = {"plain": [], "course": []}
    for _ in range(RUNS):
        for name, command in (("plain", plain), ("course", ours)):
            with start_lab(command, tmp_path) as lab:
                times[name].append(spent(lab))
    ratio = statistics.median(times["course"]) / statistics.median(times["plain"])
    assert ratio <= 1.3, times
    print(f"calcinosis lab / plain JupyterLab: {ratio:.2f}", times)
