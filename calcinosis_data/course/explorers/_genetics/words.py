"""What the explorer of genes and diseases says: finding, caption, name of the chart, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pandas as pd

import calcinosis_data as data
from calcinosis_data.course.explorers._genetics.genes import TISSUES, gene_named
from calcinosis_data.course.explorers._words import listing, sentence
from calcinosis_data.course.explorers.charts.bars import NARROW_PARTS, has_narrow_parts
from calcinosis_data.course.explorers.filters import ANY

MOST_BARS = 12
_MOST_NAMED, _LONGEST_NAMES = 2, 90


@dataclass(frozen=True)
class Bars:
    """What the bars of the chart stand for.

    Parameters
    ----------
    column : str
        The column whose values are the groups.
    each : str
        What one bar is.
    several : str
        The same for several bars.
    counted : str
        What a bar counts.
    """

    column: str
    each: str
    several: str
    counted: str


BY_TISSUE = Bars("tissue", "tissue", "tissues", "times recorded")
BY_TERM = Bars("term", "kind of calcification", "kinds", "diseases")
BY_DISEASE = Bars("disease", "disease", "diseases", "kinds of calcification")


@dataclass(frozen=True)
class Asked:
    """What is asked of the pairs: the value of each filter; the label and tissue of the term."""

    group: str
    term: str
    frequency: str
    search: str
    label: str = ""
    home: str = ""

    @property
    def gene(self) -> str:
        """The gene that is searched for, if it is the symbol of one."""
        return gene_named(self.search)

    @property
    def subject(self) -> str:
        """The finding that is looked for: the term, or calcification in some tissue."""
        if self.term != ANY:
            return self.label
        return "calcification" if self.group == ANY else f"calcification {in_tissue(self.group)}"

    @property
    def recorded(self) -> str:
        """How often the finding has to be, in words."""
        return "" if self.frequency == ANY else f" recorded as {self.frequency.lower()}"

    @property
    def query(self) -> str:
        """The words searched for, without outer and double blanks."""
        return " ".join(self.search.split())


def bars_for(pairs: pd.DataFrame, asked: Asked) -> Bars:
    """Choose bars that answer: a few diseases found, the terms of a tissue, or all tissues."""
    if asked.query and pairs["disease_id"].nunique() <= MOST_BARS:
        return BY_DISEASE
    return BY_TISSUE if asked.group == asked.term == ANY and not asked.query else BY_TERM


def in_tissue(group: str) -> str:
    """Say where a group of terms is.

    Examples
    --------
    >>> in_tissue("kidney"), in_tissue("intracranial")
    ('in the kidney', 'inside the skull')
    """
    said = TISSUES[group].lower()
    if group == "kidney":
        return "in the kidney"
    return said if said.startswith("in") else f"in {said}"


def finding(pairs: pd.DataFrame, asked: Asked) -> str:
    """Say how many diseases were found, where most, and how many have a linked gene.

    Parameters
    ----------
    pairs : pandas.DataFrame
        The pairs of disease and term that pass the filters.
    asked : Asked
        The value of each filter.

    Returns
    -------
    str
        The finding.
    """
    if pairs.empty:
        return _nothing(asked)
    said = _searched(pairs, asked) if asked.query else _recorded(pairs, asked)
    return sentence(said if asked.gene else f"{said}; {_linked(pairs)}")


def _nothing(asked: Asked) -> str:
    if asked.home and asked.group not in (ANY, asked.home):
        tissue = TISSUES[asked.home]
        return f"{asked.label} belongs to “{tissue}”. Set the tissue or the kind back to “{ANY}”."
    who = f"disease linked to the gene {asked.gene}" if asked.gene else "disease"
    matching = "" if asked.gene or not asked.query else f" matches “{asked.query}” and"
    filtered = {asked.group, asked.term, asked.frequency} != {ANY}
    steps = [f"set a filter back to “{ANY}”"] * filtered
    steps += ["clear the search"] * bool(asked.query)
    start = f"No {who} in this list{matching} has {asked.subject}{asked.recorded}"
    return f"{sentence(start)} {sentence(listing(steps, 'or'))}"


def _recorded(pairs: pd.DataFrame, asked: Asked) -> str:
    """Say for how many diseases the finding is recorded, and where or as what most often."""
    often = asked.recorded.removeprefix(" recorded")
    bars = bars_for(pairs, asked)
    times = bars is BY_TISSUE and len(pairs) > pairs["disease_id"].nunique()
    many = f" {len(pairs)} times" if times else ""
    start = f"{asked.subject} is recorded{often}{many} for {_diseases(pairs)}"
    sizes = pairs.groupby(bars.column, sort=True).size()
    most = sizes.index[sizes == sizes.max()]
    if len(sizes) == 1:
        return start
    if len(most) > _MOST_NAMED:
        return f"{start} ({len(sizes)} different {bars.several})"
    names = listing([_phrase(one, bars) for one in most])
    words = [f"{sizes.max()}", *["times"] * times, *["each"] * (len(most) > 1)]
    return f"{start}, most often {names} ({' '.join(words)})"


def _phrase(name: str, bars: Bars) -> str:
    if bars is not BY_TISSUE:
        return f"as “{name}”"
    return next(in_tissue(group) for group, said in TISSUES.items() if said == name)


def _searched(pairs: pd.DataFrame, asked: Asked) -> str:
    """Say which diseases a gene is linked to, or how many match the words."""
    one = pairs["disease_id"].nunique() == 1
    terms = pairs["term"].nunique()
    what = f"{asked.subject}{asked.recorded}"
    many = f" ({terms} different kinds)" if terms > 1 else ""
    if asked.gene:
        start = f"the gene {asked.gene} is linked to {_diseases(pairs)} with {what}{many}"
    else:
        match, have = ("matches", "has") if one else ("match", "have")
        start = f"{_diseases(pairs)} {match} “{asked.query}” and {have} {what}{many}"
    names = listing(list(dict.fromkeys(pairs["disease"])))
    few = pairs["disease_id"].nunique() <= _MOST_NAMED and len(names) <= _LONGEST_NAMES
    return f"{start}: {names}" if few else start


def _diseases(pairs: pd.DataFrame) -> str:
    n = pairs["disease_id"].nunique()
    return "1 disease" if n == 1 else f"{n} diseases"


def _linked(pairs: pd.DataFrame) -> str:
    """Say how many of the diseases have a gene, and how many genes these are."""
    genes = sorted({gene for some in pairs["symbols"] for gene in some})
    total = pairs["disease_id"].nunique()
    n = pairs.loc[pairs["symbols"].map(len) > 0, "disease_id"].nunique()
    if not genes:
        return "no gene is linked to it" if total == 1 else "no gene is linked to them"
    if total == 1:
        return (
            f"its gene is {genes[0]}" if len(genes) == 1 else f"{len(genes)} genes are linked to it"
        )
    in_all = "1 gene" if len(genes) == 1 else f"{len(genes)} genes"
    some = (
        "all of the diseases have"
        if n == total
        else f"{n} of the diseases {'has' if n == 1 else 'have'}"
    )
    return f"{some} a linked gene ({in_all} in all)"


def caption(pairs: pd.DataFrame, asked: Asked) -> str:
    """Name the table: pairs of disease and term, and by what they were chosen."""
    found = f", searched for “{asked.query}”" if asked.query else ""
    n = "1 pair" if len(pairs) == 1 else f"{len(pairs)} pairs"
    return f"Diseases with {asked.subject}{asked.recorded}{found}: {n} of a disease and a kind"


def chart_name(counts: pd.DataFrame, bars: Bars) -> str:
    """Describe the chart with the total of each bar."""
    totals = counts.groupby("group", sort=False)["n"].sum()
    said = listing([f"{group} {n}" for group, n in totals.items()])
    return sentence(
        f"Bar chart: number of {bars.counted} by {bars.each}, parted by how often people with "
        f"the disease have the finding: {said}"
    )


def notes(pairs: pd.DataFrame, asked: Asked, counts: pd.DataFrame) -> Iterator[str]:
    """Say what is counted, how far it goes, and whose data these are.

    Yields
    ------
    str
        One note.
    """
    several = bars_for(pairs, asked) is not BY_DISEASE
    several = several and len(pairs) > pairs["disease_id"].nunique()
    reading = [
        "“How often” says how many people with the disease have the finding. It is a rough "
        "estimate by experts, not a count of patients.",
        *["A disease with several kinds counts once for each of them in the chart."] * several,
        *[NARROW_PARTS] * has_narrow_parts(counts),
    ]
    yield " ".join(reading)
    yield (
        "Counted are diseases of Orphanet, a European source on rare diseases, each under the "
        f"kinds of calcification recorded for it. {_whole(asked)}"
    )
    yield " ".join(
        [
            "A linked gene may cause the disease or only raise its risk. Tumours, cysts and "
            "infections are in the list too.",
            *_left_out(),
        ]
    )
    yield _notice()


def _whole(asked: Asked) -> str:
    """Say what the ontology itself counts for a term, which is more than these rows."""
    if asked.term == ANY:
        return "The Human Phenotype Ontology, where the list comes from, holds more."
    row = data.load_table("hpo_terms").set_index("hpo_id").loc[asked.term]
    return (
        f"The Human Phenotype Ontology as a whole counts {row['n_diseases']} with "
        f"“{asked.label}”, those of a second registry included."
    )


@cache
def _left_out() -> tuple[str, ...]:
    rows = data.load_table("hpo_diseases")
    slips = rows[~rows["teach"]]
    return tuple(
        f"Left out: {disease} with {term}, which is probably a slip of the source."
        for disease, term in zip(slips["disease_name"], slips["hpo_label"], strict=True)
    )


@cache
def _notice() -> str:
    """Return the notice that the ontology asks for, as the descriptor has it."""
    told = str(data.list_tables().set_index("name").loc["hpo_diseases", "description"])
    _, _, after = told.partition("This product uses")
    notice, _, _ = after.partition("licence.")
    return (
        f"This product uses{notice}licence. Names and numbers of diseases: Orphanet, CC BY 4.0. "
        "Symbols of genes: HGNC, CC0 1.0."
    )
