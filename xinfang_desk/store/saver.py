"""Saves in the background what was typed, in order, so that the typing thread never waits for the disk."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from xinfang_desk.messages import store as words
from xinfang_desk.model.change import Change
from xinfang_desk.store import codec, errors, history
from xinfang_desk.store.connect import translated
from xinfang_desk.store.errors import StoreError, Trouble
from xinfang_desk.store.presence import Presence

logger = logging.getLogger(__name__)

_GROUP = 200
"""Most changes that share one transaction."""

AGAIN_SECONDS = 4.0
"""After a failure the saver tries by itself this often: room is made, a stick put back."""

_LOST_TOUCH = {Trouble.DISK, Trouble.GONE, Trouble.REPLACED}
"""Troubles after which the open file may be of no use any more."""


@dataclass(frozen=True, slots=True)
class _Job:
    ticket: int
    year_id: int
    change: Change
    now: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change that is not on disk, for whoever takes it somewhere else."""

    year_id: int
    change: Change
    now: datetime


class Saver:
    """A thread with its own connection that commits queued changes, each on disk before it counts as saved.

    A change that fails stays in memory, and those behind it wait, so the order is kept; the next
    :meth:`submit` or :meth:`retry` tries again, and so does the saver itself every few seconds. ``on_error`` is called
    from the saver's thread with each new trouble, and with ``None`` once everything is on disk after all.
    """

    def __init__(self, engine: Engine, path: Path, who: str, year_id: Callable[[int], int], presence: Presence,
                 on_error: Callable[[StoreError | None], None] | None = None) -> None:
        self._engine = engine
        self._presence = presence
        self._connection: Connection | None = None
        self._generation = 0
        self._lost = False
        """the connection may lead nowhere any more; it is kept to compare with, until a new one is found"""
        self._path = path
        self._who = who
        self._year_id = year_id
        self.on_error = on_error
        self._state = threading.Condition()
        self._queue: deque[_Job] = deque()
        self._submitted = 0
        self._saved = 0
        self._error: StoreError | None = None
        self._held = False
        self._paused = False
        self._busy = False
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="xinfang-saver", daemon=True)
        self._thread.start()

    def submit(self, year: int, change: Change, now: datetime) -> int:
        """Queue a change and return its ticket at once; it is durable when ``saved_upto`` reaches the ticket.

        Raises :class:`StoreError` for a year that is not in the book or after :meth:`close`.
        """
        year_id = self._year_id(year)
        with self._state:
            if self._closing:
                raise StoreError(words.SAVER_CLOSING)
            self._submitted += 1
            self._queue.append(_Job(self._submitted, year_id, change, now))
            self._held = False
            self._state.notify_all()
            return self._submitted

    @property
    def saved_upto(self) -> int:
        """The ticket of the last change that is on disk; all before it are too."""
        return self._saved

    @property
    def error(self) -> StoreError | None:
        """Why the oldest waiting change could not be saved, or ``None``."""
        return self._error

    def pending(self, year: int) -> tuple[Change, ...]:
        """The changes of a year that are not on disk yet, oldest first."""
        year_id = self._year_id(year)
        with self._state:
            return tuple(job.change for job in self._queue if job.year_id == year_id)

    def retry(self) -> None:
        """Try the waiting changes again, for example after room was made on the disk."""
        with self._state:
            self._held = False
            self._state.notify_all()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until everything submitted is on disk; False where time ran out or saving failed."""
        end = None if timeout is None else time.monotonic() + timeout
        with self._state:
            while self._queue and not (self._held or self._paused):
                rest = None if end is None else end - time.monotonic()
                if (rest is not None and rest <= 0) or not self._thread.is_alive():
                    return False
                self._state.wait(rest)
            return not self._queue

    def pause(self) -> tuple[Waiting, ...]:
        """Let go of the disk for good and return what is not on it, oldest first. What is submitted later waits too."""
        with self._state:
            self._paused = True
            self._state.notify_all()
            while self._busy:
                self._state.wait()
            return tuple(Waiting(job.year_id, job.change, job.now) for job in self._queue)

    def resume(self) -> None:
        """Go on after :meth:`pause`."""
        with self._state:
            self._paused = False
            self._state.notify_all()

    @property
    def count(self) -> int:
        """How many changes are not on disk yet."""
        return len(self._queue)

    def close(self, timeout: float | None = None) -> bool:
        """Save what waits (unless paused) and end the thread; False where something could not be saved."""
        self.retry()
        done = self.wait(timeout)
        with self._state:
            self._closing = True
            self._state.notify_all()
        self._thread.join()
        return done

    def _run(self) -> None:
        try:
            while jobs := self._next():
                try:
                    self._work(jobs)
                finally:
                    with self._state:
                        self._busy = False
                        self._state.notify_all()
        finally:
            with self._state:
                if self._queue:
                    self._error = self._error or StoreError(
                        words.SAVER_STOPPED)
                    self._held = True
                self._state.notify_all()
            self._drop()

    def _next(self) -> list[_Job]:
        with self._state:
            while not self._closing and (self._paused or self._held or not self._queue):
                if self._held and not self._paused:
                    self._held = self._state.wait(AGAIN_SECONDS) and self._held
                else:
                    self._state.wait()
            self._busy = not self._closing
            return [] if self._closing else [self._queue[n] for n in range(min(_GROUP, len(self._queue)))]

    def _work(self, jobs: list[_Job]) -> None:
        try:
            self._save(self._connected(jobs), jobs)
        except _Acknowledged:
            return
        except StoreError as error:
            self._fail(error)

    def _connected(self, jobs: list[_Job]) -> Connection:
        """The connection, made anew after the touch with the file was lost: then the file must be the same book at the
        same point, and a change whose commit failed only at its very end is not written twice."""
        former = self._connection
        if former is not None and not self._lost and self._generation == self._presence.generation:
            return former
        connection = None
        try:
            if not self._path.exists():
                raise errors.gone(self._path)
            with translated(self._path):
                connection = self._engine.connect()
                waiting = [(job.change.label, codec.encode_steps(job.change.steps)) for job in jobs]
                there = self._presence.adopt(connection, former, waiting)
        except BaseException:
            if connection is not None:
                connection.close()
            raise
        self._drop()
        self._connection, self._generation, self._lost = connection, self._presence.generation, False
        if there:
            self._acknowledge(jobs[:there], self._presence.tip)
            raise _Acknowledged
        return connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except (DBAPIError, sqlite3.Error) as error:
                logger.warning("a lost connection would not close: %s", error)

    def _save(self, connection: Connection, jobs: list[_Job]) -> None:
        try:
            self._commit(connection, jobs)
        except StoreError as error:
            if error.trouble in (Trouble.GONE, Trouble.REPLACED):
                # Some network folders number their files anew now and then: look again before anyone is alarmed.
                self._lost = True
                self._commit(self._connected(jobs), jobs)
            elif error.trouble in _LOST_TOUCH:
                self._lost = True
                raise
            elif len(jobs) == 1:
                raise
            else:
                # One of the group is to blame: those before it must not wait for it.
                for job in jobs:
                    self._save(connection, [job])

    def _commit(self, connection: Connection, jobs: list[_Job]) -> None:
        tip = 0
        with translated(self._path), connection.begin():
            for job in jobs:
                tip = history.record(connection, job.year_id, job.change, job.now, self._who)
            self._presence.check()
        self._acknowledge(jobs, tip)

    def _acknowledge(self, jobs: list[_Job], tip: int) -> None:
        with self._state:
            self._presence.tip = tip
            self._saved = jobs[-1].ticket
            for _ in jobs:
                self._queue.popleft()
            healed, self._error = self._error is not None and not self._queue, None if not self._queue else self._error
            self._state.notify_all()
        if healed and self.on_error is not None:
            self.on_error(None)

    def _fail(self, error: StoreError) -> None:
        with self._state:
            new = self._error is None or self._error.message != error.message
            self._error = error
            self._held = True
            self._state.notify_all()
        if new and self.on_error is not None:
            self.on_error(error)


class _Acknowledged(Exception):
    """The changes turned out to be on disk already."""
