"""The outline of the body: each drawn site is one sound region, labels never meet."""

import itertools
import math
import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

import calcinosis_data as data
from calcinosis_data.course.explorers._body_map import outline as body_outline
from calcinosis_data.course.explorers._body_map.curves import (
    Chain,
    Point,
    mirror,
    path,
    reverse,
    smooth,
)
from calcinosis_data.course.explorers._body_map.hatching import hatch
from calcinosis_data.course.explorers._body_map.labels import spread
from calcinosis_data.course.explorers._body_map.outline import HALF_WIDTH, HEIGHT, VIEWS, pointers
from calcinosis_data.course.explorers._body_map.sites import drawn_region

BODY_SITES = data.load_table("body_sites").set_index("body_site_id")
DRAWN = BODY_SITES[BODY_SITES["drawn"]]
WHOLES = {"face": "head", "spine": "trunk"}  # regions that are a part of another one
ON_MIDDLE = {"head", "face", "trunk", "scrotum", "spine"}
REGIONS = [(view, site) for view in VIEWS for site in body_outline.regions(view)]
PATCHES = [(view, site) for view in VIEWS for site in body_outline.patches(view)]


def polygon(chain: Chain, steps: int = 6) -> list[Point]:
    """Points along a chain."""
    curves = np.array(chain, dtype=float)
    t = np.linspace(0, 1, steps, endpoint=False)
    u = 1 - t
    weights = np.stack([u**3, 3 * u * u * t, 3 * u * t * t, t**3])
    return [(x, y) for x, y in np.einsum("ws,cwk->csk", weights, curves).reshape(-1, 2).tolist()]


def inside(points: Sequence[Point], chains: list[Chain]) -> NDArray[np.bool_]:
    """Whether each point is in a region, by counting the sides to its right."""
    x, y = np.array(points, dtype=float).T[:, :, np.newaxis]
    crossed = np.zeros(len(points), dtype=int)
    for chain in chains:
        x0, y0 = np.array(polygon(chain)).T
        x1, y1 = np.roll(x0, -1), np.roll(y0, -1)
        with np.errstate(divide="ignore", invalid="ignore"):
            left = x < x0 + (y - y0) / (y1 - y0) * (x1 - x0)
        crossed += (((y0 > y) != (y1 > y)) & left).sum(axis=1)
    return crossed % 2 == 1


def area(chain: Chain) -> float:
    corners = polygon(chain)
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2


@pytest.mark.parametrize("view", VIEWS)
def test_each_drawn_site_has_one_region_on_the_sides_where_it_is_seen(view: str) -> None:
    seen = DRAWN.index[DRAWN["side_view"].isin([view, "both"])]
    assert set(body_outline.regions(view)) == set(seen)


@pytest.mark.parametrize(("view", "site"), REGIONS)
def test_a_region_is_closed_symmetrical_and_within_the_picture(view: str, site: str) -> None:
    chains = body_outline.regions(view)[site]
    assert len(chains) == (1 if site in ON_MIDDLE else 2)
    for chain in chains:
        for one, after in zip(chain, [*chain[1:], chain[0]], strict=True):
            assert math.dist(one[3], after[0]) < 0.01
        assert area(chain) > 20
        for x, y in polygon(chain):
            assert abs(x) <= HALF_WIDTH
            assert -2 <= y <= HEIGHT + 1
    corners = {
        (round(x, 2) + 0.0, round(y, 2)) for chain in chains for curve in chain for x, y in curve
    }
    assert {(round(-x, 2) + 0.0, y) for x, y in corners} == corners


@pytest.mark.parametrize("view", VIEWS)
def test_no_place_belongs_to_two_regions(view: str) -> None:
    places = [
        (x + 0.13, y + 0.17) for x, y in itertools.product(range(-80, 81, 2), range(0, 404, 2))
    ]
    hits = {site: inside(places, chains) for site, chains in body_outline.regions(view).items()}
    assert all(hit.any() for hit in hits.values())
    own = {site: hit.copy() for site, hit in hits.items()}
    for part, whole in WHOLES.items():
        if part in hits:
            assert not (hits[part] & ~hits[whole]).any()
            own[whole] &= ~hits[part]
    assert np.sum(list(own.values()), axis=0).max() == 1


@pytest.mark.parametrize(("view", "site"), PATCHES)
def test_a_finer_site_lies_within_its_region(view: str, site: str) -> None:
    around = body_outline.regions(view)[drawn_region(site)]
    for chain in body_outline.patches(view)[site]:
        corners = np.array(polygon(chain))
        middle = corners.mean(axis=0)
        assert inside([*(middle + 0.94 * (corners - middle)), middle], around).all()


def test_every_site_that_a_region_shows_has_a_label_that_points_to_it() -> None:
    used = set(data.load_table("sites")["body_site_id"])
    shown = {site for site in used if drawn_region(site)} | set(DRAWN.index)
    assert shown <= set(pointers())
    for site, pointer in pointers().items():
        own = body_outline.patches(pointer.view).get(site)
        target = own or body_outline.regions(pointer.view).get(drawn_region(site) or "")
        if site in body_outline.joined():
            areas = body_outline.areas(pointer.view)
            target = [chain for area in body_outline.joined()[site] for chain in areas[area]]
        assert inside([(pointer.x, pointer.y)], target).all(), site


@pytest.mark.parametrize("view", VIEWS)
def test_labels_of_a_figure_stand_in_the_order_of_their_numbers(view: str) -> None:
    heights = [pointer.at for pointer in pointers().values() if pointer.view == view]
    assert heights == sorted(heights)


def test_sites_that_join_regions_or_have_no_place_are_not_on_the_outline() -> None:
    for site in ("hand-or-wrist", "lower-limb", "shoulder-or-upper-arm", "several-sites", "lung"):
        assert drawn_region(site) is None


def test_a_site_that_joins_areas_has_no_region_of_its_own_and_all_its_areas_are_drawn() -> None:
    for site, areas in body_outline.joined().items():
        assert drawn_region(site) is None
        assert len(areas) > 1
        assert set(areas) <= set(body_outline.areas("front"))


@pytest.mark.parametrize("view", VIEWS)
def test_hatching_stays_within_its_area(view: str) -> None:
    for site, chains in body_outline.areas(view).items():
        lines = hatch(chains, 6)
        assert lines, site
        middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in lines if math.dist(a, b) > 1]
        assert inside(middles, chains).all(), site
        for (x0, y0), (x1, y1) in lines:
            assert x0 + y0 == pytest.approx(x1 + y1)
            assert (x0 + y0) / 6 == pytest.approx(round((x0 + y0) / 6))


def test_the_areas_between_regions_overlap_none() -> None:
    places = [(x + 0.13, y + 0.17) for x, y in itertools.product(range(-80, 81), range(80, 170))]
    upper_arm = inside(places, body_outline.areas("front")["upper-arm"])
    assert upper_arm.any()
    for chains in body_outline.regions("front").values():
        assert not (inside(places, chains) & upper_arm).any()


def test_a_drawn_site_is_its_own_region() -> None:
    for site in DRAWN.index:
        assert drawn_region(site) == site


@pytest.mark.parametrize("view", VIEWS)
def test_a_path_is_what_plotly_can_draw(view: str) -> None:
    number = r"-?\d+(\.\d)?"
    part = rf"M{number},{number}( C({number},{number} ){{2}}{number},{number})+ Z"
    for chains in body_outline.regions(view).values():
        assert re.fullmatch(rf"{part}( {part})*", path(chains, dx=12.34))


def test_a_line_is_smooth_but_at_its_corners() -> None:
    points = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (20.0, 10.0)]
    for corners, bends in ((set(), 0), ({1}, 1), ({1, 2}, 2)):
        chain = smooth(points, corners)
        sharp = 0
        for one, after in itertools.pairwise(chain):
            ways = [
                math.atan2(end[1] - start[1], end[0] - start[0])
                for start, end in ((one[2], one[3]), (after[0], after[1]))
            ]
            sharp += abs(ways[0] - ways[1]) > 0.01
        assert sharp == bends


def test_a_chain_reversed_or_mirrored_twice_is_itself() -> None:
    chain = body_outline.regions("front")["hand"][0]
    assert reverse(reverse(chain)) == chain
    assert mirror(mirror(chain)) == chain


@given(st.lists(st.floats(0, 400), max_size=19).map(sorted), st.floats(5, 20))
def test_labels_keep_their_distance_and_their_order(wanted: list[float], gap: float) -> None:
    placed = spread(wanted, gap, (0, 400))
    assert len(placed) == len(wanted)
    for one, after in itertools.pairwise(placed):
        assert after - one >= gap - 1e-6
    assert all(-1e-6 <= one <= 400 + 1e-6 for one in placed)
    if all(after - one >= gap for one, after in itertools.pairwise(wanted)):
        assert placed == pytest.approx(wanted)
