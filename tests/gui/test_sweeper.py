"""Dead objects are found, and in the window's thread only."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from xinfang_desk.gui.sweeper import Sweeper, to_stay


class Knot(QObject):
    """Holds itself, and tells in which thread it ends."""

    def __init__(self, ended: list[str]) -> None:
        super().__init__()
        self.me = self
        weakref.finalize(self, lambda: ended.append(threading.current_thread().name))


@pytest.fixture
def often() -> Iterator[None]:
    usual = gc.get_threshold()
    gc.set_threshold(50, 2, 2)
    yield
    gc.set_threshold(*usual)


def rubbish() -> None:
    kept = []
    for _ in range(500):
        knot: list[object] = []
        knot.append(knot)
        kept.append(knot)


def test_a_worker_makes_much_and_finds_nothing(sweeper: Sweeper, often: None, qtbot: QtBot) -> None:
    ended: list[str] = []
    Knot(ended)
    worker = threading.Thread(target=rubbish, name="worker")
    worker.start()
    worker.join()
    assert ended == []

    def found() -> bool:
        rubbish()  # what is freed meanwhile of other tests counts against what is made
        return ended == [threading.main_thread().name]

    qtbot.waitUntil(found)


def test_where_little_is_made_nobody_looks(sweeper: Sweeper) -> None:
    ended: list[str] = []
    gc.collect()
    Knot(ended)
    sweeper.look()
    assert ended == []
    gc.collect(0)
    assert len(ended) == 1


def test_what_is_older_is_found_after_some_rounds(sweeper: Sweeper, often: None) -> None:
    ended: list[str] = []
    knot = Knot(ended)
    gc.collect(0)
    gc.collect(1)
    del knot
    for _ in range(30):
        rubbish()
        sweeper.look()
    assert len(ended) == 1


def test_while_a_book_is_read_nobody_looks(sweeper: Sweeper, often: None) -> None:
    ended: list[str] = []
    with to_stay():
        Knot(ended)
        rubbish()
        sweeper.look()
        assert ended == []
    gc.unfreeze()
    gc.collect()
    assert len(ended) == 1


def test_python_looks_by_itself_again_afterwards(sweeper: Sweeper) -> None:
    assert not gc.isenabled()
    sweeper.stop()
    assert gc.isenabled()
