"""The lock beside a book: one writer at a time, and the others learn who it is.

The operating system's lock on ``<book>.lock`` is the truth on one machine: it goes with its process, however that
ends, so a crash leaves nothing to clear up. What is written in the file names the holder, and is the only sign
where a shared folder does not carry locks from machine to machine.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from xinfang_desk.processes import lives
from xinfang_desk.store.errors import BookInUse, explain
from xinfang_desk.store.info import Holder

_BUSY = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_LOCKED_BYTE = 1 << 20
"""Windows locks bytes against reading too, so the lock sits far behind the text."""


def lock_path(path: Path) -> Path:
    """The lock file of a book."""
    return path.with_name(path.name + ".lock")


class BookLock:
    """Held from the moment of creation until :meth:`release`."""

    def __init__(self, path: Path, *, holder: str, now: datetime, take_over: bool = False) -> None:
        """Take the lock of the book at ``path``.

        Raises :class:`BookInUse` where it is held, :class:`StoreError` where the folder cannot be written.
        """
        self._file = lock_path(path)
        self.holder = Holder(holder, platform.node(), os.getpid(), now.isoformat(timespec="seconds"))
        self.left_behind: Holder | None = None
        try:
            self._descriptor = self._take(path, take_over)
        except OSError as error:
            raise explain(error, path) from error

    def _take(self, path: Path, take_over: bool) -> int:
        while True:
            descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                held = _try_os_lock(descriptor)
                if held is not False and not _still_there(descriptor, self._file):
                    # The former holder removed the file between our opening and our locking it.
                    os.close(descriptor)
                    continue
                former = _read(descriptor)
                self._refuse_if_held(path, held, former, take_over)
                self.left_behind = former
                self._write(descriptor)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.close(descriptor)
                raise
            return descriptor

    def _refuse_if_held(self, path: Path, held: bool | None, former: Holder | None, take_over: bool) -> None:
        if held is False:
            raise BookInUse(path, former)
        if former is None or take_over or former == self.holder:
            return
        if former.host != self.holder.host:
            raise BookInUse(path, former, other_machine=True)
        if held is None and _alive(former.pid):
            raise BookInUse(path, former)

    def renew(self, path: Path) -> None:
        """Take the lock anew, after the medium it lay on was away. Raises as the making of it does."""
        with contextlib.suppress(OSError):
            os.close(self._descriptor)
        self._descriptor = -1
        try:
            self._descriptor = self._take(path, take_over=False)
        except OSError as error:
            raise explain(error, path) from error

    def _write(self, descriptor: int) -> None:
        text = json.dumps(asdict(self.holder), ensure_ascii=False).encode("utf-8")
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, text)
        os.fsync(descriptor)

    def release(self) -> None:
        """Give the lock back. Harmless when repeated."""
        if self._descriptor < 0:
            return
        descriptor, self._descriptor = self._descriptor, -1
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
        if sys.platform == "win32":
            os.close(descriptor)
            with contextlib.suppress(OSError):
                self._file.unlink()
        else:
            with contextlib.suppress(OSError):
                self._file.unlink()
            os.close(descriptor)


def _try_os_lock(descriptor: int) -> bool | None:
    """True: locked by us; False: another has it; None: this file system carries no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in _BUSY else None
    return True


def _still_there(descriptor: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), file.stat())
    except FileNotFoundError:
        return False


def _read(descriptor: int) -> Holder | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        found = json.loads(os.read(descriptor, 4096).decode("utf-8"))
        return Holder(str(found["name"]), str(found["host"]), int(found["pid"]), str(found["since"]))
    except (ValueError, KeyError, TypeError):
        # Empty after a proper release, or cut short by a crash while it was written.
        return None


def _alive(pid: int) -> bool:
    if sys.platform == "win32":
        # Never tried there; such a lock is set aside by hand.
        return True
    return lives(pid) is not False


