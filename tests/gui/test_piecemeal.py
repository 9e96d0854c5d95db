"""Work in pieces: all of it is done, in order, and can be left, hurried or broken."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from xinfang_desk.gui.piecemeal import Piecemeal, Steps


def steps(done: list[str], count: int = 3) -> Steps:
    try:
        for number in range(count):
            done.append(str(number))
            yield
    finally:
        done.append("closed")


def test_all_is_done_in_order_and_the_end_told_once(qtbot: QtBot, qapp: QObject) -> None:
    work, done = Piecemeal(qapp), list[str]()
    work.begin(steps(done), lambda: done.append("end"))
    assert work.active
    assert done == []
    qtbot.waitUntil(lambda: not work.active)
    assert done == ["0", "1", "2", "closed", "end"]


def test_what_is_left_is_done_at_once_when_asked_for(qapp: QObject) -> None:
    work, done = Piecemeal(qapp), list[str]()
    work.begin(steps(done), lambda: done.append("end"))
    work.finish()
    assert done == ["0", "1", "2", "closed", "end"]
    assert not work.active


def test_work_that_is_left_ends_where_it_is(qtbot: QtBot, qapp: QObject) -> None:
    work, done = Piecemeal(qapp), list[str]()
    work.begin(steps(done, 10**9), lambda: done.append("end"))
    qtbot.waitUntil(lambda: bool(done))
    work.stop()
    assert done[-1] == "closed"
    so_far = len(done)
    qtbot.wait(20)
    assert len(done) == so_far


def test_other_work_takes_the_place_of_what_was_under_way(qapp: QObject) -> None:
    work, former, later = Piecemeal(qapp), list[str](), list[str]()
    work.begin(steps(former), lambda: former.append("end"))
    work.begin(steps(later), lambda: later.append("end"))
    work.finish()
    assert former == []
    assert later[-1] == "end"


def test_a_step_that_fails_ends_the_work_and_is_raised(qapp: QObject) -> None:
    def failing() -> Steps:
        yield
        raise ValueError("broken")

    work, told = Piecemeal(qapp), list[str]()
    work.begin(failing(), lambda: told.append("end"), lambda: told.append("broken"))
    with pytest.raises(ValueError, match="broken"):
        work.finish()
    assert told == ["broken"]
    assert not work.active
