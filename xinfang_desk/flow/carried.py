"""Which typed facts a new year takes over from a former one unless the clerk decides otherwise."""

from __future__ import annotations

from xinfang_desk.messages import marks, terms
from xinfang_desk.messages import years as words
from xinfang_desk.model.ledger import FactValue
from xinfang_desk.model.money import MoneyUnit, format_amount
from xinfang_desk.model.pack import FormField

_SHOWN = 36
_YEARLY = frozenset({"tasks", "other", "running.reason", "goal.items", "problems", "measures"})
"""Texts about one year: its tasks, what else there is to tell of it."""

_YEARLY_STEMS = ("reason.", "result.", "final.", "score.", "lost.", "work.", "effects.", "selfeval.", "plan.", "yearend.", "secrecy.")
_MONEY_KINDS = frozenset({"money", "count", "points", "date"})


def is_reason(address: str) -> bool:
    """Why a figure moved: it stays with its year, where it can be looked up."""
    return address.startswith("reason.")


def by_default(field: FormField) -> bool:
    """Who the unit is, its duties, people and assets stay; what belongs to one year does not: dates, amounts, plans,
    reasons, results, and tables that hold figures."""
    address = field.address
    if address.startswith(_YEARLY_STEMS) or ".plan." in address or address in _YEARLY or field.kind in ("date", "points"):
        return False
    if field.kind == "table":
        return not any(kind in _MONEY_KINDS for _, _, kind in field.columns)
    return field.kind != "money" or address.startswith("assets.")


def shown_value(field: FormField, value: FactValue) -> str:
    """A value in few words."""
    if isinstance(value, tuple):
        return words.ROWS.format(count=len(value))
    if isinstance(value, bool):
        return terms.YES if value else terms.NO
    if isinstance(value, int) and field.kind == "money":
        return format_amount(value, MoneyUnit.YUAN, thousands=True)
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN else text[:_SHOWN - 1] + marks.CUT
