"""Checking a signed PDF: who, when, what changed since, whom it convinces. Never raises for a bad file: it reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from xinfang_desk.messages import signing as words
from xinfang_desk.model.signature import SignatureVerdict, VerifyReport, VerifyState
from xinfang_desk.signing import sentences
from xinfang_desk.signing.extent import bytes_after_end
from xinfang_desk.signing.single import BROKEN, judge, signature_fields
from xinfang_desk.signing.trust import load_trusted


def verify_pdf(path: Path, trusted: Iterable[Path] = (), *, now: datetime | None = None) -> VerifyReport:
    """Check *path*. *trusted*: certificate files (PEM or DER) of authorities to be believed.

    *now* (default: this machine's clock) is held against the certificates' dates. The comparison of revisions takes
    seconds on a large tagged file that was signed more than once: call it in a worker.

    :raises SigningError: a file in *trusted* is unusable. For whatever is wrong with *path* the report speaks.
    """
    roots = load_trusted(trusted)
    try:
        data = path.read_bytes()
    except OSError as error:
        return sentences.unreadable(words.FILE_UNREADABLE.format(path=path, strerror=error.strerror or error))
    return verify_bytes(data, roots, now=now)


def verify_bytes(
    data: bytes,
    trusted: tuple[asn1_x509.Certificate, ...] = (),
    *,
    now: datetime | None = None,
    compare: bool = True,
) -> VerifyReport:
    """Check the PDF *data*. Without *compare*, what was added after an earlier signature is not gone into: only for
    a file this program has just added to."""
    moment = now or datetime.now(UTC)
    header = data[:1024].find(b"%PDF-")
    if header < 0:
        return sentences.unreadable(words.NO_PDF)
    marked = b"/ByteRange" in data
    try:
        reader = PdfFileReader(BytesIO(data))
        if reader.encrypted:
            return sentences.unreadable(words.FILE_ENCRYPTED)
        fields = signature_fields(reader)
        if not fields:
            return _without_signature(reader, data, marked)
        verdicts = tuple(judge(reader, data, field, trusted, moment, compare=compare) for field in fields)
    except BROKEN as error:
        return sentences.damaged(_why_broken(data, error), signed=marked)
    return _report(verdicts, data)


def _without_signature(reader: PdfFileReader, data: bytes, marked: bool) -> VerifyReport:
    if marked:
        return sentences.damaged(words.SIGNATURE_GONE, signed=True)
    # An unsigned file is called unsigned only if it can be read as a document at all.
    if "/Pages" not in reader.root:
        raise PdfError("no pages")
    return sentences.unsigned()


def _why_broken(data: bytes, error: Exception) -> str:
    if b"%%EOF" not in data[-2048:]:
        return words.FILE_CUT
    return words.FILE_BROKEN.format(name=type(error).__name__)


def _report(verdicts: tuple[SignatureVerdict, ...], data: bytes) -> VerifyReport:
    if not all(verdict.understood for verdict in verdicts):
        return sentences.report(VerifyState.UNREADABLE, verdicts, ())
    # What an intact signature covers it has vouched for, odd line ends after %%EOF included.
    surplus = 0 if any(v.covers_whole_file and v.intact for v in verdicts) else bytes_after_end(data)
    notes = (words.SURPLUS.format(surplus=surplus),) if surplus else ()
    good = not surplus and all(verdict.acceptable for verdict in verdicts)
    if good and all(verdict.is_timestamp for verdict in verdicts):
        return sentences.report(VerifyState.UNSIGNED, verdicts, ())
    return sentences.report(VerifyState.INTACT if good else VerifyState.CHANGED, verdicts, notes)
