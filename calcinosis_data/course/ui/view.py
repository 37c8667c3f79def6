"""What a panel shows for one state of its filters."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
import plotly.graph_objects as go


@dataclass(frozen=True)
class View:
    """What a panel shows for one state of its filters.

    Parameters
    ----------
    finding
        One sentence with the figures of the chart. It is what a screen reader
        announces after each filter change.
    table
        The rows of the chart, columns already in words. The first column names
        the row. An empty frame is the empty state: `finding` says it in words.
    caption
        Caption of the table.
    figure
        The chart, or None for a panel (or a state) without one.
    chart_name
        Accessible name of the chart: what kind it is and what it compares.
        Required with a figure.
    ref_ids
        References of the rows shown, in the order to list them.
    notes
        Sentences under the table: flags, limits, how to read.

    Examples
    --------
    >>> frame = pd.DataFrame({"Type": ["Dystrophic"], "Calcium": ["normal"]})
    >>> View(finding="1 of 5 types fits.", table=frame, caption="Types that fit").finding
    '1 of 5 types fits.'
    """

    finding: str
    table: pd.DataFrame
    caption: str
    figure: go.Figure | None = None
    chart_name: str = ""
    ref_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse a view that some reader could not use."""
        if not self.finding.strip():
            raise ValueError("View.finding is empty: say the result in one sentence.")
        if not self.caption.strip():
            raise ValueError("View.caption is empty: name the table in a few words.")
        if self.figure is not None and not self.chart_name.strip():
            raise ValueError("View.chart_name is empty: a chart needs a name in words.")
        if not isinstance(self.table, pd.DataFrame):
            raise TypeError(f"View.table must be a DataFrame, not {type(self.table).__name__}.")
        if not self.table.columns.is_unique:
            raise ValueError("View.table has two columns of the same name.")
