"""The pages as they will print, as pictures for the screen."""

from __future__ import annotations

from collections.abc import Sequence

from xinfang_desk.model.edition import Edition
from xinfang_desk.model.pages import PagesMap


class Preview:
    """The complete document of an edition, page by page. Not thread-safe: one thread at a time."""

    def __init__(self, edition: Edition) -> None:
        """Lay the document out. Raises :class:`~xinfang_desk.paper.errors.MissingGlyph`."""
        from pypdfium2 import PdfDocument

        from xinfang_desk.paper.pdf import document_pdf

        self._made = document_pdf(edition)
        self._document = PdfDocument(self._made.data)

    @property
    def map(self) -> PagesMap:
        """The pages, and where each figure stands on them."""
        return self._made.map

    @property
    def data(self) -> bytes:
        """The PDF itself."""
        return self._made.data

    def subset(self, pages: Sequence[int]) -> bytes:
        """A PDF of these pages (from 0) alone, for looking at and printing: bookmarks and tags are left behind."""
        from io import BytesIO

        from pypdfium2 import PdfDocument

        some = PdfDocument.new()
        try:
            some.import_pages(self._document, list(pages))
            out = BytesIO()
            some.save(out)
        finally:
            some.close()
        return out.getvalue()

    def tile(self, page: int, scale: float, box: tuple[int, int, int, int]) -> bytes:
        """A part of a page as pixels of four bytes (blue, green, red, nothing), rows from the top without padding.

        ``scale``: pixels a point; ``box``: left, top, width and height of the part in pixels of the whole page.
        """
        from pypdfium2 import PdfBitmap
        from pypdfium2 import raw as pdfium

        left, top, width, height = box
        one = self._document[page]
        try:
            whole = (-left, -top, round(one.get_width() * scale), round(one.get_height() * scale))
            bitmap = PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGRx, stride=width * 4)
            try:
                bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
                pdfium.FPDF_RenderPageBitmap(bitmap.raw, one.raw, *whole, 0, pdfium.FPDF_ANNOT)
                return bytes(bitmap.buffer)
            finally:
                bitmap.close()
        finally:
            one.close()

    def close(self) -> None:
        """Give the document's memory back."""
        self._document.close()
