"""What the store tells about a book besides its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from xinfang_desk.model.edition import Explained
from xinfang_desk.model.ledger import Unit


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a book open: name, machine, process and since when (ISO text)."""

    name: str
    host: str
    pid: int
    since: str

    @property
    def since_when(self) -> str:
        """Since when, to the minute, as a clerk reads it; as it stands in the file where it is no time."""
        try:
            return f"{datetime.fromisoformat(self.since):%Y-%m-%d %H:%M}"
        except ValueError:
            return self.since


@dataclass(frozen=True, slots=True)
class YearInfo:
    """One year of a book. ``changed`` is the time of the last change (ISO text), '' where there is none."""

    year: int
    pack: str
    unit: Unit
    lines: int
    changed: str


@dataclass(frozen=True, slots=True)
class BinnedYear:
    """A year in the bin. ``at`` (ISO text) and ``who``: when and by whom it was put there."""

    id: int
    year: int
    pack: str
    unit: Unit
    lines: int
    editions: int
    at: str
    who: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One row of the history, newest kept for ever.

    ``kind``: ``change`` (typed), ``undo`` and ``redo`` (of the change ``of``), ``created``, ``binned`` and ``restored``
    (the year went to the bin and came back). ``state`` of a change: ``done``, ``undone`` (can be redone) or ``dropped``
    (undone, then something else was typed); others ``noted``.
    """

    sequence: int
    at: str
    who: str
    label: str
    kind: Literal["change", "undo", "redo", "created", "binned", "restored"]
    state: Literal["done", "undone", "dropped", "noted"]
    of: int | None


@dataclass(frozen=True, slots=True)
class EditionFile:
    """A file of an edition as it was handed over."""

    kind: str
    name: str
    size: int
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True)
class EditionInfo:
    """An edition that was built. ``sequence``: the last change it contains; ``signatures``: who must have signed it."""

    year: int
    number: int
    title: str
    date: str
    draft: bool
    at: str
    who: str
    sequence: int
    files: tuple[EditionFile, ...]
    explained: tuple[Explained, ...]
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """What was found when a book was opened and the clerk should know. ``once``: it is so as long as the book lies where
    it does, so telling it once for the folder is enough."""

    sentence: str
    once: bool = False


@dataclass(frozen=True, slots=True)
class Discarded:
    """A deleted book. ``path``: its file as it lies in the bin; ``home``: the folder it came from; ``at``: when, on the
    clerk's wall clock, ``None`` where its folder was given another name by hand."""

    path: Path
    home: Path
    at: datetime | None
