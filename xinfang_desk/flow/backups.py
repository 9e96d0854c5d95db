"""Backups of a book for the window and the terminal: which there are, making one, going back to one.

Everything here reads or writes files; the window calls it away from its own thread.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path, PurePath

from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import DeskError, telling
from xinfang_desk.flow.holder import holder_name
from xinfang_desk.flow.ways import Way
from xinfang_desk.messages import safety as words
from xinfang_desk.model.backup import BEFORE_RESTORE, BY_HAND, Backup, BackupContents


@dataclass(frozen=True, slots=True)
class Standing:
    """How a book stands with its backups, for the status line. ``detail``: the whole of it, with what to do."""

    words: str
    detail: str
    good: bool
    working: bool = False
    """a backup is being made just now"""


def backups(path: Path) -> tuple[Backup, ...]:
    """The backups of a book, newest first, by their names alone. Raises :class:`DeskError`."""
    from xinfang_desk.store import backup

    with telling():
        return backup.listed(path)


def contents(path: PurePath) -> BackupContents:
    """Open a backup and check it in full."""
    from xinfang_desk.store import backup

    return backup.contents(path)


def standing(desk: Desk, now: dt.datetime) -> Standing:
    """The newest good backup of an open book, or the plain reason why there is none."""
    from xinfang_desk.store import StoreError, backup

    book = desk.book
    working = bool(book.backing_up)
    problem = book.backup_problem
    try:
        newest = backup.newest_sound(book.path)
    except StoreError as error:
        newest, problem = None, problem or error
    if newest is None:
        if problem is not None:
            return Standing(words.NO_BACKUP, words.NO_BACKUP_WHY.format(reason=problem.message), good=False)
        return Standing(words.BACKUP_WORKING if working else words.NO_BACKUP, words.NO_BACKUP_YET, good=working, working=working)
    when = when_words(newest.at, now)
    detail = words.NEWEST_DETAIL.format(when=when, reason=newest.reason, folder=newest.path.parent)
    if problem is not None:
        return Standing(words.NEWEST.format(when=when), words.LAST_FAILED.format(detail=detail, reason=problem.message), good=False)
    return Standing(words.NEWEST.format(when=when), detail, good=True, working=working)


def make(desk: Desk) -> Path:
    """Make a backup beside an open book now. Raises :class:`DeskError`."""
    with telling():
        return Path(desk.book.backup_here(dt.datetime.now().astimezone()))


def make_beside(path: Path, target: Path | None = None) -> Path:
    """Make a backup of a book that this program does not have open, beside it or at ``target``; returns where.

    An existing ``target`` is never overwritten. Raises :class:`DeskError`.
    """
    from xinfang_desk import store
    from xinfang_desk.store import backup, elsewhere

    now = dt.datetime.now().astimezone()
    with telling(), store.open_book(path, holder=holder_name(), now=now, read_only=True) as book:
        if target is None:
            return backup.automatic(path, BY_HAND, now)
        elsewhere.check_target(path, target.absolute())
        book.backup(target)
        return target


def copy_to(desk: Desk, target: Path) -> None:
    """Put a checked copy of an open book somewhere else, on a stick for example. Raises :class:`DeskError`."""
    from xinfang_desk.store import backup, elsewhere

    with telling():
        if target.absolute() == desk.path.absolute():
            elsewhere.check_target(desk.path, target.absolute())
        desk.book.backup(target)
        backup.check_sound(target)


def copy_book(path: Path, target: Path) -> None:
    """Copy a book that is not open, sound or not, to ``target``. Raises :class:`DeskError`."""
    from xinfang_desk.store import elsewhere

    with telling():
        elsewhere.copy_book(path, target)


def restore(path: Path, chosen: Backup) -> str:
    """Go back to a backup; the book must be closed. Returns the sentence that says what was done.

    The state that is replaced is kept. Raises :class:`DeskError`; then the book is as it was.
    """
    from xinfang_desk import store

    now = dt.datetime.now().astimezone()
    when = when_words(chosen.at, now)
    reason = chosen.reason or words.REASON_OTHER
    with telling():
        kept = store.restore_book(path, Path(chosen.path), holder=holder_name(), now=now,
                                  note=words.RESTORED_NOTE.format(when=f"{chosen.at:%Y-%m-%d %H:%M}", reason=reason))
    told = words.RESTORED_ALONE if kept is None else words.RESTORED if kept.suffix == ".xfb" and BEFORE_RESTORE in kept.stem else words.RESTORED_RAW
    return told.format(when=when, reason=reason, kept=kept)


def newest_good(path: Path) -> Backup:
    """The newest backup that passes the full check. Raises :class:`DeskError` where there is none."""
    from xinfang_desk.store import backup

    with telling():
        found = backup.newest_sound(path)
    if found is None:
        some = bool(backups(path))
        raise DeskError(words.NO_GOOD_BACKUP if some else words.NONE_BESIDE.format(folder=path.parent), (Way.SALVAGE, Way.CHOOSE))
    return found


def when_words(at: dt.datetime, now: dt.datetime) -> str:
    """A time as people say it: 今天 09:12, 昨天 17:40, 3月2日 08:00."""
    days = (now.date() - at.date()).days
    form = words.TODAY if days == 0 else words.YESTERDAY if days == 1 else words.SAME_YEAR if at.year == now.year else words.OTHER_YEAR
    return form.format(time=f"{at:%H:%M}", year=at.year, month=at.month, day=at.day)


def size_words(size: int) -> str:
    """A file's size: 96 KB, 1.4 MB."""
    return f"{size / 1024:.0f} KB" if size < 1_000_000 else f"{size / 1024 / 1024:.1f} MB"
