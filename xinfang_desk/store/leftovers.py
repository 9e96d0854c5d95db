"""What an earlier end of the program, or somebody's hand, left beside a book."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from xinfang_desk.messages import safety as words
from xinfang_desk.model.backup import STRAY
from xinfang_desk.store import backup, errors, opened
from xinfang_desk.store.info import Holder

_VERSIONS = slice(18, 20)
_ROLLBACK, _WAL = b"\x01\x01", b"\x02\x02"
_MAGIC = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")


def set_stray_wal_aside(path: Path, now: datetime) -> str:
    """Move a write-ahead file away that is not the book's, before SQLite takes it for one; the sentence about it, or ''.

    A book that has one says so in its head (bytes 18 and 19, https://www.sqlite.org/fileformat2.html): where a copy that
    was folded up, a backup for example, was put over a book by hand, the former one's still lies there.
    """
    wal = wal_path(path)
    try:
        if not wal.exists() or not _begun(wal) or _versions(path) != _ROLLBACK:
            return ""
        folder = backup.backup_folder(path)
        folder.mkdir(exist_ok=True)
        kept = folder / (backup.file_name(path, now, STRAY) + "-wal")
        wal.replace(kept)
    except OSError as error:
        raise errors.explain(error, path) from error
    return words.WAL_SET_ASIDE.format(kept=kept)


def lost_wal(path: Path, left_behind: Holder | None) -> str:
    """The sentence for a book that was not closed and whose write-ahead file is gone; '' where all is well."""
    try:
        lost = left_behind is not None and _versions(path) == _WAL and not wal_path(path).exists()
    except OSError:
        return ""  # what is wrong with the file is told when it is opened
    return words.WAL_LOST.format(name=path.name) if lost else ""


def wal_path(path: Path) -> Path:
    """The write-ahead file of a book."""
    return path.with_name(path.name + "-wal")


def _begun(wal: Path) -> bool:
    with wal.open("rb") as file:
        return file.read(4) in _MAGIC


def _versions(path: Path) -> bytes:
    """How the book says it is written; nothing where this program has it open."""
    with opened.beside(path) as free:
        if not free:
            return b""
        with path.open("rb") as file:
            return file.read(20)[_VERSIONS]
