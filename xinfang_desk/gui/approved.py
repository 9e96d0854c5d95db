"""批复数: what the bureau approved against what has been entered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from xinfang_desk.model.change import Change, SetField, SetValue
from xinfang_desk.model.ledger import Fund, Income, Kind, Line, Year

_GPB = frozenset({Fund.GPB, Fund.GPB_NONTAX})
_LINES: dict[str, Callable[[Line], bool]] = {
    "basic": lambda line: line.kind in (Kind.STAFF, Kind.RUNNING),
    "staff": lambda line: line.kind is Kind.STAFF,
    "running": lambda line: line.kind is Kind.RUNNING,
    "project": lambda line: line.kind is Kind.PROJECT,
}
_INCOMES: dict[str, Callable[[Income], bool]] = {
    "total": lambda income: True,
    "gpb": lambda income: income.fund in _GPB and not income.carry,
    "fund": lambda income: income.fund is Fund.FUND and not income.carry,
    "soe": lambda income: income.fund is Fund.SOE and not income.carry,
}


def still_to_place_with(change: Change, year: Year, address: str, stored: int | None) -> int | None:
    """:func:`still_to_place` with a figure that is being typed. ``year`` and ``stored``: without it."""
    for step in change.steps:
        match step:
            case SetValue("approved", of, _, new) if of == address:
                approved = {key: fen for key, fen in year.approved.items() if key != address}
                return still_to_place(replace(year, approved=approved if not isinstance(new, int) else
                                              {**approved, address: new}), address)
            case SetField("lines", number, "amount", old, new) if address in _LINES:
                stored = _less(stored, _LINES[address](year.lines[number]), old, new)
            case SetField("incomes", number, "amount", old, new) if address in _INCOMES:
                stored = _less(stored, _INCOMES[address](year.incomes[number]), old, new)
    return stored


def _less(rest: int | None, counts: bool, old: int | None, new: int | None) -> int | None:
    return rest if rest is None or not counts else rest - (new or 0) + (old or 0)


def still_to_place(year: Year, address: str) -> int | None:
    """Approved less entered, in 分; ``None`` where nothing is approved or the address is no sum of a list."""
    approved = year.approved.get(address)
    if approved is None:
        return None
    if address in _LINES:
        fits = _LINES[address]
        return approved - sum(line.amount or 0 for line in year.lines.values() if fits(line))
    if address in _INCOMES:
        counts = _INCOMES[address]
        return approved - sum(income.amount or 0 for income in year.incomes.values() if counts(income))
    return None
