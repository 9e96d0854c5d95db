"""A second start while the program runs: what is open already comes to the front instead of a second window.

Every running window has a file of its process's number in the user's folder. Who starts asks the others by a file
beside it: with a book, whoever has that book open; without one, anybody. Whoever takes it removes the question and
comes to the front. Nobody: the start goes on with a window of its own. No network, no waiting where nothing runs.
"""

from __future__ import annotations

import logging
import os
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt
from PySide6.QtWidgets import QApplication

from xinfang_desk.messages import opening as words
from xinfang_desk.places import user_dir
from xinfang_desk.processes import lives

if TYPE_CHECKING:
    from xinfang_desk.gui.main_window import MainWindow

logger = logging.getLogger(__name__)

PATIENCE = 1.5
"""Seconds a running window has to answer; one that has hung up must not keep the clerk from working."""
_STEP = 0.01
_RUNNING, _ASKED, _REFUSED = ".window", ".ask", ".no"
_SESSION = ("DISPLAY", "WAYLAND_DISPLAY", "SESSIONNAME", "QT_QPA_PLATFORM")


def folder() -> Path:
    """Where the running windows of this user on this screen note themselves."""
    screen = "|".join(os.environ.get(name, "") for name in _SESSION)
    return user_dir() / "windows" / f"{zlib.crc32(screen.encode('utf-8', 'surrogateescape')):08x}"


def hand_over(book: Path | None) -> bool:
    """Let a running window come to the front: the one that has ``book`` open, without one any. ``True`` where one does."""
    try:
        return any(_ask(file, book) for file in _others())
    except OSError as error:
        logger.warning("running windows cannot be asked: %s", error)
        return False


class OneWindow(QObject):
    """Notes that this process has a window, and answers those that start later. Let go with :meth:`leave`."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._place = folder()
        self._own = self._place / f"{os.getpid()}{_RUNNING}"
        self._watcher: QFileSystemWatcher | None = None

    def note(self) -> None:
        """Stand in the folder from now on. A folder that cannot be written only means that nobody finds us."""
        try:
            self._place.mkdir(parents=True, exist_ok=True)
            self._own.touch()
        except OSError as error:
            logger.warning("this window is not noted: %s", error)

    def watch(self) -> None:
        """Answer from now on, and at once what was asked meanwhile."""
        self._watcher = QFileSystemWatcher([str(self._place)], self)
        self._watcher.directoryChanged.connect(lambda _: self.answer())
        self.answer()

    def answer(self) -> None:
        """Take the question that lies there, where it is for this window; else say no."""
        asked = self._own.with_suffix(_ASKED)
        try:
            wanted = os.fsdecode(asked.read_bytes())
        except OSError:
            return
        try:
            if wanted and not self._has(Path(wanted)):
                asked.replace(self._own.with_suffix(_REFUSED))
                return
            asked.unlink()
        except OSError as error:
            logger.warning("the question of another start stays: %s", error)
            return
        self._come_forward()

    def leave(self) -> None:
        """This window is gone."""
        for suffix in (_RUNNING, _ASKED, _REFUSED):
            try:
                self._own.with_suffix(suffix).unlink(missing_ok=True)
            except OSError as error:
                logger.warning("a note of this window stays: %s", error)

    # ---- inside ----

    def _has(self, book: Path) -> bool:
        hub = self._window.hub
        if hub is None:
            return False
        try:
            return book.samefile(hub.desk.path)
        except OSError:
            return book == hub.desk.path

    def _come_forward(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        front = QApplication.activeModalWidget() or window
        for one in dict.fromkeys((window, front)):
            one.show()
            one.raise_()
        front.activateWindow()
        QApplication.alert(window)
        window.say(words.HERE_ALREADY)


def _others() -> Iterator[Path]:
    """The notes of the other running windows, newest first; those of processes that are gone are cleared away."""
    found = [(file.stat().st_mtime_ns, file) for file in folder().glob(f"*{_RUNNING}")]
    for _, file in sorted(found, reverse=True):
        if not file.stem.isdecimal() or int(file.stem) == os.getpid():
            continue
        if lives(int(file.stem)):  # a process of somebody else's has only got the number
            yield file
        else:
            for suffix in (_RUNNING, _ASKED, _REFUSED):
                file.with_suffix(suffix).unlink(missing_ok=True)


def _ask(file: Path, book: Path | None) -> bool:
    if sys.platform == "win32":
        _let_come_forward(int(file.stem))
    asked, refused = file.with_suffix(_ASKED), file.with_suffix(_REFUSED)
    refused.unlink(missing_ok=True)
    beside = file.with_suffix(f".{os.getpid()}")
    beside.write_bytes(b"" if book is None else os.fsencode(book))
    beside.replace(asked)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if refused.exists():
            refused.unlink(missing_ok=True)
            return False
        if not asked.exists():
            return not refused.exists()
        time.sleep(_STEP)
    asked.unlink(missing_ok=True)
    return False


def _let_come_forward(pid: int) -> None:
    """Windows lets only the process the user started last bring a window forward, unless that one allows another."""
    import ctypes

    getattr(ctypes, "windll").user32.AllowSetForegroundWindow(pid)  # noqa: B009 - not there on other systems
