"""A turn of the mouse wheel never changes a value, wherever it stands and whether or not it has the focus."""

from __future__ import annotations

import ast
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

import xinfang_desk.gui
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.workbench import Workbench

TURNED_BY_WHEEL = {"QComboBox", "QFontComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit", "QDateTimeEdit",
                   "QSlider", "QDial"}


def turn(widget: QWidget, by: int) -> None:
    place = QPointF(6, 6)
    event = QWheelEvent(place, place, QPoint(0, by), QPoint(0, by), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(widget, event)


def value_of(widget: QWidget) -> object:
    if isinstance(widget, QComboBox):
        return widget.currentIndex()
    return widget.property("value")


def test_widgets_the_wheel_turns_are_used_only_by_classes_that_ignore_it() -> None:
    wrong = []
    for path in sorted(Path(xinfang_desk.gui.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TURNED_BY_WHEEL:
                wrong.append(f"{path.name}:{node.lineno} makes a {node.func.id}")
            if isinstance(node, ast.ClassDef) and {base.id for base in node.bases if isinstance(base, ast.Name)} \
                    & TURNED_BY_WHEEL:
                own = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
                if "wheelEvent" not in own:
                    wrong.append(f"{path.name}: {node.name} does not ignore the wheel")
    assert not wrong


def test_no_value_in_the_window_is_turned(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    turned: list[str] = []
    seen = 0
    for page in bench.pages:
        bench.show_page(page.id)
        for pane in bench.current().findChildren(GridPane):
            if pane.isVisible():
                pane.filter.ask()
        QApplication.processEvents()
        for kind in (QComboBox, QAbstractSpinBox, QAbstractSlider):
            for widget in window.findChildren(kind):
                if isinstance(widget, QScrollBar) or not widget.isVisible():
                    continue
                seen += 1
                for focused in (False, True):
                    (widget if focused else bench.sections).setFocus()
                    before = value_of(widget)
                    for by in (-120, 120, 120):
                        turn(widget, by)
                        if value_of(widget) != before:
                            turned.append(f"{page.id}: {widget.accessibleName()}")
    assert seen > 20
    assert not turned


def test_the_wheel_over_an_open_cell_scrolls_and_changes_nothing(bench: Workbench) -> None:
    bench.show_page("basic")
    pane = bench.current().findChild(GridPane)
    assert isinstance(pane, GridPane)
    before = bench.hub.desk.year
    pane.view.setFocus()
    for column in range(len(pane.model.columns)):
        pane.view.go_to(0, column)
        pane.view.edit(pane.view.currentIndex())
        for widget in (pane.view.editor, pane.view.viewport(), pane.view.horizontalHeader(), pane.totals):
            if widget is not None:
                turn(widget, -120)
    pane.view.finish_editing()
    assert bench.hub.desk.year == before
