"""``python -m calcinosis_data.contract``: check tables, or repair their formatting."""

import argparse
import sys
from pathlib import Path

from calcinosis_data._descriptor import DATA_FOLDER
from calcinosis_data.contract import check_package, explain, fix_package
from calcinosis_data.errors import CalcinosisError


def main(arguments: list[str] | None = None) -> int:
    """Check, repair or explain; 1 if there are findings, 2 if the call was wrong."""
    options = _parser().parse_args(arguments)
    try:
        if options.explain:
            sys.stdout.write(f"{explain(options.explain)}\n")
            return 0
        if options.fix:
            for name in fix_package(options.folder):
                sys.stdout.write(f"rewritten: {name}\n")
    except CalcinosisError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    findings = check_package(options.folder)
    sys.stdout.writelines(f"{finding}\n" for finding in findings)
    count = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
    sys.stdout.write(f"{count}. --explain RULE says why a rule is there.\n")
    return 1 if findings else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m calcinosis_data.contract", description=__doc__)
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=DATA_FOLDER,
        help="where datapackage.json is; the installed tables if left out",
    )
    parser.add_argument("--fix", action="store_true", help="rewrite files in the agreed form")
    parser.add_argument("--explain", metavar="RULE", help="say what a rule asks for")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
