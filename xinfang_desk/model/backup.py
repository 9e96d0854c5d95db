"""A book's backups: which there are and what is in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Literal

Reason = Literal["每日", "工作中", "升级前", "手动", "恢复前"]
"""Why a backup was made; it stands in the backup's file name."""
DAILY: Reason = "每日"
AT_WORK: Reason = "工作中"
BEFORE_UPGRADE: Reason = "升级前"
BY_HAND: Reason = "手动"
BEFORE_RESTORE: Reason = "恢复前"
FOLDER = "{stem}.备份"
"""The folder beside a book that its backups lie in."""
UNREADABLE = "打不开的原件"
ORIGINAL = "原件"
STRAY = "不属于它的记录"
"""In that folder: the files of a book that could not be read, and a write-ahead file that was not the book's."""


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
