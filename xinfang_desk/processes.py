"""Whether a process still runs, by its number."""

from __future__ import annotations

import os
import sys

_SYNCHRONIZE = 0x00100000
_STILL_RUNNING = 0x102


def lives(pid: int) -> bool | None:
    """Return ``True`` where this user's process of that number runs, ``None`` where somebody else's does, else ``False``."""
    if sys.platform == "win32":
        return _lives_on_windows(pid)
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return None
    return True


def _lives_on_windows(pid: int) -> bool:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - not there on other systems
    handle = kernel.OpenProcess(_SYNCHRONIZE, False, pid)
    if not handle:
        return False
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == _STILL_RUNNING)
    finally:
        kernel.CloseHandle(handle)
