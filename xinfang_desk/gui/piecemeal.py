"""Work that only the window's thread may do, done a few milliseconds in each round of the event loop."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator

from PySide6.QtCore import QObject, QTimer

Steps = Generator[None, None, None]
_ROUND_SECONDS = 0.006


class Piecemeal(QObject):
    """One piece of work at a time; keys, clicks and paints come in between. Work begun anew takes the place of what was
    under way."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: tuple[Steps, Callable[[], object], Callable[[], object]] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._round)

    @property
    def active(self) -> bool:
        """Whether anything is left to do."""
        return self._work is not None

    def begin(self, steps: Steps, done: Callable[[], object], broken: Callable[[], object] = lambda: None, *,
              at_once: bool = False) -> None:
        """Take ``steps`` from now on, then call ``done``. Where a step raises, ``broken`` is called and the error goes
        on to whoever catches surprises. ``at_once``: what can be done in a few milliseconds is done before this
        returns."""
        self.stop()
        self._work = steps, done, broken
        self._timer.start()
        if at_once:
            self._round()

    def stop(self) -> None:
        """Leave it where it is: nobody wants it any more."""
        self._timer.stop()
        work, self._work = self._work, None
        if work is not None:
            work[0].close()

    def finish(self) -> None:
        """Do all that is left, now."""
        while self._work is not None:
            self._step()

    def _round(self) -> None:
        until = time.perf_counter() + _ROUND_SECONDS
        while self._step() and time.perf_counter() < until:
            pass

    def _step(self) -> bool:
        if self._work is None:
            return False
        steps, done, broken = self._work
        try:
            more = next(steps, self) is not self
        except BaseException:
            self._work = None
            self._timer.stop()
            broken()
            raise
        if not more:
            self._work = None
            self._timer.stop()
            done()
        return more
