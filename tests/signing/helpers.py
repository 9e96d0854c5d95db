"""What a forger does to a signed file, and keys that are not 演示 ones."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from xinfang_desk.signing.keys import OpenKey
from xinfang_desk.signing.machinery import KeptKeySigner

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))
PASSPHRASE = "口令-Trial 1"
_BYTE_RANGE = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\s*\]")

SomeKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


def name(common_name: str, organization: str = "某县信访局") -> x509.Name:
    """A subject as an authority would write it."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def certificate(
    subject: x509.Name,
    key: SomeKey,
    issuer: x509.Name | None = None,
    issuer_key: SomeKey | None = None,
    *,
    start: datetime = NOW - timedelta(days=1),
    days: int = 365,
    authority: bool = False,
    stamps_time: bool = False,
) -> x509.Certificate:
    """A certificate; self-signed without an issuer."""
    usage = x509.KeyUsage(
        not authority, not authority, False, False, False, authority, authority, False, False
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(usage, critical=True)
    )
    if stamps_time:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
    signing_key = issuer_key or key
    return builder.sign(signing_key, None if isinstance(signing_key, ed25519.Ed25519PrivateKey) else hashes.SHA256())


def write_p12(
    path: Path, key: SomeKey | None, own: x509.Certificate | None, others: list[x509.Certificate] | None = None
) -> Path:
    """A PKCS#12 file under PASSPHRASE."""
    protection = BestAvailableEncryption(PASSPHRASE.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(None, key, own, others, protection))
    return path


def write_pem(path: Path, own: x509.Certificate) -> Path:
    """A certificate file."""
    path.write_bytes(own.public_bytes(Encoding.PEM))
    return path


def byte_range(data: bytes) -> tuple[int, int, int, int]:
    """The last signature's /ByteRange."""
    found = _BYTE_RANGE.findall(data)[-1]
    a, b, c, d = (int(part) for part in found)
    return a, b, c, d


def cms_of(data: bytes) -> bytes:
    """The last signature's CMS with its padding."""
    _, length, resume, _ = byte_range(data)
    return bytes.fromhex(data[length + 1 : resume - 1].decode("ascii"))


def update(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Append an incremental update, as an editor that knows its trade would."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_wider_gap(data: bytes, key: OpenKey, by: int) -> bytes:
    """A signature of a hostile signer: valid, but leaving *by* bytes on each side of itself uncovered."""
    _, length, resume, rest = byte_range(data)
    new = (0, length - by, resume + by, rest - by)
    match = list(_BYTE_RANGE.finditer(data))[-1]
    text = f"/ByteRange [{new[0]} {new[1]} {new[2]} {new[3]}".encode()
    text = text.ljust(match.end() - match.start() - 1) + b"]"
    forged = data[: match.start()] + text + data[match.end() :]
    digest = hashlib.sha256(forged[: new[1]] + forged[new[2] : new[2] + new[3]]).digest()
    message: bytes = asyncio.run(KeptKeySigner(key).async_sign(digest, "sha256", use_pades=True)).dump()
    digits = message.hex().encode().ljust(resume - length - 2, b"0")
    return forged[: length + 1] + digits + forged[resume - 1 :]


def utc(moment: datetime) -> datetime:
    """The same moment in UTC."""
    return moment.astimezone(UTC)
