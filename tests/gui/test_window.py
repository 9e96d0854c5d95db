"""The window as a whole: opening, the keyboard walk, names for screen readers, unexpected errors."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from xinfang_desk.flow import library
from xinfang_desk.flow.errors import SavingTrouble
from xinfang_desk.flow.sample_list import samples
from xinfang_desk.gui import app, settings
from xinfang_desk.gui.composing import Composing
from xinfang_desk.gui.hints import said_after_name, spoken_name
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.gui.workbench import Workbench

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NAMED = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton, QAbstractItemView, QAbstractSpinBox)
QTS_OWN = ("qt_", "_q_")
QTS_ARROWS = ("ScrollLeftButton", "ScrollRightButton")


def unnamed(window: QWidget) -> list[str]:
    """Widgets a screen reader would find without a name, or without a description that says more than the name. Qt's
    own inner parts are theirs."""
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, NAMED) or widget.objectName().startswith(QTS_OWN):
            continue
        parent: QObject | None = widget.parent()
        if isinstance(parent, QComboBox | QAbstractSpinBox) or (parent and parent.inherits("QComboBoxPrivateContainer")):
            continue
        if not widget.accessibleName() and not (isinstance(widget, QAbstractButton) and widget.text()):
            found.append(f"{type(widget).__name__} {widget.objectName()} in {type(parent).__name__}")
        elif said_after_name(widget) in ("", spoken_name(widget)) and widget.objectName() not in QTS_ARROWS and \
                not isinstance(widget, QHeaderView) and \
                type(widget) is not QAbstractButton:  # (the corner of a table can do nothing)
            found.append(f"not described: {type(widget).__name__} {spoken_name(widget)} in {type(parent).__name__}")
    return found


def plain_lines(window: QWidget) -> list[str]:
    """Things to type into that would lose what is half composed: no Composing, and yet not for figures or passwords."""
    asked: list[QLineEdit | QPlainTextEdit] = [*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit)]
    return [f"{widget.accessibleName()} {type(widget).__name__}" for widget in asked
            if not isinstance(widget, Composing) and not widget.isReadOnly()
            and widget.objectName() != "qt_spinbox_lineedit"
            and not widget.inputMethodHints() & Qt.InputMethodHint.ImhHiddenText]


def test_the_sample_opens_with_its_verdict_and_sections(window: MainWindow, bench: Workbench) -> None:
    assert "紫阳县信访局" in window.windowTitle()
    assert bench.findings.verdict.text() == bench.hub.desk.verdict().sentence
    assert [s.page.id for s in bench.sections.section_model.sections] == [page.id for page in bench.pages]


def _is_shown(bench: Workbench, page_id: str) -> bool:
    return bench.current().page.id == page_id


def test_a_walk_through_all_pages_by_keyboard(bench: Workbench, qtbot: QtBot) -> None:
    seen = []
    for page in bench.pages:
        qtbot.waitUntil(partial(_is_shown, bench, page.id))
        seen.append(bench.current().page.id)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert bench.current().isAncestorOf(focus)
        QTest.keyClick(focus, KEY.Key_Tab, CONTROL)
    assert seen == [page.id for page in bench.pages]
    assert bench.current().page.id == seen[0]
    QTest.keyClick(bench.current(), KEY.Key_Tab, CONTROL | SHIFT)
    assert bench.current().page.id == seen[-1]
    QTest.keyClick(bench.current(), KEY.Key_3, CONTROL)
    assert bench.current().page.id == seen[2]
    assert bench.current().whole


def test_f6_goes_round_the_panes(bench: Workbench) -> None:
    bench.show_page("basic")
    panes: list[QWidget] = [bench.stack, bench.sheet, bench.findings, bench.sections]
    for pane in [*panes[1:], panes[0]]:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, KEY.Key_F6)
        now = QApplication.focusWidget()
        assert now is not None
        assert pane is now or pane.isAncestorOf(now)


def test_panels_can_be_put_away(bench: Workbench) -> None:
    bench.show_page("basic")
    for key, panel in ((KEY.Key_F7, bench.sections), (KEY.Key_F9, bench.sheet), (KEY.Key_F10, bench.findings)):
        QTest.keyClick(bench.current(), key)
        assert panel.isHidden()
        QTest.keyClick(bench.current(), key)
        assert not panel.isHidden()


def test_everything_has_a_name_for_screen_readers(window: MainWindow, bench: Workbench) -> None:
    for page in bench.pages:
        bench.show_page(page.id)
    assert unnamed(window) == []


def test_saving_is_told_and_the_last_page_comes_back(window: MainWindow, bench: Workbench, book: Path) -> None:
    bench.show_page("staff")
    QTest.keyClick(bench.current(), KEY.Key_S, CONTROL)
    assert "已全部存好" in window.words.text()
    assert window.saved.text() == "已保存"
    window.close_book()
    assert window.stack.currentWidget() is window.start
    assert window.open_book(book)
    assert window.bench is not None
    assert window.bench.current().page.id == "staff"


def test_what_was_typed_is_on_disk_after_closing(window: MainWindow, bench: Workbench, book: Path) -> None:
    bench.show_page("unit")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    focus.selectAll()
    QTest.keyClicks(focus, "ABC")
    window.close_book()
    desk = library.open_desk(book)
    assert desk.year.unit.name == "ABC"
    desk.close()


def test_the_start_page_lists_samples_and_recent_books(
    empty_window: MainWindow, book: Path, qtbot: QtBot
) -> None:
    start = empty_window.start
    assert start.samples.count() == len(samples()) - 1 >= 4  # practice has a way of its own
    settings.note_book(book)
    start.refresh()
    assert book.stem in start.recent.item(0).text()
    start.recent.itemActivated.emit(start.recent.item(0))
    qtbot.waitUntil(lambda: empty_window.bench is not None)
    assert empty_window.bench is not None
    assert unnamed(empty_window) == []


def test_without_an_argument_the_last_book_is_opened(empty_window: MainWindow, book: Path, qtbot: QtBot) -> None:
    app.begin(empty_window, [])
    assert empty_window.bench is None
    settings.note_book(book)
    app.begin(empty_window, [])
    qtbot.waitUntil(lambda: empty_window.hub is not None)
    assert empty_window.hub is not None
    assert empty_window.hub.desk.path == book


def test_a_file_that_is_no_book_is_told_in_the_message_bar(
    empty_window: MainWindow, tmp_path: Path
) -> None:
    empty_window.rescue.ask_dialog = lambda _: ""
    wrong = tmp_path / "不是账册.xfb"
    wrong.write_bytes(b"not a book at all, but long enough" * 40)
    assert not empty_window.open_book(wrong)
    assert empty_window.message.isVisible()
    assert empty_window.message.words.text()
    assert not empty_window.open_book(tmp_path / "没有.xfb")


def test_trouble_from_the_saving_thread_comes_to_the_message_bar(
    window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    import threading

    hub: Hub = bench.hub
    trouble = SavingTrouble("磁盘满了，刚才的改动没有存上。", moved=False)
    threading.Thread(target=lambda: hub._saver_trouble.emit(trouble)).start()
    qtbot.waitUntil(window.rescue.bar.isVisible)
    assert "磁盘满了" in window.rescue.bar.words.text()
    hub._saver_trouble.emit(None)
    assert not window.rescue.bar.isVisible()


def test_an_unexpected_error_is_told_and_the_program_goes_on(empty_window: MainWindow, qtbot: QtBot) -> None:
    app.catch_surprises(empty_window)
    try:
        raise ZeroDivisionError("trial")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert empty_window.message.isVisible()
    assert "没有料到" in empty_window.message.words.text()
    QTest.mouseClick(empty_window.message.close_button, Qt.MouseButton.LeftButton)
    assert not empty_window.message.isVisible()


def test_a_new_book_is_made_from_the_dialog(empty_window: MainWindow, tmp_path: Path) -> None:
    from xinfang_desk.gui.new_book_dialog import NewBookDialog

    dialog = NewBookDialog(empty_window)
    dialog._make()
    assert "单位名称" in dialog.trouble.text()
    dialog.unit.setText("某县档案馆")
    dialog.file.setText(str(tmp_path / "某县档案馆2023"))
    dialog.file.setModified(True)
    dialog.pack.setCurrentIndex(dialog.pack.findData("shaanxi/2023"))
    dialog._make()
    assert dialog.path == tmp_path / "某县档案馆2023.xfb"
    assert empty_window.open_book(dialog.path)
    assert empty_window.bench is not None
    for page in empty_window.bench.pages:
        empty_window.bench.show_page(page.id)
    assert not empty_window.bench.hub.desk.verdict().ready


def test_the_first_window_leaves_room_for_its_title_bar(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    small = QRect(0, 0, 911, 472)
    monkeypatch.setattr(settings, "kept_bytes", lambda _: None)
    monkeypatch.setattr(MainWindow, "screen", lambda _: SimpleNamespace(availableGeometry=lambda: small))
    window = MainWindow()
    assert (window.width(), window.height()) == (911, 472 - 36)
    window.close()


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004", "practice"])
def test_titles_sums_and_figures_are_in_sight_on_the_small_screen(
    empty_window: MainWindow, tmp_path: Path, qtbot: QtBot, number: str
) -> None:
    """To begin with: the self-evaluation has the longest title, 项目支出 two tables one above the other, and the table of
    三公 a heading of five lines."""
    library.new_sample(number, tmp_path / "book.xfb")
    assert empty_window.open_book(tmp_path / "book.xfb")
    bench = empty_window.bench
    assert bench is not None
    assert bench.sections.width() >= bench.sections.width_of_titles()
    for page in bench.pages:
        bench.show_page(page.id)
        bench.sheet.settle()
        shown = bench.current()
        if isinstance(shown, ListPage):
            for pane in shown.panes.values():
                if pane.totals is not None and not pane.totals.isHidden():
                    qtbot.waitUntil(lambda strip=pane.totals: whole(strip))  # type: ignore[misc]
        view = bench.sheet.view
        if view.isVisible() and view.sheet_model.rowCount():
            first = view.visualRect(view.sheet_model.index(0, 0))
            assert view.viewport().rect().contains(QRect(1, first.top(), 1, first.height())), page.title


def whole(widget: QWidget) -> bool:
    """Whether all of its height is in sight."""
    return widget.visibleRegion().boundingRect().height() == widget.height()


def test_the_heights_are_the_clerks_once_they_were_moved(window: MainWindow, bench: Workbench, book: Path) -> None:
    bench.show_page("sangong")
    bench.sheet.settle()
    given = bench.middle.sizes()
    bench.show_page("basic")
    bench.sheet.settle()
    usual = bench.middle.sizes()
    assert given[1] > usual[1]
    bench.middle.moveSplitter(usual[0] - 60, 1)
    moved = bench.middle.sizes()
    bench.show_page("sangong")
    bench.sheet.settle()
    assert bench.middle.sizes() == moved
    window.close_book()
    assert window.open_book(book)
    assert window.bench is not None
    window.bench.show_page("sangong")
    window.bench.sheet.settle()
    assert abs(window.bench.middle.sizes()[1] - moved[1]) <= 2


def test_a_book_with_longer_titles_gets_its_own_width_until_that_was_moved(
    window: MainWindow, bench: Workbench, tmp_path: Path
) -> None:
    usual = bench.sections.width()
    library.new_sample("002", tmp_path / "002.xfb")
    assert window.open_book(tmp_path / "002.xfb")
    assert window.bench is not None
    assert window.bench.sections.width() > usual
    window.bench.split.moveSplitter(180, 1)
    moved = window.bench.sections.width()
    assert moved < usual
    window.close_book()
    assert window.open_book(tmp_path / "002.xfb")
    assert window.bench is not None
    assert abs(window.bench.sections.width() - moved) <= 2
