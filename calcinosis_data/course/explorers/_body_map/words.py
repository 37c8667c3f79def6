"""What the explorer of body sites says."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from calcinosis_data.course.explorers._body_map.people import CALCINOSIS, EVERYONE
from calcinosis_data.course.explorers._body_map.picture import hatched
from calcinosis_data.course.explorers._body_map.sites import has_place, one_study, sites_shown
from calcinosis_data.course.explorers._opened import row_names
from calcinosis_data.course.explorers._words import listing, lower_first, sentence
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.study_rows import range_words, shared_marks
from calcinosis_data.course.explorers.study_words import ROUNDING

COUNTED: Final = {
    CALCINOSIS: "people with calcinosis",
    EVERYONE: "all with the disease",
    "deposits": "all deposits",
    "unclear": "not clear of what",
}
"""What a percent is a share of, by the value of the filter."""

AXES: Final = {one: f"Percent of {words}" for one, words in COUNTED.items()} | {
    "unclear": "Percent, not clear of what"
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
    start = f"In {_size(rows, counted)}{rows['people'].iloc[0]} ({_source(rows, counted)}),"
    somewhere = rows["body_site_id"].map(has_place)
    ranked = rows[somewhere].sort_values("percent", ascending=False, kind="stable")
    after = [f"; {one}" for one in (*_named(rows[~somewhere]), *_limit(rows))]
    if len(ranked) == 1:
        return sentence(f"{start} one site has a figure: {_named(ranked)[0]}{''.join(after)}")
    n = _clear_lead(list(ranked["percent"]))
    more = f"; {len(ranked) - n} more are listed" if n < len(ranked) else ""
    return sentence(f"{start} {_order(ranked.head(n), len(ranked))}{more}{''.join(after)}")


def _order(ranked: pd.DataFrame, sites: int) -> str:
    """Name the most frequent of the sites with a figure, and those that follow."""
    lead = ranked["percent"].eq(ranked["percent"].max())
    most = f"of {sites} sites with a figure {'was' if lead.sum() == 1 else 'were'}"
    then = f", then {listing(_named(ranked[~lead]))}" if not lead.all() else ""
    return f"the most frequent {most} {listing(_named(ranked[lead]))}{then}"


def _limit(rows: pd.DataFrame) -> list[str]:
    return [limit for limit in rows["limit"].drop_duplicates() if limit]


def _named(rows: pd.DataFrame) -> list[str]:
    return [
        f"{lower_first(str(one.site))} ({one.percent_text}{_doubt(one.note)})"
        for one in rows.itertuples()
    ]


def _doubt(note: Any) -> str:
    """Repeat a doubt of the note without which the figure would mislead."""
    return f", {_UNSPECIFIC}" if not pd.isna(note) and _UNSPECIFIC in note else ""


_UNSPECIFIC: Final = "not specific for calcinosis"


def _clear_lead(percents: list[float]) -> int:
    """Say how many of the highest to name, so that none is left out that is as high."""
    n = min(_MOST_NAMED, len(percents))
    ends = [k for k in range(1, n + 1) if k == len(percents) or percents[k - 1] > percents[k]]
    return ends[-1] if ends else len(percents)


def _size(rows: pd.DataFrame, counted: str) -> str:
    totals = rows["n_total"].dropna().unique()
    alone = len(totals) == 1 and counted != "unclear"
    return f"{int(totals[0]):,} " if alone else ""


def _source(rows: pd.DataFrame, counted: str) -> str:
    unclear = "; shares of what is not clear" if counted == "unclear" else ""
    return f"{rows['source'].iloc[0]}{unclear}"


def _of_several(rows: pd.DataFrame, condition: str, counted: str) -> str:
    where = "" if condition == ANY else f"On {_disease(condition)}, "
    n_studies = rows["ref_id"].nunique()
    studies = "1 study" if n_studies == 1 else f"{n_studies} studies"
    give = "gives" if n_studies == 1 else "give"
    what = f"that counted {_COUNTED[counted]}" if counted != "unclear" else "with an unclear count"
    sites = rows.groupby("site", sort=False)
    start = f"{where}{studies} {what} {give} {len(rows)} figures for {_sites(sites.ngroups)}"
    of_site = sites["ref_id"].nunique()
    most = of_site[of_site == of_site.max()]
    n = int(most.iloc[0])
    if n == 1:
        return sentence(f"{start}, each site from one study only")
    spans = [
        f"{lower_first(str(site))} ({n} studies, {range_words(sites.get_group(site)['percent'])})"
        for site in most.index
    ]
    sites_are = "site is" if len(spans) == 1 else "sites are"
    return sentence(f"{start}; the most studied {sites_are} {listing(spans)}")


_COUNTED: Final = COUNTED | {
    CALCINOSIS: "only people with calcinosis",
    EVERYONE: "everyone with the disease",
}


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
    what = "has an unclear count" if counted == "unclear" else f"counts {_COUNTED[counted]}"
    start = f"No figure{by}{on} {what}"
    counts = own["counted"].value_counts()
    if counted in counts:
        return f"{start}. Choose any study."
    other = [f"{COUNTED[one]} ({counts[one]})" for one in COUNTED if one in counts]
    return f"{start}. Choose under “Percent of”: {listing(other, 'or')}."


def caption(condition: str, counted: str) -> str:
    """Name the table."""
    of = "" if condition == ANY else f", {_disease(condition)}"
    share = "share not clear of what" if counted == "unclear" else f"share of {COUNTED[counted]}"
    return f"Sites of deposits, figures of single studies{of}: {share}"


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
    read = " ".join([how, *_LIMITS[counted], ROUNDING])
    return (read, *_together(rows), *_shared(rows), *_kept_out(kept_out))


_SHADED: Final = (
    "All figures are of one study, so its regions may be compared; white says only that it gives "
    "no figure, not that nothing is there."
)
_FLAT: Final = (
    "The studies examined different people in different ways, so each figure stands by itself: "
    "blue says only that there is one. Choose one study to shade regions by percent."
)
_SEVERAL_SITES: Final = "One person can have deposits at several sites, so percents do not add up."
_LIMITS: Final[dict[str, tuple[str, ...]]] = {
    CALCINOSIS: (_SEVERAL_SITES,),
    EVERYONE: (_SEVERAL_SITES,),
    "deposits": ("Of all deposits counted, this share sat there; one person can have many.",),
    "unclear": ("Take these figures as hints.",),
}


def _together(rows: pd.DataFrame) -> list[str]:
    """Name the figures that no region of its own shows."""
    hidden = rows[~rows["placed"]]
    said = []
    areas = [lower_first(area_name(one)) for one in hatched(sites_shown(rows))]
    if areas:
        said.append(f"Hatched: {listing(areas)} have figures only together with their neighbours.")
    if not hidden.empty:
        names = listing([lower_first(name) for name in hidden["site"].drop_duplicates()])
        said.append(f"Not on the outline, because it names no place there: {names}.")
    return [" ".join(said)] if said else []


def area_name(area: str) -> str:
    """Name an area of the outline.

    Examples
    --------
    >>> area_name("upper-arm"), area_name("shin")
    ('Upper arm', 'Lower leg')
    """
    names = row_names("body_sites")
    return str(names[area]) if area in names else area.replace("-", " ").capitalize()


def _shared(rows: pd.DataFrame) -> list[str]:
    if one_study(rows) or not shared_marks(rows).ne("").any():
        return []
    return ["Words in square brackets mark figures whose patients another one may hold as well."]


def _kept_out(rows: pd.DataFrame) -> list[str]:
    """Say what further rows there are on the disease, and why they are not drawn."""
    picked = rows[rows["denominator"].eq("selected")]
    rest = rows.drop(index=picked.index)
    unnumbered = int(rest["percent"].isna().sum())
    groups = [
        (unnumbered, "without a percent"),
        (len(rest) - unnumbered, "not checked a second time, or about something else"),
        (len(picked), "of people who were chosen for that very site"),
    ]
    told = [f"{n} {why}" for n, why in groups if n]
    if not told:
        return []
    return [f"Figures only in the table “sites”, not drawn: {listing(told)}."]
