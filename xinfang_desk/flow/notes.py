"""Small things kept with the book (last page, unit of money), written in the background: nobody waits for them."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xinfang_desk.store import Book

logger = logging.getLogger(__name__)


class Notes:
    """What was noted is told again at once; on disk it is after :meth:`close` at the latest.

    A note that cannot be written is logged and given up: it is no entry of the clerk's.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._guard = threading.Lock()
        self._fresh: dict[str, str] = {}
        self._waiting: dict[str, str] = {}
        self._thread: threading.Thread | None = None

    def keep(self, key: str, value: str) -> None:
        """Keep a text under ``key``. A book open for reading keeps nothing."""
        if self._book.read_only:
            return
        with self._guard:
            self._fresh[key] = self._waiting[key] = value
            if self._thread is None:
                self._thread = threading.Thread(target=self._write, name="xinfang-notes", daemon=True)
                self._thread.start()

    def recall(self, key: str) -> str | None:
        """What is kept under ``key``, ``None`` where nothing is."""
        known = self._fresh.get(key)
        return self._book.recall(key) if known is None else known

    def close(self) -> None:
        """Wait until what was noted is written."""
        with self._guard:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _write(self) -> None:
        from xinfang_desk.store import StoreError

        while True:
            with self._guard:
                if not self._waiting:
                    self._thread = None
                    return
                key = next(iter(self._waiting))
                value = self._waiting.pop(key)
            try:
                self._book.remember(key, value)
            except StoreError as error:
                logger.warning("a note could not be kept: %s: %s", key, error)
