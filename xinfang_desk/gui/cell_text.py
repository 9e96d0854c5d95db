"""Texts of cells, measured once: measuring and shortening cost as much as drawing."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

_KEPT = 20_000
LEFT, CENTRE, RIGHT = range(3)


class CellText:
    """Draws single-line texts of one font into rectangles."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetrics(font)
        self._rise = self._metrics.ascent()
        self._height = self._metrics.height()
        self._fitted: dict[tuple[str, int], tuple[str, int]] = {}

    def draw(self, painter: QPainter, rect: QRect, text: str, side: int, left: int, right: int) -> None:
        """Draw *text* at a side of *rect* less the margins; what does not fit ends with ``…`` (figures never)."""
        x, room = rect.x() + left, rect.width() - left - right
        shown, width = self._fit(text, room if side != RIGHT else -1)
        if side == RIGHT:
            x += room - width
        elif side == CENTRE:
            x += (room - width) // 2
        painter.drawText(x, rect.y() + (rect.height() - self._height) // 2 + self._rise, shown)

    def _fit(self, text: str, room: int) -> tuple[str, int]:
        key = (text, room)
        found = self._fitted.get(key)
        if found is None:
            if len(self._fitted) > _KEPT:
                self._fitted.clear()
            width = self._metrics.horizontalAdvance(text)
            if 0 <= room < width:
                text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
                width = self._metrics.horizontalAdvance(text)
            found = self._fitted[key] = (text, width)
        return found
