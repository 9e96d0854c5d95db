"""The start page: ways to begin, recent books with their state, books that are gone."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from xinfang_desk.flow import library, recent
from xinfang_desk.gui import app, recent_list, settings
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.messages import practice as practice_words
from xinfang_desk.messages import start as words
from xinfang_desk.model.change import Change, SetValue

NEVER = 600_000  # milliseconds


def filled(window: MainWindow, qtbot: QtBot) -> recent_list.RecentList:
    listed = window.start.recent
    qtbot.waitUntil(lambda: all(listed.card(row) is not None for row in range(listed.count())))
    return listed


def test_at_the_very_first_start_there_are_two_big_ways(empty_window: MainWindow) -> None:
    start = empty_window.start
    assert start.recent.isHidden() or not start.recent.isVisible()
    assert start.new.isVisible()
    assert start.practice.isVisible()
    assert start.new.geometry().top() == start.practice.geometry().top()
    assert not start.again.isVisible()
    assert start.keys.text() == words.FIRST_KEYS


def test_later_the_books_come_first_with_their_state(empty_window: MainWindow, book: Path, qtbot: QtBot) -> None:
    desk = library.open_desk(book)
    today = dt.datetime.now().astimezone().date()
    desk.do(Change("填", (SetValue("facts", "approval.date", None, (today - dt.timedelta(days=15)).isoformat()),)))
    verdict = desk.verdict()
    desk.close()
    settings.note_book(book)
    empty_window.start.refresh()
    listed = filled(empty_window, qtbot)
    assert listed.isVisible()
    card = listed.card(0)
    assert card is not None
    assert card.title == "紫阳县信访局 2023年"
    assert card.kind == "部门预算公开"
    assert card.state == f"{verdict.warnings} 处提醒"
    assert "还有 5 天" in card.due
    assert card.late
    spoken = listed.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert card.state in spoken
    assert card.due in spoken
    assert empty_window.start.new.geometry().top() < empty_window.start.practice.geometry().top()


def test_enter_opens_the_book_and_it_comes_to_the_head(empty_window: MainWindow, book: Path, qtbot: QtBot, tmp_path: Path) -> None:
    other = tmp_path / "另一本.xfb"
    library.new_sample("003", other)
    settings.note_book(book)
    settings.note_book(other)
    empty_window.start.refresh()
    listed = filled(empty_window, qtbot)
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Down)
    QTest.keyClick(listed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: empty_window.hub is not None)
    assert empty_window.hub is not None
    assert empty_window.hub.desk.path == book
    assert settings.recent_books()[0] == book


def test_delete_takes_a_book_off_the_list_and_leaves_the_file(empty_window: MainWindow, book: Path, qtbot: QtBot) -> None:
    settings.note_book(book)
    empty_window.start.refresh()
    listed = filled(empty_window, qtbot)
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Delete)
    assert settings.recent_books() == []
    assert book.is_file()
    assert not listed.isVisible()
    assert "文件没有动" in empty_window.words.text()


def test_a_book_that_is_gone_is_shown_and_can_be_found_again(empty_window: MainWindow, book: Path, qtbot: QtBot) -> None:
    settings.note_book(book)
    moved = book.with_name("移到别处.xfb")
    book.rename(moved)
    empty_window.start.refresh()
    listed = filled(empty_window, qtbot)
    card = listed.card(0)
    assert card is not None
    assert card.tone == "gone"
    asked: list[str] = []

    def find(title: str, sentence: str, answers: tuple[str, ...]) -> str:
        asked.append(sentence)
        return words.GONE_FIND

    empty_window.beginning.ask = find
    empty_window.beginning.ask_file = lambda former: str(moved)
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert str(book) in asked[0]
    qtbot.waitUntil(lambda: empty_window.hub is not None)
    assert settings.recent_books() == [moved]


def test_a_book_that_is_gone_can_be_taken_off(empty_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    settings.note_book(tmp_path / "没有.xfb")
    empty_window.start.refresh()
    filled(empty_window, qtbot)
    empty_window.beginning.ask = lambda title, sentence, answers: words.GONE_FORGET
    empty_window.start.recent.itemActivated.emit(empty_window.start.recent.item(0))
    assert settings.recent_books() == []


def test_a_slow_drive_does_not_hold_up_the_window(
    empty_window: MainWindow, book: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    look = recent.look

    def slow(path: Path, today: dt.date) -> recent.BookCard:
        gate.wait(20)
        return look(path, today)

    monkeypatch.setattr(recent, "look", slow)
    listed = empty_window.start.recent
    listed._slow.setInterval(50)
    settings.note_book(book)
    app.begin(empty_window, [])
    assert listed.count() == 1
    qtbot.waitUntil(lambda: listed.card(0) is not None)
    told = listed.card(0)
    assert told is not None
    assert told.state == words.CARD_SLOW
    assert empty_window.idle
    gate.set()
    qtbot.waitUntil(lambda: empty_window.hub is not None)


def test_a_last_book_that_is_gone_leaves_the_start_page(empty_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    settings.note_book(tmp_path / "没有.xfb")
    app.begin(empty_window, [])
    filled(empty_window, qtbot)
    QApplication.processEvents()
    assert empty_window.idle
    assert not empty_window.message.isVisible()


def test_the_practice_department_opens_with_one_enter_and_stays_out_of_the_list(
    empty_window: MainWindow, book: Path, qtbot: QtBot
) -> None:
    start = empty_window.start
    start.practice.setFocus()
    QTest.keyClick(start.practice, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: empty_window.hub is not None)
    assert empty_window.hub is not None
    assert "练习" in empty_window.hub.desk.year.unit.name
    assert settings.recent_books() == []
    first = empty_window.hub.desk.path
    empty_window.close_book()
    QApplication.processEvents()
    start.refresh()
    assert not start.again.isHidden()
    start.practice.click()
    qtbot.waitUntil(lambda: empty_window.hub is not None)
    assert empty_window.hub is not None
    assert empty_window.hub.desk.path == first


def test_practice_begins_anew_only_after_a_question(empty_window: MainWindow, qtbot: QtBot) -> None:
    empty_window.beginning.open_practice()
    empty_window.opening.wait()
    hub = empty_window.hub
    assert hub is not None
    hub.do(Change("写", (SetValue("facts", "other", None, "改过"),)))
    empty_window.beginning.ask = lambda title, sentence, answers: answers[-1]
    empty_window.beginning.practise_again()
    assert empty_window.hub is hub
    empty_window.beginning.ask = lambda title, sentence, answers: practice_words.AGAIN_YES
    empty_window.beginning.practise_again()
    empty_window.opening.wait()
    assert empty_window.hub is not None
    assert "other" not in empty_window.hub.desk.year.facts


def test_after_a_book_is_closed_the_cursor_is_on_it(empty_window: MainWindow, book: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一本.xfb"
    other.write_bytes(book.read_bytes())
    empty_window.start.take_focus()
    assert QApplication.focusWidget() is empty_window.start.new  # there is no book yet
    settings.note_book(book)
    empty_window.start.refresh()
    assert empty_window.start.recent.currentItem().data(recent_list.PATH) == str(book)
    assert empty_window.open_book(other)
    empty_window.close_book()
    listed = empty_window.start.recent
    assert listed.currentItem().data(recent_list.PATH) == str(other)
    assert QApplication.focusWidget() is listed
    listed.setCurrentRow(1)
    listed.refresh()
    assert listed.currentRow() == 1


def test_the_last_book_comes_before_the_others_are_looked_at(
    empty_window: MainWindow, book: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    look = recent.look

    def noted(path: Path, today: dt.date) -> recent.BookCard:
        looked.append(path.stem)
        return look(path, today)

    monkeypatch.setattr(recent, "look", noted)
    others = [tmp_path / f"另一本{number}.xfb" for number in range(3)]
    for other in others:
        other.write_bytes(book.read_bytes())
        settings.note_book(other)
    settings.note_book(book)
    listed = empty_window.start.recent
    listed._others.setInterval(NEVER)
    app.begin(empty_window, [])
    assert listed.count() == 4
    qtbot.waitUntil(lambda: empty_window.bench is not None)
    assert looked == [book.stem]
    empty_window.close_book()
    qtbot.waitUntil(lambda: set(looked) == {book.stem, *(other.stem for other in others)})
    filled(empty_window, qtbot)


def test_where_the_last_book_is_gone_the_others_are_looked_at_at_once(
    empty_window: MainWindow, book: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    settings.note_book(book)
    settings.note_book(tmp_path / "没有了.xfb")
    empty_window.start.recent._others.setInterval(NEVER)
    app.begin(empty_window, [])
    listed = filled(empty_window, qtbot)
    assert [listed.card(row).there for row in range(2)] == [False, True]  # type: ignore[union-attr]
    assert empty_window.bench is None


def test_a_last_book_that_does_not_answer_holds_the_others_up_for_a_moment_only(
    empty_window: MainWindow, book: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, look = threading.Event(), recent.look

    def slow(path: Path, today: dt.date) -> recent.BookCard:
        if path.stem == "网络盘":
            go.wait(20)
        return look(path, today)

    monkeypatch.setattr(recent, "look", slow)
    settings.note_book(book)
    settings.note_book(tmp_path / "网络盘.xfb")
    app.begin(empty_window, [])
    listed = empty_window.start.recent
    qtbot.waitUntil(lambda: listed.card(1) is not None, timeout=20_000)
    other = listed.card(1)
    assert other is not None
    assert other.there
    assert not go.is_set()  # it still has not answered
    go.set()
    filled(empty_window, qtbot)
    assert empty_window.bench is None  # it is not there after all
