"""Compare ways to bring a chart to the page: latency, bytes, saved size, agreement.

Run it with ``python tests/benchmarks/chart_paths.py``; it prints a Markdown table.
Each way shows the same panel (select, finding, 12-row dot chart, 12-row table) beside a
bare select and label. The two are changed in turns in one page, so that the ratio of
their times means something on a busy machine.
"""

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))  # its server and browser

from harness import Notebook, running_chromium
from lab_server import Lab, free_port, running_lab
from playwright.sync_api import Browser

NAMES = "abcdefgh"

COMMON = """
import ipywidgets as w, pandas as pd, plotly.graph_objects as go
from IPython.display import display
from calcinosis_data.course import ui
NAMES = "abcdefgh"
ROWS = [f"Condition with a long clinical name {i}" for i in range(12)]
def table(key):
    shift = NAMES.index(key)
    return pd.DataFrame({"Condition": ROWS, "Percent": [float(i * 3 + shift) for i in range(12)],
                         "Note": [f"table-{key}"] * 12})
def figure(key, template="none"):
    frame = table(key)
    fig = go.Figure(layout={"template": template, "height": 420,
                            "xaxis": {"title": {"text": f"chart-{key}"}}})
    return fig.add_scatter(x=frame["Percent"], y=frame["Condition"], mode="markers",
                           error_x={"type": "data", "array": [4] * 12})
bare, label = w.Dropdown(options=list(NAMES), description="bare"), w.Label("bare-a")
bare.observe(lambda c: setattr(label, "value", f"bare-{c.new}"), "value")
display(w.VBox([bare, label]).add_class("bare"))
pick, finding, rows = w.Dropdown(options=list(NAMES), description="panel"), w.HTML(), w.HTML()
def words(key):
    finding.value, rows.value = f"finding-{key}", table(key).to_html()
"""

PATHS = {
    "own anywidget (ui.panel)": """
def view(key):
    return ui.View(f"finding-{key}", table(key), "Rows", figure=figure(key), chart_name="Dots")
keys = {"key": ui.choice("Key", list(NAMES))}
display(ui.panel("Q?", keys, view, name="p", table_open=True).add_class("path"))
""",
    "FigureWidget": """
fig = go.FigureWidget(figure("a"))
def change(key):
    new = figure(key)
    with fig.batch_update():
        fig.data[0].x = new.data[0].x
        fig.layout.xaxis.title.text = f"chart-{key}"
    words(key)
pick.observe(lambda c: change(c.new), "value"); words("a")
display(w.VBox([pick, finding, fig, rows]).add_class("path"))
""",
    "figure in an Output widget": """
out = w.Output()
def change(key):
    with out:
        out.clear_output(wait=True)
        display(figure(key))
    words(key)
pick.observe(lambda c: change(c.new), "value"); change("a")
display(w.VBox([pick, finding, out, rows]).add_class("path"))
""",
    "figure mimetype assigned to Output.outputs": """
out = w.Output()
def change(key):
    data = {"application/vnd.plotly.v1+json": figure(key).to_plotly_json()}
    out.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},)
    words(key)
pick.observe(lambda c: change(c.new), "value"); change("a")
display(w.VBox([pick, finding, out, rows]).add_class("path"))
""",
    "figure mimetype by display handle": """
def change(key):
    handle.update({"application/vnd.plotly.v1+json": figure(key).to_plotly_json()}, raw=True)
    words(key)
display(w.VBox([pick, finding, rows]).add_class("path")); words("a")
first = {"application/vnd.plotly.v1+json": figure("a").to_plotly_json()}
handle = display(first, raw=True, display_id=True)
pick.observe(lambda c: change(c.new), "value")
""",
}

HEADS = (
    "way",
    "bare ms",
    "panel ms",
    "ratio",
    "first, per change",
    "saved by Lab",
    "Lab after reload",
    "Notebook 7, change and reload",
    "Voila",
    "saved by nbclient",
)

# Changes a select and waits, frame by frame, until all words of the new state are drawn.
CHANGE = """async ([selector, key, words]) => {
    const select = document.querySelector(selector + " select");
    const places = words.length > 1 ? ".jp-OutputArea-output" : selector;
    const option = [...select.options].findIndex((o) => o.text === key);
    const start = performance.now();
    select.selectedIndex = option;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    while (performance.now() - start < 4000) {
        const text = [...document.querySelectorAll(places)]
            .filter((place) => place.offsetParent).map((place) => place.textContent).join(" ");
        if (words.every((word) => text.includes(word))) return performance.now() - start;
        await new Promise((go) => requestAnimationFrame(go));
    }
    return -1;
}"""

SHOWN = """() => {
    const text = [...document.querySelectorAll(".jp-OutputArea-output")]
        .filter((place) => place.offsetParent).map((place) => place.textContent).join(" ");
    const pick = document.querySelector(".path select");
    const find = (kind) => (text.match(new RegExp(kind + "-([a-h])(?![a-z])")) || [])[1];
    const control = pick?.selectedOptions[0]?.text;
    return { control, finding: find("finding"), chart: find("chart"), table: find("table") };
}"""


@dataclass
class Result:
    """What was measured of one way."""

    bare: list[float] = field(default_factory=list)
    panel: list[float] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)

    def row(self, name: str) -> str:
        """One line of the Markdown table."""
        times = [_times(self.bare), _times(self.panel), _ratio(self.bare, self.panel)]
        return "| " + " | ".join([name, *times, *self.facts.values()]) + " |"


def _times(values: list[float]) -> str:
    if not values or min(values) < 0:
        return "not updated"
    return f"{statistics.median(values):.0f} / {_p95(values):.0f}"


def _ratio(bare: list[float], panel: list[float]) -> str:
    if not panel or min(panel) < 0:
        return "–"
    median = statistics.median(panel) / statistics.median(bare)
    return f"{median:.1f} / {_p95(panel) / _p95(bare):.1f}"


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def write(folder: Path, number: int, code: str) -> str:
    """Write the notebook of one way."""
    cells = [nbformat.v4.new_code_cell(COMMON + code)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    name = f"path{number}.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / name)
    return name


def change(page: Any, selector: str, key: str, words: list[str]) -> float:
    """Milliseconds until the new state is drawn, -1 when it never is."""
    return float(page.evaluate(CHANGE, [selector, key, words]))


def panel_words(key: str) -> list[str]:
    """What the panel must show for a key."""
    return [f"finding-{key}", f"chart-{key}", f"table-{key}"]


def alternate(page: Any, result: Result, times: int) -> None:
    """Change the bare pair and the panel in turns."""
    for turn in range(1, times + 1):
        key = NAMES[turn % len(NAMES)]
        result.bare.append(change(page, ".bare", key, [f"bare-{key}"]))
        result.panel.append(change(page, ".path", key, panel_words(key)))
        if result.panel[-1] < 0 and turn == 3:
            return


def agreement(page: Any) -> str:
    """Whether control, finding, chart and table show the same state."""
    shown = page.evaluate(SHOWN)
    if len(set(shown.values())) == 1 and shown["control"]:
        return "agrees"
    return ", ".join(f"{part} {value}" for part, value in shown.items())


def in_lab(notebook: Any, result: Result, times: int) -> None:
    """Latency, bytes, saved size and reload in JupyterLab."""
    notebook.run_all()
    page, frames = notebook.page, notebook.frames
    page.locator(".path select").wait_for()
    page.wait_for_timeout(3000)
    first = sum(frames)
    alternate(page, result, times)
    before = sum(frames)
    for key in "abcde":
        change(page, ".path", key, panel_words(key))
    result.facts["bytes"] = f"{first / 1000:.0f} kB, {(sum(frames) - before) / 5000:.1f} kB"
    page.wait_for_timeout(500)
    notebook.save()
    saved = (notebook.lab.folder / notebook.name).stat().st_size
    result.facts["saved"] = f"{saved / 1000:.0f} kB"
    notebook.reload()
    page.wait_for_timeout(4000)
    result.facts["reload"] = agreement(page)


def in_notebook7(notebook: Any, result: Result) -> None:
    """One change and a reload in Notebook 7."""
    notebook.run_all()
    notebook.page.locator(".path select").wait_for()
    notebook.page.wait_for_timeout(3000)
    works = change(notebook.page, ".path", "d", panel_words("d")) >= 0
    notebook.save()
    notebook.reload()
    notebook.page.wait_for_timeout(4000)
    result.facts["notebook 7"] = ("" if works else "not updated; ") + agreement(notebook.page)


@contextmanager
def running_voila(path: Path, port: int) -> Iterator[str]:
    """Voila with one notebook."""
    command = [sys.executable, "-m", "voila", str(path), f"--port={port}", "--no-browser"]
    command.append("--Voila.ip=127.0.0.1")
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await_port(port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=30)


def await_port(port: int) -> None:
    """Wait until something listens."""
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.2)
        else:
            return


def in_voila(page: Any, path: Path, port: int, result: Result) -> None:
    """One change in Voila."""
    with running_voila(path, port) as url:
        page.goto(url)
        page.locator(".path select").wait_for()
        page.wait_for_timeout(5000)
        works = change(page, ".path", "d", panel_words("d")) >= 0
    result.facts["voila"] = agreement(page) if works else "not updated"


def executed_size(code: str) -> str:
    """Size of the notebook as `nbclient` saves it, with widget state."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(COMMON + code)])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return f"{len(nbformat.writes(notebook)) / 1000:.0f} kB"


def measure(lab: Lab, browser: Browser, number: int, times: int) -> Result:
    """All figures of one way."""
    code = list(PATHS.values())[number]
    name, result = write(lab.folder, number, code), Result()

    def shown(view: str) -> Any:
        write(lab.folder, number, code)  # without the outputs of the run before
        page = browser.new_context(viewport={"width": 1280, "height": 1600}).new_page()
        notebook = Notebook(page, lab, name, view)
        notebook.count_messages()
        page.on("dialog", lambda dialog: dialog.accept())
        return notebook.open()

    for view, run in (("lab/tree", in_lab), ("notebooks", in_notebook7)):
        notebook = shown(view)
        in_lab(notebook, result, times) if run is in_lab else in_notebook7(notebook, result)
        notebook.page.context.close()
        lab.stop_kernels()
    page = browser.new_page()
    in_voila(page, lab.folder / name, free_port(), result)
    page.close()
    result.facts["executed"] = executed_size(code)
    return result


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=30, help="changes of each kind")
    options.add_argument("--only", type=int, nargs="*", help="numbers of some ways")
    chosen = options.parse_args()
    numbers = chosen.only or range(len(PATHS))
    say("| " + " | ".join(HEADS) + " |")
    say("|" + " --- |" * len(HEADS))
    with (
        tempfile.TemporaryDirectory() as scratch,
        running_lab(Path(scratch)) as lab,
        running_chromium() as browser,
    ):
        for number in numbers:
            result = measure(lab, browser, number, chosen.times)
            say(result.row(list(PATHS)[number]))


def say(line: str) -> None:
    """Write one line at once: the whole table takes minutes."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
