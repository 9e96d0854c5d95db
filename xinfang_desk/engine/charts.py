"""The pictures of a budget: which amounts are set side by side. Pure sums of the ledger and of last year's figures.

Each figure here is also a cell of some table: the pictures add nothing that the tables do not say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from xinfang_desk.messages import charts as words
from xinfang_desk.messages import marks, terms
from xinfang_desk.model.chart import Chart, Series
from xinfang_desk.model.codes import Codes
from xinfang_desk.model.ledger import Kind, Line, Year
from xinfang_desk.model.money import Fen, MoneyUnit, format_amount

_SANGONG: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("abroad", ("30212",)), ("purchase", ("31013", "30913")), ("operate", ("30231",)), ("reception", ("30217",)))
"""三公 and the department accounts each is planned under (2018 年以后的部门预算支出经济分类)."""
_MOST_YEARS = 6


def charts(year: Year, codes: Codes, former: Sequence[Year] = ()) -> tuple[Chart, ...]:
    """The pictures of ``year``; ``former``: other years of the same unit, for 三公 over the years.

    Pictures without a single amount are left out.
    """
    made = (_income(year), _functions(year, codes), _totals(year), _shape(year), _sangong(year, former))
    return tuple(chart for chart in made if chart is not None)


def _sum(lines: Iterable[Line], fits: Callable[[Line], bool]) -> Fen | None:
    known = [line.amount for line in lines if line.amount is not None and fits(line)]
    return sum(known) if known else None


def _wan(fen: Fen) -> str:
    return format_amount(fen, MoneyUnit.WAN, thousands=True)


def _said(name: str, fen: Fen) -> str:
    return words.AMOUNT.format(name=name, amount=_wan(fen))


def _income(year: Year) -> Chart | None:
    sums: dict[str, Fen] = {}
    for income in year.incomes.values():
        if income.amount is not None:
            name = words.CARRIED if income.carry else income.fund.label
            sums[name] = sums.get(name, 0) + income.amount
    if not any(sums.values()):
        return None
    ordered = sorted(sums.items(), key=lambda item: -item[1])
    parts = marks.COMMA.join(_said(name, fen) for name, fen in ordered)
    sentence = words.INCOME_SAYS.format(year=year.year, total=_wan(sum(sums.values())), parts=parts)
    return Chart("income", words.INCOME, "grouped", tuple(name for name, _ in ordered),
                 (Series(terms.YEAR.format(year=year.year), tuple(fen for _, fen in ordered)),), sentence)


def _functions(year: Year, codes: Codes) -> Chart | None:
    now: dict[str, Fen] = {}
    for line in year.lines.values():
        if line.amount is not None:
            now[line.function[:3]] = now.get(line.function[:3], 0) + line.amount
    was: dict[str, Fen] = {}
    for address, fen in year.priors.items():
        space, _, code = address.partition(".")
        if space == "function" and code:
            was[code[:3]] = was.get(code[:3], 0) + fen
    if not any(now.values()):
        return None
    found = sorted(now.keys() | {code for code, fen in was.items() if fen}, key=lambda code: (-now.get(code, 0), code))
    names = tuple(codes.function.name(code) or code or words.NO_FUNCTION for code in found)
    series = [Series(terms.YEAR.format(year=year.year), tuple(now.get(code) for code in found))]
    if was:
        series.append(Series(terms.YEAR.format(year=year.year - 1), tuple(was.get(code) for code in found)))
    parts = marks.COMMA.join(_said(name, now.get(code, 0)) + (words.WAS.format(amount=_wan(was[code])) if code in was else "")
                     for name, code in zip(names, found, strict=True))
    sentence = words.FUNCTIONS_SAY.format(year=year.year, total=_wan(sum(now.values())), parts=parts)
    return Chart("functions", words.FUNCTIONS, "grouped", names, tuple(series), sentence)


def _basic(line: Line) -> bool:
    return line.kind in (Kind.STAFF, Kind.RUNNING)


def _totals(year: Year) -> Chart | None:
    lines = tuple(year.lines.values())
    incomes = [income.amount for income in year.incomes.values() if income.amount is not None]
    now = (sum(incomes) if incomes else None, _sum(lines, lambda line: True), _sum(lines, _basic),
           _sum(lines, lambda line: line.kind is Kind.PROJECT))
    was = tuple(year.priors.get(address) for address in ("total.income", "total.expenditure", "basic", "project"))
    if not any(now) or not any(was):
        return None
    series = (Series(terms.YEAR.format(year=year.year), now), Series(terms.YEAR.format(year=year.year - 1), was))
    parts = marks.SEMICOLON.join(
        _said(name, a or 0) + (words.WAS.format(amount=_wan(b)) if b is not None else "")
        for name, a, b in zip(words.TOTAL_NAMES, now, was, strict=True))
    return Chart("totals", words.TOTALS, "grouped", words.TOTAL_NAMES, series, words.TOTALS_SAY.format(parts=parts))


def _shape(year: Year) -> Chart | None:
    lines = tuple(year.lines.values())
    now = (_sum(lines, lambda line: line.kind is Kind.STAFF), _sum(lines, lambda line: line.kind is Kind.RUNNING),
           _sum(lines, lambda line: line.kind is Kind.PROJECT),
           _sum(lines, lambda line: not _basic(line) and line.kind is not Kind.PROJECT))
    was = (*(year.priors.get(address) for address in ("basic.staff", "basic.running", "project")), None)
    years = [(year.year, now)] + ([(year.year - 1, was)] if any(was) else [])
    if not any(now):
        return None
    kept = [at for at in range(4) if any(values[at] for _, values in years)]
    series = tuple(Series(words.SHAPE_NAMES[at], tuple(values[at] for _, values in years)) for at in kept)
    parts = marks.SEMICOLON.join(words.SHAPE_OF.format(year=number, parts=marks.COMMA.join(
        _said(words.SHAPE_NAMES[at], values[at] or 0) for at in kept)) for number, values in years)
    return Chart("shape", words.SHAPE, "stacked", tuple(terms.YEAR.format(year=number) for number, _ in years),
                 series, words.SHAPE_SAYS.format(parts=parts))


def _of_general_budget(line: Line) -> bool:
    """“三公”经费 are told for 一般公共预算 of this year alone (财预〔2016〕143号)."""
    return line.fund.value in ("gpb", "gpb_nontax") and not line.carry


def _under(codes: tuple[str, ...]) -> Callable[[Line], bool]:
    return lambda line: line.econ_dept.startswith(codes)


def _sangong(year: Year, former: Sequence[Year]) -> Chart | None:
    rows: dict[int, tuple[Fen | None, ...]] = {}
    for one in (*former, year):
        rows[one.year] = tuple(
            _sum(filter(_of_general_budget, one.lines.values()), _under(codes)) for _, codes in _SANGONG)
        before = tuple(one.priors.get(f"sangong.{name}") for name, _ in _SANGONG)
        if any(value is not None for value in before):
            rows.setdefault(one.year - 1, before)
    if not any(value for values in rows.values() for value in values):
        return None
    shown = [(number, rows[number]) for number in sorted(rows) if number <= year.year][-_MOST_YEARS:]
    kept = [at for at in range(len(_SANGONG)) if any(values[at] for _, values in shown)]
    if not kept:
        return None
    series = tuple(Series(words.SANGONG_NAMES[at], tuple(values[at] for _, values in shown)) for at in kept)
    parts = marks.SEMICOLON.join(
        words.SANGONG_OF.format(year=number, total=_wan(sum(value or 0 for value in values)), parts=marks.COMMA.join(
            _said(words.SANGONG_NAMES[at], values[at] or 0) for at in kept))
        for number, values in shown)
    return Chart("sangong", words.SANGONG, "stacked", tuple(terms.YEAR.format(year=number) for number, _ in shown),
                 series, words.SANGONG_SAYS.format(parts=parts))
