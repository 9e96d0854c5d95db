"""What a key paints is what painting everything would: compared on the screen itself, pixel by pixel."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from xinfang_desk.gui.cell_text import CellText
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.sheet_cells import SheetCells
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.model.sheet import CellAddress

KEY = Qt.Key


def on_screen(window: MainWindow, widget: QWidget) -> QImage:
    """What stands on the screen where a widget is, the round of events after a key; nothing is painted for it."""
    QApplication.processEvents()
    QApplication.sendPostedEvents()
    whole = window.screen().grabWindow(window.winId()).toImage()
    return whole.copy(QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()))


def all_anew(window: MainWindow, widget: QWidget) -> QImage:
    """The same after everything has been painted."""
    widget.repaint()
    return on_screen(window, widget)


def open_editor(pane: GridPane, row: int = 0) -> QWidget:
    column = next(j for j, spec in enumerate(pane.model.columns) if spec.field == "amount")
    pane.view.setFocus()
    pane.view.go_to(row, column)
    QTest.keyClicks(pane.view, "9")
    assert pane.view.editor is not None
    return pane.view.editor


@pytest.fixture
def lines(window: MainWindow, bench: Workbench, pane: Callable[[str, str], GridPane], qtbot: QtBot) -> GridPane:
    found = pane("basic", "lines")
    qtbot.wait(60)
    assert bench.sheet.isVisible()
    assert found.totals is not None
    return found


def test_a_key_leaves_the_screen_as_if_all_were_painted(window: MainWindow, bench: Workbench, lines: GridPane,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    sheet, sums = bench.sheet.view.viewport(), lines.totals
    assert sums is not None
    editor = open_editor(lines)
    all_anew(window, sheet)
    narrow: list[bool] = []
    paint = SheetCells.paint_told

    def noted(cells: SheetCells, painter: QPainter, told: Iterable[tuple[tuple[int, int], QRect]]) -> None:
        narrow.append(True)
        paint(cells, painter, told)

    monkeypatch.setattr(SheetCells, "paint_told", noted)
    pictures = []
    for key in "876543210123":
        QTest.keyClicks(editor, key)
        shown = on_screen(window, sheet), on_screen(window, sums)
        assert shown == (all_anew(window, sheet), all_anew(window, sums)), key
        pictures.append(shown)
    assert len(narrow) >= 8, "the cells were not painted alone"
    assert all(a[0] != b[0] and a[1] != b[1] for a, b in pairwise(pictures))
    QTest.keyClick(editor, KEY.Key_Escape)
    assert on_screen(window, sheet) == all_anew(window, sheet)
    assert on_screen(window, sums) == all_anew(window, sums)


def test_scrolled_widened_and_selected_cells_are_painted_where_they_are(
    window: MainWindow, bench: Workbench, lines: GridPane, qtbot: QtBot
) -> None:
    view = bench.sheet.view
    sheet, sums = view.viewport(), lines.totals
    assert sums is not None
    editor = open_editor(lines)
    QTest.keyClicks(editor, "1")
    acts: list[Callable[[], object]] = [
        lambda: view.setColumnWidth(1, view.columnWidth(1) + 23),
        lambda: view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 1),
        lambda: view.selectionModel().select(view.sheet_model.index(1, 2), QItemSelectionModel.SelectionFlag.Select),
        lambda: view.sheet_model.light([CellAddress(str(bench.sheet.box.currentData()), "total", "total")]),
        lambda: lines.view.setColumnWidth(0, lines.view.columnWidth(0) + 17),
        lambda: window.resize(window.width() - 40, window.height() - 30)]
    for act in acts:
        act()
        qtbot.wait(10)
        for key in "45":
            QTest.keyClicks(editor, key)
            assert on_screen(window, sheet) == all_anew(window, sheet)
            assert on_screen(window, sums) == all_anew(window, sums)


def test_another_cell_that_changes_meanwhile_is_painted_too(window: MainWindow, bench: Workbench, lines: GridPane) -> None:
    view = bench.sheet.view
    editor = open_editor(lines)
    all_anew(window, view.viewport())
    view.sheet_model.light([CellAddress(str(bench.sheet.box.currentData()), view.sheet_model.sheet.rows[-1].key, "name")]
                           if view.sheet_model.sheet else [])
    QTest.keyClicks(editor, "77")
    assert on_screen(window, view.viewport()) == all_anew(window, view.viewport())


def test_a_figure_is_as_wide_as_qt_says(qapp: QApplication) -> None:
    dice = random.Random(4)
    summed = 0
    for family in (qapp.font().family(), "Noto Serif CJK SC"):
        for size in (7, 9.75, 10.3, 12, 21):
            for bold in (False, True):
                font = QFont(family)
                font.setPointSizeF(size)
                font.setBold(bold)
                texts, metrics = CellText(font), QFontMetrics(font)
                for _ in range(100):
                    text = f"{dice.randint(-10 ** dice.randint(1, 14), 10 ** dice.randint(1, 14)) / 100:,.2f}"
                    assert texts.width(text) == metrics.horizontalAdvance(text), (family, size, bold, text)
                assert texts.width("合计 1,234.00") == metrics.horizontalAdvance("合计 1,234.00")
                summed += texts._steps is not None
    assert summed
