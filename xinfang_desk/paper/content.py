"""What a paper says, apart from how it is packed: the same everywhere, even where another zlib packs it otherwise.

Two builds of one edition have the same bytes as long as the same zlib makes them. Another one (Windows' Python
brings its own, a distribution may put zlib-ng in its place) may deflate the same text into other bytes; what comes
out on unpacking is the same, and is what is hashed here.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from io import BytesIO
from typing import Any

from xinfang_desk.messages import paper as words
from xinfang_desk.paper.errors import PaperError

_PACKING = frozenset(("/Length", "/Filter", "/DecodeParms", "/DL"))
"""Keys of a PDF stream that speak of its packing only."""


def content_hash(data: bytes, name: str) -> str:
    """SHA-256, in hexadecimal, over the unpacked parts of a workbook, Word file or PDF (told apart by their first bytes).

    A zip: name and content of each entry, in the order they stand. A PDF: the document's information and root, and
    each object with its unpacked stream; the file's /ID and offsets follow from the packing and are left out.
    Raises :class:`PaperError` where the file cannot be read; ``name`` is for its sentence.
    """
    try:
        return _zip_hash(data) if data[:2] == b"PK" else _pdf_hash(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise PaperError(words.CANNOT_READ_BACK.format(name=name)) from error


def _zip_hash(data: bytes) -> str:
    total = hashlib.sha256()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            _add(total, name.encode("utf-8"))
            _add(total, archive.read(name))
    return total.hexdigest()


def _pdf_hash(data: bytes) -> str:
    import pikepdf

    total = hashlib.sha256()
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            for key in ("/Root", "/Info"):
                _add(total, repr(pdf.trailer[key].objgen).encode("ascii") if key in pdf.trailer else b"")
            for part in pdf.objects:
                _add_object(total, part)
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error
    return total.hexdigest()


def _add_object(total: Any, part: Any) -> None:
    import pikepdf

    if not isinstance(part, pikepdf.Stream):
        _add(total, bytes(part.unparse()))
        return
    for key in sorted(set(part.keys()) - _PACKING):
        _add(total, key.encode("utf-8"))
        _add(total, bytes(part[key].unparse()) if isinstance(part[key], pikepdf.Object) else repr(part[key]).encode("utf-8"))
    _add(total, bytes(part.read_bytes()))


def _add(total: Any, piece: bytes) -> None:
    """With its length before it, so that no two lists of pieces run together alike."""
    total.update(len(piece).to_bytes(8, "big"))
    total.update(piece)
