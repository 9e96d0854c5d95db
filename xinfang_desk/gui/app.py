"""The program with a window: first the window is painted, then the book is opened."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from xinfang_desk.gui import appearance, hints, input_methods, one_window, settings
from xinfang_desk.gui.first_paint import FirstPaint
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.sweeper import Sweeper
from xinfang_desk.messages import window as t

if TYPE_CHECKING:
    from xinfang_desk.flow.recent import BookCard

logger = logging.getLogger(__name__)

_STYLE = "Fusion"


def run(argv: list[str]) -> int:
    """Show the window and work until it is closed. ``argv`` may name one book; without, the last one is opened.

    Where the program runs already with that book (without one: at all), that window comes to the front instead.
    """
    if one_window.hand_over(next((Path(book).absolute() for book in books_of(argv)), None)):
        return 0
    way = input_methods.prepare(os.environ)
    app = application()
    window = MainWindow()
    catch_surprises(window)
    here = one_window.OneWindow(window)
    here.note()
    window.show()
    QTimer.singleShot(0, lambda: input_methods.start(app, way))
    FirstPaint(window, lambda: painted(window, argv))
    QTimer.singleShot(0, here.watch)
    try:
        return app.exec()
    finally:
        here.leave()


def books_of(argv: list[str]) -> list[str]:
    """The books a command line names."""
    return [argument for argument in argv if not argument.startswith("-")]


def application() -> QApplication:
    """The one Qt application, dressed. Chinese words for Qt's own buttons where Qt brings them."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setStyle(_STYLE)
    else:
        # As an argument: whoever asks Qt for its style makes PySide6 build eleven classes with 600 names.
        app = QApplication([*sys.argv[:1], "-style", _STYLE])
    app.setApplicationName("xinfang-desk")
    app.setApplicationDisplayName(t.PROGRAM)
    app.setDesktopFileName("xinfang-desk")
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    appearance.dress(app)
    hints.describe_dialogs(app)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return app


def painted(window: MainWindow, argv: list[str]) -> None:
    """After the first paint: dead objects are looked for again, but not among what stays to the end."""
    # The first widget that Qt hands over makes PySide6 build its class of every kind of widget: better now than in the
    # moment in which a book comes up.
    window.start.recent.viewport()
    gc.freeze()
    Sweeper(window).start()
    begin(window, argv)


def begin(window: MainWindow, argv: list[str]) -> None:
    """After the first paint: open the book asked for, else the last one; else list what there is."""
    books = books_of(argv)
    recent = settings.recent_books()
    window.start.refresh(last_first=True)
    if books:
        window.open_book_later(Path(books[0]))
    elif recent:
        # Only once it has been seen: a drive that is not there must not hold up the start.
        window.start.recent.when_seen(recent[0], lambda card: _open_last(window, card))


def _open_last(window: MainWindow, card: BookCard) -> None:
    if card.there and window.idle:
        window.open_book_later(card.path)
    else:
        window.start.recent.look_at_others()


def catch_surprises(window: MainWindow) -> None:
    """An error nobody expected is logged and told in one sentence; the program goes on."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        logger.error("an error nobody expected", exc_info=(kind, error, trace))
        window.message.tell(t.SURPRISE.format(kind=kind.__name__, words=error))

    sys.excepthook = caught
