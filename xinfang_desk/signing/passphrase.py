"""The passphrase of a key: typed at a terminal or read from a file descriptor, used, forgotten.

Never an argument and never an environment variable: both are shown to every user of the machine.
"""

from __future__ import annotations

import getpass
import os
import warnings

from xinfang_desk.messages import signing as words
from xinfang_desk.signing.errors import SigningError

_LONGEST = 1024


class Passphrase:
    """Keeps a passphrase out of ``repr``, logs, tracebacks and pickles; `forget` overwrites it."""

    __slots__ = ("_secret",)

    def __init__(self, text: str) -> None:
        self._secret = bytearray(text.encode("utf-8"))

    def reveal(self) -> bytes:
        """The passphrase as UTF-8, as PKCS#12 libraries want it."""
        return bytes(self._secret)

    def forget(self) -> None:
        """Overwrite what is kept. Copies a library made meanwhile are out of reach."""
        self._secret[:] = bytes(len(self._secret))
        self._secret.clear()

    def __len__(self) -> int:
        return len(self._secret.decode("utf-8"))

    def __bool__(self) -> bool:
        return bool(self._secret)

    def __repr__(self) -> str:
        return words.PASSPHRASE_SHOWN

    def __reduce__(self) -> str:
        raise TypeError("a passphrase is not written anywhere")


def read_passphrase(fd: int) -> Passphrase:
    """Read the first line from the open file descriptor *fd*, without its line end. The descriptor stays open.

    :raises SigningError: not readable, empty, longer than 1024 bytes or not UTF-8.
    """
    collected = bytearray()
    try:
        while b"\n" not in collected and len(collected) <= _LONGEST:
            chunk = os.read(fd, _LONGEST)
            if not chunk:
                break
            collected += chunk
    except OSError as error:
        raise SigningError(words.PASSPHRASE_NO_READ.format(fd=fd, strerror=error.strerror)) from error
    line = bytes(collected).split(b"\n", 1)[0].removesuffix(b"\r")
    collected[:] = bytes(len(collected))
    if len(line) > _LONGEST:
        raise SigningError(words.PASSPHRASE_LONG.format(fd=fd, longest=_LONGEST))
    if not line:
        raise SigningError(words.PASSPHRASE_NOTHING.format(fd=fd))
    try:
        return Passphrase(line.decode("utf-8"))
    except UnicodeDecodeError:
        # "from None": the exception carries the bytes that were read.
        raise SigningError(words.PASSPHRASE_NOT_UTF8) from None


def ask_passphrase(prompt: str = words.ASK_PASSPHRASE, *, repeat: bool = False) -> Passphrase:
    """Ask at the terminal without echo; with *repeat*, twice, for a new key.

    :raises SigningError: no terminal that can hide typing, nothing typed, or the two differ.
    """
    first = _ask(prompt)
    if not first:
        raise SigningError(words.PASSPHRASE_EMPTY)
    if repeat and _ask(words.ASK_AGAIN) != first:
        raise SigningError(words.PASSPHRASE_DIFFERENT)
    return Passphrase(first)


def _ask(prompt: str) -> str:
    with warnings.catch_warnings():
        # getpass only warns before it echoes a secret on the screen.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (getpass.GetPassWarning, EOFError) as error:
            raise SigningError(words.PASSPHRASE_NO_TERMINAL) from error
