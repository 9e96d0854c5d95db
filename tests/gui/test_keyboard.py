"""By keyboard alone: Tab reaches everything on every page, in the order it is read, and where it is can be seen."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QTabWidget, QWidget

from tests.gui.survey import focus, picture, shown_rect, tab_stops, views
from xinfang_desk.flow import library
from xinfang_desk.gui.grid_view import GridView
from xinfang_desk.gui.main_window import MainWindow

KEY = Qt.Key
LONGEST = 300


def press_tab() -> QWidget:
    """Tab as it is pressed; in a table the cursor first goes to the last cell, for there Tab leaves it."""
    widget = focus()
    if isinstance(widget, GridView):
        last = max(i for i in range(widget.model().columnCount()) if not widget.isColumnHidden(i))
        widget.go_to(widget.model().rowCount() - 1, last)
    QTest.keyClick(widget, KEY.Key_Tab)
    return focus()


def walk(window: QWidget, start: QWidget) -> list[QWidget]:
    """What Tab comes to, one after the other, until it is where it began."""
    seen = [start]
    for _ in range(LONGEST):
        now = press_tab()
        if now is start:
            return seen
        seen.append(now)
    raise AssertionError(f"Tab never comes back; last at {[name(w) for w in seen[-3:]]}")


def name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}"


def missed(window: QWidget, seen: list[QWidget]) -> list[str]:
    """What can take the focus and was not come to. One radio button of a group stands for all of them."""
    return [name(stop) for stop in tab_stops(window)
            if stop not in seen and not any(stop.isAncestorOf(one) for one in seen)
            and not stop.inherits("QRadioButton") and not shown_rect(stop, window).isEmpty()]


def backwards(window: QWidget, seen: list[QWidget], page: QWidget) -> list[str]:
    """Steps within the page that go up without going right."""
    found = []
    for former, now in pairwise(seen):
        if not (page.isAncestorOf(former) and page.isAncestorOf(now)):
            continue
        a, b = (QRect(one.mapTo(page, one.rect().topLeft()), one.size()) for one in (former, now))
        if b.bottom() < a.top() and b.left() < a.right():
            found.append(f"{name(former)} → {name(now)}")
    return found


@pytest.mark.parametrize("sample", ["004", "practice"])
def test_tab_reaches_everything_in_the_order_it_is_read(
    empty_window: MainWindow, tmp_path: Path, sample: str
) -> None:
    window = empty_window
    library.new_sample(sample, tmp_path / "书.xfb")
    assert window.open_book(tmp_path / "书.xfb")
    window.activateWindow()
    problems = {}
    for view, page in views(window, 30):
        tabs = getattr(page, "tabs", None)
        if isinstance(tabs, QTabWidget):
            tabs.tabBar().setFocus()
        else:
            page.take_focus()
        seen = walk(window, focus())
        found = [*(f"not reached: {one}" for one in missed(window, seen)),
                 *(f"backwards: {one}" for one in backwards(window, seen, page))]
        if found:
            problems[view] = found
    assert problems == {}


def test_where_the_focus_is_can_be_seen(empty_window: MainWindow, tmp_path: Path) -> None:
    window = empty_window
    library.new_sample("004", tmp_path / "书.xfb")
    assert window.open_book(tmp_path / "书.xfb")
    window.activateWindow()
    unseen = []
    for _, page in views(window, 30):
        for stop in tab_stops(window):
            if not page.isAncestorOf(stop) or shown_rect(stop, window).isEmpty():
                continue
            window.menuBar().setFocus()
            QApplication.processEvents()
            rect = shown_rect(stop, window)
            if rect.isEmpty():
                continue
            before = picture(window).copy(rect)
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            if isinstance(stop, QTableView):
                continue  # the cell's frame is tested with the tables
            if shown_rect(stop, window) == rect and picture(window).copy(rect) == before:
                unseen.append(name(stop))
    assert sorted(set(unseen)) == []
