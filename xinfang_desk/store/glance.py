"""A look at a book from outside: whose it is and how far, without its lock, its engine or SQLAlchemy.

For lists of books: cheap (a few rows), leaves nothing behind beside a book that was closed properly, and reads what a
running program has put on disk so far in one that is open.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xinfang_desk.store.errors import explain
from xinfang_desk.store.header import check_header, file_uri
from xinfang_desk.store.opened import beside

_WAIT_SECONDS = 0.3
_YEAR = "SELECT id, year, pack, name FROM years WHERE year > 0 ORDER BY year DESC, id LIMIT 1"  # others are in the bin
_FACTS = "SELECT address, value FROM facts WHERE year_id = ? AND address IN ('approval.date', 'publish.date')"
_CHANGED = "SELECT COALESCE(MAX(sequence), 0) FROM history WHERE year_id = ?"
_EDITION = ("SELECT number, sequence, signatures FROM editions WHERE year_id = ? AND draft = 0 "
            "ORDER BY number DESC LIMIT 1")
_PLACE = "SELECT value FROM places WHERE key = ?"


@dataclass(frozen=True, slots=True)
class Glance:
    """The newest year of a book. ``changed`` and ``edition_changed``: numbers in the history, of the last change and of
    the last one the newest edition contains; ``standing``: what was remembered under ``standing.<year>``, or ''."""

    unit: str
    year: int
    pack: str
    approval: str
    publish: str
    changed: int
    edition: int
    edition_changed: int
    signatures: int
    standing: str


def glance(path: Path) -> Glance:
    """Look at the book at ``path``. Raises :class:`StoreError` where it is missing, foreign or cannot be read."""
    path = path.absolute()
    check_header(path)
    try:
        # What is closed properly lies whole in its file: read so, no helper file is made and no lock is taken.
        with beside(path) as free:
            open_now = not free
        # Read without that guard, which every book that is opened needs and a slow drive would hold for long. SQLite
        # knows its own connections and keeps their locks when this one is closed; should the book be opened just now,
        # what is read may be half old, half new, and is refused or shown until the next look.
        open_now = open_now or path.with_name(path.name + "-wal").exists()
        address = file_uri(path, "mode=ro" if open_now else "immutable=1")
        with closing(sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS)) as connection:
            return _read(connection)
    except (sqlite3.Error, OSError, ValueError, TypeError) as error:
        raise explain(error, path) from error


def _read(connection: sqlite3.Connection) -> Glance:
    year_id, year, pack, name = _row(connection, _YEAR, (), 4)
    facts = dict(connection.execute(_FACTS, (year_id,)).fetchall())
    (changed,) = _row(connection, _CHANGED, (year_id,), 1)
    edition = connection.execute(_EDITION, (year_id,)).fetchone() or (0, 0, "[]")
    place = connection.execute(_PLACE, (f"standing.{year}",)).fetchone()
    return Glance(unit=str(name), year=int(year), pack=str(pack), approval=_text(facts.get("approval.date")),
                  publish=_text(facts.get("publish.date")), changed=int(changed), edition=int(edition[0]),
                  edition_changed=int(edition[1]), signatures=len(json.loads(edition[2])),
                  standing=str(place[0]) if place else "")


def _row(connection: sqlite3.Connection, query: str, values: Sequence[object], width: int) -> tuple[Any, ...]:
    found = connection.execute(query, values).fetchone()
    return found if found is not None else (0,) * width


def _text(stored: object) -> str:
    """A fact that is a text, as the book keeps it (JSON)."""
    value = json.loads(str(stored)) if stored is not None else ""
    return value if isinstance(value, str) else ""
