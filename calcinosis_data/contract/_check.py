"""Running the rules."""

from pathlib import Path

from calcinosis_data._descriptor import DATA_FOLDER
from calcinosis_data.contract._cells import CELL_RULES
from calcinosis_data.contract._figures import FIGURE_RULES
from calcinosis_data.contract._files import FILE_RULES
from calcinosis_data.contract._keys import KEY_RULES
from calcinosis_data.contract._meaning import MEANING_RULES
from calcinosis_data.contract._model import Finding, Rule, read_package
from calcinosis_data.contract._sources import SOURCE_RULES
from calcinosis_data.errors import CalcinosisError, DataContractError, did_you_mean

_ALL = (
    *FILE_RULES,
    *MEANING_RULES,
    *CELL_RULES,
    *KEY_RULES,
    *SOURCE_RULES,
    *FIGURE_RULES,
)
RULES: dict[str, type[Rule]] = {rule.id: rule for rule in _ALL}
"""Every rule by its id."""


def check_package(path: Path | None = None) -> list[Finding]:
    """Check a data package against every rule of the contract.

    Parameters
    ----------
    path : pathlib.Path, optional
        The folder that holds datapackage.json; the installed tables if left out.

    Returns
    -------
    list of Finding
        The breaches, in the order of the rules; empty if the package keeps its contract.

    Examples
    --------
    >>> from calcinosis_data.contract import check_package
    >>> check_package()
    []
    """
    try:
        package = read_package(path or DATA_FOLDER)
    except DataContractError as error:
        return [Finding("unreadable-file", "", "", "", str(error))]
    return [finding for rule in RULES.values() for finding in rule().check(package)]


def explain(rule_id: str) -> str:
    """Say what a rule asks for and why.

    Parameters
    ----------
    rule_id : str
        The id that a finding carries.

    Returns
    -------
    str
        Title and explanation.

    Raises
    ------
    CalcinosisError
        If there is no such rule; the message names the nearest one.

    Examples
    --------
    >>> print(explain("percent-outside"))
    A percentage is below 0 or above 100
    <BLANKLINE>
    A percentage lies between 0 and 100; a column is a percentage when its unit says so.
    """
    if rule_id not in RULES:
        problem = f"no rule {rule_id!r}"
        raise CalcinosisError(did_you_mean(problem, rule_id, RULES, "Rules"))
    rule = RULES[rule_id]
    return f"{rule.title}\n\n{rule.explanation()}"
