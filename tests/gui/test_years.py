"""The years of a book in the window: listed, opened at their place, made from a former one, binned and restored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from tests.flow.test_new_year import PETITION
from tests.gui.test_shots import cut_texts
from xinfang_desk.flow import library, years
from xinfang_desk.flow.new_year import Choices
from xinfang_desk.gui.bin_dialog import BinDialog
from xinfang_desk.gui.choice_box import ChoiceBox
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.new_year_dialog import NewYearDialog
from xinfang_desk.messages import years as words
from xinfang_desk.model.change import Change, Delete

Make = Callable[[], None]


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> NewYearDialog:
    assert window.hub is not None
    made = NewYearDialog(window.hub.desk, window)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.plan is not None, timeout=20_000)
    return made


@pytest.fixture
def make_2024(window: MainWindow, qtbot: QtBot) -> Make:
    """Make the year 2024 and show it."""

    def make() -> None:
        assert window.hub is not None
        plan = years.plan_year(years.source_of(window.hub.desk), 2024)
        window.years.ask_plan = lambda desk: (plan, Choices({}, PETITION))
        window.years.new()
        qtbot.waitUntil(lambda: year_of(window) == 2024, timeout=20_000)

    return make


def year_of(window: MainWindow) -> int:
    return window.hub.desk.year.year if window.hub is not None else 0


def rows(dialog: NewYearDialog, title: str) -> list[QTreeWidgetItem]:
    for i in range(dialog.tree.topLevelItemCount()):
        top = dialog.tree.topLevelItem(i)
        if top is not None and top.text(0).startswith(title):
            return [top.child(j) for j in range(top.childCount())]
    raise AssertionError(title)


def code_boxes(dialog: NewYearDialog) -> list[ChoiceBox]:
    boxes = [dialog.tree.itemWidget(row, 1) for row in rows(dialog, words.GROUPS["rename"])]
    return [box for box in boxes if isinstance(box, ChoiceBox)]


def heads(dialog: NewYearDialog) -> list[str]:
    tops = [dialog.tree.topLevelItem(i) for i in range(dialog.tree.topLevelItemCount())]
    return [top.text(0) for top in tops if top is not None]


def test_everything_is_listed_before_it_happens(dialog: NewYearDialog, window: MainWindow) -> None:
    assert heads(dialog) == ["带过来的（23 项，共 23 项）", "清空的（10 项）", "改科目编码的（4 项）", "作为上年数的（28 项，共 28 项）"]
    texts = {(row.text(0), row.text(1)) for row in rows(dialog, words.GROUPS["prior"])}
    assert ("上年收入总计", "2,267,000.00") in texts
    assert dialog.warnings.isVisible()
    assert "2024年" in dialog.warnings.text()
    assert not list(cut_texts(dialog))
    assert year_of(window) == 2023


def test_codes_are_chosen_before_the_year_can_be_made(dialog: NewYearDialog) -> None:
    assert not dialog.make.isEnabled()
    assert "4 个科目" in dialog.standing.text()
    for box in code_boxes(dialog):
        assert box.currentText() == words.RENAME_CHOOSE
        box.setCurrentIndex(1)
    assert dialog.make.isEnabled()
    assert dialog.standing.text() == words.NEW_READY
    # Last year's figures of those accounts stand at the new codes.
    titles = [row.text(0) for row in rows(dialog, words.GROUPS["prior"])]
    assert "2014004 信访业务" in titles
    assert "2010308 信访事务" not in titles


def test_the_keyboard_goes_through_everything_in_order(dialog: NewYearDialog) -> None:
    dialog.activateWindow()
    dialog.source.setFocus()
    seen: list[object] = []
    for _ in range(11):
        widget = dialog.focusWidget()
        seen.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    # The button that makes the year cannot be reached while codes are missing.
    assert seen == [dialog.source, dialog.other, dialog.year, dialog.pack, dialog.tree, *code_boxes(dialog), dialog.cancel,
                    dialog.source]
    code_boxes(dialog)[3].setFocus()
    row = dialog.tree.currentItem()
    assert row is not None
    dialog.tree.setFocus()
    for box in code_boxes(dialog):
        box.setCurrentIndex(1)
    QTest.keyClick(dialog.tree, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.tree.viewport().rect().intersects(dialog.tree.visualItemRect(row))


def test_a_tick_counts_and_is_handed_over(dialog: NewYearDialog) -> None:
    row = next(row for row in rows(dialog, words.GROUPS["carry"]) if row.text(0) == "项目：信访事务")
    before = heads(dialog)[0]
    row.setCheckState(0, Qt.CheckState.Unchecked)
    assert dialog.choices().ticks == {"project:1": False}
    assert heads(dialog)[0] != before
    amounts = next(row for row in rows(dialog, words.GROUPS["clear"]) if row.text(0) == words.AMOUNTS)
    dialog.tree.setFocus()
    dialog.tree.setCurrentItem(amounts)
    QTest.keyClick(dialog.tree, Qt.Key.Key_Space)
    assert dialog.choices().ticks == {"project:1": False, "amounts": True}


def test_another_year_and_another_pack_are_planned_anew(dialog: NewYearDialog, qtbot: QtBot) -> None:
    dialog.year.setCurrentIndex(dialog.year.findData(2025))
    qtbot.waitUntil(lambda: dialog.plan is not None and dialog.plan.year == 2025, timeout=20_000)
    assert "不是 2025年的上一年" in dialog.warnings.text()
    assert heads(dialog)[-1] == "作为上年数的（0 项，共 28 项）"
    other = dialog.pack.findData("shaanxi/2023-selfeval")
    dialog.pack.setCurrentIndex(other)
    qtbot.waitUntil(lambda: dialog.plan is not None and dialog.plan.pack.kind == "selfeval", timeout=20_000)


def test_another_units_book_is_refused(dialog: NewYearDialog, tmp_path: Path, qtbot: QtBot) -> None:
    library.new_sample("003", tmp_path / "别家.xfb")
    dialog.take_file(tmp_path / "别家.xfb")
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=20_000)
    assert "平乡县信访局" in dialog.trouble.text()
    assert len(heads(dialog)) == 4
    library.new_sample("004", tmp_path / "同一单位.xfb")
    dialog.take_file(tmp_path / "同一单位.xfb")
    qtbot.waitUntil(lambda: dialog.source.currentText() == words.NEW_SOURCE_FILE.format(year=2023, file="同一单位.xfb"),
                    timeout=20_000)
    qtbot.waitUntil(lambda: dialog.plan is not None, timeout=20_000)
    assert not dialog.trouble.isVisible()
    assert dialog.year.currentData() == 2024


def test_a_year_is_made_and_opened(window: MainWindow, make_2024: Make) -> None:
    make_2024()
    assert window.hub is not None
    desk = window.hub.desk
    assert {line.amount for line in desk.year.lines.values()} == {None}
    assert desk.last_year() is not None
    assert window.message.words.text() == words.YEAR_MADE.format(source=2023, year=2024)
    assert "2024年" in window.windowTitle()


def test_a_refusal_shows_the_book_as_it_was(window: MainWindow, make_2024: Make, qtbot: QtBot) -> None:
    make_2024()
    assert window.hub is not None
    plan = years.plan_year(years.source_of(window.hub.desk, 2023), 2024)
    window.years.ask_plan = lambda desk: (plan, Choices({}, PETITION))
    former = window.hub
    window.years.new()
    qtbot.waitUntil(lambda: window.hub is not None and window.hub is not former, timeout=20_000)
    assert year_of(window) == 2024
    assert "已经有 2024 年度" in window.message.words.text()


def test_the_menu_lists_the_years_and_opens_each_at_its_place(
        window: MainWindow, make_2024: Make, qtbot: QtBot) -> None:
    assert window.bench is not None
    window.bench.show_page("staff")
    make_2024()
    assert window.bench is not None
    window.bench.show_page("duties")
    window.years.menu.aboutToShow.emit()
    listed = [action for action in window.years.menu.actions() if action.isCheckable()]
    assert [action.text()[:5] for action in listed] == ["2024年", "2023年"]
    assert [action.isChecked() for action in listed] == [True, False]
    listed[1].trigger()
    qtbot.waitUntil(lambda: year_of(window) == 2023, timeout=20_000)
    assert window.bench is not None
    assert window.bench.current().page.id == "staff"
    window.years.open_later(2024)
    qtbot.waitUntil(lambda: year_of(window) == 2024, timeout=20_000)
    assert window.bench is not None
    assert window.bench.current().page.id == "duties"


def test_a_book_opens_at_the_year_it_was_left(window: MainWindow, make_2024: Make, book: Path, qtbot: QtBot) -> None:
    make_2024()
    window.years.open_later(2023)
    qtbot.waitUntil(lambda: year_of(window) == 2023, timeout=20_000)
    window.close_book()
    assert window.open_book(book)
    assert year_of(window) == 2023


def test_a_year_goes_to_the_bin_and_comes_back(window: MainWindow, make_2024: Make, qtbot: QtBot) -> None:
    make_2024()
    asked: list[tuple[int, str]] = []
    window.years.ask_bin = lambda year, state: not asked.append((year, state))  # type: ignore[func-returns-value]
    window.years.remove()
    qtbot.waitUntil(lambda: year_of(window) == 2023, timeout=20_000)
    assert asked[0][0] == 2024
    assert window.hub is not None
    dialog = open_bin(window, qtbot)
    assert texts(dialog) == [["年度（1 个）", ["2024年度"]]]
    dialog.restore.click()
    qtbot.waitUntil(lambda: "2024年度已恢复" in dialog.standing.text(), timeout=20_000)
    assert [state.year for state in years.year_states(window.hub.desk)] == [2024, 2023]
    dialog.reject()


def test_the_only_year_cannot_be_binned(window: MainWindow) -> None:
    window.years.menu.aboutToShow.emit()
    assert not window.years.menu.remove_action.isEnabled()
    assert window.years.menu.new_action.isEnabled()


def test_emptying_asks_and_a_no_keeps_everything(window: MainWindow, make_2024: Make, qtbot: QtBot) -> None:
    make_2024()
    window.years.ask_bin = lambda year, state: True
    window.years.remove()
    qtbot.waitUntil(lambda: year_of(window) == 2023, timeout=20_000)
    dialog = open_bin(window, qtbot)
    dialog.ask_clear = lambda there: False
    dialog.clear.click()
    assert len(texts(dialog)) == 1
    dialog.ask_clear = lambda there: there == (2024,)
    dialog.clear.click()
    qtbot.waitUntil(lambda: texts(dialog) == [], timeout=20_000)
    assert "已彻底删除 1 个年度" in dialog.standing.text()
    assert not dialog.clear.isEnabled()
    dialog.reject()


def test_a_deleted_project_is_restored_and_that_is_undone(window: MainWindow, qtbot: QtBot) -> None:
    assert window.hub is not None
    hub, year = window.hub, window.hub.desk.year
    steps = tuple(Delete("lines", line, i) for i, line in reversed(list(enumerate(year.lines.values()))) if line.project == 1)
    hub.do(Change("删除1行项目", (*steps, Delete("projects", year.projects[1], 0))))
    dialog = open_bin(window, qtbot)
    assert texts(dialog) == [["2023年度的项目（1 个）", ["信访事务"]]]
    assert not list(cut_texts(dialog))
    dialog.restore.click()
    qtbot.waitUntil(lambda: texts(dialog) == [], timeout=20_000)
    assert "已恢复" in dialog.standing.text()
    assert hub.desk.year.projects == year.projects
    assert {line.id for line in hub.desk.year.lines.values()} == set(year.lines)
    assert not dialog.restore.isEnabled()
    dialog.reject()
    window.undo()
    assert not hub.desk.year.projects


def open_bin(window: MainWindow, qtbot: QtBot) -> BinDialog:
    assert window.hub is not None
    dialog = BinDialog(window.hub, window)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.busy, timeout=20_000)
    return dialog


def texts(dialog: BinDialog) -> list[list[object]]:
    tops = [dialog.tree.topLevelItem(i) for i in range(dialog.tree.topLevelItemCount())]
    return [[top.text(0), [top.child(i).text(0) for i in range(top.childCount())]] for top in tops if top is not None]


def test_the_whole_way_through_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    """From the menu through the real dialogs: 2024 is made, and goes to the bin."""
    clicked: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, NewYearDialog) and dialog.plan is not None:
            for box in code_boxes(dialog):
                box.setCurrentIndex(1)
            clicked.append(dialog.make.text())
            dialog.make.click()
        elif isinstance(dialog, QMessageBox):
            clicked.append(dialog.text())
            next(button for button in dialog.buttons() if button.text() == words.BIN_YEAR_YES).click()

    timer = QTimer(window)
    timer.timeout.connect(answer)
    timer.start(100)
    window.years.menu.aboutToShow.emit()
    window.years.menu.new_action.trigger()
    qtbot.waitUntil(lambda: year_of(window) == 2024, timeout=20_000)
    window.years.menu.aboutToShow.emit()
    window.years.menu.remove_action.trigger()
    qtbot.waitUntil(lambda: year_of(window) == 2023, timeout=20_000)
    timer.stop()
    assert clicked[0] == "建立 2024年度"
    assert "要把 2024年度（25 笔支出明细）移到回收站吗？" in clicked[1]
    assert window.message.words.text() == words.YEAR_BINNED.format(year=2024)
