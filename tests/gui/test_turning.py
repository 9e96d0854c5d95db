"""What is typed while a page is coming is for that page, and for no other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.workbench import Workbench

KEY = Qt.Key


@pytest.fixture
def fresh(window: MainWindow, bench: Workbench) -> Workbench:
    """A book whose other pages nobody has made yet."""
    bench.ahead.stop()
    bench.show_page(bench.pages[0].id)
    unmade = [page.id for page in bench.pages if page.id not in bench._made]
    assert "duties" in unmade
    assert "basic" in unmade
    return bench


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_a_key_brings_the_coming_page_and_goes_there(fresh: Workbench) -> None:
    before = replace(fresh.hub.desk.year, lines={})
    fresh.turn_to("basic")
    assert fresh.current().page.id != "basic"
    QTest.keyClick(focus(), KEY.Key_5)
    assert not fresh.turning.active
    assert fresh.current().page.id == "basic"
    assert fresh.current().isAncestorOf(focus())
    fresh.commit_pending()
    assert replace(fresh.hub.desk.year, lines={}) == before


def test_text_of_an_input_method_goes_to_the_coming_page(fresh: Workbench) -> None:
    fresh.turn_to("basic")
    typed = QInputMethodEvent()
    typed.setCommitString("12")
    QApplication.sendEvent(focus(), typed)
    assert fresh.current().page.id == "basic"
    assert fresh.current().isAncestorOf(focus())
    editor = fresh.current().findChild(QLineEdit, "cellEditor")
    assert editor is not None
    assert editor.text() == "12"


def test_keys_held_down_pass_over_pages_without_making_them_at_once(fresh: Workbench, qtbot: QtBot) -> None:
    here = fresh.current().page.id
    ids = [page.id for page in fresh.pages]
    fresh.turn(1)
    QTest.keyClick(focus(), KEY.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert fresh.turning.active
    assert fresh.current().page.id == here
    qtbot.waitUntil(lambda: not fresh.turning.active)
    assert fresh.current().page.id == ids[ids.index(here) + 2]


def test_keys_in_the_list_stay_in_the_list(fresh: Workbench, qtbot: QtBot) -> None:
    fresh.sections.setFocus()
    fresh.turn_to("basic", focus=False)
    QTest.keyClick(focus(), KEY.Key_Shift)
    QTest.keyClick(focus(), KEY.Key_Home)
    assert not fresh.current().isAncestorOf(focus())


def test_other_page_wanted_meanwhile(fresh: Workbench, qtbot: QtBot) -> None:
    fresh.turn_to("basic")
    fresh.turn_to("duties")
    qtbot.waitUntil(lambda: not fresh.turning.active)
    assert fresh.current().page.id == "duties"


def test_a_book_closed_meanwhile(window: MainWindow, fresh: Workbench, qtbot: QtBot) -> None:
    fresh.turn_to("basic")
    fresh.let_go()
    assert not fresh.turning.active
    qtbot.wait(20)
    assert fresh.current().page.id != "basic"
