"""Making a book and opening one: every refusal happens here, before anything is written."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

import sqlalchemy
from sqlalchemy import Connection, Engine, insert, select

from xinfang_desk.messages import marks
from xinfang_desk.messages import safety as words
from xinfang_desk.messages import store as said
from xinfang_desk.model.backup import BEFORE_UPGRADE
from xinfang_desk.model.ledger import Unit, Year
from xinfang_desk.store import backup, errors, opened, schema, years
from xinfang_desk.store.book import Book
from xinfang_desk.store.connect import checkpoint, leave_wal, make_engine, pragma, translated
from xinfang_desk.store.header import FORMAT, check_header, check_identity
from xinfang_desk.store.info import Notice
from xinfang_desk.store.leftovers import lost_wal, set_stray_wal_aside
from xinfang_desk.store.lock import BookLock
from xinfang_desk.store.medium import on_network, sync_service

_ALWAYS_CHECKED = 16 * 2**20
"""Books up to this size are checked at each opening; larger ones after a crash and with each backup."""


def create_book(path: Path, *, unit: Unit, year: int, pack: str, holder: str, now: datetime,
                seed: Year | None) -> Book:
    """See :func:`xinfang_desk.store.create`. The file appears under its name only when it is complete."""
    path = path.absolute()
    if not path.parent.is_dir():
        raise errors.missing_folder(path.parent)
    with translated(path):
        if path.exists():
            raise errors.already_there(path)
    lock = BookLock(path, holder=holder, now=now)
    fresh = path.with_name(f".{path.name}.new")
    try:
        with translated(path):
            fresh.unlink(missing_ok=True)
            fresh.touch(exist_ok=False)
            fill(fresh, seed or Year(unit, year, pack), holder, now)
            fresh.replace(path)
            backup.sync_folder(path.parent)
        return Book(path, make_engine(path), holder=holder, lock=lock)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        lock.release()
        raise


def fill(fresh: Path, year: Year, holder: str, now: datetime) -> None:
    """Make the tables of a new book in the empty file ``fresh`` and put one year into them."""
    from xinfang_desk.store import migrate

    engine = make_engine(fresh)
    try:
        with engine.begin() as connection:
            migrate.begin(connection)
            connection.execute(insert(schema.units), {"parent_id": None})
            years.add(connection, year, now, holder)
        with engine.connect() as connection:
            checkpoint(connection)
    finally:
        engine.dispose()


def open_existing(path: Path, *, holder: str, now: datetime, read_only: bool, take_over: bool) -> Book:
    """See :func:`xinfang_desk.store.open_book`."""
    path = path.absolute()
    check_header(path)
    if read_only:
        return _open_reading(path, holder)
    try:
        with opened.beside(path) as free:
            if free:
                path.open("rb+").close()
    except OSError as error:
        raise errors.explain(error, path) from error
    lock = BookLock(path, holder=holder, now=now, take_over=take_over)
    engine = make_engine(path)
    try:
        notices = _look_around(path, lock, now)
        with translated(path), engine.connect() as connection:
            _inspect(connection, path, thorough=lock.left_behind is not None)
            if pragma(connection, "user_version") < FORMAT:
                _upgrade(connection, path, now)
            _check_tables(connection, path)
        book = Book(path, engine, holder=holder, lock=lock, notices=notices)
    except BaseException:
        engine.dispose()
        lock.release()
        raise
    book.tend(now)
    return book


def _look_around(path: Path, lock: BookLock, now: datetime) -> tuple[Notice, ...]:
    """What the clerk should know about where the book lies and what lay beside it."""
    former = lock.left_behind
    found = [Notice(sentence) for sentence in (set_stray_wal_aside(path, now), lost_wal(path, former)) if sentence]
    if former is not None and former.host != lock.holder.host:
        found.append(Notice(words.TAKEN_OVER.format(name=former.name, host=former.host, since=former.since_when)))
    if on_network(path):
        found.append(Notice(words.NETWORK.format(folder=path.parent), once=True))
        with translated(path):
            leave_wal(path)
    service = sync_service(path)
    if service:
        found.append(Notice(words.SYNCED.format(service=service), once=True))
    return tuple(found)


def _open_reading(path: Path, holder: str) -> Book:
    engine = make_engine(path, read_only=True)
    if not _readable(engine, path):
        engine = make_engine(path, read_only=True, immutable=True)
    try:
        with translated(path), engine.connect() as connection:
            _inspect(connection, path, thorough=False)
            if pragma(connection, "user_version") < FORMAT:
                raise errors.older_read_only(path)
            _check_tables(connection, path)
        return Book(path, engine, holder=holder, lock=None)
    except BaseException:
        engine.dispose()
        raise


def _readable(engine: Engine, path: Path) -> bool:
    """False on a read-only medium: SQLite cannot make its helper files there, and nobody can be writing."""
    try:
        with engine.connect() as connection:
            pragma(connection, "user_version")
    except sqlalchemy.exc.DBAPIError as error:
        engine.dispose()
        if not getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
            raise errors.explain(error.orig or error, path, backup.newest_backup(path)) from error
        return False
    return True


def _inspect(connection: Connection, path: Path, *, thorough: bool) -> None:
    check_identity(path, pragma(connection, "application_id"), pragma(connection, "user_version"))
    if thorough or path.stat().st_size <= _ALWAYS_CHECKED:
        verdict = connection.exec_driver_sql("PRAGMA quick_check(3)").scalars().all()
        if list(verdict) != ["ok"]:
            raise errors.damaged(path, marks.SEMICOLON.join(map(str, verdict)), backup.newest_backup(path))
    connection.rollback()


def _check_tables(connection: Connection, path: Path) -> None:
    for table in schema.metadata.sorted_tables:
        try:
            connection.execute(select(table).limit(0))
        except sqlalchemy.exc.OperationalError as error:
            detail = said.TABLE_LACKS.format(table=table.name)
            raise errors.damaged(path, detail, backup.newest_backup(path)) from error
    connection.rollback()


def _upgrade(connection: Connection, path: Path, now: datetime) -> None:
    from xinfang_desk.store import migrate

    connection.rollback()
    backup.automatic(path, BEFORE_UPGRADE, now)
    with connection.begin():
        migrate.upgrade(connection)
    checkpoint(connection)


