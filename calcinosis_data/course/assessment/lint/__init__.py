"""The item lint: rules for questions, each of which explains itself.

Each rule is a class whose docstring is the explanation that an author reads. ``E`` findings
must be mended. ``W`` findings must be mended, or waived in the question's column ``waivers``
with a reason. ``I`` findings are to know.

Examples
--------
>>> from calcinosis_data.course.assessment import bank
>>> list(lint(bank()).columns)
['item_id', 'rule', 'level', 'message']
>>> RULES["TW01"].title
'The key is the longest option'
"""

from calcinosis_data.course.assessment.lint._check import RULES, explain, lint
from calcinosis_data.course.assessment.lint._model import Finding, ItemRule, Rule
from calcinosis_data.course.assessment.lint._report import findings_text

__all__ = ["RULES", "Finding", "ItemRule", "Rule", "explain", "findings_text", "lint"]
