"""A filled table as Qt sees it: read only, changed cells flash, cells of a finding are lit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from xinfang_desk.gui.spoken import sheet_cell
from xinfang_desk.model.sheet import Cell, CellAddress, Sheet

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
_PAINT = [ROLE.DisplayRole]
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
FLASH_STEPS = 4
_FLASH_MS = 280


class SheetModel(QAbstractTableModel):
    """Shows one :class:`Sheet`; a newer one of the same shape repaints only the cells that moved."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: Sheet | None = None
        self.lit: frozenset[tuple[int, int]] = frozenset()
        self.flashing: dict[tuple[int, int], int] = {}
        self.told: dict[tuple[int, int], str] = {}
        """what cells read while a figure is being typed, where that differs from the sheet"""
        self.explain: Callable[[CellAddress], str] | None = None
        """tells a figure's formula in words"""
        self._places: dict[tuple[str, str], tuple[int, int]] | None = None
        self._retold: tuple[tuple[CellAddress, ...], list[tuple[int, int] | None]] = (), []
        self._timer = QTimer(self)
        self._timer.setInterval(_FLASH_MS)
        self._timer.timeout.connect(self._fade)

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self.sheet = sheet
        self._places = None
        self._retold = (), []
        self.lit = frozenset()
        self.told.clear()
        self.flashing.clear()
        self.endResetModel()

    def renew(self, sheet: Sheet, cells: Iterable[CellAddress]) -> bool:
        """Show a newer state of the same sheet. Returns ``False`` where its shape changed and all was reset."""
        before = self.sheet
        if before is None or not _same_shape(before, sheet):
            moved = _changed_by_key(before, sheet) if before is not None and before.id == sheet.id else []
            self.show_sheet(sheet)
            self._flash(moved)
            return False
        self.sheet = sheet
        told, self.told = self.told, {}
        for row, column in told:
            self._repaint(row, column)
        wanted = [place for cell in cells if (place := self.place(cell)) is not None]
        # An edit that names no cells (a name, a title) may have touched any.
        places = wanted or [(i, j) for i in range(len(sheet.rows)) for j in range(len(sheet.columns))]
        self._flash((i, j) for i, j in places
                    if before.rows[i].cells[j].text != sheet.rows[i].cells[j].text)
        return True

    def retell(self, cells: tuple[CellAddress, ...], texts: Sequence[str]) -> list[tuple[int, int]]:
        """Cells read otherwise while a figure is being typed. Returns which, to be painted: without a word to screen
        readers, who hear of the figure when it is taken."""
        moved: list[tuple[int, int]] = []
        if self._retold[0] is not cells:  # the very same ones at every key of a figure
            self._retold = cells, [self.place(cell) for cell in cells]
        for place, text in zip(self._retold[1], texts, strict=True):
            if place is not None and self.sheet is not None:
                stored = self.sheet.rows[place[0]].cells[place[1]].text
                if text == self.told.get(place, stored):
                    continue
                if text == stored:
                    del self.told[place]
                else:
                    self.told[place] = text
                moved.append(place)
        return moved

    def text(self, row: int, column: int) -> str:
        """What a cell reads now."""
        told = self.told.get((row, column)) if self.told else None
        return told if told is not None else self.sheet.rows[row].cells[column].text if self.sheet is not None else ""

    def place(self, cell: CellAddress) -> tuple[int, int] | None:
        """Row and column of an address in the shown sheet."""
        if self.sheet is None or cell.table != self.sheet.id:
            return None
        if self._places is None:
            # A newer sheet of the same shape has every cell where it was: looked up once, not at every keystroke.
            self._places = {(row.key_at(j), column.id): (i, j) for i, row in reversed(list(enumerate(self.sheet.rows)))
                            for j, column in reversed(list(enumerate(self.sheet.columns)))}
        return self._places.get((cell.row, cell.column))

    def light(self, cells: Iterable[CellAddress]) -> list[tuple[int, int]]:
        """Light up cells (and only these); returns where they are."""
        before = self.lit
        self.lit = frozenset(place for cell in cells if (place := self.place(cell)) is not None)
        for row, column in before | self.lit:
            self._repaint(row, column)
        return sorted(self.lit)

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell at a place."""
        return self.sheet.rows[row].cells[column] if self.sheet is not None else None

    def address(self, row: int, column: int) -> CellAddress | None:
        """The address of the cell at a place."""
        if self.sheet is None:
            return None
        return CellAddress(self.sheet.id, self.sheet.rows[row].key_at(column), self.sheet.columns[column].id)

    def explained(self, row: int, column: int) -> str:
        """A figure's formula in words with its figures; '' for what is no figure."""
        cell, address = self.cell(row, column), self.address(row, column)
        if self.explain is None or cell is None or address is None or cell.kind not in ("money", "count", "percent"):
            return ""
        return self.explain(address)

    # ---- Qt's questions ----

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.columns)

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        if self.sheet is None or not index.isValid():
            return None
        if role == ROLE.DisplayRole:
            return self.text(index.row(), index.column())
        if role == ROLE.ToolTipRole:
            text = self.text(index.row(), index.column())
            return self.explained(index.row(), index.column()) or text or None
        if role == ROLE.AccessibleTextRole:
            heading = str(self.headerData(index.column(), Qt.Orientation.Horizontal))
            return sheet_cell(self.sheet, index.row(), index.column(), heading)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _SHOWN

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if self.sheet is None or role != ROLE.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1)
        above = [head for head in self.sheet.header if head.column <= section < head.column + head.column_span]
        return " ".join(head.text for head in sorted(above, key=lambda head: head.row))

    # ---- inside ----

    def _flash(self, places: Iterable[tuple[int, int]]) -> None:
        for place in places:
            self.flashing[place] = FLASH_STEPS
            self._repaint(*place)
        if self.flashing:
            self._timer.start()

    def _fade(self) -> None:
        for place, left in list(self.flashing.items()):
            if left <= 1:
                del self.flashing[place]
            else:
                self.flashing[place] = left - 1
            self._repaint(*place)
        if not self.flashing:
            self._timer.stop()

    def _repaint(self, row: int, column: int) -> None:
        index = self.index(row, column)
        self.dataChanged.emit(index, index, _PAINT)


def _same_shape(a: Sheet, b: Sheet) -> bool:
    return (a.id == b.id and len(a.rows) == len(b.rows) and len(a.columns) == len(b.columns)
            and all(x.key == y.key and x.keys == y.keys for x, y in zip(a.rows, b.rows, strict=True)))


def _changed_by_key(before: Sheet, now: Sheet) -> list[tuple[int, int]]:
    old = {(row.key_at(j), column.id): row.cells[j].text
           for row in before.rows for j, column in enumerate(before.columns)}
    return [(i, j) for i, row in enumerate(now.rows) for j, column in enumerate(now.columns)
            if row.cells[j].kind in ("money", "count") and old.get((row.key_at(j), column.id)) != row.cells[j].text]
