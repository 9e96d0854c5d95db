"""Text that is still being composed with an input method (拼音, 五笔): never lost, and its keys are its own.

What is being composed is not part of a widget's text until the input method hands it over. These widgets know of it:
:meth:`Composing.settle_words` takes it into the text, and is called wherever somebody goes on: the focus moves, another
page is shown, the window is closed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

KEY = Qt.Key
_TAKEN_BY_COMPOSING = frozenset({
    KEY.Key_Return, KEY.Key_Enter, KEY.Key_Tab, KEY.Key_Backtab, KEY.Key_Escape, KEY.Key_Space, KEY.Key_Up, KEY.Key_Down,
    KEY.Key_Left, KEY.Key_Right, KEY.Key_Home, KEY.Key_End, KEY.Key_PageUp, KEY.Key_PageDown, KEY.Key_Backspace,
    KEY.Key_Delete, *(KEY(KEY.Key_0.value + digit) for digit in range(10))})

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object

_told: list[Callable[[], None]] = []


def when_given_up(told: Callable[[], None]) -> None:
    """Call *told* whenever an input method is to give up what is composed: for one that is no plug-in of Qt."""
    _told.append(told)


class Composing(_Widget):
    """Put before the Qt class of a line or text."""

    composed = ""
    """what is being composed just now"""
    _taken_away = ""
    _handed_over = False

    @property
    def half_typed(self) -> str:
        """What is being composed, or was a moment ago: a click elsewhere makes Qt ask the input method to finish, and
        some (ibus with 拼音) then take the words away without a word, before the focus has moved."""
        return self.composed or self._taken_away

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        words, done = event.preeditString(), event.commitString()
        if self.composed and not words and not done:
            self._taken_away = self.composed
            QTimer.singleShot(0, self, self._given_up)
        else:
            self._taken_away = ""
        self._handed_over = self._handed_over or bool(done)
        self.composed = words
        super().inputMethodEvent(event)

    def _given_up(self) -> None:
        """The words went and the focus stayed: the clerk has given them up."""
        self._taken_away = ""

    def owns(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to the input method: it picks, turns pages and gives up there, and moves no cell."""
        return bool(self.composed) and KEY(event.key()) in _TAKEN_BY_COMPOSING

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.owns(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.settle_words()
        super().focusOutEvent(event)

    def settle_words(self) -> None:
        """Take what is being composed into the text: as the input method makes of it, else as it was typed."""
        words = self.half_typed
        if not words:
            return
        # A table keeps the focus, and with it the input method, until the first word of a cell is done.
        focus = QApplication.focusWidget()
        heard = focus is not None and (focus is self or focus.isAncestorOf(self))
        self._handed_over = False
        if heard:
            QGuiApplication.inputMethod().commit()
        self.composed = self._taken_away = ""
        if not self._handed_over:
            kept = QInputMethodEvent()
            kept.setCommitString(words)
            super().inputMethodEvent(kept)
            if heard:
                QGuiApplication.inputMethod().reset()
                for told in _told:
                    told()


class ComposingLine(Composing, QLineEdit):
    """A line that keeps what is being composed."""

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """It means nothing to anybody: left alone, it would be offered to every widget up to the window."""
        event.accept()


class ComposingText(Composing, QPlainTextEdit):
    """A text that keeps what is being composed."""


def settle(widget: QWidget | None) -> None:
    """Take what is being composed in a widget into its text."""
    if isinstance(widget, Composing):
        widget.settle_words()
