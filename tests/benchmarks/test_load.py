"""How long loading takes, as ratios to plain pandas in the same run.

``pytest -s tests/benchmarks/test_load.py`` prints the figures. The bounds asserted are
generous: a busy machine must not fail them, a loader that grew tenfold must.
"""

import statistics
import subprocess
import sys
import time

import pandas as pd
import pytest

from calcinosis_data._descriptor import descriptor
from calcinosis_data.tables import _parsed, load_table

RUNS = 7


def tell(words):
    sys.stdout.write(f"\n{words}\n")


def median_cpu(task):
    def once():
        start = time.process_time()
        task()
        return time.process_time() - start

    return statistics.median(once() for _ in range(RUNS))


def import_cpu(statement):
    """CPU seconds of a fresh interpreter that runs `statement`."""
    resource = pytest.importorskip("resource", reason="CPU time of children needs POSIX")

    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    def once():
        before = used()
        subprocess.run([sys.executable, "-c", statement], check=True)
        return used() - before

    once()  # byte-compile first
    return statistics.median(once() for _ in range(RUNS))


def test_import_is_a_small_part_of_importing_pandas():
    bare = import_cpu("pass")
    ours = import_cpu("import calcinosis_data") - bare
    pandas = import_cpu("import pandas") - bare
    tell(f"import calcinosis_data / import pandas: {ours / pandas:.3f} (target 0.05)")
    assert ours < 0.5 * pandas


def test_loading_all_tables_costs_a_few_plain_reads():
    names = descriptor().table_names
    paths = [table.path for table in descriptor().tables]

    def load_first():
        _parsed.cache_clear()
        for name in names:
            load_table(name)

    def load_again():
        for name in names:
            load_table(name)

    def read_plain():
        for path in paths:
            pd.read_csv(path)

    plain, first, again = map(median_cpu, (read_plain, load_first, load_again))
    tell(f"{len(names)} tables, plain read_csv: {1000 * plain:.1f} ms")
    tell(f"first load / read_csv: {first / plain:.2f} (target 5)")
    tell(f"second load / read_csv: {again / plain:.3f} (target 0.1)")
    assert first < 20 * plain
    assert again < plain
