"""The small square at the corner of a selection made with the mouse: dragging it down or to the right repeats the
selected cells there. The keyboard has Ctrl+D and Ctrl+Enter, so it is out of the way of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from xinfang_desk.gui.theme import colour, px
from xinfang_desk.messages import tables as words

if TYPE_CHECKING:
    from xinfang_desk.gui.grid_view import GridView

_SIDE = 8  # pixels at 100 %


class FillHandle(QWidget):
    """Shown after a selection with the mouse, hidden at the first key, scroll or change of rows."""

    def __init__(self, view: GridView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._block: tuple[int, int, int, int] | None = None
        self._reach = (0, 0)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(words.FILL_HANDLE)
        self.setToolTip(words.FILL_HANDLE)
        view.grid_model.modelReset.connect(self.hide)
        view.grid_model.rowsInserted.connect(self.hide)
        for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
            bar.valueChanged.connect(lambda _: self.hide())
        self.hide()

    def place(self) -> None:
        """Stand at the corner of the selection, where there is something to repeat."""
        view = self._view
        cells = [cell for cell in view.cells() if cell[0] < len(view.grid_model.shown)]
        if not cells or view.editor is not None or not any(view.grid_model.editable(*cell) for cell in cells):
            self.hide()
            return
        (top, left), bottom, right = cells[0], max(row for row, _ in cells), max(column for _, column in cells)
        left = min(column for _, column in cells)
        self._block = (top, left, bottom, right)
        side = px(_SIDE)
        self.setFixedSize(side, side)
        corner = view.visualRect(view.grid_model.index(bottom, right)).bottomRight()
        self.move(corner - QPoint(side - 2, side - 2))
        self.show()
        self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._block is not None and event.button() == Qt.MouseButton.LeftButton:
            self._reach = (self._block[2], self._block[3])
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._block is None:
            return
        view, (top, left, bottom, right) = self._view, self._block
        at = self.mapTo(view.viewport(), event.position().toPoint())
        row, column = view.rowAt(at.y()), view.columnAt(at.x())
        down = min(row, len(view.grid_model.shown) - 1) - bottom if row >= 0 else 0
        over = column - right if column >= 0 else 0
        # One way at a time, the one dragged further: as in a spreadsheet.
        down_px = at.y() - view.visualRect(view.grid_model.index(bottom, right)).bottom()
        over_px = at.x() - view.visualRect(view.grid_model.index(bottom, right)).right()
        if down_px >= over_px:
            self._reach = (bottom + max(0, down), right)
        else:
            self._reach = (bottom, right + max(0, over))
        self._select(top, left, *self._reach)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._block is None:
            return
        top, left, bottom, right = self._block
        self._select(top, left, bottom, right)
        if self._reach != (bottom, right):
            wide = [column for column in self._view.shown_columns(left) if column <= self._reach[1]]
            self._view.clips.extend(self._reach[0] - top + 1, len(wide))
        self.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("base"))
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), colour("accent"))
        painter.end()

    def _select(self, top: int, left: int, bottom: int, right: int) -> None:
        model = self._view.grid_model
        span = QItemSelection(model.index(top, left), model.index(bottom, right))
        self._view.selectionModel().select(span, QItemSelectionModel.SelectionFlag.ClearAndSelect)
