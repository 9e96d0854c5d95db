"""The fixed row of sums under an entry table, in line with its columns."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from xinfang_desk.gui.grid_view import GridView
from xinfang_desk.gui.theme import colour, px, watch
from xinfang_desk.messages import marks
from xinfang_desk.messages import tables as words
from xinfang_desk.messages import window as t

_HEIGHT = 25  # pixels at 100 %


class TotalsStrip(QWidget):
    """Paints 合计 and the sum of each money column; follows scrolling and column widths."""

    def __init__(self, view: GridView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._sums: dict[int, str] = {}
        self._label = ""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head = view.horizontalHeader()
        head.sectionResized.connect(lambda *_: self.update())
        view.horizontalScrollBar().valueChanged.connect(lambda _: self.update())
        view.grid_model.totals_changed.connect(self._tell)
        view.grid_model.totals_tried.connect(self._retell)
        watch().changed.connect(self.updateGeometry)
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(_HEIGHT))

    def _tell(self) -> None:
        model = self._view.grid_model
        # Asked for once a change, not at every paint.
        self._sums = model.totals()
        sums = marks.COMMA.join(f"{model.columns[column].title}{text or t.BLANK}" for column, text in self._sums.items())
        shown, count = len(model.shown), model.source.count()
        if shown == count:
            self._label = t.TOTAL_ROWS.format(count=count)
            self.setAccessibleName(t.TOTALS.format(count=count, sums=sums))
        else:
            self._label = words.TOTAL_OF_SHOWN.format(shown=shown, all=count)
            self.setAccessibleName(words.TOTALS_OF_SHOWN.format(shown=shown, all=count, sums=sums))
        self.update()

    def _retell(self) -> None:
        """Only sums that are otherwise than before are painted; they are read aloud when the figure is taken."""
        before, self._sums = self._sums, self._view.grid_model.totals()
        for column, text in self._sums.items():
            if text != before.get(column):
                cell = self._cell(column)
                self.update(cell.adjusted(-cell.width(), 0, 0, 0))  # a wide sum runs over to the left

    def _cell(self, column: int) -> QRect:
        """Where a column's sum stands."""
        head = self._view.horizontalHeader()
        left = self._view.verticalHeader().width() + self._view.frameWidth()
        return QRect(left + head.sectionViewportPosition(column), 0, head.sectionSize(column) - px(6), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), colour("total"))
        painter.setPen(colour("line_strong"))
        painter.drawLine(0, 0, self.width(), 0)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colour("text"))
        head = self._view.horizontalHeader()
        left = self._view.verticalHeader().width() + self._view.frameWidth()
        totals = {column: text for column, text in self._sums.items() if not self._view.isColumnHidden(column)}
        first = min((head.sectionViewportPosition(column) for column in totals), default=self.width())
        place = QRect(px(8), 0, max(px(120), left + first - px(12)), self.height())
        if event.region().intersects(place):
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._label)
        for column, text in totals.items():
            cell = self._cell(column)
            if not event.region().intersects(cell.adjusted(-cell.width(), 0, 0, 0)):
                continue
            # A sum wider than its column runs over to the left rather than losing digits.
            wide = painter.fontMetrics().horizontalAdvance(text) + 4
            if wide > cell.width():
                cell.setLeft(cell.right() - wide)
            painter.fillRect(cell.adjusted(0, 1, 0, 0), colour("total"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        painter.end()
