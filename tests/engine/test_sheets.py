"""What the filled tables look like: rows, figures, headings, formulas, empty tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.small import PACK, WAN, column, year
from xinfang_desk.engine import Engine
from xinfang_desk.engine.header import header
from xinfang_desk.model.change import Change, SetField
from xinfang_desk.model.formula import ALWAYS
from xinfang_desk.model.ledger import Fund, Income, Kind, Line, Year
from xinfang_desk.model.money import MoneyUnit
from xinfang_desk.model.sheet import CellAddress, HeaderCell, Sheet, SumOf


@pytest.fixture
def engine() -> Engine:
    return Engine(PACK, year())


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in sheet.rows]


def with_lines(*lines: Line) -> Engine:
    return Engine(PACK, replace(year(), lines={line.id: line for line in lines}))


def test_a_code_tree_has_its_parents_and_total(engine: Engine) -> None:
    sheet = engine.sheet("gpb_function")
    assert texts(sheet) == [
        ["", "合计", "150.00", "100.00", "20.00", "30.00", ""],
        ["201", "一般公共服务支出", "130.00", "80.00", "20.00", "30.00", "120.00"],
        ["20103", "政府办公厅（室）及相关机构事务", "130.00", "80.00", "20.00", "30.00", ""],
        ["2010301", "行政运行", "100.00", "80.00", "20.00", "", ""],
        ["2010308", "信访事务", "30.00", "", "", "30.00", ""],
        ["208", "社会保障和就业支出", "20.00", "20.00", "", "", ""],
        ["20805", "行政事业单位养老支出", "20.00", "20.00", "", "", ""],
        ["2080505", "养老保险缴费", "20.00", "20.00", "", "", ""]]
    assert [row.level for row in sheet.rows] == [0, 1, 2, 3, 3, 1, 2, 3]
    assert [row.key for row in sheet.rows][:2] == ["total", "201"]


def test_codes_of_odd_length_and_unknown_ones_are_shown() -> None:
    engine = with_lines(
        Line(1, Kind.STAFF, "201", amount=WAN), Line(2, Kind.STAFF, "20103", amount=2 * WAN),
        Line(3, Kind.STAFF, "2019999", amount=4 * WAN), Line(4, Kind.STAFF, "2010", amount=8 * WAN),
        Line(5, Kind.STAFF, "", amount=16 * WAN), Line(6, Kind.STAFF, "2010301", amount=None))
    sheet = engine.sheet("gpb_function")
    shown = {row.key: (row.cells[1].text, row.cells[2].text) for row in sheet.rows}
    assert shown["total"] == ("合计", "31.00")
    assert shown["201"] == ("一般公共服务支出", "15.00")
    assert shown["20103"] == ("政府办公厅（室）及相关机构事务", "2.00")
    assert shown["2019999"] == ("（科目表中没有）", "4.00")
    assert shown["2010"] == ("（科目表中没有）", "8.00")
    assert shown["2010301"] == ("行政运行", "")
    assert "" not in shown


def test_pairs_stand_under_their_department_class(engine: Engine) -> None:
    sheet = engine.sheet("pair")
    assert [row.key for row in sheet.rows] == [
        "301", "30101/50101", "30108/50102", "302", "30201/50201", "30217/50206", "total"]
    assert [cell.text for cell in sheet.rows[4].cells] == [
        "30201", "办公费", "50201", "办公经费", "45.00", "", "15.00", "30.00"]
    assert [cell.text for cell in sheet.rows[-1].cells][:5] == ["", "合计", "", "", "150.00"]


def test_blocks_stand_side_by_side_and_are_padded(engine: Engine) -> None:
    sheet = engine.sheet("summary")
    shown = texts(sheet)
    assert len(shown) == 6
    assert shown[0] == ["一般公共预算拨款", "150.00", "一般公共服务支出", "135.00", "120.00", "15.00", "12.50%"]
    assert shown[2] == ["其中：", "", "支出总计", "155.00", "120.00", "35.00", "29.17%"]
    assert shown[3] == ["本年收入合计", "150.00", "结转下年", "", "", "——", ""]
    assert shown[5] == ["收入总计", "155.00", "", "", "", "", ""]
    assert sheet.rows[0].keys == ("in_gpb", "in_gpb", "201", "201", "201", "201", "201")
    assert sheet.cell("ex_total", "ex_amount").value == 155 * WAN
    assert sheet.rows[2].bold


def test_rows_by_unit_project_line_record_fact(engine: Engine) -> None:
    assert texts(engine.sheet("sangong")) == [
        ["", "合计", "5.00", "", "5.00", "6.00", "-1.00", "6.00"],
        ["436", "某县信访局", "5.00", "", "5.00", "6.00", "-1.00", "6.00"]]
    assert texts(engine.sheet("projects")) == [
        ["", "合计", "", "35.00", "35.00"], ["1", "信访维稳", "接访", "35.00", "35.00"]]
    assert texts(engine.sheet("carry")) == [
        ["", "", "合计", "5.00", "", ""], ["信访维稳", "201", "信访事务", "5.00", "", "一般公共预算拨款"]]
    assert texts(engine.sheet("purchases")) == [["合计", "3", "30.00", "30.00"], ["复印机", "3", "30.00", "30.00"]]
    assert texts(engine.sheet("meetings")) == [["年会", "30", "1.50"], ["例会", "10", "0.50"], ["合计", "40", "2.00"]]


def test_a_repeated_table_has_one_sheet_a_project(engine: Engine) -> None:
    assert [i for i in engine.sheet_ids() if i.startswith("targets")] == ["targets#1", "targets#2"]
    sheet = engine.sheet("targets#2")
    assert (sheet.table, sheet.heads) == ("targets", (("项目名称", "宣传"), ("说明", "无")))
    assert texts(sheet) == [["产出指标", "册数", "≥500册", "5"]]
    none = Engine(PACK, replace(year(), projects={}, indicators={})).sheet("targets")
    assert none.is_empty
    assert none.notes == ("没有项目。",)


def test_the_catalogue_tells_which_tables_are_empty(engine: Engine) -> None:
    shown = {row[1]: row[2:] for row in texts(engine.sheet("catalogue"))}
    assert shown["结转资金表"] == ["否", ""]
    assert "会议计划" not in shown
    assert "目录" not in shown
    engine.apply(Change("", (SetField("lines", 6, "carry", True, False),)))
    shown = {row[1]: row[2:] for row in texts(engine.sheet("catalogue"))}
    assert shown["结转资金表"] == ["是", "没有结转资金。"]


def test_an_empty_table_says_its_sentence() -> None:
    empty = Engine(PACK, Year(year().unit, 2023, PACK.id)).sheet("gpb_function")
    assert empty.is_empty
    assert empty.notes == ("本部门2023年没有支出。",)
    assert texts(empty) == [["", "合计", "", "", "", "", ""]]


def test_lines_without_a_code_still_count_in_the_total() -> None:
    sheet = with_lines(Line(1, Kind.STAFF, amount=WAN)).sheet("gpb_function")
    assert not sheet.is_empty
    assert texts(sheet)[0][2] == "1.00"
    assert sheet.cell("total", "staff").formula is None


def test_formulas_are_written_only_where_they_are_true(engine: Engine) -> None:
    sheet = engine.sheet("gpb_function")

    def cells(row: str, *columns: str) -> tuple[CellAddress, ...]:
        return tuple(CellAddress("gpb_function", row, c) for c in columns)

    assert sheet.cell("2010301", "total").formula == SumOf(cells("2010301", "staff", "running", "project"))
    assert sheet.cell("201", "staff").formula == SumOf(cells("20103", "staff"))
    assert sheet.cell("total", "staff").formula == SumOf(cells("201", "staff") + cells("208", "staff"))
    assert sheet.cell("2010301", "staff").formula is None
    summary = engine.sheet("summary")
    assert summary.cell("in_total", "in_amount").formula == SumOf(
        (CellAddress("summary", "in_year", "in_amount"), CellAddress("summary", "in_carry", "in_amount")))
    assert summary.cell("201", "ex_change").formula == SumOf(
        (CellAddress("summary", "201", "ex_amount"),), (CellAddress("summary", "201", "ex_prior"),))
    engine.apply(Change("", (SetField("lines", 3, "kind", Kind.RUNNING, Kind.BUSINESS),)))
    assert engine.sheet("gpb_function").cell("2010301", "total").formula is None


def test_headings_merge_across_and_reach_down() -> None:
    cells, rows = header((column("a", "科目", "编码", kind="code"), column("b", "科目", "名称", kind="name"),
                          column("c", "合计"), column("d", "基本", "小计"), column("e", "基本", "其中", "甲")), True)
    assert rows == 4
    assert cells == (
        HeaderCell("科目", 0, 0, 1, 2), HeaderCell("合计", 0, 2, 3, 1), HeaderCell("基本", 0, 3, 1, 2),
        HeaderCell("编码", 1, 0, 2, 1), HeaderCell("名称", 1, 1, 2, 1), HeaderCell("小计", 1, 3, 2, 1),
        HeaderCell("其中", 1, 4, 1, 1), HeaderCell("甲", 2, 4, 1, 1),
        HeaderCell("栏次", 3, 0, 1, 2), HeaderCell("1", 3, 2), HeaderCell("2", 3, 3), HeaderCell("3", 3, 4))


def test_headings_cover_every_column_once(engine: Engine) -> None:
    for sheet in engine.sheets():
        covered = [(r, c) for cell in sheet.header for r in range(cell.row, cell.row + cell.row_span)
                   for c in range(cell.column, cell.column + cell.column_span)]
        assert sorted(covered) == [(r, c) for r in range(sheet.header_rows) for c in range(len(sheet.columns))]


def test_every_cell_can_be_found_by_its_address(engine: Engine) -> None:
    for sheet in engine.sheets():
        for row in sheet.rows:
            assert len(row.cells) == len(sheet.columns)
            for j, col in enumerate(sheet.columns):
                if row.key_at(j):
                    assert sheet.cell(row.key_at(j), col.id) == row.cells[j]


def test_a_table_in_yuan_prints_yuan() -> None:
    tables = tuple(replace(t, unit=MoneyUnit.YUAN) if t.id == "gov" else t for t in PACK.tables)
    sheet = Engine(replace(PACK, tables=tables), year()).sheet("gov")
    assert sheet.cell("501", "total").text == "1000000.00"
    assert sheet.unit_label == "单位：元"


def test_incomes_by_function_make_rows_too() -> None:
    function = next(t for t in PACK.tables if t.id == "gpb_function")
    incomes = replace(function, id="income", source="incomes", where=ALWAYS)
    pack = replace(PACK, tables=(*PACK.tables, incomes))
    start = replace(year(), incomes={1: Income(1, Fund.GPB, function="2010301", amount=WAN)})
    sheet = Engine(pack, start).sheet("income")
    assert [row.key for row in sheet.rows] == ["total", "201", "20103", "2010301"]
    assert sheet.cell("total", "total").value == WAN


def test_one_edit_renews_only_its_rows(engine: Engine) -> None:
    before = engine.sheet("gpb_function")
    engine.apply(Change("", (SetField("lines", 3, "amount", 15 * WAN, 16 * WAN),)))
    after = engine.sheet("gpb_function")
    assert after.cell("2010301", "running").text == "21.00"
    assert after.rows[5] is before.rows[5]
    assert engine.sheet("carry") is engine.sheet("carry")
