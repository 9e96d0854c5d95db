"""A block pasted from a spreadsheet: what it would change and what is refused, before anything happens.

The reading, laying out and telling is the same for every list; what a cell takes, each list says itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from xinfang_desk.flow.grid import (
    EntryRefused,
    GridColumn,
    blank_record,
    cell_text,
    field_steps,
    next_id,
    parse_cell,
)
from xinfang_desk.intake.clipboard import Block as Block
from xinfang_desk.intake.clipboard import read_block as read_block
from xinfang_desk.intake.clipboard import read_html as read_html
from xinfang_desk.intake.clipboard import read_ods as read_ods
from xinfang_desk.messages import marks
from xinfang_desk.messages import tables as words
from xinfang_desk.model.change import Change, Insert, RecordSpace, SetField, Step
from xinfang_desk.model.codes import Codes
from xinfang_desk.model.ledger import Record, Year
from xinfang_desk.model.money import MoneyUnit

MAX_ROWS = 5000
_HEAD_UNIT = re.compile(r"[（(]\s*(?:单位\s*[：:])?\s*(万元|元)\s*[)）]\s*$")


@dataclass(frozen=True, slots=True)
class PastedCell:
    """One pasted cell: block row and column from 0, the text, why it is refused ('' if it is taken), and what the
    cell shows before and after."""

    row: int
    column: int
    text: str
    refusal: str = ""
    old: str = ""
    new: str = ""

    @property
    def changes(self) -> bool:
        """Whether the cell will show something else."""
        return not self.refusal and self.old != self.new


@dataclass(frozen=True, slots=True)
class Clipping:
    """A block read from the clipboard, without its heading row. ``units``: money units its heading names, by block
    column. ``note``: what was left out, in words."""

    rows: Block
    units: Mapping[int, MoneyUnit] = field(default_factory=dict)
    note: str = ""

    @property
    def width(self) -> int:
        """Cells of the longest row."""
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True, slots=True)
class PastePlan:
    """What a paste would do. ``change`` is ``None`` where nothing would change; refused cells stay as they are.
    ``titles``: of the columns from the block's first on; ``lines``: row numbers as shown, from 1."""

    cells: tuple[PastedCell, ...]
    change: Change | None
    new_rows: int
    note: str = ""
    titles: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()

    @property
    def refused(self) -> tuple[PastedCell, ...]:
        """The cells that would not be taken, each with its reason."""
        return tuple(cell for cell in self.cells if cell.refusal)

    @property
    def overwritten(self) -> int:
        """How many cells would lose what stands in them."""
        return sum(cell.changes and bool(cell.old) for cell in self.cells)


# ---- reading ----


def clipping(block: Block, titles: Sequence[str]) -> Clipping:
    """Leave out a heading row that repeats titles of the list, and what is beyond :data:`MAX_ROWS`."""
    units: dict[int, MoneyUnit] = {}
    note = ""
    if len(block) > 1 and _is_heading(block[0], titles):
        for j, cell in enumerate(block[0]):
            named = _HEAD_UNIT.search(cell)
            if named is not None:
                units[j] = MoneyUnit(named[1])
        told = {unit.value for unit in units.values()}
        note = words.PASTE_HEADING_UNIT.format(unit=marks.AND.join(sorted(told))) if told else words.PASTE_HEADING
        block = block[1:]
    if len(block) > MAX_ROWS:
        block, note = block[:MAX_ROWS], note + words.PASTE_TOO_LONG.format(most=MAX_ROWS)
    return Clipping(block, units, note)


def tiled(clip: Clipping, rows: int, columns: int) -> Clipping:
    """The block repeated over a selection of ``rows`` by ``columns`` where that is a whole number of blocks (as in a
    spreadsheet: one copied cell fills any selection), else the block itself."""
    high, wide = len(clip.rows), clip.width
    if not high or not wide or (rows, columns) == (high, wide) or rows < high or columns < wide \
            or rows % high or columns % wide:
        return clip
    full = [[*row, *[""] * (wide - len(row))] for row in clip.rows]
    block = tuple(tuple(full[i % high][j % wide] for j in range(columns)) for i in range(rows))
    units = {j: unit for j in range(columns) if (unit := clip.units.get(j % wide)) is not None}
    return Clipping(block, units, clip.note + words.PASTE_TILED)


def _is_heading(line: Sequence[str], titles: Sequence[str]) -> bool:
    known = {_bare(title) for title in titles}
    filled = [cell for cell in line if cell]
    same = sum(_bare(cell) in known for cell in filled)
    return same >= max(1, len(filled) - 1)


def _bare(title: str) -> str:
    return re.sub(r"\s+", "", _HEAD_UNIT.sub("", title))


# ---- laying over a list ----

Taker = Callable[[int, int, str, MoneyUnit | None], tuple[str, str]]
"""Takes a block row, a column of the list, the text and the unit its heading named; gives what the cell showed and
will show. Raises :class:`EntryRefused`."""


def lay(clip: Clipping, columns: Sequence[int], take: Taker) -> tuple[PastedCell, ...]:
    """Offer each cell of the block to the list: the first to the first of ``columns``, and so on; those beyond are
    refused."""
    cells: list[PastedCell] = []
    for i, line in enumerate(clip.rows):
        for j, text in enumerate(line):
            if j >= len(columns):
                cells.append(PastedCell(i, j, text, words.NO_MORE_COLUMNS if text else ""))
                continue
            try:
                old, new = take(i, columns[j], text, clip.units.get(j))
            except EntryRefused as refused:
                cells.append(PastedCell(i, j, text, refused.reason))
            else:
                cells.append(PastedCell(i, j, text, "", old, new))
    return tuple(cells)


def plan(year: Year, space: RecordSpace, columns: tuple[GridColumn, ...], ids: Sequence[int | None],
         targets: Sequence[int], clip: Clipping, codes: Codes, unit: MoneyUnit, **defaults: Any) -> PastePlan:
    """Lay a block over a list of records.

    ``ids``: the record each row of the block goes to, ``None`` for a new one (made with ``defaults``); ``targets``:
    the column each cell of a row goes to.
    """
    records = getattr(year, space)
    fresh = next_id(year, space)
    bases: list[Record] = []
    made = 0
    for id_ in ids:
        bases.append(records[id_] if id_ is not None else blank_record(year, space, id=fresh + made, **defaults))
        made += id_ is None
    now = list(bases)
    steps: list[Step] = []

    def take(i: int, j: int, text: str, named: MoneyUnit | None) -> tuple[str, str]:
        value = parse_cell(text, columns[j], codes, named or unit, year)
        old = cell_text(bases[i], columns[j], codes, unit, year) if ids[i] is not None else ""
        for step in field_steps(year, space, now[i], columns[j].field, value, codes):
            assert isinstance(step, SetField)
            now[i] = replace(now[i], **{step.field: step.new})
            if ids[i] is not None:
                steps.append(step)
        return old, cell_text(now[i], columns[j], codes, unit, year) if text or ids[i] is not None else ""

    cells = lay(clip, targets, take)
    filled = {cell.row for cell in cells if cell.text and not cell.refusal}
    new_rows = 0
    for i, id_ in enumerate(ids):
        if id_ is None and i in filled:
            steps.append(Insert(space, replace(now[i], id=fresh + new_rows), len(records) + new_rows))
            new_rows += 1
    change = Change(words.PASTED.format(count=len(clip.rows)), tuple(steps)) if steps else None
    return PastePlan(cells, change, new_rows, clip.note)


def relabelled(plan: PastePlan, label: str) -> PastePlan:
    """The plan with another name for the history."""
    return plan if plan.change is None else replace(plan, change=replace(plan.change, label=label))
