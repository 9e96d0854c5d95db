"""Deleted books: which there are, putting one back, deleting one for good.

Everything here moves or looks at files; the window calls it away from its own thread.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from xinfang_desk.flow.backups import when_words
from xinfang_desk.flow.errors import DeskError, telling
from xinfang_desk.flow.holder import holder_name
from xinfang_desk.flow.recent import BookCard, look
from xinfang_desk.messages import start as words
from xinfang_desk.store.info import Discarded

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InBin:
    """A deleted book with what a list says of it."""

    book: Discarded
    card: BookCard
    when: str


@dataclass(frozen=True, slots=True)
class Bin:
    """The deleted books, newest first. ``away``: folders books were deleted from that cannot be looked into just now:
    their drive may not be there."""

    books: tuple[InBin, ...]
    away: tuple[Path, ...]


def throw_away(path: Path) -> Discarded:
    """Delete a book that is not open; it can be put back. Raises :class:`DeskError`; then it is where it was."""
    from xinfang_desk.store.discard import discard

    with telling():
        return discard(path, holder=holder_name(), now=_now())


def in_bin(homes: Iterable[Path], also: Iterable[Path] = ()) -> Bin:
    """Look for deleted books in the folders they were deleted from, and in some that may have any."""
    from xinfang_desk.store.discard import discarded

    now = _now()
    homes = tuple(homes)
    found: dict[Path, Discarded] = {}
    away: list[Path] = []
    for folder in dict.fromkeys([*homes, *also]):
        try:
            with telling():
                found |= {one.path: one for one in discarded(folder)}
            there = folder.is_dir()
        except (DeskError, OSError) as error:
            logger.info("no deleted books are listed of %s: %s", folder, error)
            there = False
        if not there and folder in homes:
            away.append(folder)
    books = sorted(found.values(), key=lambda one: one.at or dt.datetime.min, reverse=True)  # noqa: DTZ901
    return Bin(tuple(InBin(one, look(one.path, now.date()), words.BIN_NO_TIME if one.at is None else when_words(one.at, now))
                     for one in books), tuple(away))


def bring_back(book: Discarded) -> Path:
    """Put a deleted book back; returns where. Raises :class:`DeskError`."""
    from xinfang_desk.store import discard

    with telling():
        return discard.bring_back(book, holder=holder_name(), now=_now())


def remove(book: Discarded) -> None:
    """Delete a deleted book and its backups for good. Raises :class:`DeskError`."""
    from xinfang_desk.store import discard

    with telling():
        discard.remove(book, holder=holder_name(), now=_now())


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()
