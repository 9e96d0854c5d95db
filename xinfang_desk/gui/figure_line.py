"""The editor of a figure in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from xinfang_desk.gui.composing import ComposingLine

if TYPE_CHECKING:
    from xinfang_desk.gui.grid_delegate import GridDelegate


class FigureLine(ComposingLine):
    """Asks its delegate itself about keys that leave the cell, and about the focus going.

    Qt would have the delegate look at everything that happens to an editor: half a dozen events with each key, a tenth
    of the time from a key to the verdict.
    """

    def __init__(self, delegate: GridDelegate, parent: QWidget) -> None:
        super().__init__(parent)
        self._delegate = delegate

    def leave_filter(self) -> None:
        """Called once Qt has put the delegate before the editor."""
        self.removeEventFilter(self._delegate)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() > " " and not self.composed:  # writes something, and leaves no cell
            QLineEdit.keyPressEvent(self, event)
        elif not self._delegate.eventFilter(self, event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt asks this for Tab and Shift+Tab, before they come as keys."""
        if not self._delegate.editing:
            return super().focusNextPrevChild(forward)
        key, held = (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier) if forward else \
            (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        return self._delegate.eventFilter(self, QKeyEvent(QEvent.Type.KeyPress, key, held))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._delegate.editing:  # else the table is closing it just now
            self._delegate.eventFilter(self, event)
        super().focusOutEvent(event)
