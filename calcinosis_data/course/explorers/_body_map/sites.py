"""The figures of `sites` in words, chosen by filters and put in order from head to foot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._body_map.outline import joined, pointers
from calcinosis_data.course.explorers._body_map.people import (
    CALCINOSIS,
    EVERYONE,
    people_words,
    share_of,
)
from calcinosis_data.course.explorers._opened import row_names, with_citations
from calcinosis_data.course.explorers.families import family
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.study_rows import (
    distinct_names,
    range_words,
    shared_marks,
    shared_patients,
    study_columns,
)
from calcinosis_data.course.explorers.study_words import only_looked_at, rounded, study_names

COUNTED: Final = (CALCINOSIS, EVERYONE, "deposits", "unclear")
"""What a percent may be a share of. Patients chosen because of the site are no option."""


@dataclass(frozen=True)
class Site:
    """A site with a place on the outline: its number there, its greatest percent, its figures."""

    id: str
    number: int
    high: float
    told: str

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
        (names), `counted` (what the percent is a share of), `people` (who was studied), `limit`
        (what alone was looked at), `region` (the drawn site that shows it, missing for a site
        with no region of its own), `placed` (whether the outline shows it), `place` (order from
        head to foot), `shared`. Percents are rounded as `study_words` says.

    Examples
    --------
    >>> rows = site_rows().set_index("site_id")
    >>> rows.loc["fingertip-umdnj17", "region"]
    'hand'
    """
    rows = rounded(study_columns(data.load_table("sites")))
    order = {site: place for place, site in enumerate(pointers())}
    sites = rows["body_site_id"].astype("object")
    rows = rows.assign(
        site=rows["body_site_id"].map(row_names("body_sites")).astype("str"),
        disease=rows["condition_id"].map(row_names("conditions")).astype("str"),
        people=[people_words(one) for one in rows["population"]],
        counted=[
            share_of(*one) for one in zip(rows["denominator"], rows["population"], strict=True)
        ],
        limit=only_looked_at(rows["ref_id"]),
        region=pd.Series([drawn_region(one) for one in sites], index=rows.index, dtype="str"),
        placed=[drawn_region(one) is not None or one in joined() for one in sites],
        place=[order.get(one, len(order)) for one in sites],
        shared=shared_patients(rows, rows, "site_id"),
        note=with_citations(rows["note"]),
    )
    started = rows["site"] + " (" + rows["source"] + ")"
    rows["name"] = distinct_names(started, rows["people"], rows["counted"])
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
    fit = rows["chart"] & rows["percent"].notna() & rows["counted"].isin(COUNTED)
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
        One of `COUNTED`. There is no "any": shares of everyone with a disease, of people with
        calcinosis and of deposits do not compare.
    study : str
        Reference of one study, or "any".

    Returns
    -------
    pandas.DataFrame
        The rows kept: of one study the most frequent site first, else from head to foot.
    """
    kept = rows["counted"].eq(counted)
    if condition != ANY:
        kept &= rows["condition_id"].isin(family(condition))
    if study != ANY:
        kept &= rows["ref_id"].eq(study)
    found = rows[kept]
    if not one_study(found):
        return found
    return found.sort_values("percent", ascending=False, kind="stable")


def one_study(rows: pd.DataFrame) -> bool:
    """Tell whether all figures are of the same people, so that regions may be compared."""
    columns = (rows[name] for name in ("ref_id", "people", "counted"))
    return len(set(zip(*columns, strict=True))) == 1


def sites_shown(rows: pd.DataFrame) -> list[Site]:
    """Gather the figures of each site that has a place on the outline, and number the sites.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows shown.

    Returns
    -------
    list of Site
        In the order of the rows.
    """
    placed = rows[rows["placed"]]
    sites = placed.assign(body_site_id=placed["body_site_id"].astype("object")).groupby(
        "body_site_id", sort=False
    )
    return [
        Site(str(site), number, float(some["percent"].max()), _told(some))
        for number, (site, some) in enumerate(sites, start=1)
    ]


def _told(rows: pd.DataFrame) -> str:
    """Say the figures of one site beside the outline."""
    if len(rows) > 1:
        return f"{range_words(rows['percent'])}, {len(rows)} figures"
    percent, count, limit = rows.iloc[0][["percent_text", "count", "limit"]]
    told = percent if pd.isna(count) else f"{percent}, {count}"
    return f"{told} (rest not examined)" if limit else str(told)


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
    who = pd.Series(study_names(rows["people"], rows["ref_id"]), index=rows.index, dtype="str")
    who = who.where(rows["limit"].eq(""), who + ", " + rows["limit"])
    return rows.assign(
        group="" if alone else heads,
        label=heads if alone else who.where(marks.eq(""), who + " [" + marks + "]"),
        count=rows["count"].fillna("total not shown"),
        kind="",
    )
