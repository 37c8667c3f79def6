"""Which causes fit what was found in the blood."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Final

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course import ui
from calcinosis_data.course.explorers._lab_matcher.cells import (
    MOST_COLUMNS,
    STAR,
    lab_matrix,
    short_direction,
)
from calcinosis_data.course.explorers._lab_matcher.ranking import (
    ANALYTES,
    by_blood_values,
    chosen,
    offered_values,
    ranked,
)
from calcinosis_data.course.explorers._lab_matcher.words import (
    caption,
    chart_name,
    finding,
    heading,
)
from calcinosis_data.course.explorers._opened import row_names
from calcinosis_data.course.explorers._words import listing, lower_first, sentence
from calcinosis_data.course.explorers.filters import ANY
from calcinosis_data.course.explorers.known import CALCIUM, Level, known_patterns, measured_values
from calcinosis_data.course.explorers.patterns import agreement

_LONGEST_HEAD: Final = 10


def lab_matcher(  # noqa: PLR0913 (one argument per blood value)
    calcium: str = ANY,
    phosphate: str = ANY,
    *,
    pth: str = ANY,
    creatinine: str = ANY,
    alkaline_phosphatase: str = ANY,
    vitamin_d: str = ANY,
    active_vitamin_d: str = ANY,
    fgf23: str = ANY,
    level: Level = "causes",
) -> ui.Panel:
    """Rank the causes (or types) by how well they fit the values found in the blood.

    Parameters
    ----------
    calcium, phosphate, pth, creatinine, alkaline_phosphatase : str, default "any"
        Value found: "low", "normal" or "high", where at least one condition has it.
    vitamin_d, active_vitamin_d, fgf23 : str, default "any"
        The same for 25-hydroxyvitamin D, 1,25-dihydroxyvitamin D and fibroblast growth factor 23.
    level : {"causes", "types"}, default "causes"
        Whether causes or types are ranked.

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
    >>> lab_matcher(calcium="high", phosphate="low").view.finding
    'High calcium with low phosphate: 1 of 16 causes fits both values, hyperparathyroidism \
(primary); 5 are left open and 10 do not fit.'
    """
    presets = {
        "calcium": calcium,
        "phosphate": phosphate,
        "pth": pth,
        "creatinine": creatinine,
        "alkaline-phosphatase": alkaline_phosphatase,
        "25oh-vitamin-d": vitamin_d,
        "1-25oh-vitamin-d": active_vitamin_d,
        "fgf23": fgf23,
    }
    controls = {
        analyte: ui.choice(_titles()[analyte], [ANY, *values], presets[analyte])
        for analyte, values in offered_values().items()
    }
    controls["level"] = ui.choice("Show", ["causes", "types"], level)
    return ui.panel("Which causes fit a blood pattern?", controls, view, name="lab-matcher")


def view(level: Level, **values: str) -> ui.View:
    """Make what the panel shows for one state of its filters."""
    found = chosen(values)
    columns = tuple(found) or ANALYTES[:MOST_COLUMNS]
    names = {one: str(row_names("analytes")[one]) for one in columns}
    frame = _in_order(known_patterns(level, columns), found)
    heads = {one: _heads()[one] for one in columns[:MOST_COLUMNS]}
    return ui.View(
        finding=finding(frame, found, names, level),
        table=_table(frame, found, columns, level),
        caption=caption(found, names, level),
        figure=lab_matrix(frame, heads, found),
        chart_name=chart_name(frame, found, heads.values()),
        ref_ids=tuple(dict.fromkeys(ref for refs in frame["refs"] for ref in refs)),
        notes=tuple(_notes(frame, found, level)),
    )


def _in_order(frame: pd.DataFrame, found: Mapping[str, str]) -> pd.DataFrame:
    """Order the rows and give each the text and the heading that the chart shows."""
    if not found:
        frame = by_blood_values(frame)
        calcium = [short_direction(one, measured_values(), " or ") for one in frame[CALCIUM]]
        return frame.assign(label=frame["name"], group=[f"Calcium {one}" for one in calcium])
    frame = ranked(frame, found)
    frame["known"] = [f"{n} of {len(found)}" for n in frame["n_fits"] + frame["n_clashes"]]
    frame["label"] = (
        frame["name"] + ", " + frame["known"].str.replace(" ", "\u00a0") + "\u00a0known"
    )
    fates = zip(frame["fit"], frame["n_clashes"], strict=True)
    frame["group"] = [heading(fit, clashes, len(found)) for fit, clashes in fates]
    return frame


@cache
def _heads() -> dict[str, str]:
    """Name of each analyte, or its abbreviation where a word has no room over a column."""
    analytes = data.load_table("analytes")[["analyte_id", "name", "short_name"]]
    return {
        str(one): str(short if max(map(len, name.split())) > _LONGEST_HEAD else name)
        for one, name, short in zip(*(analytes[column] for column in analytes), strict=True)
    }


@cache
def _titles() -> dict[str, str]:
    """Name of each analyte, with the abbreviation that stands over its column if it is short."""
    names = row_names("analytes")
    return {
        one: f"{names[one]} ({head})"
        if head != names[one] and len(head) < _LONGEST_HEAD
        else str(names[one])
        for one, head in _heads().items()
    }


def _table(
    frame: pd.DataFrame, found: Mapping[str, str], analytes: Collection[str], level: Level
) -> pd.DataFrame:
    columns = {"Cause" if level == "causes" else "Type": frame["name"]}
    if found:
        columns |= {"Does it fit?": frame["fit"], "Values known": frame["known"]}
    rows = frame.to_dict("records")
    for analyte in analytes:
        said = [
            _cell(row[analyte], found.get(analyte, ANY), starred=analyte in row["unsourced"])
            for row in rows
        ]
        columns[_titles()[analyte]] = pd.Series(said, index=frame.index)
    columns |= {"Source": frame["sources"], "Note": frame["note"]}
    return pd.DataFrame(columns)


def _cell(known: frozenset[str], value: str, *, starred: bool) -> str:
    said = short_direction(known, measured_values(), " or ") + STAR * starred
    return said if value == ANY else f"{said}: {agreement(known, value)}"


def _notes(frame: pd.DataFrame, found: Mapping[str, str], level: Level) -> list[str]:
    bracketed = frame["name"].str.contains("(", regex=False).any()
    form = ", of the form in brackets where one is named" if bracketed else ""
    star = f"A star ({STAR}): general textbook knowledge, no source was found."
    usual = (
        f"Each value is the usual one{form}. In one person it can differ, so a value that does not "
        "fit rules nothing out."
    )
    return [
        _order(found, level) if found else _further_tests(),
        *(() if frame["sourced"].all() else (star,)),
        usual,
        "A teaching aid, not a diagnostic tool.",
    ]


def _order(found: Mapping[str, str], level: Level) -> str:
    said = [
        "Order: fewest values that do not fit, then most that fit. Known: how many of the values "
        f"chosen are known for this {level.removesuffix('s')}; one that varies or is not stated is "
        "left open."
    ]
    if len(found) > MOST_COLUMNS:
        said.append(
            f"The chart has room for {MOST_COLUMNS} of the {len(found)} values; all of them "
            "count in the order, and the table has them all."
        )
    return " ".join([*said, *_not_spelt_out(list(found)[:MOST_COLUMNS])])


def _not_spelt_out(drawn: Collection[str]) -> list[str]:
    """Explain the heads of columns that are too long to stand in a filter too."""
    names, heads = row_names("analytes"), _heads()
    return [f"{heads[one]} is {names[one]}." for one in drawn if heads[one] not in _titles()[one]]


@cache
def _further_tests() -> str:
    """Say which blood values the chart begins without, and which cannot be chosen at all."""
    names = row_names("analytes")
    later = [lower_first(names[one]) for one in ANALYTES[MOST_COLUMNS:] if one in offered_values()]
    never = [lower_first(names[one]) for one in ANALYTES if one not in offered_values()]
    columns = f"{listing(later)} get a column once you choose a value for them"
    return (
        f"{sentence(columns)} {sentence(listing(never))[:-1]} are left out, because they do not "
        "tell the causes apart."
    )
