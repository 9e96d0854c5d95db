"""Looks at books from outside in threads of its own: a dead network drive keeps nobody waiting."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from xinfang_desk.flow.recent import BookCard

logger = logging.getLogger(__name__)


class BookWatch(QObject):
    """``seen`` brings a :class:`BookCard` for each book asked about, in the window's thread, in any order.

    The threads are daemons: one that hangs on a drive does not keep the program from ending.
    """

    seen = Signal(object)

    def look(self, paths: Iterable[Path]) -> None:
        """Look at books, each in its own thread."""
        today = dt.datetime.now().astimezone().date()
        for path in paths:
            threading.Thread(target=self._look, args=(path, today), name="xinfang-glance", daemon=True).start()

    def warm(self) -> None:
        """Read what the dialog of a new book needs, while nobody waits for it."""
        threading.Thread(target=_warm, name="xinfang-warm", daemon=True).start()

    def _look(self, path: Path, today: dt.date) -> None:
        from xinfang_desk.flow import recent

        try:
            card: BookCard = recent.look(path, today)
        except Exception:
            logger.exception("a look at %s failed", path.name)
            return
        try:
            self.seen.emit(card)
        except RuntimeError:
            logger.info("the window has gone before %s was seen", path.name)


def _warm() -> None:
    from xinfang_desk.flow import regions

    regions.warm()
