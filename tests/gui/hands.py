"""What a person at the keyboard does, for tests."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def type_text(widget: QWidget, text: str) -> None:
    """ASCII as key strokes, anything else as an input method hands it over (QTest itself takes only Latin-1)."""
    for char in text:
        if char.isascii():
            QTest.keyClicks(widget, char)
        else:
            composed = QInputMethodEvent()
            composed.setCommitString(char)
            QApplication.sendEvent(widget, composed)
