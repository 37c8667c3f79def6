"""What a whole lesson costs its kernel: CPU seconds of restart-and-run-all, and memory at the end.

Two baselines in the same run: a kernel that only imports what every lesson needs, and one that has
made one plotly figure besides. The second is the one that memory is judged by: `import
plotly.graph_objects` loads next to nothing, its classes come with the first figure. Runs of
baselines and lessons take turns. Prints a Markdown table:
``python tests/benchmarks/lesson_runs.py --times 7``. Memory is the proportional set size (PSS),
so pages that kernels share are not counted twice; Linux only.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("[0-9][0-9]_*.ipynb"))
IMPORTS = "import pandas, ipywidgets, plotly.graph_objects"
FIGURE = "plotly.graph_objects.Figure(plotly.graph_objects.Bar(x=[1])).to_plotly_json()"
MEMORY_TARGET, SECONDS_TARGET = 1.25, 2.0


@dataclass
class Runs:
    """CPU seconds and PSS in MB of the runs of one notebook."""

    name: str
    notebook: nbformat.NotebookNode
    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def once(self) -> None:
        """Run in a new kernel, and note what that kernel has used."""
        client = NotebookClient(nbformat.from_dict(self.notebook), timeout=300)
        with client.setup_kernel():
            for index, cell in enumerate(client.nb.cells):
                client.execute_cell(cell, index)
            kernel = psutil.Process(client.km.provisioner.process.pid)
            spent = kernel.cpu_times()
            self.seconds.append(spent.user + spent.system)
            self.memory.append(kernel.memory_full_info().pss / 1e6)

    def row(self, imports: "Runs", figure: "Runs") -> str:
        """One line of the table."""
        seconds, memory = statistics.median(self.seconds), statistics.median(self.memory)
        more = seconds - statistics.median(imports.seconds)
        ratios = [memory / statistics.median(base.memory) for base in (imports, figure)]
        met = more <= SECONDS_TARGET and ratios[1] <= MEMORY_TARGET
        cells = [f"{seconds:.2f}", f"{more:+.2f}", f"{memory:.0f}", *(f"{r:.2f}" for r in ratios)]
        return f"| {' | '.join([self.name, *cells])} | {'yes' if met else '**no**'} |"


def baseline(name: str, *code: str) -> Runs:
    """A notebook that holds only these cells."""
    cells = [nbformat.v4.new_code_cell(text) for text in code]
    return Runs(name, nbformat.v4.new_notebook(cells=cells))


def lessons() -> Iterator[Runs]:
    """The lessons of the course."""
    for path in NOTEBOOKS:
        yield Runs(path.stem, nbformat.read(path, 4))


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=7, help="runs of each notebook")
    times = options.parse_args().times
    imports, figure = baseline("imports", IMPORTS), baseline("one figure", IMPORTS, FIGURE)
    runs = [imports, figure, *lessons()]
    with tempfile.TemporaryDirectory() as answers:
        os.environ["CALCINOSIS_HOME"] = answers
        os.environ["CALCINOSIS_SHOW_ALL"] = "1"  # panels behind a prediction count too
        for _ in range(times):
            for one in runs:
                one.once()
    print(f"Targets: at most {SECONDS_TARGET} CPU s more, {MEMORY_TARGET} times the memory.\n")
    print("| notebook | CPU s | over imports | PSS, MB | to imports | to one figure | met |")
    print("|" + " --- |" * 7)
    for one in runs:
        print(one.row(imports, figure))


if __name__ == "__main__":
    main()
