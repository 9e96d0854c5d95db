"""The cells of a rule as a list of ways to go, on however many tables they stand."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from xinfang_desk.flow.mending import cell_names
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.theme import px, watch
from xinfang_desk.messages import findings as words
from xinfang_desk.model.sheet import CellAddress

_MOST_ROWS = 5
_MOST_CELLS = 60


class RuleCells(QListWidget):
    """``wanted``: a cell was clicked, or Enter pressed on it. As high as what it names, up to some rows."""

    wanted = Signal(object)

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.cells: tuple[CellAddress, ...] = ()
        self._named: list[tuple[CellAddress, str]] = []
        self.setObjectName("ruleCells")
        self.setAccessibleName(words.CELLS_NAME)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(self._go)
        self.itemActivated.connect(self._go)
        watch().changed.connect(self._fit)

    def show_cells(self, cells: tuple[CellAddress, ...]) -> None:
        """List the cells of a rule as they read now."""
        named = cell_names(self._hub.desk, cells[:_MOST_CELLS])
        if named == self._named and cells == self.cells:
            return
        self.cells, self._named = cells, named
        kept = self.currentRow()
        self.clear()
        for cell, name in named:
            item = QListWidgetItem(name, self)
            item.setData(Qt.ItemDataRole.UserRole, cell)
        if len(cells) > _MOST_CELLS:
            more = QListWidgetItem(words.CELL_MORE.format(count=len(cells) - _MOST_CELLS), self)
            more.setFlags(Qt.ItemFlag.NoItemFlags)
        self.setCurrentRow(min(max(kept, 0), self.count() - 1))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Each line as high as its words need; the list as high as its lines, up to some."""
        metrics = self.fontMetrics()
        room = max(60, self.viewport().width() - px(16))
        heights = []
        for row in range(self.count()):
            box = metrics.boundingRect(QRect(0, 0, room, 10_000), int(Qt.TextFlag.TextWordWrap), self.item(row).text())
            heights.append(box.height() + px(8))
            self.item(row).setSizeHint(QSize(40, heights[-1]))
        self.setFixedHeight(sum(heights[:_MOST_ROWS]) + 4 if heights else 0)

    def _go(self, item: QListWidgetItem) -> None:
        cell = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(cell, CellAddress):
            self.wanted.emit(cell)
