"""A figure tells where it comes from, leads there and back; what cannot be changed says why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.hands import type_text
from xinfang_desk.flow import library
from xinfang_desk.gui.bubble import bubble_of
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.gui.sheet_menu import made_sheet_menu
from xinfang_desk.gui.sheet_view import SheetView
from xinfang_desk.gui.source_dialog import SourceDialog
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.model.sheet import CellAddress

KEY = Qt.Key
FindPane = Callable[[str, str], GridPane]


@pytest.fixture
def sheet(bench: Workbench, pane: FindPane) -> SheetView:
    pane("basic", "lines")
    bench.sheet.view.setFocus()
    return bench.sheet.view


def stand_on(sheet: SheetView, row: str, column: str) -> CellAddress:
    shown = sheet.sheet_model.sheet
    assert shown is not None
    address = CellAddress(shown.id, row, column)
    sheet.go_to(address)
    assert sheet.currentIndex().isValid()
    return address


def columns_of(sheet: SheetView) -> list[str]:
    shown = sheet.sheet_model.sheet
    assert shown is not None
    return [column.id for column in shown.columns]


def cell_with(bench: Workbench, sheet: SheetView, parts: Callable[[int, bool], bool]) -> CellAddress:
    """A figure of the shown sheet by how many parts it has, and whether the first is a record."""
    shown = sheet.sheet_model.sheet
    assert shown is not None
    for row in shown.rows:
        for j, column in enumerate(shown.columns):
            if row.cells[j].kind == "money" and row.cells[j].text:
                address = CellAddress(shown.id, row.key_at(j), column.id)
                told = bench.hub.desk.explain(address)
                if told.parts and parts(len(told.parts), told.parts[0].record is not None):
                    return address
    raise AssertionError("no such figure")


def test_space_and_hover_tell_the_formula_with_its_figures(bench: Workbench, sheet: SheetView) -> None:
    address = stand_on(sheet, "total", "total")
    sentence = bench.hub.desk.explain(address).sentence
    QTest.keyClick(sheet, KEY.Key_Space)
    assert bubble_of(sheet).isVisible()
    assert bubble_of(sheet).label.text() == sentence
    index = sheet.currentIndex()
    assert sheet.sheet_model.data(index, Qt.ItemDataRole.ToolTipRole) == sentence
    assert "226.70" in sentence
    QTest.keyClick(sheet, KEY.Key_Down)
    assert not bubble_of(sheet).isVisible(), "it was about another cell"


def test_enter_on_a_figure_of_one_line_goes_there_and_back(bench: Workbench, sheet: SheetView) -> None:
    address = cell_with(bench, sheet, lambda count, record: count == 1 and record)
    record = bench.hub.desk.explain(address).parts[0].record
    sheet.go_to(address)
    QTest.keyClick(sheet, KEY.Key_Return)
    page = bench.current()
    assert isinstance(page, ListPage)
    view = page.panes["lines"].view
    assert view.grid_model.key(view.currentIndex().row()) == record
    assert QApplication.focusWidget() is view
    QTest.keyClick(view, KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is sheet
    index = sheet.currentIndex()
    assert sheet.sheet_model.address(index.row(), index.column()) == address
    QTest.keyClick(sheet, KEY.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is view
    assert view.grid_model.key(view.currentIndex().row()) == record


def test_enter_on_a_sum_lists_its_lines_and_enter_there_goes_to_the_line(bench: Workbench, sheet: SheetView,
                                                                        qtbot: QtBot) -> None:
    address = cell_with(bench, sheet, lambda count, record: count > 1 and record)
    part = bench.hub.desk.explain(address).parts[1]
    sheet.go_to(address)
    QTest.keyClick(sheet, KEY.Key_Return)
    dialog = bench.findChild(SourceDialog) or bench.window().findChild(SourceDialog)
    assert isinstance(dialog, SourceDialog)
    dialog.parts.setCurrentRow(1)
    QTest.keyClick(dialog.parts, KEY.Key_Return)
    page = bench.current()
    assert isinstance(page, ListPage)
    view = page.panes["lines"].view
    assert view.grid_model.key(view.currentIndex().row()) == part.record
    bench.trail.back()
    index = sheet.currentIndex()
    assert sheet.sheet_model.address(index.row(), index.column()) == address


def test_going_back_with_nowhere_to_go_says_so(window: MainWindow, bench: Workbench) -> None:
    for _ in range(100):
        bench.trail.back()
    assert "没有更早的地方" in window.words.text()


def test_the_trail_returns_to_the_row_of_another_page(bench: Workbench, pane: FindPane) -> None:
    lines = pane("basic", "lines")
    lines.view.setFocus()
    lines.view.go_to(4, 6)
    key = lines.model.key(4)
    bench.show_page("income")
    bench.show_page("projects")
    bench.trail.back()
    assert bench.current().page.id == "income"
    bench.trail.back()
    assert bench.current().page.id == "basic"
    assert QApplication.focusWidget() is lines.view
    assert lines.model.key(lines.view.currentIndex().row()) == key


@pytest.mark.parametrize("what", ["key", "f2", "delete", "paste"])
def test_a_computed_figure_says_why_it_cannot_be_typed_over(window: MainWindow, sheet: SheetView, what: str) -> None:
    stand_on(sheet, "total", "total")
    QGuiApplication.clipboard().setText("1")
    match what:
        case "key":
            type_text(sheet, "1")
        case "f2":
            QTest.keyClick(sheet, KEY.Key_F2)
        case "delete":
            QTest.keyClick(sheet, KEY.Key_Delete)
        case _:
            QTest.keyClick(sheet, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert bubble_of(sheet).isVisible()
    assert "程序" in bubble_of(sheet).label.text()
    assert "不能直接改" in window.words.text()


def test_figures_are_copied_from_a_sheet(sheet: SheetView) -> None:
    stand_on(sheet, "total", columns_of(sheet)[2])
    QTest.keyClick(sheet, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == "226.70"
    assert 'x:num="226.70"' in mime.html()


def test_a_book_open_for_reading_says_so_at_every_try(empty_window: MainWindow, window: MainWindow,
                                                      qtbot: QtBot) -> None:
    assert window.hub is not None
    path = window.hub.desk.path
    window.close_book()
    window.show_desk(library.open_desk(path, read_only=True))
    bench = window.bench
    assert bench is not None
    bench.show_page("basic")
    page = bench.current()
    assert isinstance(page, ListPage)
    view = page.panes["lines"].view
    view.setFocus()
    view.go_to(0, 6)
    tries: list[Callable[[], object]] = [
        lambda: type_text(view, "1"), lambda: QTest.keyClick(view, KEY.Key_F2),
        lambda: QTest.keyClick(view, KEY.Key_Delete),
        lambda: QTest.keyClick(view, KEY.Key_V, Qt.KeyboardModifier.ControlModifier),
        lambda: QTest.keyClick(view, KEY.Key_D, Qt.KeyboardModifier.ControlModifier),
        lambda: QTest.keyClick(view, KEY.Key_Insert),
        lambda: QTest.keyClick(view, KEY.Key_Delete, Qt.KeyboardModifier.ControlModifier),
        lambda: QTest.keyClick(view, KEY.Key_Down, Qt.KeyboardModifier.AltModifier),
        lambda: QTest.keyClick(view, KEY.Key_F4)]
    for number, act in enumerate(tries):
        window.say("")
        act()
        assert "只读" in window.words.text(), number
    assert view.editor is None


def test_the_menu_of_a_sheet_tells_and_copies(sheet: SheetView) -> None:
    stand_on(sheet, "total", "total")
    acts = {action.text().split("\t")[0]: action for action in made_sheet_menu(sheet).actions()}
    acts["这个数是怎样算出来的"].trigger()
    assert bubble_of(sheet).isVisible()
    acts["复制"].trigger()
    assert QGuiApplication.clipboard().text() == "226.70"
    sheet.setCurrentIndex(sheet.sheet_model.index(0, 1))
    words = {action.text().split("\t")[0]: action for action in made_sheet_menu(sheet).actions()}
    assert not words["这个数是怎样算出来的"].isEnabled()
