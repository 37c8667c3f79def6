"""Words of a citation, from one row of the table of references."""

import re
from collections.abc import Mapping

NO_IDENTIFIER = "no identifier found"
NO_YEAR = "year not shown"
_TITLE_LENGTH = 60
_INITIALS = re.compile(r"\s+[A-Z][A-Z.\-]{0,3}$")
_REMARK = re.compile(r"\s*\([^)]*\)")  # "(corresponding)", "(first author, as listed in …)"
_NO_TITLE = re.compile(r"^\[title not shown[^\]]*\]\s*")
_AND_OTHERS = re.compile(r"[\s,;]*\bet al\b\.?.*$")


def short(reference: Mapping[str, str]) -> str:
    """Name and year, such as ``Bair and Fivenson 2009``; without authors, title and year."""
    named = _names(reference) or _short_title(reference)
    # No brackets: a citation mostly stands in some already.
    return f"{named} {reference['year']}" if reference.get("year") else f"{named}, {NO_YEAR}"


def full(reference: Mapping[str, str]) -> str:
    """Authors, year, title, journal and where to find it."""
    authors = "" if _unnamed(reference) else reference["authors"].rstrip(". ")
    year = f"({reference.get('year') or NO_YEAR})"
    parts = [f"{authors} {year}".lstrip(), reference["title"], reference.get("journal", "")]
    link = reference.get("link") or NO_IDENTIFIER
    return ". ".join(part.rstrip(". ") for part in parts if part) + f". {link}"


def _unnamed(reference: Mapping[str, str]) -> bool:
    authors = _REMARK.sub("", reference.get("authors", ""))
    return not authors or "not shown" in authors


def _names(reference: Mapping[str, str]) -> str:
    if _unnamed(reference):
        return ""
    authors = _REMARK.sub("", reference["authors"])
    listed = _AND_OTHERS.sub("", authors)
    separator = ";" if ";" in listed else ","
    surnames = [_INITIALS.sub("", name.strip()) for name in listed.split(separator)]
    if len(surnames) > 2 or listed != authors:
        return f"{surnames[0]} et al."
    return " and ".join(surnames)


def _short_title(reference: Mapping[str, str]) -> str:
    title = reference["title"]
    described = _NO_TITLE.sub("", title)  # then the words behind it are ours, not the title
    if described != title:
        return f"Untitled source ({_cut(described)})"
    return f"“{_cut(title)}”"


def _cut(title: str) -> str:
    if len(title) <= _TITLE_LENGTH:
        return title
    return f"{title[:_TITLE_LENGTH].rsplit(' ', 1)[0]} …"
