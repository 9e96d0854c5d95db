"""Which book files this process has open through SQLite.

On POSIX systems closing any descriptor of a file drops every lock the process has on it, SQLite's too
(https://www.sqlite.org/howtocorrupt.html, 2.2): another program that then opens and closes the book would take itself for
the last one and remove the write-ahead file from under us, with all that is committed later. So a file that is open is
never opened beside SQLite.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_guard = threading.RLock()
_held: Counter[tuple[int, int]] = Counter()


class Hold:
    """Made before SQLite opens the file; released after it has closed it."""

    def __init__(self, path: Path) -> None:
        """Raises ``OSError`` where the file is not there."""
        self._path = path
        self._identity: tuple[int, int] | None = None
        self.renew()

    def renew(self) -> None:
        """The file under the name is another one now."""
        with _guard:
            self.release()
            self._identity = _identity(self._path)
            _held[self._identity] += 1

    def release(self) -> None:
        """Harmless when repeated."""
        with _guard:
            if self._identity is not None:
                _held[self._identity] -= 1
                self._identity = None


@contextmanager
def beside(path: Path) -> Iterator[bool]:
    """Whether the file may be opened without SQLite just now; it stays so inside the ``with``. Raises ``OSError``."""
    identity = _identity(path)  # asked before the guard is taken: a drive that hangs must not hold up other books
    with _guard:
        yield _held[identity] <= 0


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino
