"""From a changed filter to the new chart, finding and table on screen, for each explorer.

All explorers stand on one page of JupyterLab. A bare select and label in the same page is
changed in turns with each of them, so that ratios hold while the machine's speed drifts.
Prints a Markdown table: `python tests/benchmarks/explorer_changes.py --times 20`.
"""

import argparse
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1] / "browser")]

from harness import Notebook, opened_notebooks, running_chromium, watched_pages  # noqa: E402
from lab_server import running_lab  # noqa: E402
from twins import NAMES, call  # noqa: E402

START = """import ipywidgets as widgets
from calcinosis_data.course import explorers, ui
pick, said = widgets.Dropdown(options=["a", "b"]), widgets.Label("bare-a")
pick.observe(lambda change: setattr(said, "value", f"bare-{change.new}"), "value")
bare = widgets.VBox([pick, said])
bare.add_class("bare")
bare"""

# Changes a select and waits, frame by frame, until the page shows what belongs to it.
CHANGE_BARE = """async () => {
    const box = document.querySelector(".bare"), select = box.querySelector("select");
    const next = 1 - select.selectedIndex, start = performance.now();
    select.selectedIndex = next;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    const word = `bare-${select.options[next].text}`;
    while (performance.now() - start < 4000) {
        if (box.textContent.includes(word)) return performance.now() - start;
        await new Promise((go) => requestAnimationFrame(go));
    }
    return -1;
}"""
CHANGE_PANEL = """async ([index, turn]) => {
    const panel = document.querySelectorAll(".cal-panel")[index];
    const results = panel.querySelector(".cal-results"), before = results.dataset.version;
    const select = panel.querySelector(".cal-filters select");
    const next = (select.selectedIndex + 1) % select.options.length;
    const start = performance.now();
    select.selectedIndex = next;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    while (performance.now() - start < 4000) {
        if (results.dataset.version !== before) return performance.now() - start;
        await new Promise((go) => requestAnimationFrame(go));
    }
    return -1;
}"""


@dataclass
class Timed:
    """Milliseconds of an explorer and of the bare pair, changed in turns, and bytes sent."""

    name: str
    bare: list[float] = field(default_factory=list)
    panel: list[float] = field(default_factory=list)
    bytes_sent: int = 0

    def row(self) -> str:
        """One line of the table."""
        bare, panel = p95(self.bare), p95(self.panel)
        limit = 1.5 * bare + 50
        cells = [
            f"`{self.name}`",
            f"{statistics.median(self.bare):.0f} / {bare:.0f}",
            f"{statistics.median(self.panel):.0f} / {panel:.0f}",
            f"{limit:.0f}",
            "yes" if panel <= limit else "**no**",
            f"{self.bytes_sent / len(self.panel) / 1000:.1f} kB",
        ]
        return "| " + " | ".join(cells) + " |"


def p95(values: list[float]) -> float:
    """95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def time_explorer(book: Notebook, index: int, name: str, times: int) -> Timed:
    """Change the first select of one panel and the bare select in turns."""
    timed = Timed(name)
    book.panel(index)
    for turn in range(times):
        timed.bare.append(float(book.page.evaluate(CHANGE_BARE)))
        book.page.wait_for_timeout(50)
        before = sum(book.frames)
        timed.panel.append(float(book.page.evaluate(CHANGE_PANEL, [index, turn])))
        book.page.wait_for_timeout(50)
        timed.bytes_sent += sum(book.frames) - before
    return timed


def measure(times: int) -> tuple[list[Timed], dict[str, Any]]:
    """Time each explorer on one page that holds all of them."""
    cells = [START, *map(call, NAMES)]
    with (
        tempfile.TemporaryDirectory() as scratch,
        running_lab(Path(scratch)) as lab,
        running_chromium() as browser,
        watched_pages(browser) as pages,
        opened_notebooks(lab, pages) as make,
    ):
        book = make(cells)
        book.run_all()
        book.page.wait_for_timeout(3000)
        first = sum(book.frames)
        timed = [time_explorer(book, index, name, times) for index, name in enumerate(NAMES)]
        book.save()
        saved = (lab.folder / book.name).stat().st_size
    return timed, {"websocket until all are drawn": first, "saved notebook": saved}


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=20, help="changes of each kind")
    timed, page = measure(options.parse_args().times)
    print("| explorer | bare ms, median / p95 | panel ms, median / p95 | limit | met | a change |")
    print("|" + " --- |" * 6)
    for one in timed:
        print(one.row())
    for what, size in page.items():
        print(f"\n{what}: {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
