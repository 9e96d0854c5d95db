"""A box of choices that the mouse wheel never changes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from xinfang_desk.gui.theme import px

_LEAST_WIDTH = 100  # pixels at 100 %


class ChoiceBox(QComboBox):
    """A :class:`QComboBox` for pages that scroll: a turn of the wheel scrolls the page, not the value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(20)

    def minimumSizeHint(self) -> QSize:
        """A long choice does not hold the whole window apart; its words end with … where there is no room."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), px(_LEAST_WIDTH)), least.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
