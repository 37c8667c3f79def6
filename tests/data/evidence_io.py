"""Reading the evidence and the mappings, and the few steps every table shares.

All cells stay text from the first file to the last: a figure is copied as it
stands, never parsed and printed again.  Only Wilson intervals and worked-out
percentages are new numbers, and those columns say so.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from calcinosis_data._descriptor import Package, read_descriptor

HERE = Path(__file__).parent
EVIDENCE = HERE / "evidence"
MAPPINGS = HERE / "mappings"
DATA = HERE.parents[1] / "calcinosis_data" / "data"


class MappingError(ValueError):
    """A label of the evidence has no place in the hand-written mapping."""


def read(path: Path) -> pd.DataFrame:
    """Read a CSV file as text, blanks as empty strings."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@cache
def _kept(path: Path) -> pd.DataFrame:
    return read(path)


def evidence(name: str) -> pd.DataFrame:
    """Return one file of the evidence."""
    return _kept(EVIDENCE / f"{name}.csv").copy()


def mapping(name: str) -> pd.DataFrame:
    """Return one hand-written mapping."""
    return _kept(MAPPINGS / f"{name}.csv").copy()


def lookup(labels: pd.Series, name: str, column: str, key: str = "label") -> pd.Series:
    """Replace each label by the value that a mapping gives for it."""
    table = mapping(name).set_index(key)[column]
    unknown = sorted(set(labels) - set(table.index))
    if unknown:
        raise MappingError(f"mappings/{name}.csv has no row for {unknown}; add one by hand")
    return labels.map(table)


def refined(rows: pd.DataFrame, name: str, label: str, clues: Iterable[str]) -> pd.Series:
    """Map a label to a condition; the mapping row that names most clues wins.

    A mapping row with a blank clue holds for every value of that clue.
    """
    candidates = mapping(name)
    clues = list(clues)
    chosen = [_best(row, candidates, row[label], clues, name) for _, row in rows.iterrows()]
    return pd.Series(chosen, index=rows.index)


def _best(row: pd.Series, candidates: pd.DataFrame, label: str, clues: list[str], name: str) -> str:
    fits = candidates["label"].eq(label)
    for clue in clues:
        fits &= candidates[clue].isin(["", row[clue]])
    found = candidates[fits]
    if found.empty:
        raise MappingError(f"mappings/{name}.csv has no row for {label!r}; add one by hand")
    named = found[clues].ne("").sum(axis=1)
    return str(found.loc[named.idxmax(), "condition_id"])


def row_key(rows: pd.DataFrame, table: str) -> pd.Series:
    """Write the primary key of each row in one text, as citations name it."""
    return rows[list(_package().table(table).primary_key)].agg("/".join, axis=1)


def slug(*parts: str) -> str:
    """Turn words into one readable id.

    >>> slug("Hands/fingers", "umdnj17")
    'hands-fingers-umdnj17'
    """
    return re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")


def numbered(ids: Iterable[str]) -> list[str]:
    """Number repeated ids in the order of the evidence.

    >>> numbered(["a", "b", "a"])
    ['a', 'b', 'a-2']
    """
    seen: Counter[str] = Counter()
    result = []
    for one in ids:
        seen[one] += 1
        result.append(one if seen[one] == 1 else f"{one}-{seen[one]}")
    return result


def row_ids(rows: pd.DataFrame, *columns: str) -> list[str]:
    """Make one id per row of the words in some columns, repeated ones numbered.

    >>> row_ids(pd.DataFrame({"site": ["Hand", "Hand"], "ref_id": ["a1", "a1"]}), "site", "ref_id")
    ['hand-a1', 'hand-a1-2']
    """
    return numbered(slug(*words) for words in rows[list(columns)].to_numpy())


def yes_no(column: pd.Series) -> pd.Series:
    """Write yes and no as true and false."""
    unknown = set(column) - {"yes", "no"}
    if unknown:
        raise MappingError(f"expected yes or no, found {sorted(unknown)}")
    return column.map({"yes": "true", "no": "false"})


def percent_text(value: float) -> str:
    """Print a percentage: two decimals, or four where two would leave next to nothing.

    >>> percent_text(38.2978), percent_text(0.0021)
    ('38.3', '0.0021')
    """
    digits = 2 if value >= 0.05 or value == 0 else 4
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") or "0"


def wilson(n_with: str, n_total: str) -> tuple[str, str]:
    """Return the 95% Wilson interval of a count, in percent; blank without counts.

    >>> wilson("54", "141")
    ('30.69', '46.53')
    >>> wilson("", "141")
    ('', '')
    """
    if not (n_with and n_total):
        return "", ""
    low, high = proportion_confint(int(n_with), int(n_total), alpha=0.05, method="wilson")
    return percent_text(100 * low), percent_text(100 * high)


def with_interval(rows: pd.DataFrame, part: str, whole: str) -> pd.DataFrame:
    """Add ci_low and ci_high, the Wilson interval of two count columns."""
    pairs = [wilson(*counts) for counts in zip(rows[part], rows[whole], strict=True)]
    low, high = zip(*pairs, strict=True)
    return rows.assign(ci_low=low, ci_high=high)


def with_overlaps(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """Add the hand-written overlap group and role of each row."""
    (key,) = _package().table(table).primary_key
    marks = mapping("overlaps").query("table == @table").set_index("row_id")
    unknown = sorted(set(marks.index) - set(rows[key]))
    if unknown:
        raise MappingError(f"mappings/overlaps.csv names rows that {table} lacks: {unknown}")
    for column in ("overlap_group", "overlap_role"):
        rows = rows.assign(**{column: rows[key].map(marks[column]).fillna("")})
    return rows


def finish(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """Keep the columns that the descriptor gives the table, sorted by its key, as text."""
    schema = _package().table(table)
    kept = rows[list(schema.field_names)]
    return kept.sort_values(list(schema.primary_key), kind="stable").reset_index(drop=True)


def finish_figures(
    rows: pd.DataFrame, table: str, counts: tuple[str, str] = ("n_with", "n_total")
) -> pd.DataFrame:
    """Finish a table of counted figures: the chart flag, Wilson intervals and overlap marks."""
    rows = rows.assign(chart=yes_no(rows["chart"]))
    return finish(with_overlaps(with_interval(rows, *counts), table), table)


@cache
def _package() -> Package:
    return read_descriptor(DATA)


def csv_text(rows: pd.DataFrame) -> str:
    """Write a table in the one form that the repository keeps."""
    return rows.to_csv(index=False, lineterminator="\n")
