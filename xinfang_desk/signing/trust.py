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
            raise SigningError(f"打不开受信任的证书文件“{path}”（{error.strerror or error}）。请检查路径。") from error
        try:
            ders = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
            for der in ders:
                certificate = asn1_x509.Certificate.load(der, strict=True)
                certificate.subject.native  # noqa: B018 - asn1crypto parses only when asked
                found.append(certificate)
        except (ValueError, TypeError) as error:
            raise SigningError(f"“{path.name}”不是证书文件（.cer、.crt 或 .pem）。请重新选择。") from error
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
        return "签名用的是演示证书，不具法律效力，只供试用。别的阅读器会提示“不受信任”或“身份未知”，这是正常的。"
    if now.astimezone(UTC) > certificate.not_valid_after:
        return f"签名人的证书已在 {certificate.not_valid_after.astimezone():%Y-%m-%d} 过期，别的阅读器会提示“证书已过期”。"
    if now.astimezone(UTC) < certificate.not_valid_before:
        return "签名人的证书还没有到生效日期，别的阅读器会提示“证书无效”。请检查本机日期。"
    if status.revoked:
        return "签名人的证书已被吊销，签名不应再被信任。"
    if certificate.subject == certificate.issuer:
        return "证书是签名人自己签发的，没有发证机构证明其身份，所以别的阅读器会提示“不受信任”。请与签名人当面核对。"
    issuer = _text(certificate.issuer, "common_name") or _text(certificate.issuer, "organization_name")
    if any_trusted:
        return f"发证机构“{issuer}”不在给出的受信任机构之内，所以签名人的身份没有得到证明。"
    return (
        f"没有指定受信任的发证机构，签名人的身份没有核对；本机若不认识发证机构“{issuer}”，"
        "别的阅读器会提示“不受信任”，这不等于文件被改动。"
    )


def _text(name: asn1_x509.Name, part: str) -> str:
    value = name.native.get(part, "")
    return str(value[0] if isinstance(value, list) else value).strip()
