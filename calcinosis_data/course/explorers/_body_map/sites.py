"""The figures of `sites` in words, chosen by filters and put in order from head to foot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._body_map.outline import pointers
from calcinosis_data.course.explorers._opened import row_names, with_citations
from calcinosis_data.course.explorers.families import family
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.study_rows import (
    distinct_names,
    shared_marks,
    shared_patients,
    study_columns,
)

COUNTED: Final = ("patients", "deposits", "unclear")
"""What a percent may be a share of. Patients chosen because of the site are no option."""

_SHORT_FORMS: Final = {
    "SSc": "systemic sclerosis",
    "SLE": "systemic lupus erythematosus",
    "DM": "dermatomyositis",
    "JDM": "juvenile dermatomyositis",
    "incl.": "with",
}
_SHORT_FORM = re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in _SHORT_FORMS))


@dataclass(frozen=True)
class Site:
    """A site with a place on the outline: its number there, its least and greatest percent."""

    id: str
    number: int
    low: float
    high: float

    @property
    def name(self) -> str:
        """Name of the site in words."""
        return str(row_names("body_sites")[self.id])


@cache
def site_rows() -> pd.DataFrame:
    """Load all rows of `sites` with their words, from head to foot.

    Returns
    -------
    pandas.DataFrame
        The rows and the columns of `study_columns`, with `name` (unique), `site` and `disease`
        (names), `people` (who was studied), `region` (the drawn site that shows it, missing
        for a site with no place on the outline), `place` (order from head to foot), `shared`.

    Examples
    --------
    >>> rows = site_rows().set_index("site_id")
    >>> rows.loc["fingertip-umdnj17", "region"]
    'hand'
    """
    rows = study_columns(data.load_table("sites"))
    order = {site: place for place, site in enumerate(pointers())}
    sites = rows["body_site_id"].astype("object")
    rows = rows.assign(
        site=rows["body_site_id"].map(row_names("body_sites")).astype("str"),
        disease=rows["condition_id"].map(row_names("conditions")).astype("str"),
        people=[_SHORT_FORM.sub(lambda m: _SHORT_FORMS[m[0]], one) for one in rows["population"]],
        region=pd.Series([drawn_region(one) for one in sites], index=rows.index, dtype="str"),
        place=[order.get(one, len(order)) for one in sites],
        shared=shared_patients(rows, rows, "site_id"),
        note=with_citations(rows["note"]),
    )
    started = rows["site"] + " (" + rows["source"] + ")"
    rows["name"] = distinct_names(started, rows["people"], rows["denominator"].astype("str"))
    return rows.sort_values(["place", "site", "percent"], ascending=[True, True, False])


@cache
def drawn_region(site: str) -> str | None:
    """Find the region of the outline that shows a site: its own, or the nearest wider one.

    Parameters
    ----------
    site : str
        A body site.

    Returns
    -------
    str or None
        A drawn body site; None for an organ, for a site that joins several regions and for
        one that may be anywhere.

    Examples
    --------
    >>> drawn_region("fingertip"), drawn_region("lower-limb"), drawn_region("lung")
    ('hand', None, None)
    """
    rows = _body_sites()
    if rows[site]["side_view"] == "none":
        return None
    step: Any = site
    while isinstance(step, str) and not rows[step]["drawn"]:
        step = rows[step]["parent_id"]
    return step if isinstance(step, str) else None


def has_place(site: str) -> bool:
    """Tell whether a site is a place of the body, and not "several" or "any".

    Examples
    --------
    >>> has_place("lower-limb"), has_place("several-sites")
    (True, False)
    """
    return bool(_body_sites()[site]["region_group"] != "whole-body")


@cache
def wider_sites(site: str) -> tuple[str, ...]:
    """List the sites that a site is part of, the nearest first.

    Examples
    --------
    >>> wider_sites("fingertip")[:2]
    ('finger', 'hand')
    """
    parent = _body_sites()[site]["parent_id"]
    return (parent, *wider_sites(parent)) if isinstance(parent, str) else ()


@cache
def _body_sites() -> dict[str, dict[Any, Any]]:
    rows = data.load_table("body_sites").astype("object").set_index("body_site_id")
    return dict(zip(map(str, rows.index), rows.to_dict("records"), strict=True))


@cache
def charted_rows() -> pd.DataFrame:
    """Keep the figures that may be drawn: read twice, with a percent that means something."""
    rows = site_rows()
    fit = rows["chart"] & rows["percent"].notna() & rows["denominator"].isin(COUNTED)
    return rows[fit]


def chosen(rows: pd.DataFrame, condition: str, counted: str, study: str) -> pd.DataFrame:
    """Keep the figures on a disease and its forms, with one thing counted, of one study.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `site_rows`.
    condition : str
        A condition, whose forms are kept too, or "any".
    counted : str
        One of `COUNTED`. There is no "any": shares of patients and of deposits do not compare.
    study : str
        Reference of one study, or "any".

    Returns
    -------
    pandas.DataFrame
        The rows kept, in their order.
    """
    kept = rows["denominator"].eq(counted)
    if condition != ANY:
        kept &= rows["condition_id"].isin(family(condition))
    if study != ANY:
        kept &= rows["ref_id"].eq(study)
    return rows[kept]


def study_choices(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """List the studies of these rows, those of most body sites first.

    Returns
    -------
    list of tuple of str
        Name with the number of sites, and reference.
    """
    named = {ref: source for source, ref in rows[["source", "ref_id"]].itertuples(index=False)}
    counts = rows.groupby("ref_id", sort=False)["body_site_id"].nunique()
    order = sorted(counts.index, key=lambda ref: (-counts[ref], named[ref]))
    return [(f"{named[ref]} ({_sites(counts[ref])})", ref) for ref in order]


def _sites(n: int) -> str:
    return "1 site" if n == 1 else f"{n} sites"


def one_study(rows: pd.DataFrame) -> bool:
    """Tell whether all figures are of the same people, so that regions may be compared."""
    columns = (rows[name] for name in ("ref_id", "people", "denominator"))
    return len(set(zip(*columns, strict=True))) == 1


def sites_shown(rows: pd.DataFrame) -> list[Site]:
    """Gather the figures of each site that has a place on the outline, and number the sites.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows shown, from head to foot.

    Returns
    -------
    list of Site
        From head to foot.
    """
    placed = rows[rows["region"].notna()]
    percents = placed["percent"].groupby(placed["body_site_id"], sort=False).agg(list)
    return [
        Site(str(site), number, min(some), max(some))
        for number, (site, some) in enumerate(percents.items(), start=1)
        if some
    ]


def forest_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay the rows out for a forest chart, under one numbered heading per site.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows shown.

    Returns
    -------
    pandas.DataFrame
        What `forest_figure.forest` takes.
    """
    numbers = {site.id: site.number for site in sites_shown(rows)}
    heads = [
        f"{numbers[site]} {name}" if site in numbers else f"{name} (not on the outline)"
        for site, name in zip(rows["body_site_id"], rows["site"], strict=True)
    ]
    alone = one_study(rows)
    marks = shared_marks(rows)
    who = rows["source"] + ": " + rows["people"]
    return rows.assign(
        group="" if alone else heads,
        label=heads if alone else who.where(marks.eq(""), who + " [" + marks + "]"),
        count=rows["count"].fillna("total not shown"),
        kind="",
    )
