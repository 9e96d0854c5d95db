"""Contrast as it is painted: measured on pictures of every page, in both sets of colours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTabBar,
    QTableView,
    QWidget,
)

from tests.gui.survey import ink_and_ground, picture, pixel, shown_rect, views
from xinfang_desk.flow import library
from xinfang_desk.gui import theme
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.palettes import contrast

FRAMED = (QLineEdit, QComboBox, QPlainTextEdit, QSpinBox)
ROWS = 8


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> Iterator[None]:
    yield
    theme.dress(qapp)


def texts(window: QWidget) -> Iterator[tuple[str, QWidget, QRect]]:
    """Everything that shows words now: its name, the widget, the place in the window."""
    for widget in window.findChildren(QWidget):
        rect = shown_rect(widget, window)
        # Of a text that is scrolled nearly out of sight there may be no ink to be measured.
        if rect.width() < 12 or rect.height() < min(widget.height(), widget.fontMetrics().height()):
            continue
        name = f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()[:20]}"
        if isinstance(widget, QTabBar):
            for tab in range(widget.count()):
                inside = widget.tabRect(tab).adjusted(8, 4, -8, -6)
                yield f"tab {widget.tabText(tab)}", widget, QRect(widget.mapTo(window, inside.topLeft()), inside.size())
        elif isinstance(widget, QHeaderView):
            yield name, widget, rect.adjusted(2, 2, -2, -2)
        elif isinstance(widget, QAbstractItemView):
            yield from rows(widget, window, rect)
        elif (isinstance(widget, QLabel | QAbstractButton) and widget.text()) or (
                isinstance(widget, QLineEdit | QPlainTextEdit) and has_words(widget)) or (
                isinstance(widget, QComboBox) and widget.currentText()):
            yield name, widget, rect.adjusted(3, 3, -3, -3)


def has_words(widget: QLineEdit | QPlainTextEdit) -> bool:
    text = widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()
    return bool(text.strip() or widget.placeholderText()) and not widget.hasFocus()


def rows(view: QAbstractItemView, window: QWidget, whole: QRect) -> Iterator[tuple[str, QWidget, QRect]]:
    model, port = view.model(), view.viewport()
    for row in range(min(ROWS, model.rowCount())):
        for column in range(min(4, model.columnCount(view.rootIndex()) if isinstance(view, QTableView) else 1)):
            index = model.index(row, column)
            inside = view.visualRect(index).adjusted(3, 2, -3, -2)
            if index.data() and port.rect().contains(inside) and inside.width() > 12:
                place = QRect(port.mapTo(window, inside.topLeft()), inside.size())
                if whole.contains(place):
                    yield f"{view.accessibleName()[:20]} row {row} column {column} {str(index.data())[:12]}", view, place


def faint(window: QWidget, image: QImage) -> list[str]:
    found = []
    for name, widget, rect in texts(window):
        ink, ground, ratio = ink_and_ground(image, rect)
        if ink != ground and ratio < (4.5 if widget.isEnabled() else 3):
            found.append(f"{name}: {ink} on {ground} {ratio:.2f}")
    return found


def frames(window: QWidget, image: QImage) -> list[str]:
    """Things to type into whose frame cannot be told from what lies around them."""
    found = []
    for widget in window.findChildren(QWidget):
        rect = shown_rect(widget, window)
        if not isinstance(widget, FRAMED) or not widget.isEnabled() or rect.size() != widget.size() or (
                isinstance(widget.parent(), QSpinBox) or rect.x() < 4):
            continue
        middle = rect.center().y()
        edge, around = pixel(image, QPoint(rect.x(), middle)), pixel(image, QPoint(rect.x() - 3, middle))
        if contrast(edge, around) < 3:
            found.append(f"{type(widget).__name__} {widget.accessibleName()}: {edge} on {around}")
    return found


@pytest.mark.parametrize(("sample", "scheme"), [
    ("004", "light"), ("practice", "dark"),
    *(pytest.param(*rest, marks=pytest.mark.long) for rest in (("004", "dark"), ("practice", "light")))])
def test_words_and_frames_stand_out_on_every_page(
    empty_window: MainWindow, tmp_path: Path, sample: str, scheme: str
) -> None:
    window = empty_window
    window.appearance.choose(scheme)
    window.appearance.set_size(125)
    assert faint(window, picture(window)) == []
    library.new_sample(sample, tmp_path / "书.xfb")
    assert window.open_book(tmp_path / "书.xfb")
    problems = {}
    for name, _ in views(window, 40):
        image = picture(window)
        found = [*faint(window, image), *frames(window, image)]
        if found:
            problems[name] = found
    assert problems == {}


def test_the_measure_finds_faint_words(empty_window: MainWindow) -> None:
    label = QLabel("看不清的字", empty_window)
    label.setStyleSheet("color: #b0b0b0; background: #ffffff; font-size: 20pt")
    label.setGeometry(50, 300, 300, 50)
    label.show()
    assert any("看不清" in one or "QLabel" in one for one in faint(empty_window, picture(empty_window)))
