"""Every page at the size of a small laptop: nothing is cut off sideways.

With ``XINFANG_SHOTS`` set to a folder, pictures of all pages are put there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGroupBox,
    QLabel,
    QScrollArea,
    QSplitter,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.gui.page_preview import PreviewPage
from xinfang_desk.gui.workbench import Workbench


def shoot(window: QWidget, name: str) -> None:
    folder = os.environ.get("XINFANG_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        assert window.grab().save(str(Path(folder) / f"{name}.png"))


def cut_texts(window: QWidget) -> Iterator[str]:
    """Visible labels, buttons and boxes whose words need more room than they have."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QLabel) and widget.textFormat() is Qt.TextFormat.RichText:
            if widget.heightForWidth(widget.width()) > widget.height() + 3:
                yield f"{widget.accessibleName()[:24]} needs {widget.heightForWidth(widget.width())}, has {widget.height()}"
        elif isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
            flags = int(widget.alignment()) | (int(Qt.TextFlag.TextWordWrap) if widget.wordWrap() else 0)
            room = widget.contentsRect()
            box = widget.fontMetrics().boundingRect(QRect(0, 0, room.width(), 10_000), flags, widget.text())
            if box.width() > room.width() + 1 or box.height() > room.height() + 3:
                yield f"{widget.text()[:24]} needs {box.width()}x{box.height()}, has {room.width()}x{room.height()}"
        elif isinstance(widget, QAbstractButton | QGroupBox) and widget.width() < widget.minimumSizeHint().width():
            yield f"{widget.accessibleName()} needs {widget.minimumSizeHint().width()}, has {widget.width()}"


def outside(window: MainWindow) -> Iterator[str]:
    """Widgets that stick out of the scroll area or splitter they stand in, sideways."""
    for area in window.findChildren(QScrollArea):
        inner = area.widget()
        if area.isVisible() and inner.width() > area.viewport().width() + 1:
            yield f"{area.accessibleName()}: {inner.width()} in {area.viewport().width()}"
    for split in window.findChildren(QSplitter):
        if split.isVisible() and split.orientation() is Qt.Orientation.Horizontal:
            total = sum(split.sizes()) + split.handleWidth() * (split.count() - 1)
            if total > split.width() + split.handleWidth() * 2:
                yield f"{split.accessibleName()}: {total} in {split.width()}"
    for bar in window.findChildren(QTabBar):
        if bar.isVisible() and bar.sizeHint().width() > bar.width():
            yield f"tabs: {bar.sizeHint().width()} in {bar.width()}"


def test_the_program_brings_its_own_chinese_font(qapp: QApplication) -> None:
    family = QFontInfo(qapp.font()).family()
    assert any(word in family for word in ("Xinfang", "CJK", "SC", "YaHei", "WenQuanYi", "CN", "PingFang"))


def test_nothing_is_cut_off_on_any_page(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    assert (window.width(), window.height()) <= (1366, 768)
    problems: dict[str, list[str]] = {}
    for number, page in enumerate(bench.pages, 1):
        bench.show_page(page.id)
        widget = bench.current()
        tabs = widget.tabs.count() if isinstance(widget, ListPage | PreviewPage) and widget.tabs is not None else 1
        for tab in range(tabs):
            qtbot.wait(40)
            shoot(window, f"{number:02d}-{page.id}{f'-{tab}' if tab else ''}")
            problems[f"{page.id} {tab}"] = [*cut_texts(window), *outside(window)]
            widget.turn_tab(1)
    assert {name: found for name, found in problems.items() if found} == {}


def test_nothing_is_cut_off_on_the_start_page(empty_window: MainWindow) -> None:
    shoot(empty_window, "00-start")
    assert [*cut_texts(empty_window), *outside(empty_window)] == []


@pytest.mark.parametrize("width", [1366, 1920])
def test_the_amount_column_is_seen_without_scrolling(
    window: MainWindow, bench: Workbench, qtbot: QtBot, width: int
) -> None:
    window.resize(width, 728)
    for page_id, space in (("basic", "lines"), ("projects", "lines"), ("income", "incomes")):
        bench.show_page(page_id)
        qtbot.wait(30)
        page = bench.current()
        assert isinstance(page, ListPage)
        view = page.panes[space].view
        column = next(j for j, spec in enumerate(view.grid_model.columns) if spec.field == "amount")
        right = view.columnViewportPosition(column) + view.columnWidth(column)
        assert right <= view.viewport().width()
