"""Work in a thread of its own: what comes of it arrives once, also where nobody waits for it any more."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from xinfang_desk.gui import job as jobs
from xinfang_desk.gui.job import Job, join_left


def test_what_comes_of_it_arrives_once(qtbot: QtBot) -> None:
    parent = QObject()
    got: list[object] = []
    job = Job(lambda _: 42, parent)
    job.done.connect(got.append)
    job.start()
    job.settle()
    qtbot.wait(20)
    assert got == [42]


def test_an_error_is_carried_over(qtbot: QtBot) -> None:
    parent = QObject()
    got: list[object] = []

    def work(_: Job) -> object:
        raise ValueError("so nicht")

    job = Job(work, parent)
    job.failed.connect(got.append)
    with qtbot.waitSignal(job.failed):
        job.start()
    assert [str(error) for error in got] == ["so nicht"]


def test_work_that_is_left_outlives_who_asked_for_it(qtbot: QtBot) -> None:
    parent, go_on = QObject(), threading.Event()
    got: list[object] = []

    def work(own: Job) -> object:
        return go_on.wait(10) and not own.called_off()

    job = Job(work, parent)
    job.done.connect(got.append)
    job.start()
    job.leave()
    parent.deleteLater()
    qtbot.wait(20)
    assert got == []
    go_on.set()
    qtbot.waitUntil(lambda: bool(got))
    assert got == [True]
    qtbot.waitUntil(lambda: not jobs._left)


@pytest.mark.parametrize("ended", [False, True])
def test_the_end_of_the_program_waits_for_what_was_left(qtbot: QtBot, ended: bool) -> None:
    parent = QObject()
    got: list[object] = []
    job = Job(lambda _: "done", parent)
    job.done.connect(got.append)
    job.start()
    if ended:
        job.wait()
    job.leave()
    join_left()
    assert got == ["done"]
    assert not jobs._left
