"""A large button with a sentence below its title, for the few big ways of the start page."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from xinfang_desk.gui.theme import colour, icon, px


class WayButton(QPushButton):
    """Icon, title, and what it leads to. ``primary``: the way most people want."""

    def __init__(self, sign: str, title: str, words: str, parent: QWidget | None = None, *, primary: bool = False) -> None:
        super().__init__(parent)
        self._sign, self._title, self._words, self._primary = sign, title, words, primary
        self._heights: dict[tuple[int, str], int] = {}
        self.setText("")
        self.setObjectName("wayPrimary" if primary else "way")
        self.setAccessibleName(title.split("(&")[0])
        self.setAccessibleDescription(words)
        self.setAutoDefault(True)  # Enter presses it as Space does
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        shortcut = title.partition("(&")[2][:1]
        if shortcut:
            self.setShortcut(f"Alt+{shortcut}")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # The lines of the sentence are broken anew for each: a window being laid out asks some forty times.
        known = self._heights.get((width, self.font().key()))
        if known is None:
            known = self._heights[width, self.font().key()] = self._height(width)
        return known

    def _height(self, width: int) -> int:
        room = QRect(0, 0, max(px(60), width - self._left() - px(16)), 10_000)
        words = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self._words)
        return px(16) * 2 + self._title_height() + px(6) + words.height()

    def sizeHint(self) -> QSize:
        return QSize(px(300), self.heightForWidth(px(300)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(180), self._title_height() + px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # ground, border and focus come from the style sheet
        painter = QPainter(self)
        ink, dim = ("on_accent", "on_accent") if self._primary else ("text", "dim")
        side = px(24)
        if not self._primary:
            icon(self._sign).paint(painter, QRect(px(16), px(18), side, side))
        left = self._left()
        title = QRect(left, px(16), self.width() - left - px(12), self._title_height())
        painter.setFont(self._title_font())
        painter.setPen(colour(ink))
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, self._title)
        painter.setFont(self.font())
        painter.setPen(colour(dim))
        below = QRect(left, title.bottom() + px(6), self.width() - left - px(16), self.height())
        painter.drawText(below, Qt.TextFlag.TextWordWrap, self._words)

    def _left(self) -> int:
        return px(18) if self._primary else px(52)

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setBold(True)
        return font

    def _title_height(self) -> int:
        return round(self.fontMetrics().lineSpacing() * 1.35)
