"""Ctrl+H: the list of changes, a former state looked at in the window, left again and restored."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.hands import type_text
from tests.gui.test_shots import cut_texts
from xinfang_desk.flow import library, past
from xinfang_desk.gui.history_dialog import HistoryDialog
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.messages import history as words
from xinfang_desk.model.change import Change, SetField, SetValue


def level(window: MainWindow, text: str) -> None:
    assert window.hub is not None
    old = window.hub.desk.year.facts.get("unit.level")
    window.hub.do(Change(f"改成{text}", (SetValue("facts", "unit.level", old, text),)))


def shown(window: MainWindow) -> object:
    assert window.hub is not None
    return window.hub.desk.year.facts.get("unit.level")


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> HistoryDialog:
    level(window, "甲级")
    level(window, "乙级")
    level(window, "丙级")
    window.undo()
    qtbot.waitUntil(window.isActiveWindow, timeout=20_000)
    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    made = window.history.dialog
    assert made is not None
    qtbot.waitUntil(lambda: made.entry() is not None, timeout=20_000)
    return made


def listed(dialog: HistoryDialog) -> list[str]:
    tops = [dialog.tree.topLevelItem(i) for i in range(dialog.tree.topLevelItemCount())]
    return [top.child(i).text(0) for top in tops if top is not None for i in range(top.childCount())]


def choose(dialog: HistoryDialog, text: str) -> None:
    found = dialog.tree.findItems(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    dialog.tree.setCurrentItem(found[0])


def test_days_and_changes_are_listed_newest_first(dialog: HistoryDialog) -> None:
    assert listed(dialog) == ["撤销：改成丙级", "改成丙级（已撤销）", "改成乙级", "改成甲级", "建立 2023 年度"]
    top = dialog.tree.topLevelItem(0)
    assert top is not None
    assert top.text(0).startswith("今天，") or top.text(0).startswith("昨天，")
    assert top.child(1).font(0).strikeOut()
    assert not top.child(2).font(0).strikeOut()
    assert dialog.count.text() == words.SHOWN_ALL.format(all=5)
    assert not list(cut_texts(dialog))


def test_an_entry_tells_what_it_did(dialog: HistoryDialog, qtbot: QtBot) -> None:
    choose(dialog, "改成乙级")
    qtbot.waitUntil(lambda: dialog.details.count() == 1 and "乙级" in dialog.details.item(0).text(), timeout=20_000)
    assert dialog.details.item(0).text() == "单位规格：甲级 → 乙级"
    top = dialog.tree.topLevelItem(0)
    assert top is not None
    dialog.tree.setCurrentItem(top)
    assert not dialog.look.isEnabled()
    assert not dialog.restore.isEnabled()


def test_words_are_looked_for(dialog: HistoryDialog, qtbot: QtBot) -> None:
    dialog.search.setFocus()
    type_text(dialog.search, "甲级")
    qtbot.waitUntil(lambda: listed(dialog) == ["改成甲级"], timeout=20_000)
    assert dialog.count.text() == words.FOUND.format(shown=1)
    dialog.search.setText("没有这样的")
    qtbot.waitUntil(lambda: dialog.count.text() == words.FOUND_NONE, timeout=20_000)
    assert not dialog.look.isEnabled()


def test_a_former_state_is_shown_read_only_and_left_by_escape(
        dialog: HistoryDialog, window: MainWindow, qtbot: QtBot) -> None:
    assert window.bench is not None
    window.bench.show_page("unit")
    choose(dialog, "改成甲级")
    dialog.look.click()
    qtbot.waitUntil(lambda: window.hub is not None and bool(window.hub.desk.moment), timeout=20_000)
    assert shown(window) == "甲级"
    assert window.former.isVisible()
    assert "“改成甲级”之后的样子" in window.former.words.text()
    assert words.MARK in window.windowTitle()
    assert not window.message.isVisible()
    assert not list(cut_texts(window))
    level(window, "丁级")
    assert shown(window) == "甲级"
    assert "只能看，不能改" in window.message.words.text()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=20_000)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert shown(window) == "乙级"
    assert not window.former.isVisible()
    assert window.bench is not None
    assert window.bench.current().page.id == "unit"
    level(window, "丁级")
    assert shown(window) == "丁级"


def test_a_former_state_is_restored_from_its_banner(dialog: HistoryDialog, window: MainWindow, qtbot: QtBot) -> None:
    choose(dialog, "建立 2023 年度")
    dialog.look.click()
    qtbot.waitUntil(lambda: window.hub is not None and bool(window.hub.desk.moment), timeout=20_000)
    window.former.restore.click()
    assert shown(window) == "正科级"
    assert "可以撤销" in window.words.text()
    window.undo()
    assert shown(window) == "乙级"


def test_a_former_state_is_restored_from_the_list(dialog: HistoryDialog, window: MainWindow, qtbot: QtBot) -> None:
    choose(dialog, "改成甲级")
    dialog.restore.click()
    qtbot.waitUntil(lambda: shown(window) == "甲级", timeout=20_000)
    assert window.hub is not None
    assert window.hub.desk.undo_label is not None
    assert "恢复成" in window.hub.desk.undo_label


def test_restoring_what_is_there_changes_nothing(dialog: HistoryDialog, window: MainWindow, qtbot: QtBot) -> None:
    choose(dialog, "改成乙级")
    dialog.restore.click()
    qtbot.waitUntil(lambda: window.words.text() == words.RESTORED_SAME, timeout=20_000)
    assert window.hub is not None
    assert window.hub.desk.redo_label == "改成丙级"


def test_closing_the_book_from_a_former_state_closes_it(
        dialog: HistoryDialog, window: MainWindow, book: Path, qtbot: QtBot) -> None:
    choose(dialog, "改成甲级")
    dialog.look.click()
    qtbot.waitUntil(lambda: window.hub is not None and bool(window.hub.desk.moment), timeout=20_000)
    window.close_book()
    assert not window.former.isVisible()
    desk = library.open_desk(book)
    assert not desk.read_only
    assert desk.year.facts["unit.level"] == "乙级"
    desk.close()


def test_a_long_history_comes_in_pages(window: MainWindow, qtbot: QtBot) -> None:
    assert window.hub is not None
    desk = window.hub.desk
    saver = desk.book.saver()
    line = next(iter(desk.year.lines.values()))
    now = dt.datetime.now().astimezone()
    for n in range(10_000):
        change = Change(f"修改第{n}次", (SetField("lines", line.id, "note", f"{n - 1}" if n else line.note, f"{n}"),))
        saver.submit(2023, change, now)
    assert saver.wait(120)
    window.history.ask()
    dialog = window.history.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: len(listed(dialog)) == past.PAGE, timeout=20_000)
    assert dialog.count.text() == words.SHOWN.format(all=10_001, shown=past.PAGE)
    dialog.tree.verticalScrollBar().setValue(dialog.tree.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: len(listed(dialog)) == 2 * past.PAGE, timeout=20_000)
    assert listed(dialog)[-1] == "修改第9600次"
    choose(dialog, "修改第9600次")
    dialog.look.click()
    qtbot.waitUntil(lambda: window.hub is not None and bool(window.hub.desk.moment), timeout=60_000)
    assert window.hub is not None
    assert window.hub.desk.year.lines[line.id].note == "9600"
