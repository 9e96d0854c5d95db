"""批复数: what the bureau approved against what has been entered."""

from __future__ import annotations

from collections.abc import Callable

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
