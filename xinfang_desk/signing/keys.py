"""Keys in PKCS#12 files: open one, make a 演示 one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12
from cryptography.x509.oid import NameOID

from xinfang_desk.messages import signing as words
from xinfang_desk.messages import terms
from xinfang_desk.model.signature import SigningIdentity
from xinfang_desk.signing.errors import SigningError
from xinfang_desk.signing.files import written_beside
from xinfang_desk.signing.passphrase import Passphrase

# No PKCS#12 of a person comes near this; a wrong file is not read into memory whole.
_LARGEST_P12 = 4 * 1024 * 1024
_KDF_ROUNDS = 100_000
_DEMO_DAYS = 366
# X.520 allows 64 characters in a common name.
_LONGEST_NAME = 64 - len(words.DEMO_MARK) - 1

SigningKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class OpenKey:
    """An opened key: parsed and proven once, so that each further signature costs only the signature.

    Certificates are kept as pyHanko wants them (asn1crypto). Nothing secret shows in ``repr``.
    """

    identity: SigningIdentity
    private_key: SigningKey = field(repr=False)
    certificate: asn1_x509.Certificate = field(repr=False)
    chain: tuple[asn1_x509.Certificate, ...] = field(repr=False)


def open_key(path: Path, passphrase: Passphrase, *, now: datetime | None = None) -> OpenKey:
    """Open the PKCS#12 file at *path*; *now* (default: this machine's clock) is held against the certificate's dates.

    :raises SigningError: cannot be read, is no PKCS#12, wrong passphrase, no private key in it, a kind of key that
        cannot sign a PDF, no certificate, or a certificate not yet or no longer valid.
    """
    key, certificate, others = _load(path, passphrase)
    identity = _identity(path, key, certificate)
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    if moment > identity.not_after:
        raise SigningError(
            words.KEY_EXPIRED.format(name=path.name, day=_day(identity.not_after))
        )
    if moment < identity.not_before:
        raise SigningError(
            words.KEY_NOT_YET.format(name=path.name, day=_day(identity.not_before))
        )
    return OpenKey(identity, key, _as_asn1(certificate), tuple(_as_asn1(other) for other in others))


def make_demo_key(
    path: Path,
    name: str,
    passphrase: Passphrase,
    *,
    now: datetime | None = None,
    bits: int = 3072,
    replace: bool = False,
) -> SigningIdentity:
    """Write a PKCS#12 file with a 演示 certificate for *name*, issued by a 演示 authority made for it and thrown away.

    AES-256 with PBKDF2; the file is the owner's alone. An existing file is kept unless *replace*.

    :raises SigningError: no name or one too long, a passphrase under six characters, the file exists or cannot be
        written.
    """
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME:
        raise SigningError(words.DEMO_NAME_LENGTH.format(longest_name=_LONGEST_NAME))
    if len(passphrase) < 6:
        raise SigningError(words.PASSPHRASE_SHORT)
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    ca_key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    ca_name = _name(words.DEMO_ISSUER.format(mark=words.DEMO_MARK))
    authority = _builder(ca_name, ca_name, ca_key.public_key(), moment, _AUTHORITY_USE, is_ca=True)
    ca_certificate = authority.sign(ca_key, hashes.SHA256())
    signer = _builder(_name(f"{words.DEMO_MARK} {name}"), ca_name, key.public_key(), moment, _SIGNER_USE, is_ca=False)
    certificate = signer.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
    ).sign(ca_key, hashes.SHA256())
    protection = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(_KDF_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passphrase.reveal())
    )
    data = pkcs12.serialize_key_and_certificates(b"demo", key, certificate, [ca_certificate], protection)
    with written_beside(path, data, mode=0o600, replace=replace) as written:
        _load(written, passphrase)
    return _identity(path, key, certificate)


def _load(
    path: Path, passphrase: Passphrase
) -> tuple[SigningKey, x509.Certificate, list[x509.Certificate]]:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_P12 + 1)
    except OSError as error:
        raise SigningError(words.KEY_UNREADABLE.format(
            path=path, strerror=error.strerror or error)) from error
    if len(data) > _LARGEST_P12:
        raise SigningError(words.KEY_TOO_LARGE.format(name=path.name))
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, passphrase.reveal())
    except UnsupportedAlgorithm as error:
        raise SigningError(words.KEY_CIPHER.format(name=path.name)) from error
    except (ValueError, TypeError) as error:
        # cryptography tells the two apart only in its wording; a test holds it.
        if "password" in str(error).lower():
            raise SigningError(words.PASSPHRASE_WRONG.format(name=path.name)) from None
        raise SigningError(
            words.KEY_NO_PKCS12.format(name=path.name)
        ) from error
    if key is None:
        raise SigningError(words.KEY_NO_PRIVATE.format(name=path.name))
    if certificate is None:
        raise SigningError(words.KEY_NO_CERTIFICATE.format(name=path.name))
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise SigningError(words.KEY_KIND.format(name=path.name))
    return key, certificate, list(others)


def _identity(path: Path, key: SigningKey, certificate: x509.Certificate) -> SigningIdentity:
    try:
        holder, organization = _text(certificate.subject, NameOID.COMMON_NAME), _text(
            certificate.subject, NameOID.ORGANIZATION_NAME
        )
        issuer = _text(certificate.issuer, NameOID.COMMON_NAME) or _text(
            certificate.issuer, NameOID.ORGANIZATION_NAME
        )
    except ValueError as error:
        raise SigningError(words.KEY_NAMES.format(name=path.name)) from error
    kind = "RSA" if isinstance(key, rsa.RSAPrivateKey) else "EC"
    return SigningIdentity(
        holder=shown_name(holder or organization),
        organization=organization,
        issuer=issuer,
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        key=f"{kind}-{key.key_size}",
        is_demo=is_demo_name(holder, organization),
        self_issued=certificate.issuer == certificate.subject,
    )


def is_demo_name(common_name: str, organization: str) -> bool:
    """True for the names `make_demo_key` gives."""
    return common_name.startswith(words.DEMO_MARK) or organization == words.DEMO_ORGANIZATION


def shown_name(common_name: str) -> str:
    """The name of the person, without the 演示 marking."""
    return common_name.removeprefix(words.DEMO_MARK).strip() or common_name


def _text(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value).strip() if found else ""


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, words.DEMO_ORGANIZATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _use(*, signs_documents: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_documents,
        content_commitment=signs_documents,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_documents,
        crl_sign=not signs_documents,
        encipher_only=False,
        decipher_only=False,
    )


_SIGNER_USE = _use(signs_documents=True)
_AUTHORITY_USE = _use(signs_documents=False)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public_key: rsa.RSAPublicKey,
    now: datetime,
    usage: x509.KeyUsage,
    *,
    is_ca: bool,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=_DEMO_DAYS))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=0 if is_ca else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _day(moment: datetime) -> str:
    local = moment.astimezone()
    return terms.DAY.format(year=local.year, month=local.month, day=local.day)
