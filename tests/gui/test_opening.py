"""Opening, switching and putting away a book while the window goes on living."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from xinfang_desk.flow import library
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.gui import opening
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.piecemeal import Steps
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.messages import opening as words
from xinfang_desk.messages import window as t


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Books open only when the event is set."""
    event, really = threading.Event(), library.open_desk

    def held(path: Path, **options: Any) -> Desk:
        assert event.wait(20)
        return really(path, **options)

    monkeypatch.setattr(library, "open_desk", held)
    return event


def test_the_window_lives_while_a_book_is_opened(
    empty_window: MainWindow, book: Path, qtbot: QtBot, gate: threading.Event
) -> None:
    card = empty_window.opening.card
    empty_window.open_book_later(book)
    assert empty_window.opening.busy
    assert card.isVisible()
    assert not card.card.isVisible()
    qtbot.waitUntil(card.card.isVisible)
    assert book.stem in card.title.text()
    qtbot.waitUntil(lambda: card.stage.text() == words.STAGE_BOOK)
    qtbot.waitUntil(card.button.hasFocus)
    gate.set()
    qtbot.waitUntil(lambda: empty_window.bench is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not card.isVisible())
    assert empty_window.bench is not None
    focus = QApplication.focusWidget()
    assert focus is not None
    assert empty_window.bench.isAncestorOf(focus)


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_opening_is_called_off_by_key_and_the_book_is_free_again(
    empty_window: MainWindow, book: Path, qtbot: QtBot, gate: threading.Event, key: Qt.Key
) -> None:
    empty_window.open_book_later(book)
    qtbot.waitUntil(empty_window.opening.card.button.hasFocus)
    QTest.keyClick(empty_window.opening.card.button, key)
    assert not empty_window.opening.busy
    assert not empty_window.opening.card.isVisible()
    assert empty_window.words.text() == words.CALLED_OFF.format(name=book.stem)
    gate.set()
    assert empty_window.open_book(book)


def test_a_book_the_window_cannot_show_is_free_again(
    empty_window: MainWindow, book: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(bench: Workbench, size: QSize) -> Steps:
        yield
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(Workbench, "make_ready", broken)
    with qtbot.captureExceptions() as told:
        empty_window.open_book_later(book)
        qtbot.waitUntil(lambda: bool(told), timeout=20_000)
        qtbot.waitUntil(lambda: not empty_window.opening.closing)
    assert [str(value) for _, value, _ in told] == ["a fault of ours"]
    assert not empty_window.opening.busy
    assert empty_window.bench is None
    library.open_desk(book).close()
    monkeypatch.undo()
    assert empty_window.open_book(book)


def test_what_closed_books_left_is_looked_for_when_nobody_is_at_work(
    empty_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bool] = []
    monkeypatch.setattr(opening, "look_for_dead", lambda: looked.append(True))
    monkeypatch.setattr(opening, "_QUIET_MS", 500)
    tidying = opening._Tidying(empty_window.stack, empty_window)
    tidying.begin()
    for _ in range(4):
        qtbot.wait(60)
        QTest.keyClick(empty_window.windowHandle(), Qt.Key.Key_Down)
        assert looked == []
    qtbot.waitUntil(lambda: looked == [True])
    QTest.keyClick(empty_window.windowHandle(), Qt.Key.Key_Down)
    qtbot.wait(600)
    assert looked == [True]


def test_a_book_put_away_is_closed_before_it_is_opened_again(window: MainWindow, book: Path, qtbot: QtBot) -> None:
    assert window.hub is not None
    former = window.hub.desk
    window.put_book_away()
    assert window.bench is None
    assert window.stack.currentWidget() is window.start
    window.open_book_later(book)
    qtbot.waitUntil(lambda: window.hub is not None, timeout=20_000)
    assert window.hub is not None
    assert window.hub.desk is not former


def test_a_book_that_cannot_be_opened_leaves_the_open_one(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.rescue.ask_dialog = lambda _: ""
    former = window.hub
    window.open_book_later(tmp_path / "没有这本.xfb")
    qtbot.waitUntil(window.message.isVisible)
    assert window.hub is former
    assert not window.opening.card.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.bench is not None
    assert window.bench.isAncestorOf(focus)


def test_closing_the_window_keeps_what_was_half_typed(window: MainWindow, book: Path) -> None:
    assert window.bench is not None
    window.bench.show_page("unit")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    focus.selectAll()
    QTest.keyClicks(focus, "XYZ")
    assert window.close()
    desk = library.open_desk(book)
    assert desk.year.unit.name == "XYZ"
    assert '"page": "unit"' in (desk.last_place() or "")
    desk.close()


def test_closing_the_window_gives_up_a_book_that_is_still_being_opened(
    empty_window: MainWindow, book: Path, gate: threading.Event
) -> None:
    empty_window.open_book_later(book)
    gate.set()
    assert empty_window.close()
    assert empty_window.bench is None
    desk = library.open_desk(book)
    desk.close()


def test_a_document_that_cannot_be_shown_leaves_the_former_one(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.hub is not None
    own = window.hub.desk.pack.id
    other = next(c.pack for c in window.hub.desk.documents() if c.pack != own)
    really = library.open_desk

    def picky(path: Path, *, pack: str = "", **options: Any) -> Desk:
        if pack == other:
            raise DeskError("这份文件今天打不开。")
        return really(path, pack=pack, **options)

    monkeypatch.setattr(library, "open_desk", picky)
    assert not window.open_document(other)
    assert window.hub is not None
    assert window.hub.desk.pack.id == own
    assert window.message.words.text() == "这份文件今天打不开。"


def test_a_sample_is_made_away_from_the_windows_thread(
    empty_window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    really = library.new_sample

    def noted(sample_id: str, path: Path) -> None:
        threads.append(threading.get_ident())
        really(sample_id, path)

    monkeypatch.setattr(library, "new_sample", noted)
    path = tmp_path / "样例.xfb"
    empty_window.make_book(path, lambda: library.new_sample("004", path))
    qtbot.waitUntil(lambda: empty_window.bench is not None, timeout=20_000)
    assert threads
    assert threads[0] != threading.get_ident()
    assert t.PROGRAM in empty_window.windowTitle()
