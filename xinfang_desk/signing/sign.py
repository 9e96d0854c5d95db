"""Signing a PDF: PAdES B-B, one visible signature, an incremental update that leaves former signatures valid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from io import BytesIO
from itertools import islice
from pathlib import Path

from pyhanko.pdf_utils.layout import LayoutError
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError as PyHankoSigningError
from pyhanko.sign.signers import PdfSignatureMetadata

from xinfang_desk.messages import signing as words
from xinfang_desk.model.signature import SignatureVerdict, SignerRole
from xinfang_desk.signing.appearance import stamp_lines, stamp_style
from xinfang_desk.signing.errors import SigningError
from xinfang_desk.signing.files import written_beside
from xinfang_desk.signing.keys import OpenKey
from xinfang_desk.signing.machinery import KeptKeySigner, PlainIncrementalWriter, TimedPdfSigner, room_for
from xinfang_desk.signing.pages import PageBox, page_box, pages
from xinfang_desk.signing.single import BROKEN
from xinfang_desk.signing.verify import verify_bytes

_MARGIN = 36.0
_GAP = 12.0
_STAMP_HEIGHT = 60.0
_SMALLEST = (60.0, 24.0)


@dataclass(frozen=True, slots=True)
class SignRequest:
    """What a signature says besides who made it, and where it stands. As the arguments of `sign_pdf`."""

    now: datetime
    role: SignerRole = SignerRole.PREPARER
    reason: str = ""
    location: str = ""
    page: int = 0
    rect: tuple[float, float, float, float] | None = None


def sign_pdf(
    source: Path,
    target: Path,
    key: OpenKey,
    *,
    now: datetime,
    role: SignerRole = SignerRole.PREPARER,
    reason: str = "",
    location: str = "",
    page: int = 0,
    rect: tuple[float, float, float, float] | None = None,
    font: Path | None = None,
) -> SignatureVerdict:
    """Sign *source* into *target* (which may be *source*): written beside it, read back, verified, moved into place.

    *now* is shown as 本机时间 and recorded; a time without zone is this machine's. *page* counts from 0; *rect* is in
    points from the lower left, and without it the signature stands at the foot of the page, one place a role. *font*:
    a TrueType file instead of the shipped fonts.

    :raises SigningError: *source* cannot be read, is no PDF, damaged or encrypted, was changed after an earlier
        signature, already carries this role's signature or is locked against more; the area is not on the page; no
        font has a character of the name; *target* cannot be written. Nothing is left behind then.
    """
    try:
        data = source.read_bytes()
    except OSError as error:
        raise SigningError(words.OPEN_FAILED.format(
            source=source, strerror=error.strerror or error)) from error
    request = SignRequest(now, role, reason, location, page, rect)
    signed = sign_bytes(data, key, request, name=source.name, font=font)
    with written_beside(target, signed) as beside:
        return _proven(beside.read_bytes(), signed, role)


def zone_by_distance(moment: datetime) -> datetime:
    """The same moment in the same zone, known by its distance from UTC only.

    A Chinese Windows names its zone in bytes of its own code page, which no text can be made of.
    """
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))


def sign_bytes(
    data: bytes, key: OpenKey, request: SignRequest, *, name: str = words.FILE, font: Path | None = None
) -> bytes:
    """The signed PDF for the PDF *data*: *data* itself and an incremental update. *name* is for the messages.

    With an RSA key, same input gives the same bytes. Raises as `sign_pdf` does, except for files.
    """
    now = zone_by_distance(request.now.astimezone())
    try:
        reader = PdfFileReader(BytesIO(data))
        _check_signable(reader, data, request.role, name)
        rect = _rect(reader, request)
        writer = PlainIncrementalWriter(reader.stream, now=now, prev=reader)
        signer = TimedPdfSigner(
            _metadata(request),
            KeptKeySigner(key),
            now=now,
            stamp_style=stamp_style(key.identity, stamp_lines(key.identity, request.role, now), font),
            new_field_spec=SigFieldSpec(
                request.role.field_name,
                on_page=request.page,
                # Declared as whole numbers, written as they are.
                box=rect,  # type: ignore[arg-type]
                readable_field_name=request.role.label,
            ),
        )
        output = signer.sign_pdf(writer, bytes_reserved=room_for(key), output=BytesIO())
    except PyHankoSigningError as error:
        raise SigningError(words.LOCKED.format(name=name, error=error)) from error
    except (PdfError, LayoutError, *BROKEN) as error:
        raise SigningError(words.STRUCTURE_BROKEN.format(name=name, error=error)) from error
    return bytes(output.getvalue())


def _metadata(request: SignRequest) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=request.role.field_name,
        md_algorithm="sha256",
        reason=request.reason or None,
        location=request.location or None,
        subfilter=SigSeedSubFilter.PADES,
    )


def _check_signable(reader: PdfFileReader, data: bytes, role: SignerRole, name: str) -> None:
    if reader.encrypted:
        raise SigningError(words.ENCRYPTED.format(name=name))
    filled = [field for field, _, _ in enumerate_sig_fields(reader, filled_status=True)]
    if role.field_name in filled:
        raise SigningError(words.ROLE_TAKEN.format(name=name, label=role.label))
    if filled:
        report = verify_bytes(data)
        if not report.ok:
            raise SigningError(words.EARLIER_FAILED.format(name=name, verdict=report.verdict_sentence))


def _rect(reader: PdfFileReader, request: SignRequest) -> tuple[float, float, float, float]:
    page = request.page
    found = next(islice(pages(reader), page, None), None) if page >= 0 else None
    if found is None:
        count = sum(1 for _ in pages(reader))
        raise SigningError(words.NO_SUCH_PAGE.format(page=page + 1, count=count))
    box = page_box(found)
    if request.rect is None:
        return _foot(box, request.role)
    x0, y0, x1, y1 = request.rect
    if x1 - x0 < _SMALLEST[0] or y1 - y0 < _SMALLEST[1]:
        raise SigningError(words.ROOM_TOO_SMALL.format(page=page + 1))
    if x0 < box.x0 or y0 < box.y0 or x1 > box.x1 or y1 > box.y1:
        raise SigningError(words.ROOM_OUTSIDE.format(page=page + 1))
    return request.rect


def _foot(box: PageBox, role: SignerRole) -> tuple[float, float, float, float]:
    """Three places side by side at the foot of the page, in the order of the hands."""
    column = list(SignerRole).index(role)
    width = (box.x1 - box.x0 - 2 * _MARGIN - 2 * _GAP) / 3
    left = box.x0 + _MARGIN + column * (width + _GAP)
    bottom = box.y0 + _MARGIN
    return left, bottom, left + width, bottom + _STAMP_HEIGHT


def _proven(written: bytes, meant: bytes, role: SignerRole) -> SignatureVerdict:
    if written != meant:
        raise SigningError(words.DISK_DIFFERS)
    report = verify_bytes(written, compare=False)
    newest = next((s for s in report.signatures if s.field == role.field_name), None)
    if newest is None or not (report.ok and newest.covers_whole_file):
        raise SigningError(words.NOT_PROVEN.format(verdict=report.verdict_sentence))
    return newest
