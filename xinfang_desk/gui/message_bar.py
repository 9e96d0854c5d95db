"""A sentence across the top of the window that waits until it is read; it never stops the work."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from xinfang_desk.gui.theme import icon, px, watch
from xinfang_desk.messages import window as t


class MessageBar(QFrame):
    """Shows the latest sentence; Escape or 知道了 puts it away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.sign = QLabel(self)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.close_button = QPushButton(t.UNDERSTOOD, self)
        self.close_button.setAccessibleName(t.UNDERSTOOD)
        self.close_button.setAccessibleDescription(t.UNDERSTOOD_HINT)
        self.close_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 8, 5)
        row.addWidget(self.sign)
        row.addWidget(self.words, 1)
        row.addWidget(self.close_button)
        self._tone = "error"
        watch().changed.connect(self._dress)
        self.hide()

    def _dress(self) -> None:
        self.sign.setPixmap(icon("hint" if self._tone == "info" else self._tone).pixmap(px(16), px(16)))

    def tell(self, sentence: str, tone: str = "error") -> None:
        """Show a sentence."""
        self._tone = tone
        self._dress()
        self.words.setText(sentence)
        self.words.setAccessibleName(sentence)
        self.setAccessibleName(sentence)
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
