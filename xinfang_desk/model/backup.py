"""A book's backups: which there are and what is in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Backup:
    """One finished backup by its name: where, when made (the clerk's wall clock), why ('' where the name does not say), how many bytes."""

    path: PurePath
    at: datetime
    reason: str
    size: int


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What a backup holds. ``problem``: why it is of no use, '' where it passed the full check."""

    problem: str
    unit: str = ""
    years: tuple[int, ...] = ()
    lines: int = 0

    @property
    def sound(self) -> bool:
        """Whether it can be restored."""
        return not self.problem
