"""After a mend: what was done, and the way back, until the next edit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.theme import icon
from xinfang_desk.messages import findings as words


class MendedStrip(QFrame):
    """Hidden until :meth:`tell`; any other edit, or taking the mend back, hides it again."""

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mendedStrip")
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.undo = QPushButton(icon("undo"), words.UNDO, self)
        self.undo.setObjectName("small")
        self.undo.setAccessibleName(words.UNDO_NAME)
        self.undo.clicked.connect(hub.undo)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 5, 6, 5)
        box.setSpacing(3)
        box.addWidget(self.words)
        box.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignRight)
        hub.changed.connect(self._away)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Say what was done."""
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()

    def _away(self, _: Outcome) -> None:
        self.hide()
