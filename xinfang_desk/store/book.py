"""An open book."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from xinfang_desk.messages import safety as words
from xinfang_desk.messages import store as said
from xinfang_desk.model.backup import BY_HAND
from xinfang_desk.model.change import Change, RecordSpace
from xinfang_desk.model.edition import Explained, MadeFile
from xinfang_desk.model.ledger import Year
from xinfang_desk.store import backup, editions, history, records, recycle, schema, years
from xinfang_desk.store.connect import checkpoint, lay_out_wal, translated
from xinfang_desk.store.errors import StoreError, Trouble
from xinfang_desk.store.info import BinnedYear, EditionInfo, HistoryEntry, Notice, YearInfo
from xinfang_desk.store.keeper import Keeper
from xinfang_desk.store.lock import BookLock
from xinfang_desk.store.opened import Hold
from xinfang_desk.store.presence import Presence, read_tip
from xinfang_desk.store.saver import Saver

logger = logging.getLogger(__name__)


class Book:
    """One department's book, open for reading or (with its lock) for writing.

    All methods raise :class:`StoreError` where the file cannot be read or written. Methods may be called from any
    thread, one at a time goes through. Made by :func:`xinfang_desk.store.create` and ``open_book``.
    """

    def __init__(self, path: Path, engine: Engine, *, holder: str, lock: BookLock | None,
                 notices: tuple[Notice, ...] = ()) -> None:
        self.path = path
        self.holder = holder
        self.read_only = lock is None
        self.notices = notices
        """What was found when the book was opened and the clerk should know."""
        self._engine = engine
        self._lock = lock
        self._guard = threading.RLock()
        self._saver: Saver | None = None
        self._keeper = Keeper(path)
        with translated(path):
            self._hold = Hold(path)
            try:
                self._connection: Connection | None = engine.connect()
                if lock is not None:
                    lay_out_wal(path)
                self._presence = Presence(path, self._connection)
            except BaseException:
                self._hold.release()
                raise
        self._lost_touch = False
        self._generation = 0
        if lock is not None:
            self._presence.on_adopted = self._found_again
        self._year_ids: dict[int, int] = {}

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- years

    def years(self) -> tuple[YearInfo, ...]:
        """The years of the book, newest first."""
        with self._reading() as connection:
            return years.listed(connection)

    def load(self, year: int) -> Year:
        """The contents of a year, what is still being saved included."""
        year_id = self._year_id(year)
        with self._reading() as connection:
            return records.read_year(connection, year_id)

    def add_year(self, year: Year, now: datetime) -> None:
        """Put a further year (for example last year's copied) into the book. Refuses one that is already there."""
        with self._writing() as connection:
            years.add(connection, year, now, self.holder)

    def bin_year(self, year: int, now: datetime) -> None:
        """Move a year to the bin, with its history and editions. Refuses the only year of the book."""
        year_id = self._year_id(year)
        with self._writing() as connection:
            recycle.put_in(connection, year_id, now, self.holder)
            self._year_ids.pop(year, None)

    def binned(self) -> tuple[BinnedYear, ...]:
        """The years in the bin, the latest first."""
        with self._reading() as connection:
            return recycle.listed(connection)

    def restore_year(self, binned_id: int, now: datetime) -> int:
        """Put a year of the bin (:attr:`BinnedYear.id`) back; returns its number. Refuses where that year is there again."""
        with self._writing() as connection:
            return recycle.take_out(connection, binned_id, now, self.holder)

    def empty_bin(self, binned_ids: Iterable[int]) -> int:
        """Delete years of the bin for good; returns how many."""
        with self._writing() as connection:
            return recycle.empty(connection, binned_ids)

    def set_pack(self, year: int, pack: str) -> None:
        """Change the form pack of a year."""
        year_id = self._year_id(year)
        with self._writing() as connection:
            connection.execute(update(schema.years).where(schema.years.c.id == year_id).values(pack=pack))

    def _year_id(self, year: int) -> int:
        found = self._year_ids.get(year)
        if found is None:
            with self._guard, translated(self.path), self._open().begin():
                found = self._open().execute(
                    select(func.min(schema.years.c.id)).where(schema.years.c.year == year)).scalar_one()
            if found is None:
                raise StoreError(said.NO_YEAR.format(name=self.path.name, year=year))
            self._year_ids[year] = found
        return found

    # --- changes

    def commit(self, year: int, change: Change, now: datetime) -> int:
        """Apply a change; it is on disk on return. Returns its number in the history."""
        year_id = self._year_id(year)
        with self._writing() as connection:
            return history.record(connection, year_id, change, now, self.holder)

    def undo(self, year: int, now: datetime) -> Change | None:
        """Take the last change back, on disk on return; the inverse that was applied, ``None`` where there is none."""
        year_id = self._year_id(year)
        with self._writing() as connection:
            return history.undo(connection, year_id, now, self.holder)

    def redo(self, year: int, now: datetime) -> Change | None:
        """Make the change undone last again; the change that was applied, ``None`` where there is none."""
        year_id = self._year_id(year)
        with self._writing() as connection:
            return history.redo(connection, year_id, now, self.holder)

    def undo_label(self, year: int) -> str | None:
        """What undo would take back, ``None`` where there is nothing."""
        waiting = self._saver.pending(year) if self._saver else ()
        return waiting[-1].label if waiting else self._label(year, history.next_undo)

    def redo_label(self, year: int) -> str | None:
        """What redo would make again, ``None`` where there is nothing."""
        waiting = self._saver.pending(year) if self._saver else ()
        return None if waiting else self._label(year, history.next_redo)

    def can_undo(self, year: int) -> bool:
        """True where undo would do something."""
        return self.undo_label(year) is not None

    def can_redo(self, year: int) -> bool:
        """True where redo would do something."""
        return self.redo_label(year) is not None

    def _label(self, year: int, find: Callable[[Connection, int], Row[Any] | None]) -> str | None:
        year_id = self._year_id(year)
        with self._guard, translated(self.path), self._open().begin():
            row = find(self._open(), year_id)
        return None if row is None else str(row.label)

    def history(self, year: int, limit: int = 200, *, before: int | None = None,
                words: str = "") -> tuple[HistoryEntry, ...]:
        """The newest ``limit`` entries of the history, newest first; older than the entry ``before`` and with all of
        ``words`` in label, name or time where these are given."""
        year_id = self._year_id(year)
        with self._reading() as connection:
            return history.entries(connection, year_id, limit, before=before, words=words)

    def history_count(self, year: int) -> int:
        """How many entries the history of a year has."""
        year_id = self._year_id(year)
        with self._reading() as connection:
            return history.count(connection, year_id)

    def change_of(self, year: int, sequence: int) -> Change | None:
        """What a history entry did: the change, or the one it took back (inverted) or made again; ``None`` for an entry
        that changed nothing."""
        year_id = self._year_id(year)
        with self._reading() as connection:
            return history.change_of(connection, year_id, sequence)

    def year_at(self, year: int, sequence: int) -> Year:
        """The year as it was right after the history entry ``sequence``. A long way back takes its time."""
        year_id = self._year_id(year)
        with self._reading() as connection:
            return history.rewound(connection, year_id, records.read_year(connection, year_id), sequence)

    def deletions(self, year: int, space: RecordSpace) -> tuple[tuple[HistoryEntry, Change], ...]:
        """The changes in force that took records out of a list, newest first."""
        year_id = self._year_id(year)
        with self._reading() as connection:
            return history.deletions(connection, year_id, space)

    def saver(self, on_error: Callable[[StoreError | None], None] | None = None) -> Saver:
        """The background saver of this book, started at the first call. ``on_error`` replaces the one before."""
        self._require_writing()
        with self._guard:
            if self._saver is None:
                self._saver = Saver(self._engine, self.path, self.holder, self._year_id, self._presence, on_error)
            elif on_error is not None:
                self._saver.on_error = on_error
            return self._saver

    # --- small things

    def remember(self, key: str, value: str) -> None:
        """Keep a text under ``key``, for example the last place. A book open for reading keeps nothing."""
        if self.read_only:
            return
        with self._writing() as connection:
            connection.execute(delete(schema.places).where(schema.places.c.key == key))
            connection.execute(insert(schema.places), {"key": key, "value": value})

    def recall(self, key: str) -> str | None:
        """What was kept under ``key``, ``None`` where nothing was."""
        with self._reading() as connection:
            found = connection.execute(select(schema.places.c.value).where(schema.places.c.key == key))
            return found.scalar_one_or_none()

    # --- editions

    def add_edition(self, year: int, *, title: str, date: str, files: Iterable[MadeFile], now: datetime,
                    explained: Iterable[Explained] = (), draft: bool = False) -> int:
        """Write a built edition down; returns its number. ``date`` is the printed one (ISO)."""
        year_id = self._year_id(year)
        with self._writing() as connection:
            return editions.add(connection, year_id, title=title, date=date, files=files, explained=explained,
                                draft=draft, now=now, who=self.holder)

    def editions(self, year: int) -> tuple[EditionInfo, ...]:
        """The editions of a year, oldest first."""
        year_id = self._year_id(year)
        with self._reading() as connection:
            return editions.listed(connection, year_id)

    def record_signatures(self, year: int, number: int, signers: Sequence[str]) -> None:
        """Write down who has signed an edition: a file cut back to an earlier signature looks whole by itself."""
        year_id = self._year_id(year)
        with self._writing() as connection:
            if not editions.set_signatures(connection, year_id, number, signers):
                raise StoreError(said.NO_EDITION.format(year=year, number=number))

    # --- backups and closing

    @property
    def backup_problem(self) -> StoreError | None:
        """Why the last automatic backup failed, or ``None``."""
        return self._keeper.problem

    @property
    def backing_up(self) -> bool:
        """Whether a backup is being made in the background just now."""
        return self._keeper.working

    def backup(self, target: Path) -> None:
        """Copy the book to ``target``, which appears only once the copy passed the full check."""
        if not target.parent.is_dir():
            raise StoreError(said.NO_BACKUP_FOLDER.format(parent=target.parent))
        self._settle()
        backup.copy_checked(self.path, target)

    def backup_here(self, now: datetime) -> Path:
        """Make a backup in the folder beside the book and return it."""
        self._settle()
        return self._keeper.make(BY_HAND, now)

    def tend(self, now: datetime) -> None:
        """Make the backup that is due, if one is, in the background; see ``backup_problem`` for how it went."""
        if not self.read_only and self._connection is not None:
            self._keeper.tend(now, self._presence.tip)

    def save_elsewhere(self, target: Path, current: Year, now: datetime) -> bool:
        """Write a new book at ``target`` with everything in this one and all that could not be saved to it.

        ``current``: the year that is being edited, as it is now. Where this book can no longer be read, the new one holds that
        year alone, without its history: then the answer is ``False``. Nothing more is written to this book.
        Raises :class:`StoreError` where ``target`` is taken or cannot be written.
        """
        from xinfang_desk.store.elsewhere import save_elsewhere

        waiting = self._saver.pause() if self._saver is not None else ()
        with self._guard:
            return save_elsewhere(self._connection, self.path, target, current, waiting, holder=self.holder, now=now)

    def abandon(self) -> None:
        """Close without saving what waits, after it was written elsewhere. Harmless when repeated."""
        if self._saver is not None:
            self._saver.pause()
        with contextlib.suppress(StoreError):
            self.close()

    def close(self) -> None:
        """Save what waits, fold the write-ahead file into the book, give the lock back. Harmless when repeated.

        Raises :class:`StoreError` where something could not be saved; the book is closed all the same.
        """
        if self._connection is None:
            return
        self._keeper.wait()
        unsaved = self._saver is not None and not self._saver.close()
        with self._guard:
            connection, self._connection = self._connection, None
        try:
            if not self.read_only:
                checkpoint(connection)
        except (DBAPIError, sqlite3.Error) as error:
            # Nothing is lost: what was committed is in the -wal file, and the next opening reads it.
            logger.warning("the write-ahead file of %s stays: %s", self.path.name, error)
        finally:
            _let_go(connection)
            self._engine.dispose()
            self._hold.release()
            if self._lock is not None:
                self._lock.release()
        if unsaved and self._saver is not None and self._saver.error is not None:
            raise self._saver.error

    def _open(self) -> Connection:
        if self._connection is None:
            raise StoreError(said.BOOK_CLOSED.format(name=self.path.name))
        return self._connection

    def _require_writing(self) -> None:
        if self.read_only:
            raise StoreError(said.BOOK_READ_ONLY.format(name=self.path.name))

    def _settle(self) -> None:
        """Let the saver finish, so that what follows sees, and comes after, everything that was typed."""
        if self._saver is None:
            return
        self._saver.retry()
        if not self._saver.wait():
            raise self._saver.error or StoreError(words.UNSAVED)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._settle()
        with self._guard, self._in_touch() as connection, translated(self.path), connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        self._require_writing()
        self._settle()
        with self._guard, self._in_touch() as connection:
            with translated(self.path), connection.begin():
                yield connection
                tip = read_tip(connection)
                self._presence.check()
            self._presence.tip = tip

    @contextmanager
    def _in_touch(self) -> Iterator[Connection]:
        """The connection, made anew where the file was away and has come back as it was."""
        connection = self._open()
        if not self.read_only:
            try:
                self._presence.check()
                stale = self._lost_touch or self._generation != self._presence.generation
            except StoreError:
                stale = True
            if stale:
                connection = self._reconnect(connection)
        try:
            yield connection
        except StoreError as error:
            self._lost_touch |= error.trouble is Trouble.DISK
            raise

    def _found_again(self) -> None:
        """Another file is the book from now on, as when a stick was put back."""
        if self._lock is not None:
            self._lock.renew(self.path)
        self._hold.renew()

    def _reconnect(self, former: Connection) -> Connection:
        with translated(self.path):
            fresh = self._engine.connect()
            try:
                self._presence.adopt(fresh, former)
            except BaseException:
                fresh.close()
                raise
        self._connection, self._lost_touch, self._generation = fresh, False, self._presence.generation
        _let_go(former)
        return fresh


def _let_go(connection: Connection) -> None:
    try:
        connection.close()
    except (DBAPIError, sqlite3.Error) as error:
        logger.warning("a connection would not close: %s", error)
