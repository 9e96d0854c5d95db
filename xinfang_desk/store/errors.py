"""Why a book cannot be opened, read or written, each as a sentence the clerk can act on."""

from __future__ import annotations

import errno
from enum import Enum
from pathlib import Path

from xinfang_desk.messages import safety as words
from xinfang_desk.messages import store as said
from xinfang_desk.store.info import Holder


class Trouble(Enum):
    """What kind of trouble a file makes, so that the way on can be offered with the sentence."""

    OTHER = "other"
    MISSING = "missing"
    NOT_A_BOOK = "not a book"
    FOREIGN = "foreign"
    NEWER = "newer"
    OLDER = "older, and only to be read"
    DAMAGED = "damaged"
    NOT_WRITABLE = "not writable"
    FULL = "full"
    BUSY = "busy"
    DISK = "disk"
    GONE = "gone while open"
    REPLACED = "replaced while open"
    IN_USE = "in use here"
    ELSEWHERE = "in use on another computer"


class StoreError(Exception):
    """``message`` is a Chinese sentence: what, where, how to mend."""

    def __init__(self, message: str, trouble: Trouble = Trouble.OTHER) -> None:
        # A file name that is no UTF-8 must not make the sentence about it unprintable.
        message = message.encode("utf-8", "replace").decode("utf-8")
        super().__init__(message)
        self.message = message
        self.trouble = trouble


class BookInUse(StoreError):
    """Somebody else has the book open; ``holder`` says who, ``who`` in words. It may still be opened read only."""

    def __init__(self, path: Path, holder: Holder | None, *, other_machine: bool = False) -> None:
        self.holder = holder
        self.other_machine = other_machine
        self.who = said.OTHER_WINDOW if holder is None else said.HOLDER.format(
            name=holder.name, host=holder.host, pid=holder.pid, since=holder.since_when)
        mend = said.IN_USE_ELSEWHERE_MEND if other_machine else said.IN_USE_MEND
        super().__init__(said.IN_USE.format(name=path.name, parent=path.parent, who=self.who, mend=mend),
                         Trouble.ELSEWHERE if other_machine else Trouble.IN_USE)


def missing_folder(folder: Path) -> StoreError:
    """The folder a book should be in does not exist."""
    return StoreError(said.NO_FOLDER.format(folder=folder),
                      Trouble.MISSING)


def missing_file(path: Path) -> StoreError:
    """There is no such book."""
    return StoreError(said.NO_FILE.format(parent=path.parent, name=path.name),
                      Trouble.MISSING)


def already_there(path: Path) -> StoreError:
    """A new book would overwrite a file."""
    return StoreError(said.FILE_THERE.format(parent=path.parent, name=path.name))


def not_a_book(path: Path) -> StoreError:
    """The bytes are no SQLite file."""
    return StoreError(said.NO_BOOK.format(path=path),
                      Trouble.NOT_A_BOOK)


def foreign_file(path: Path) -> StoreError:
    """A SQLite file of another program."""
    return StoreError(said.FOREIGN.format(path=path),
                      Trouble.FOREIGN)


def newer_format(path: Path, found: int, known: int) -> StoreError:
    """Written by a later version of this program."""
    return StoreError(said.NEWER.format(path=path, found=found, known=known),
                      Trouble.NEWER)


def older_read_only(path: Path) -> StoreError:
    """An old format can only be read after the upgrade, which must write."""
    return StoreError(said.OLDER_READ_ONLY.format(path=path),
                      Trouble.OLDER)


def damaged(path: Path, detail: str, newest_backup: Path | None) -> StoreError:
    """SQLite's own check fails, or what is inside cannot be understood."""
    mend = (said.USE_BACKUP.format(newest_backup=newest_backup) if newest_backup
            else said.NO_BACKUP)
    return StoreError(said.DAMAGED.format(path=path, detail=detail, mend=mend),
                      Trouble.DAMAGED)


def not_writable(path: Path) -> StoreError:
    """The file or its folder is read-only."""
    return StoreError(said.NOT_WRITABLE.format(path=path),
                      Trouble.NOT_WRITABLE)


def disk_full(path: Path) -> StoreError:
    """No room left; nothing of the failed write counts as saved."""
    return StoreError(said.DISK_FULL.format(path=path, parent=path.parent),
                      Trouble.FULL)


def explain(error: BaseException, path: Path, newest_backup: Path | None = None) -> StoreError:
    """The sentence for an error of SQLite or of the operating system met at ``path``."""
    if isinstance(error, StoreError):
        return error
    if isinstance(error, OSError):
        return _explain_os(error, path)
    if isinstance(error, UnicodeError):
        return StoreError(said.BROKEN_TEXT)
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL":
        return disk_full(path)
    if name.startswith("SQLITE_READONLY"):
        return not_writable(path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError(said.BUSY.format(path=path),
                          Trouble.BUSY)
    if name.startswith("SQLITE_CORRUPT") or name == "SQLITE_NOTADB":
        return damaged(path, str(error), newest_backup)
    if name.startswith("SQLITE_CANTOPEN"):
        return StoreError(said.CANNOT_OPEN.format(path=path),
                          Trouble.DISK)
    if name.startswith("SQLITE_IOERR"):
        return StoreError(said.DISK_ERROR.format(path=path, name=name),
                          Trouble.DISK)
    return StoreError(said.OTHER_ERROR.format(path=path, error=error))


def _explain_os(error: OSError, path: Path) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return not_writable(path)
    if error.errno == errno.ENAMETOOLONG:
        return StoreError(words.NAME_TOO_LONG.format(path=path))
    return StoreError(said.SYSTEM_ERROR.format(path=path, strerror=error.strerror),
                      Trouble.DISK)


def gone(path: Path) -> StoreError:
    """The book's file is no longer where it was opened."""
    return StoreError(words.GONE.format(name=path.name, folder=path.parent), Trouble.GONE)


def replaced(path: Path) -> StoreError:
    """Under the book's name lies another file, with other contents."""
    return StoreError(words.REPLACED.format(name=path.name, folder=path.parent), Trouble.REPLACED)
