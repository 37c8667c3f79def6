"""Build the study tables from the evidence.

    python tests/data/build_tables.py            write calcinosis_data/data/<table>.csv
    python tests/data/build_tables.py --check    say what differs, write nothing

Every step from evidence to table is a function of one of three modules:
``dimension_rows``, ``study_rows``, ``reference_rows``.  What a person decided
(which disease a label means) is in ``mappings/``, not in the code; which columns a
table has, and its key, is in ``datapackage.json``.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

import dimension_rows
import pandas as pd
import reference_rows
import study_rows
from evidence_io import DATA, csv_text

BUILDERS: dict[str, Callable[[], pd.DataFrame]] = {
    "conditions": dimension_rows.conditions,
    "analytes": dimension_rows.analytes,
    "body_sites": dimension_rows.body_sites,
    "interventions": dimension_rows.interventions,
    "labs": dimension_rows.labs,
    "references": reference_rows.references,
    "citations": reference_rows.citations,
    "appraisals": reference_rows.appraisals,
    "codes": reference_rows.codes,
    "hpo_terms": reference_rows.hpo_terms,
    "hpo_diseases": reference_rows.hpo_diseases,
    "hpo_genes": reference_rows.hpo_genes,
    "prevalence": study_rows.prevalence,
    "outcomes": study_rows.outcomes,
    "frequencies": study_rows.frequencies,
    "sites": study_rows.sites,
    "accuracy": study_rows.accuracy,
    "guidance": study_rows.guidance,
}


def built() -> dict[str, str]:
    """Return the text of every table this script is responsible for."""
    return {name: csv_text(build()) for name, build in BUILDERS.items()}


def differences(folder: Path, texts: Mapping[str, str]) -> Iterator[str]:
    """Say line by line where the files of a folder differ from the built tables."""
    for name, text in texts.items():
        path = folder / f"{name}.csv"
        found = path.read_text("utf-8") if path.exists() else ""
        labels = f"{name}.csv as it is", "as built"
        yield from unified_diff(found.splitlines(), text.splitlines(), *labels, n=0, lineterm="")


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write every table."""
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, "utf-8", newline="\n")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="say what differs, write nothing")
    if parser.parse_args(arguments).check:
        lines = list(differences(DATA, built()))
        sys.stdout.write("\n".join(lines or ["The tables are as built from the evidence."]) + "\n")
        return 1 if lines else 0
    write(DATA, built())
    sys.stdout.write(f"Wrote {len(BUILDERS)} tables.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
