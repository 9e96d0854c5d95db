"""Copies of a book made while it is in use, opened and checked before they count.

They lie beside the book in ``<name>.备份/``, named by time and reason, the newest kept.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Literal

from xinfang_desk.store.errors import StoreError, damaged, explain
from xinfang_desk.store.header import APPLICATION_ID, BUSY_SECONDS, file_uri

Reason = Literal["每日", "升级前", "手动"]

KEEP: dict[Reason, int] = {"每日": 14, "升级前": 5, "手动": 20}
"""How many of each are kept."""


def backup_folder(path: Path) -> Path:
    """Where the backups of the book at ``path`` lie."""
    return path.with_name(f"{path.stem}.备份")


def backups(path: Path) -> tuple[Path, ...]:
    """The finished backups of a book, newest first (names begin with the same stem, then the time)."""
    folder = backup_folder(path)
    if not folder.is_dir():
        return ()
    return tuple(sorted(folder.glob("*.xfb"), key=lambda file: file.name, reverse=True))


def newest_backup(path: Path) -> Path | None:
    """The newest finished backup, if any."""
    return next(iter(backups(path)), None)


def automatic(path: Path, reason: Reason, now: datetime) -> Path:
    """Back the book up into its folder and drop the oldest ones of the same reason."""
    folder = backup_folder(path)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise explain(error, folder) from error
    target = folder / f"{path.stem}-{now:%Y%m%d-%H%M%S}-{reason}.xfb"
    copy_checked(path, target)
    for old in [file for file in backups(path) if file.stem.endswith(f"-{reason}")][KEEP[reason]:]:
        with contextlib.suppress(OSError):
            old.unlink()
    return target


def made_on(path: Path, day: datetime) -> bool:
    """True where a daily backup of that day is already there."""
    return any(f"-{day:%Y%m%d}-" in file.name and file.stem.endswith("-每日") for file in backups(path))


def copy_checked(source: Path, target: Path) -> None:
    """Copy the book with SQLite's backup interface; ``target`` appears only after the copy passed the full check.

    Raises :class:`StoreError` where there is no room, the folder cannot be written, or the copy is not sound.
    """
    part = target.with_name(target.name + ".part")
    try:
        with contextlib.closing(_open(source, "ro")) as book, contextlib.closing(_open(part, "rwc")) as copy:
            book.backup(copy)
            # One file on its own, without the -wal that the book in use has beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
        check_sound(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except sqlite3.Error as error:
        raise explain(error, target) from error
    except OSError as error:
        raise explain(error, target) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


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
        raise damaged(path, "；".join(verdict) if verdict != ["ok"] else "内部的对应关系断开", None)
    if identity != APPLICATION_ID:
        raise StoreError(f"备份“{path}”核对时不是账册文件，没有算作备份。请检查磁盘后重新备份。")


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(file_uri(path, f"mode={mode}"), uri=True, timeout=BUSY_SECONDS)
