"""Deletes a book so that it can be put back: it moves, with its backups, into a folder beside it. Nothing is copied, so
there is no moment at which half of it lies anywhere."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from xinfang_desk.messages import safety as words
from xinfang_desk.store import backup, errors, opened
from xinfang_desk.store.errors import BookInUse, StoreError
from xinfang_desk.store.info import Discarded
from xinfang_desk.store.leftovers import set_stray_wal_aside
from xinfang_desk.store.lock import BookLock
from xinfang_desk.store.restore import COMPANIONS, fold

logger = logging.getLogger(__name__)

_NAME = re.compile(r"(\d{8}-\d{6})(?: \(\d+\))?$")
_LONGEST_STEM = 40


def discard(path: Path, *, holder: str, now: datetime) -> Discarded:
    """Move the book at ``path``, which must not be open, and its backups into the bin beside it.

    Raises :class:`StoreError` where somebody has it open, where it is missing or cannot be moved; then it is where it was.
    """
    path = path.absolute()
    if not path.is_file():
        raise errors.missing_file(path)
    with _alone(path, holder, now):
        _make_whole(path, now)
        try:
            room = _room(path, now)
        except OSError as error:
            raise errors.explain(error, path) from error
        _move(path, room / path.name)
    return _found(room / path.name)


def discarded(home: Path) -> tuple[Discarded, ...]:
    """The deleted books of one folder. Raises :class:`StoreError` where it cannot be looked into."""
    bin_folder = home.absolute() / words.BIN_FOLDER
    try:
        return tuple(_found(book) for book in bin_folder.glob("*/*.xfb") if book.is_file())
    except OSError as error:
        raise errors.explain(error, bin_folder) from error


def bring_back(one: Discarded, *, holder: str, now: datetime) -> Path:
    """Put a deleted book and its backups back; under another name where there is a book of its name by now. Returns
    where. Raises as :func:`discard` does."""
    if not one.path.is_file():
        raise errors.missing_file(one.path)
    with _alone(one.path, holder, now):
        try:
            target = _free(one)
        except OSError as error:
            raise errors.explain(error, one.path) from error
        _move(one.path, target)
    _tidy(one.path.parent)
    return target


def remove(one: Discarded, *, holder: str, now: datetime) -> None:
    """Delete a deleted book for good, its backups with it. Raises as :func:`discard` does."""
    if not one.path.is_file():
        raise errors.missing_file(one.path)
    with _alone(one.path, holder, now):
        try:
            folder = backup.backup_folder(one.path)
            if folder.is_dir():
                shutil.rmtree(folder)
            for companion in (*COMPANIONS, ""):  # the book last: until then it is listed, and it can be tried again
                _beside(one.path, companion).unlink(missing_ok=True)
        except OSError as error:
            raise errors.explain(error, one.path) from error
    _tidy(one.path.parent)


# ---- inside ----------------------------------------------------------------------------------------------------


@contextmanager
def _alone(path: Path, holder: str, now: datetime) -> Iterator[None]:
    """Nobody else works in the book meanwhile, in this program neither."""
    try:
        with opened.beside(path) as free:
            if not free:
                raise BookInUse(path, None)
        lock = BookLock(path, holder=holder, now=now)
    except BookInUse as error:
        sentence = words.NOT_MOVED_IN_USE.format(name=path.name, folder=path.parent, who=error.who)
        raise StoreError(sentence, error.trouble) from error
    except OSError as error:
        raise errors.explain(error, path) from error
    try:
        yield
    finally:
        lock.release()


def _make_whole(path: Path, now: datetime) -> None:
    """The write-ahead file of a book that was not closed goes into it. One that cannot be read keeps its files as they
    are, and they move with it."""
    if not _beside(path, "-wal").exists():
        return
    try:
        set_stray_wal_aside(path, now)
        fold(path)
    except StoreError as error:
        logger.warning("%s is deleted as it is: %s", path.name, error)


def _room(path: Path, now: datetime) -> Path:
    """A new folder in the bin."""
    name = f"{path.stem[:_LONGEST_STEM].strip()} {now:%Y%m%d-%H%M%S}"
    for turn in range(1, 1000):
        room = path.parent / words.BIN_FOLDER / (name if turn == 1 else f"{name} ({turn})")
        with contextlib.suppress(FileExistsError):
            room.mkdir(parents=True)
            return room
    raise _all_taken(path.parent / words.BIN_FOLDER)


def _free(one: Discarded) -> Path:
    """Its own name, or the next like it, that neither a book nor the backups of one have. Backups found under its own are
    its own where it has none with it: they were not moved in time."""
    wanted = one.home / one.path.name
    alone = not backup.backup_folder(one.path).exists()
    for turn in range(1, 1000):
        stem = wanted.stem if turn == 1 else words.BOOK_BACK_STEM.format(stem=wanted.stem, turn="" if turn == 2 else turn - 1)
        found = wanted.with_name(stem + wanted.suffix)
        if not found.exists() and ((alone and turn == 1) or not backup.backup_folder(found).exists()):
            return found
    raise _all_taken(wanted)


def _all_taken(wanted: Path) -> OSError:
    return FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(wanted))


def _move(path: Path, target: Path) -> None:
    """The book first, then what belongs to it. What has moved goes back where something does not move."""
    pairs = [*((_beside(path, companion), _beside(target, companion)) for companion in ("", *COMPANIONS)),
             (backup.backup_folder(path), backup.backup_folder(target))]
    moved: list[tuple[Path, Path]] = []
    try:
        for old, new in pairs:
            if old.exists():
                os.rename(old, new)  # noqa: PTH104 - never over something: the names are new
                moved.append((old, new))
        for folder in {path.parent, target.parent}:
            backup.sync_folder(folder)
    except OSError as error:
        for old, new in reversed(moved):
            try:
                os.rename(new, old)  # noqa: PTH104
            except OSError:
                logger.exception("%s stays at %s", old.name, new)
        _tidy(target.parent)
        raise errors.explain(error, path) from error


def _tidy(room: Path) -> None:
    """Folders in which nothing lies any more go."""
    if room.parent.name == words.BIN_FOLDER:
        for folder in (room, room.parent):
            with contextlib.suppress(OSError):  # something else lies there
                folder.rmdir()


def _found(book: Path) -> Discarded:
    match = _NAME.search(book.parent.name)
    at = datetime.strptime(match[1], "%Y%m%d-%H%M%S") if match else None  # noqa: DTZ007
    return Discarded(book, book.parent.parent.parent, at)


def _beside(path: Path, companion: str) -> Path:
    return path.with_name(path.name + companion)
