"""What one gains and loses with each test, and how accurate it is."""

from __future__ import annotations

from calcinosis_data.course import ui
from calcinosis_data.course.explorers._test_chooser import accuracy_words as accuracy
from calcinosis_data.course.explorers._test_chooser import words
from calcinosis_data.course.explorers._test_chooser.accuracy import (
    MEASURES,
    figure_table,
    measured_figures,
    result_table,
    results_shown,
)
from calcinosis_data.course.explorers._test_chooser.attributes import (
    BETWEEN,
    COLUMNS,
    KINDS,
    attribute_cells,
    attribute_table,
    kept,
    known_tests,
)
from calcinosis_data.course.explorers._test_chooser.words import ROLES, SHOWS, Asked, Show
from calcinosis_data.course.explorers.charts.forest import forest
from calcinosis_data.course.explorers.charts.matrix import matrix
from calcinosis_data.course.explorers.filters import ANY


def test_chooser(
    role: str = ANY,  # noqa: PT028 (a name of the course, not a test of its code)
    radiation: str = ANY,  # noqa: PT028
    invasive: str = ANY,  # noqa: PT028
    show: Show = "attributes",  # noqa: PT028
) -> ui.Panel:
    """Show what each test gives and costs, and how accurate it is.

    Parameters
    ----------
    role : str, default "any"
        Place of the test when calcinosis is suspected, such as ``"first-line"``.
    radiation : {"any", "yes", "no"}, default "any"
        Whether the test uses ionising radiation.
    invasive : {"any", "none", "minimal", "invasive"}, default "any"
        How far the test enters the body.
    show : str, default "attributes"
        ``"attributes"`` for gains and costs; ``"accuracy"`` for sensitivity and specificity in
        calcinosis; ``"unmeasured"`` for results on calcinosis without either; or another target
        of the table `accuracy`, such as ``"myositis"``, as a table.

    Returns
    -------
    Panel
        What a notebook cell shows.

    Raises
    ------
    ControlValueError
        If a preset is none of the values that its control offers.

    Examples
    --------
    >>> panel = test_chooser(radiation="no", invasive="none")
    >>> panel.view.finding.split(". ")[-1]
    'Only ultrasound shows the deposit clearly.'
    """
    controls = {
        "role": ui.choice(
            "Role in calcinosis", [ANY, *((text, one) for one, text in ROLES.items())], role
        ),
        "radiation": ui.choice("Ionising radiation", [ANY, "yes", "no"], radiation),
        "invasive": ui.choice("Invasiveness", [ANY, "none", "minimal", "invasive"], invasive),
        "show": ui.choice("Show", [(text, one) for one, text in SHOWS.items()], show),
    }
    return ui.panel("What do I gain and lose with each test?", controls, view, name="test-chooser")


def view(role: str, radiation: str, invasive: str, show: Show) -> ui.View:
    """Make what the panel shows for one state of its filters."""
    asked = Asked(role, radiation, invasive)
    if show == "attributes" or kept(asked).empty:
        return _attributes(asked)
    return _accuracy(asked) if show == "accuracy" else _results(asked, show)


def _attributes(asked: Asked) -> ui.View:
    tests = kept(asked)
    cells = attribute_cells(tests)
    return ui.View(
        finding=words.finding(tests, len(known_tests()), asked),
        table=attribute_table(tests),
        caption=words.caption(asked),
        figure=matrix(cells, columns=COLUMNS, kinds=KINDS, hollow={BETWEEN}),
        chart_name=words.chart_name(cells),
        ref_ids=tuple(sorted({ref for refs in tests["refs"] for ref in refs})),
        notes=words.notes(tests),
    )


def _accuracy(asked: Asked) -> ui.View:
    figures = measured_figures(results_shown(asked, "accuracy"))
    drawn = len(figures) > 0
    return ui.View(
        finding=accuracy.finding(figures, len(kept(asked)), "accuracy"),
        table=figure_table(figures),
        caption=accuracy.caption(asked, "accuracy"),
        figure=forest(figures, axis=accuracy.AXIS, kinds=MEASURES) if drawn else None,
        chart_name=accuracy.chart_name(figures) if drawn else "",
        ref_ids=tuple(sorted(set(figures["ref_id"]))),
        notes=accuracy.notes(asked, "accuracy"),
    )


def _results(asked: Asked, show: Show) -> ui.View:
    results = results_shown(asked, show)
    return ui.View(
        finding=accuracy.finding(results, len(kept(asked)), show),
        table=result_table(results, accuracy.TARGETS[show]),
        caption=accuracy.caption(asked, show),
        ref_ids=tuple(sorted(set(results["ref_id"]))),
        notes=accuracy.notes(asked, show),
    )
