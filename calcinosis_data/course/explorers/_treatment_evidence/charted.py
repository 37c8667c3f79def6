"""What the charts of known treatments draw: a mark for each of them, or their numbers."""

from __future__ import annotations

from typing import Final

import pandas as pd

from calcinosis_data.course.explorers._treatment_evidence.treatments import (
    ARTICLE_GAP,
    ARTICLE_LIST,
    DIRECTIONS,
    NOT_STUDIED,
)

KINDS: Final = {
    "benefit reported": "benefit or prevention reported",
    "prevention reported": "benefit or prevention reported",
    "harm possible": "harm possible",
    "no clear benefit": "no clear benefit",
    "mixed": "mixed or unclear",
    "unclear": "mixed or unclear",
    NOT_STUDIED: "no study in calcinosis",
}
"""What colour and shape of a mark say, by `direction`."""

HOLLOW: Final = KINDS[NOT_STUDIED]

HEADS: Final = {
    "level 1": "Level 1 (most sure)",
    "level 2": "Level 2",
    "level 3": "Level 3",
    "level 4": "Level 4",
    "level 5": "Level 5 (least sure)",
    "no level": "No level",
}
"""Heads of the columns, by level in words."""

SHORT_TARGETS: Final = {
    "calcinosis": "calcinosis",
    "calciphylaxis": "calciphylaxis",
    "tumoral calcinosis": "tumoral",
    "symptoms": "symptoms",
    "other disease": "other disease",
}
"""What the evidence is about, by `target`, short enough for the words under a mark."""

AIM_ONLY: Final = "aim only"

_SURE, _UNSURE, _NO_LEVEL = "level 1 or 2 (more sure)", "level 3 to 5 (less sure)", "no level"
PARTS: Final = (_SURE, _UNSURE, _NO_LEVEL, HOLLOW)
"""Parts of a bar, from the most certain."""

_PART_OF: Final = {
    level: _NO_LEVEL
    if level == "no level"
    else _SURE
    if level in ("level 1", "level 2")
    else _UNSURE
    for level in HEADS
}
_HARM: Final = "Harm possible (level: how sure)"


def matrix_cells(rows: pd.DataFrame, *, by_article: bool) -> pd.DataFrame:
    """Choose what the matrix draws: level, direction and target of each treatment.

    The column of a mark gives the level, its kind the direction and its text the target. The
    direction stands in the heading too, or after the name where the headings tell the
    article's list.

    Parameters
    ----------
    rows : pandas.DataFrame
        Treatments in drawing order.
    by_article : bool
        Whether the headings tell the article's list from what it omits, and not the directions.

    Returns
    -------
    pandas.DataFrame
        One mark per treatment.
    """
    direction = rows["direction"].astype("str")
    listed = rows["in_source"].map({True: ARTICLE_LIST, False: ARTICLE_GAP})
    headings = direction.map(lambda one: _HARM if one == "harm possible" else one.capitalize())
    texts = rows["target"].astype("object").map(SHORT_TARGETS)
    return pd.DataFrame(
        {
            "name": rows["name"],
            "label": rows["label"] + ": " + direction if by_article else rows["name"],
            "group": listed if by_article else headings,
            "column": rows["level"].map(HEADS),
            "kind": direction.map(KINDS),
            "text": texts.where(~rows["aim_only"], AIM_ONLY),
        }
    )


def count_by_direction(rows: pd.DataFrame) -> pd.DataFrame:
    """Count the treatments of each direction by how sure it is.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `known_treatments`.

    Returns
    -------
    pandas.DataFrame
        Columns `group` (the direction), `part` (one of `PARTS`) and `n`: one row for each
        part of a direction that some treatment has. The sum is the number of treatments.
    """
    direction = rows["direction"].astype("str")
    part = rows["level"].map(_PART_OF).where(direction.ne(NOT_STUDIED), HOLLOW)
    n = rows.groupby([direction, part]).size().to_dict()
    present = [one for one in DIRECTIONS if direction.eq(one).any()]
    counts = [
        (one.capitalize(), part, int(n.get((one, part), 0))) for one in present for part in PARTS
    ]
    return pd.DataFrame(counts, columns=["group", "part", "n"])
