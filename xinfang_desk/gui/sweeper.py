"""Dead objects that hold one another are looked for in the window's thread, and only there.

Python by itself looks for them in whichever thread happens to make the next object. Found among them in a worker's
thread, a widget or a model of ours would be taken apart there, which Qt does not bear: the program ends without a word.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QTimer

_LOOK_MS = 500


class Sweeper(QObject):
    """From :meth:`start` to :meth:`stop` it does in the thread it lives in what Python does by itself otherwise, at the
    same thresholds (``gc.get_threshold``)."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Python looks no more by itself."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Python looks by itself again."""
        self._timer.stop()
        gc.enable()

    def look(self) -> None:
        """Look for dead objects where enough new ones have been made since the last time."""
        if _staying:
            return
        due = [now > least for now, least in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[0]:
            gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))


@contextmanager
def to_stay() -> Iterator[None]:
    """What is made now stays: nobody looks among it for dead objects, now or later, until :func:`look_for_dead`.

    A book is some hundred thousand objects. Python would go through them, again and again while it is read, with every
    thread standing still for a tenth of a second and more.
    """
    with _guard:
        _staying.append(None)
    try:
        yield
        gc.freeze()
    finally:
        with _guard:
            _staying.pop()


def look_for_dead() -> None:
    """Give back what books that have been closed have left. It takes a tenth of a second: for a moment in which nobody
    waits."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


_staying: list[None] = []
_guard = threading.Lock()
