"""Above last year's figures: which reasons are still to be written, and the way to the next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.phrases import edit_phrases
from xinfang_desk.messages import marks
from xinfang_desk.messages import reasons as words

_NAMED = 3


class ReasonsStrip(QFrame):
    """``next_wanted``: go to the next reason that is still blank."""

    next_wanted = Signal()

    def __init__(self, hub: Hub, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("approvedStrip")
        self.told = QLabel(self)
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.told.setWordWrap(True)
        self.next_button = self._button(words.NEXT, words.NEXT)
        self.next_button.clicked.connect(self.next_wanted)
        edit = self._button(words.EDIT, words.EDIT_NAME)
        edit.clicked.connect(lambda: edit_phrases(hub, self))
        edit.setVisible(not hub.desk.read_only)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 6, 3)
        row.addWidget(self.told, 1)
        row.addWidget(self.next_button)
        row.addWidget(edit)

    def show_wanted(self, names: list[str]) -> None:
        """Tell which are still wanted, by their rows' names."""
        shown = marks.AND.join(names[:_NAMED]) + (words.NAMES_MORE if len(names) > _NAMED else "")
        text = words.STRIP.format(count=len(names), names=shown) if names else words.STRIP_DONE
        self.told.setText(text)
        self.told.setToolTip(marks.AND.join(names))
        self.told.setAccessibleName(text)
        self.next_button.setEnabled(bool(names))

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName("small")
        button.setAccessibleName(name)
        button.setAutoDefault(False)
        return button
