"""Running a cell again closes what it showed before, and nothing else."""

from types import SimpleNamespace
from typing import Any

import ipywidgets as widgets
import pandas as pd
import pytest

from calcinosis_data.course import ui
from calcinosis_data.course.ui import reruns


class Cells:
    """A notebook whose cells are run by name."""

    def __init__(self) -> None:
        self.header: dict[str, Any] = {}
        self.runs = 0

    def run(self, cell: str, *shown: widgets.Widget) -> None:
        self.runs += 1
        self.header = {"metadata": {"cellId": cell}, "header": {"msg_id": str(self.runs)}}
        for widget in shown:
            reruns.note_shown(widget)


@pytest.fixture
def cells(monkeypatch: pytest.MonkeyPatch) -> Cells:
    made = Cells()
    kernel = SimpleNamespace(get_parent=lambda _channel: made.header)
    monkeypatch.setattr(reruns, "get_ipython", lambda: SimpleNamespace(kernel=kernel))
    reruns._shown.clear()
    return made


def open_widgets() -> int:
    return len(widgets.widget._instances)


def is_open(widget: widgets.Widget) -> bool:
    return widget.comm is not None


def panel() -> ui.Panel:
    view = ui.View("One row.", pd.DataFrame({"Name": ["a"]}), "Rows")
    controls = {"age": ui.choice("Age", ["any", "child"])}
    return ui.panel("How old?", controls, lambda age: view, name="demo")


def test_a_second_run_closes_what_the_first_showed(cells: Cells) -> None:
    first, second = panel(), panel()
    cells.run("a", first)
    cells.run("a", second)
    assert not is_open(first)
    assert not is_open(first.controls["age"])
    assert is_open(second)


def test_many_runs_leave_no_more_widgets_than_one(cells: Cells) -> None:
    cells.run("a", panel())
    before = open_widgets()
    for _ in range(5):
        cells.run("a", panel())
    assert open_widgets() == before


def test_all_widgets_of_one_run_stay(cells: Cells) -> None:
    first, second = panel(), panel()
    cells.run("a", first, second)
    assert is_open(first)
    assert is_open(second)


def test_a_widget_shown_again_or_elsewhere_stays(cells: Cells) -> None:
    kept = panel()
    cells.run("a", kept)
    cells.run("b", kept)
    cells.run("a", kept)
    cells.run("a", panel())
    assert is_open(kept)


def test_a_prediction_asked_again_keeps_its_question_and_panel(cells: Cells) -> None:
    ask, answer = ui.ask("Which?", ["one", "other"]), panel()
    cells.run("b", ui.reveal(ask, answer))
    cells.run("b", ui.reveal(ask, answer))
    assert is_open(ask)
    assert is_open(answer)
    assert is_open(answer.controls["age"])


def test_a_panel_shown_elsewhere_outlives_the_prediction_about_it(cells: Cells) -> None:
    shared = panel()
    cells.run("a", shared)
    asked = ui.reveal(ui.ask("Which?", ["one", "other"]), shared)
    cells.run("b", asked)
    cells.run("b", panel())
    assert is_open(shared)
    assert not is_open(asked.ask)


def test_outside_a_notebook_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reruns, "get_ipython", lambda: None)
    one, other = panel(), panel()
    reruns.note_shown(one)
    reruns.note_shown(other)
    assert is_open(one)


def test_a_closed_prediction_no_longer_follows_the_settings(
    cells: Cells, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CALCINOSIS_SHOW_ALL", raising=False)
    asked = [ui.reveal(ui.ask("Which?", ["one", "other"]), panel()) for _ in range(2)]
    for one in asked:
        cells.run("a", one)
    observers = ui.settings()._trait_notifiers["charts"]["change"]
    assert asked[0]._show not in observers
    assert asked[1]._show in observers
    assert not is_open(asked[0].panel)
