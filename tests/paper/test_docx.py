from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Mm

from xinfang_desk.model.edition import Edition
from xinfang_desk.paper.docx import narrative_docx


def _open(data: bytes) -> Any:
    return docx.Document(BytesIO(data))


def test_the_same_edition_gives_the_same_bytes(edition: Edition, narrative: bytes) -> None:
    assert narrative_docx(edition) == narrative
    with zipfile.ZipFile(BytesIO(narrative)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2023, 3, 13, 0, 0, 0)}


def test_page_is_the_official_one(narrative: bytes) -> None:
    section = _open(narrative).sections[0]
    for found, wanted in (
        (section.top_margin, 37),
        (section.bottom_margin, 35),
        (section.left_margin, 28),
        (section.right_margin, 26),
    ):
        assert abs(found - Mm(wanted)) < Mm(0.1)


def test_body_is_fangsong_sixteen_points_indented_by_two_characters(narrative: bytes) -> None:
    body = next(one for one in _open(narrative).paragraphs if one.text.startswith("2023年本部门预算收入"))
    assert body.runs[0].font.size.pt == 16
    assert body.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    assert body._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert body.paragraph_format.line_spacing.pt == 28.95


def test_headings_are_headings_in_their_faces(narrative: bytes) -> None:
    found = {one.text: one for one in _open(narrative).paragraphs}
    for text, style, face in (
        ("一、主要职责及机构设置", "Heading 1", "黑体"),
        ("（一）主要职责及机构设置的依据", "Heading 2", "楷体"),
        ("1.具体事项", "Heading 3", "仿宋"),
    ):
        assert found[text].style.name == style
        assert found[text].runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == face


def test_page_numbers_stand_outside(narrative: bytes) -> None:
    section = _open(narrative).sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert odd.alignment != even.alignment
    assert " PAGE " in odd._p.xml


def test_table_in_the_text_repeats_its_head(narrative: bytes) -> None:
    table = _open(narrative).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "单位名称", "拟变动情况"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_no_part_of_the_old_template_is_left(narrative: bytes) -> None:
    with zipfile.ZipFile(BytesIO(narrative)) as archive:
        assert not any("stylesWithEffects" in name for name in archive.namelist())


def test_draft_says_so(edition: Edition) -> None:
    section = _open(narrative_docx(replace(edition, draft=True))).sections[0]
    assert section.header.paragraphs[0].text == "草稿"
    assert section.even_page_header.paragraphs[0].text == "草稿"
