"""Books are opened, made and put away in threads of their own, so that the window never stands still."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

from xinfang_desk.gui.job import Job
from xinfang_desk.gui.piecemeal import Piecemeal, Steps
from xinfang_desk.gui.sweeper import look_for_dead, to_stay
from xinfang_desk.gui.wait_card import WaitCard
from xinfang_desk.messages import opening as words

if TYPE_CHECKING:
    from xinfang_desk.flow.desk import Desk


_QUIET_MS = 4000
_AT_WORK = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class _Attempt:
    """Who takes the open desk: the window, or, where nobody waits for it any more, whoever comes second closes it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._off = False
        self._desk: Desk | None = None

    def arrived(self, desk: Desk) -> Desk | None:
        """In the worker: the desk is open. Closed again where it has been called off."""
        with self._guard:
            if not self._off:
                self._desk = desk
                return desk
        desk.close()
        return None

    def call_off(self) -> Desk | None:
        """In the window: nobody waits any more. A desk that is already open is given back, to be put away."""
        with self._guard:
            self._off = True
            return self._desk


class Opening(QObject):
    """One book is opened at a time, and only when every book put away before is on disk and closed.

    ``done`` gets the open desk, ``failed`` the error; both in the window's thread. A book that is ready only after
    the clerk has given up waiting is closed again unseen.
    """

    def __init__(self, cover: QWidget, prepare: Callable[[Desk], Steps], parent: QObject) -> None:
        """``prepare``: what the window does with an open desk before it can be shown, a piece at each step."""
        super().__init__(parent)
        self._prepare = prepare
        self._coming = Piecemeal(self)
        self.card = WaitCard(cover)
        self.card.called_off.connect(self.call_off)
        self._job: Job | None = None
        self._attempt = _Attempt()
        self._closing: list[Job] = []
        self._tidying = _Tidying(cover, self)
        self._when_off: Callable[[], object] = lambda: None

    @property
    def busy(self) -> bool:
        """Whether a book is being opened just now."""
        return self._job is not None

    @property
    def closing(self) -> bool:
        """Whether a book put away is not yet on disk and closed."""
        return bool(self._closing)

    def begin(self, sentence: str, work: Callable[[Job], Desk], done: Callable[[Desk], object],
              failed: Callable[[Exception], object], off: Callable[[], object] | None = None) -> None:
        """Open a book by ``work``. ``sentence`` says what is being done; ``off`` is called where it is called off
        (without it, it cannot be)."""
        self.call_off()
        former = tuple(self._closing)
        attempt = _Attempt()
        job = Job(lambda own: attempt.arrived(_after(former, own, work)), self)
        self._job, self._attempt = job, attempt
        self._when_off = off or (lambda: None)
        job.told.connect(self.card.tell)
        job.done.connect(lambda desk: self._arrived(job, desk, done))
        job.failed.connect(lambda error: self._failed(job, error, failed))
        self.card.begin(sentence, can_stop=off is not None)
        job.start()

    def call_off(self) -> None:
        """Do not wait any longer; what still comes is closed unseen."""
        job, self._job = self._job, None
        if job is not None:
            job.call_off()
            if self._coming.active:
                self._coming.stop()
                job.deleteLater()
            else:
                self._keep(job)
            desk = self._attempt.call_off()
            if desk is not None:
                self.put_away(desk, lambda: None, _raise)
            self.card.end()
            self._when_off()

    def wait(self) -> None:
        """Wait for the book being opened, without a round of events, and hand it over."""
        while self._job is not None:
            self._job.join()
            self._coming.finish()

    def put_away(self, desk: Desk, done: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        """Put everything on disk and let the book go. ``done`` is called in either case, after ``failed``."""
        job = Job(lambda _: desk.close(), self)
        job.failed.connect(failed)
        job.done.connect(lambda _: done())
        job.failed.connect(lambda _: done())
        self._keep(job)
        job.start()

    def settle(self, *, painting: bool = False) -> None:
        """Wait until every book put away is on disk and closed. ``painting``: the window goes on living meanwhile."""
        while self._closing:
            job = self._closing[0]
            if painting and job.isRunning():
                loop = QEventLoop(self)
                job.done.connect(loop.quit)
                job.failed.connect(loop.quit)
                loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            job.join()

    # ---- inside ----

    def _keep(self, job: Job) -> None:
        self._closing.append(job)
        job.done.connect(lambda _: self._forget(job))
        job.failed.connect(lambda _: self._forget(job))

    def _forget(self, job: Job) -> None:
        if job in self._closing:
            self._closing.remove(job)
            job.deleteLater()
            self._tidying.begin()

    def _arrived(self, job: Job, desk: Desk, done: Callable[[Desk], object]) -> None:
        if job is self._job:
            self._coming.begin(self._prepare(desk), lambda: self._show(job, desk, done), lambda: self._broken(job, desk))

    def _show(self, job: Job, desk: Desk, done: Callable[[Desk], object]) -> None:
        self._end(job)
        done(desk)

    def _broken(self, job: Job, desk: Desk) -> None:
        """The window cannot show it: a fault of ours, but the book is not to stay locked for that."""
        self._end(job)
        self.put_away(desk, lambda: None, _raise)

    def _failed(self, job: Job, error: Exception, failed: Callable[[Exception], object]) -> None:
        if job is self._job:
            self._end(job)
            failed(error)

    def _end(self, job: Job) -> None:
        self._job = None
        self.card.end()
        job.deleteLater()


class _Tidying(QObject):
    """Gives back what closed books have left, once nobody has touched key or mouse for a while."""

    def __init__(self, inside: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._inside = inside
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._tidy)

    def begin(self) -> None:
        """A book has been closed."""
        window = self._inside.window().windowHandle()
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
        self._quiet.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _AT_WORK:
            self._quiet.start()
        return False

    def _tidy(self) -> None:
        window = self._inside.window().windowHandle()
        if window is not None:
            window.removeEventFilter(self)
        look_for_dead()


def opened(path: Path, *, pack: str = "", year: int | None = None, read_only: bool = False,
           take_over: bool = False) -> Callable[[Job], Desk]:
    """Work that opens a book (at ``year``, else where it was left) and judges it, so that the window has only to show
    it. Its error is a ``DeskError``."""

    def work(job: Job) -> Desk:
        from xinfang_desk.flow import library

        job.told.emit(words.STAGE_BOOK)
        with to_stay():
            desk = library.open_desk(path, pack=pack, year=year, resume=True, read_only=read_only, take_over=take_over)
            try:
                job.told.emit(words.STAGE_CHECKING.format(count=len(desk.year.lines)))
                desk.warm()
                job.told.emit(words.STAGE_SHOWING)
                # Their many modules, and the classes that PySide6 builds when they are first touched, are made here, not
                # in the window's thread.
                from PySide6.QtGui import QGradient, QTextDocument, QTextOption  # noqa: F401

                import xinfang_desk.flow.practice
                import xinfang_desk.gui.hub
                import xinfang_desk.gui.workbench  # noqa: F401
            except BaseException:
                desk.close()
                raise
        return desk

    return work


def made(path: Path, make: Callable[[], object]) -> Callable[[Job], Desk]:
    """Work that makes a book file by ``make`` and opens it."""

    def work(job: Job) -> Desk:
        make()
        return opened(path)(job)

    return work


def switched(former: Desk, pack: str, trouble: list[Exception]) -> Callable[[Job], Desk]:
    """Work that shows another document of the same year: the book is closed and opened again. Where that document
    cannot be shown, the former one comes back and the reason is put into ``trouble``."""

    def work(job: Job) -> Desk:
        from xinfang_desk.flow.errors import DeskError

        path, own, read_only, year = former.path, former.pack.id, former.book.read_only, former.year.year
        former.close()
        try:
            return opened(path, pack=pack, year=year, read_only=read_only)(job)
        except DeskError as error:
            trouble.append(error)
            return opened(path, pack=own, year=year, read_only=read_only)(job)

    return work


def _after(former: tuple[Job, ...], job: Job, work: Callable[[Job], Desk]) -> Desk:
    for one in former:
        one.wait()
    return work(job)


def _raise(error: Exception) -> None:
    raise error
