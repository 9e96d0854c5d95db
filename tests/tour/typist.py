"""A clerk at the keyboard: nothing but keys, and text as an input method hands it over, sent to whatever has the focus.

A script is a generator. It yields one thing to do at a time; each is done in an event loop turn of its own, so that
dialogs which run a loop of their own are typed into like any other window.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QKeyCombination, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QWidget

Act = Callable[[], None]
Script = Generator[Act, None, None]

_PATIENCE = 30.0


class Stuck(AssertionError):
    """The script waited for something that did not come."""


def focus() -> QWidget:
    """What has the focus now. Where no window manager is running, a window left alone is given the focus back here."""
    popup = QApplication.activePopupWidget()
    if isinstance(popup, QMenu):
        return popup
    if QApplication.activeWindow() is None:
        open_ones = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        (QApplication.activeModalWidget() or next(iter(open_ones))).activateWindow()
        QApplication.processEvents()
    widget = QApplication.focusWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()
    assert widget is not None, "nothing has the focus"
    return widget


def press(keys: str) -> Act:
    """One stroke, such as ``Ctrl+Tab`` or ``F8``."""
    # QKeySequence can be indexed; its stub does not say so.
    combination: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]

    def act() -> None:
        QTest.keyClick(focus(), combination.key(), combination.keyboardModifiers())

    return act


def write(text: str) -> Act:
    """ASCII as strokes, everything else as finished text of an input method."""

    def act() -> None:
        plain = ""
        for char in [*text, ""]:
            if char and not char.isascii():
                plain += char
                continue
            if plain:
                event = QInputMethodEvent()
                event.setCommitString(plain)
                QApplication.sendEvent(focus(), event)
                plain = ""
            if char == "\n":
                QTest.keyClick(focus(), Qt.Key.Key_Return)
            elif char:
                QTest.keyClicks(focus(), char)

    return act


def nothing() -> None:
    """Let the program go on for a turn."""


def until(true: Callable[[], bool], what: str, told: Callable[[], str] = lambda: "") -> Script:
    """Wait for something the program does by itself; ``told``: what the program says meanwhile."""
    end = time.monotonic() + _PATIENCE
    while not true():
        if time.monotonic() > end:
            raise Stuck(f"waited in vain: {what} {told()}")
        time.sleep(0.005)
        yield nothing


class Run(QObject):
    """Carries a script out in the running event loop; ``strokes`` counts what was done."""

    def __init__(self, script: Script, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._script = script
        self.strokes = 0
        self.done = False
        self.error: BaseException | None = None

    def start(self) -> None:
        """Begin with the next turn of the event loop."""
        QTimer.singleShot(0, self._step)

    def _step(self) -> None:
        try:
            act = next(self._script)
        except StopIteration:
            self.done = True
            return
        except BaseException as error:  # noqa: BLE001 - told by the test that waits for this run
            self._end(error)
            return
        # The next step is due before this one is done: it may open a dialog with a loop of its own.
        QTimer.singleShot(0, self._step)
        if act is not nothing:
            self.strokes += 1
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - told by the test that waits for this run
            self._end(error)

    def _end(self, error: BaseException) -> None:
        """Stop, and let no dialog go on waiting for somebody."""
        self.error = self.error or error
        self.done = True
        while (dialog := QApplication.activeModalWidget()) is not None and dialog.close():
            pass


class Camera:
    """Pictures of the window with what stands in front of it. Without a folder nothing is kept."""

    def __init__(self, window: QMainWindow, folder: Path | None) -> None:
        self._window = window
        self._folder = folder
        self.taken: list[str] = []

    def shoot(self, name: str) -> Script:
        """Take a picture once everything has been painted."""
        for _ in range(30):
            time.sleep(0.01)  # what is done beside the window gets its turn
            yield nothing
        self.taken.append(name)
        picture = self.picture()
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            assert picture.save(str(self._folder / f"{name}.png"))

    def wait_for_pages(self) -> Script:
        """Pages are painted in a thread of their own: give it time."""
        end = time.monotonic() + 2
        while time.monotonic() < end:
            time.sleep(0.01)
            yield nothing

    def picture(self) -> QPixmap:
        """The window, and over it the dialogs that are open, where they stand."""
        picture = self._window.grab()
        painter = QPainter(picture)
        origin = self._window.mapToGlobal(QPoint(0, 0))
        for widget in QApplication.topLevelWidgets():
            if widget is self._window or not widget.isVisible():
                continue
            if widget.window().windowType() in (Qt.WindowType.Dialog, Qt.WindowType.Window, Qt.WindowType.Popup):
                at = widget.mapToGlobal(QPoint(0, 0)) - origin
                at = QPoint(max(0, min(at.x(), picture.width() - widget.width())),
                            max(0, min(at.y(), picture.height() - widget.height())))
                painter.drawPixmap(at, widget.grab())
                painter.setPen(Qt.GlobalColor.darkGray)
                painter.drawRect(at.x(), at.y(), widget.width() - 1, widget.height() - 1)
        painter.end()
        return picture
