"""The data contract: what every table promises, one small rule for each promise.

Each rule is a class whose docstring is the explanation shown to the user. On a terminal
``python -m calcinosis_data.contract`` checks the installed tables, and ``--fix`` repairs
what is only formatting.

Examples
--------
>>> from calcinosis_data.contract import RULES, check_package
>>> check_package()
[]
>>> RULES["unknown-category"].title
'A value is not in its closed vocabulary'
"""

from calcinosis_data.contract._check import RULES, check_package, explain
from calcinosis_data.contract._format import fix_package
from calcinosis_data.contract._model import Finding, Rule

__all__ = ["RULES", "Finding", "Rule", "check_package", "explain", "fix_package"]
