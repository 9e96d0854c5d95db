"""A filled table on the screen: merged headings, figures at the right, as it will be printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from xinfang_desk.flow.copying import clip
from xinfang_desk.flow.grid import ColumnType
from xinfang_desk.gui import bubble
from xinfang_desk.gui.column_fit import shared, stepped
from xinfang_desk.gui.grid_clip import put_on_clipboard
from xinfang_desk.gui.sheet_cells import FIGURES, SheetCells, ToldCells
from xinfang_desk.gui.sheet_menu import show_sheet_menu
from xinfang_desk.gui.sheet_model import SheetModel
from xinfang_desk.gui.theme import colour, paper_colour, px, watch
from xinfang_desk.messages import hints
from xinfang_desk.messages import tables as words
from xinfang_desk.messages import window as t
from xinfang_desk.model.sheet import CellAddress, Sheet

_PX_PER_MM = 3.1
_HEAD_LINE, _HEAD_PAD, _ROW = 16, 4, 23  # pixels at 100 %
_WRAPPED_CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


def _would_change(event: QKeyEvent) -> bool:
    """Whether a key would change a cell, if cells could be changed here."""
    standard = QKeySequence.StandardKey
    if event.matches(standard.Paste) or event.matches(standard.Cut):
        return True
    if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        return True
    plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return plain and bool(event.text()) and event.text().isprintable()


class SheetHeader(QHeaderView):
    """Headings in several rows, with the spans of the printed table."""

    def __init__(self, model: SheetModel, ink: Callable[[str], QColor], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sheet_model = model
        self._ink = ink
        self._heights: list[int] = [px(_HEAD_LINE + _HEAD_PAD)]
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(24)
        self.setAccessibleName(t.COLUMN_TITLES)

    def use_font(self, font: QFont) -> None:
        """Headings a little smaller than the figures, so that tall headings leave room for rows."""
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.92)
        self.setFont(small)

    def measure(self) -> None:
        """Work out how high each heading row must be at the present column widths."""
        sheet = self._sheet_model.sheet
        if sheet is None:
            return
        pad = px(_HEAD_PAD)
        heights = [px(_HEAD_LINE) + pad] * max(1, sheet.header_rows)
        metrics = self.fontMetrics()
        for head in sorted(sheet.header, key=lambda head: head.row_span):
            width = sum(self.sectionSize(c) for c in range(head.column, head.column + head.column_span)) - 6
            box = metrics.boundingRect(QRect(0, 0, max(20, width), 4000), int(_WRAPPED_CENTRE), head.text)
            have = sum(heights[head.row:head.row + head.row_span])
            if box.height() + pad > have:
                heights[min(head.row + head.row_span, len(heights)) - 1] += box.height() + pad - have
        if heights != self._heights:
            self._heights = heights
            self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        # Qt's own would lay out every heading's text, at every change of a width.
        return QSize(self.length(), sum(self._heights))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._ink("raised"))
        sheet = self._sheet_model.sheet
        if sheet is None or self.count() != len(sheet.columns):
            painter.end()
            return
        tops = [sum(self._heights[:row]) for row in range(len(self._heights) + 1)]
        for head in sheet.header:
            x = self.sectionViewportPosition(head.column)
            width = sum(self.sectionSize(c) for c in range(head.column, head.column + head.column_span))
            bottom = tops[min(head.row + head.row_span, len(self._heights))]
            rect = QRect(x, tops[head.row], width, bottom - tops[head.row])
            painter.setPen(QPen(self._ink("line_strong"), 1))
            painter.drawRect(rect.adjusted(-1, -1, -1, -1))
            painter.setPen(self._ink("text"))
            painter.drawText(rect.adjusted(3, 2, -3, -2), int(_WRAPPED_CENTRE), head.text)
        painter.end()


class SheetView(QTableView):
    """Read only. Enter or double click on a figure asks where it comes from, Space tells it; typing says why not."""

    source_wanted = Signal(object)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, wrap: bool = False) -> None:
        """``wrap``: long texts take more lines, as on paper, instead of being cut short with ``…``."""
        super().__init__(parent)
        self.wrap = wrap
        self._told = False
        self.ink = paper_colour if wrap else colour  # paper stays white in the dark
        self.sheet_model = SheetModel(self)
        self.setModel(self.sheet_model)
        self._head = SheetHeader(self.sheet_model, self.ink, self)
        self.setHorizontalHeader(self._head)
        self._head.use_font(self.font())
        self._cells = SheetCells(self)
        self.setItemDelegate(self._cells)
        self._told_cells = ToldCells(self)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        for corner in self.findChildren(QAbstractButton):
            corner.setAccessibleName(t.TABLE_CORNER)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setAccessibleName(t.ROW_NUMBERS)
        rows.hide()
        self.setAccessibleName(t.NO_SHEET)
        self.setAccessibleDescription(hints.SHEET)
        self.doubleClicked.connect(self._ask)
        self.selectionModel().currentChanged.connect(lambda *_: self._hush())
        watch().changed.connect(self.dress)
        self.verticalHeader().setDefaultSectionSize(px(_ROW))

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show another sheet."""
        self.sheet_model.show_sheet(sheet)
        self.setAccessibleName(f"{sheet.number} {sheet.title}" if sheet else t.NO_SHEET)
        self.fit()

    def height_for(self, rows: float) -> int:
        """Pixels in which the headings and so many rows are seen."""
        bar = self.horizontalScrollBar()
        return (2 * self.frameWidth() + self._head.sizeHint().height() + round(rows * self.verticalHeader().defaultSectionSize())
                + (bar.sizeHint().height() if bar.maximum() > 0 else 0))

    def renew(self, sheet: Sheet, cells: Iterable[CellAddress]) -> None:
        """Show a newer state; changed cells flash."""
        if not self.sheet_model.renew(sheet, cells):
            self.fit()

    def retell(self, cells: tuple[CellAddress, ...], texts: Sequence[str]) -> None:
        """Cells read otherwise while a figure is being typed; only these are painted."""
        self._told_cells.tell(self.sheet_model.retell(cells, texts))

    def light(self, cells: Iterable[CellAddress]) -> None:
        """Light up cells and scroll to the first."""
        places = self.sheet_model.light(cells)
        if places:
            index = self.sheet_model.index(*places[0])
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def fit(self) -> None:
        """Give the columns their printed proportions: the whole width where there is room, never too narrow."""
        sheet = self.sheet_model.sheet
        if sheet is None or not sheet.columns:
            return
        needed = [self._needed(sheet, j) for j in range(len(sheet.columns))]
        printed = [max(need, px(column.width * _PX_PER_MM)) for need, column in zip(needed, sheet.columns, strict=True)]
        room = self.viewport().width()
        if sum(printed) < room:
            wanted = shared(printed, printed, room - sum(printed))
        else:
            tight = [self._needed(sheet, j, tight=True) for j in range(len(sheet.columns))]
            wanted = stepped([printed, needed, tight], room) or needed
        for j, width in enumerate(wanted):
            self.setColumnWidth(j, width)
        self._head.measure()
        if self.wrap:
            self._fit_rows(sheet)

    def dress(self) -> None:
        """Take the present size of type."""
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        self._head.use_font(self.font())
        self.fit()

    def set_paper_font(self, font: QFont) -> None:
        """Show the table in another font."""
        self.setFont(font)
        self.viewport().setFont(font)  # under a style sheet it does not take it from the view
        self._head.use_font(font)
        self.fit()

    def _fit_rows(self, sheet: Sheet) -> None:
        metrics = self.fontMetrics()
        for i, row in enumerate(sheet.rows):
            lines = [metrics.boundingRect(QRect(0, 0, self.columnWidth(j) - 9, 4000), int(Qt.TextFlag.TextWordWrap),
                                          cell.text).height()
                     for j, cell in enumerate(row.cells)
                     if len(cell.text) > 4 and cell.kind not in ("money", "count", "percent")]
            self.setRowHeight(i, max([px(_ROW), *(height + px(6) for height in lines)]))

    def _needed(self, sheet: Sheet, column: int, *, tight: bool = False) -> int:
        """What a column needs to be read with ease; ``tight``: to be read at all, names cut short."""
        metrics, pad = self.fontMetrics(), px(11 if tight else 14)
        texts = [row.cells[column] for row in sheet.rows[:80]]
        figures = [metrics.horizontalAdvance(cell.text) + pad for cell in texts if cell.kind in FIGURES]
        longest = px((44 if self.wrap else 64) if tight else 80 if self.wrap else 220)
        words = [min(longest, metrics.horizontalAdvance(cell.text) + pad) for cell in texts
                 if cell.kind not in FIGURES]
        # A heading of its own column should not need more than three lines, four where there is little room.
        heads = [self._head.fontMetrics().horizontalAdvance(head.text) // (4 if tight else 3) + px(14 if tight else 22)
                 for head in sheet.header if head.column == column and head.column_span == 1 and head.row_span == 1]
        return max([px(32 if tight else 40), *figures, *words, *heads])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._told_cells.forget()
        if event.size().width() != event.oldSize().width():
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(index)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Space and index.isValid():
            self.tell_source()
        elif _would_change(event):
            self.tell(words.LOCKED_SHEET)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString() or event.preeditString():
            self.tell(words.LOCKED_SHEET)
        event.ignore()

    def tell(self, sentence: str, *, aloud: bool = True) -> None:
        """A sentence beside the current cell, until the cursor goes on; ``aloud``: in the status line too."""
        bubble.tell(sentence, self.viewport(), self.visualRect(self.currentIndex()), tone="info")
        self._told = True
        if aloud:
            self.said.emit(sentence)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._hush()

    def _hush(self) -> None:
        if self._told:
            self._told = False
            bubble.hush(self)

    def tell_source(self) -> None:
        """How the current figure is made, beside it."""
        index = self.currentIndex()
        told = self.sheet_model.explained(index.row(), index.column()) if index.isValid() else ""
        if told:
            self.tell(told, aloud=False)

    def ask_source(self) -> None:
        """Ask to be taken where the current figure comes from."""
        self._ask(self.currentIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            corner = self.visualRect(self.currentIndex()).bottomLeft()
            show_sheet_menu(self, self.viewport().mapToGlobal(corner))
            return
        if index.isValid() and index not in self.selectedIndexes():
            self.setCurrentIndex(index)
        show_sheet_menu(self, event.globalPos())

    def go_to(self, cell: CellAddress) -> None:
        """Put the cursor on a cell of the shown sheet."""
        place = self.sheet_model.place(cell)
        if place is not None:
            index = self.sheet_model.index(*place)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as text and as an HTML table."""
        sheet = self.sheet_model.sheet
        places = sorted((i.row(), i.column()) for i in self.selectedIndexes())
        if sheet is None or not places:
            return
        columns = sorted({column for _, column in places})
        rows = sorted({row for row, _ in places})
        block = [[sheet.rows[row].cells[column].text for column in columns] for row in rows]
        kinds: list[ColumnType] = ["money" if any(sheet.rows[row].cells[column].kind in ("money", "count") for row in rows)
                                   else "text" for column in columns]
        put_on_clipboard(clip(block, kinds))
        self.said.emit(words.COPIED.format(rows=len(rows), columns=len(columns)))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._told_cells.paint(event, self._cells):
            return
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.ink("base"))
        painter.end()
        super().paintEvent(event)

    def _ask(self, index: QModelIndex) -> None:
        if index.isValid():
            self.source_wanted.emit(self.sheet_model.address(index.row(), index.column()))
