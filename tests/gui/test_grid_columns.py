"""更多栏: empty columns there is no room for are put away, come back when filled or asked for, and nothing needs to be
pushed sideways on a small screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from xinfang_desk.flow import library
from xinfang_desk.flow.sample_list import samples
from xinfang_desk.gui.grid_columns import MoreColumns
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.sheet_view import SheetView

FindPane = Callable[[str, str], GridPane]
WIDE_ON_PAPER = 20
"""Columns of a table that is printed across a large sheet: at the screen's foot it may be pushed sideways."""


def fields(pane: GridPane) -> list[str]:
    return [spec.field for i, spec in enumerate(pane.model.columns) if i not in pane.view.fits.away]


def more(pane: GridPane) -> MoreColumns:
    found = pane.findChild(MoreColumns)
    assert isinstance(found, MoreColumns)
    return found


@pytest.mark.parametrize("sample", [sample.id for sample in samples()])
def test_no_page_of_any_document_is_pushed_sideways(
    empty_window: MainWindow, tmp_path: Path, sample: str, qtbot: QtBot
) -> None:
    book = tmp_path / "书.xfb"
    library.new_sample(sample, book)
    assert empty_window.open_book(book)
    assert empty_window.hub is not None
    wide = []
    for document in [choice.pack for choice in empty_window.hub.desk.documents()]:
        empty_window.open_document(document)
        bench = empty_window.bench
        assert bench is not None
        for page in bench.pages:
            bench.show_page(page.id)
            tabs = getattr(bench.current(), "tabs", None)
            for _ in range(tabs.count() if tabs is not None else 1):
                qtbot.wait(5)
                wide += [f"{document} {page.id}: {view.accessibleName()} by {view.horizontalScrollBar().maximum()}"
                         for view in bench.findChildren(QTableView)
                         if view.isVisible() and view.horizontalScrollBar().maximum() > 0
                         and not (isinstance(view, SheetView) and view.model().columnCount() > WIDE_ON_PAPER)]
                bench.current().turn_tab(1)
    assert wide == []


def test_empty_columns_are_put_away_and_brought_back_by_the_button(pane: FindPane, qtbot: QtBot) -> None:
    purchases = pane("procurement", "purchases")
    qtbot.wait(10)
    few = fields(purchases)
    assert "note" not in few
    assert {"name", "amount", "function"} <= set(few)
    button = more(purchases)
    assert button.isVisible()
    assert str(len(purchases.model.columns) - len(few)) in button.text()
    assert button.accessibleDescription()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(fields(purchases)) == len(purchases.model.columns)
    assert purchases.view.fits.wants_all
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert fields(purchases) == few


def test_the_keyboard_passes_over_what_is_put_away(pane: FindPane, qtbot: QtBot) -> None:
    purchases = pane("procurement", "purchases")
    qtbot.wait(10)
    view = purchases.view
    view.setFocus()
    view.go_to(0, 0)
    seen = []
    for _ in fields(purchases):
        seen.append(purchases.model.columns[view.currentIndex().column()].field)
        view.step(0, 1)
    assert seen == fields(purchases)


def test_a_finding_in_a_column_put_away_brings_it_back(pane: FindPane, qtbot: QtBot) -> None:
    purchases = pane("procurement", "purchases")
    qtbot.wait(10)
    column = next(i for i, spec in enumerate(purchases.model.columns) if spec.field == "note")
    assert column in purchases.view.fits.away
    purchases.view.go_to(0, column)
    assert column not in purchases.view.fits.away
    assert purchases.view.currentIndex().column() == column


def test_a_column_that_is_filled_comes_back(pane: FindPane, qtbot: QtBot) -> None:
    purchases = pane("procurement", "purchases")
    qtbot.wait(10)
    column = next(i for i, spec in enumerate(purchases.model.columns) if spec.field == "note")
    purchases.model.commit(0, 0, "打印机")
    assert column in purchases.view.fits.away
    purchases.model.commit(0, column, "分两次买")
    qtbot.waitUntil(lambda: column not in purchases.view.fits.away)


