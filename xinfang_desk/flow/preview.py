"""The pages of the complete document as pictures, for the screen and the printer, and the way from them back."""

from __future__ import annotations

from collections.abc import Sequence

from xinfang_desk.flow.build import AT_THE_PRESS, edition_of
from xinfang_desk.flow.desk import Desk, DeskError
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.pages import PagesMap
from xinfang_desk.model.passage import Document

Box = tuple[int, int, int, int]


def frozen(desk: Desk) -> Edition:
    """The edition as it would print now, in the thread the desk lives in. A draft while the book is not ready."""
    return edition_of(desk, draft=not desk.verdict().ready)


def passage_of(document: Document, page: str) -> str | None:
    """The id of the first passage written on a wizard page; ``None`` where the page writes none."""
    return next((passage.id for passage in document.passages if passage.page == page and passage.heading), None)


class PrintPreview:
    """A laid-out edition. To be made and used in any one thread; several threads wait for each other."""

    def __init__(self, edition: Edition) -> None:
        """Lay the edition out (a few tenths of a second). Raises :class:`DeskError`."""
        from xinfang_desk import paper

        self.edition = edition
        self._closed = False
        try:
            with AT_THE_PRESS:
                self._preview = paper.preview(edition)
        except paper.PaperError as error:
            raise DeskError(str(error)) from error

    @property
    def map(self) -> PagesMap:
        """The pages, and where each figure stands on them."""
        return self._preview.map

    @property
    def data(self) -> bytes:
        """The PDF itself."""
        return self._preview.data

    def subset(self, pages: Sequence[int]) -> bytes:
        """A PDF of these pages (from 0) alone."""
        with AT_THE_PRESS:
            return self._preview.subset(pages)

    def tile(self, page: int, scale: float, box: Box) -> bytes:
        """A part of a page (from 0) at ``scale`` pixels a point: ``box`` is left, top, width, height in pixels. Four
        bytes a pixel: blue, green, red, nothing. b'' once it is closed."""
        with AT_THE_PRESS:
            return b"" if self._closed else self._preview.tile(page, scale, box)

    def close(self) -> None:
        """Give the memory back."""
        with AT_THE_PRESS:
            if not self._closed:
                self._closed = True
                self._preview.close()
