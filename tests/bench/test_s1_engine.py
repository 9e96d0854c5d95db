"""S1: one amount edited in a book of 3,000 lines, 22 tables and 300 checks: every figure and verdict true again.

Side by side in one run with formualizer on the same book as a workbook of SUMIFS, and with our own full build. ``make
bench`` runs it. It reports; it asserts only that both give the same figures. The book is made here, by counting.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from xinfang_desk.engine import Engine
from xinfang_desk.expr import parse_condition, parse_test
from xinfang_desk.model.change import Change, SetField
from xinfang_desk.model.codes import Certainty, Code, CodeKind, Codes, CodeTable, EconMapping
from xinfang_desk.model.ledger import Fund, Kind, Line, Unit, Year
from xinfang_desk.model.pack import Check, Column, Narrative, Pack, Severity, Table, TreeRows

pytestmark = pytest.mark.bench

_LINES = 3000
_TABLES = 22
_PAIRS = 9
_EDITS = 2000
_KINDS = tuple(Kind)
_FUNDS = tuple(Fund)[:8]
_FUNCTIONS = tuple(f"{top}{mid:02}{leaf:02}" for top in (201, 205, 208, 210, 221) for mid in (1, 3)
                   for leaf in (1, 2, 5, 8))
_ROWS = tuple(sorted({code[:n] for code in _FUNCTIONS for n in (3, 5, 7)}))

_AT = {key: i for i, key in enumerate(("total", *_ROWS), 1)}


def _funds(table: int) -> tuple[Fund, ...]:
    """The funds of one table: all, or all but two."""
    out = {_FUNDS[table % 8], _FUNDS[(table + 3) % 8]} if table % 3 else set()
    return tuple(fund for fund in _FUNDS if fund not in out)


def _table(number: int) -> Table:
    where = parse_condition(f"fund in ({', '.join(repr(f.value) for f in _funds(number))},)".replace("'", '"'))
    parts = tuple(Column(kind.name, (kind.label,), where=parse_condition(f'kind == "{kind.value}"')) for kind in _KINDS)
    columns = (Column("code", ("编码",), "code"), Column("name", ("名称",), "name"),
               Column("total", ("合计",), parts=tuple(p.id for p in parts)), *parts)
    return Table(f"t{number}", f"表{number}", f"第{number}张表", where=where, rows=TreeRows("function", (1, 2, 3)),
                 columns=columns)


def _tests() -> list[str]:
    """300 statements: totals across and down in every table, and tables of the same funds against each other."""
    tests: list[str] = []
    for n in range(_TABLES):
        tests.append(f"t{n}[total].total == sum(t{n}[类].total)")
        for kind in _KINDS:
            tests.append(f"sum(t{n}[项].{kind.name}) == t{n}[total].{kind.name}")
            tests.append(f"sum(t{n}[款].{kind.name}) == t{n}[total].{kind.name}")
    same = [(a, b) for a in range(_TABLES) for b in range(a) if _funds(a) == _funds(b)]
    tests += [f"t{a}[total].total == t{b}[total].total" for a, b in same]
    return tests[:300]


def _pack() -> Pack:
    codes = CodeTable(CodeKind.FUNCTION, 2023, {c: Code(c, f"科目{c}", Certainty.CONFIRMED) for c in _ROWS})
    none = [CodeTable(kind, 2023, {}) for kind in (CodeKind.ECON_DEPT, CodeKind.ECON_GOV)]
    checks = tuple(Check(f"C-{i}", Severity.ERROR, "", "{left}与{right}差{difference}。", "", "", parse_test(test))
                   for i, test in enumerate(_tests()))
    return Pack("bench/2023", "", "", (2023, 2023), Codes(2023, codes, none[0], none[1], EconMapping({}, {})),
                tuple(map(_table, range(_TABLES))), checks, Narrative("", ()), (), {})


def _year() -> Year:
    lines = {n: Line(n, _KINDS[n % 6], _FUNCTIONS[n * 7 % len(_FUNCTIONS)], fund=_FUNDS[n * 5 % 8 if n % 4 else 0],
                     amount=(n * 7919 % 100_000 + 1) * 100, note=str(n)) for n in range(1, _LINES + 1)}
    return Year(Unit("某县信访局"), 2023, "bench/2023", lines=lines)


class _Workbook:
    """The same book in formualizer: the lines on one sheet, every table cell a SUMIFS, every check a formula."""

    def __init__(self, year: Year) -> None:
        formualizer: Any = pytest.importorskip("formualizer", reason="没有安装 formualizer（可选的对照程序）")
        self.book = formualizer.Workbook()
        self.book.add_sheet("L")
        self.book.set_values_batch("L", 1, 1, [
            [int(line.function), _KINDS.index(line.kind), _FUNDS.index(line.fund), (line.amount or 0) / 100]
            for line in year.lines.values()])
        self.place: dict[tuple[str, str, str], tuple[str, int, int]] = {}
        for number in range(_TABLES):
            self._write_table(number)
        self.book.add_sheet("C")
        self.tests = _tests()
        self.book.set_formulas_batch("C", 1, 1, [[self._check(test)] for test in self.tests])
        self.book.evaluate_all()

    def _write_table(self, number: int) -> None:
        sheet = f"t{number}"
        self.book.add_sheet(sheet)
        rows: list[list[str]] = []
        for i, key in enumerate(("total", *_ROWS), 1):
            rows.append([self._sum(number, key, column) for column in ("total", *(k.name for k in _KINDS))])
            for j, column in enumerate(("total", *(k.name for k in _KINDS)), 1):
                self.place[sheet, key, column] = (sheet, i, j)
        self.book.set_formulas_batch(sheet, 1, 1, rows)

    @staticmethod
    def _sum(number: int, key: str, column: str) -> str:
        """A leaf is a SUMIFS; its parents, the total row and the total column add cells, which is quicker."""
        if column == "total":
            return f"=SUM(B{_AT[key]}:G{_AT[key]})"
        letter = "BCDEFG"[[k.name for k in _KINDS].index(column)]
        if len(key) != 7:
            below = [k for k in _ROWS if len(k) == (3 if key == "total" else len(key) + 2)
                     and (key == "total" or k.startswith(key))]
            return f"={'+'.join(f'{letter}{_AT[k]}' for k in below)}"
        span = "L!${0}$1:${0}$" + str(_LINES)
        conditions = [f'{span.format("A")},{key}', f'{span.format("B")},{"BCDEFG".index(letter)}']
        conditions += [f'{span.format("C")},"<>{i}"' for i, fund in enumerate(_FUNDS) if fund not in _funds(number)]
        return f"=SUMIFS({span.format('D')},{','.join(conditions)})"

    def _check(self, test: str) -> str:
        left, right = (self._side(side) for side in test.split(" == "))
        return f"=ABS({left}-({right}))<0.005"

    def _side(self, text: str) -> str:
        inner = text.removeprefix("sum(").removesuffix(")")
        table, rest = inner.split("[")
        row, column = rest.split("].")
        length = {"类": 3, "款": 5, "项": 7}.get(row, 0)
        keys = [key for key in _ROWS if len(key) == length] if length else [row]
        return f"({'+'.join(self._address(table, key, column) for key in keys)})"

    def _address(self, table: str, row: str, column: str) -> str:
        sheet, i, j = self.place[table, row, column]
        return f"{sheet}!{chr(64 + j)}{i}"

    def edit(self, number: int, fen: int) -> list[Any]:
        """Set one amount, calculate everything, read every verdict."""
        self.book.set_value("L", number, 4, fen / 100)
        self.book.evaluate_all()
        return [self.book.get_value("C", i, 1) for i in range(1, len(self.tests) + 1)]

    def figure(self, table: str, row: str, column: str) -> int:
        return round(float(self.book.get_value(*self.place[table, row, column])) * 100)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _told(name: str, times: list[float]) -> float:
    ordered = sorted(times)
    median = statistics.median(ordered)
    print(f"{name}: median {median * 1e6:,.1f} µs, p95 {ordered[int(len(ordered) * 0.95)] * 1e6:,.1f} µs, "
          f"min {ordered[0] * 1e6:,.1f} µs, n = {len(ordered)}")
    return median


def _change(number: int, fen: int) -> Change:
    return Change("", (SetField("lines", number, "amount", None, fen),))


def _edits(count: int, start: int = 0) -> list[Change]:
    """Edits all over the book; no two with different ``start`` set the same line to the same amount."""
    return [_change(1 + i * 1231 % _LINES, (i * 104_729 % 99_991 + 1) * 100 + start) for i in range(count)]


def _each(engine: Engine, changes: list[Change]) -> list[float]:
    """The seconds of every edit."""
    times: list[float] = []
    for change in changes:
        begin = time.perf_counter()
        engine.apply(change)
        times.append(time.perf_counter() - begin)
    return times


def test_s1_one_edit_in_a_book_of_3000_lines() -> None:
    pack, year = _pack(), _year()
    engine = Engine(pack, year)
    assert len(pack.checks) == 300
    print(f"\nload {os.getloadavg()[0]:.2f}")
    builds = [_seconds(lambda: Engine(pack, year)) for _ in range(_PAIRS)]
    full = _told("own, everything built anew", builds)
    cold = _told("own, first edit of a line (its way is laid out)", _each(engine, _edits(1500, 1)))
    for number in year.lines:
        engine.prepare("lines", number)
    warm = _told("own, one edit, every figure and verdict", _each(engine, _edits(_EDITS, 2)))
    touched = engine.apply(_change(1, 1))
    print(f"an edit moves {len(touched.cells)} cells; a first edit costs {cold / warm:.1f} times a later one; "
          f"a full build costs {full / warm:,.0f} times an edit")
    assert engine.findings() == ()
    assert all(engine.value(f"t{n}", "total", "total") == sum(
        line.amount or 0 for line in engine.year.lines.values() if line.fund in _funds(n)) for n in range(_TABLES))


def test_s1_against_formualizer() -> None:
    pack, year = _pack(), _year()
    workbook, engine = _Workbook(year), Engine(pack, year)
    for number in year.lines:
        engine.prepare("lines", number)
    ours: list[float] = []
    theirs: list[float] = []
    changes = _edits(_PAIRS * 50, 1)
    for pair in range(_PAIRS):
        batch = changes[pair * 50: (pair + 1) * 50]
        ours += _each(engine, batch)
        last = batch[-1].steps[0]
        assert isinstance(last, SetField)
        for change in batch[:-1]:
            step = change.steps[0]
            assert isinstance(step, SetField)
            workbook.book.set_value("L", step.id, 4, step.new / 100)
        workbook.book.evaluate_all()
        theirs.append(_seconds(lambda: workbook.edit(last.id, last.new)))  # noqa: B023
    print(f"\nload {os.getloadavg()[0]:.2f}")
    mine, peer = _told("own", ours), _told("formualizer 0.13, SUMIFS", theirs)
    print(f"formualizer / own = {peer / mine:,.0f}")
    assert all(workbook.edit(1, 12_300)) is True
    engine.apply(_change(1, 12_300))
    for table, row, column in workbook.place:
        assert workbook.figure(table, row, column) == (engine.value(table, row, column) or 0)


def test_s1_a_later_book_is_the_same_work() -> None:
    """The cost of an edit does not grow with the number of lines: 300 lines against 3,000."""
    pack, year = _pack(), _year()
    small = replace(year, lines={n: line for n, line in year.lines.items() if n <= _LINES // 10})
    medians = []
    for one in (small, year):
        engine = Engine(pack, one)
        for number in one.lines:
            engine.prepare("lines", number)
        changes = [_change(1 + i % len(one.lines), (i + 1) * 100 + 1) for i in range(1000)]
        medians.append(_told(f"{len(one.lines)} lines", _each(engine, changes)))
    print(f"3,000 lines / 300 lines = {medians[1] / medians[0]:.2f}")
    assert len(medians) == 2
