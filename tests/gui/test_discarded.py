"""A book is deleted from the start page, found among the deleted ones, put back or deleted for good."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.gui.test_shots import cut_texts, shoot
from tests.gui.test_window import unnamed
from xinfang_desk.flow import library
from xinfang_desk.gui import settings
from xinfang_desk.gui.discarded_dialog import DiscardedDialog
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.recent_list import RecentList
from xinfang_desk.messages import start as words
from xinfang_desk.messages.safety import BIN_FOLDER

KEY = Qt.Key


@pytest.fixture
def listed(empty_window: MainWindow, book: Path, qtbot: QtBot) -> RecentList:
    """The recent books, looked at; everything is answered with the first answer."""
    settings.note_book(book)
    start = empty_window.start
    start.refresh()
    qtbot.waitUntil(lambda: start.recent.card(0) is not None)
    empty_window.beginning.ask = lambda title, sentence, answers: answers[0]
    start.recent.setFocus()
    return start.recent


def deleted(window: MainWindow, listed: RecentList, book: Path, qtbot: QtBot) -> None:
    """Shift+Delete, until the book is gone."""
    QTest.keyClick(listed, KEY.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.start.isEnabled() and not book.exists())


def bin_of(window: MainWindow, qtbot: QtBot) -> DiscardedDialog:
    """The list of the deleted books, looked at."""
    QTest.mouseClick(window.start.bin, Qt.MouseButton.LeftButton)
    dialog = next(one for one in window.findChildren(DiscardedDialog) if one.isVisible())
    qtbot.waitUntil(lambda: not dialog.busy)
    return dialog


def test_deleted_and_put_back(empty_window: MainWindow, listed: RecentList, book: Path, qtbot: QtBot) -> None:
    start, before = empty_window.start, book.read_bytes()
    assert not start.bin.isVisible()
    deleted(empty_window, listed, book, qtbot)
    assert settings.recent_books() == []
    assert words.DISCARDED.format(name=book.stem) in empty_window.words.text()
    assert start.bin.isVisible()
    assert QApplication.focusWidget() is start.new
    shoot(empty_window, "95-start-deleted")
    dialog = bin_of(empty_window, qtbot)
    row = dialog.list.topLevelItem(0)
    assert row is not None
    assert row.text(0) == book.stem
    assert row.text(1) == "紫阳县信访局 2023年"
    assert row.text(2).startswith("今天")
    assert row.text(3) == str(book.parent)
    assert unnamed(dialog) == []
    assert [*cut_texts(dialog)] == []
    shoot(dialog, "95-deleted-books")
    assert QApplication.focusWidget() is dialog.list
    QTest.keyClick(dialog.list, KEY.Key_Return)
    qtbot.waitUntil(lambda: dialog.standing.text() == words.BIN_BACK.format(name=book.stem, folder=book.parent)
                    and not dialog.busy)
    assert dialog.list.topLevelItemCount() == 0
    assert not dialog.restore.isEnabled()
    assert book.read_bytes() == before
    assert settings.recent_books() == [book]
    assert listed.count() == 1
    dialog.reject()
    assert empty_window.open_book(book)


def test_nothing_happens_where_the_answer_is_no(empty_window: MainWindow, listed: RecentList, book: Path) -> None:
    asked: list[str] = []

    def no(title: str, sentence: str, answers: tuple[str, ...]) -> str:
        asked.append(sentence)
        return answers[-1]

    empty_window.beginning.ask = no
    QTest.keyClick(listed, KEY.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    assert "紫阳县信访局 2023年" in asked[0]
    assert BIN_FOLDER in asked[0]
    assert book.exists()
    assert listed.count() == 1


def test_a_book_that_is_open_elsewhere_is_told_and_stays(
    empty_window: MainWindow, listed: RecentList, book: Path, qtbot: QtBot
) -> None:
    desk = library.open_desk(book)
    try:
        QTest.keyClick(listed, KEY.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
        qtbot.waitUntil(empty_window.message.isVisible)
        assert book.stem in empty_window.message.words.text()
        assert empty_window.start.isEnabled()
        assert settings.recent_books() == [book]
    finally:
        desk.close()


def test_deleted_for_good_after_a_question(empty_window: MainWindow, listed: RecentList, book: Path, qtbot: QtBot) -> None:
    deleted(empty_window, listed, book, qtbot)
    dialog = bin_of(empty_window, qtbot)
    answers = [False, True]
    dialog.ask = lambda one: answers.pop(0)
    QTest.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    assert dialog.list.topLevelItemCount() == 1
    QTest.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.standing.text() == words.BIN_REMOVED.format(name=book.stem) and not dialog.busy)
    assert dialog.list.topLevelItemCount() == 0
    assert not (book.parent / BIN_FOLDER).exists()
    dialog.reject()


def test_a_book_that_went_meanwhile_is_told(empty_window: MainWindow, listed: RecentList, book: Path, qtbot: QtBot) -> None:
    deleted(empty_window, listed, book, qtbot)
    dialog = bin_of(empty_window, qtbot)
    next((book.parent / BIN_FOLDER).glob("*/*.xfb")).unlink()
    dialog.restore.click()
    qtbot.waitUntil(lambda: book.stem in dialog.standing.text())
    assert dialog.restore.isEnabled()
    dialog.reject()


def test_the_menu_of_a_book(empty_window: MainWindow, listed: RecentList, book: Path, qtbot: QtBot) -> None:
    item = listed.item(0)

    def offered() -> list[str]:
        return [action.text().partition("\t")[0] for action in listed.made_menu(listed.item(0)).actions()]

    assert offered() == [words.CARD_OPEN, words.CARD_FORGET, words.CARD_DISCARD]
    at = listed.visualItemRect(item).center()
    QApplication.sendEvent(listed.viewport(), QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, at, listed.viewport().mapToGlobal(at), Qt.KeyboardModifier.NoModifier))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(menu)
    nowhere = QPoint(at.x(), listed.viewport().height() - 2)
    QApplication.sendEvent(listed.viewport(), QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, nowhere, listed.viewport().mapToGlobal(nowhere), Qt.KeyboardModifier.NoModifier))
    assert QApplication.activePopupWidget() is None
    book.unlink()
    listed.refresh()
    qtbot.waitUntil(lambda: (card := listed.card(0)) is not None and not card.there)
    assert offered() == [words.CARD_FIND, words.CARD_FORGET]


def test_what_is_chosen_in_the_menu_is_done(empty_window: MainWindow, listed: RecentList, book: Path, qtbot: QtBot) -> None:
    menu = listed.made_menu(listed.item(0))
    menu.popup(listed.mapToGlobal(QPoint(20, 20)))
    discard = next(action for action in menu.actions() if action.text().startswith(words.CARD_DISCARD))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(discard).center())
    qtbot.waitUntil(lambda: empty_window.start.isEnabled() and not book.exists())
    assert listed.count() == 0
    assert listed.findChildren(QMenu) == []


def test_a_folder_that_is_away_is_told(empty_window: MainWindow, listed: RecentList, book: Path, qtbot: QtBot) -> None:
    deleted(empty_window, listed, book, qtbot)
    stick = book.parent / "U盘"
    settings.note_bin(stick)
    settings.note_book(book.parent / "别处" / "没有.xfb")
    dialog = bin_of(empty_window, qtbot)
    assert dialog.list.topLevelItemCount() == 1
    assert dialog.standing.text() == words.BIN_AWAY.format(folder=stick)
    dialog.reject()
