"""Panels without a browser: one update a change, errors in words, what is saved."""

from typing import Any

import pandas as pd
import pytest

from calcinosis_data.course import ui
from calcinosis_data.course.ui import _results, snapshot

ROWS = pd.DataFrame(
    {"Type": ["Dystrophic", "Metastatic"], "Phosphate": ["normal", "high"], "n": [3, None]}
)


@pytest.fixture(autouse=True)
def learner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CALCINOSIS_SHOW_ALL", raising=False)


def fitting(phosphate: str, text: str = "") -> ui.View:
    if text == "boom":
        raise ValueError("no such word")
    rows = ROWS[ROWS["Phosphate"] == phosphate] if phosphate != "none" else ROWS.head(0)
    if rows.empty:
        return ui.View("No type fits.", rows, "Types that fit")
    figure = ui.theme.figure().add_bar(x=rows["n"], y=rows["Type"], orientation="h")
    return ui.View(
        f"{len(rows)} fits.", rows, "Types that fit", figure=figure, chart_name="Bar chart"
    )


@pytest.fixture
def shown() -> ui.Panel:
    controls = {
        "phosphate": ui.choice("Phosphate", ["normal", "high", "none"]),
        "text": ui.search("Search"),
    }
    return ui.panel("Which type fits?", controls, fitting, name="types")


def sent(panel: ui.Panel) -> dict[str, Any]:
    return panel._results.state


def test_one_change_is_one_update_of_everything(shown: ui.Panel) -> None:
    states: list[dict[str, Any]] = []
    shown._results.observe(lambda change: states.append(change["new"]), "state")
    shown.controls["phosphate"].value = "high"
    (state,) = states
    assert state["finding"] == "1 fits."
    assert state["table"]["rows"] == [["Metastatic", "high", "not stated"]]
    assert state["figure"]["data"][0]["y"] == ["Metastatic"]


def test_reset_is_one_update(shown: ui.Panel) -> None:
    shown.controls["phosphate"].value = "high"
    shown.controls["text"].value = "x"
    versions: list[int] = []
    shown._results.observe(lambda change: versions.append(change["new"]["version"]), "state")
    shown.reset()
    assert len(versions) == 1
    assert shown.state == {"phosphate": "normal", "text": ""}


def test_reset_comes_last_in_the_filter_row(shown: ui.Panel) -> None:
    row = shown.children[1]
    assert row.children[-1].description == "Reset filters"


def test_an_error_is_told_in_words_and_the_last_view_stays(shown: ui.Panel) -> None:
    before = shown.view
    shown.controls["text"].value = "boom"
    state = sent(shown)
    assert state["error"]["title"].startswith("Error: ")
    assert "no such word" in state["error"]["text"]
    assert "Traceback" not in state["error"]["text"]
    assert shown.view is before
    assert isinstance(shown.error, ValueError)


def test_the_error_goes_with_the_next_good_view(shown: ui.Panel) -> None:
    shown.controls["text"].value = "boom"
    shown.reset()
    assert sent(shown)["error"] is None
    assert shown.error is None


def test_automated_runs_hear_of_errors(shown: ui.Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALCINOSIS_SHOW_ALL", "1")
    with pytest.raises(ValueError, match="no such word"):
        shown.controls["text"].value = "boom"


def test_the_empty_result_has_words_and_no_chart(shown: ui.Panel) -> None:
    shown.controls["phosphate"].value = "none"
    state = sent(shown)
    assert (state["finding"], state["figure"], state["table"]["total"]) == (
        "No type fits.",
        None,
        0,
    )


def test_a_plain_widget_is_refused_as_a_control() -> None:
    import ipywidgets

    with pytest.raises(TypeError, match=r"ui\.choice"):
        ui.panel("Which?", {"phosphate": ipywidgets.Text()}, fitting, name="types")


def test_big_tables_go_page_by_page_and_are_downloaded_whole() -> None:
    rows = pd.DataFrame({"Row": range(120)})
    big = ui.panel("Which?", {}, lambda: ui.View("120 rows.", rows, "Rows"), name="big")
    assert len(sent(big)["table"]["rows"]) == _results.PAGE_SIZE
    answers: list[dict[str, Any]] = []
    big._results.send = lambda content, buffers=None: answers.append(content)
    big._results._answer(None, {"kind": "page", "page": 2, "version": 1}, [])
    big._results._answer(None, {"kind": "csv"}, [])
    assert [row[0] for row in answers[0]["rows"]] == [str(n) for n in range(100, 120)]
    assert (answers[1]["name"], answers[1]["text"].count("\n")) == ("big.csv", 121)


def test_an_unknown_message_changes_nothing(shown: ui.Panel) -> None:
    before = sent(shown)
    shown._results._answer(None, {"kind": "other"}, [])
    shown._results._answer(None, {}, [])
    assert sent(shown) == before


def test_display_writes_the_widget_and_a_still_copy(
    shown: ui.Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs: list[dict[str, Any]] = []
    monkeypatch.setattr(snapshot, "display", lambda bundle, raw: outputs.append(bundle))
    shown._ipython_display_()
    assert "application/vnd.jupyter.widget-view+json" in outputs[0]
    assert "<caption>Types that fit</caption>" in outputs[1]["text/html"]
    assert snapshot.PLOTLY_MIME in outputs[2]


def test_text_of_tables_and_questions_is_escaped() -> None:
    rows = pd.DataFrame({"<b>": ["<script>"]})
    view = ui.View("1 < 2", rows, "a & b")
    html = snapshot.snapshot_html(view, "Is <i>?", {}, veiled=False)
    for raw in ("<b>", "<script>", "Is <i>", "1 < 2"):
        assert raw not in html


def test_a_filter_that_offers_what_fits_another_costs_one_view() -> None:
    towns = {"north": ["a", "b"], "south": ["c", "d"]}
    seen = []

    def view(land: str, town: str) -> ui.View:
        seen.append((land, town))
        return ui.View(f"{town} in {land}.", pd.DataFrame({"Town": [town]}), "Towns")

    def offer(controls: Any) -> None:
        fitting = [(one, one) for one in towns[controls["land"].value]]
        if fitting != list(controls["town"].options):
            controls["town"].options = fitting
            controls["town"].value = fitting[-1][0]

    controls = {"land": ui.choice("Land", list(towns)), "town": ui.choice("Town", towns["north"])}
    panel = ui.panel("Which town?", controls, view, name="towns", adjust=offer)
    controls["land"].value = "south"
    assert panel.view.finding == "d in south."
    panel.reset()
    assert panel.view.finding == "a in north."
    assert seen == [("north", "a"), ("south", "d"), ("north", "a")]
