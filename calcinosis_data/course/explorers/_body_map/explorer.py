"""Where deposits sit: our own outline of the body, shaded by the figures of single studies."""

from __future__ import annotations

import pandas as pd

from calcinosis_data.course import ui
from calcinosis_data.course.explorers._body_map.figure import body_figure
from calcinosis_data.course.explorers._body_map.sites import (
    charted_rows,
    chosen,
    site_rows,
    study_choices,
)
from calcinosis_data.course.explorers._body_map.words import (
    AXES,
    COUNTED,
    caption,
    chart_name,
    finding,
    notes,
    nothing_found,
)
from calcinosis_data.course.explorers._opened import row_names
from calcinosis_data.course.explorers.families import family, family_choices
from calcinosis_data.course.explorers.filters import ANY


def body_map(condition: str = ANY, counted: str = "patients", study: str = ANY) -> ui.Panel:
    """Show where on the body deposits were counted, and how often.

    Parameters
    ----------
    condition : str, default "any"
        A condition of which, or of whose forms, there are figures.
    counted : {"patients", "deposits", "unclear"}, default "patients"
        What a percent is a share of. Shares of patients and of deposits are never mixed.
    study : str, default "any"
        Reference of one study. Only the figures of one study shade the body by percent.

    Returns
    -------
    Panel
        What a notebook cell shows.

    Raises
    ------
    ControlValueError
        If a preset is none of the values that its control offers; a study must be one on the
        condition, and have counted the same.

    Examples
    --------
    >>> panel = body_map(condition="inflammatory-myopathy")
    >>> panel.view.finding.split(",")[2]
    ' hand and fingers (25%) and shoulder or upper arm (25%); 2 more are listed.'
    """
    conditions = [(ANY, ANY), *family_choices(charted_rows()["condition_id"].unique())]
    controls = {
        "condition": ui.choice("Disease", conditions, condition),
        "counted": ui.choice(
            "What was counted", [(words, one) for one, words in COUNTED.items()], counted
        ),
        "study": ui.choice("Study", _studies(condition, counted), study),
    }
    for name in ("condition", "counted"):
        controls[name].observe(lambda _: _offer_studies(controls), "value")
    return ui.panel("Where do deposits sit?", controls, view, name="body-map")


def _studies(condition: str, counted: str) -> list[tuple[str, str]]:
    fitting = chosen(charted_rows(), condition, counted, ANY)
    return [(ANY, ANY), *study_choices(fitting)]


def _offer_studies(controls: dict[str, ui.Choice]) -> None:
    """Offer the studies that fit the other filters, and keep the one chosen where it does."""
    control = controls["study"]
    before = control.value
    fitting = _studies(controls["condition"].value, controls["counted"].value)
    control.options = fitting
    if before in dict(fitting).values():
        control.value = before


def view(condition: str, counted: str, study: str) -> ui.View:
    """Make what the panel shows for one state of its filters."""
    rows = chosen(charted_rows(), condition, counted, study)
    own = _on(charted_rows(), condition)
    kept_out = _on(site_rows(), condition).drop(index=own.index)
    kept_out = kept_out if study == ANY else kept_out[kept_out["ref_id"].eq(study)]
    empty = rows.empty
    return ui.View(
        finding=(
            nothing_found(own, condition, counted, study)
            if empty
            else finding(rows, condition, counted)
        ),
        table=_table(rows),
        caption=caption(condition, counted),
        figure=None if empty else body_figure(rows, AXES[counted]),
        chart_name="" if empty else chart_name(rows),
        ref_ids=tuple(dict.fromkeys(rows["ref_id"].astype("str"))),
        notes=notes(rows, kept_out, counted),
    )


def _on(rows: pd.DataFrame, condition: str) -> pd.DataFrame:
    return rows if condition == ANY else rows[rows["condition_id"].isin(family(condition))]


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Body site and study": rows["name"],
            "Disease": rows["disease"],
            "People studied": rows["people"],
            "What was counted": rows["denominator"].astype("str").map(COUNTED),
            "Number with it": rows["count"],
            "Percent": rows["percent_text"],
            "95% interval": rows["interval"],
            "Shown on the outline as": rows["region"].map(row_names("body_sites")),
            "Same patients": rows["shared"],
            "Source": rows["source"],
            "Note": rows["note"],
        }
    )
