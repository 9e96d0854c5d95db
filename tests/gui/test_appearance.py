"""Light and dark, the size of type: chosen, kept, followed by everything that is shown."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from xinfang_desk.gui import appearance, settings, theme
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.palettes import DARK, LIGHT
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.places import resources_dir

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> Iterator[None]:
    yield
    theme.dress(qapp)


def turn_wheel(window: MainWindow, notches: int, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
    handle = window.windowHandle()
    assert handle is not None
    at = QPointF(300, 300)
    event = QWheelEvent(at, handle.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
                        modifiers, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(handle, event)


def ground(window: MainWindow) -> QColor:
    """The colour of an empty spot of the window's middle."""
    return window.grab().toImage().pixelColor(3, window.height() // 2)


def test_the_window_turns_dark_and_light_again(empty_window: MainWindow) -> None:
    assert ground(empty_window) == QColor(LIGHT.window)
    empty_window.appearance.choose("dark")
    assert theme.is_dark()
    assert ground(empty_window) == QColor(DARK.window)
    assert theme.colour("text") == QColor(DARK.text)
    assert settings.kept_text("appearance") == "dark"
    assert "深色" in empty_window.words.text()
    empty_window.appearance.choose("light")
    assert ground(empty_window) == QColor(LIGHT.window)


def test_icons_on_buttons_follow_the_colours(empty_window: MainWindow) -> None:
    icon = theme.icon("add")  # the one that is on buttons already
    light = icon.pixmap(16, 16).toImage().pixelColor(8, 4)
    empty_window.appearance.choose("dark")
    dark = icon.pixmap(16, 16).toImage().pixelColor(8, 4)
    assert light.lightness() < 110 < 160 < dark.lightness()


def test_a_greyed_sign_keeps_its_shape(qapp: QApplication) -> None:
    for name in ("done", "error", "hint"):
        grey = theme.icon(name).pixmap(QSize(32, 32), QIcon.Mode.Disabled).toImage()
        inside = {grey.pixelColor(x, y).name() for x in range(8, 24) for y in range(8, 24)}
        assert {theme.colour("ghost").name(), theme.colour("base").name()} <= inside


@pytest.mark.parametrize("name", sorted(p.stem for p in resources_dir().joinpath("icons").glob("*.svg")))
def test_every_icon_can_be_drawn_crisp_at_every_size(qapp: QApplication, name: str) -> None:
    for side in (16, 24, 32):
        picture = theme.icon(name).pixmap(side, side).toImage()
        assert (picture.width(), picture.height()) == (side, side)
        assert any(picture.pixelColor(x, y).alpha() for x in range(side) for y in range(side))


def test_the_system_is_followed_while_it_is_asked(
    empty_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert appearance.scheme() == "system"
    monkeypatch.setattr(appearance, "system_dark", lambda: True)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.is_dark()
    empty_window.appearance.choose("light")
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not theme.is_dark()


def test_what_is_chosen_is_worn_by_the_next_window(empty_window: MainWindow, qapp: QApplication) -> None:
    empty_window.appearance.choose("dark")
    empty_window.appearance.set_size(125)
    theme.dress(qapp)
    appearance.dress(qapp)
    assert (theme.is_dark(), theme.percent()) == (True, 125)
    settings.note_text("appearance", "violet")
    settings.note_text("type_size", "huge")
    appearance.dress(qapp)
    assert (theme.is_dark(), theme.percent()) == (False, 100)


def test_keys_make_everything_larger_and_usual_again(window: MainWindow, bench: Workbench) -> None:
    bench.show_page("basic")
    view = bench.current().panes["lines"].view  # type: ignore[attr-defined]
    row, font = view.rowHeight(0), view.fontMetrics().height()
    map_row = bench.sections.visualRect(bench.sections.model().index(0, 0)).height()
    for _ in range(3):
        QTest.keyClick(bench.current(), KEY.Key_Plus, CONTROL)
    assert theme.percent() == 150
    assert view.rowHeight(0) >= row * 1.45
    assert view.fontMetrics().height() >= font * 1.4
    QApplication.processEvents()
    assert bench.sections.visualRect(bench.sections.model().index(0, 0)).height() >= map_row * 1.45
    QTest.keyClick(bench.current(), KEY.Key_Minus, CONTROL)
    assert theme.percent() == 125
    QTest.keyClick(bench.current(), KEY.Key_0, CONTROL)
    assert (theme.percent(), view.rowHeight(0)) == (100, row)


def test_ctrl_minus_in_a_table_deletes_nothing(window: MainWindow, bench: Workbench) -> None:
    bench.show_page("basic")
    before = len(bench.hub.desk.year.lines)
    QTest.keyClick(bench.current().panes["lines"].view, KEY.Key_Minus, CONTROL)  # type: ignore[attr-defined]
    assert len(bench.hub.desk.year.lines) == before
    assert theme.percent() == 90


def test_the_wheel_with_ctrl_changes_the_size_and_without_it_does_not(window: MainWindow, bench: Workbench) -> None:
    turn_wheel(window, 2)
    assert theme.percent() == 125
    turn_wheel(window, -1, Qt.KeyboardModifier.NoModifier)
    assert theme.percent() == 125
    turn_wheel(window, -1)
    assert theme.percent() == 110


def test_the_ends_of_the_sizes_are_told(empty_window: MainWindow) -> None:
    for _ in range(12):
        empty_window.appearance.step(1)
    assert theme.percent() == 200
    assert "最大" in empty_window.words.text()
    for _ in range(12):
        empty_window.appearance.step(-1)
    assert theme.percent() == 80
    assert "最小" in empty_window.words.text()
    with pytest.raises(ValueError, match="101"):
        empty_window.appearance.set_size(101)


def test_the_menu_ticks_what_is_worn(empty_window: MainWindow) -> None:
    menu = empty_window.appearance.menu
    assert [action.text() for action in menu.actions()] == ["随系统", "浅色", "深色"]
    menu.actions()[2].trigger()
    assert theme.is_dark()
    assert [action.isChecked() for action in menu.actions()] == [False, False, True]


@pytest.mark.parametrize(("platform", "order"), [
    ("windows", ["setPalette", "setFont", "setStyleSheet", "setFont"]),
    ("offscreen", ["setPalette", "setFont", "setStyleSheet"])])
def test_on_windows_the_font_is_given_again_after_the_style(
    platform: str, order: list[str], qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    class App:
        """Has its icon already, and notes what it is given."""

        def windowIcon(self) -> object:
            return SimpleNamespace(isNull=lambda: False)

        def __getattr__(self, name: str) -> object:
            return lambda *_: done.append(name)

    monkeypatch.setattr("xinfang_desk.gui.theme.QGuiApplication.platformName", lambda: platform)
    theme.dress(cast(QApplication, App()), dark=theme.is_dark(), percent=theme.percent())
    assert done == order


def test_the_style_is_ours_whatever_the_desktop_has(tmp_path: Path) -> None:
    """In a process of its own, where another style is asked for from outside."""
    told = subprocess.run(
        [sys.executable, "-c", "from xinfang_desk.gui.app import application\n"
                               "app = application()\napp.setStyleSheet('')\nprint(app.style().name(), app.arguments()[1:])"],
        capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(Path(theme.__file__).parents[2]), "QT_STYLE_OVERRIDE": "Windows",
             "XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"})
    assert told.stdout == "fusion []\n"
