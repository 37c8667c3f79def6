"""Numbers as people type them: "40,3", " 40.3 % ", "1 200". Exact, and kind about the rest."""

import re
import unicodedata
from decimal import Decimal

from calcinosis_data.course.assessment.errors import NotAnAnswerError

_LONGEST = 40
_NUMBER = re.compile(
    r"(?P<sign>[+-]?) ?"
    r"(?P<whole>\d+|\d{1,3}(?:[ ,]\d{3})+|(?=[.,]\d))"
    r"(?:(?P<mark>[.,])(?P<rest>\d*))?"
    r" ?(?P<unit>%|[^\W\d_]\D*)?"
)
_SIGNS = str.maketrans({"−": "-", "–": "-", "’": " ", "'": " "})
_PERCENT = {"%": "percent", "per cent": "percent", "pct": "percent"}
_HOW = "Type one number, such as 12 or 3.5."


def number(text: str, unit: str = "") -> Decimal:
    """Read a number that a person typed.

    Parameters
    ----------
    text : str
        What was typed: a decimal point or comma, spaces between thousands, and the unit
        behind the number are all fine.
    unit : str, optional
        What the number counts, such as ``"percent"``.

    Returns
    -------
    decimal.Decimal
        The number, exact.

    Raises
    ------
    NotAnAnswerError
        If it is no number, can be read as two different ones, or has another unit; the
        message says what to type.

    Examples
    --------
    >>> number(" 40,3 % ", "percent")
    Decimal('40.3')
    >>> try:
    ...     number("forty", "percent")
    ... except NotAnAnswerError as error:
    ...     print(error)
    “forty” is not a number. Type one number, such as 12 or 3.5.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(_SIGNS).split())
    if not plain:
        raise NotAnAnswerError(f"There is no number yet. {_HOW}")
    found = _NUMBER.fullmatch(plain) if len(plain) <= _LONGEST else None
    if found is None:
        raise NotAnAnswerError(f"“{_short(text)}” is not a number. {_HOW}")
    _refuse_other_unit(found["unit"] or "", unit)
    _refuse_two_readings(found)
    return _value(found)


def number_words(value: Decimal) -> str:
    """Write a number without needless zeros.

    Parameters
    ----------
    value : decimal.Decimal
        The number.

    Returns
    -------
    str
        The number in digits, never in powers of ten.

    Examples
    --------
    >>> number_words(Decimal("1.20E+3")), number_words(Decimal("40.30"))
    ('1200', '40.3')
    """
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _value(found: re.Match[str]) -> Decimal:
    whole = re.sub("[ ,]", "", found["whole"]) or "0"
    return Decimal(f"{found['sign']}{whole}.{found['rest'] or '0'}")


def _refuse_other_unit(given: str, unit: str) -> None:
    if given and _plain_unit(given) != _plain_unit(unit):
        counted = f", in {unit}" if unit else ""
        problem = f"“{given}” is not what is counted here"
        raise NotAnAnswerError(f"{problem}. Type the number alone{counted}.")


def _refuse_two_readings(found: re.Match[str]) -> None:
    """Refuse "1,200": twelve hundred to some, one and a fifth to others."""
    whole, rest = found["whole"], found["rest"] or ""
    if found["mark"] == "," and len(rest) == 3 and len(whole) <= 3 and whole.strip("0"):
        problem = f"“{whole},{rest}” can be read in two ways"
        raise NotAnAnswerError(f"{problem}. Type {whole}{rest} or {whole}.{rest}.")


def _plain_unit(unit: str) -> str:
    plain = unit.strip(" .").casefold()
    return _PERCENT.get(plain, plain).removesuffix("s")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
