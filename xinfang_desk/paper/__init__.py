"""Sheets and passages to xlsx, pdf, docx; reads back what it wrote.

Importing this room is cheap: reportlab, XlsxWriter, python-docx and openpyxl are loaded when the first paper is
made. The door: :func:`write_edition`, :func:`preview`, :func:`chart_svg`, the errors (all :class:`PaperError`).
"""

from __future__ import annotations

from collections.abc import Sequence

from xinfang_desk.model.chart import Chart
from xinfang_desk.model.edition import Edition
from xinfang_desk.paper.errors import MissingGlyph, PaperError, ReadbackError, WriteRefused
from xinfang_desk.paper.preview import Preview
from xinfang_desk.paper.writer import write_edition, write_file

__all__ = [
    "MissingGlyph",
    "PaperError",
    "Preview",
    "ReadbackError",
    "WriteRefused",
    "chart_svg",
    "content_hash",
    "key_card",
    "preview",
    "write_edition",
    "write_file",
]


def key_card(title: str, subtitle: str, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], foot: str) -> bytes:
    """The list of keys as one page of A4. Raises :class:`PaperError`."""
    from xinfang_desk.paper.pdf_keys import key_card as made

    return made(title, subtitle, groups, foot)


def content_hash(data: bytes, name: str) -> str:
    """A hash of what a workbook, Word file or PDF says, however it was packed. Raises :class:`PaperError`."""
    from xinfang_desk.paper.content import content_hash as hashed

    return hashed(data, name)


def preview(edition: Edition) -> Preview:
    """The complete document as it will print. Raises :class:`MissingGlyph`."""
    return Preview(edition)


def chart_svg(chart: Chart) -> bytes:
    """A picture of the budget as SVG; its text asks for our own 黑体. Raises :class:`MissingGlyph`."""
    from xinfang_desk.paper.chart import svg

    return svg(chart)
