"""The fixed row of sums under an entry table, in line with its columns."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from xinfang_desk.gui.cell_text import LEFT, RIGHT, CellText
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
        self._texts: CellText | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head = view.horizontalHeader()
        self._cells: dict[int, QRect] = {}
        self._spots: dict[int, tuple[str, QRect]] = {}
        self._place: QRect | None = None
        for moved in (head.sectionResized, head.geometriesChanged, view.horizontalScrollBar().valueChanged,
                      view.verticalHeader().geometriesChanged):
            moved.connect(self._move)
        view.grid_model.totals_changed.connect(self._tell)
        view.grid_model.totals_tried.connect(self._retell)
        watch().changed.connect(self.updateGeometry)
        watch().changed.connect(self._move)
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
        self._place = None
        self.update()

    def _retell(self) -> None:
        """Only sums that are otherwise than before are painted; they are read aloud when the figure is taken."""
        before, self._sums = self._sums, self._view.grid_model.totals()
        for column, text in self._sums.items():
            if text != before.get(column):
                former = self._spots.get(column)
                now = self._spot(column, text)
                # Rounding may put a hair of ink outside.
                self.update((now if former is None else former[1].united(now)).adjusted(-2, 0, 1, 0))

    def _move(self) -> None:
        """The columns stand elsewhere."""
        self._cells.clear()
        self._spots.clear()
        self._place = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._move()

    def _cell(self, column: int) -> QRect:
        """Where a column's sum stands; empty where the column is hidden. Looked up once, not at every key."""
        found = self._cells.get(column)
        if found is None:
            head = self._view.horizontalHeader()
            left = self._view.verticalHeader().width() + self._view.frameWidth()
            found = self._cells[column] = QRect() if self._view.isColumnHidden(column) else QRect(
                left + head.sectionViewportPosition(column), 0, head.sectionSize(column) - px(6), self.height())
        return found

    def _spot(self, column: int, text: str) -> QRect:
        """Where the sum's text stands: one wider than its column runs over to the left rather than losing digits."""
        known = self._spots.get(column)
        if known is not None and known[0] == text:
            return known[1]
        cell = QRect(self._cell(column))
        wide = self._bold().width(text) + 4
        if not cell.isEmpty() and wide > cell.width():
            cell.setLeft(cell.right() - wide)
        self._spots[column] = text, cell
        return cell

    def _label_place(self) -> QRect:
        """Left of the first sum; no wider than the label is, so that a wide sum does not have it painted again."""
        if self._place is None:
            first = min((cell.left() for column in self._sums if not (cell := self._cell(column)).isEmpty()),
                        default=self.width())
            room = max(px(120), first - px(12))
            self._place = QRect(px(8), 0, min(room, self._bold().width(self._label) + 1), self.height())
        return self._place

    def paintEvent(self, event: QPaintEvent) -> None:
        stale = event.rect()
        painter = QPainter(self)
        painter.fillRect(stale, colour("total"))
        painter.fillRect(stale.left(), 0, stale.width(), 1, colour("line_strong"))
        texts, place = self._bold(), self._label_place()
        painter.setFont(texts.font)
        painter.setPen(colour("text"))
        labelled = stale.intersects(place)
        if labelled:
            texts.draw(painter, place, self._label, LEFT, 0, 0)
        for column, text in self._sums.items():
            spot = self._spot(column, text)
            if stale.intersects(spot):
                if labelled:  # it may have run under the sum
                    painter.fillRect(spot.adjusted(0, 1, 0, 0), colour("total"))
                texts.draw(painter, spot, text, RIGHT, 0, 0)
        painter.end()

    def _bold(self) -> CellText:
        """The sums' lettering, measured once for each size of type."""
        if self._texts is None:
            heavy = QFont(self.font())
            heavy.setBold(True)
            self._texts = CellText(heavy)
        return self._texts

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._texts = None
            self._move()
