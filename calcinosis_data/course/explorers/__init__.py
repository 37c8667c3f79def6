"""Explorers: one clinical question each, with filters, a finding, a chart and its table.

Each has a folder of its own: `explorer` wires its filters, the modules beside it are pure steps
on frames, sentences and figures that need no notebook. What several share stands here (`filters`,
`patterns`, `known`, `study_rows`, `families`) and in `charts`.
"""

from calcinosis_data.course.explorers._article_audit.explorer import article_audit
from calcinosis_data.course.explorers._body_map.explorer import body_map
from calcinosis_data.course.explorers._cause_map.explorer import cause_map
from calcinosis_data.course.explorers._compare.explorer import compare
from calcinosis_data.course.explorers._genetics.explorer import genetics
from calcinosis_data.course.explorers._lab_matcher.explorer import lab_matcher
from calcinosis_data.course.explorers._picker import TablePicker
from calcinosis_data.course.explorers._prevalence.explorer import prevalence
from calcinosis_data.course.explorers._symptom_triage.explorer import symptom_triage
from calcinosis_data.course.explorers._table.explorer import table
from calcinosis_data.course.explorers._test_chooser.explorer import test_chooser
from calcinosis_data.course.explorers._treatment_evidence.explorer import treatment_evidence
from calcinosis_data.course.explorers._type_grid.explorer import type_grid

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
