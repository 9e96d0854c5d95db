"""Texts of cells, measured once: measuring and shortening cost as much as drawing."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter

_KEPT = 20_000
_FIGURE = frozenset("0123456789.,-")
LEFT, CENTRE, RIGHT = range(3)


class CellText:
    """Draws single-line texts of one font into rectangles."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetrics(font)
        self._rise = self._metrics.ascent()
        self._height = self._metrics.height()
        self._fitted: dict[tuple[str, int], tuple[str, int]] = {}
        self._steps = _steps(font)

    def draw(self, painter: QPainter, rect: QRect, text: str, side: int, left: int, right: int) -> None:
        """Draw *text* at a side of *rect* less the margins; what does not fit ends with ``…`` (figures never)."""
        x, room = rect.x() + left, rect.width() - left - right
        if side == RIGHT:
            x += room - self.width(text)
        else:
            text, width = self._fit(text, room)
            if side == CENTRE:
                x += (room - width) // 2
        painter.drawText(x, rect.y() + (rect.height() - self._height) // 2 + self._rise, text)

    def width(self, text: str) -> int:
        """How wide a text is, in pixels."""
        steps = self._steps
        if steps is not None and _FIGURE.issuperset(text):
            return int(sum([steps[sign] for sign in text]) + 0.5)  # as Qt rounds
        return self._fit(text, -1)[1]

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


def _steps(font: QFont) -> dict[str, float] | None:
    """How far each sign of a figure takes one on, in pixels; ``None`` for a font whose signs move closer in pairs: a
    figure's width is then not the sum of its signs'."""
    metrics = QFontMetricsF(font)
    steps = {sign: metrics.horizontalAdvance(sign) for sign in _FIGURE}
    apart = all(abs(metrics.horizontalAdvance(a + b) - steps[a] - steps[b]) < 0.01 for a in _FIGURE for b in _FIGURE)
    return steps if apart else None
