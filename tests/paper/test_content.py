"""The hash of a paper's content: the same however it is packed, another where anything it says is another."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import replace
from io import BytesIO

import pytest

from xinfang_desk.model.edition import Edition
from xinfang_desk.paper import PaperError, content_hash
from xinfang_desk.paper.docx import narrative_docx
from xinfang_desk.paper.pdf import narrative_pdf
from xinfang_desk.paper.xlsx import workbook_bytes


def deflated_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another zlib: the same text, other bytes."""
    compress, compressobj = zlib.compress, zlib.compressobj
    monkeypatch.setattr(zlib, "compress", lambda data, level=-1, **rest: compress(data, 1, **rest))
    monkeypatch.setattr(zlib, "compressobj", lambda level=-1, *rest, **more: compressobj(1, *rest, **more))


@pytest.mark.parametrize("make", [workbook_bytes, narrative_docx, lambda edition: narrative_pdf(edition).data],
                         ids=["workbook", "word", "pdf"])
def test_packed_otherwise_it_is_the_same(make: object, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(make)
    plain = make(edition)
    other = make(replace(edition, unit="另一个单位"))
    deflated_otherwise(monkeypatch)
    repacked = make(edition)
    assert repacked != plain
    assert content_hash(repacked, "a") == content_hash(plain, "a")
    assert content_hash(other, "a") != content_hash(plain, "a")


def test_the_order_of_entries_counts() -> None:
    def packed(*names: str) -> bytes:
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in names:
                archive.writestr(name, "内容")
        return out.getvalue()

    assert content_hash(packed("a", "b"), "x") != content_hash(packed("b", "a"), "x")


@pytest.mark.parametrize("data", [b"", b"PK nothing", b"%PDF-1.7 nothing", b"plain"])
def test_what_cannot_be_read_is_said(data: bytes) -> None:
    with pytest.raises(PaperError, match=r"“公开稿\.pdf”读不回来"):
        content_hash(data, "公开稿.pdf")


@pytest.mark.parametrize("make", [workbook_bytes, narrative_docx], ids=["workbook", "word"])
def test_an_archive_does_not_tell_on_which_system_it_was_made(make: object, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(make)
    here = make(edition)
    monkeypatch.setattr("sys.platform", "win32")
    assert make(edition) == here
