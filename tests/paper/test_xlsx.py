from __future__ import annotations

import re
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.paper import made
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.money import MoneyUnit
from xinfang_desk.model.sheet import Cell, CellAddress, SumOf
from xinfang_desk.paper.xlsx import (
    column_widths,
    formula_text,
    layout,
    number_format,
    workbook_bytes,
    worksheet_names,
)


def test_the_same_edition_gives_the_same_bytes(edition: Edition, workbook: bytes) -> None:
    assert workbook_bytes(edition) == workbook


def test_the_same_bytes_on_windows(edition: Edition, workbook: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert zipfile.ZipInfo("a").create_system == 0
    assert workbook_bytes(edition) == workbook


def test_one_worksheet_a_sheet_and_none_for_tables_in_the_text(workbook: bytes) -> None:
    book = load_workbook(BytesIO(workbook))
    assert book.sheetnames == [
        "表1部门综合预算收支总表",
        "表3一般公共预算支出表",
        "表4一般公共预算支出表",
        "表5部门支出总体情况表（按资金来源）",
        "表8政府性基金预算支出表",
        "表14专项业务经费绩效目标表",
    ]


def test_worksheet_names_are_short_allowed_and_different() -> None:
    sheet = made.empty_table()
    long = replace(sheet, title="[很]长:的*名/字?" * 6)
    names = worksheet_names(
        [replace(long, id="a"), replace(long, id="b"), replace(sheet, id="c", number="", title="")]
    )
    assert len(set(names.values())) == 3
    for name in names.values():
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)


def test_formulas_are_live_and_cached() -> None:
    data = workbook_bytes(made.edition())
    live = load_workbook(BytesIO(data))["表3一般公共预算支出表"]
    cached = load_workbook(BytesIO(data), data_only=True)["表3一般公共预算支出表"]
    assert live["C5"].value == "=ROUND(SUM(C6:C11),6)"
    assert live["C6"].value == "=ROUND(SUM(D6:F6),6)"
    assert cached["C5"].value == pytest.approx(392.027615)
    assert cached["F8"].value == pytest.approx(-1.23)


def test_references_become_ranges_and_differences() -> None:
    sheet = made.function_table()
    place = layout(sheet, "x")

    def at(row: str, column: str) -> CellAddress:
        return CellAddress("function", row, column)

    one = SumOf((at("2010301", "total"),), (at("2010303", "staff"), at("2010306", "staff")))
    assert formula_text(one, sheet, place, MoneyUnit.YUAN) == "ROUND(C6-SUM(D8,D11),2)"
    assert formula_text(SumOf((), (at("total", "total"),)), sheet, place, MoneyUnit.WAN) == "ROUND(0-C5,6)"


def test_blank_stays_blank_and_nought_is_nought(workbook: bytes) -> None:
    sheet = load_workbook(BytesIO(workbook))["表1部门综合预算收支总表"]
    assert sheet["B6"].value == 0
    assert sheet["B6"].number_format == "0.00"
    assert sheet["B7"].value is None


def test_text_never_becomes_a_formula(workbook: bytes) -> None:
    sheet = load_workbook(BytesIO(workbook))["表14专项业务经费绩效目标表"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    for text in ("=1+1", "+86 办结", "-5℃", "@部门"):
        assert cells[text].data_type == "s"
        assert cells[text].quotePrefix
    assert cells["2010301" if "2010301" in cells else "1"].data_type == "s"


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("226.70", 1, "0.00"),
        ("226.7", 1, "0.0"),
        ("1,226.70", 1, "#,##0.00"),
        ("12", 12, "0"),
        ("", 0, "0.00;-0.00;"),
    ],
)
def test_number_format_prints_as_the_sheet_does(text: str, value: int, expected: str) -> None:
    assert number_format(Cell(value, text, "money")) == expected


def test_print_set_up(workbook: bytes) -> None:
    book: Any = load_workbook(BytesIO(workbook))
    sheet = book["表4一般公共预算支出表"]
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth in (None, 1)  # 1 where the attribute is left out
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.freeze_panes == "C5"
    assert sheet.oddFooter.center.text == "第 &P 页　共 &N 页"
    assert "C3:C4" in {str(one) for one in sheet.merged_cells.ranges}
    assert book["表14专项业务经费绩效目标表"].page_setup.orientation == "portrait"


def test_no_date_but_the_editions(workbook: bytes) -> None:
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        assert b"2023-03-13T00:00:00Z" in archive.read("docProps/core.xml")
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_wide_tables_get_narrow_columns_and_narrow_ones_as_wished() -> None:
    assert sum(column_widths(made.wide_table())) < 27 * 20 / 1.9
    assert column_widths(made.balance_table())[0] == pytest.approx(60 / 1.9)


def test_an_edition_without_sheets_is_still_a_workbook() -> None:
    data = workbook_bytes(replace(made.edition(), sheets=()))
    assert load_workbook(BytesIO(data)).sheetnames == ["无公开表"]
