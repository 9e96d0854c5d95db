"""The filled tables, frozen: what the screen shows and every paper prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from xinfang_desk.model.formula import Condition, Value
from xinfang_desk.model.money import Fen, MoneyUnit
from xinfang_desk.model.pack import ColumnKind

CellKind = Literal["money", "count", "text", "percent", "label", "blank"]
"""``percent``: a ratio or a score, printed as text and set like a figure."""


@dataclass(frozen=True, slots=True)
class CellAddress:
    """Where a cell stands: table id (with ``#project id`` for repeated sheets), row key, column id."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class SumOf:
    """A workbook formula: plus all ``plus`` cells, minus all ``minus`` cells (cells of the same sheet)."""

    plus: tuple[CellAddress, ...]
    minus: tuple[CellAddress, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure comes from: ``pivot`` of lines (``where`` tells which), ``formula`` (``value``), a typed
    ``fact`` / ``prior`` / ``record`` (``address`` tells which), or nothing (``none``)."""

    kind: Literal["pivot", "formula", "fact", "prior", "record", "none"]
    where: Condition | None = None
    value: Value | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell. ``value``: 分 for money, a whole number for count, text otherwise, ``None`` for blank.

    ``text`` is exactly what is printed. ``formula``: the live formula of the workbook, where the cell is a sum of
    cells of its own sheet and the sum is true.
    """

    value: Fen | str | None
    text: str
    kind: CellKind
    origin: Origin = Origin("none")
    formula: SumOf | None = None


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A leaf column of the printed grid. In a block table the ids are unique over the sheet."""

    id: str
    kind: ColumnKind
    width: float
    """in mm, as wished: the paper may scale all of them together"""


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A heading: rows and columns are counted from 0 within the header; spans count cells."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A body row: ``key`` is unique in the sheet; ``level`` 0 total, 1 类, 2 款, 3 项; ``cells`` follow the columns.

    In block tables a printed row holds cells of several blocks: ``keys`` gives the row key of each column.
    """

    key: str
    level: int
    bold: bool
    cells: tuple[Cell, ...]
    keys: tuple[str, ...] = ()

    def key_at(self, column: int) -> str:
        """The row key to which the cell in this column belongs (block tables differ by column)."""
        return self.keys[column] if self.keys else self.key


@dataclass(frozen=True, slots=True)
class Sheet:
    """One filled table.

    ``id`` equals the table's id (``id#7`` when repeated for project 7). ``corner`` and ``unit_label`` are the two
    lines above the grid; ``heads`` are label/text pairs printed between title and grid (target forms).
    ``is_empty``: no cell holds money or records; then ``notes`` contain the statutory sentence.
    """

    id: str
    table: str
    number: str
    title: str
    unit: MoneyUnit
    corner: str
    unit_label: str
    columns: tuple[SheetColumn, ...]
    header: tuple[HeaderCell, ...]
    header_rows: int
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    heads: tuple[tuple[str, str], ...] = ()
    is_empty: bool = False
    paper: Literal["A4", "A3"] = "A4"
    orientation: Literal["portrait", "landscape"] = "landscape"
    inline: bool = False
    """True for tables that stand inside the narrative and not in the table set."""
    _index: dict[tuple[str, str], tuple[int, int]] = field(
        default_factory=dict, compare=False, repr=False)

    def cell(self, row: str, column: str) -> Cell:
        """The cell at a row key and column id. Raises ``KeyError``."""
        i, j = self.place(row, column)
        return self.rows[i].cells[j]

    def place(self, row: str, column: str) -> tuple[int, int]:
        """Body row number and column number of an address, from 0. Raises ``KeyError``."""
        if not self._index:
            for i, line in enumerate(self.rows):
                for j, col in enumerate(self.columns):
                    self._index.setdefault((line.key_at(j), col.id), (i, j))
        return self._index[row, column]
