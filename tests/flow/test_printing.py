"""Which pages go onto which paper, and the same pages as a file."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desk.flow import library, printing
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.preview import PrintPreview, frozen
from xinfang_desk.model.pages import PagesMap, PrintedPage

A4, A3 = (595.28, 841.89), (841.89, 1190.55)


def across(size: tuple[float, float]) -> tuple[float, float]:
    return size[1], size[0]


PAGES = PagesMap((PrintedPage(*A4, "cover"), PrintedPage(*A4, "text", 1), PrintedPage(*across(A3), "table", 2, "表1", "a"),
                  PrintedPage(*across(A3), "table", 3, "表1", "a", 1), PrintedPage(*across(A4), "table", 4, "表2", "b")), ())


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 5)), min_size=1, max_size=6),
       st.sampled_from([",", "，", "、", " ", "; "]), st.sampled_from(["-", "－", "~", "至"]))
def test_typed_pages_are_read_as_they_are_meant(parts: list[tuple[int, int]], comma: str, dash: str) -> None:
    typed = comma.join(f"{first}{dash}{first + more}" if more else str(first) for first, more in parts)
    expected = sorted({page - 1 for first, more in parts for page in range(first, first + more + 1)})
    assert printing.parse_pages(typed, 40) == tuple(expected)


@pytest.mark.parametrize(("typed", "told"), [
    ("", "请填要打印的页码"), ("甲", "不是页码"), ("1-", "不是页码"), ("3-1", "1-3"), ("0", "没有第 0 页"), ("4-9", "没有第 9 页")])
def test_what_names_no_pages_is_told(typed: str, told: str) -> None:
    with pytest.raises(DeskError, match=told):
        printing.parse_pages(typed, 8)


def test_whole_table_text_and_chosen_pages() -> None:
    assert printing.pages_of(PAGES, "all") == (0, 1, 2, 3, 4)
    assert printing.pages_of(PAGES, "table", sheet="a") == (2, 3)
    assert printing.pages_of(PAGES, "table", sheet="none") == ()
    assert printing.pages_of(PAGES, "text") == (1,)
    assert printing.pages_of(PAGES, "pages", typed="１，5") == (0, 4)


def test_a3_tables_onto_a3_or_reduced_to_a4() -> None:
    own = printing.plan(PAGES, (1, 2, 4), large_on_a4=False)
    assert [(one.paper, one.across, one.scale) for one in own] == [("A4", False, 1), ("A3", True, 1), ("A4", True, 1)]
    small = printing.plan(PAGES, (1, 2, 4), large_on_a4=True)
    assert {one.paper for one in small} == {"A4"}
    assert small[1].across
    assert abs(A3[1] * small[1].scale - A4[1]) < 0.2
    assert printing.summary(own, 1) == "将打印 3 页：A4 纸 2 页，A3 纸 1 页。"
    assert printing.summary(small, 2) == "将打印 3 页：A4 纸 3 页，其中 1 页由 A3 缩小，印 2 份。"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintPreview]:
    path = tmp_path_factory.mktemp("print") / "004.xfb"
    library.new_sample("004", path)
    desk = library.open_desk(path)
    preview = PrintPreview(frozen(desk))
    desk.close()
    yield preview
    preview.close()


def test_bands_make_up_the_whole_page(preview: PrintPreview) -> None:
    (planned,) = printing.plan(preview.map, (15,), large_on_a4=False)
    bands: list[tuple[int, int]] = []
    pixels: list[bytes] = []

    def take(top: int, width: int, height: int, data: bytes) -> None:
        assert len(data) == width * height * 4
        bands.append((top, height))
        pixels.append(data)

    width, height = printing.picture(preview, planned, 96, 250, take)
    page = preview.map.pages[15]
    assert (width, height) == (round(page.width * 96 / 72), round(page.height * 96 / 72))
    assert [top for top, _ in bands] == list(range(0, height, 250))
    whole = preview.tile(15, 96 / 72, (0, 0, width, height))
    # Where a rule lies across the edge of a band, its grey may be rounded the other way.
    assert max(abs(a - b) for a, b in zip(b"".join(pixels), whole, strict=True)) <= 3
    assert min(whole) < 90


def test_chosen_pages_are_saved_whole_or_not_at_all(
    preview: PrintPreview, tmp_path: Path, program: Callable[[str], str]
) -> None:
    target = tmp_path / "几页.pdf"
    printing.save_pdf(preview, (0, 15, 17), target)
    told = subprocess.run([program("pdfinfo"), "-l", "-1", str(target)], capture_output=True, text=True, check=True).stdout
    assert "Pages:           3" in told
    assert "Page    2 size:  1190.55 x 841.89" in told
    printing.save_pdf(preview, tuple(range(len(preview.map.pages))), tmp_path / "全部.pdf")
    assert (tmp_path / "全部.pdf").read_bytes() == preview.data
    with pytest.raises(DeskError, match="写不进"):
        printing.save_pdf(preview, (0,), tmp_path / "没有这个文件夹" / "几页.pdf")
    (tmp_path / "占着.pdf").mkdir()
    with pytest.raises(DeskError, match="占着"):
        printing.save_pdf(preview, (0,), tmp_path / "占着.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["几页.pdf", "全部.pdf", "占着.pdf"])
