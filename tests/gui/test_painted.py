"""Painting leaves every widget as usable from Python as it was."""

from __future__ import annotations

import shiboken6
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.theme import icon
from xinfang_desk.gui.workbench import Workbench


def test_a_button_with_an_icon_outlives_its_painting(qtbot: QtBot) -> None:
    button = QPushButton(icon("undo"), "撤销")
    inner = QLineEdit(button)
    action = QAction("动作", button)
    qtbot.addWidget(button)
    button.show()
    for _ in range(5):
        button.repaint()
        button.grab()
    assert all(map(shiboken6.isValid, (button, inner, action)))


def test_every_widget_outlives_a_round_through_all_pages(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    held: list[QWidget] = []
    for page in bench.pages:
        bench.show_page(page.id)
        qtbot.wait(30)
        window.grab()
        held += [bench.current(), *bench.current().findChildren(QLineEdit)]
        assert shiboken6.isValid(window.tools)
    assert all(map(shiboken6.isValid, held))
