"""The way from a point on paper to its cell, and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xinfang_desk.model.pages import FigureSpot, PagesMap, PrintedPage
from xinfang_desk.model.sheet import CellAddress

A4 = (595.0, 842.0)


def grid(rows: int, columns: int) -> PagesMap:
    """A page of cells 50 wide and 20 high, with a margin of 30."""
    spots = tuple(
        FigureSpot(1, 30 + 50 * j, 30 + 20 * i, 50, 20, f"{i}.{j}", CellAddress("t", f"r{i}", f"c{j}"))
        for i in range(rows)
        for j in range(columns)
    )
    return PagesMap((PrintedPage(*A4, "cover"), PrintedPage(*A4, "table", 1, "表1", "t")), spots)


@given(st.integers(1, 8), st.integers(1, 6), st.data())
def test_every_point_of_a_cell_leads_to_that_cell_alone(rows: int, columns: int, data: st.DataObject) -> None:
    pages = grid(rows, columns)
    i, j = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    x = data.draw(st.floats(0, 49.9))
    y = data.draw(st.floats(0, 19.9))
    found = pages.at(1, 30 + 50 * j + x, 30 + 20 * i + y)
    assert found is not None
    assert found.cell == CellAddress("t", f"r{i}", f"c{j}")
    assert pages.of(found.cell) == (found,)


def test_the_margin_and_other_pages_show_nothing() -> None:
    pages = grid(2, 2)
    assert pages.at(1, 10, 10) is None
    assert pages.at(0, 40, 40) is None
    assert pages.on(0) == ()
    assert pages.of(CellAddress("t", "none", "c0")) == ()


def test_a_repeated_sheet_is_found_by_its_table() -> None:
    spot = FigureSpot(0, 0, 0, 9, 9, "1", CellAddress("inline", "a", "b"))
    pages = PagesMap((PrintedPage(*A4, "text"), PrintedPage(*A4, "table", 1, "", "target#1"),
                      PrintedPage(*A4, "table", 2, "", "target#2")), (spot,))
    assert pages.page_of("target") == 1
    assert pages.page_of("target#2") == 2
    assert pages.page_of("inline") == 0
    assert pages.page_of("nowhere") is None
