"""Reads the first bytes of a file, so that a foreign or newer file is refused without touching it."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from xinfang_desk.messages import store as words
from xinfang_desk.store import errors, opened

APPLICATION_ID = int.from_bytes(b"XFB1", "big")
"""SQLite's ``application_id`` of a book, bytes 68 to 71 of the file."""

FORMAT = 3
"""The format this program writes: SQLite's ``user_version``, one more with every migration."""

BUSY_SECONDS = 5
"""How long a connection waits for another one."""

_MAGIC = b"SQLite format 3\x00"


def check_header(path: Path) -> int:
    """The format number written in the file's head.

    Raises :class:`StoreError` where the file is missing, unreadable, not SQLite, another program's, or newer.
    """
    try:
        if not path.parent.is_dir():
            raise errors.missing_folder(path.parent)
        if not path.is_file():
            raise errors.missing_file(path)
        with opened.beside(path) as free:
            if not free:
                return FORMAT  # this program has it open as a book already
            with path.open("rb") as file:
                head = file.read(100)
    except OSError as error:
        raise errors.StoreError(words.UNREADABLE.format(path=path, strerror=error.strerror)) from error
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise errors.not_a_book(path)
    found = int.from_bytes(head[60:64], "big")
    check_identity(path, int.from_bytes(head[68:72], "big"), found)
    return found


def check_identity(path: Path, application_id: int, found: int) -> None:
    """Raise :class:`StoreError` unless the numbers are those of a book this program knows."""
    if application_id != APPLICATION_ID:
        raise errors.foreign_file(path)
    if found > FORMAT:
        raise errors.newer_format(path, found, FORMAT)


def file_uri(path: Path, query: str) -> str:
    """SQLite's address of a file, drive letters and network shares included."""
    posix = path.absolute().as_posix()
    # As bytes: on Linux a name need not be UTF-8. On Windows it always is here.
    return f"file://{'' if posix.startswith('/') else '/'}{quote(os.fsencode(posix), safe='/:')}?{query}"
