"""Ctrl+F, Enter, F3."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.hands import type_text
from xinfang_desk.gui.find_box import FindBox
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.gui.page_preview import PreviewPage
from xinfang_desk.gui.workbench import Workbench

KEY = Qt.Key


def opened(window: MainWindow, qtbot: QtBot, text: str) -> FindBox:
    QTest.keyClick(window, KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    box = window.findChild(FindBox)
    assert isinstance(box, FindBox)
    assert box.isVisible()
    type_text(box.line, text)
    qtbot.waitUntil(lambda: not box.searching())
    return box


def test_enter_goes_to_the_place_found(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    bench.show_page("unit")
    box = opened(window, qtbot, "30201")
    assert box.model.rowCount() >= 4
    QTest.keyClick(box.line, KEY.Key_Return)
    assert not box.isVisible()
    page = bench.current()
    assert isinstance(page, ListPage)
    assert page.page.id == "basic"
    view = page.panes["lines"].view
    index = view.currentIndex()
    assert view.grid_model.source.text(index.row(), index.column()).startswith("30201")
    assert "第 1 处" in window.words.text()


def test_f3_goes_on_and_shift_f3_back_while_the_box_is_closed(
    window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    box = opened(window, qtbot, "30201")
    QTest.keyClick(box.line, KEY.Key_Return)
    first = window.words.text()
    QTest.keyClick(window, KEY.Key_F3)
    assert "第 2 处" in window.words.text()
    QTest.keyClick(window, KEY.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert window.words.text() == first
    QTest.keyClick(window, KEY.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert f"第 {box.model.rowCount()} 处" in window.words.text()


def test_a_cell_of_a_table_is_lit_and_a_sentence_selected(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    box = opened(window, qtbot, "226.70")
    rows = [hit.entry for hit in box.model.hits]
    cell = next(i for i, entry in enumerate(rows) if entry.place.cell is not None and entry.place.cell.table == "summary")
    box.go_to(cell)
    assert bench.sheet.view.sheet_model.lit
    box = opened(window, qtbot, "226.70")
    text = next(i for i, hit in enumerate(box.model.hits) if hit.entry.what == "公开说明")
    box.go_to(text)
    page = bench.current()
    assert isinstance(page, PreviewPage)
    assert page.narrative.textCursor().hasSelection()


def test_escape_gives_the_cursor_back(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    bench.show_page("unit")
    before = QApplication.focusWidget()
    box = opened(window, qtbot, "信访")
    QTest.keyClick(box.line, KEY.Key_Escape)
    assert not box.isVisible()
    assert QApplication.focusWidget() is before


def test_an_edit_is_found_at_once(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    box = opened(window, qtbot, "独一无二的话")
    assert box.model.rowCount() == 0
    assert "没有找到" in box.foot.text()
    QTest.keyClick(box.line, KEY.Key_Escape)
    line = next(iter(bench.hub.desk.year.lines.values()))
    from xinfang_desk.model.change import Change, SetField

    assert bench.hub.do(Change("备注", (SetField("lines", line.id, "note", line.note, "独一无二的话"),)))
    QTest.keyClick(window, KEY.Key_F3)
    assert bench.current().page.id == "basic"
    assert "第 1 处" in window.words.text()


def test_typing_is_never_held_up(window: MainWindow, qtbot: QtBot) -> None:
    box = opened(window, qtbot, "x")
    QTest.keyClick(box.line, KEY.Key_Escape)
    box._forget()
    begin = time.perf_counter()
    QTest.keyClick(window, KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_text(box.line, "2267")
    assert time.perf_counter() - begin < 0.5
    qtbot.waitUntil(lambda: not box.searching())
    assert box.model.rowCount() > 0


def test_going_on_elsewhere_puts_the_box_away_and_f3_still_works(
    window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    bench.show_page("basic")
    box = opened(window, qtbot, "30201")
    page = bench.current()
    assert isinstance(page, ListPage)
    page.panes["lines"].view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not box.isVisible()
    QTest.keyClick(window, KEY.Key_F3)
    assert "第 1 处" in window.words.text()


def test_the_box_stays_within_the_window_at_the_largest_type(window: MainWindow, qtbot: QtBot) -> None:
    window.appearance.set_size(200)
    box = opened(window, qtbot, "226.70")
    assert box.model.rowCount() > 9
    assert window.rect().contains(box.geometry())
    window.appearance.set_size(100)
