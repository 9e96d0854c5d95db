"""Keys and signatures for the window and the terminal: open a key, make a 演示 key, check a signed file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xinfang_desk.flow.errors import DeskError
from xinfang_desk.model.signature import SigningIdentity, VerifyReport

if TYPE_CHECKING:
    from xinfang_desk.signing import OpenKey, Passphrase


def open_key(path: Path, passphrase: str) -> OpenKey:
    """Open a PKCS#12 file. Raises :class:`DeskError` with the reason; the passphrase is forgotten afterwards."""
    from xinfang_desk import signing

    secret = signing.Passphrase(passphrase)
    try:
        return signing.open_key(path, secret)
    except signing.SigningError as error:
        raise DeskError(error.message_cn) from error
    finally:
        secret.forget()


def open_key_from(path: Path, passphrase_fd: int | None) -> OpenKey:
    """Open a PKCS#12 file with the passphrase from a file descriptor, or typed at the terminal without one."""
    from xinfang_desk import signing

    try:
        secret = _secret(passphrase_fd, repeat=False)
        try:
            return signing.open_key(path, secret)
        finally:
            secret.forget()
    except signing.SigningError as error:
        raise DeskError(error.message_cn) from error


def make_demo_key(path: Path, name: str, passphrase_fd: int | None) -> SigningIdentity:
    """Make a marked 演示 key file. Raises :class:`DeskError`."""
    from xinfang_desk import signing

    try:
        secret = _secret(passphrase_fd, repeat=True)
        try:
            return signing.make_demo_key(path, name, secret)
        finally:
            secret.forget()
    except signing.SigningError as error:
        raise DeskError(error.message_cn) from error


def _secret(fd: int | None, *, repeat: bool) -> Passphrase:
    from xinfang_desk import signing

    return signing.ask_passphrase(repeat=repeat) if fd is None else signing.read_passphrase(fd)


def verify(path: Path) -> VerifyReport:
    """What is known about the signatures of a PDF, in Chinese. Never raises for a bad file: the report says it."""
    from xinfang_desk import signing

    return signing.verify_pdf(path)


