"""Where pages stand on the desk of the preview: one under the other or two side by side, at any zoom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from xinfang_desk.gui.page_painter import TILE, TileKey
from xinfang_desk.model.pages import PrintedPage

Fit = Literal["width", "page"]
GAP = 12
"""Between pages and around them, in pixels of the screen."""
PIXELS_A_POINT = 96 / 72
"""At 100 %."""
LEAST, MOST = 25, 400
"""Per cent."""
STEPS = (25, 33, 50, 67, 75, 90, 100, 110, 125, 150, 175, 200, 250, 300, 400)
_WIDEST_FIT = 160
"""A small page fitted to a wide window is not blown up further, per cent."""
THUMB = 46
"""Width of the little picture of a page in the list."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A page on the desk: its upper left corner and size in pixels of the screen, and its ``scale`` in thousandths
    of a device pixel a point."""

    page: int
    x: float
    y: float
    width: float
    height: float
    scale: int


@dataclass(frozen=True, slots=True)
class Desktop:
    """All placed pages, and the size of what is to be scrolled."""

    pages: tuple[Placed, ...]
    width: float
    height: float


def per_cent(page: PrintedPage, zoom: Fit | int, room: tuple[float, float]) -> float:
    """How large a page is shown where it has this much room (pixels of the screen)."""
    if not isinstance(zoom, str):
        return float(zoom)
    wide = room[0] / (page.width * PIXELS_A_POINT) * 100
    if zoom == "width":
        return max(10.0, min(wide, _WIDEST_FIT))
    return max(10.0, min(wide, room[1] / (page.height * PIXELS_A_POINT) * 100))


def arrange(
    pages: Sequence[PrintedPage], zoom: Fit | int, columns: int, view: tuple[int, int], ratio: float
) -> Desktop:
    """Place pages for a view of this size (pixels of the screen); ``ratio``: device pixels to one of those."""
    room = ((view[0] - GAP * (columns + 1)) / columns, view[1] - 2 * GAP)
    sized = []
    for page in pages:
        scale = round(per_cent(page, zoom, room) / 100 * PIXELS_A_POINT * ratio * 1000)
        size = [round(side * scale / 1000) / ratio for side in (page.width, page.height)]
        sized.append((scale, size[0], size[1]))
    rows = [range(at, min(at + columns, len(pages))) for at in range(0, len(pages), columns)]
    widths = [sum(sized[at][1] for at in row) + GAP * (len(row) + 1) for row in rows]
    width = max([view[0], *widths])
    placed = []
    y = float(GAP)
    for row, wide in zip(rows, widths, strict=True):
        x = (width - wide) / 2 + GAP
        for at in row:
            placed.append(Placed(at, x, y, sized[at][1], sized[at][2], sized[at][0]))
            x += sized[at][1] + GAP
        y += max(sized[at][2] for at in row) + GAP
    return Desktop(tuple(placed), width, y)


def tiles_of(page: PrintedPage, number: int, scale: int, part: tuple[float, float, float, float]) -> list[TileKey]:
    """The pieces that cover ``part`` (left, top, right, bottom in device pixels of the page)."""
    width, height = round(page.width * scale / 1000), round(page.height * scale / 1000)
    left, top = max(0, int(part[0])), max(0, int(part[1]))
    right, bottom = min(width, int(part[2]) + 1), min(height, int(part[3]) + 1)
    return [TileKey(number, scale, x, y, min(TILE, width - x), min(TILE, height - y))
            for y in range(top // TILE * TILE, bottom, TILE)
            for x in range(left // TILE * TILE, right, TILE)]


def thumb_of(page: PrintedPage, number: int, ratio: float) -> TileKey:
    """The little picture of a page in the list: one piece."""
    scale = max(1, round(THUMB * ratio / max(page.width, page.height / 1.3) * 1000))
    return TileKey(number, scale, 0, 0, round(page.width * scale / 1000), round(page.height * scale / 1000))
