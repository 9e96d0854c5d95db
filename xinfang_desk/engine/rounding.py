"""舍位平衡: amounts rounded once, at the lines, so that every table closes on the printed figures.

Two policies (a pack says which). *Independent*: each cell is rounded by itself, a printed sum may differ from its
printed parts by the last digit, and the table says so. *Closed*: the lines themselves are rounded to the printed step,
the differences spread by the largest remainders, and every table is a view of those lines: all close, with each other
too. Nothing that was entered changes; the adjustment of each line is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from xinfang_desk.messages import engine as words
from xinfang_desk.model.ledger import Fund, Income, Line, Year
from xinfang_desk.model.money import FEN_PER_WAN, Fen, round_div
from xinfang_desk.model.sheet import Cell, Sheet

STEP: Fen = FEN_PER_WAN // 100
"""0.01 万元, the last printed digit."""

TAIL_NOTE = words.TAIL_NOTE

_Record = TypeVar("_Record", Line, Income)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What closing did to one line or income (``space`` lines or incomes), in 分."""

    space: str
    id: int
    entered: Fen
    printed: Fen

    @property
    def moved(self) -> Fen:
        """Printed less entered."""
        return self.printed - self.entered


@dataclass(frozen=True, slots=True)
class Closed:
    """A year whose amounts are whole steps, and what had to be moved for it."""

    year: Year
    adjustments: tuple[Adjustment, ...]


def close(year: Year, step: Fen = STEP) -> Closed:
    """Round every line and income of ``year`` to whole ``step`` so that all sums close.

    The whole is rounded first, then each fund within the whole, then each line within its fund; income and
    expenditure of a fund that agree to the 分 agree afterwards. Last year's and other typed figures are left alone.
    """
    lines, moved = _close(year.lines, "lines", step)
    incomes, more = _close(year.incomes, "incomes", step)
    return Closed(replace(year, lines=lines, incomes=incomes), (*moved, *more))


def _close(records: Mapping[int, _Record], space: str, step: Fen) -> tuple[dict[int, _Record], list[Adjustment]]:
    groups: dict[tuple[Fund, bool], list[_Record]] = {}
    for record in records.values():
        if record.amount is not None:
            groups.setdefault((record.fund, record.carry), []).append(record)
    keys = sorted(groups, key=lambda key: (key[0].value, key[1]))
    totals = [sum(r.amount or 0 for r in groups[key]) for key in keys]
    closed: dict[int, Fen] = {}
    for key, target in zip(keys, spread(totals, round_div(sum(totals), step), step), strict=True):
        members = groups[key]
        for record, steps in zip(members, spread([r.amount or 0 for r in members], target, step), strict=True):
            closed[record.id] = steps * step
    made = {i: replace(r, amount=closed[i]) if i in closed else r for i, r in records.items()}
    adjustments = [Adjustment(space, i, r.amount, closed[i]) for i, r in records.items()
                   if r.amount is not None and r.amount != closed[i]]
    return made, adjustments


def spread(amounts: Sequence[Fen], target: int, step: Fen) -> list[int]:
    """Whole steps for each amount that add up to ``target`` steps, each as near to its amount as that allows.

    Largest remainder: every amount is cut down to whole steps, then those that lost most get one more. Where the
    target asks for more or less than that (it was rounded within a larger whole), the largest amounts give way, and an
    amount of nought stays nought while another can give way.
    """
    floors = [amount // step for amount in amounts]
    lost = [amount % step for amount in amounts]
    missing = target - sum(floors)
    order = sorted(range(len(amounts)), key=lambda i: (-lost[i], -abs(amounts[i]), i))
    made = list(floors)
    for i in order:
        if missing > 0 and lost[i]:
            made[i] += 1
            missing -= 1
    largest = sorted((i for i in range(len(amounts)) if amounts[i]), key=lambda i: (-abs(amounts[i]), i))
    for n in range(abs(missing)):
        made[largest[n % len(largest)]] += 1 if missing > 0 else -1
    return made


def with_tail_note(sheet: Sheet) -> Sheet:
    """The sheet with the note about 尾差 where a printed sum differs from its printed parts."""
    if TAIL_NOTE in sheet.notes or not any(_has_tail(sheet, cell) for row in sheet.rows for cell in row.cells):
        return sheet
    return replace(sheet, notes=(*sheet.notes, TAIL_NOTE), _index={})


def _has_tail(sheet: Sheet, cell: Cell) -> bool:
    if cell.kind != "money" or cell.formula is None or not isinstance(cell.value, int):
        return False
    return _printed([cell], sheet) != (
        _printed((sheet.cell(a.row, a.column) for a in cell.formula.plus), sheet)
        - _printed((sheet.cell(a.row, a.column) for a in cell.formula.minus), sheet))


def _printed(cells: Iterable[Cell], sheet: Sheet) -> int:
    """The sum of what is printed, in hundredths of the sheet's unit."""
    return sum(round_div(cell.value * 100, sheet.unit.fen) for cell in cells if isinstance(cell.value, int))
