"""Predictions hide the panel until answered, except where everything is to be shown."""

from collections.abc import Iterator

import pandas as pd
import pytest

from calcinosis_data.course import ui
from calcinosis_data.course.ui import snapshot


@pytest.fixture(autouse=True)
def learner(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("CALCINOSIS_SHOW_ALL", raising=False)
    yield
    ui.settings().charts = True


@pytest.fixture
def question() -> ui.Ask:
    return ui.ask("Which is more common?", [("A", 1), ("B", 2)])


@pytest.fixture
def answer() -> ui.Panel:
    view = ui.View("A is.", pd.DataFrame({"Name": ["A"]}), "Names")
    return ui.panel("Which is more common?", {}, lambda: view, name="names")


def test_the_panel_waits_for_the_prediction(question: ui.Ask, answer: ui.Panel) -> None:
    both = ui.reveal(question, answer)
    assert not both.shown
    question.chosen = 1
    assert both.shown
    assert question.value == 2


def test_automated_runs_see_it_at_once(
    question: ui.Ask, answer: ui.Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALCINOSIS_SHOW_ALL", "1")
    assert ui.reveal(question, answer).shown


def test_without_charts_it_is_shown_at_once(question: ui.Ask, answer: ui.Panel) -> None:
    both = ui.reveal(question, answer)
    ui.settings().charts = False
    assert both.shown


def test_the_saved_copy_keeps_the_answer_folded(
    question: ui.Ask, answer: ui.Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs: list[dict[str, str]] = []
    monkeypatch.setattr(snapshot, "display", lambda bundle, raw: outputs.append(bundle))
    ui.reveal(question, answer)._ipython_display_()
    assert "<details><summary>Show the saved answer" in outputs[1]["text/html"]
    assert len(outputs) == 2
