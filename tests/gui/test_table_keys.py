"""Entry tables behave as in a spreadsheet: moving, selecting, rows, order and filter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.hands import type_text
from xinfang_desk.gui.bubble import bubble_of
from xinfang_desk.gui.grid_menu import made_menu
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.grid_shown import Filtering
from xinfang_desk.gui.grid_source import RecordSource
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_form import FormPage
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.model.finding import Place

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
FindPane = Callable[[str, str], GridPane]
Type = Callable[..., None]
AMOUNT = 6


@pytest.fixture
def lines(pane: FindPane) -> GridPane:
    found = pane("basic", "lines")
    found.view.setFocus()
    found.view.go_to(0, 0)
    return found


def source_of(pane: GridPane) -> RecordSource:
    source = pane.model.source
    assert isinstance(source, RecordSource)
    return source


def here(pane: GridPane) -> tuple[int, int]:
    index = pane.view.currentIndex()
    return index.row(), index.column()


def press(pane: GridPane, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(pane.view.editor or pane.view, key, modifiers)


def test_enter_after_a_run_of_tabs_goes_below_where_the_run_began(lines: GridPane) -> None:
    lines.view.go_to(1, AMOUNT)
    type_text(lines.view, "5")
    press(lines, KEY.Key_Tab)
    press(lines, KEY.Key_Tab)
    assert here(lines) == (1, AMOUNT + 2)
    press(lines, KEY.Key_Return)
    assert here(lines) == (2, AMOUNT)
    press(lines, KEY.Key_Return)
    assert here(lines) == (3, AMOUNT)
    press(lines, KEY.Key_Tab)
    press(lines, KEY.Key_Left)
    press(lines, KEY.Key_Left)
    press(lines, KEY.Key_Return)
    assert here(lines) == (4, AMOUNT - 1), "arrows end a run"


def test_control_and_arrows_go_to_the_edges_of_filled_cells(lines: GridPane) -> None:
    count = lines.model.source.count()
    lines.view.go_to(0, AMOUNT)
    press(lines, KEY.Key_Down, CONTROL)
    assert here(lines) == (count - 1, AMOUNT)
    lines.model.clear([(4, AMOUNT), (5, AMOUNT)])
    press(lines, KEY.Key_Up, CONTROL)
    assert here(lines) == (6, AMOUNT)
    press(lines, KEY.Key_Up, CONTROL)
    assert here(lines) == (3, AMOUNT)
    press(lines, KEY.Key_Up, CONTROL | SHIFT)
    assert lines.view.cells() == [(row, AMOUNT) for row in range(4)]
    press(lines, KEY.Key_End, CONTROL)
    assert here(lines) == (count - 1, len(lines.model.columns) - 1)
    press(lines, KEY.Key_Home, CONTROL)
    assert here(lines) == (0, 0)
    press(lines, KEY.Key_End)
    assert here(lines) == (0, len(lines.model.columns) - 1)


def test_enter_and_tab_go_round_inside_a_selection(lines: GridPane) -> None:
    lines.view.select_block(1, AMOUNT, 2, 2)
    went = []
    for _ in range(4):
        press(lines, KEY.Key_Return)
        went.append(here(lines))
    assert went == [(2, AMOUNT), (1, AMOUNT + 1), (2, AMOUNT + 1), (1, AMOUNT)]
    press(lines, KEY.Key_Tab)
    assert here(lines) == (1, AMOUNT + 1)
    assert lines.view.extent() == (2, 2)


def test_control_enter_puts_what_is_typed_into_every_selected_cell(bench: Workbench, lines: GridPane) -> None:
    lines.view.select_block(0, AMOUNT, 3, 1)
    type_text(lines.view, "7")
    assert lines.view.editor is not None
    type_text(lines.view.editor, "00")
    press(lines, KEY.Key_Return, CONTROL)
    assert [source_of(lines).record(row).amount for row in range(3)] == [70_000] * 3
    assert lines.view.extent() == (3, 1)


def test_escape_gives_up_what_was_typed(lines: GridPane) -> None:
    lines.view.go_to(0, AMOUNT)
    type_text(lines.view, "9")
    press(lines, KEY.Key_Escape)
    assert lines.view.editor is None
    assert source_of(lines).record(0).amount == 25_200_000


def test_rows_are_moved_duplicated_and_it_is_undone(bench: Workbench, lines: GridPane) -> None:
    before = bench.hub.desk.year
    ids = list(source_of(lines).ids)
    lines.view.go_to(2, AMOUNT)
    press(lines, KEY.Key_Up, ALT)
    assert source_of(lines).ids[:3] == [ids[0], ids[2], ids[1]]
    assert here(lines) == (1, AMOUNT)
    press(lines, KEY.Key_Down, ALT)
    press(lines, KEY.Key_Down, ALT)
    assert source_of(lines).ids[:4] == [ids[0], ids[1], ids[3], ids[2]]
    press(lines, KEY.Key_D, CONTROL | SHIFT)
    assert here(lines) == (4, AMOUNT)
    copy, original = source_of(lines).record(4), source_of(lines).record(3)
    assert (copy.econ_dept, copy.amount, copy.id != original.id) == (original.econ_dept, original.amount, True)
    for _ in range(4):
        bench.hub.undo()
    assert bench.hub.desk.year == before
    assert list(bench.hub.desk.year.lines) == list(before.lines)


def test_several_rows_move_together_and_the_edge_is_said(window: MainWindow, lines: GridPane) -> None:
    ids = list(source_of(lines).ids)
    lines.view.select_block(1, 0, 2, 1)
    press(lines, KEY.Key_Up, ALT)
    assert source_of(lines).ids[:3] == [ids[1], ids[2], ids[0]]
    press(lines, KEY.Key_Up, ALT)
    assert "最上面" in window.words.text()


def test_a_sorted_view_changes_nothing_until_it_is_kept(bench: Workbench, lines: GridPane) -> None:
    before = bench.hub.desk.year
    lines.view.row_acts.sort(AMOUNT, descending=True)
    amounts = [source_of(lines).record(lines.model.shown.source_row(row)).amount
               for row in range(len(lines.model.shown))]
    assert amounts == sorted(amounts, reverse=True)
    assert bench.hub.desk.year == before
    assert "▼" in str(lines.model.headerData(AMOUNT, Qt.Orientation.Horizontal))
    assert lines.filter.isVisible()
    largest = lines.model.key(0)
    lines.view.go_to(0, AMOUNT)
    type_text(lines.view, "1")
    press(lines, KEY.Key_Return)
    assert bench.hub.desk.year.lines[largest].amount == 100  # type: ignore[index]
    assert lines.model.key(0) == largest, "an edited row stays where it is until sorted again"
    lines.view.row_acts.sort(AMOUNT, descending=False)
    lines.view.row_acts.keep_order()
    assert source_of(lines).ids[0] == largest
    shown = [line.amount for line in bench.hub.desk.year.lines.values() if line.kind.value != "项目"]
    assert shown == sorted(shown, key=lambda fen: fen or 0)
    others = [id_ for id_, line in bench.hub.desk.year.lines.items() if line.kind.value == "项目"]
    assert others == [id_ for id_, line in before.lines.items() if line.kind.value == "项目"]
    bench.hub.undo()
    bench.hub.undo()
    assert list(bench.hub.desk.year.lines) == list(before.lines)


def test_a_sorted_view_does_not_move_rows_and_says_why(window: MainWindow, lines: GridPane) -> None:
    lines.view.row_acts.sort(AMOUNT, descending=False)
    ids = list(source_of(lines).ids)
    press(lines, KEY.Key_Down, ALT)
    assert source_of(lines).ids == ids
    assert "排列着看" in window.words.text()


def test_control_l_filters_and_says_so(window: MainWindow, lines: GridPane, qtbot: QtBot) -> None:
    count = lines.model.source.count()
    QTest.keyClick(lines.view, KEY.Key_L, CONTROL)
    assert QApplication.focusWidget() is lines.filter.text
    type_text(lines.filter.text, "jbgz")
    press_in = lines.filter.text
    QTest.keyClick(press_in, KEY.Key_Return)
    shown = len(lines.model.shown)
    assert 0 < shown < count
    assert all("基本工资" in lines.model.look(row, 2)[0] for row in range(shown))
    assert f"显示 {shown} 行" in lines.filter.sign.text()
    assert lines.totals is not None
    assert f"{count} 行中" in lines.totals.accessibleName()
    total = sum(source_of(lines).record(lines.model.shown.source_row(row)).amount for row in range(shown))
    assert lines.model.totals()[AMOUNT] == f"{total / 100:,.2f}"
    assert QApplication.focusWidget() is lines.view
    QTest.keyClick(lines.view, KEY.Key_L, CONTROL)
    QTest.keyClick(lines.filter.text, KEY.Key_Escape)
    assert len(lines.model.shown) == count
    assert not lines.filter.isVisible()


def test_editing_deleting_and_adding_under_a_filter_touch_the_right_rows(bench: Workbench, lines: GridPane) -> None:
    source = source_of(lines)
    lines.model.filter(Filtering("", 2, "30102 津贴补贴"))
    first, second = lines.model.key(0), lines.model.key(1)
    lines.view.go_to(1, AMOUNT)
    type_text(lines.view, "3")
    press(lines, KEY.Key_Return)
    assert bench.hub.desk.year.lines[second].amount == 300  # type: ignore[index]
    lines.view.go_to(0, 0)
    press(lines, KEY.Key_Delete, CONTROL)
    assert first not in source.ids
    assert lines.model.key(0) == second
    shown = len(lines.model.shown)
    lines.view.go_to(shown, AMOUNT)
    type_text(lines.view, "8")
    press(lines, KEY.Key_Return)
    assert len(lines.model.shown) == shown + 1, "a new row is seen whatever the filter says"
    bench.hub.undo()
    bench.hub.undo()
    assert first in source.ids
    assert lines.model.shown.shown_row(source.ids.index(first)) is not None


def test_a_finding_in_a_hidden_row_takes_the_filter_away(bench: Workbench, lines: GridPane) -> None:
    lines.model.filter(Filtering("没有这样的行"))
    assert len(lines.model.shown) == 0
    wanted = source_of(lines).ids[5]
    bench.go(Place("basic", space="lines", record=wanted, field="amount"))
    assert lines.model.key(here(lines)[0]) == wanted


def test_the_menu_names_each_act_with_its_keys(lines: GridPane) -> None:
    lines.view.go_to(1, AMOUNT)
    texts = {action.text().split("\t")[0]: action for action in made_menu(lines.view).actions() if action.text()}
    assert texts["复制"].text().endswith("Ctrl+C")
    texts["上移"].trigger()
    assert here(lines) == (0, AMOUNT)
    assert not texts["取消筛选"].isEnabled()
    assert any("从大到小" in text for text in texts)


def test_facts_in_rows_are_sorted_moved_and_filtered_too(bench: Workbench) -> None:
    for page in bench.pages:
        if page.kind != "form" or not any(field.kind == "table" for field in page.fields):
            continue
        bench.show_page(page.id)
        form = bench.current()
        assert isinstance(form, FormPage)
        pane = next(iter(form.form.tables.values()))
        pane.model.delete(range(pane.model.source.count()))
        for row, word in enumerate(("乙", "甲", "丙")):
            assert pane.model.commit(row, 0, word) == ""
        pane.view.row_acts.sort(0, descending=False)
        assert [pane.model.look(row, 0)[0] for row in range(3)] == ["丙", "甲", "乙"]
        pane.view.row_acts.keep_order()
        pane.view.go_to(0, 0)
        pane.view.row_acts.move(1)
        pane.model.filter(Filtering("丙"))
        assert [pane.model.look(row, 0)[0] for row in range(len(pane.model.shown))] == ["丙"]
        assert [pane.model.source.text(row, 0) for row in range(3)] == ["甲", "丙", "乙"]
        return
    pytest.fail("no page asks for a table")


def test_rows_the_program_lists_are_not_moved_and_it_says_why(window: MainWindow, bench: Workbench) -> None:
    bench.show_page("prior")
    pane = bench.current().findChild(GridPane)
    assert isinstance(pane, GridPane)
    pane.view.setFocus()
    pane.view.go_to(0, 1)
    QTest.keyClick(pane.view, KEY.Key_Insert)
    assert "由程序" in window.words.text()
    QTest.keyClick(pane.view, KEY.Key_A)
    assert pane.view.editor is None
    assert bubble_of(pane.view).isVisible()
    assert "不用填" in bubble_of(pane.view).label.text()


def test_arrows_end_the_typing_of_a_figure_and_move_in_the_text_after_f2(lines: GridPane) -> None:
    lines.view.go_to(0, AMOUNT)
    type_text(lines.view, "7")
    press(lines, KEY.Key_Down)
    assert (source_of(lines).record(0).amount, here(lines)) == (700, (1, AMOUNT))
    type_text(lines.view, "8")
    press(lines, KEY.Key_Left)
    assert (source_of(lines).record(1).amount, here(lines)) == (800, (1, AMOUNT - 1))
    press(lines, KEY.Key_Right)
    press(lines, KEY.Key_F2)
    editor = lines.view.editor
    assert editor is not None
    editor.end(False)
    press(lines, KEY.Key_Left)
    assert lines.view.editor is editor
    assert editor.cursorPosition() == len(editor.text()) - 1
    press(lines, KEY.Key_Escape)


def test_refused_text_is_not_left_by_an_arrow(lines: GridPane) -> None:
    lines.view.go_to(0, AMOUNT)
    type_text(lines.view, "1")
    assert lines.view.editor is not None
    type_text(lines.view.editor, ".2.3")
    press(lines, KEY.Key_Down)
    assert lines.view.editor is not None
    assert here(lines) == (0, AMOUNT)
    press(lines, KEY.Key_Escape)


def test_headings_and_row_numbers_have_the_menu_too(lines: GridPane, qtbot: QtBot) -> None:
    head, rows = lines.view.horizontalHeader(), lines.view.verticalHeader()
    head.customContextMenuRequested.emit(QPoint(head.sectionViewportPosition(2) + 5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert any("按“部门经济科目”" in action.text() for action in menu.actions())
    menu.close()
    rows.customContextMenuRequested.emit(QPoint(5, rows.sectionViewportPosition(1) + 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert lines.view.rows() == [1]
    menu.close()


def test_filter_and_order_leave_the_sums_in_sight_on_a_small_screen(window: MainWindow, lines: GridPane) -> None:
    lines.filter.ask()
    lines.filter.text.setText("gz")
    lines.filter.apply()
    lines.view.row_acts.sort(AMOUNT, descending=True)
    for _ in range(6):
        QApplication.processEvents()
    assert lines.totals is not None
    for widget in (lines.filter, lines.filter.sign, lines.totals):
        assert widget.isVisible()
        assert widget.visibleRegion().boundingRect().size() == widget.size()
    assert lines.view.viewport().height() >= 3 * lines.view.row_height()


def typing() -> QWidget:
    """What the keys go to."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_a_new_row_is_typed_across(lines: GridPane) -> None:
    """Tab stays in the row that was blank; Enter at its end begins the next one."""
    view, model = lines.view, lines.model
    row = model.rowCount() - 1
    view.setFocus()
    view.go_to(row, 0)
    for column, text in enumerate(("ry", "2010301", "jbgz")):
        assert here(lines) == (row, column)
        for letter in text:
            type_text(typing(), letter)
        QTest.keyClick(typing(), KEY.Key_Tab)
    assert here(lines) == (row, 3)
    assert model.rowCount() == row + 2, "one row for all of it, and the blank one below"
    view.go_to(row, AMOUNT)
    for letter in "12":
        type_text(typing(), letter)
    QTest.keyClick(typing(), KEY.Key_Return)
    assert here(lines) == (row + 1, AMOUNT)


def test_a_heading_in_two_lines_keeps_them_with_a_sign(lines: GridPane, qtbot: QtBot) -> None:
    lines.view.fits.fit(anew=True)
    model = lines.model
    broken = next(j for j in range(len(model.columns)) if model.heading(j) in model.in_lines)
    plain = model.heading(broken)
    assert "\n" in str(model.headerData(broken, Qt.Orientation.Horizontal))
    assert model.headerData(broken, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole) == plain
    lines.view.row_acts.sort(broken, descending=False)
    qtbot.waitUntil(lambda: model.heading(broken) in model.in_lines)
    shown = str(model.headerData(broken, Qt.Orientation.Horizontal))
    assert shown.replace("\n", "") == plain + " ▲"
    assert max(map(len, shown.split("\n"))) < len(plain)
