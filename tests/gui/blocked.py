"""Measures how long the window's thread is held, by a heart that should beat every few milliseconds, and by what.

A beat that comes late has been held up: by Python or C++ code in the thread, or by another thread that holds the
interpreter. A clock's signal looks at the Python stack meanwhile, so that the stretch can be laid at the door of a
function. It is handled in the thread itself: a second thread that holds on to frames keeps painters in them alive after
their paint, and Qt crashes.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from PySide6.QtCore import Qt, QTimer

_LOOK_SECONDS = 0.004
_BEAT_MS = 4
_OWN = str(Path(__file__).resolve().parents[2] / "xinfang_desk")


@dataclass
class Stretch:
    """One stretch without a round of the event loop: seconds of wall time, of the thread's own time, and where it
    was seen most."""

    step: str
    seconds: float
    cpu: float
    where: str


class Watch:
    """Collects stretches by step."""

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self.step = ""
        self._seen: Counter[str] = Counter()
        self._last, self._cpu = time.perf_counter(), time.thread_time()
        self._heart = QTimer()
        self._heart.setTimerType(Qt.TimerType.PreciseTimer)
        self._heart.setInterval(_BEAT_MS)
        self._heart.timeout.connect(self._beat)

    @contextmanager
    def on(self, step: str) -> Iterator[None]:
        """A step of the tour. It should end in some rounds of the event loop."""
        self.step = step
        self._beat()
        yield
        self._beat()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Let the heart beat, and look at the stack now and then."""
        self._heart.start()
        former = signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, _LOOK_SECONDS, _LOOK_SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, former)
            self._heart.stop()

    def _beat(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        where = self._seen.most_common(1)[0][0] if self._seen else ""
        self.stretches.append(Stretch(self.step, max(0.0, now - self._last - _BEAT_MS / 1000), cpu - self._cpu, where))
        self._seen = Counter()
        self._last, self._cpu = time.perf_counter(), time.thread_time()

    def _look(self, _: int, frame: FrameType | None) -> None:
        if time.perf_counter() - self._last > 2 * _BEAT_MS / 1000:
            self._seen[_place(frame)] += 1

    def table(self) -> list[Stretch]:
        """The longest stretch of each step, in the order of the tour, with the most time of the thread's own that any
        stretch of the step took: on a loaded machine that may be another one."""
        longest: dict[str, Stretch] = {}
        for one in self.stretches:
            known = longest.get(one.step)
            longer = one if known is None or one.seconds > known.seconds else known
            longest[one.step] = replace(longer, cpu=max(one.cpu, known.cpu if known is not None else 0.0))
        return list(longest.values())


def _place(frame: FrameType | None) -> str:
    """The innermost function of the program's own on the stack, and below it the library it waits in."""
    inner = ""
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith(_OWN):
            name = f"{Path(code.co_filename).stem}.{code.co_qualname}:{frame.f_lineno}"
            return f"{name} ({inner})" if inner else name
        if not inner:
            inner = f"{Path(code.co_filename).stem}.{code.co_name}"
        frame = frame.f_back
    return inner
