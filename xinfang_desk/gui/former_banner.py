"""The banner over a former state: which one is seen, and the ways back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from xinfang_desk.gui.theme import icon, px, watch
from xinfang_desk.messages import history as words
from xinfang_desk.messages import window as t

if TYPE_CHECKING:
    from xinfang_desk.flow.desk import Desk


class FormerBanner(QFrame):
    """Shown as long as a former state is in the window. Escape leads back to the present."""

    back_wanted = Signal()
    escape_pressed = Signal()
    restore_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setProperty("tone", "warning")
        self.sign = QLabel(self)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.restore = self._button(words.RESTORE, words.RESTORE_HINT, self.restore_wanted)
        self.back = self._button(words.BACK, words.BACK_HINT, self.back_wanted)
        self.back.setObjectName("primary")
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), parent, self.escape_pressed.emit)
        self._escape.setEnabled(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 8, 5)
        row.addWidget(self.sign)
        row.addWidget(self.words, 1)
        row.addWidget(self.restore)
        row.addWidget(self.back)
        watch().changed.connect(self._dress)
        self._dress()
        self.hide()

    def show_desk(self, desk: Desk) -> str:
        """Show or hide the banner for a desk; returns the mark for the window's title."""
        sentence = words.BANNER.format(moment=desk.moment)
        self.words.setText(sentence)
        self.words.setAccessibleName(sentence)
        self.setAccessibleName(sentence)
        self.restore.setEnabled(not desk.book.read_only)
        self.setVisible(bool(desk.moment))
        if desk.moment:
            return words.MARK
        return t.READ_ONLY_MARK if desk.read_only else ""

    def showEvent(self, event: QShowEvent) -> None:
        self._escape.setEnabled(True)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._escape.setEnabled(False)
        super().hideEvent(event)

    def _dress(self) -> None:
        self.sign.setPixmap(icon("history").pixmap(px(16), px(16)))

    def _button(self, text: str, hint: str, signal: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(text)
        button.setToolTip(hint)
        button.setAccessibleDescription(hint)
        button.clicked.connect(lambda: signal.emit())  # type: ignore[attr-defined]
        return button
