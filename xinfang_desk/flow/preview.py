"""The pages of the complete document as pictures, for the screen and the printer, and the way from them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from xinfang_desk.flow.build import AT_THE_PRESS, edition_of
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.help import AtCell, AtColumn, AtField, AtFinding, Spot
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.pages import PagesMap
from xinfang_desk.model.passage import Document
from xinfang_desk.model.sheet import CellAddress

if TYPE_CHECKING:
    from xinfang_desk.engine.reach import ReachedCell

Box = tuple[int, int, int, int]


def frozen(desk: Desk) -> Edition:
    """The edition as it would print now, in the thread the desk lives in. A draft while the book is not ready."""
    return edition_of(desk, draft=not desk.verdict().ready)


def passage_of(document: Document, page: str) -> str | None:
    """The id of the first passage written on a wizard page; ``None`` where the page writes none."""
    return next((passage.id for passage in document.passages if passage.page == page and passage.heading), None)


def printed_of(desk: Desk, spot: Spot) -> tuple[tuple[CellAddress, ...], str]:
    """What of the printed pages a line of the entry moves: its cells, those of its own page's table first, and the
    address under which the narrative prints it ('' for none)."""
    match spot:
        case AtCell(cell):
            return (cell,), ""
        case AtFinding(finding):
            return finding.cells, ""
        case AtColumn(page, space, column, record):
            return _own_first(desk, page, desk.engine.reach_of_field(space, record, column.field).cells), ""
        case AtField(page, field):
            reach = desk.engine.reach_of_value(field.space, field.address)
            return _own_first(desk, page, reach.cells), f"{field.space}:{field.address}"
        case _:
            return (), ""


def _own_first(desk: Desk, page: str, cells: Iterable[ReachedCell]) -> tuple[CellAddress, ...]:
    table = next((one.table for one in desk.pack.pages if one.id == page), "")
    return tuple(sorted((one.cell for one in cells), key=lambda cell: cell.table.split("#")[0] != table))


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
