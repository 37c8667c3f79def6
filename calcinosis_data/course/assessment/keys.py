"""The key of an item proved from the tables, so that a changed row cannot leave a key wrong.

A key rule says how: by the query of the item (`queries`), or by a column of the option table
that gives matches, order, number or category. `key_rules` has them.
"""

from __future__ import annotations

from calcinosis_data.course.assessment.errors import ItemQueryError
from calcinosis_data.course.assessment.item_model import Item
from calcinosis_data.course.assessment.key_rules import RULES, Proof
from calcinosis_data.course.assessment.queries import Link, Tables, published, selected_rows
from calcinosis_data.errors import did_you_mean

__all__ = ["Link", "Proof", "Tables", "key_is_proved", "proof", "published", "selected_rows"]


def proof(item: Item, tables: Tables | None = None) -> Proof:
    """Prove an item's key from the tables by its key rule.

    Parameters
    ----------
    item : Item
        The item whose key is proved.
    tables : Tables, optional
        The tables that prove it; the course's own if left out.

    Returns
    -------
    Proof
        Whether the key is proved, the option rows that show it, and both in words.

    Raises
    ------
    ItemQueryError
        If the query cannot be run, the answer column is missing or has no order, or the
        rule is unknown or not for that kind of question.

    Examples
    --------
    >>> from calcinosis_data.course.assessment.item_bank import items
    >>> proof(items()[0]).proved
    True
    """
    rule = RULES.get(item.key_rule or "")
    if rule is None:
        problem = f"{item.item_id}: no key rule {item.key_rule!r}"
        raise ItemQueryError(did_you_mean(problem, item.key_rule, RULES, "Rules"))
    if item.kind not in rule.kinds:
        fitting = [name for name, other in RULES.items() if item.kind in other.kinds]
        problem = f"{item.item_id}: {item.key_rule} cannot prove a question of kind {item.kind!r}"
        raise ItemQueryError(did_you_mean(problem, item.key_rule, fitting, "Rules for it"))
    return rule.prove(item, tables or published())


def key_is_proved(item: Item, tables: Tables | None = None) -> bool:
    """Whether the tables prove exactly the item's key.

    Parameters
    ----------
    item : Item
        The item whose key is proved.
    tables : Tables, optional
        The tables that prove it; the course's own if left out.

    Returns
    -------
    bool
        False also for an item whose rule needs a query that it does not have.

    Raises
    ------
    ItemQueryError
        As `proof` does.

    Examples
    --------
    >>> from calcinosis_data.course.assessment.item_bank import items
    >>> key_is_proved(items()[0])
    True
    """
    return proof(item, tables).proved
