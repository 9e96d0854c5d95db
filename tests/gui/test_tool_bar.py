"""The tool bar: signs with words, doing what the menu does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.messages import look


def button(window: MainWindow, name: str) -> QToolButton:
    """The button of that name in :data:`look.TOOLS`."""
    return next(one for one in window.tools.findChildren(QToolButton)
                if one.accessibleName().startswith(look.TOOLS[name][0]))


def press(window: MainWindow, name: str) -> None:
    QTest.mouseClick(button(window, name), Qt.MouseButton.LeftButton)


def test_there_is_no_bar_without_a_book(empty_window: MainWindow) -> None:
    assert empty_window.tools.isHidden()


@pytest.mark.parametrize("name", look.TOOLS)
def test_every_button_has_sign_word_and_help_and_leaves_the_focus_alone(
    window: MainWindow, bench: Workbench, name: str
) -> None:
    one = button(window, name)
    assert one.isVisible()
    assert not one.icon().isNull()
    assert one.text()
    assert one.accessibleDescription() == one.toolTip() != ""
    assert one.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_the_buttons_turn_pages_and_take_back(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    bench.show_page("unit")
    press(window, "next")
    qtbot.waitUntil(lambda: bench.current().page.id == bench.pages[1].id)
    press(window, "previous")
    assert bench.current().page.id == "unit"
    press(window, "preview")
    qtbot.waitUntil(lambda: bench.current().page.kind == "preview")
    press(window, "publish")
    qtbot.waitUntil(lambda: bench.current().page.kind == "export")
    press(window, "undo")
    assert window.words.text()


def test_the_number_of_open_findings_stands_on_its_button(window: MainWindow, bench: Workbench) -> None:
    assert button(window, "finding").text() == look.TOOLS["finding"][0]
    window.tools.show_findings(3)
    assert "3" in button(window, "finding").text()
    assert "3" in button(window, "finding").accessibleName()


def test_the_bar_put_away_stays_away(window: MainWindow, bench: Workbench) -> None:
    assert window.tools.isVisible()
    window.toggle_tools()
    assert window.tools.isHidden()
    second = MainWindow()
    assert not second.tools.wished()
    window.toggle_tools()
    assert window.tools.isVisible()
