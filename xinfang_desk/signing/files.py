"""Writing beside the target and moving into place: a target is either whole or untouched."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from xinfang_desk.messages import signing as words
from xinfang_desk.signing.errors import SigningError


@contextlib.contextmanager
def written_beside(target: Path, data: bytes, *, mode: int = 0o666, replace: bool = True) -> Iterator[Path]:
    """Write *data* to a new file next to *target* and yield its path, so the caller can check what is on the disk.

    When the block ends well the file takes the place of *target*; when it raises, nothing is left behind.
    *mode* is cut by the umask; ``0o600`` makes it the owner's alone. Without *replace* an existing target is kept.

    :raises SigningError: the folder cannot be written, the disk is full, or the target exists and must be kept.
    """
    beside = target.with_name(f".{target.name[:60]}.{secrets.token_hex(6)}.part")
    try:
        _write(beside, data, mode)
        yield beside
        _move(beside, target, replace)
    except OSError as error:
        raise SigningError(
            words.CANNOT_WRITE.format(target=target, strerror=error.strerror or error)
        ) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _write(path: Path, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _move(beside: Path, target: Path, replace: bool) -> None:
    if replace:
        beside.replace(target)
        return
    try:
        # A hard link fails if the name is taken, with no moment between looking and taking.
        os.link(beside, target)
    except FileExistsError:
        raise SigningError(words.TARGET_EXISTS.format(target=target)) from None
    except OSError:
        # FAT and some network shares know no hard links.
        if target.exists():
            raise SigningError(words.TARGET_EXISTS.format(target=target)) from None
        beside.replace(target)
