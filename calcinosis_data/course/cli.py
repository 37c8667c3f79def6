"""The `calcinosis` command."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from calcinosis_data.course import MissingExtraError, lessons
from calcinosis_data.errors import CalcinosisError

DEFAULT_FOLDER = "calcinosis-course"
DEFAULT_PORT = 8888
_JUPYTER_CONFIG = Path(__file__).with_name("_jupyter")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        What was typed after ``calcinosis``; the process's own arguments by default.

    Returns
    -------
    int
        The exit status: 0, or 1 if questions have errors, or 2 after an error, which is told
        on standard error.

    Examples
    --------
    >>> main(["course", "/dev/null/course"])
    2
    """
    typed = list(sys.argv[1:] if arguments is None else arguments)
    # Everything after "--" is Jupyter's; argparse would mix it with our own arguments.
    split = typed.index("--") if "--" in typed else len(typed)
    options = _parser().parse_args(typed[:split])
    options.jupyter = typed[split + 1 :]
    if options.jupyter and options.run is not _lab:
        _parser().error("options for Jupyter belong to: calcinosis lab DIR -- OPTIONS")
    try:
        return int(options.run(options))
    except CalcinosisError as error:
        print(f"calcinosis: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="calcinosis", description="An open course on calcinosis, in notebooks."
    )
    parser.add_argument(
        "--version", action="version", version=f"calcinosis {version('calcinosis-data')}"
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    lab = commands.add_parser(
        "lab",
        help="make or refresh the course folder and open it in JupyterLab",
        usage="calcinosis lab [DIR] [--port N] [--no-browser] [-- JUPYTER-OPTIONS]",
    )
    lab.add_argument("folder", metavar="DIR", nargs="?", default=DEFAULT_FOLDER, type=Path)
    lab.add_argument(
        "--port",
        metavar="N",
        type=_port,
        default=DEFAULT_PORT,
        help="the port to listen on; when it is taken, the next free one (default: %(default)s)",
    )
    lab.add_argument(
        "--no-browser", action="store_true", help="only print the address of the first lesson"
    )
    lab.set_defaults(run=_lab)

    course = commands.add_parser("course", help="make or refresh the course folder, and stop")
    course.add_argument("folder", metavar="DIR", type=Path)
    course.set_defaults(run=_course)

    lint = commands.add_parser(
        "lint", help="check the practice questions: the course's own, or those in a folder"
    )
    lint.add_argument("folder", metavar="DIR", nargs="?", type=Path)
    lint.set_defaults(run=_lint)
    return parser


def _port(typed: str) -> int:
    if not typed.isdecimal() or not 0 <= int(typed) <= 65535:
        raise argparse.ArgumentTypeError(f"{typed!r} is not a port; give a number from 0 to 65535")
    return int(typed)


def _course(options: argparse.Namespace) -> int:
    _refresh(options.folder)
    return 0


def _refresh(folder: Path) -> lessons.Refreshed:
    refreshed = lessons.refresh(folder)
    print(f"The course is in {refreshed.folder}")
    for line in refreshed.news:
        print(f"  {line}")
    return refreshed


def _lint(options: argparse.Namespace) -> int:
    from calcinosis_data.course import assessment  # says so if the extra is missing
    from calcinosis_data.course.assessment.bank_files import load_bank
    from calcinosis_data.course.assessment.blueprint import COURSE_TARGETS, blueprint
    from calcinosis_data.course.assessment.lint import findings_text, lint

    own = options.folder is None
    bank = assessment.bank() if own else load_bank(options.folder, check=False)
    targets = COURSE_TARGETS if own else None  # a bank of one's own need not cover the course
    found = lint(bank, targets)
    print(findings_text(found), blueprint(bank, targets), sep="\n\n")
    return int("E" in set(found["level"]))


def _lab(options: argparse.Namespace) -> int:
    lab_app = _lab_app()
    refreshed = _refresh(options.folder)
    _use_quiet_defaults()
    arguments = _jupyter_arguments(refreshed, options.port, options.no_browser)
    server = lab_app.initialize_server(argv=arguments + options.jupyter)
    # The loop binds the port first, so an address that is printed can be opened.
    server.io_loop.add_callback(print, _where(server, options), flush=True)
    # Jupyter would say the address a second time, among others that do not matter here.
    server.log.addFilter(lambda record: server.connect_url not in record.getMessage())
    _stop_on_signal(server)
    server.start()
    print("The course was stopped. Your folder stays as it is.")
    return 0


def _where(server: Any, options: argparse.Namespace) -> str:
    lines = []
    if options.port not in {0, server.port}:
        lines.append(f"Port {options.port} is taken, so the course runs on port {server.port}.")
    if options.no_browser:
        lines.append("Open this address in a browser:")
    else:
        lines.append("Lesson 1 opens in your browser. If it does not, open this address:")
    # 127.0.0.1 also where Jupyter listens on 0.0.0.0, which no browser can open.
    lines += ["", f"    {server.local_url}", "", "To stop the course, press Ctrl-C here."]
    return "\n".join(lines)


def _lab_app() -> Any:
    try:
        from jupyterlab.labapp import LabApp
    except ModuleNotFoundError as missing:
        raise MissingExtraError(missing.name or "jupyterlab") from None
    return LabApp


def _stop_on_signal(server: Any) -> None:
    """Stop at the first Ctrl-C, kernels included; Jupyter asks first, or leaves kernels behind."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: server.stop(from_signal=True))


def _use_quiet_defaults() -> None:
    """No news pop-up and no check for updates, for this run; a learner's own settings still win."""
    paths = [str(_JUPYTER_CONFIG), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, paths))
    # The kernel of this environment, not one of the same name in the learner's home.
    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")


def _jupyter_arguments(refreshed: lessons.Refreshed, port: int, no_browser: bool) -> list[str]:
    """Word what Jupyter must know: each as one argument, so that no path can be misread."""
    workspaces = refreshed.folder / lessons.RECORD.parent / "workspaces"
    arguments = [
        f"--ServerApp.root_dir={refreshed.folder}",
        f"--LabApp.default_url=/lab/tree/{quote(refreshed.first_lesson)}",
        f"--LabApp.workspaces_dir={workspaces}",
        f"--ServerApp.port={port}",
        "--ServerApp.log_level=ERROR",
        "--LabApp.log_level=ERROR",
    ]
    if no_browser:
        arguments.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # a container, as a rule
        arguments.append("--allow-root")
    return arguments
