"""The program's start: arguments, the log, and which face (window or terminal) to show.

Everything heavy is imported only by the face that needs it, so the window comes up at once.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from xinfang_desk import __version__
from xinfang_desk.messages import program as words
from xinfang_desk.places import user_dir
from xinfang_desk.system_libraries import missing_library_sentence, missing_soname, window_obstacle

SUBCOMMANDS = frozenset({"sample", "check", "build", "verify", "key", "pack", "backup", "year"})
SELF_TEST = "--self-test"
COLLECTOR = (20_000, 20, 20)
"""So many new objects, so many collections of the young, so many of the middle-aged."""
CANNOT_RUN = 2
INTERRUPTED = 130
READER_GONE = 141

_LOG_BYTES = 1_000_000
_LOG_FILES = 3
_BOX_OF_AN_ERROR = 0x10

logger = logging.getLogger("xinfang_desk")


def main(argv: list[str] | None = None) -> int:
    """Run the program with *argv* (``sys.argv[1:]`` by default) and return its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    _never_fail_to_print()
    if arguments[:1] == ["--version"]:
        print(f"xinfang-desk {__version__}")
        return 0
    calm_collector()
    log_file = start_log()
    try:
        return _show_face(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has seen enough. What is still buffered must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except Exception as error:
        logger.exception("the program stopped on an error it did not expect")
        surprise = words.SURPRISE_LOGGED if log_file else words.SURPRISE
        say(surprise.format(name=type(error).__name__, error=error, file=log_file))
        return CANNOT_RUN


def _never_fail_to_print() -> None:
    """Where the terminal has no 汉字 (a console of another language), they are written as codes instead of stopping."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def calm_collector() -> None:
    """Have Python look for cycles of dead objects less often.

    A book is some hundred thousand small frozen objects that live as long as it is open. To walk over them after every
    700 new ones, as Python does by itself, took a quarter of the time of opening a book and of every judgement.
    """
    gc.set_threshold(*COLLECTOR)


def start_log() -> Path | None:
    """Send the program's log to a rotating file in the user's own data folder, and nowhere else.

    Returns:
        The file, or ``None`` where it cannot be written (the program works without).
    """
    logger.setLevel(logging.INFO)
    file = user_dir() / "logs" / words.LOG_FILE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.open("ab").close()
    except OSError as error:
        if sys.stderr is not None:
            print(words.NO_LOG.format(file=file, strerror=error.strerror), file=sys.stderr)
        return None
    logger.addHandler(Log(file))
    return file


class Log(logging.Handler):
    """The log in its rotating file, which is opened for the first record: most starts have nothing to tell, and
    ``logging.handlers`` brings sockets and more along."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._rotating: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._rotating is None:
            from logging.handlers import RotatingFileHandler

            try:
                self._rotating = RotatingFileHandler(self._file, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES,
                                                     encoding="utf-8")
            except OSError:
                self.handleError(record)
                return
            self._rotating.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._rotating.emit(record)

    def close(self) -> None:
        if self._rotating is not None:
            self._rotating.close()
        super().close()


def _show_face(arguments: list[str]) -> int:
    first = arguments[0] if arguments else ""
    if first == SELF_TEST:
        from xinfang_desk.cli.self_test import main as self_test

        return self_test(arguments[1:], _window_test)
    if first in SUBCOMMANDS or first in {"-h", "--help"}:
        from xinfang_desk.cli import main as cli_main

        return cli_main(arguments)
    if first and not first.startswith("-") and not (Path(first).exists() or first.endswith(".xfb")):
        say(words.NO_COMMAND.format(first=first))
        return CANNOT_RUN
    return _open_window(arguments)


def _open_window(arguments: list[str]) -> int:
    try:
        obstacle = window_obstacle()
        if obstacle:
            say(obstacle)
            return CANNOT_RUN
        gc.disable()  # until the window is painted: nothing of what is made so far can be dead
        from xinfang_desk.gui import run
    except ImportError as error:
        sentence = _missing_part_sentence(error)
        if sentence is None:
            raise
        logger.error("the window cannot be opened: %s", error)
        say(sentence)
        return CANNOT_RUN
    return run(arguments)


def _window_test() -> Callable[[Path, Path, Path], tuple[str, tuple[str, ...]]]:
    """What tries the window in the self-test: on the screen there is, else without one."""

    def try_it(book: Path, picture: Path, settings: Path) -> tuple[str, tuple[str, ...]]:
        from xinfang_desk.flow.errors import DeskError

        if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        try:
            obstacle = window_obstacle()
            if obstacle:
                raise DeskError(obstacle)
            from xinfang_desk.gui.self_test import try_window
        except ImportError as error:
            raise DeskError(_missing_part_sentence(error) or str(error)) from error
        return try_window(book, picture, settings)

    return try_it


def _missing_part_sentence(error: ImportError) -> str | None:
    soname = missing_soname(str(error))
    if soname:
        return missing_library_sentence(soname)
    if isinstance(error, ModuleNotFoundError) and (error.name or "").split(".")[0] in {"PySide6", "shiboken6"}:
        return words.NO_QT
    return None


def say(sentence: str) -> None:
    """Tell why nothing opens: on standard error, or in a box where a window program has none, as on Windows."""
    if sys.stderr is not None:
        print(sentence, file=sys.stderr)
        return
    import ctypes

    from xinfang_desk.messages.window import PROGRAM

    show = getattr(ctypes, "windll").user32.MessageBoxW  # noqa: B009 - not there on other systems
    show(None, sentence, PROGRAM, _BOX_OF_AN_ERROR)


if __name__ == "__main__":
    sys.exit(main())
