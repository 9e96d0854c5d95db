"""Whose certificate it is, and why a reader may say 不受信任."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureStatus
from pyhanko_certvalidator import ValidationContext

from xinfang_desk.messages import signing as words
from xinfang_desk.signing.errors import SigningError
from xinfang_desk.signing.keys import is_demo_name

# Chinese authorities give digital_signature, non_repudiation or both to those who sign documents.
KEY_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})


def load_trusted(paths: Iterable[Path]) -> tuple[asn1_x509.Certificate, ...]:
    """The certificates of trusted authorities from PEM or DER files.

    :raises SigningError: a file cannot be read or holds no certificate.
    """
    found: list[asn1_x509.Certificate] = []
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise SigningError(words.TRUST_UNREADABLE.format(
                path=path, strerror=error.strerror or error)) from error
        try:
            ders = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
            for der in ders:
                certificate = asn1_x509.Certificate.load(der, strict=True)
                certificate.subject.native  # noqa: B018 - asn1crypto parses only when asked
                found.append(certificate)
        except (ValueError, TypeError) as error:
            raise SigningError(words.TRUST_NO_CERTIFICATE.format(name=path.name)) from error
    return tuple(found)


def trust_context(trusted: Iterable[asn1_x509.Certificate], now: datetime) -> ValidationContext:
    """Trust *trusted* and nobody else; ask no server."""
    return ValidationContext(trust_roots=list(trusted), allow_fetching=False, moment=now.astimezone(UTC))


def name_of(certificate: asn1_x509.Certificate) -> tuple[str, str]:
    """CN and O of the holder, '' where missing."""
    return _text(certificate.subject, "common_name"), _text(certificate.subject, "organization_name")


def is_demo(certificate: asn1_x509.Certificate) -> bool:
    """True for a certificate made by this program for trying."""
    return is_demo_name(*name_of(certificate))


def trust_note(
    certificate: asn1_x509.Certificate, status: SignatureStatus, now: datetime, *, any_trusted: bool
) -> str:
    """Why the certificate is not trusted, with what that means; '' if it is."""
    if status.trusted and not is_demo(certificate):
        return ""
    if is_demo(certificate):
        return words.DEMO_KEY
    if now.astimezone(UTC) > certificate.not_valid_after:
        return words.CERTIFICATE_EXPIRED.format(not_valid_after=certificate.not_valid_after.astimezone())
    if now.astimezone(UTC) < certificate.not_valid_before:
        return words.CERTIFICATE_NOT_YET
    if status.revoked:
        return words.CERTIFICATE_REVOKED
    if certificate.subject == certificate.issuer:
        return words.SELF_ISSUED
    issuer = _text(certificate.issuer, "common_name") or _text(certificate.issuer, "organization_name")
    if any_trusted:
        return words.ISSUER_UNTRUSTED.format(issuer=issuer)
    return (
        words.NO_TRUST_GIVEN.format(issuer=issuer)
    )


def _text(name: asn1_x509.Name, part: str) -> str:
    value = name.native.get(part, "")
    return str(value[0] if isinstance(value, list) else value).strip()
