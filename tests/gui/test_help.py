"""F1, the manual beside the work, and the keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from xinfang_desk.flow import manual
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.help_commands import shown_key
from xinfang_desk.gui.help_window import HelpWindow
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_form import FormPage
from xinfang_desk.gui.page_priors import PriorsPage
from xinfang_desk.gui.theme import colour
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.messages import keys

KEY = Qt.Key


def asked(window: MainWindow) -> HelpWindow:
    QTest.keyClick(window, KEY.Key_F1)
    shown = window.helping.shown
    assert shown is not None
    assert shown.isVisible()
    return shown


def test_f1_tells_of_the_cell_the_cursor_is_on_and_follows_it(
    window: MainWindow, pane: Callable[[str, str], GridPane], qtbot: QtBot
) -> None:
    lines = pane("basic", "lines")
    lines.view.setFocus()
    amount = next(j for j, c in enumerate(lines.model.columns) if c.field == "amount")
    lines.view.go_to(0, amount)
    shown = asked(window)
    first = shown.line.toPlainText()
    assert first.startswith("金额")
    assert "支出明细第 1 行" in first
    assert "《" in first
    qtbot.waitUntil(lambda: shown.page == "basic")
    window.activateWindow()
    lines.view.go_to(3, 0)
    asked(window)
    assert shown.line.toPlainText().startswith(lines.model.columns[0].title)
    assert "第 4 行" in shown.line.toPlainText()


def test_f1_tells_of_a_field_last_years_figure_a_table_cell_and_a_finding(
    window: MainWindow, bench: Workbench
) -> None:
    bench.show_page("staff")
    page = bench.current()
    assert isinstance(page, FormPage)
    page.form.reveal("staff.posts.admin")
    assert asked(window).line.toPlainText().startswith("行政编制数")
    window.activateWindow()
    bench.show_page("prior")
    priors = bench.current()
    assert isinstance(priors, PriorsPage)
    priors.pane.view.setFocus()
    priors.pane.view.go_to(1, 2)
    assert asked(window).line.toPlainText().startswith("上年支出总计")
    window.activateWindow()
    bench.show_page("basic")
    bench.sheet.view.setFocus()
    bench.sheet.view.setCurrentIndex(bench.sheet.view.sheet_model.index(0, 2))
    assert "从哪里来" in asked(window).line.toPlainText()
    window.activateWindow()
    bench.findings.list.setFocus()
    bench.findings.list.step(1)
    assert "查出了什么" in asked(window).line.toPlainText()


def test_a_link_goes_to_the_cell_and_a_check_opens(window: MainWindow, bench: Workbench) -> None:
    bench.show_page("staff")
    page = bench.current()
    assert isinstance(page, FormPage)
    page.form.reveal("assets.vehicles.count")
    shown = asked(window)
    check = next(i for i, goal in enumerate(shown.goals) if goal.check == "D-15")
    shown.line.anchorClicked.emit(QUrl(f"go:{check}"))
    assert "各类用车之和等于车辆数" in shown.line.toPlainText()
    shown.line.anchorClicked.emit(QUrl("back:"))
    assert shown.line.toPlainText().startswith("‹") is False
    assert "车辆数" in shown.line.toPlainText()
    sentence = next(i for i, goal in enumerate(shown.goals) if goal.place is not None and goal.place.space == "text")
    shown.line.anchorClicked.emit(QUrl(f"go:{sentence}"))
    assert bench.current().page.id == "preview"


def test_the_manual_turns_pages_goes_back_and_searches(empty_window: MainWindow, qtbot: QtBot) -> None:
    shown = asked(empty_window)
    assert shown.page == "start"
    assert not shown.line.isVisible()
    shown.show_page("index")
    first = manual.pages()["index"].links[0]
    shown.manual.anchorClicked.emit(QUrl(f"page:{first}"))
    assert shown.page == first.partition("#")[0]
    shown.back()
    assert shown.page == "index"
    shown.forward()
    assert shown.page == first.partition("#")[0]
    QTest.keyClick(shown, KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shown.focusWidget() is shown.search
    shown.search.setText("Ctrl+F")
    QTest.keyClick(shown.search, KEY.Key_Return)
    assert "手册里" in shown.manual.toPlainText()
    QTest.keyClick(shown, KEY.Key_Escape)
    assert not shown.isVisible()


def test_closing_the_book_leaves_nothing_of_it_in_the_help(window: MainWindow) -> None:
    shown = asked(window)
    window.close_book()
    assert "再按一次 F1" in shown.line.toPlainText()
    asked(window)
    assert shown.hub is None
    assert not shown.line.isVisible()


def test_the_keys_are_those_of_the_menus(window: MainWindow) -> None:
    groups = window.helping.key_groups()
    listed = {key for _, rows in groups for pressed, _ in rows for key in pressed}
    for action, command in window._commands:
        own_keys = {shortcut.toString() for shortcut in action.shortcuts()} if isinstance(action, QAction) else set()
        assert own_keys == set(command.keys) or not command.keys
        assert {shown_key(key) for key in command.keys} <= listed
    own = [key for _, rows in keys.GROUPS for pressed, _ in rows for key in pressed]
    in_menus = {key for _, command in window._commands for key in command.keys}
    assert not in_menus & {key for key in own if key.startswith("F") and key != "F4"}
    window.helping.show_keys()
    assert window.helping.shown is not None
    text = window.helping.shown.manual.toPlainText()
    assert all(re.sub(r"\s", "", key) in re.sub(r"\s", "", text) for key in listed)


def test_the_key_card_is_one_page_and_opens(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "按键卡.pdf"
    opened: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))

    def open_it(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_it)
    window.helping.make_key_card()
    assert opened == [str(target)]
    assert target.read_bytes().startswith(b"%PDF")
    assert "按键卡" in window.words.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "没有" / "卡.pdf"), ""))
    window.helping.make_key_card()
    assert len(opened) == 1
    assert window.message.isVisible()


def test_the_keys_of_the_tables_are_those_the_tables_know(pane: Callable[[str, str], GridPane]) -> None:
    view = pane("basic", "lines").view
    known = {QKeySequence(mods.value | key.value).toString() for key, mods in view._acts}
    names = {"回车": "Return", "↑": "Up", "↓": "Down", "Delete": "Del", "Insert": "Ins", "Shift+Tab": "Shift+Backtab"}
    elsewhere = {"F2", "Esc", "空格"}  # Qt's own editing keys, and the tick
    rows = next(rows for title, rows in keys.GROUPS if title == "表格里")
    for key in (key for pressed, _ in rows for key in pressed if key not in elsewhere):
        name = key
        for ours, theirs in names.items():
            name = name.replace(ours, theirs) if ours in name.split("+") or ours == name else name
        assert QKeySequence(name).toString() in known, key


def test_a_picture_is_shown_no_wider_than_the_window(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = manual.pictures()
    monkeypatch.setattr(manual, "tour_dir", lambda: tmp_path)
    monkeypatch.setattr(manual, "pictures", lambda: listed)
    shown = asked(window)
    shown.show_page("basic")
    assert "\ufffc" not in shown.manual.toPlainText()  # a picture that is not there: nothing stands in its place
    picture = QImage(1366, 728, QImage.Format.Format_RGB32)
    picture.fill(0)
    assert picture.save(str(tmp_path / "07-basic.png"))
    shown.show_page("start")
    shown.show_page("basic")
    assert "\ufffc" in shown.manual.toPlainText()
    assert listed["07-basic"].caption in shown.manual.toPlainText()
    assert shown.manual.document().idealWidth() <= shown.manual.viewport().width() + 1


def test_the_help_follows_the_colours_and_f1_works_in_it_too(
    window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    bench.show_page("unit")
    shown = asked(window)
    before = shown.line.toHtml()
    qtbot.waitUntil(lambda: shown.page == "unit")
    window.appearance.choose("dark")
    assert shown.line.toHtml() != before
    assert colour("accent").name() in shown.line.toHtml()
    window.appearance.choose("light")
    assert colour("accent").name() in shown.manual.toHtml()
    page = bench.current()
    assert isinstance(page, FormPage)
    page.form.reveal("code", "unit")
    QTest.keyClick(shown, KEY.Key_F1)
    assert shown.line.toPlainText().startswith("单位编码")


def test_the_help_leaves_the_keys_with_the_work_until_f1_comes_again(
    window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    bench.show_page("staff")
    page = bench.current()
    assert isinstance(page, FormPage)
    page.form.reveal("staff.posts.admin")
    shown = asked(window)
    qtbot.waitUntil(lambda: shown.page == "staff")
    assert window.isActiveWindow()
    QTest.keyClick(window, KEY.Key_F1)
    qtbot.waitUntil(shown.isActiveWindow)
    assert shown.focusWidget() is shown.line
    QTest.keyClick(shown, KEY.Key_Escape)
    qtbot.waitUntil(window.isActiveWindow)
    assert not shown.isVisible()
