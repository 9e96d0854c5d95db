"""Copies of a book made while it is in use, opened and checked before they count.

They lie beside the book in ``<name>.备份/``, named by time and reason, the newest kept.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from datetime import datetime
from functools import lru_cache
from pathlib import Path, PurePath

from xinfang_desk.messages import marks
from xinfang_desk.messages import safety as words
from xinfang_desk.messages import store as said
from xinfang_desk.model.backup import (
    AT_WORK,
    BEFORE_RESTORE,
    BEFORE_UPGRADE,
    BY_HAND,
    DAILY,
    FOLDER,
    Backup,
    BackupContents,
    Reason,
)
from xinfang_desk.store.errors import StoreError, damaged, explain
from xinfang_desk.store.header import APPLICATION_ID, BUSY_SECONDS, check_header, file_uri

KEEP: dict[Reason, int] = {DAILY: 14, AT_WORK: 6, BEFORE_UPGRADE: 5, BY_HAND: 20, BEFORE_RESTORE: 10}
"""How many of each are kept."""

_NAME = re.compile(r"-(\d{8}-\d{6})-([^-]+)$")
_LONGEST_STEM = 150
"""Bytes of the book's name that go into a backup's name: systems take 255 for the whole."""


def backup_folder(path: Path) -> Path:
    """Where the backups of the book at ``path`` lie."""
    return path.with_name(FOLDER.format(stem=path.stem))


def backups(path: Path) -> tuple[Path, ...]:
    """The finished backups of a book, newest first (names begin with the same stem, then the time)."""
    folder = backup_folder(path)
    if not folder.is_dir():
        return ()
    return tuple(sorted(folder.glob("*.xfb"), key=lambda file: file.name, reverse=True))


def newest_backup(path: Path) -> Path | None:
    """The newest finished backup, if any; none where the folder cannot be looked into."""
    try:
        return next(iter(backups(path)), None)
    except OSError:
        return None  # asked for while another trouble is told: that one is the news


def listed(path: Path) -> tuple[Backup, ...]:
    """The finished backups of a book, newest first, by what their names tell. Raises :class:`StoreError`."""
    found = []
    try:
        for file in backups(path):
            status = file.stat()
            match = _NAME.search(file.stem)
            at = datetime.strptime(match[1], "%Y%m%d-%H%M%S") if match else datetime.fromtimestamp(status.st_mtime)  # noqa: DTZ006, DTZ007
            found.append(Backup(file, at, match[2] if match else "", status.st_size))
    except (OSError, ValueError) as error:
        raise explain(error, backup_folder(path)) from error
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def contents(backup: PurePath) -> BackupContents:
    """What is in a backup and whether it is sound; a file that did not change is checked once."""
    file = Path(backup)
    try:
        status = file.stat()
    except OSError:
        return BackupContents(words.BACKUP_GONE.format(name=file.name))
    return _contents(file, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=128)
def _contents(file: Path, _size: int, _changed: int) -> BackupContents:
    try:
        check_header(file)
        check_sound(file)
        with contextlib.closing(_open(file, "ro")) as copy:
            years = copy.execute("SELECT year, name FROM years WHERE year > 0 ORDER BY year DESC").fetchall()
            lines = copy.execute("SELECT count(*) FROM lines").fetchone()[0]
    except StoreError as error:
        return BackupContents(error.message)
    except sqlite3.Error as error:
        return BackupContents(explain(error, file).message)
    unit = next((str(name) for _, name in years), "")
    return BackupContents("", unit, tuple(int(year) for year, _ in years), int(lines))


def newest_sound(path: Path) -> Backup | None:
    """The newest backup that passes the full check, ``None`` where there is none. Raises :class:`StoreError`."""
    return next((one for one in listed(path) if contents(one.path).sound), None)


def file_name(path: Path, now: datetime, reason: str) -> str:
    """What a backup of the book at ``path`` is called."""
    stem = os.fsencode(path.stem)[:_LONGEST_STEM].decode("utf-8", "ignore")
    return f"{stem}-{now:%Y%m%d-%H%M%S}-{reason}.xfb"


def automatic(path: Path, reason: Reason, now: datetime) -> Path:
    """Back the book up into its folder and drop the oldest ones of the same reason. One at a time for each book."""
    folder = backup_folder(path)
    try:
        folder.mkdir(exist_ok=True)
        for half in folder.glob("*.part*"):
            half.unlink()  # left by a crash in the middle of a backup
    except OSError as error:
        raise explain(error, folder) from error
    target = folder / file_name(path, now, reason)
    copy_checked(path, target)
    for old in [file for file in backups(path) if file.stem.endswith(f"-{reason}")][KEEP[reason]:]:
        with contextlib.suppress(OSError):
            old.unlink()
    return target


def made_on(path: Path, day: datetime) -> bool:
    """True where a daily backup of that day is already there."""
    return any(f"-{day:%Y%m%d}-" in file.name and file.stem.endswith(f"-{DAILY}") for file in backups(path))


def copy_checked(source: Path, target: Path) -> None:
    """Copy the book with SQLite's backup interface; ``target`` appears only after the copy passed the full check.

    Raises :class:`StoreError` where there is no room, the folder cannot be written, or the copy is not sound.
    """
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with contextlib.closing(_open(source, "ro")) as book, contextlib.closing(_open(part, "rwc")) as copy:
            book.backup(copy)
            # One file on its own, without the -wal that the book in use has beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
        check_sound(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target.parent)
    except sqlite3.Error as error:
        raise explain(error, target) from error
    except OSError as error:
        raise explain(error, target) from error
    finally:
        for left in (part, part.with_name(part.name + "-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def check_sound(path: Path) -> None:
    """SQLite's full check and the book's identity; raises :class:`StoreError` where the copy is no good."""
    try:
        with contextlib.closing(_open(path, "ro")) as copy:
            verdict = [str(row[0]) for row in copy.execute("PRAGMA integrity_check(3)")]
            broken = copy.execute("PRAGMA foreign_key_check").fetchall()
            identity = copy.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.Error as error:
        raise explain(error, path) from error
    if verdict != ["ok"] or broken:
        raise damaged(path, marks.SEMICOLON.join(verdict) if verdict != ["ok"] else said.REFERENCES_BROKEN, None)
    if identity != APPLICATION_ID:
        raise StoreError(said.BACKUP_NO_BOOK.format(path=path))


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable, where the system lets a folder be synced."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(file_uri(path, f"mode={mode}"), uri=True, timeout=BUSY_SECONDS)
