"""Which causes lead to which type, and how firmly that is known."""

from __future__ import annotations

from typing import Final

import pandas as pd
import plotly.graph_objects as go

import calcinosis_data as data
from calcinosis_data.course import ui
from calcinosis_data.course.explorers._cause_map.links import (
    NO_LINK,
    by_type,
    cause_facts,
    cause_links,
    choose,
    cite_all,
    group_name,
    references,
    type_names,
    types_of_article,
)
from calcinosis_data.course.explorers._cause_map.words import (
    MEANINGS,
    UNLINKED,
    Asked,
    caption,
    chart_name,
    circumstances,
    finding,
    short_type,
    types_in_words,
)
from calcinosis_data.course.explorers._words import lower_first, sentence
from calcinosis_data.course.explorers.charts.matrix import matrix
from calcinosis_data.course.explorers.filters import ANY, group_names

_IDIOPATHIC: Final = "idiopathic"
_COLUMNS: Final = (
    "Cause",
    "Group",
    "Types and how firmly",
    "Circumstances",
    "Mechanism",
    "What was not found",
    "Source",
)


def cause_map(type_id: str = ANY, category: str = ANY, qualifier: str = ANY) -> ui.Panel:
    """Show which causes lead to which type, and how firmly a reference says so.

    Parameters
    ----------
    type_id : str, default "any"
        Type of calcinosis, as in the table types.
    category : str, default "any"
        Group of causes; a cause of two groups is found under both.
    qualifier : str, default "any"
        How firmly cause and type are linked: "established", "conditional", "reported",
        "listed", or "none" for causes that are linked to no type.

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
    >>> cause_map(type_id="dystrophic").view.finding
    '4 of 16 causes are linked to dystrophic calcinosis: 3 established and 1 conditional.'
    """
    groups = group_names(data.load_table("causes")["category"])
    types = [(_option(one), one) for one in type_names()]
    controls = {
        "type_id": ui.choice("Type", [ANY, *types], type_id),
        "category": ui.choice(
            "Group of causes", [ANY, *((group_name(one), one) for one in groups)], category
        ),
        "qualifier": ui.choice(
            "How firmly linked", [ANY, *MEANINGS, (UNLINKED, NO_LINK)], qualifier
        ),
    }
    question = "Which causes lead to which type, and how firmly is that known?"
    return ui.panel(question, controls, view, name="cause-map")


def _option(type_id: str) -> str:
    left_out = "" if type_id in types_of_article() else " (not in the article)"
    return f"{type_names()[type_id]}{left_out}"


def view(type_id: str, category: str, qualifier: str) -> ui.View:
    """Make what the panel shows for one state of its filters."""
    links = by_type(choose(cause_links(), type_id, category, qualifier))
    of_group = choose(cause_links(), ANY, category, ANY)
    asked = Asked(type_id, category, qualifier, causes=of_group["cause_id"].nunique())
    return ui.View(
        finding=finding(links, asked),
        table=_table(links),
        caption=caption(asked),
        figure=_figure(links) if links["type_id"].notna().any() else None,
        chart_name=chart_name(links),
        ref_ids=references(links),
        notes=() if links.empty else tuple(_notes(links)),
    )


def _figure(links: pd.DataFrame) -> go.Figure:
    linked = links["type_id"].notna()
    cells = links.assign(
        label=links["name"].where(linked, links["name"] + f": {UNLINKED}"),
        column=links["type_id"].map(short_type, na_action="ignore"),
        kind=links["qualifier"],
        group="",
        text="",
    )
    columns = [short_type(one) for one in type_names()]
    return matrix(cells, columns=columns, kinds=list(MEANINGS), hollow={"listed"})


def _table(links: pd.DataFrame) -> pd.DataFrame:
    """Tell of each cause in one row what its marks say, and what lies behind them."""
    rows = [_row(str(cause), own) for cause, own in links.groupby("cause_id", sort=False)]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _row(cause_id: str, links: pd.DataFrame) -> dict[str, object]:
    facts = cause_facts().loc[cause_id]
    cells = (
        facts["name"],
        links["group"].iloc[0],
        types_in_words(links),
        circumstances(links),
        facts["mechanism"],
        facts["evidence_note"],
        cite_all(references(links)),
    )
    return dict(zip(_COLUMNS, cells, strict=True))


def _notes(links: pd.DataFrame) -> list[str]:
    meanings = " ".join(sentence(f"{how}: {meaning}") for how, meaning in MEANINGS.items())
    notes = [
        f"{meanings} None of this says how often it happens.",
        "Rows stand in the order of their types; the groups of causes are the course's own, and a "
        "cause can belong to two.",
        *(_left_out(one) for one in type_names() if one not in types_of_article()),
    ]
    if links["type_id"].eq(_IDIOPATHIC).any():
        notes.append(
            "The article lists idiopathic calcinosis twice, as a type and as a cause. It is one "
            "thing: a name for deposits that nobody can explain."
        )
    return notes


def _left_out(type_id: str) -> str:
    scheme = data.load_table("types").set_index("type_id")["scheme_note"]
    return (
        f"The article has {len(types_of_article())} types; {lower_first(type_names()[type_id])} "
        f"is not among them. {scheme[type_id]}"
    )
