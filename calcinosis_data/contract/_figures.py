"""Rules on figures that must agree with each other."""

from collections.abc import Iterator

from calcinosis_data._descriptor import Field
from calcinosis_data._text import as_number
from calcinosis_data.contract._model import CellRule, Row, RowRule

AS_PRINTED = "as printed"
PARTS = (
    ("n_with", "n_total"),
    ("n_improved", "n_treated"),
    ("n_complete", "n_treated"),
    ("n_complete", "n_improved"),
)


class PartAboveWhole(RowRule):
    """A part is never larger than its whole: patients with a finding, of all patients."""

    id = "part-above-whole"
    title = "A part is larger than its whole"

    def faults(self, row: Row) -> Iterator[tuple[str, str]]:
        """Compare each part with its whole."""
        for part, whole in PARTS:
            some, all_ = as_number(row[part]), as_number(row[whole])
            if some is not None and all_ is not None and some > all_:
                yield part, f"{some:g} of {all_:g} ({whole}) is impossible. See the source."


class PercentOutside(CellRule):
    """A percentage lies between 0 and 100; a column is a percentage when its unit says so."""

    id = "percent-outside"
    title = "A percentage is below 0 or above 100"

    def applies(self, field: Field) -> bool:
        """Columns whose unit is percent."""
        return field.unit == "percent"

    def fault(self, field: Field, cell: str) -> str:  # noqa: ARG002 (called with both)
        """Compare with 0 and 100."""
        number = as_number(cell)
        if number is None or 0 <= number <= 100:
            return ""
        return f"{cell} percent is impossible. See the source."


class PercentMismatch(RowRule):
    """A percentage agrees with its counts, to the decimals that it is given with.

    Studies cut off as well as round, so one unit of the last decimal is allowed. Where the
    source itself prints a percentage that its counts do not give, both are kept and the note
    says "as printed".
    """

    id = "percent-mismatch"
    title = "Percentage and counts disagree"

    def faults(self, row: Row) -> Iterator[tuple[str, str]]:
        """Compute the percentage again."""
        part, whole = as_number(row["n_with"]), as_number(row["n_total"])
        percent = as_number(row["percent"])
        if part is None or not whole or percent is None or AS_PRINTED in row["note"]:
            return
        computed = 100 * part / whole
        if abs(computed - percent) > _last_unit(row["percent"]):
            counts = f"{part:g} of {whole:g} is {computed:.2f}"
            remedy = f"See the source; if it prints both, say {AS_PRINTED!r} in the note."
            yield "percent", f"{counts}, not {row['percent']}. {remedy}"


def _last_unit(cell: str) -> float:
    decimals = len(cell.partition(".")[2])
    return float(f"1e-{decimals}") + 1e-9


class LowAboveHigh(RowRule):
    """The lower end of a range or interval is not above the upper one."""

    id = "low-above-high"
    title = "The low end is above the high end"

    def faults(self, row: Row) -> Iterator[tuple[str, str]]:
        """Compare every pair of columns named low and high."""
        for low, high in _pairs(row):
            bottom, top = as_number(row[low]), as_number(row[high])
            if bottom is not None and top is not None and bottom > top:
                yield low, f"{row[low]} is above {row[high]} ({high}). Exchange or correct them."


class EstimateOutside(RowRule):
    """A percentage lies within its confidence interval."""

    id = "estimate-outside"
    title = "The estimate is outside its interval"

    def faults(self, row: Row) -> Iterator[tuple[str, str]]:
        """Compare the percentage with both ends."""
        low, high = as_number(row["ci_low"]), as_number(row["ci_high"])
        percent = as_number(row["percent"])
        if low is None or high is None or percent is None or low > high:
            return
        room = _last_unit(row["percent"])
        if not low - room <= percent <= high + room:
            yield "percent", f"{row['percent']} is outside {low:g} to {high:g}. See the source."


def _pairs(row: Row) -> Iterator[tuple[str, str]]:
    for name in row.cells:
        parts = name.split("_")
        if "low" in parts:
            other = "_".join("high" if part == "low" else part for part in parts)
            if other in row.cells:
                yield name, other


FIGURE_RULES = (PartAboveWhole, PercentOutside, PercentMismatch, LowAboveHigh, EstimateOutside)
