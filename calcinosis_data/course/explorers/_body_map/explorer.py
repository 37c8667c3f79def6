"""Where deposits sit: our own outline of the body, shaded by the figures of single studies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from calcinosis_data.course import ui
from calcinosis_data.course.explorers._body_map.figure import body_figure
from calcinosis_data.course.explorers._body_map.outline import joined
from calcinosis_data.course.explorers._body_map.sites import (
    charted_rows,
    chosen,
    drawn_region,
    site_rows,
)
from calcinosis_data.course.explorers._body_map.studies import (
    first_counted,
    leading_study,
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


def body_map(
    condition: str = "systemic-sclerosis", counted: str | None = None, study: str | None = None
) -> ui.Panel:
    """Show where on the body deposits were counted, and how often.

    Parameters
    ----------
    condition : str, default "systemic-sclerosis"
        A condition of which, or of whose forms, there are figures, or "any".
    counted : {"calcinosis", "everyone", "deposits", "unclear"}, optional
        What a percent is a share of: people with calcinosis, everyone with the disease, deposits,
        or something that the source does not make clear. They are never mixed. The first of them
        that has figures, if not given.
    study : str, optional
        Reference of one study, or "any". Only the figures of one study shade the body by percent.
        The largest study of several sites of the disease, if not given.

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
    >>> panel.state["counted"], panel.state["study"]
    ('calcinosis', 'fredi2015')
    """
    conditions = [(ANY, ANY), *family_choices(charted_rows()["condition_id"].unique())]
    counted = first_counted(_on(charted_rows(), condition)) if counted is None else counted
    study = _leading(condition, counted) if study is None else study
    controls = {
        "condition": ui.choice("Disease", conditions, condition),
        "counted": ui.choice(
            "Percent of", [(words, one) for one, words in COUNTED.items()], counted
        ),
        "study": ui.choice("Study", _studies(condition, counted), study),
    }
    return ui.panel(
        "Where do deposits sit?", controls, view, name="body-map", adjust=_offer_studies
    )


def _studies(condition: str, counted: str) -> list[tuple[str, str]]:
    fitting = chosen(charted_rows(), condition, counted, ANY)
    return [(ANY, ANY), *study_choices(fitting)]


def _offer_studies(controls: Mapping[str, Any]) -> None:
    """Offer the studies that fit the other filters; the one chosen stays, or the largest leads."""
    control = controls["study"]
    before = control.value
    state = controls["condition"].value, controls["counted"].value
    fitting = _studies(*state)
    if fitting == list(control.options):
        return
    control.options = fitting
    fits = before in dict(fitting).values()
    control.value = before if fits else _leading(*state)


def _leading(condition: str, counted: str) -> str:
    """Choose the study to begin with: none where all diseases are shown."""
    if condition == ANY:
        return ANY
    return leading_study(chosen(charted_rows(), condition, counted, ANY))


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


def _shown_as(site: str) -> str | None:
    names = row_names("body_sites")
    if site in joined():
        return "its parts together"
    region = drawn_region(site)
    return None if region is None else str(names[region])


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Body site and study": rows["name"],
            "Disease": rows["disease"],
            "People studied": rows["people"],
            "Percent of": rows["counted"].map(COUNTED),
            "Number with it": rows["count"],
            "Percent": rows["percent_text"],
            "95% interval": rows["interval"],
            "Shown on the outline as": [_shown_as(site) for site in rows["body_site_id"]],
            "Same patients": rows["shared"],
            "Limited to": rows["limit"].where(rows["limit"].ne("")),
            "Source": rows["source"],
            "Note": rows["note"],
        }
    )
