"""Writes an open book, with all that could not be saved to it, into a new one somewhere else."""

from __future__ import annotations

import contextlib
import logging
import shutil
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from xinfang_desk.messages import safety as words
from xinfang_desk.model.ledger import Year
from xinfang_desk.store import backup, errors, history, records, schema
from xinfang_desk.store.connect import checkpoint, make_engine, translated
from xinfang_desk.store.errors import StoreError
from xinfang_desk.store.header import BUSY_SECONDS, check_header, file_uri
from xinfang_desk.store.presence import raw
from xinfang_desk.store.saver import Waiting

logger = logging.getLogger(__name__)


def save_elsewhere(connection: Connection | None, path: Path, target: Path, current: Year, waiting: Sequence[Waiting], *,
                   holder: str, now: datetime) -> bool:
    """See :meth:`xinfang_desk.store.book.Book.save_elsewhere`."""
    target = target.absolute()
    check_target(path, target)
    fresh = target.with_name(f".{target.name}.new")
    try:
        whole = connection is not None and _copied(connection, fresh, current, waiting, holder)
        if not whole:
            _alone(fresh, current, holder, now)
        with translated(target):
            backup.check_sound(fresh)
            fresh.replace(target)
            backup.sync_folder(target.parent)
    finally:
        _remove(fresh)
    return whole


def check_target(path: Path, target: Path) -> None:
    """Raise :class:`StoreError` where a new file cannot be put at ``target``."""
    if target == path.absolute():
        raise StoreError(words.SOURCE_IS_TARGET)
    if not target.parent.is_dir():
        raise errors.missing_folder(target.parent)
    if target.exists():
        raise StoreError(words.ALREADY_SOMETHING.format(name=target.name, folder=target.parent))


def copy_book(path: Path, target: Path) -> None:
    """Copy a book that is not open: through SQLite where it is sound, else its files as they are.

    Raises :class:`StoreError` where it is no book, ``target`` is taken, or there is no room.
    """
    path, target = path.absolute(), target.absolute()
    check_header(path)
    check_target(path, target)
    try:
        backup.copy_checked(path, target)
        return
    except StoreError as error:
        if error.trouble is not errors.Trouble.DAMAGED:
            raise
    with translated(target):
        wal = path.with_name(path.name + "-wal")
        if wal.exists():
            shutil.copyfile(wal, target.with_name(target.name + "-wal"))
        shutil.copyfile(path, target)


def _copied(connection: Connection, fresh: Path, current: Year, waiting: Sequence[Waiting], holder: str) -> bool:
    """The whole book with its history, the waiting changes on top. ``False`` where it cannot be read any more."""
    _remove(fresh)
    try:
        with contextlib.closing(sqlite3.connect(file_uri(fresh, "mode=rwc"), uri=True, timeout=BUSY_SECONDS)) as copy:
            # Through the connection that is open: the file may have no name any more and can still be read.
            raw(connection).backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        engine = make_engine(fresh)
        try:
            with translated(fresh), engine.connect() as writing:
                with writing.begin():
                    for change in waiting:
                        history.record(writing, change.year_id, change.change, change.now, holder)
                with writing.begin():
                    year_id = writing.execute(select(schema.years.c.id).where(
                        schema.years.c.year == current.year).order_by(schema.years.c.id).limit(1)).scalar_one()
                    same = records.read_year(writing, year_id) == current
                checkpoint(writing)
        finally:
            engine.dispose()
        backup.check_sound(fresh)
    except (DBAPIError, sqlite3.Error, StoreError) as error:
        trouble = errors.explain(getattr(error, "orig", None) or error, fresh)
        if trouble.trouble in (errors.Trouble.FULL, errors.Trouble.NOT_WRITABLE):
            raise trouble from error
        logger.warning("the open book cannot be copied, its current year is written alone: %s", error)
        return False
    return same


def _alone(fresh: Path, current: Year, holder: str, now: datetime) -> None:
    from xinfang_desk.store.files import fill

    _remove(fresh)
    with translated(fresh):
        fresh.touch(exist_ok=False)
        fill(fresh, current, holder, now)


def _remove(fresh: Path) -> None:
    for name in (fresh.name, f"{fresh.name}-wal", f"{fresh.name}-shm", f"{fresh.name}-journal"):
        with contextlib.suppress(OSError):
            fresh.with_name(name).unlink()
