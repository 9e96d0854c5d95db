"""The ways on when a book's file makes trouble: which are offered, the safe one first."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from xinfang_desk.model.backup import FOLDER

if TYPE_CHECKING:
    from xinfang_desk.store import Trouble


class Way(Enum):
    """What can be done about a book that does not open."""

    RETRY = "retry"
    READ_ONLY = "read only"
    RESTORE = "restore a backup"
    SALVAGE = "save what can be read into a new book"
    COPY = "copy the book elsewhere and go on there"
    TAKE_OVER = "take over a lock left on another computer"
    CHOOSE = "choose another file"


def offered(path: Path, ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """Those of ``ways`` that lead anywhere for the book at ``path``: no restoring without backups."""
    folder = path.with_name(FOLDER.format(stem=path.stem))
    return tuple(way for way in ways if way is not Way.RESTORE or folder.is_dir())


def ways_on(trouble: Trouble) -> tuple[Way, ...]:
    """What is offered for a kind of trouble."""
    from xinfang_desk.store import Trouble

    offered: dict[Trouble, tuple[Way, ...]] = {
        Trouble.MISSING: (Way.RETRY, Way.CHOOSE, Way.RESTORE),
        Trouble.NOT_A_BOOK: (Way.CHOOSE, Way.RESTORE),
        Trouble.FOREIGN: (Way.CHOOSE,),
        Trouble.NEWER: (Way.CHOOSE,),
        Trouble.OLDER: (Way.COPY, Way.RETRY),
        Trouble.DAMAGED: (Way.RESTORE, Way.SALVAGE, Way.COPY, Way.CHOOSE),
        Trouble.NOT_WRITABLE: (Way.READ_ONLY, Way.COPY, Way.RETRY),
        Trouble.FULL: (Way.READ_ONLY, Way.RETRY, Way.COPY),
        Trouble.BUSY: (Way.RETRY, Way.READ_ONLY),
        Trouble.DISK: (Way.RETRY, Way.COPY, Way.READ_ONLY, Way.RESTORE),
        Trouble.GONE: (Way.RETRY, Way.CHOOSE),
        Trouble.REPLACED: (Way.RETRY, Way.CHOOSE),
        Trouble.IN_USE: (Way.READ_ONLY, Way.RETRY),
        Trouble.ELSEWHERE: (Way.READ_ONLY, Way.RETRY, Way.TAKE_OVER)}
    return offered.get(trouble, (Way.RETRY, Way.RESTORE, Way.COPY))
