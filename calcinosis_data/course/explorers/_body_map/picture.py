"""The two figures of the body outline as shapes of a chart, shaded where deposits were counted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from calcinosis_data.course.explorers._body_map import outline as body_outline
from calcinosis_data.course.explorers._body_map.curves import Chain, path, smooth
from calcinosis_data.course.explorers._body_map.hatching import hatch
from calcinosis_data.course.explorers._body_map.outline import CENTRE, VIEWS, View
from calcinosis_data.course.explorers._body_map.sites import Site, drawn_region, wider_sites
from calcinosis_data.course.explorers._opened import row_names
from calcinosis_data.course.ui import theme

STEPS: Final = (20, 40, 60, 80)
"""Percents at which the shade grows stronger."""
SHADES: Final = tuple(f"rgba(0,114,178,{share})" for share in (0.2, 0.38, 0.56, 0.75, 0.94))
FLAT: Final = "rgba(0,114,178,0.38)"
"""Says only that there is a figure."""
CLEAR: Final = "rgba(0,0,0,0)"

Shape = dict[str, Any]
HATCH: Final = {"color": theme.BLUE, "width": 1.1}
"""Lines that say: counted only together with what lies beside it."""
HATCH_GAP: Final = 6.0
# Share of the line's grey that is seen, and its width.
_DETAIL, _SEAM, _EDGE = (0.5, 0.8), (0.8, 0.9), (1.0, 1.6)


def shade(percent: float) -> str:
    """Give the colour of a percent.

    Examples
    --------
    >>> shade(5) == shade(19.9), shade(20) == shade(19.9)
    (True, False)
    """
    return SHADES[sum(percent >= step for step in STEPS)]


def picture(sites: Sequence[Site], shaded: bool) -> list[Shape]:
    """Draw front and back.

    Parameters
    ----------
    sites : sequence of Site
        Sites with a figure, of `site_rows.sites_shown`.
    shaded : bool
        Whether shades say the percent, or only that there is a figure.

    Returns
    -------
    list of dict
        Shapes. One that fills a site has its name.
    """
    fills = {site.id: shade(site.high) if shaded else FLAT for site in sites}
    areas = hatched(sites)
    return [shape for view in VIEWS for shape in (*_figure(view, fills), *_hatching(view, areas))]


def hatched(sites: Sequence[Site]) -> tuple[str, ...]:
    """List the areas that have a figure only together with what lies beside them.

    Examples
    --------
    >>> hatched([Site("hand-or-wrist", 1, 14.0, "14%"), Site("hand", 2, 26.0, "26%")])
    ('wrist',)
    """
    own = {drawn_region(one.id) for one in sites}
    areas = [area for one in sites for area in body_outline.joined().get(one.id, ())]
    return tuple(dict.fromkeys(area for area in areas if area not in own))


def _figure(view: View, fills: dict[str, str]) -> list[Shape]:
    patches = body_outline.patches(view)
    # A site that has no patch of its own is shown by the region that it is in.
    shown_by = {drawn_region(site): fill for site, fill in fills.items() if site not in patches}
    colours = shown_by | fills
    drawn = [*body_outline.regions(view), *(site for site in patches if site in fills)]
    filled = [site for site in drawn if site in colours]
    shapes = [
        {
            "type": "path",
            "name": str(row_names("body_sites")[site]),
            "path": _outline_of(view, site, _parts_of(site, filled)),
            "fillcolor": colours.get(site, CLEAR),
            "fillrule": "evenodd",
            "line": {"width": 0.8 if site in patches else 0, "color": theme.BLUE},
        }
        for site in drawn
    ]
    return [*shapes, *_lines(view)]


def _parts_of(site: str, filled: Sequence[str]) -> tuple[str, ...]:
    """Find the finer sites with a shade of their own of which this is the next wider one."""
    return tuple(
        one
        for one in filled
        if next((wider for wider in wider_sites(one) if wider in filled), None) == site
    )


@cache
def _outline_of(view: View, site: str, parts: tuple[str, ...]) -> str:
    """Draw round a site and round its parts: holes, so that no shade lies over another."""
    known = body_outline.regions(view) | body_outline.patches(view)
    chains = [chain for one in (site, *parts) for chain in known[one]]
    return path(chains, dx=CENTRE[view])


@cache
def _lines(view: View) -> tuple[Shape, ...]:
    looks = (
        (body_outline.details(view), _DETAIL),
        (body_outline.seams(view), _SEAM),
        (body_outline.edges(view), _EDGE),
    )
    return tuple(
        {
            "type": "path",
            "path": path(chains, dx=CENTRE[view], closed=False),
            "line": {"color": f"rgba(128,128,128,{seen})", "width": width},
            "fillcolor": CLEAR,
        }
        for chains, (seen, width) in looks
    )


@cache
def _hatching(view: View, areas: tuple[str, ...]) -> tuple[Shape, ...]:
    known = body_outline.areas(view)
    lines = [line for area in areas for line in _lines_in(known.get(area, []))]
    return (hatch_shape(lines, CENTRE[view]),) if lines else ()


def _lines_in(chains: Sequence[Chain]) -> list[Chain]:
    return [smooth(line) for line in hatch(chains, HATCH_GAP)] if chains else []


def hatch_shape(lines: Sequence[Chain], dx: float) -> Shape:
    """Draw slanted lines as one shape."""
    drawn = path(lines, dx=dx, closed=False)
    return {"type": "path", "path": drawn, "line": HATCH, "fillcolor": CLEAR}
