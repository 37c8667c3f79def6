"""What the explorer of body sites says."""

from __future__ import annotations

from typing import Final

import pandas as pd

from calcinosis_data.course.explorers._body_map.sites import has_place, one_study
from calcinosis_data.course.explorers._opened import row_names
from calcinosis_data.course.explorers._words import listing, lower_first, sentence
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.study_rows import range_words, shared_marks

COUNTED: Final = {
    "patients": "patients",
    "deposits": "deposits",
    "unclear": "not clear from the source",
}
"""What a percent is a share of, by the value of the filter."""

AXES: Final = {
    "patients": "Percent of patients",
    "deposits": "Percent of all deposits",
    "unclear": "Percent",
}

_MOST_NAMED: Final = 3


def finding(rows: pd.DataFrame, condition: str, counted: str) -> str:
    """Say where deposits sat, in one study or over several.

    Parameters
    ----------
    rows : pandas.DataFrame
        The figures shown.
    condition, counted : str
        State of the filters.

    Returns
    -------
    str
        The finding.
    """
    return _of_one(rows, counted) if one_study(rows) else _of_several(rows, condition, counted)


def _of_one(rows: pd.DataFrame, counted: str) -> str:
    first = rows.iloc[0]
    start = f"In {first['source']} ({lower_first(first['disease'])}, {_size(rows, counted)})"
    somewhere = rows["body_site_id"].map(has_place)
    elsewhere = [f"; {one}" for one in _named(rows[~somewhere])]
    ranked = rows[somewhere].sort_values("percent", ascending=False, kind="stable")
    if len(ranked) == 1:
        return sentence(f"{start} one site has a figure: {_named(ranked)[0]}{''.join(elsewhere)}")
    n = _clear_lead(list(ranked["percent"]))
    named = listing(_named(ranked.head(n)))
    most = "site of deposits was" if n == 1 else "sites of deposits were"
    more = f"; {len(ranked) - n} more are listed" if n < len(ranked) else ""
    return sentence(f"{start} the most frequent {most} {named}{more}{''.join(elsewhere)}")


def _named(rows: pd.DataFrame) -> list[str]:
    return [f"{lower_first(str(one.site))} ({one.percent_text})" for one in rows.itertuples()]


def _clear_lead(percents: list[float]) -> int:
    """Say how many of the highest to name, so that none is left out that is as high."""
    n = min(_MOST_NAMED, len(percents))
    ends = [k for k in range(1, n + 1) if k == len(percents) or percents[k - 1] > percents[k]]
    return ends[-1] if ends else len(percents)


def _size(rows: pd.DataFrame, counted: str) -> str:
    if counted == "unclear":
        return "not clear who or what was counted"
    totals = rows["n_total"].dropna().unique()
    return f"{int(totals[0]):,} {counted}" if len(totals) == 1 else f"{counted} counted"


def _of_several(rows: pd.DataFrame, condition: str, counted: str) -> str:
    where = "" if condition == ANY else f"On {_disease(condition)}, "
    what = f"that counted {counted}" if counted != "unclear" else "with an unclear count"
    sites = rows.groupby("site", sort=False)
    start = f"{where}{rows['ref_id'].nunique()} studies {what} give {len(rows)} figures"
    start = f"{start} for {_sites(sites.ngroups)}"
    studies = sites["ref_id"].nunique()
    most = studies[studies == studies.max()]
    n = int(most.iloc[0])
    if n == 1:
        return sentence(f"{start}, each site from one study only")
    spans = [
        f"{lower_first(str(site))} ({n} studies, {range_words(sites.get_group(site)['percent'])})"
        for site in most.index
    ]
    sites_are = "site is" if len(spans) == 1 else "sites are"
    return sentence(f"{start}; the most studied {sites_are} {listing(spans)}")


def _sites(n: int) -> str:
    return "1 body site" if n == 1 else f"{n} body sites"


def _disease(condition: str) -> str:
    return lower_first(str(row_names("conditions")[condition]))


def nothing_found(own: pd.DataFrame, condition: str, counted: str, study: str) -> str:
    """Say that no figure is left, and which filter to change.

    Parameters
    ----------
    own : pandas.DataFrame
        All charted figures on the disease chosen, whatever was counted.
    condition, counted, study : str
        State of the filters.

    Returns
    -------
    str
        The finding of the empty state.
    """
    by = "" if study == ANY else f" of {row_names('references')[study]}"
    on = "" if condition == ANY else f" on {_disease(condition)}"
    what = "has an unclear count" if counted == "unclear" else f"counts {counted}"
    start = f"No figure{by}{on} {what}"
    counts = own["denominator"].astype("str").value_counts()
    if counted in counts:
        return f"{start}. Choose any study."
    other = [f"{COUNTED[one]} ({counts[one]})" for one in COUNTED if one in counts]
    return f"{start}. Choose under “What was counted”: {listing(other, 'or')}."


def caption(condition: str, counted: str) -> str:
    """Name the table."""
    of = "" if condition == ANY else f", {_disease(condition)}"
    shares = {"unclear": "share of what is not clear"}.get(counted, f"share of {counted}")
    return f"Sites of deposits, figures of single studies{of}: {shares}"


def chart_name(rows: pd.DataFrame) -> str:
    """Describe the chart in a sentence or two."""
    names = listing([lower_first(name) for name in rows["site"].drop_duplicates()])
    shades = (
        "The stronger the blue of a region, the higher the percent"
        if one_study(rows)
        else "Blue marks each site with a figure"
    )
    return (
        f"Outline of the body from front and back, with a label for each site: {names}. {shades}. "
        f"Below it one dot with its 95% interval for each figure"
    )


def notes(rows: pd.DataFrame, kept_out: pd.DataFrame, counted: str) -> tuple[str, ...]:
    """Say how to read the figures, and what is left out.

    Parameters
    ----------
    rows : pandas.DataFrame
        The figures shown.
    kept_out : pandas.DataFrame
        Further rows on the same disease that no chart shows.
    counted : str
        State of the filter.

    Returns
    -------
    tuple of str
        The notes.
    """
    if rows.empty:
        return tuple(_kept_out(kept_out))
    how = _SHADED if one_study(rows) else _FLAT
    said = [how, *_LIMITS[counted], *_hidden(rows), *_shared(rows), *_kept_out(kept_out)]
    return (*said, "A teaching aid, not a diagnostic tool.")


_SHADED: Final = (
    "All figures are of one study, so its regions may be compared; look in the table for what it "
    "examined, because a site that nobody looked at has no figure."
)
_FLAT: Final = (
    "The studies examined different people in different ways, so each figure stands by itself: "
    "blue says only that there is one. Choose one study to shade regions by percent."
)
_LIMITS: Final[dict[str, tuple[str, ...]]] = {
    "patients": ("One patient can have deposits at several sites, so percents do not add up.",),
    "deposits": ("Of all deposits counted, this share sat there; a patient can have many.",),
    "unclear": ("Take these figures as hints: of whom or what they are a share is not clear.",),
}


def _hidden(rows: pd.DataFrame) -> list[str]:
    names = rows.loc[rows["region"].isna(), "site"].drop_duplicates()
    if names.empty:
        return []
    listed = listing([lower_first(name) for name in names])
    return [f"Not on the outline, because a single region cannot show it: {listed}."]


def _shared(rows: pd.DataFrame) -> list[str]:
    if one_study(rows) or not shared_marks(rows).ne("").any():
        return []
    return ["Words in square brackets mark figures whose patients another one may hold as well."]


def _kept_out(rows: pd.DataFrame) -> list[str]:
    said = []
    picked = rows[rows["denominator"].eq("selected")]
    if not picked.empty:
        sources = listing(list(picked["source"].drop_duplicates()))
        said.append(f"Left out, because the patients were chosen for that site: {sources}.")
    rest = len(rows) - len(picked)
    if rest:
        many = "1 further row has" if rest == 1 else f"{rest} further rows have"
        said.append(f"{many} no percent or no second reading; the table “sites” lists them.")
    return said
