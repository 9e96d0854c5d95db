"""The pages of the complete document as pictures, for the screen."""

from __future__ import annotations

from xinfang_desk.flow.build import AT_THE_PRESS, edition_of
from xinfang_desk.flow.desk import Desk, DeskError


class PrintPreview:
    """The edition as it would print now; make a new one after an edit. Raises :class:`DeskError`."""

    def __init__(self, desk: Desk) -> None:
        from xinfang_desk import paper

        edition = edition_of(desk, draft=not desk.verdict().ready)
        try:
            with AT_THE_PRESS:
                self._preview = paper.preview(edition)
        except paper.PaperError as error:
            raise DeskError(str(error)) from error

    def page_count(self) -> int:
        """How many pages the document has."""
        return self._preview.pages

    def page_of(self, sheet: str) -> int | None:
        """The page (from 0) on which a sheet begins; ``None`` where it stands in the text."""
        return self._preview.page_of(sheet)

    def page(self, index: int, dpi: float = 96) -> bytes:
        """One page, from 0, as a portable pixmap (PPM): no time goes into packing what is shown at once."""
        with AT_THE_PRESS:
            picture = self._preview.picture(index, dpi)
        return b"P6 %d %d 255\n" % (picture.width, picture.height) + picture.data

    def close(self) -> None:
        """Give the memory back."""
        with AT_THE_PRESS:
            self._preview.close()
