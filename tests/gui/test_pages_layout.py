"""Pages on the desk of the preview: where they stand, which pieces cover them, what is kept."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from xinfang_desk.gui.page_painter import TILE, Tile, TileCache, TileKey
from xinfang_desk.gui.pages_layout import GAP, MOST, PIXELS_A_POINT, Fit, arrange, tiles_of
from xinfang_desk.model.pages import PrintedPage

EASY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
SIZES = st.sampled_from([(595.3, 841.9), (841.9, 595.3), (1190.6, 841.9), (841.9, 1190.6)])
PAGES = st.lists(SIZES.map(lambda size: PrintedPage(*size, "table")), min_size=1, max_size=9)
ZOOMS: st.SearchStrategy[Fit | int] = st.one_of(st.sampled_from(["width", "page"]), st.integers(25, 400))


@EASY
@given(PAGES, ZOOMS, st.integers(1, 2), st.integers(200, 2000), st.integers(150, 1200), st.sampled_from([1.0, 1.25, 2.0]))
def test_pages_stand_in_order_and_never_on_each_other(
    pages: list[PrintedPage], zoom: Fit | int, columns: int, width: int, height: int, ratio: float
) -> None:
    desk = arrange(pages, zoom, columns, (width, height), ratio)
    assert [place.page for place in desk.pages] == list(range(len(pages)))
    for a, b in zip(desk.pages, desk.pages[1:], strict=False):
        beside = b.x >= a.x + a.width + GAP - 0.01
        below = b.y >= a.y + a.height + GAP - 0.01
        assert beside or below
    for place, page in zip(desk.pages, pages, strict=True):
        assert place.x >= GAP - 1
        assert place.x + place.width <= desk.width - GAP + 1
        assert place.y + place.height <= desk.height - GAP + 0.01
        assert abs(place.width / place.height - page.width / page.height) < 0.05
        if zoom == "width" and columns == 1:
            assert place.width <= max(width, page.width * PIXELS_A_POINT * 0.1 + 2 * GAP + 1)


@EASY
@given(SIZES, st.integers(40, int(MOST / 100 * PIXELS_A_POINT * 2000)))
def test_the_pieces_of_a_page_cover_it_once(size: tuple[float, float], scale: int) -> None:
    page = PrintedPage(*size, "table")
    width, height = round(size[0] * scale / 1000), round(size[1] * scale / 1000)
    tiles = tiles_of(page, 3, scale, (0, 0, width, height))
    assert sum(tile.width * tile.height for tile in tiles) == width * height
    assert len({(tile.left, tile.top) for tile in tiles}) == len(tiles)
    assert all(0 < tile.width <= TILE and 0 < tile.height <= TILE for tile in tiles)
    assert all(tile.left + tile.width <= width and tile.top + tile.height <= height for tile in tiles)


@EASY
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=60))
def test_what_is_kept_never_takes_more_than_the_bound(steps: list[tuple[int, bool]]) -> None:
    image = QImage(100, 50, QImage.Format.Format_RGB32)
    cache = TileCache(most=3 * image.sizeInBytes())
    recent: list[int] = []
    for page, only_look in steps:
        key = TileKey(page, 1000, 0, 0, 100, 50)
        if only_look:
            if cache.get(key) is not None:
                recent.remove(page)
                recent.append(page)
        else:
            cache.put(key, Tile(image, 1))
            recent = [one for one in recent if one != page] + [page]
        recent = recent[-3:]
        assert cache.bytes <= 3 * image.sizeInBytes()
        assert cache.bytes == len(recent) * image.sizeInBytes()
    for page in range(6):
        assert (cache.get(TileKey(page, 1000, 0, 0, 100, 50)) is not None) == (page in recent)
