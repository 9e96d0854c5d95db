"""The passphrase of a key: typed at a terminal or read from a file descriptor, used, forgotten.

Never an argument and never an environment variable: both are shown to every user of the machine.
"""

from __future__ import annotations

import getpass
import os
import warnings

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
        return "<口令>"

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
        raise SigningError(f"从文件描述符 {fd} 读不到口令（{error.strerror}）。请检查命令里的重定向写法。") from error
    line = bytes(collected).split(b"\n", 1)[0].removesuffix(b"\r")
    collected[:] = bytes(len(collected))
    if len(line) > _LONGEST:
        raise SigningError(f"从文件描述符 {fd} 读到的口令超过 {_LONGEST} 个字节，不像是口令。请检查给的是不是口令文件。")
    if not line:
        raise SigningError(f"从文件描述符 {fd} 没有读到口令。请把口令写在第一行。")
    try:
        return Passphrase(line.decode("utf-8"))
    except UnicodeDecodeError:
        # "from None": the exception carries the bytes that were read.
        raise SigningError("读到的口令不是 UTF-8 编码的文字。请用 UTF-8 保存口令文件后再试。") from None


def ask_passphrase(prompt: str = "证书口令：", *, repeat: bool = False) -> Passphrase:
    """Ask at the terminal without echo; with *repeat*, twice, for a new key.

    :raises SigningError: no terminal that can hide typing, nothing typed, or the two differ.
    """
    first = _ask(prompt)
    if not first:
        raise SigningError("没有输入口令。请重新操作并输入证书的口令。")
    if repeat and _ask("再输入一次口令：") != first:
        raise SigningError("两次输入的口令不一致。请重新操作。")
    return Passphrase(first)


def _ask(prompt: str) -> str:
    with warnings.catch_warnings():
        # getpass only warns before it echoes a secret on the screen.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (getpass.GetPassWarning, EOFError) as error:
            raise SigningError("这里没有能隐藏输入的终端，不能输入口令。请改从文件描述符读取口令。") from error
