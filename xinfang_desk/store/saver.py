"""Saves in the background what was typed, in order, so that the typing thread never waits for the disk."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from xinfang_desk.model.change import Change
from xinfang_desk.store import history
from xinfang_desk.store.connect import translated
from xinfang_desk.store.errors import StoreError

_GROUP = 200
"""Most changes that share one transaction."""


@dataclass(frozen=True, slots=True)
class _Job:
    ticket: int
    year_id: int
    change: Change
    now: datetime


class Saver:
    """A thread with its own connection that commits queued changes, each on disk before it counts as saved.

    A change that fails stays in memory, and those behind it wait, so the order is kept; the next
    :meth:`submit` or :meth:`retry` tries again. ``on_error`` is called from the saver's thread.
    """

    def __init__(self, engine: Engine, path: Path, who: str, year_id: Callable[[int], int],
                 on_error: Callable[[StoreError], None] | None = None) -> None:
        self._engine = engine
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
                raise StoreError("账册正在关闭，这处改动没有保存。请重新打开账册后再改。")
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
            while self._queue and not self._held:
                rest = None if end is None else end - time.monotonic()
                if (rest is not None and rest <= 0) or not self._thread.is_alive():
                    return False
                self._state.wait(rest)
            return not self._queue

    def close(self, timeout: float | None = None) -> bool:
        """Save what waits and end the thread; False where something could not be saved."""
        self.retry()
        done = self.wait(timeout)
        with self._state:
            self._closing = True
            self._state.notify_all()
        self._thread.join()
        return done

    def _run(self) -> None:
        connection: Connection | None = None
        try:
            while jobs := self._next():
                try:
                    with translated(self._path):
                        connection = connection or self._engine.connect()
                except StoreError as error:
                    self._fail(error)
                    continue
                self._save(connection, jobs)
        finally:
            with self._state:
                if self._queue:
                    self._error = self._error or StoreError(
                        "后台保存意外停止，刚才的改动还没有保存。请把未保存的内容抄下来，关闭账册后重新打开。")
                    self._held = True
                self._state.notify_all()
            if connection is not None:
                connection.close()

    def _next(self) -> list[_Job]:
        with self._state:
            while not self._closing and (self._held or not self._queue):
                self._state.wait()
            return [] if self._closing else [self._queue[n] for n in range(min(_GROUP, len(self._queue)))]

    def _save(self, connection: Connection, jobs: list[_Job]) -> None:
        try:
            self._commit(connection, jobs)
        except StoreError as error:
            if len(jobs) == 1:
                self._fail(error)
                return
            # One of the group is to blame: those before it must not wait for it.
            for job in jobs:
                self._save(connection, [job])
                if self._error is not None:
                    return

    def _commit(self, connection: Connection, jobs: list[_Job]) -> None:
        with translated(self._path), connection.begin():
            for job in jobs:
                history.record(connection, job.year_id, job.change, job.now, self._who)
        with self._state:
            self._saved = jobs[-1].ticket
            for _ in jobs:
                self._queue.popleft()
            self._error = None
            self._state.notify_all()

    def _fail(self, error: StoreError) -> None:
        with self._state:
            self._error = error
            self._held = True
            self._state.notify_all()
        if self.on_error is not None:
            self.on_error(error)
