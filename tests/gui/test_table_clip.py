"""Copying, pasting and filling: as in a spreadsheet, and nothing changes before it has been shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from xinfang_desk.flow.paste import PastePlan
from xinfang_desk.gui.grid_clip import read_clipboard
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.grid_shown import Filtering
from xinfang_desk.gui.grid_source import RecordSource
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.paste_dialog import PasteDialog, cell_words, summary_of
from xinfang_desk.gui.workbench import Workbench

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
FindPane = Callable[[str, str], GridPane]
AMOUNT, NOTE = 6, 9


@pytest.fixture
def lines(pane: FindPane) -> GridPane:
    found = pane("basic", "lines")
    found.view.setFocus()
    found.view.go_to(0, AMOUNT)
    return found


@pytest.fixture
def asked(lines: GridPane) -> list[PastePlan]:
    """Every plan the clerk was shown; all are taken."""
    plans: list[PastePlan] = []

    def take(plan: PastePlan, _: object) -> bool:
        plans.append(plan)
        return True

    lines.view.ask_paste = take
    return plans


def source_of(pane: GridPane) -> RecordSource:
    source = pane.model.source
    assert isinstance(source, RecordSource)
    return source


def amounts(pane: GridPane, rows: int) -> list[int | None]:
    return [source_of(pane).record(row).amount for row in range(rows)]


def paste(pane: GridPane, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(pane.view, KEY.Key_V, CONTROL)


def test_one_value_fills_the_selection_and_says_what_it_replaces(lines: GridPane, asked: list[PastePlan]) -> None:
    lines.view.select_block(0, AMOUNT, 3, 1)
    paste(lines, "1.5万元")
    assert amounts(lines, 3) == [1_500_000] * 3
    assert asked[0].overwritten == 3
    assert cell_words(asked[0].cells[0]) == "252,000.00 → 15,000.00"
    assert "3 格原来有内容" in summary_of(asked[0])


@pytest.mark.parametrize(("text", "fen"), [
    ("１，２３４．５６", 123_456), ("¥1,234.56", 123_456), ("￥1,234.56元", 123_456), ("(1,234.56)", -123_456),
    ("（1,234.56）", -123_456), ("0.123456万元", 123_456), ("-", None), ("1234.56\n\n", 123_456),
    ('"1,234.56"', 123_456)])
def test_amounts_as_spreadsheets_show_them(lines: GridPane, asked: list[PastePlan], text: str, fen: int | None) -> None:
    paste(lines, text)
    assert amounts(lines, 1) == [fen]
    assert not asked, "one cell that can be taken needs no question"


def test_one_refused_cell_says_why_without_a_dialog(window: MainWindow, lines: GridPane, asked: list[PastePlan]) -> None:
    paste(lines, "12%")
    assert "百分数" in window.words.text()
    assert not asked
    assert amounts(lines, 1) == [25_200_000]


def test_a_block_beyond_the_last_row_and_column_makes_rows_and_names_refused_cells(
    lines: GridPane, asked: list[PastePlan]
) -> None:
    count = lines.model.source.count()
    lines.view.go_to(count - 1, NOTE)
    paste(lines, "甲\t多\n乙\t\n丙\t余")
    plan = asked[0]
    assert plan.new_rows == 2
    assert [(cell.row, cell.column) for cell in plan.refused] == [(0, 1), (2, 1)]
    assert [source_of(lines).record(row).note for row in range(count - 1, count + 2)] == ["甲", "乙", "丙"]


def test_a_copied_block_comes_back_in_another_unit_without_losing_a_fen(
    window: MainWindow, lines: GridPane, asked: list[PastePlan]
) -> None:
    lines.model.commit(0, AMOUNT, "252034.56")
    window.toggle_unit()
    lines.view.select_block(0, AMOUNT, 2, 1)
    QTest.keyClick(lines.view, KEY.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "25.203456\n21.60"
    lines.view.go_to(2, AMOUNT)
    QTest.keyClick(lines.view, KEY.Key_V, CONTROL)
    assert amounts(lines, 4)[2:] == [25_203_456, 21_600_000]


def test_a_whole_table_copied_with_its_titles_goes_back_unchanged(
    window: MainWindow, bench: Workbench, lines: GridPane, asked: list[PastePlan]
) -> None:
    before = bench.hub.desk.year
    QTest.keyClick(lines.view, KEY.Key_A, CONTROL)
    QTest.keyClick(lines.view, KEY.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text().startswith("支出性质\t功能科目")
    assert "金额（元）" in QGuiApplication.clipboard().text()
    window.toggle_unit()
    lines.view.go_to(0, 0)
    QTest.keyClick(lines.view, KEY.Key_V, CONTROL)
    assert bench.hub.desk.year == before
    assert "一样" in window.words.text()


def test_a_table_that_comes_as_html_alone_is_read(lines: GridPane, asked: list[PastePlan]) -> None:
    mime = QMimeData()
    mime.setHtml("<table><tr><td>1,000.00</td></tr><tr><td>2,000.00</td></tr></table>")
    assert read_clipboard(mime) == (("1,000.00",), ("2,000.00",))
    only_words = QMimeData()
    only_words.setHtml("<p>没有表格</p>")
    only_words.setText("一句话")
    assert read_clipboard(only_words) == (("一句话",),)


def test_nothing_to_paste_is_said(window: MainWindow, lines: GridPane) -> None:
    QGuiApplication.clipboard().clear()
    QTest.keyClick(lines.view, KEY.Key_V, CONTROL)
    assert "没有可以粘贴" in window.words.text()


def test_a_paste_under_a_filter_touches_only_rows_that_are_seen(lines: GridPane, asked: list[PastePlan]) -> None:
    lines.model.filter(Filtering("", 2, "30102 津贴补贴"))
    behind = [lines.model.shown.source_row(row) for row in range(len(lines.model.shown))]
    before = amounts(lines, lines.model.source.count())
    lines.view.select_block(0, AMOUNT, len(behind), 1)
    paste(lines, "7")
    after = amounts(lines, lines.model.source.count())
    assert [row for row, (a, b) in enumerate(zip(before, after, strict=True)) if a != b] == behind
    assert asked[0].lines == tuple(row + 1 for row in behind)


def test_cut_copies_and_blanks_and_is_undone(bench: Workbench, lines: GridPane) -> None:
    lines.view.select_block(0, AMOUNT, 2, 1)
    QTest.keyClick(lines.view, KEY.Key_X, CONTROL)
    assert QGuiApplication.clipboard().text() == "252,000.00\n216,000.00"
    assert amounts(lines, 2) == [None, None]
    bench.hub.undo()
    assert amounts(lines, 2) == [25_200_000, 21_600_000]


def test_control_d_with_one_cell_takes_the_one_above(lines: GridPane) -> None:
    lines.view.go_to(1, AMOUNT)
    QTest.keyClick(lines.view, KEY.Key_D, CONTROL)
    assert amounts(lines, 2) == [25_200_000, 25_200_000]


def test_fill_down_in_a_sorted_view_takes_the_top_that_is_seen(lines: GridPane) -> None:
    lines.view.row_acts.sort(AMOUNT, descending=True)
    top, below = lines.model.key(0), lines.model.key(1)
    lines.view.select_block(0, AMOUNT, 2, 1)
    QTest.keyClick(lines.view, KEY.Key_D, CONTROL)
    records = source_of(lines).records()
    assert records[below].amount == records[top].amount  # type: ignore[index]


def test_the_corner_of_a_selection_is_dragged_to_repeat_it(lines: GridPane, qtbot: QtBot) -> None:
    view, model = lines.view, lines.model
    spot = view.visualRect(model.index(0, AMOUNT)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert view.handle.isVisible()
    target = view.visualRect(model.index(2, AMOUNT)).center()
    QTest.mousePress(view.handle, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    QTest.mouseMove(view.handle, view.handle.mapFrom(view.viewport(), target))
    QTest.mouseRelease(view.handle, Qt.MouseButton.LeftButton, pos=view.handle.mapFrom(view.viewport(), target))
    assert amounts(lines, 4) == [25_200_000, 25_200_000, 25_200_000, 30_400_000]
    QTest.keyClick(view, KEY.Key_Down)
    assert not view.handle.isVisible()


def test_the_preview_names_rows_columns_and_reasons(lines: GridPane, qtbot: QtBot) -> None:
    from xinfang_desk.flow import paste as pasting

    plan = lines.model.plan(1, (AMOUNT, AMOUNT + 1), pasting.Clipping((("9", "也许"), ("十",))))
    dialog = PasteDialog(plan, lines.view)
    qtbot.addWidget(dialog)
    model, right = dialog.grid.model(), Qt.Orientation.Horizontal
    assert (model.headerData(0, right), model.headerData(0, Qt.Orientation.Vertical)) == ("金额", "2")
    assert model.index(0, 0).data() == "216,000.00 → 9.00"
    assert "只能填" in model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert "2 格不能填入" in summary_of(plan)


def test_widths_set_by_hand_are_kept_for_the_next_time(window: MainWindow, bench: Workbench, lines: GridPane) -> None:
    lines.view.go_to(0, NOTE)
    lines.view.setColumnWidth(NOTE, 333)
    lines.view.fits.keep_width(NOTE, 333)
    lines.view.fits.note_widths()
    path = bench.hub.desk.path
    window.close_book()
    window.open_book(path)
    assert window.bench is not None
    window.bench.show_page("basic")
    again = window.bench.current().findChild(GridPane)
    assert isinstance(again, GridPane)
    again.view.go_to(0, NOTE)
    assert again.view.columnWidth(NOTE) == 333
    again.view.forget_widths()
    assert again.view.columnWidth(NOTE) != 333
