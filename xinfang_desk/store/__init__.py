"""The book file: tables, migrations, history, backups, lock.

Importing this package is cheap: SQLAlchemy comes in with the first book that is made or opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xinfang_desk.store.errors import BookInUse, StoreError, Trouble
from xinfang_desk.store.info import (
    BinnedYear,
    EditionInfo,
    HistoryEntry,
    Holder,
    Notice,
    YearInfo,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from xinfang_desk.model.ledger import Unit, Year
    from xinfang_desk.store.book import Book
    from xinfang_desk.store.salvage import Salvaged
    from xinfang_desk.store.saver import Saver

__all__ = ["BinnedYear", "Book", "BookInUse", "EditionInfo", "HistoryEntry", "Holder", "Notice", "Saver",
           "StoreError", "Trouble", "YearInfo", "create", "open_book", "restore_book", "salvage_book"]

SUFFIX = ".xfb"


def create(path: Path, *, unit: Unit, year: int, pack: str, holder: str, now: datetime,
           seed: Year | None = None) -> Book:
    """Make a new book at ``path`` with one year, and open it.

    ``seed`` gives the year's first contents (its unit, year and pack are then the ones that count).
    Raises :class:`StoreError` where a file is already there, the folder is missing or cannot be written.
    """
    from xinfang_desk.store.files import create_book

    return create_book(path, unit=unit, year=year, pack=pack, holder=holder, now=now, seed=seed)


def open_book(path: Path, *, holder: str, now: datetime, read_only: bool = False,
              take_over: bool = False) -> Book:
    """Open the book at ``path``; an older format is backed up and brought up to date first.

    ``read_only`` takes no lock, so a second window may look. ``take_over`` sets aside a lock left by another
    machine, once the clerk has made sure nobody works there.
    Raises :class:`BookInUse` where somebody else has it open, :class:`StoreError` where the file is missing, not
    a book, damaged, newer than this program, or cannot be written.
    """
    from xinfang_desk.store.files import open_existing

    return open_existing(path, holder=holder, now=now, read_only=read_only, take_over=take_over)


def salvage_book(path: Path, target: Path, *, holder: str, now: datetime) -> Salvaged:
    """Write what can be read of the damaged book at ``path`` into a new one at ``target``; ``path`` stays as it is.

    Raises :class:`StoreError` where nothing can be saved or ``target`` cannot be written.
    """
    from xinfang_desk.store.salvage import salvage

    return salvage(path, target, holder=holder, now=now)


def restore_book(path: Path, backup: Path, *, holder: str, now: datetime, note: str) -> Path | None:
    """Put ``backup`` in the place of the book at ``path``; what was there is kept and its place returned.

    Raises :class:`BookInUse` where the book is open, :class:`StoreError` where the backup is no good or there is no room.
    """
    from xinfang_desk.store.restore import restore

    return restore(path, backup, holder=holder, now=now, note=note)


def __getattr__(name: str) -> Any:
    if name == "Book":
        from xinfang_desk.store.book import Book

        return Book
    if name == "Saver":
        from xinfang_desk.store.saver import Saver

        return Saver
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
