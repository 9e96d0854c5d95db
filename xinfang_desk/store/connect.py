"""Connections to a book, with the settings that make a commit durable, and errors told as sentences."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from xinfang_desk.store.backup import newest_backup
from xinfang_desk.store.errors import explain
from xinfang_desk.store.header import BUSY_SECONDS, file_uri
from xinfang_desk.store.medium import on_network

logger = logging.getLogger(__name__)

WAL_PAGES = 250
"""After so many pages in the write-ahead file they are folded into the book."""

_SETTINGS = ("PRAGMA foreign_keys = ON", "PRAGMA trusted_schema = OFF", "PRAGMA synchronous = FULL",
             "PRAGMA cell_size_check = ON")


_FOLD = f"PRAGMA wal_autocheckpoint = {WAL_PAGES}"


def make_engine(path: Path, *, read_only: bool = False, immutable: bool = False) -> Engine:
    """An engine on the existing file at ``path``. Each connection sees WAL, FULL and foreign keys.

    In a network folder the journal is the old one, which needs no memory shared between computers; a commit is on disk
    all the same. ``immutable`` reads a book from a medium where SQLite cannot even make its helper files.
    """
    # A file opened with mode=ro leaves SQLite's helper files behind for others to wonder at: where the medium can be
    # written, the connection is an ordinary one that is told not to write.
    tidy = read_only and not immutable and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    query = "mode=rw" if tidy or not read_only else "immutable=1" if immutable else "mode=ro"
    uri = file_uri(path, query)
    journal = "PRAGMA journal_mode = DELETE" if on_network(path) else "PRAGMA journal_mode = WAL"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _set(connection: sqlite3.Connection, _record: Any) -> None:
        for setting in _SETTINGS:
            connection.execute(setting)
        if tidy:
            connection.execute("PRAGMA query_only = ON")
        elif not read_only:
            connection.execute(journal)
            connection.execute(_FOLD)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A write takes its lock at once: a transaction that only becomes one later can be refused halfway.
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Errors of the driver and the disk come out as :class:`StoreError`."""
    try:
        yield
    except DBAPIError as error:
        raise explain(error.orig or error, path, newest_backup(path)) from error
    except (sqlite3.Error, OSError, UnicodeError) as error:
        raise explain(error, path, newest_backup(path)) from error


def lay_out_wal(path: Path) -> None:
    """Let the write-ahead file of an open book have its full length from the beginning.

    A file that grows with every commit costs a second write for its length each time: with the length there, a commit takes
    half the time. SQLite reads what lies behind its own last frame as left over from before. Never in the way: what fails
    is only logged.
    """
    wal = path.with_name(path.name + "-wal")
    wanted = 32 + (WAL_PAGES + 20) * (24 + 4096)
    try:
        with wal.open("rb+") as file:
            missing = wanted - file.seek(0, os.SEEK_END)
            if missing > 0:
                file.write(bytes(missing))
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        logger.info("the write-ahead file of %s grows as it goes: %s", path.name, error)


def leave_wal(path: Path) -> None:
    """Fold the write-ahead file in and switch it off, without the shared memory a network folder does not have.

    Raises ``sqlite3.Error``.
    """
    with contextlib.closing(sqlite3.connect(file_uri(path, "mode=rw"), uri=True, timeout=BUSY_SECONDS)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = DELETE")


def pragma(connection: Connection, name: str) -> int:
    """A whole-number setting of the file, ``user_version`` or ``application_id``."""
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())


def checkpoint(connection: Connection) -> None:
    """Fold the write-ahead file into the book. Outside a transaction only."""
    connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
