"""Puts a backup in the place of a book. Whatever moment the program dies at, a whole book lies under the name."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from xinfang_desk.messages import safety as words
from xinfang_desk.model.backup import BEFORE_RESTORE, ORIGINAL, UNREADABLE
from xinfang_desk.store import backup, errors
from xinfang_desk.store.errors import StoreError
from xinfang_desk.store.header import BUSY_SECONDS, FORMAT, check_header, file_uri
from xinfang_desk.store.leftovers import set_stray_wal_aside
from xinfang_desk.store.lock import BookLock

COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite puts beside a book while it is open, and leaves there after a crash."""


def restore(path: Path, source: Path, *, holder: str, now: datetime, note: str) -> Path | None:
    """Put the backup ``source`` in the place of the book at ``path``, which must not be open.

    What was there is kept first: as a backup (恢复前) where it can be read, else its files as they are. Returns where;
    ``None`` where there was nothing. ``note`` goes into the history of every year. Raises :class:`BookInUse` where somebody has
    the book open, :class:`StoreError` where the backup is no good or there is no room; then nothing has changed.
    """
    path = path.absolute()
    if not source.is_file():
        raise StoreError(words.BACKUP_GONE.format(name=source.name))
    found = check_header(source)
    backup.check_sound(source)
    lock = BookLock(path, holder=holder, now=now)
    fresh = path.with_name(f".{path.name}.new")
    try:
        backup.copy_checked(source, fresh)
        if found == FORMAT:
            _write_down(fresh, holder, now, note)
        kept = _keep(path, now)
        # The write-ahead file of the former state must be gone before the new file appears: SQLite would
        # take its pages for the new one's.
        for companion in COMPANIONS:
            path.with_name(path.name + companion).unlink(missing_ok=True)
        backup.sync_folder(path.parent)
        fresh.replace(path)
        backup.sync_folder(path.parent)
    except (OSError, sqlite3.Error) as error:
        raise errors.explain(error, path) from error
    finally:
        for left in (fresh, fresh.with_name(fresh.name + "-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
        lock.release()
    return kept


def _write_down(fresh: Path, holder: str, now: datetime, note: str) -> None:
    """A row in the history of each year, so that whoever reads it later knows why it goes on from an older state."""
    with contextlib.closing(sqlite3.connect(file_uri(fresh, "mode=rw"), uri=True)) as book, book:
        book.execute("PRAGMA synchronous = FULL")
        book.execute("INSERT INTO history (year_id, at, who, label, kind, state, steps)"
                     " SELECT id, ?, ?, ?, 'created', 'noted', '[]' FROM years",
                     (now.isoformat(timespec="seconds"), holder, note))


def _keep(path: Path, now: datetime) -> Path | None:
    """Keep the present state as a backup, folding its write-ahead file in; where that cannot be, keep its files."""
    if not any(path.with_name(path.name + companion).exists() for companion in ("", *COMPANIONS)):
        return None
    # As it is, first: even looking into a damaged book with SQLite may change a byte of it.
    raw = _raw_copy(path, now)
    try:
        if path.exists():
            set_stray_wal_aside(path, now)
        fold(path)
        kept = backup.automatic(path, BEFORE_RESTORE, now)
    except StoreError as error:
        if error.trouble in (errors.Trouble.FULL, errors.Trouble.NOT_WRITABLE, errors.Trouble.BUSY):
            _remove(raw)
            raise
        return raw
    _remove(raw)
    return kept


def _raw_copy(path: Path, now: datetime) -> Path:
    folder = backup.backup_folder(path) / UNREADABLE
    folder.mkdir(parents=True, exist_ok=True)
    raw = folder / backup.file_name(path, now, ORIGINAL)
    for companion in ("", "-wal", "-journal"):
        file = path.with_name(path.name + companion)
        if file.exists():
            copy = raw.with_name(raw.name + companion)
            shutil.copyfile(file, copy)
            with copy.open("rb+") as written:
                os.fsync(written.fileno())
    backup.sync_folder(folder)
    return raw


def _remove(raw: Path) -> None:
    for companion in ("", "-wal", "-journal"):
        raw.with_name(raw.name + companion).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        raw.parent.rmdir()  # where nothing else is kept in it


def fold(path: Path) -> None:
    """The book's write-ahead file into the book, so that the file alone is the whole state."""
    try:
        check_header(path)
        with contextlib.closing(sqlite3.connect(file_uri(path, "mode=rw"), uri=True, timeout=BUSY_SECONDS)) as book:
            book.execute("PRAGMA locking_mode = EXCLUSIVE")
            book.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise errors.explain(error, path) from error
