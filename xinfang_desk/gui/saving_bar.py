"""The bar that stands across the top for as long as something typed is not on disk."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from xinfang_desk.gui.message_bar import MessageBar
from xinfang_desk.messages import safety as words


class SavingBar(MessageBar):
    """Cannot be put away: it goes when everything is saved."""

    again_wanted = Signal()
    elsewhere_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.close_button.hide()
        self.again = self._button(words.SAVE_AGAIN, words.SAVE_AGAIN_HINT)
        self.elsewhere = self._button(words.SAVE_ELSEWHERE, words.SAVE_ELSEWHERE_HINT)
        self.again.clicked.connect(self.again_wanted)
        self.elsewhere.clicked.connect(self.elsewhere_wanted)
        row = self.layout()
        assert isinstance(row, QBoxLayout)
        row.addWidget(self.again)
        row.addWidget(self.elsewhere)

    def _button(self, text: str, hint: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(text.replace("(&R)", "").replace("(&S)", ""))
        button.setAccessibleDescription(hint)
        button.setToolTip(hint)
        return button
