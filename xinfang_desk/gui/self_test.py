"""The self-test of the window: it opens on a book, is looked at, saved as a picture, and closed."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QSettings
from PySide6.QtGui import QFont, QFontInfo, QGuiApplication, QPixmap, QTextLayout
from PySide6.QtWidgets import QApplication, QWidget

from xinfang_desk.gui.app import application
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.messages import marks
from xinfang_desk.messages import self_test as words

_SETTLE_SECONDS = 0.5
_LAPTOP = (1366, 728)
"""What a small laptop leaves to a window above its task bar; only where there is no screen to ask."""


def try_window(book: Path, picture: Path, settings: Path) -> tuple[str, tuple[str, ...]]:
    """Open the main window on ``book``, save it as ``picture``, and close it; the user's own settings are not touched.

    Returns what was seen in a sentence, and what was wrong. Raises :class:`DeskError` where the book cannot be opened
    (nobody is there to answer the window's questions about it).
    """
    from xinfang_desk.flow.library import open_desk

    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(settings))
    application()
    window = MainWindow()
    if QGuiApplication.platformName() == "offscreen":
        window.resize(*_LAPTOP)
    window.show()
    window.start.refresh()
    try:
        window.show_desk(open_desk(book, resume=True))
        _settle()
        shot = window.grab()
    finally:
        window.close()
        _settle()
    wrong = _faults(window, shot)
    if not shot.save(str(picture), "PNG"):
        wrong.append(words.WINDOW_NOT_SAVED.format(path=picture))
    seen = words.WINDOW.format(platform=QGuiApplication.platformName(), width=shot.width(), height=shot.height(),
                               inputs=marks.AND.join(_input_plugins()) or _inputs_without_plugin())
    window.deleteLater()
    return seen, tuple(wrong)


def _settle() -> None:
    until = time.monotonic() + _SETTLE_SECONDS
    while time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.01)


def _faults(window: QWidget, shot: QPixmap) -> list[str]:
    wrong = []
    missing = "".join(char for char in words.PROOF if not _drawn(char, window.font()))
    if missing:
        wrong.append(words.WINDOW_NO_FONT.format(family=QFontInfo(window.font()).family(), chars=missing))
    small = shot.toImage().scaled(64, 64)
    if len({small.pixel(x, y) for x in range(64) for y in range(64)}) < 8:
        wrong.append(words.WINDOW_BLANK)
    return wrong


def _drawn(char: str, font: QFont) -> bool:
    """Whether the font, or one that stands in for it, has the character."""
    layout = QTextLayout(char, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    glyphs = [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]
    return bool(glyphs) and all(glyphs)


def _inputs_without_plugin() -> str:
    """On Windows the platform plug-in itself talks to the input methods of the system."""
    return words.SYSTEM_INPUTS if QGuiApplication.platformName() == "windows" else words.NO_INPUTS


def _input_plugins() -> list[str]:
    """The input methods Qt can talk to here: the plug-ins that are shipped with it."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    names = (path.name for path in folder.glob("*inputcontextplugin*"))
    return sorted({name.split("platforminputcontextplugin")[0].removeprefix("lib") for name in names})
