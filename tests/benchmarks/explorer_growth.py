"""How the cost of a filter change grows with tables 10 and 100 times larger.

Each table is copied that many times under new primary keys before the explorers are loaded, in
a process of its own. What is timed is the pure view function of each explorer with all filters
open, which shows most rows, and the JSON that goes to the page. Prints a Markdown table, medians
in CPU milliseconds, ratios to the real tables: `python tests/benchmarks/explorer_growth.py`.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from typing import Any

import pandas as pd

import calcinosis_data as data

TIMES = (1, 10, 100)
MAKING = {"compare": ("diagnostic_tests",), "table": ("prevalence",)}
CHANGES = 7
STUDY_TABLES = {
    *("prevalence", "outcomes", "frequencies", "sites", "accuracy", "labs", "appraisals"),
    "hpo_diseases",
}
"""What grows as evidence comes in; dimensions and the article stay as they are."""


def enlarged(table: str, rows: pd.DataFrame, times: int) -> pd.DataFrame:
    """The rows that many times, each copy under primary keys of its own."""
    if times == 1 or table not in STUDY_TABLES:
        return rows
    key = str(data.list_tables().set_index("name").loc[table, "primary_key"]).split(", ")[0]
    copies = [rows.assign(**{key: rows[key] + (f"-{n}" if n else "")}) for n in range(times)]
    grown = pd.concat(copies, ignore_index=True)
    return grown.astype({name: dtype for name, dtype in rows.dtypes.items() if name != key})


def grow_tables(times: int) -> None:
    """Make `load_table` hand out the larger tables from now on."""
    real = data.load_table
    grown: dict[str, pd.DataFrame] = {}

    def load(name: Any) -> pd.DataFrame:
        if name not in grown:
            grown[name] = enlarged(name, real(name), times)
        return grown[name].copy()

    data.load_table = load


def time_views() -> dict[str, float]:
    """CPU milliseconds of one change, by explorer."""
    from calcinosis_data.course import explorers
    from calcinosis_data.course.ui._results import view_state

    taken = {}
    for name in sorted(one for one in explorers.__all__ if one.islower()):
        panel = getattr(explorers, name)(*MAKING.get(name, ()))
        taken[name] = statistics.median(_change(panel, view_state) for _ in range(CHANGES))
    return taken


def _change(panel: Any, view_state: Any) -> float:
    start = time.process_time()
    json.dumps(view_state(panel._make_view(**panel.state), panel.question, 1, table_open=False))
    return (time.process_time() - start) * 1000


def main() -> None:
    """Print the table, each size measured in a process of its own."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", type=int, help="measure one size and print it as JSON")
    only = options.parse_args().only
    if only:
        grow_tables(only)
        print(json.dumps(time_views()))
        return
    runs = [
        json.loads(subprocess.check_output([sys.executable, __file__, "--only", str(times)]))
        for times in TIMES
    ]
    print("| explorer | real tables | 10 times | 100 times |\n| --- | --- | --- | --- |")
    for name, real in runs[0].items():
        later = [f"{run[name] / real:.1f} ×" for run in runs[1:]]
        print(f"| `{name}` | {real:.1f} ms | {' | '.join(later)} |")


if __name__ == "__main__":
    main()
