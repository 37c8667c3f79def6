"""In which tissues rare and inherited diseases have calcification, and how often."""

from __future__ import annotations

from functools import cache

import pandas as pd
import plotly.graph_objects as go

from calcinosis_data.course import ui
from calcinosis_data.course.explorers import filters
from calcinosis_data.course.explorers._genetics.genes import (
    BANDS,
    TISSUES,
    count_bands,
    disease_pairs,
    find_pairs,
)
from calcinosis_data.course.explorers._genetics.words import (
    MOST_BARS,
    Asked,
    bars_for,
    caption,
    chart_name,
    finding,
    notes,
)
from calcinosis_data.course.explorers.charts.bars import stacked_bars
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.ui.controls import Control


def genetics(group: str = ANY, term: str = ANY, frequency: str = ANY, search: str = "") -> ui.Panel:
    """Show in which tissues rare diseases have calcification, how often, and the genes linked.

    Parameters
    ----------
    group : str, default "any"
        Tissue that calcifies: a group of terms as in `hpo_terms`.
    term : str, default "any"
        One calcification term, by its id.
    frequency : str, default "any"
        How often people with the disease have the finding.
    search : str, default ""
        Symbol of a gene, or words of the name of a disease; a few diseases found get a bar each.

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
    >>> genetics(search="ABCC6").view.finding.split(" (")[0]
    'The gene ABCC6 is linked to 2 diseases with calcification'
    """
    tissues = [(ANY, ANY), *((name, one) for one, name in TISSUES.items())]
    labels = sorted((name, one) for one, (name, _) in _terms().items())
    controls: dict[str, Control] = {
        "search": ui.search("Search for a gene or disease", search),
        "group": ui.choice("Tissue that calcifies", tissues, group),
        "term": ui.choice("Kind of calcification", [(ANY, ANY), *labels], term),
        "frequency": ui.choice("How often", [ANY, *BANDS], frequency),
    }
    question = "In which tissues do rare and inherited diseases have calcification, and how often?"
    return ui.panel(question, controls, view, name="genetics")


def view(group: str, term: str, frequency: str, search: str) -> ui.View:
    """Make what the panel shows for one state of its filters."""
    asked = Asked(group, term, frequency, search, *_terms().get(term, ("", "")))
    pairs = find_pairs(disease_pairs(), search)
    for column, value in (("term_group", group), ("hpo_id", term), ("frequency", frequency)):
        pairs = filters.keep(pairs, column, value)
    bars = bars_for(pairs, asked)
    counts = count_bands(pairs, bars.column, bars.several, MOST_BARS)
    return ui.View(
        finding=finding(pairs, asked),
        table=_table(pairs),
        caption=caption(pairs, asked),
        figure=None if pairs.empty else _figure(counts, bars.counted),
        chart_name="" if pairs.empty else chart_name(counts, bars),
        notes=tuple(notes(pairs, asked, counts)),
    )


def _figure(counts: pd.DataFrame, counted: str) -> go.Figure:
    return stacked_bars(counts, parts=BANDS, counted=counted, ordered=True)


@cache
def _terms() -> dict[str, tuple[str, str]]:
    """Label and group of each term that some disease has."""
    once = disease_pairs().drop_duplicates("hpo_id")
    labels = zip(once["term"], once["term_group"], strict=True)
    return dict(zip(once["hpo_id"], labels, strict=True))


def _table(pairs: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Disease and calcification": pairs["pair"],
            "Tissue": pairs["tissue"],
            "How often": pairs["frequency"],
            "Linked genes": pairs["genes"],
            "Number of the disease": pairs["disease_id"],
            "Release": pairs["release"],
        }
    ).reset_index(drop=True)
