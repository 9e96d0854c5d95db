"""A block pasted from a spreadsheet: what it would change and what is refused, before anything happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from xinfang_desk.flow.grid import EntryRefused, GridColumn, blank_record, field_steps, next_id, parse_cell
from xinfang_desk.intake.clipboard import read_block as read_block
from xinfang_desk.model.change import Change, Insert, RecordSpace, SetField, Step
from xinfang_desk.model.codes import Codes
from xinfang_desk.model.ledger import Record, Year
from xinfang_desk.model.money import MoneyUnit

MAX_ROWS = 5000


@dataclass(frozen=True, slots=True)
class PastedCell:
    """One pasted cell: block row and column from 0, the text, and why it is refused ('' if it is taken)."""

    row: int
    column: int
    text: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class PastePlan:
    """What a paste would do. ``change`` is ``None`` where nothing would change; refused cells stay as they are."""

    cells: tuple[PastedCell, ...]
    change: Change | None
    new_rows: int
    note: str = ""

    @property
    def refused(self) -> tuple[PastedCell, ...]:
        """The cells that would not be taken, each with its reason."""
        return tuple(cell for cell in self.cells if cell.refusal)


def plan(year: Year, space: RecordSpace, columns: tuple[GridColumn, ...], ids: tuple[int, ...], row: int, column: int,
         text: str, codes: Codes, unit: MoneyUnit, **defaults: Any) -> PastePlan:
    """Lay a pasted block over a list.

    ``ids``: the shown records in shown order; ``row``/``column``: where the block's first cell goes; rows past the
    end become new records (with ``defaults``). A heading row that repeats the column titles is left out.
    """
    block = read_block(text)
    titles = {c.title for c in columns}
    if block and sum(cell in titles for cell in block[0]) >= max(1, len([c for c in block[0] if c]) - 1) and len(block) > 1:
        block = block[1:]
    note = ""
    if len(block) > MAX_ROWS:
        block, note = block[:MAX_ROWS], f"粘贴的内容超过 {MAX_ROWS} 行，只取前 {MAX_ROWS} 行。"
    cells: list[PastedCell] = []
    steps: list[Step] = []
    records = getattr(year, space)
    position, fresh = len(records), next_id(year, space)
    new_rows = 0
    for i, line in enumerate(block):
        old = records[ids[row + i]] if row + i < len(ids) else None
        base = old if old is not None else blank_record(year, space, id=fresh + new_rows, **defaults)
        changed, line_cells, field_changes = _lay_row(year, space, columns, base, i, column, line, codes, unit)
        cells += line_cells
        if old is None:
            if any(cell.text for cell in line_cells):
                steps.append(Insert(space, changed, position + new_rows))
                new_rows += 1
        else:
            steps += field_changes
    change = Change(f"粘贴 {len(block)} 行", tuple(steps)) if steps else None
    return PastePlan(tuple(cells), change, new_rows, note)


def _lay_row(year: Year, space: RecordSpace, columns: tuple[GridColumn, ...], record: Record, i: int, column: int,
             line: tuple[str, ...], codes: Codes, unit: MoneyUnit) -> tuple[Record, list[PastedCell], list[Step]]:
    cells: list[PastedCell] = []
    steps: list[Step] = []
    for j, text in enumerate(line):
        if column + j >= len(columns):
            cells.append(PastedCell(i, j, text, "右边没有更多的列，这一格放不下。" if text else ""))
            continue
        target = columns[column + j]
        try:
            value = parse_cell(text, target, codes, unit, year)
        except EntryRefused as refused:
            cells.append(PastedCell(i, j, text, refused.reason))
            continue
        cells.append(PastedCell(i, j, text))
        for step in field_steps(year, space, record, target.field, value, codes):
            assert isinstance(step, SetField)
            record = replace(record, **{step.field: step.new})
            steps.append(step)
    return record, cells, steps
