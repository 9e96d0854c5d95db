"""One signature of a file, judged."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509 as asn1_x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    ModificationLevel,
    SuspiciousModification,
)
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import ValueErrorWithMessage
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureStatus, TimestampSignatureStatus

from xinfang_desk.messages import signing as words
from xinfang_desk.model.signature import SignatureVerdict
from xinfang_desk.signing.changes import describe_changes
from xinfang_desk.signing.extent import Extent, extent
from xinfang_desk.signing.keys import shown_name
from xinfang_desk.signing.pages import pages, value
from xinfang_desk.signing.trust import KEY_USAGE, is_demo, name_of, trust_context, trust_note

# What pyHanko, asn1crypto and cryptography throw at files that are damaged or were made to hurt.
BROKEN = (
    PdfError,
    ValueErrorWithMessage,
    UnsupportedAlgorithm,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)

_WEAK = frozenset({"md2", "md5", "sha1"})


@dataclass(frozen=True, slots=True)
class SignatureField:
    """A filled signature field: its name, its dictionary, and the revision it came with."""

    name: str
    dictionary: generic.DictionaryObject
    revision: int


def signature_fields(reader: PdfFileReader) -> tuple[SignatureField, ...]:
    """The filled signature fields, oldest first, those in formats we cannot judge included."""
    found = []
    for name, signature, reference in enumerate_sig_fields(reader, filled_status=True):
        field = reference.get_object()
        raw = field.raw_get("/V")
        revision = reader.xrefs.get_last_change(raw.reference) if isinstance(raw, generic.IndirectObject) else 0
        if isinstance(signature.get_object(), generic.DictionaryObject):
            found.append(SignatureField(str(name), field, revision))
    return tuple(sorted(found, key=lambda field: field.revision))


def judge(
    reader: PdfFileReader,
    data: bytes,
    field: SignatureField,
    trusted: tuple[asn1_x509.Certificate, ...],
    now: datetime,
    *,
    compare: bool,
) -> SignatureVerdict:
    """The verdict on one signature. One that cannot be understood is a verdict too: not intact, and why."""
    try:
        embedded = EmbeddedPdfSignature(reader, field.dictionary, field.name)
        covered = extent(data, list(embedded.byte_range), embedded.pkcs7_content)
        status = asyncio.run(_status(embedded, trusted, now))
        return _verdict(reader, data, embedded, covered, status, now, bool(trusted), compare=compare)
    except BROKEN:
        return _unknown(field)


async def _status(
    embedded: EmbeddedPdfSignature, trusted: tuple[asn1_x509.Certificate, ...], now: datetime
) -> SignatureStatus:
    # The comparison of revisions is asked for separately: it is the slow part.
    context = trust_context(trusted, now)
    if embedded.sig_object_type == "/DocTimeStamp":
        return await async_validate_pdf_timestamp(embedded, context, skip_diff=True)
    return await async_validate_pdf_signature(embedded, context, key_usage_settings=KEY_USAGE, skip_diff=True)


@dataclass(frozen=True, slots=True)
class _Aftermath:
    """What follows a signature in the file: sentences, and whether a signer could live with it."""

    sentences: tuple[str, ...]
    acceptable: bool


def _verdict(
    reader: PdfFileReader,
    data: bytes,
    embedded: EmbeddedPdfSignature,
    covered: Extent,
    status: SignatureStatus,
    now: datetime,
    any_trusted: bool,
    *,
    compare: bool,
) -> SignatureVerdict:
    whole = not covered.fault and covered.end == len(data)
    intact = bool(status.intact and status.valid)
    if covered.fault:
        after = _Aftermath((covered.fault,), False)
    elif not intact:
        after = _Aftermath((_broken_sentence(status),), False)
    else:
        after = _Aftermath((), True) if whole else _aftermath(reader, data, embedded, covered, compare=compare)
    common_name, organization = name_of(status.signing_cert)
    moment, certified = _time(embedded, status)
    demo = is_demo(status.signing_cert)
    return SignatureVerdict(
        field=embedded.field_name,
        signer_name=shown_name(common_name or organization) or words.NO_NAME,
        organization=organization,
        claimed_time=moment,
        time_certified=certified,
        intact=intact and not covered.fault,
        trusted=bool(status.trusted),
        covers_whole_file=whole,
        acceptable=after.acceptable,
        changes=after.sentences,
        is_demo=demo,
        trust_note=trust_note(status.signing_cert, status, now, any_trusted=any_trusted) + _weakness(status),
        reason=_said(embedded.sig_object, "/Reason"),
        location=_said(embedded.sig_object, "/Location"),
        page=_page_of(reader, embedded.sig_field),
        is_timestamp=embedded.sig_object_type == "/DocTimeStamp",
    )


def _unknown(field: SignatureField) -> SignatureVerdict:
    return SignatureVerdict(
        field=field.name,
        signer_name=words.NAME_UNREADABLE,
        organization="",
        claimed_time=None,
        time_certified=False,
        intact=False,
        trusted=False,
        covers_whole_file=False,
        acceptable=False,
        changes=(words.SIGNATURE_BROKEN,),
        is_demo=False,
        trust_note="",
        understood=False,
    )


def _broken_sentence(status: SignatureStatus) -> str:
    if not status.intact:
        return words.CONTENT_DIFFERS
    return words.SIGNATURE_FORGED


def _aftermath(
    reader: PdfFileReader, data: bytes, embedded: EmbeddedPdfSignature, covered: Extent, *, compare: bool
) -> _Aftermath:
    last = reader.xrefs.total_revisions - 1
    if embedded.signed_revision >= last:
        return _Aftermath((words.TAIL_UNSIGNED.format(count=len(data) - covered.end),), False)
    later = [f for f in signature_fields(reader) if f.revision > embedded.signed_revision]
    if not compare:
        return _Aftermath((), bool(later))
    embedded.compute_integrity_info(DEFAULT_DIFF_POLICY)
    found = embedded.diff_result
    told = _told(reader, embedded.signed_revision, last)
    return _Aftermath(told, _tolerable(reader, embedded, found, later))


def _tolerable(
    reader: PdfFileReader,
    embedded: EmbeddedPdfSignature,
    found: DiffResult | SuspiciousModification | None,
    later: list[SignatureField],
) -> bool:
    """Validation data may follow a signature, and further signatures may; a filled-in form field may not.

    Stricter than pyHanko, which lets forms be filled and signature fields be drawn by nobody: a figure can be
    covered up that way.
    """
    if not isinstance(found, DiffResult):
        return False
    if found.modification_level <= ModificationLevel.LTA_UPDATES:
        return True
    permitted = embedded.docmdp_level
    if found.modification_level > ModificationLevel.FORM_FILLING or (
        permitted is not None and found.modification_level.value > permitted.value
    ):
        return False
    signed = {field.name for field in signature_fields(reader)}
    return bool(later) and found.changed_form_fields <= signed and not _unsigned_fields(reader, embedded)


def _unsigned_fields(reader: PdfFileReader, embedded: EmbeddedPdfSignature) -> bool:
    """True if an empty signature field came after the signature."""
    old = reader.get_historical_resolver(embedded.signed_revision)
    known = {name for name, _, _ in enumerate_sig_fields(old)}
    return any(name not in known for name, _, _ in enumerate_sig_fields(reader, filled_status=False))


def _told(reader: PdfFileReader, signed: int, last: int) -> tuple[str, ...]:
    unnamed = (words.CHANGES_UNKNOWN,)
    try:
        found = describe_changes(reader.get_historical_resolver(signed), reader.get_historical_resolver(last))
    except BROKEN:
        return (words.CHANGES_CONFUSED,)
    return found or unnamed


def _time(embedded: EmbeddedPdfSignature, status: SignatureStatus) -> tuple[datetime | None, bool]:
    stamp = status if isinstance(status, TimestampSignatureStatus) else None
    if isinstance(status, PdfSignatureStatus):
        stamp = status.timestamp_validity
    if stamp is not None and stamp.intact and stamp.valid and stamp.trusted:
        return stamp.timestamp, True
    if isinstance(status, TimestampSignatureStatus):
        return status.timestamp, False
    return embedded.self_reported_timestamp, False


def _weakness(status: SignatureStatus) -> str:
    if status.md_algorithm not in _WEAK:
        return ""
    return words.DIGEST_WEAK.format(md_algorithm=status.md_algorithm.upper())


def _said(dictionary: generic.DictionaryObject, key: str) -> str:
    text = value(dictionary, key)
    return str(text) if isinstance(text, generic.TextStringObject) else ""


def _page_of(reader: PdfFileReader, field: generic.DictionaryObject) -> int:
    """The page the signature shows on, from 1; 0 if it shows nowhere."""
    rect = value(field, "/Rect")
    if not isinstance(rect, generic.ArrayObject) or len(rect) != 4:
        return 0
    x0, y0, x1, y1 = (float(number) for number in rect)
    parent = field.raw_get("/P") if "/P" in field else None
    if x0 == x1 or y0 == y1 or not isinstance(parent, generic.IndirectObject):
        return 0
    return next((i for i, page in enumerate(pages(reader), 1) if page.number == parent.idnum), 0)
