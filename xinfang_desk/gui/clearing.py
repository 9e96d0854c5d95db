"""What stays of a book that has been put away: its pages are given back one at a time.

A workbench is some thousand widgets, and each of them takes leave of Python by itself: all at once that holds the window
for a fifth of a second while another book is being read.
"""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QObject, QThread, QTimer
from PySide6.QtWidgets import QWidget

_INSIDE_MS = 200


class Clearing(QObject):
    """Deletes widgets that nobody will see again, one in each round of events; as with ``deleteLater``, never inside an
    event loop begun later, as a dialog's is: whoever opened that may be one of them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: list[tuple[QWidget, int]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    @property
    def active(self) -> bool:
        """Whether anything is left to delete."""
        return bool(self._waiting)

    def take(self, whole: QWidget, parts: Sequence[QWidget]) -> None:
        """Delete the ``parts`` of a hidden widget, in order, and then itself. None of its timers wakes any more."""
        for timer in whole.findChildren(QTimer):
            timer.stop()
        level = max(1, _loop_level())
        self._waiting += ((widget, level) for widget in (*parts, whole))
        self._timer.start(0)

    def _next(self) -> None:
        widget, level = self._waiting[0]
        if _loop_level() > level:
            self._timer.start(_INSIDE_MS)
            return
        del self._waiting[0]
        if self._waiting:
            self._timer.start(0)
        if shiboken6.isValid(widget):
            shiboken6.delete(widget)


def _loop_level() -> int:
    """How many event loops run inside one another."""
    return QThread.currentThread().loopLevel()
