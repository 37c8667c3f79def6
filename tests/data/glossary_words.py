"""Which words the tables use, and which of them a list of words or terms covers.

Words are compared in all their simple forms (plural, past, "-ing"); a word with two capitals, such
as CT, only as it is written. A term of several words covers these words where they stand together,
and the longest term that fits wins.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calcinosis_data import cite
from calcinosis_data._descriptor import DATA_FOLDER, Table, descriptor

# Names and labels of the vocabularies, titles of papers and names of authors explain themselves or
# are explained where they come from; conditions of items are written for the computer.
NOT_READ = {
    "references", "citations", "codes", "hpo_terms", "hpo_diseases", "hpo_genes", "item_conditions",
}  # fmt: skip
FORM_COLUMNS = ("term", "abbreviation", "also_called", "other_form")

WORD = re.compile(r"[^\W_]*[^\W\d_][^\W_]*")
BREAK = re.compile(r"[;:?!]|[.,](?!\d)")
LABEL = re.compile(r"[a-z0-9-]+")  # mri, not MRI
POSSESSIVE = re.compile(r"[’']s\b")
# What an ending may hide: calcified is calcify, biopsies biopsy, diagnoses diagnosis.
ENDINGS = [
    ("s", ""), ("es", ""), ("ies", "y"), ("ses", "sis"), ("ied", "y"),
    ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ings", ""), ("ly", ""), ("able", ""),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text that a learner reads, and where it stands."""

    table: str
    column: str
    row: str
    words: str
    any_case: bool = False

    def __str__(self) -> str:
        return f"{self.table}.{self.column}, {self.row}"


def rows(table: str, folder: Path = DATA_FOLDER) -> list[dict[str, str]]:
    """The rows of a table as text."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts() -> Iterator[Text]:
    """All that a learner reads in the tables and in their descriptions."""
    for table in descriptor().tables:
        yield from _described(table)
        if table.name not in NOT_READ:
            about = f"{table.title}. {table.description}"
            yield Text(table.name, "", "its title and description", _without_names(about))
            yield from _written(table)


def _described(table: Table) -> Iterator[Text]:
    for field in table.fields:
        for word in (field.title, field.description, field.unit):
            yield Text(table.name, field.name, "its description", _without_names(word))
        for value in field.categories:
            yield Text(table.name, field.name, "its categories", value, any_case=True)


def _written(table: Table) -> Iterator[Text]:
    columns = _text_columns(table)
    for row in rows(table.name, table.path.parent):
        key = "row " + "/".join(row[name] for name in table.primary_key)
        for column in filter(row.get, columns):
            label = LABEL.fullmatch(row[column]) is not None
            yield Text(table.name, column, key, _without_names(row[column]), any_case=label)


def _text_columns(table: Table) -> list[str]:
    if table.name == "glossary":
        return ["definition"]
    keys = {name for key in table.foreign_keys for name in key.fields}
    return [
        field.name
        for field in table.fields
        if field.type == "string" and not field.categories and not field.pattern
        if field.name not in keys and not field.name.endswith("_id")
        if field.name not in {"notebook", "gene"}
    ]


def _without_names(words: str) -> str:
    return _names().sub(" ", words)


@cache
def _names() -> re.Pattern[str]:
    """Sources, genes and tables by name."""
    ids = [row["ref_id"] for row in rows("references")]
    cited = {cite(one) for one in ids}
    short = {re.sub(r" (?:et al\.|and [^ ]+) ", " ", one) for one in cited}
    genes = {row["gene"] for row in rows("hpo_genes")}
    tables = {name for name in descriptor().table_names if "_" in name}
    names = sorted({*ids, *cited, *short, *genes, *tables}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


def segments(words: str) -> Iterator[list[str]]:
    """Words that stand together, without the marks between them.

    >>> list(segments("Paget's disease, CT-guided; 25 mg"))
    [['Paget', 'disease'], ['CT', 'guided'], ['mg']]
    """
    for part in BREAK.split(POSSESSIVE.sub("", words)):
        if found := WORD.findall(part):
            yield found


@cache
def bases(word: str) -> frozenset[str]:
    """What a word may be a form of, the word included.

    >>> sorted(bases("biopsies"))
    ['biopsi', 'biopsie', 'biopsies', 'biopsy']
    """
    found = {word}
    for ending, instead in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            found.add(stem + instead)
            if not instead and len(stem) > 3 and stem[-1] == stem[-2]:
                found.add(stem[:-1])  # trapped, running
    return frozenset(found)


def is_short_form(word: str) -> bool:
    """Whether a word is written with two capitals or more, as CT and MeSH are."""
    return sum(letter.isupper() for letter in word) > 1


def agrees(said: str, known: str, *, any_case: bool = False) -> bool:
    """Whether a word in a text is a form of a known one."""
    if any_case:
        return known.lower() in bases(said.lower())
    if is_short_form(known):
        return said in {known, known + "s"}
    if is_short_form(said):
        return False
    return known.lower() in bases(said.lower())


class Lexicon:
    """Known words and terms, quick to find in a text."""

    def __init__(self, known: Iterable[str]) -> None:
        self.phrases: dict[str, list[str]] = {}
        self._by_first: dict[str, list[str]] = {}
        for phrase in known:
            self.phrases[phrase] = [word for part in segments(phrase) for word in part]
            self._by_first.setdefault(self.phrases[phrase][0].lower(), []).append(phrase)

    def starts(self, words: list[str], *, any_case: bool = False) -> tuple[str, int] | None:
        """The longest known phrase with which the words start, and how many words it takes."""
        firsts = bases(words[0].lower())
        near = (one for first in firsts for one in self._by_first.get(first, ()))
        fits = [one for one in near if _fits(words, self.phrases[one], any_case=any_case)]
        best = max(fits, key=lambda one: (len(self.phrases[one]), one), default=None)
        return (best, len(self.phrases[best])) if best else None


def _fits(words: list[str], phrase: list[str], *, any_case: bool) -> bool:
    pairs = zip(words, phrase, strict=False)
    enough = len(words) >= len(phrase)
    return enough and all(agrees(said, known, any_case=any_case) for said, known in pairs)


def read(text: Text, terms: Lexicon, everyday: Lexicon) -> Iterator[tuple[str, str]]:
    """Each word or term of a text with what covers it: terms, everyday or nothing."""
    for words in segments(text.words):
        at = 0
        while at < len(words):
            rest = words[at:]
            if term := terms.starts(rest, any_case=text.any_case):
                yield "terms", term[0]
                at += term[1]
                continue
            if word := everyday.starts(rest[:1], any_case=text.any_case):
                yield "everyday", word[0]
            else:
                yield "nothing", rest[0]
            at += 1


def glossary_forms(glossary: Iterable[dict[str, str]]) -> dict[str, str]:
    """Every form of every term with the id of its row."""
    return {
        row[column]: row["term_id"] for row in glossary for column in FORM_COLUMNS if row[column]
    }


def everyday_words(path: Path) -> list[str]:
    """The words of the list that need no explanation, in file order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
