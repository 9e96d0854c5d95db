"""A table is left by keyboard: Tab past its last cell, Shift+Tab before its first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.grid_view import GridView
from xinfang_desk.gui.page_form import FormPage
from xinfang_desk.gui.workbench import Workbench


def test_tab_goes_on_past_the_last_cell(pane: Callable[[str, str], GridPane]) -> None:
    view = pane("basic", "lines").view
    view.setFocus()
    shown = [column for column in range(len(view.grid_model.columns)) if not view.isColumnHidden(column)]
    view.go_to(view.grid_model.rowCount() - 1, shown[-2])
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is view
    QTest.keyClick(view, Qt.Key.Key_Tab)
    now = QApplication.focusWidget()
    assert now is not None
    assert now is not view
    assert not view.isAncestorOf(now)


def test_shift_tab_goes_back_before_the_first(pane: Callable[[str, str], GridPane]) -> None:
    view = pane("basic", "lines").view
    view.setFocus()
    view.go_to(0, 0)
    QTest.keyClick(view, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    now = QApplication.focusWidget()
    assert now is not None
    assert now is not view
    assert not view.isAncestorOf(now)


def test_every_table_of_a_page_is_reached_by_tab(bench: Workbench) -> None:
    bench.show_page("duties")
    page = bench.current()
    assert isinstance(page, FormPage)
    met: list[str] = []
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(focus, GridView):
            if focus.accessibleName() in met:
                break
            met.append(focus.accessibleName())
            focus.go_to(focus.grid_model.rowCount() - 1, len(focus.grid_model.columns) - 1)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert met == [field.label for field in page.page.fields]
