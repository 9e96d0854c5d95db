from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tests.paper import made
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.passage import Document, Paragraph, Passage, Run
from xinfang_desk.model.sheet import Cell, Row
from xinfang_desk.paper import pdf_base
from xinfang_desk.paper.errors import MissingGlyph
from xinfang_desk.paper.pdf import MadePdf, document_pdf, narrative_pdf
from xinfang_desk.paper.pdf_grid import choose_columns, choose_size, lay_out, measure
from xinfang_desk.paper.readback import check_pdf, pdf_texts
from xinfang_desk.paper.text import squeezed


@pytest.fixture(scope="module")
def texts(document: MadePdf) -> list[str]:
    return pdf_texts(document.data)


def _open(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def test_the_same_edition_gives_the_same_bytes(edition: Edition, document: MadePdf) -> None:
    assert document_pdf(edition).data == document.data
    assert narrative_pdf(edition).data == narrative_pdf(edition).data


def test_cover_contents_narrative_tables_in_order(document: MadePdf, texts: list[str]) -> None:
    assert "2023年部门预算公开" in squeezed(texts[0])
    assert "2023年3月13日" in squeezed(texts[0])
    assert squeezed(texts[1]).startswith("目录")
    assert document.text_pages[0] == 2
    assert "部门综合预算收支总表" in squeezed(texts[document.sheet_pages["balance"][0]])
    assert "核查提醒的说明" in squeezed(texts[-1])


def test_contents_tell_the_printed_page_numbers(document: MadePdf, texts: list[str]) -> None:
    contents = texts[1].replace("\r", "")
    for sheet, title in (
        ("balance", "表1 部门综合预算收支总表"),
        ("wide", "表5 部门支出总体情况表"),
        ("long", "表4"),
    ):
        page = document.sheet_pages[sheet][0]
        line = next(line for line in contents.split("\n") if line.startswith(title))
        number = int(re.findall(r"\d+$", line.strip())[0])
        assert f"第{number}页" in squeezed(texts[page])
        assert page == number + 1


def test_bookmarks_links_and_labels_lead_to_their_pages(document: MadePdf) -> None:
    with _open(document.data) as pdf:
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
            tables = next(item for item in outline.root if item.title == "部门预算公开表")
            assert [child.title for child in tables.children][:2] == [
                "表1 部门综合预算收支总表",
                "表3 一般公共预算支出表",
            ]
        assert titles[0] == "封面"
        links: Any = pdf.pages[1].Annots
        assert len(list(links)) >= 10
        labels: list[Any] = list(pdf.Root.PageLabels.Nums)
        assert labels[0] == 0
        assert labels[4] == document.text_pages[0]


def test_standards_are_claimed_and_metadata_agree(edition: Edition, document: MadePdf) -> None:
    with _open(document.data) as pdf:
        assert pdf.Root.Lang == "zh-CN"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2A"
            assert metadata["dc:title"] == edition.title
        assert str(pdf.docinfo["/Title"]) == edition.title
        assert str(pdf.docinfo["/CreationDate"]) == "D:20230313000000+08'00"


def test_all_fonts_are_composite_embedded_subsets(document: MadePdf) -> None:
    with _open(document.data) as pdf:
        fonts: Any = pdf.pages[2].Resources.Font
        names = {str(font.BaseFont) for font in fonts.values()}
        assert len(names) == 5
        for font in fonts.values():
            assert font.Subtype == "/Type0"
            assert "+" in str(font.BaseFont)
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_every_head_cell_has_a_scope_and_rows_are_complete(document: MadePdf) -> None:
    with _open(document.data) as pdf:
        heads = cells = 0
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and "/S" in element:
                if element.S == "/TH":
                    heads += 1
                    assert "/Scope" in element.A
                cells += element.S == "/TD"
        assert heads > 60
        assert cells > 400


def test_a_character_above_the_basic_plane_copies_right(texts: list[str], document: MadePdf) -> None:
    assert "刘𬭎同志" in squeezed(texts[document.sheet_pages["target#7"][0]])


def test_repeated_head_and_page_numbers_on_every_table_page(document: MadePdf, texts: list[str]) -> None:
    pages = document.sheet_pages["long"]
    assert len(pages) == 2
    for page in pages:
        text = squeezed(texts[page])
        assert "人员经费" in text
        assert f"第{page - 1}页共{document.pages - 2}页" in text
    assert "（续）" in squeezed(texts[pages[1]])


def test_a_wide_table_is_split_by_columns_and_repeats_the_row_head(
    document: MadePdf, texts: list[str]
) -> None:
    pages = document.sheet_pages["wide"]
    assert len(pages) == 2
    for page in pages:
        assert "2010307" in texts[page]
        assert "科目名称" in squeezed(texts[page])


@pytest.mark.parametrize(("columns", "paper"), [(27, "A4"), (27, "A3"), (16, "A4"), (6, "A4")])
def test_columns_fill_the_width_and_type_is_never_below_seven_points(columns: int, paper: str) -> None:
    sheet = made.wide_table(columns, paper=paper)
    measures = measure(sheet)
    width = 1100.0 if paper == "A3" else 750.0
    seen: set[int] = set()
    for group in choose_columns(sheet, measures, width):
        size = choose_size(measures, group, width)
        assert size >= 7
        grid = lay_out(sheet, measures, group, width, size)
        assert sum(grid.widths) == pytest.approx(width)
        for at, j in enumerate(group):
            assert grid.widths[at] >= measures[j].least * size - 0.01
        seen.update(group)
    assert seen == set(range(columns))


def test_empty_table_carries_its_sentence(document: MadePdf, texts: list[str]) -> None:
    assert "本表无数据" in squeezed(texts[document.sheet_pages["fund"][0]])


def test_draft_is_printed_on_every_page(edition: Edition) -> None:
    drafted = document_pdf(replace(edition, draft=True))
    assert all("草稿" in text for text in pdf_texts(drafted.data))
    assert not any("草稿" in text for text in pdf_texts(document_pdf(edition).data))
    check_pdf(drafted, replace(edition, draft=True), "草稿.pdf")


def test_signature_area_is_on_the_cover_and_empty(document: MadePdf) -> None:
    assert document.area is not None
    assert document.area.page == 0
    x0, y0, x1, y1 = document.area.rect
    assert 0 < x0 < x1 < 596
    assert 0 < y0 < y1 < 842


def test_narrative_has_28_characters_and_22_lines(edition: Edition) -> None:
    text = "预" * 28 * 44
    passages = (Passage("a", "", 1, (Paragraph((Run(text),), "center"),)),)
    made_pdf = narrative_pdf(replace(edition, document=Document("", passages)))
    pages = [page.replace("\r", "") for page in pdf_texts(made_pdf.data)]
    lines = [line for line in pages[1].split("\n") if "预" in line]
    assert len(lines) == 22
    assert {len(line.strip()) for line in lines} == {28}


def test_page_numbers_stand_outside(edition: Edition) -> None:
    texts = pdf_texts(narrative_pdf(edition).data)
    for number, text in enumerate(texts, 1):
        assert f"—{number}—" in squeezed(text)


def test_missing_character_stops_the_paper_and_names_the_place(edition: Edition) -> None:
    sheet = edition.sheets[1]
    row = replace(sheet.rows[2], cells=(Cell("\U0001f600", "\U0001f600", "text"), *sheet.rows[2].cells[1:]))
    spoiled = replace(sheet, rows=(*sheet.rows[:2], row, *sheet.rows[3:]))
    with pytest.raises(MissingGlyph, match="“表3 一般公共预算支出表”第3行"):
        document_pdf(replace(edition, sheets=(edition.sheets[0], spoiled)))


def test_a_row_taller_than_a_page_is_continued(edition: Edition) -> None:
    sheet = made.text_table()
    long = "群众合理诉求依法及时就地解决，" * 400
    rows = (
        *sheet.rows,
        Row("big", 0, False, (*sheet.rows[0].cells[:1], Cell(long, long, "text"), *sheet.rows[0].cells[2:])),
    )
    one = document_pdf(replace(edition, sheets=(replace(sheet, rows=rows),), document=Document("题", ())))
    text = squeezed("".join(pdf_texts(one.data)))
    assert text.count("群众合理诉求依法及时就地解决") >= 380
    assert len(one.sheet_pages["target#7"]) >= 3


def test_an_edition_without_tables_or_text_is_still_a_document(edition: Edition) -> None:
    bare = document_pdf(replace(edition, sheets=(), document=Document("题", ()), explained=()))
    assert bare.pages == 3


@pytest.mark.parametrize("lines", range(17, 24))
def test_unit_and_date_never_stand_on_a_page_without_text(edition: Edition, lines: int) -> None:
    text = "预" * (28 * lines - 2)
    body = (
        Paragraph((Run(text),)),
        Paragraph((Run("青山县信访局"),), "right"),
        Paragraph((Run("2023年3月13日"),), "right"),
    )
    made_pdf = narrative_pdf(replace(edition, document=Document("题", (Passage("a", "", 1, body),))))
    pages = pdf_texts(made_pdf.data)
    last = next(page for page in pages if "3月13日" in squeezed(page))
    assert "预" in last
    assert squeezed("".join(pages)).count("预") == len(text)


def test_the_colour_profile_is_the_same_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import ImageCms

    ours = pdf_base._srgb_profile()
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[24:36], made[40:44] = bytes(range(12)), b"MSFT"
    monkeypatch.setattr(ImageCms.ImageCmsProfile, "tobytes", lambda _self: bytes(made))
    pdf_base._srgb_profile.cache_clear()
    assert pdf_base._srgb_profile() == ours
