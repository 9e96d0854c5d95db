"""The page that is on its way to the front."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from xinfang_desk.gui.piecemeal import Piecemeal, Steps

_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.InputMethod)
_TURN_ON = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class Turning(QObject):
    """A page that is not whole yet is made piece by piece before it comes. What is typed meanwhile is meant for it, and
    not for the page still in front: the first such key brings it at once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.page = ""
        self._work = Piecemeal(self)
        self._takes_keys = False

    @property
    def active(self) -> bool:
        """Whether a page is coming."""
        return self._work.active

    def begin(self, page: str, steps: Steps, done: Callable[[], object], *, takes_keys: bool) -> None:
        """Let ``page`` come in ``steps``, then call ``done``. ``takes_keys``: the cursor goes with it."""
        self.stop()
        self.page = page
        self._takes_keys = takes_keys
        if takes_keys:
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._work.begin(steps, done, self._hear_no_more)

    def stop(self) -> None:
        """It is there, or nobody wants it any more."""
        self._hear_no_more()
        self._work.stop()

    def _hear_no_more(self) -> None:
        if self._takes_keys:
            self._takes_keys = False
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _KEYS or not self.active or _turns_on(event):
            return False
        self._work.finish()
        focus = QApplication.focusWidget()
        if isinstance(watched, QWidget) and focus is not None and focus is not watched:
            QApplication.sendEvent(focus, event)
            return True
        return False


def _turns_on(event: QEvent) -> bool:
    """Whether this key only goes on to yet another page, or nowhere."""
    if not isinstance(event, QKeyEvent) or event.key() not in _TURN_ON:
        return False
    return event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) \
        or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
