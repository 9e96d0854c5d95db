"""What is put away comes apart piece by piece, in order, and never under somebody's feet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from xinfang_desk.gui.clearing import Clearing
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.workbench import Workbench


@pytest.fixture
def whole(qapp: object) -> tuple[QWidget, list[QWidget]]:
    outer = QWidget()
    box = QVBoxLayout(outer)
    parts = [QWidget(outer) for _ in range(5)]
    for part in parts:
        box.addWidget(part)
    return outer, parts


def test_all_of_it_goes_one_after_the_other(whole: tuple[QWidget, list[QWidget]], qapp: QWidget, qtbot: QtBot) -> None:
    outer, parts = whole
    clearing, gone = Clearing(qapp), list[int]()
    for number, part in enumerate((*parts, outer)):
        part.destroyed.connect(lambda _, number=number: gone.append(number))
    clearing.take(outer, parts)
    assert clearing.active
    assert all(isValid(part) for part in parts)
    qtbot.waitUntil(lambda: not clearing.active)
    assert gone == list(range(6))


def test_its_timers_sleep(whole: tuple[QWidget, list[QWidget]], qapp: QWidget, qtbot: QtBot) -> None:
    outer, parts = whole
    woken: list[bool] = []
    timer = QTimer(parts[-1], interval=0)
    timer.timeout.connect(lambda: woken.append(True))
    timer.start()
    clearing = Clearing(qapp)
    clearing.take(outer, parts)
    qtbot.waitUntil(lambda: not clearing.active)
    assert woken == []


def test_what_is_gone_already_is_passed_over(whole: tuple[QWidget, list[QWidget]], qapp: QWidget, qtbot: QtBot) -> None:
    outer, parts = whole
    clearing = Clearing(qapp)
    clearing.take(outer, parts)
    parts[3].deleteLater()
    qtbot.waitUntil(lambda: not clearing.active)
    assert not isValid(outer)


def test_nothing_goes_while_a_dialog_waits(whole: tuple[QWidget, list[QWidget]], qapp: QWidget, qtbot: QtBot) -> None:
    outer, parts = whole
    clearing, seen = Clearing(qapp), list[bool]()

    def as_a_dialog_does() -> None:
        clearing.take(outer, parts)
        inner = QEventLoop()
        QTimer.singleShot(60, inner.quit)
        inner.exec()
        seen.append(all(isValid(part) for part in parts))

    QTimer.singleShot(0, as_a_dialog_does)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [True]
    qtbot.waitUntil(lambda: not clearing.active)
    assert not isValid(outer)


def test_a_book_put_away_is_gone_a_little_later(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    pages = bench.parts()
    assert pages[-4] is bench.stack.currentWidget()
    window.put_book_away()
    assert isValid(bench)
    qtbot.waitUntil(lambda: not window.clearing.active)
    assert not any(isValid(page) for page in pages)
    assert not isValid(bench)
