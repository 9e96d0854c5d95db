"""Whether the file under the book's name is still the one that was opened: sticks get pulled, files moved away and
sync programs put others in their place. On Linux SQLite would go on writing into a file that has no name any more."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from xinfang_desk.store import errors

_TIP = "SELECT max(sequence) FROM history"
_LATER = "SELECT sequence, kind, label, steps FROM history WHERE sequence > ? ORDER BY sequence"


def raw(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection."""
    found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)
    return found


class Presence:
    """Knows the file that was opened and how far its history went when this program last wrote to it."""

    def __init__(self, path: Path, connection: Connection) -> None:
        self._path = path
        self._guard = threading.Lock()
        self._identity = _identity(path)
        self.tip = read_tip(connection)
        """The number of the last history row this program knows of."""
        self.generation = 0
        """Rises whenever another file was taken for the book: a connection of an earlier one leads nowhere."""
        self.on_adopted: Callable[[], None] = lambda: None
        """Called once the book was found again, before anything is written to it."""

    def check(self) -> None:
        """Raise :class:`StoreError` where the file is gone or another lies in its place."""
        found = _identity(self._path)
        if found is None:
            raise errors.gone(self._path)
        if found != self._identity:
            raise errors.replaced(self._path)

    def adopt(self, connection: Connection, former: Connection | None, waiting: Sequence[tuple[str, str]] = ()) -> int:
        """Take the file a fresh connection leads to for the book, if it goes exactly as far as this program knows.

        ``former``: the connection of before. Where it can still be read (a sync program has put another file under the name),
        both must hold the same to the last row: an older file under a newer write-ahead file would pass for sound.
        ``waiting``: label and steps of the changes not acknowledged yet. A commit that failed late may be on the disk all the
        same; returns how many of them are. Raises :class:`StoreError` where the file is another state of the book.
        """
        with self._guard:
            later = raw(connection).execute(_LATER, (self.tip,)).fetchall()
            known = [("change", label, steps) for label, steps in waiting[:len(later)]]
            if [row[1:] for row in later] != known or read_tip(connection) != self.tip + len(later):
                raise errors.replaced(self._path)
            identity = _identity(self._path)
            if identity is None:
                raise errors.gone(self._path)
            if identity != self._identity:
                if later or not _alike(connection, former):
                    raise errors.replaced(self._path)
                self.on_adopted()
                self._identity = identity
                self.generation += 1
            self.tip += len(later)
            return len(later)


def read_tip(connection: Connection) -> int:
    """The number of the last row of the history, 0 where there is none."""
    return raw(connection).execute(_TIP).fetchone()[0] or 0


def _alike(fresh: Connection, former: Connection | None) -> bool:
    """Whether the file holds what the former connection shows; where that one leads nowhere, whether it is sound."""
    try:
        wanted = None if former is None else _digest(former)
    except (sqlite3.Error, DBAPIError, UnicodeError):
        wanted = None
    if wanted is None:
        return bool(raw(fresh).execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    try:
        return _digest(fresh) == wanted
    except (sqlite3.DatabaseError, UnicodeError):
        return False


def _digest(connection: Connection) -> bytes:
    found = hashlib.sha256()
    for statement in raw(connection).iterdump():
        found.update(statement.encode("utf-8", "surrogatepass"))
    return found.digest()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
