"""What the tables know of each type and cause: blood values and state of the tissue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, Literal

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._opened import row_names, with_citations
from calcinosis_data.course.explorers.patterns import plain_values, values_of
from calcinosis_data.course.ui import NOT_STATED

CALCIUM: Final = "calcium"
PHOSPHATE: Final = "phosphate"
TISSUE: Final = "tissue"
BLOOD: Final = (CALCIUM, PHOSPHATE)

_NO_TYPE = "listed"  # one reference lists the type, but none is established: says no tissue

Level = Literal["types", "causes"]
Cell = Mapping[Any, Any]


def measured_values() -> list[str]:
    """Directions that a blood value can be found to have, from low to high.

    Examples
    --------
    >>> measured_values()
    ['low', 'normal', 'high']
    """
    return list(_measured())


@cache
def _measured() -> tuple[str, ...]:
    return tuple(plain_values(data.load_table("labs")["direction"].cat.categories))


def known_patterns(level: Level, analytes: tuple[str, ...] = BLOOD) -> pd.DataFrame:
    """Gather what is known of each type or cause.

    Parameters
    ----------
    level : {"types", "causes"}
        The table whose rows are wanted.
    analytes : tuple of str, default calcium and phosphate
        The blood values that are wanted.

    Returns
    -------
    pandas.DataFrame
        One row per condition that is a type (a cause): `name`, sets of values under each
        analyte and under `tissue`, `unsourced` (the analytes whose direction has no source),
        `sourced` (there are none of these), `note`, `sources` and `refs`.

    Examples
    --------
    >>> frame = known_patterns("types").set_index("name")
    >>> sorted(frame.loc["Dystrophic calcinosis", "calcium"])
    ['normal']
    """
    return _known(level, analytes).copy(deep=False)  # pandas copies on write


@cache
def _known(level: Level, analytes: tuple[str, ...]) -> pd.DataFrame:
    tissues, cells = _tissue_states(level), _cells()
    return pd.DataFrame(
        [
            _entry(name, tissues[one], {a: cells.get((condition, a), {}) for a in analytes})
            for one, condition, name in _entries(level)
        ]
    )


@cache
def _cells() -> dict[tuple[str, str], Cell]:
    """Every laboratory row by its condition and analyte, its note with citations."""
    labs = data.load_table("labs").assign(note=lambda rows: with_citations(rows["note"]))
    return {(row["condition_id"], row["analyte_id"]): row for row in labs.to_dict("records")}


@cache
def _entries(level: Level) -> list[tuple[str, str, str]]:
    """Id, condition and name of each type or cause; the name tells the form that was measured."""
    key = {"types": "type_id", "causes": "cause_id"}[level]
    conditions = data.load_table("conditions")[["condition_id", key]]
    entries = data.load_table(level)[[key, "name"]].merge(conditions, on=key, how="left")
    forms = data.load_table("labs").dropna(subset="form").groupby("condition_id")["form"].first()
    return [
        (one, condition, f"{name} ({forms[condition]})" if condition in forms else name)
        for one, name, condition in entries.itertuples(index=False)
    ]


def _entry(name: str, tissue: frozenset[str], cells: Mapping[str, Cell]) -> dict[str, object]:
    unsourced = frozenset(a for a, cell in cells.items() if not cell.get("sourced", True))
    return {
        "name": name,
        **{analyte: values_of(cell.get("direction")) for analyte, cell in cells.items()},
        TISSUE: tissue,
        "unsourced": unsourced,
        "sourced": not unsourced,
        "note": _told(cells, "note"),
        "sources": _told(cells, "ref_id", _citation),
        "refs": tuple(c["ref_id"] for c in cells.values() if isinstance(c.get("ref_id"), str)),
    }


@cache
def _tissue_states(level: Level) -> dict[str, frozenset[str]]:
    """State of the tissue by type, or by cause all states of the types it leads to."""
    types = data.load_table("types").set_index("type_id")[TISSUE].astype("object")
    states = types.where(types.notna(), NOT_STATED)
    if level == "types":
        return {str(one): frozenset({state}) for one, state in states.items()}
    links = data.load_table("cause_types")
    links = links[links["qualifier"] != _NO_TYPE]
    by_cause = links["type_id"].map(states).groupby(links["cause_id"].astype("str")).agg(frozenset)
    unlinked = frozenset({NOT_STATED})
    causes = data.load_table("causes")["cause_id"]
    return {cause: by_cause.get(cause, unlinked) for cause in causes}


def _citation(ref_id: object) -> str:
    return data.cite(str(ref_id)) if isinstance(ref_id, str) else "no source found"


def _told(cells: Mapping[str, Cell], field: str, say: Callable[[object], str] | None = None) -> str:
    """Put what the cells say into one text, each part under its analyte."""
    names = row_names("analytes")
    parts = []
    for analyte, cell in cells.items():
        value = cell.get(field)
        said = say(value) if say and cell else value
        if isinstance(said, str):
            parts.append(f"{names[analyte]}: {said}")
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts)
