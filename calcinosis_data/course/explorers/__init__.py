"""Explorers: one clinical question each, with filters, a finding, a chart and its table.

`filters`, `patterns`, `figures` and `grid_figure` are pure steps on frames that need no
notebook; the names below show them with controls.
"""

from calcinosis_data.course.explorers._article_audit import article_audit
from calcinosis_data.course.explorers._body_map import body_map
from calcinosis_data.course.explorers._cause_map import cause_map
from calcinosis_data.course.explorers._compare import compare
from calcinosis_data.course.explorers._genetics import genetics
from calcinosis_data.course.explorers._lab_matcher import lab_matcher
from calcinosis_data.course.explorers._picker import TablePicker
from calcinosis_data.course.explorers._prevalence import prevalence
from calcinosis_data.course.explorers._symptom_triage import symptom_triage
from calcinosis_data.course.explorers._table import table
from calcinosis_data.course.explorers._test_chooser import test_chooser
from calcinosis_data.course.explorers._treatment_evidence import treatment_evidence
from calcinosis_data.course.explorers._type_grid import type_grid

__all__ = [
    "TablePicker",
    "article_audit",
    "body_map",
    "cause_map",
    "compare",
    "genetics",
    "lab_matcher",
    "prevalence",
    "symptom_triage",
    "table",
    "test_chooser",
    "treatment_evidence",
    "type_grid",
]
