"""Work that takes longer than anyone should wait for a frame, done in a thread of its own.

What it does must not touch the desk or a widget: it gets frozen things and gives back frozen things.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QThread, Signal

_TURN_SECONDS = 0.0001


class Job(QThread):
    """One piece of work. Signals arrive in the thread of the window.

    ``told``: a sentence about how far it is; then exactly one of ``done`` (what came out) and ``failed`` (the error).
    """

    told = Signal(str)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Callable[[Job], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._off = threading.Event()
        self._answer: object = None
        self._error: BaseException | None = None
        self._handed_over = False
        self.finished.connect(self._hand_over)

    def call_off(self) -> None:
        """Ask the work to stop at its next step."""
        self._off.set()

    def called_off(self) -> bool:
        """Whether it has been asked to stop."""
        return self._off.is_set()

    def settle(self) -> None:
        """Ask the work to stop, wait for it, and hand over what came of it now."""
        self.call_off()
        self.join()

    def leave(self) -> None:
        """Let the work end by itself: nobody waits for it, and whoever asked for it may go before. What comes of it is
        still handed over."""
        self.setParent(None)
        _left.add(self)
        if self.isFinished():
            self._hand_over()

    def join(self) -> None:
        """Wait for the work and hand over what came of it now, without a round of events."""
        self.wait()
        self._hand_over()

    def run(self) -> None:
        """Qt calls this in the new thread. An error is carried over to the window's thread, never lost."""
        try:
            with short_turns():
                self._answer = self._work(self)
        except Exception as error:  # noqa: BLE001 - raised again in the window's thread
            self._error = error

    def _hand_over(self) -> None:
        if not self._handed_over:
            self._handed_over = True
            if self._error is not None:
                self.failed.emit(self._error)
            else:
                self.done.emit(self._answer)
        if self in _left:
            _left.discard(self)
            self.deleteLater()


@contextmanager
def short_turns() -> Iterator[None]:
    """While work is done in a thread, the window's gets its turn within a tenth of a millisecond of asking for it. It asks at
    every call from Qt into Python, dozens of times for one paint; Python's own 5 ms would add up to a standstill."""
    with _busy_lock:
        _busy.append(sys.getswitchinterval())
        sys.setswitchinterval(_TURN_SECONDS)
    try:
        yield
    finally:
        with _busy_lock:
            former = _busy.pop()
            if not _busy:
                sys.setswitchinterval(former)


_busy: list[float] = []
_busy_lock = threading.Lock()
_left: set[Job] = set()
"""Held until they have ended: a thread must not be thrown away while it runs."""


def join_left() -> None:
    """Wait for all work that was left: the program ends."""
    for job in tuple(_left):
        job.join()
