"""Typing into the tables: what moves, what is refused, what is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from xinfang_desk.flow.paste import PastePlan
from xinfang_desk.gui.bubble import bubble_of
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.grid_source import RecordSource
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.model.ledger import Kind

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
FindPane = Callable[[str, str], GridPane]
Type = Callable[..., None]


def source_of(pane: GridPane) -> RecordSource:
    source = pane.model.source
    assert isinstance(source, RecordSource)
    return source


def shown_total(bench: Workbench) -> str:
    sheet = bench.sheet.view.sheet_model.sheet
    assert sheet is not None
    return sheet.cell("total", "total").text


def test_a_typed_amount_moves_table_sums_sheet_and_verdict(
    window: MainWindow, bench: Workbench, pane: FindPane, type_cell: Type, qtbot: QtBot
) -> None:
    lines = pane("basic", "lines")
    before = shown_total(bench)
    old = source_of(lines).record(0).amount
    type_cell(lines, 0, "amount", "262000")
    assert source_of(lines).record(0).amount == 26_200_000
    assert shown_total(bench) != before
    flashing = bench.sheet.view.sheet_model.flashing
    assert flashing
    sums = lines.model.source.totals()
    column = source_of(lines).column_of("amount")
    assert column is not None
    assert sums[column] == f"{(171_980_000 + 26_200_000 - old) / 100:,.2f}"
    qtbot.waitUntil(lambda: "错误必须修改" in bench.findings.verdict.text())
    assert not bench.hub.desk.verdict().ready
    section = next(s for s in bench.sections.section_model.sections if s.page.id == "basic")
    assert section.words


def test_enter_goes_down_tab_right_and_shift_back(pane: FindPane, type_cell: Type, qtbot: QtBot) -> None:
    lines = pane("basic", "lines")
    type_cell(lines, 0, "amount", "252000", KEY.Key_Return)
    assert lines.view.currentIndex().row() == 1
    type_cell(lines, 0, "amount", "252000", KEY.Key_Tab)
    assert (lines.view.currentIndex().row(), lines.view.currentIndex().column()) == (0, 7)
    QTest.keyClick(lines.view, KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert lines.view.currentIndex().column() == 6


def test_refused_text_stays_in_the_editor_with_its_reason(
    window: MainWindow, pane: FindPane, type_cell: Type
) -> None:
    lines = pane("basic", "lines")
    type_cell(lines, 0, "amount", "12.5.3")
    editor = lines.view.editor
    assert editor is not None
    assert editor.isVisible()
    assert editor.text() == "12.5.3"
    told = bubble_of(editor)
    assert told.isVisible()
    assert "小数点" in told.label.text()
    assert "小数点" in window.words.text()
    assert source_of(lines).record(0).amount == 25_200_000


@pytest.mark.parametrize("mended", [True, False])
def test_nothing_is_said_of_refused_text_once_it_is_right_or_given_up(
    window: MainWindow, pane: FindPane, type_cell: Type, mended: bool
) -> None:
    lines = pane("basic", "lines")
    type_cell(lines, 0, "amount", "12.5.3")
    editor = lines.view.editor
    assert editor is not None
    if mended:
        QTest.keyClicks(editor, "12.53")
    QTest.keyClick(editor, KEY.Key_Return if mended else KEY.Key_Escape)
    assert window.words.text() == ""
    assert source_of(lines).record(0).amount == (12_53 if mended else 25_200_000)


def test_refused_text_is_kept_when_the_focus_leaves_and_given_up_on_escape(
    bench: Workbench, pane: FindPane, type_cell: Type, qtbot: QtBot
) -> None:
    lines = pane("basic", "lines")
    type_cell(lines, 0, "amount", "一百", None)
    bench.findings.list.setFocus()
    text, _, tone = lines.model.look(0, 6)
    assert (text, tone) == ("一百", "draft")
    assert "不是金额" in lines.model.reason(0, 6)
    lines.view.setFocus()
    lines.view.go_to(0, 6)
    QTest.keyClick(lines.view, KEY.Key_F2)
    assert lines.view.editor is not None
    assert lines.view.editor.text() == "一百"
    QTest.keyClick(lines.view.editor, KEY.Key_Escape)
    assert lines.model.look(0, 6)[0] == "252,000.00"


def test_half_typed_text_is_taken_when_the_page_changes(
    bench: Workbench, pane: FindPane, type_cell: Type
) -> None:
    lines = pane("basic", "lines")
    type_cell(lines, 0, "amount", "26万", None)
    bench.turn(1)
    assert source_of(lines).record(0).amount == 26_000_000


def test_the_blank_row_makes_a_line_that_takes_over_codes_from_above(
    bench: Workbench, pane: FindPane, type_cell: Type
) -> None:
    lines = pane("basic", "lines")
    count = lines.model.source.count()
    above = source_of(lines).record(count - 1)
    type_cell(lines, count, "amount", "1000")
    assert lines.model.source.count() == count + 1
    made = source_of(lines).record(count)
    assert (made.amount, made.function, made.fund) == (100_000, above.function, above.fund)
    assert lines.model.rowCount() == count + 2


def test_a_department_code_brings_its_government_code(pane: FindPane, type_cell: Type) -> None:
    lines = pane("basic", "lines")
    type_cell(lines, 0, "econ_dept", "30201")
    assert source_of(lines).record(0).econ_gov == "50201"


def test_delete_clears_and_control_delete_removes_rows(pane: FindPane, qtbot: QtBot) -> None:
    lines = pane("basic", "lines")
    count = lines.model.source.count()
    first = source_of(lines).ids[0]
    lines.view.go_to(0, 6)
    QTest.keyClick(lines.view, KEY.Key_Delete)
    assert source_of(lines).record(0).amount is None
    QTest.keyClick(lines.view, KEY.Key_Delete, CONTROL)
    assert lines.model.source.count() == count - 1
    assert first not in source_of(lines).ids


def test_insert_puts_a_row_before_the_current_one(pane: FindPane, qtbot: QtBot) -> None:
    lines = pane("basic", "lines")
    ids = list(source_of(lines).ids)
    lines.view.go_to(2, 0)
    QTest.keyClick(lines.view, KEY.Key_Insert)
    now = source_of(lines).ids
    assert now[:2] == ids[:2]
    assert now[3:] == ids[2:]


def test_fill_down_repeats_the_top_cell(pane: FindPane, qtbot: QtBot) -> None:
    lines = pane("basic", "lines")
    lines.view.go_to(0, 2)
    for _ in range(2):
        QTest.keyClick(lines.view, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(lines.view, KEY.Key_D, CONTROL)
    top = source_of(lines).record(0).econ_dept
    assert [source_of(lines).record(row).econ_dept for row in range(3)] == [top] * 3


def test_space_turns_a_flag_over_and_typing_does_not_open_an_editor(pane: FindPane, qtbot: QtBot) -> None:
    lines = pane("basic", "lines")
    column = source_of(lines).column_of("carry")
    assert column is not None
    lines.view.go_to(0, column)
    QTest.keyClick(lines.view, KEY.Key_Space)
    assert source_of(lines).record(0).carry
    QTest.keyClick(lines.view, KEY.Key_Space)
    assert not source_of(lines).record(0).carry
    QTest.keyClicks(lines.view, "x")
    assert lines.view.editor is None


def test_undo_and_redo_by_keyboard(window: MainWindow, pane: FindPane, type_cell: Type, qtbot: QtBot) -> None:
    lines = pane("basic", "lines")
    type_cell(lines, 0, "amount", "1")
    QTest.keyClick(lines.view, KEY.Key_Z, CONTROL)
    assert source_of(lines).record(0).amount == 25_200_000
    assert "已撤销" in window.words.text()
    assert lines.model.look(0, 6)[0] == "252,000.00"
    QTest.keyClick(lines.view, KEY.Key_Y, CONTROL)
    assert source_of(lines).record(0).amount == 100
    assert "已重做" in window.words.text()


def test_undo_restores_a_deleted_row_in_its_place(pane: FindPane, qtbot: QtBot) -> None:
    lines = pane("basic", "lines")
    ids = list(source_of(lines).ids)
    lines.view.go_to(3, 0)
    QTest.keyClick(lines.view, KEY.Key_Delete, CONTROL)
    QTest.keyClick(lines.view, KEY.Key_Z, CONTROL)
    assert source_of(lines).ids == ids


def test_a_block_is_pasted_after_a_preview(pane: FindPane, qtbot: QtBot) -> None:
    lines = pane("basic", "lines")
    plans: list[PastePlan] = []

    def yes(plan: PastePlan, _: object) -> bool:
        plans.append(plan)
        return True

    lines.view.ask_paste = yes
    lines.view.go_to(0, 6)
    lines.view.setFocus()
    QGuiApplication.clipboard().setText("250,000.00\n十万\n10.35万")
    QTest.keyClick(lines.view, KEY.Key_V, CONTROL)
    assert [cell.text for cell in plans[0].refused] == ["十万"]
    assert [source_of(lines).record(row).amount for row in range(3)] == [25_000_000, 21_600_000, 10_350_000]
    QTest.keyClick(lines.view, KEY.Key_Z, CONTROL)
    assert [source_of(lines).record(row).amount for row in range(3)] == [25_200_000, 21_600_000, 10_350_000]


def test_a_pasted_block_that_is_declined_changes_nothing(pane: FindPane, qtbot: QtBot) -> None:
    lines = pane("basic", "lines")
    lines.view.ask_paste = lambda plan, parent: False
    lines.view.go_to(0, 6)
    QGuiApplication.clipboard().setText("1\n2")
    QTest.keyClick(lines.view, KEY.Key_V, CONTROL)
    assert source_of(lines).record(0).amount == 25_200_000


def test_a_copied_block_is_tab_separated(pane: FindPane, qtbot: QtBot) -> None:
    lines = pane("basic", "lines")
    lines.view.go_to(0, 5)
    QTest.keyClick(lines.view, KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(lines.view, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(lines.view, KEY.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "\t252,000.00\n\t216,000.00"


def test_money_unit_changes_what_is_shown_and_typed(window: MainWindow, pane: FindPane, type_cell: Type) -> None:
    lines = pane("basic", "lines")
    window.toggle_unit()
    assert lines.model.look(0, 6)[0] == "25.20"
    assert "万元" in str(lines.model.headerData(6, Qt.Orientation.Horizontal))
    type_cell(lines, 0, "amount", "26.3")
    assert source_of(lines).record(0).amount == 26_300_000


def test_the_lines_follow_the_chosen_project(bench: Workbench, pane: FindPane, type_cell: Type) -> None:
    lines = pane("projects", "lines")
    projects = pane("projects", "projects")
    assert lines.model.source.count() == 6
    type_cell(projects, 1, "name", "信访救助")
    projects.view.go_to(1, 0)
    assert lines.model.source.count() == 0
    type_cell(lines, 0, "amount", "5000")
    made = source_of(lines).record(0)
    assert made.kind is Kind.PROJECT
    assert made.project == source_of(projects).ids[1]
    projects.view.go_to(0, 0)
    assert lines.model.source.count() == 6


def test_deleting_a_project_takes_its_lines_and_undo_brings_them_back(
    bench: Workbench, pane: FindPane, qtbot: QtBot
) -> None:
    projects = pane("projects", "projects")
    before = bench.hub.desk.year
    projects.view.go_to(0, 0)
    QTest.keyClick(projects.view, KEY.Key_Delete, CONTROL)
    year = bench.hub.desk.year
    assert not year.projects
    assert not any(line.project for line in year.lines.values())
    bench.hub.undo()
    assert bench.hub.desk.year == before


def test_the_wheel_changes_no_value(bench: Workbench, qtbot: QtBot) -> None:
    before = bench.hub.desk.year
    for page in bench.pages:
        bench.show_page(page.id)
        for widget in bench.current().findChildren(QWidget):
            if not widget.isVisible():
                continue
            place = QPointF(4, 4)
            turn = QWheelEvent(place, place, QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
                               Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
            QApplication.sendEvent(widget, turn)
    bench.commit_pending()
    assert bench.hub.desk.year == before


def test_the_focus_goes_into_a_cell_and_back_and_elsewhere(
    bench: Workbench, pane: Callable[[str, str], GridPane], type_cell: Callable[..., None], qtbot: QtBot
) -> None:
    table = pane("basic", "lines")
    type_cell(table, 0, "amount", "1200")
    assert QApplication.focusWidget() is table.view
    handed = [table.view._handed_focus]
    type_cell(table, 1, "amount", "13", end=None)
    assert QApplication.focusWidget() is table.view.editor
    handed.append(table.view._handed_focus)
    bench.findings.list.setFocus()
    qtbot.wait(20)
    handed.append(table.view._handed_focus)
    assert handed == [False, True, False]
    assert table.view.editor is None
