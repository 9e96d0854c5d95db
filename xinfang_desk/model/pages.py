"""The printed pages of an edition, and where each figure stands on them: the way from paper back to its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from xinfang_desk.model.sheet import CellAddress

PageKind = Literal["cover", "contents", "text", "table", "chart"]


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page: its size in points, what it shows and the number printed on it (0 where none is printed).

    ``title``: the sheet's number and title, or the first heading that begins on a page of text ('' where none
    does). ``sheet``: the id of the sheet of a table page. ``part``: 0 on the sheet's first page, then 1, 2, …
    """

    width: float
    height: float
    kind: PageKind
    number: int = 0
    title: str = ""
    sheet: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class FigureSpot:
    """Where something stands on paper: page from 0; a rectangle in points, ``x`` from the left edge and ``y`` from
    the top edge of the page.

    On a table, ``cell`` is the cell of this rectangle (blank cells too). In the narrative ``cells`` are the cells a
    figure comes from, ``address`` the fact or prior (``facts:duties``); both as in :class:`~.passage.Run`.
    ``text`` is what is printed there.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    text: str
    cell: CellAddress | None = None
    cells: tuple[CellAddress, ...] = ()
    address: str = ""

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of its page (points from the top left) lies in it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True, slots=True)
class PagesMap:
    """All pages, and the spots on them in reading order. ``passages``: the page (from 0) and the height (points
    from the top) at which each passage of the narrative begins, by its id, and ``explained``: the 说明 of warnings."""

    pages: tuple[PrintedPage, ...]
    spots: tuple[FigureSpot, ...]
    passages: Mapping[str, tuple[int, float]] = field(default_factory=lambda: MappingProxyType({}))
    _by_page: dict[int, tuple[FigureSpot, ...]] = field(default_factory=dict, compare=False, repr=False)
    _by_cell: dict[CellAddress, tuple[FigureSpot, ...]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        pages: dict[int, list[FigureSpot]] = {}
        cells: dict[CellAddress, list[FigureSpot]] = {}
        for spot in self.spots:
            pages.setdefault(spot.page, []).append(spot)
            if spot.cell is not None:
                cells.setdefault(spot.cell, []).append(spot)
        self._by_page.update({page: tuple(found) for page, found in pages.items()})
        self._by_cell.update({cell: tuple(found) for cell, found in cells.items()})

    def on(self, page: int) -> tuple[FigureSpot, ...]:
        """The spots of a page (from 0), in reading order."""
        return self._by_page.get(page, ())

    def at(self, page: int, x: float, y: float) -> FigureSpot | None:
        """What stands at a point of a page (points from the top left); ``None`` where nothing does."""
        return next((spot for spot in self.on(page) if spot.holds(x, y)), None)

    def of(self, cell: CellAddress) -> tuple[FigureSpot, ...]:
        """Where a cell is printed on its table (twice where columns stand on several pages and it is a row head)."""
        return self._by_cell.get(cell, ())

    def page_of(self, sheet: str) -> int | None:
        """The page on which a sheet begins; of a repeated sheet (``id#7``) asked for by its table, the first."""
        for wanted in (sheet, f"{sheet}#"):
            for number, page in enumerate(self.pages):
                if page.sheet == wanted or (wanted.endswith("#") and page.sheet.startswith(wanted)):
                    return number
        # A sheet set into the narrative has no page of its own: where its first cell stands.
        return next((spot.page for spot in self.spots if spot.cell is not None and spot.cell.table == sheet), None)
