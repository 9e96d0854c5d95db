"""Makes the automatic backups of an open book in the background: one a day, also when the program runs past midnight,
and now and then while much is being changed."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from pathlib import Path

from xinfang_desk.model.backup import AT_WORK, DAILY, Reason
from xinfang_desk.store import backup
from xinfang_desk.store.errors import StoreError

MANY_CHANGES = 300
"""So many changes since the last backup make another one worth while …"""

PAUSE = timedelta(minutes=30)
"""… though not more often than this; a backup that failed is tried again after as long."""


class Keeper:
    """The backups of one open book. Methods may be called from any thread; one backup is made at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._making = threading.Lock()
        self._thread: threading.Thread | None = None
        self._day: date | None = None
        self._last: datetime | None = None
        self._tip = 0
        self.problem: StoreError | None = None
        """Why the last backup failed, or ``None``."""

    def tend(self, now: datetime, tip: int) -> None:
        """Start a backup in the background if one is due. ``tip``: how far the history goes. Cheap when none is due."""
        if self._thread is not None and self._thread.is_alive():
            return
        waited = self._last is None or now - self._last >= PAUSE
        if self._day != now.date() or (self.problem is not None and waited):
            self._day = now.date()
            if self.problem is None and backup.made_on(self._path, now):
                self._last, self._tip = now, tip
                return
            self._start(DAILY, now, tip)
        elif waited and tip - self._tip >= MANY_CHANGES:
            self._start(AT_WORK, now, tip)

    def make(self, reason: Reason, now: datetime) -> Path:
        """Make a backup beside the book at once. Raises :class:`StoreError`."""
        with self._making:
            return backup.automatic(self._path, reason, now)

    @property
    def working(self) -> bool:
        """Whether a backup is being made in the background."""
        return self._thread is not None and self._thread.is_alive()

    def wait(self) -> None:
        """Until the backup in the background is done."""
        if self._thread is not None:
            self._thread.join()

    def _start(self, reason: Reason, now: datetime, tip: int) -> None:
        self._last, self._tip = now, tip
        self._thread = threading.Thread(target=self._run, args=(reason, now), name="xinfang-backup", daemon=True)
        self._thread.start()

    def _run(self, reason: Reason, now: datetime) -> None:
        try:
            self.make(reason, now)
            self.problem = None
        except StoreError as error:
            self.problem = error
