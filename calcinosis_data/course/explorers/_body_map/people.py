"""Who was counted at a body site: everyone with a disease, or only people with calcinosis.

The table says it in the words for the people studied, and where these are silent in the title of
the publication or in `prevalence`: the 16 of fredi2015 are those of 74 who had calcinosis, the 10
of jddsle2022 are those of 148 flagged records that were lupus with calcinosis.
"""

from __future__ import annotations

import re
from typing import Final

CALCINOSIS: Final = "calcinosis"
EVERYONE: Final = "everyone"

PEOPLE: Final[dict[str, tuple[str, str]]] = {
    "SLE": (CALCINOSIS, "people with systemic lupus erythematosus and calcinosis"),
    "SSc overall": (EVERYONE, "people with systemic sclerosis"),
    "SSc with calcinosis": (CALCINOSIS, "people with systemic sclerosis and calcinosis"),
    "SSc with radiographic calcinosis": (
        CALCINOSIS,
        "people with systemic sclerosis and calcinosis on X-ray",
    ),
    "early SSc with hand calcinosis": (
        CALCINOSIS,
        "people with early systemic sclerosis and calcinosis of the hand",
    ),
    "haemodialysis patients (screened)": (EVERYONE, "people on haemodialysis, all screened"),
    "iatrogenic (newborn calcium gluconate)": (
        CALCINOSIS,
        "newborns with calcinosis after calcium gluconate",
    ),
    "idiopathic": (CALCINOSIS, "people with idiopathic calcinosis"),
    "metastatic": (EVERYONE, "people with chronic kidney failure"),
    "poly/dermatomyositis incl. overlap": (
        CALCINOSIS,
        "people with poly- or dermatomyositis, overlap included, and calcinosis",
    ),
    "tumoral": (CALCINOSIS, "people with tumoral calcinosis"),
    "tumoral calcinosis with metabolic disorder": (
        CALCINOSIS,
        "people with tumoral calcinosis and a metabolic disorder",
    ),
    "calciphylaxis": (EVERYONE, "people with calciphylaxis"),
}
"""Who was counted, and who was studied in plain words, by `population` of `sites`."""

_SHORT_FORMS: Final = {
    "SSc": "systemic sclerosis",
    "DM": "dermatomyositis",
    "JDM": "juvenile dermatomyositis",
}
_SHORT_FORM: Final = re.compile("|".join(rf"\b{re.escape(one)}\b" for one in _SHORT_FORMS))


def people_words(population: str) -> str:
    """Say who was studied.

    Examples
    --------
    >>> people_words("SSc overall"), people_words("adult DM")
    ('people with systemic sclerosis', 'adult dermatomyositis')
    """
    if population in PEOPLE:
        return PEOPLE[population][1]
    return _SHORT_FORM.sub(lambda hit: _SHORT_FORMS[hit[0]], population)


def share_of(denominator: str, population: str) -> str:
    """Say what a percent is a share of, patients told apart by who was counted.

    Examples
    --------
    >>> share_of("patients", "SSc overall"), share_of("deposits", "SSc with calcinosis")
    ('everyone', 'deposits')
    """
    if denominator != "patients" or population not in PEOPLE:
        return denominator
    return PEOPLE[population][0]
