from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest

from tests.paper import made
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.passage import Paragraph, Run
from xinfang_desk.model.sheet import Cell, Sheet
from xinfang_desk.paper.errors import ReadbackError
from xinfang_desk.paper.pdf import MadePdf
from xinfang_desk.paper.readback import check_narrative, check_pdf, check_workbook


def _edit(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                changed = change(content.decode())
                assert changed != content.decode()
                content = changed.encode()
            target.writestr(name, content)
    return out.getvalue()


def _other_amount(edition: Edition) -> Edition:
    """One fen more in 表3, 信访事务, 公用经费, of 5.000001 万元."""
    sheet: Sheet = edition.sheets[1]
    row = sheet.rows[2]
    cells = (*row.cells[:4], replace(row.cells[4], value=5_000_002), row.cells[5])
    rows = (*sheet.rows[:2], replace(row, cells=cells), *sheet.rows[3:])
    return replace(edition, sheets=(edition.sheets[0], replace(sheet, rows=rows), *edition.sheets[2:]))


def test_good_files_pass(edition: Edition, workbook: bytes, narrative: bytes, document: MadePdf) -> None:
    check_workbook(workbook, edition, "a.xlsx")
    check_narrative(narrative, edition, "a.docx")
    check_pdf(document, edition, "a.pdf")


def test_one_fen_in_the_workbook_is_found(edition: Edition, workbook: bytes) -> None:
    with pytest.raises(ReadbackError) as caught:
        check_workbook(workbook, _other_amount(edition), "表.xlsx")
    error = caught.value
    assert (error.file, error.table) == ("表.xlsx", "表3 一般公共预算支出表")
    assert (error.row, error.column) == ("信访事务", "基本支出·公用经费")
    assert "表.xlsx" in str(error)
    assert "信访事务" in str(error)


def test_wrong_cached_value_is_found(edition: Edition, workbook: bytes) -> None:
    spoiled = _edit(
        workbook,
        "xl/worksheets/sheet2.xml",
        lambda text: re.sub(r"(</f><v>)[\d.]+", r"\g<1>999", text, count=1),
    )
    with pytest.raises(ReadbackError, match="999"):
        check_workbook(spoiled, edition, "表.xlsx")


def test_wrong_formula_is_found(edition: Edition, workbook: bytes) -> None:
    spoiled = _edit(
        workbook, "xl/worksheets/sheet2.xml", lambda text: text.replace("SUM(C6:C11)", "SUM(C6:C10)")
    )
    with pytest.raises(ReadbackError, match=r"C6:C10"):
        check_workbook(spoiled, edition, "表.xlsx")


def test_lost_formula_is_found(edition: Edition, workbook: bytes) -> None:
    spoiled = _edit(
        workbook, "xl/worksheets/sheet2.xml", lambda text: re.sub(r"<f>[^<]*</f>", "", text, count=1)
    )
    with pytest.raises(ReadbackError, match="公式"):
        check_workbook(spoiled, edition, "表.xlsx")


def test_figure_where_blank_should_be_is_found(edition: Edition, workbook: bytes) -> None:
    sheet = edition.sheets[0]
    row = replace(
        sheet.rows[1], cells=(sheet.rows[1].cells[0], Cell(None, "", "money"), *sheet.rows[1].cells[2:])
    )
    changed = replace(sheet, rows=(sheet.rows[0], row, *sheet.rows[2:]))
    with pytest.raises(ReadbackError, match="空白"):
        check_workbook(workbook, replace(edition, sheets=(changed, *edition.sheets[1:])), "表.xlsx")


def test_missing_worksheet_and_other_title_are_found(edition: Edition, workbook: bytes) -> None:
    with pytest.raises(ReadbackError):
        check_workbook(workbook, replace(edition, sheets=edition.sheets[:2]), "表.xlsx")
    retitled = (replace(edition.sheets[0], notes=("注：无。",)), *edition.sheets[1:])
    with pytest.raises(ReadbackError, match="注：无"):
        check_workbook(workbook, replace(edition, sheets=retitled), "表.xlsx")


def test_other_sentence_in_the_narrative_is_found(
    edition: Edition, narrative: bytes, document: MadePdf
) -> None:
    passages = list(edition.document.passages)
    changed = Paragraph((Run("本年没有变化。"),))
    passages[2] = replace(
        passages[2], paragraphs=(*passages[2].paragraphs[:1], changed, *passages[2].paragraphs[2:])
    )
    other = replace(edition, document=replace(edition.document, passages=tuple(passages)))
    with pytest.raises(ReadbackError, match="本年没有变化"):
        check_narrative(narrative, other, "说明.docx")
    with pytest.raises(ReadbackError, match="年度工作任务"):
        check_pdf(document, other, "公开.pdf")


def test_other_cell_in_a_table_of_the_narrative_is_found(edition: Edition, narrative: bytes) -> None:
    inline = edition.sheets[-1]
    cells = (inline.rows[0].cells[0], Cell("另一单位", "另一单位", "text"), inline.rows[0].cells[2])
    changed = replace(inline, rows=(replace(inline.rows[0], cells=cells),))
    with pytest.raises(ReadbackError, match="另一单位"):
        check_narrative(narrative, replace(edition, sheets=(*edition.sheets[:-1], changed)), "说明.docx")


def test_merged_heads_in_the_narrative_read_back(edition: Edition) -> None:
    from xinfang_desk.paper.docx import narrative_docx

    sheet = made.function_table(3, inline=True)
    passage = replace(edition.document.passages[1], paragraphs=(Paragraph((), sheet="function"),))
    other = replace(edition, sheets=(sheet,), document=replace(edition.document, passages=(passage,)))
    check_narrative(narrative_docx(other), other, "说明.docx")


def test_other_figure_in_the_pdf_is_found(edition: Edition, document: MadePdf) -> None:
    sheet = edition.sheets[0]
    cells = (sheet.rows[0].cells[0], Cell(1, "987.65", "money"), *sheet.rows[0].cells[2:])
    changed = replace(sheet, rows=(replace(sheet.rows[0], cells=cells), *sheet.rows[1:]))
    with pytest.raises(ReadbackError) as caught:
        check_pdf(document, replace(edition, sheets=(changed, *edition.sheets[1:])), "公开.pdf")
    assert caught.value.expected == "987.65"
    assert caught.value.column == "收入·预算数"


def test_long_texts_are_shown_where_they_differ() -> None:
    error = ReadbackError("a.docx", "甲" * 200 + "乙" * 50, "甲" * 200 + "丙" * 50)
    assert "乙" in str(error)
    assert "丙" in str(error)
    assert len(str(error)) < 220
