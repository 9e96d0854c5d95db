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
        self._state = threading.Condition()
        self._fresh: dict[str, str] = {}
        self._waiting: dict[str, str] = {}
        self._closing = False
        # Started now: to start a thread takes a while, and notes are made while pages are turned.
        self._thread = threading.Thread(target=self._write, name="xinfang-notes", daemon=True)
        if not book.read_only:
            self._thread.start()

    def keep(self, key: str, value: str) -> None:
        """Keep a text under ``key``. A book open for reading keeps nothing."""
        if self._book.read_only:
            return
        with self._state:
            self._fresh[key] = self._waiting[key] = value
            self._state.notify_all()

    def recall(self, key: str) -> str | None:
        """What is kept under ``key``, ``None`` where nothing is."""
        known = self._fresh.get(key)
        return self._book.recall(key) if known is None else known

    def close(self) -> None:
        """Wait until what was noted is written. Harmless when repeated."""
        with self._state:
            self._closing = True
            self._state.notify_all()
        if self._thread.is_alive():
            self._thread.join()

    def _write(self) -> None:
        from xinfang_desk.store import StoreError

        while True:
            with self._state:
                while not self._waiting and not self._closing:
                    self._state.wait()
                if not self._waiting:
                    return
                key = next(iter(self._waiting))
                value = self._waiting.pop(key)
            try:
                self._book.remember(key, value)
            except StoreError as error:
                logger.warning("a note could not be kept: %s: %s", key, error)
