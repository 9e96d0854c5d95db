"""Every figure of a printed edition stands where the map of its pages says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from pypdfium2 import PdfDocument

from xinfang_desk.flow import library
from xinfang_desk.flow.build import edition_of
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.pages import FigureSpot
from xinfang_desk.model.sheet import CellAddress
from xinfang_desk.paper.pdf import MadePdf, document_pdf, narrative_pdf
from xinfang_desk.paper.pdf_base import Ink


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    path = tmp_path_factory.mktemp("spots") / "004.xfb"
    library.new_sample("004", path)
    desk = library.open_desk(path)
    found = edition_of(desk)
    desk.close()
    return found


@pytest.fixture(scope="module")
def made(edition: Edition) -> MadePdf:
    return document_pdf(edition)


class Reader:
    """The text under a spot, as pdfium reads it from the file."""

    def __init__(self, made: MadePdf) -> None:
        self._document = PdfDocument(made.data)
        self._texts = [page.get_textpage() for page in self._document]
        self._heights = [page.get_height() for page in self._document]

    def under(self, spot: FigureSpot) -> str:
        bottom = self._heights[spot.page] - spot.y - spot.height
        text = self._texts[spot.page].get_text_bounded(spot.x, bottom, spot.x + spot.width, bottom + spot.height)
        return str(text).strip()

    def close(self) -> None:
        for text in self._texts:
            text.close()
        self._document.close()


@pytest.fixture(scope="module")
def reader(made: MadePdf) -> Iterator[Reader]:
    reader = Reader(made)
    yield reader
    reader.close()


def test_every_money_cell_has_exactly_its_spot(edition: Edition, made: MadePdf, reader: Reader) -> None:
    seen = Counter[str]()
    in_text = {p.sheet for passage in edition.document.passages for p in passage.paragraphs if p.sheet}
    for sheet in edition.sheets:
        if sheet.inline and sheet.id not in in_text:
            continue  # the text leaves this table out
        for row in sheet.rows:
            for j, column in enumerate(sheet.columns):
                cell = row.cells[j]
                if cell.kind != "money":
                    continue
                (spot,) = made.map.of(CellAddress(sheet.id, row.key_at(j), column.id))
                assert spot.text == cell.text
                assert reader.under(spot) == cell.text
                assert made.map.at(spot.page, spot.x + spot.width / 2, spot.y + spot.height / 2) is spot
                seen["filled" if cell.text else "blank"] += 1
    assert seen["filled"] > 250


def test_every_bound_figure_of_the_narrative_has_its_spot(edition: Edition, made: MadePdf, reader: Reader) -> None:
    runs = [run for passage in edition.document.passages for paragraph in passage.paragraphs
            for run in paragraph.runs if (run.cells or run.address) and run.text.strip()]
    spots = [spot for spot in made.map.spots if spot.cell is None]
    assert len(runs) > 100
    at = 0
    for run in runs:
        text = ""
        # A fact of several lines has a spot on each; a figure stays on one.
        while not text or len("".join(run.text.split())) > len("".join(text.split())):
            spot = spots[at]
            assert (spot.cells, spot.address) == (run.cells, run.address)
            assert reader.under(spot) == spot.text.strip()
            text += spot.text
            at += 1
        assert "".join(text.split()) == "".join(run.text.split())
    assert at == len(spots)


def test_pages_and_passages_are_listed(edition: Edition, made: MadePdf) -> None:
    pages = made.map.pages
    assert len(pages) == made.pages
    assert [page.kind for page in pages[:2]] == ["cover", "contents"]
    for sheet_id, numbers in made.sheet_pages.items():
        assert made.map.page_of(sheet_id) == numbers[0]
        assert [pages[number].part for number in numbers] == list(range(len(numbers)))
    headed = {passage.id for passage in edition.document.passages if passage.heading}
    assert set(made.map.passages) == headed | {"explained"}
    assert all(pages[page].kind == "text" for page, _ in made.map.passages.values())


def test_noting_where_figures_stand_changes_no_byte(
    edition: Edition, made: MadePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrative = narrative_pdf(edition)
    assert narrative.map.spots
    monkeypatch.setattr(Ink, "spot", lambda *_, **__: None)
    blind = document_pdf(edition)
    assert not blind.map.spots
    assert blind.data == made.data
    assert narrative_pdf(edition).data == narrative.data
