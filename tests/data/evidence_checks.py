"""Back from the tables to the evidence: what a table says must be what was found.

Each function takes a table as text and returns it in the evidence's own columns,
so that the two can be compared in both directions.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
from evidence_io import EVIDENCE, evidence, mapping, read

Tables = dict[str, pd.DataFrame]
MARK_COLUMNS = {"duplicate": "relation_note", "truncated": "truncation_note"}
NUMBERS = {"percent", "percent_low", "percent_high", "sensitivity", "specificity"}
ENTITY_TABLES = ["types", "causes", "symptoms", "diagnostic_tests", "treatments"]
YES = {"true": "yes", "false": "no"}


def committed(folder: Path) -> Tables:
    """Read every table of a folder as text."""
    return {path.stem: read(path) for path in sorted(folder.glob("*.csv"))}


def number(text: str) -> str:
    """Write 38.0 and 38 alike."""
    return repr(float(text)) if text else ""


def in_words(rows: pd.DataFrame, columns: list[str]) -> Counter[tuple[str, ...]]:
    """Count the rows, numbers written alike."""
    rows = rows[columns].copy()
    for column in NUMBERS & set(columns):
        rows[column] = rows[column].map(number)
    return Counter(rows.itertuples(index=False, name=None))


def back_prevalence(tables: Tables) -> pd.DataFrame:
    """A Wilson bound of the evidence is our own; any other is the source's."""
    rows = tables["prevalence"].rename(columns={"source_label": "condition"})
    ours = rows["interval_basis"].eq("wilson")
    rows["percent_low"] = rows["ci_low"].where(ours, rows["reported_low"])
    rows["percent_high"] = rows["ci_high"].where(ours, rows["reported_high"])
    return rows.assign(chart=rows["chart"].map(YES))


def back_outcomes(tables: Tables) -> pd.DataFrame:
    """Labels back to their old names."""
    rows = tables["outcomes"].drop(columns="percent")
    rows = rows.rename(columns={"source_label": "treatment", "disease_label": "disease"})
    return rows.assign(chart=rows["chart"].map(YES))


def back_frequencies(tables: Tables) -> pd.DataFrame:
    """Only the flag changed its words."""
    return tables["frequencies"].assign(chart=tables["frequencies"]["chart"].map(YES))


def back_sites(tables: Tables) -> pd.DataFrame:
    """Labels back to their old names."""
    rows = tables["sites"].rename(columns={"source_label": "body_site"})
    return rows.assign(chart=rows["chart"].map(YES))


def back_accuracy(tables: Tables) -> pd.DataFrame:
    """Labels back to their old names."""
    return tables["accuracy"].rename(columns={"test_label": "test", "target_label": "target"})


def back_guidance(tables: Tables) -> pd.DataFrame:
    """Nothing was renamed."""
    return tables["guidance"]


def back_labs(tables: Tables) -> pd.DataFrame:
    """Entry and name together again; the merged concept stands for two rows."""
    rows = tables["labs"].rename(columns={"analyte_id": "analyte"})
    twins = rows[rows["also_item_id"].ne("")].assign(item_id=rows["also_item_id"], note=None)
    rows = pd.concat([rows, twins])
    entry = rows["item_id"].replace("", "extra-01")
    return rows.assign(condition=entry + " " + rows["source_label"])


def back_references(tables: Tables) -> pd.DataFrame:
    """Nothing but the flag and the words for "not shown" changed."""
    return tables["references"].assign(seen=tables["references"]["seen"].map(YES))


def back_appraisals(tables: Tables) -> pd.DataFrame:
    """Entry id back to section and number; the mark of the claim back in front."""
    rows = tables["appraisals"]
    marks = {"stated": "", "implied": "(Implied) ", "completed": "(Completed claim) "}
    parts = rows["item_id"].str.extract(r"^([a-z]+)-0*(\d+)$")
    named = tables["citations"].query("table == 'appraisals'").groupby("row_id")["ref_id"]
    refs = rows["appraisal_id"].map(named.agg(lambda ids: ";".join(sorted(ids)))).fillna("")
    ours = rows["appraisal_id"].isin(mapping("implied_claims")["appraisal_id"])
    claim = rows["claim_kind"].map(marks).mask(ours, "") + rows["claim"]
    return rows.assign(section=parts[0], number=parts[1], claim=claim, ref_ids=refs)


def back_codes(tables: Tables) -> pd.DataFrame:
    """The article's subject gets its entry id back."""
    rows = tables["codes"].rename(columns={"source_label": "item_name"})
    return rows.assign(item_id=rows["item_id"].replace("", "topic-01"))


def back_hpo_terms(tables: Tables) -> pd.DataFrame:
    """One column was renamed."""
    return tables["hpo_terms"].rename(columns={"term_group": "group"})


def back_hpo_diseases(tables: Tables) -> pd.DataFrame:
    """Genes back into one cell, the band back into one cell with its term."""
    rows = tables["hpo_diseases"]
    genes = tables["hpo_genes"].groupby("hpo_disease_id")["gene"].agg("; ".join)
    band = rows["frequency"] + " (" + rows["frequency_hpo_id"] + ")"
    return rows.assign(genes=rows["hpo_disease_id"].map(genes).fillna(""), frequency=band)


def expected(name: str, columns: list[str]) -> pd.DataFrame:
    """Return the rows of the evidence that the table must hold, no more and no fewer."""
    rows = evidence(name)
    if name == "appraisals":
        rows = rows[~rows["verdict"].isin(MARK_COLUMNS)]
        rows["ref_ids"] = [";".join(sorted(ids.split(";"))) for ids in rows["ref_ids"]]
    if name == "references":
        for change in mapping("reference_cells").itertuples():
            rows[change.column] = rows[change.column].replace({change.evidence: change.value})
    if name == "hpo_diseases":
        rows["genes"] = ["; ".join(sorted(genes.split("; "))) for genes in rows["genes"]]
    return rows[columns]


def expected_labs(columns: list[str]) -> pd.DataFrame:
    """The second mention of a concept keeps its figures, not its note."""
    rows = evidence("labs")[columns]
    return rows.assign(note=rows["note"].mask(rows["condition"].str.startswith("causes-07")))


BACK: dict[str, tuple[Callable[[Tables], pd.DataFrame], str]] = {
    "prevalence": (
        back_prevalence,
        "condition population setting n_with n_total percent percent_low percent_high "
        "detection_method ref_id note measure count_basis interval_basis chart",
    ),
    "outcomes": (
        back_outcomes,
        "treatment disease design n_treated n_improved n_complete outcome_definition "
        "dose_or_protocol ref_id note endpoint unit arm basis chart",
    ),
    "frequencies": (
        back_frequencies,
        "feature population n_with n_total percent ref_id note chart",
    ),
    "sites": (
        back_sites,
        "body_site population n_with n_total percent ref_id note chart denominator",
    ),
    "accuracy": (back_accuracy, "test target sensitivity specificity n comparator ref_id note"),
    "guidance": (back_guidance, "statement body year strength ref_id"),
    "labs": (back_labs, "condition analyte direction ref_id note"),
    "references": (
        back_references,
        "ref_id authors year title journal doi pmid pmcid design n_patients extent_seen seen "
        "link link_kind",
    ),
    "appraisals": (back_appraisals, "section number claim verdict explanation ref_ids confidence"),
    "codes": (
        back_codes,
        "item_id item_name system code label relation vocabulary_version verified_with",
    ),
    "hpo_terms": (
        back_hpo_terms,
        "group hpo_id hpo_label n_diseases n_genes in_release_2026_02_16",
    ),
    "hpo_diseases": (
        back_hpo_diseases,
        "hpo_id hpo_label disease_source disease_id disease_name genes frequency data_version",
    ),
}


def lost_or_added(name: str, tables: Tables) -> list[str]:
    """Say which rows of the evidence a table lost, and which it has besides."""
    back, words = BACK[name]
    columns = words.split()
    wanted = expected_labs(columns) if name == "labs" else expected(name, columns)
    want, have = in_words(wanted.fillna(""), columns), in_words(back(tables).fillna(""), columns)
    lost = [f"{name} lost {row}" for row in want - have]
    return lost + [f"{name} has besides {row}" for row in have - want]


def wanted_citations() -> set[tuple[str, str, str]]:
    """Read the reference lists of the entries' files straight from the evidence."""
    items = mapping("items").set_index("item_id")
    wanted = set()
    for name in ("facts", "symptoms", "diagnostic_tests", "treatments"):
        rows = evidence(name)
        column = "ref_ids" if "ref_ids" in rows else "ref_id"
        for item, ids in zip(rows["item_id"], rows[column], strict=True):
            place = items.loc[item]
            wanted |= {(place["table"], place["row_id"], one) for one in ids.split(";") if one}
    return wanted


def citation_problems(tables: Tables) -> list[str]:
    """Compare entity citations with the reference lists, both ways."""
    rows = tables["citations"]
    entity = rows[rows["table"].isin(ENTITY_TABLES)]
    have = set(entity[["table", "row_id", "ref_id"]].itertuples(index=False, name=None))
    lost = [f"citation lost: {row}" for row in wanted_citations() - have]
    return lost + [f"citation added: {row}" for row in have - wanted_citations()]


def closed_form_wilson(part: int, whole: int) -> tuple[float, float]:
    """Wilson's interval by its formula, so that the library is checked too."""
    z = 1.959963984540054
    share, spread = part / whole, 1 + z * z / whole
    middle = (share + z * z / (2 * whole)) / spread
    half = z / spread * (share * (1 - share) / whole + z * z / (4 * whole * whole)) ** 0.5
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


COUNTS = {
    "prevalence": ("n_with", "n_total"),
    "outcomes": ("n_improved", "n_treated"),
    "frequencies": ("n_with", "n_total"),
    "sites": ("n_with", "n_total"),
}


def interval_problems(name: str, rows: pd.DataFrame) -> Iterator[str]:
    """Say which stored interval or worked-out percent does not follow from its counts."""
    part, whole = COUNTS[name]
    for row in rows.to_dict("records"):
        stored = row["ci_low"], row["ci_high"]
        if not (row[part] and row[whole]):
            if any(stored):
                yield f"{name}: an interval without counts in {row}"
            continue
        low, high = closed_form_wilson(int(row[part]), int(row[whole]))
        if not all(stored) or not _close(stored[0], low) or not _close(stored[1], high):
            yield f"{name}: expected {low:.4f} to {high:.4f} in {row}"
        share = 100 * int(row[part]) / int(row[whole])
        if name == "outcomes" and not _close(row["percent"], share):
            yield f"outcomes: expected {share:.2f} percent in {row}"


def _close(text: str, value: float) -> bool:
    """Two decimals, or four below a twentieth of a percent."""
    return bool(text) and abs(float(text) - value) <= (0.0050001 if value >= 0.05 else 0.0000501)


def hash_problems(folder: Path = EVIDENCE) -> list[str]:
    """Say which evidence file changed, is missing, or has no hash."""
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}
    files = {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    problems = [f"{name}: file and hash do not go together" for name in files ^ set(sums)]
    digests = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files & set(sums)
    }
    changed = [f"{name}: changed" for name, digest in digests.items() if digest != sums[name]]
    return problems + changed
