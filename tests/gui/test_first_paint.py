"""The first look at the window comes before everything else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from xinfang_desk.gui import first_paint
from xinfang_desk.gui.first_paint import FirstPaint


class Noted(QWidget):
    """Notes when it is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.seen.append("painted")


def test_what_can_wait_comes_after_the_paint_and_once(qtbot: QtBot) -> None:
    window = Noted()
    qtbot.addWidget(window)
    FirstPaint(window, lambda: window.seen.append("then"))
    window.show()
    qtbot.waitUntil(lambda: "then" in window.seen)
    assert window.seen.index("painted") < window.seen.index("then")
    window.repaint()
    QTimer.singleShot(30, lambda: window.seen.append("end"))
    qtbot.waitUntil(lambda: "end" in window.seen)
    assert window.seen.count("then") == 1


def test_a_window_that_is_not_painted_is_not_waited_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = Noted()
    qtbot.addWidget(window)
    monkeypatch.setattr(first_paint, "_PATIENCE_MS", 20)
    FirstPaint(window, lambda: window.seen.append("then"))
    qtbot.waitUntil(lambda: "then" in window.seen)
    assert window.seen == ["then"]
