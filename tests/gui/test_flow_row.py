"""A row that goes on in a next line."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from xinfang_desk.gui.flow_row import FlowRow


@pytest.fixture
def place(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def row_of(place: QWidget, width: int) -> list[QLabel]:
    row = FlowRow(place)
    buttons = [QLabel("按钮", row) for _ in range(4)]
    for button in buttons:
        button.setFixedSize(100, 20)
        row.addWidget(button)
    assert row.minimumSizeHint().width() == 100
    row.resize(width, row.heightForWidth(width))
    place.show()
    return buttons


def test_with_room_all_stand_in_one_line_the_first_at_the_left(place: QWidget, qtbot: QtBot) -> None:
    buttons = row_of(place, 600)
    assert {button.y() for button in buttons} == {0}
    assert buttons[0].x() == 0
    assert buttons[3].geometry().right() == 599
    assert buttons[2].x() - buttons[1].geometry().right() == 7


def test_without_room_it_goes_on_below_and_nothing_sticks_out(place: QWidget, qtbot: QtBot) -> None:
    buttons = row_of(place, 230)
    assert [button.y() for button in buttons] == [0, 0, 26, 26]
    assert all(button.geometry().right() <= 229 for button in buttons)


def test_what_is_hidden_takes_no_room(place: QWidget, qtbot: QtBot) -> None:
    buttons = row_of(place, 430)
    buttons[1].hide()
    qtbot.wait(10)
    assert buttons[2].x() == 430 - 206


def test_other_words_or_another_font_take_their_room(place: QWidget, qtbot: QtBot) -> None:
    row = FlowRow(place)
    first, second = QLabel("短", row), QLabel("后", row)
    row.addWidget(first)
    row.addWidget(second)
    row.resize(500, 30)
    place.show()
    qtbot.wait(10)
    before = first.width()
    first.setText("这一句长了许多许多")
    qtbot.wait(10)
    longer = first.width()
    assert longer >= first.sizeHint().width() > before
    assert first.geometry().right() < second.x()
    first.setStyleSheet("font-size: 30pt")
    qtbot.wait(10)
    assert first.width() >= first.sizeHint().width() > longer
