"""A bureau's list of accounts in the shapes bureaus send it, and what comes of laying it over the shipped one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from xinfang_desk.intake.errors import IntakeError
from xinfang_desk.intake.subjects import _codes_of, read_subjects
from xinfang_desk.intake.workbook import RawSheet
from xinfang_desk.model.codes import Certainty, Code, CodeKind, Codes, UnitKind
from xinfang_desk.model.proposal import CodeProposal, SubjectList, overlay
from xinfang_desk.packs import load_codes
from xinfang_desk.places import forms_dir

Rows = Sequence[Sequence[object]]


@pytest.fixture(scope="module")
def codes() -> Codes:
    return load_codes(2024, forms_dir())


def write(path: Path, *sheets: Rows, merge: Sequence[str] = ()) -> Path:
    book = xlsxwriter.Workbook(path)
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet(f"表{number + 1}")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell not in (None, ""):
                    sheet.write(row, column, cell)
        for area in merge:
            top = area.partition(":")[0]
            column = ord(top[0]) - ord("A")
            cells = rows[int(top[1:]) - 1]
            sheet.merge_range(area, cells[column] if column < len(cells) else "")
    book.close()
    return path


def read(tmp_path: Path, codes: Codes, *sheets: Rows, merge: Sequence[str] = ()) -> SubjectList:
    return read_subjects(write(tmp_path / "科目.xlsx", *sheets, merge=merge), codes)


def taken(found: SubjectList) -> dict[str, str]:
    return {row.code: row.name for proposal in found.proposals for row in proposal.taken}


WANTED = {"201": "一般公共服务支出", "20140": "信访事务", "2014001": "行政运行", "2014005": "信访专项"}

LAYOUTS: dict[str, tuple[Rows, Sequence[str]]] = {
    "two columns, numbers": ([
        ["科目编码", "科目名称"], [201, "一般公共服务支出"], [20140, "信访事务"], [2014001, "行政运行"], [2014005, "信访专项"]], ()),
    "texts with spaces, more columns, a title": ([
        ["2024年支出功能分类科目"], [], ["序号", "编 码", "级次", "名 称", "说明"],
        [1, "201", 1, "一般公共服务支出", "反映…"], [2, " 20140", 2, "  信访事务", ""],
        [3, "201 40 01", 3, "\u3000\u3000行政运行", ""], [4, "２０１４００５", 3, "信访专项", ""]], ()),
    "three cells, complete": ([
        ["类", "款", "项", "科目名称"], ["201", "", "", "一般公共服务支出"], ["201", "40", "", "信访事务"],
        ["201", "40", "01", "行政运行"], ["201", "40", "05", "信访专项"]], ()),
    "three cells, carried on, numbers": ([
        ["科目编码", "", "", "科目名称"], ["类", "款", "项", ""], [201, "", "", "一般公共服务支出"],
        ["", 40, "", "信访事务"], ["", "", 1, "行政运行"], ["", "", 5, "信访专项"]], ("A1:C1", "D1:D2")),
    "three cells, each with the whole code": ([
        ["类", "款", "项", "科目名称"], ["201", "", "", "一般公共服务支出"], ["", "20140", "", "信访事务"],
        ["", "", "2014001", "行政运行"], ["", "", "2014005", "信访专项"]], ()),
    "merged 类 and 款": ([
        ["类", "款", "项", "名称"], ["201", "", "", "一般公共服务支出"], ["", "40", "", "信访事务"],
        ["", "", "01", "行政运行"], ["", "", "05", "信访专项"]], ("A2:A5", "B3:B5")),
    "joined under a heading": ([
        ["支出功能分类科目", "备注"], ["201-一般公共服务支出"], ["20140 信访事务"], ["2014001—行政运行"], ["[2014005]信访专项", "新"]], ()),
    "joined without a heading": ([["201-一般公共服务支出"], ["20140-信访事务"], ["2014001-行政运行"], ["2014005-信访专项"]], ()),
    "no heading": ([[201, "一般公共服务支出"], [20140, "信访事务"], [2014001, "行政运行"], [2014005, "信访专项"]], ()),
    "joined in the column of codes beside names": ([
        ["科目代码", "科目名称"], ["201", "一般公共服务支出"], ["20140-信访事务", "信访事务"], ["2014001", "行政运行"],
        ["2014005-信访专项", ""]], ()),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_says_the_same(tmp_path: Path, codes: Codes, layout: str) -> None:
    rows, merge = LAYOUTS[layout]
    found = read(tmp_path, codes, rows, merge=merge)
    assert taken(found) == WANTED
    assert found.refused == ()
    (proposal,) = found.proposals
    assert proposal.kind is CodeKind.FUNCTION
    assert [row.code for row in proposal.added] == ["2014005"]
    assert [row.code for row in proposal.confirmed] == ["201", "20140", "2014001"]
    assert "2014004" in {row.code for row in proposal.missing}


def test_a_proposal_tells_new_renamed_confirmed_and_missing(tmp_path: Path, codes: Codes) -> None:
    found = read(tmp_path, codes, [
        ["科目编码", "科目名称"], ["20103", "政府办公厅(室)及相关机构事务"], ["2014004", "信访业务工作"], ["2014001", "行政运行"],
        ["2014060", "信访信息化"]])
    (proposal,) = found.proposals
    assert [(one.old.name, one.new.name) for one in proposal.renamed] == [("信访业务", "信访业务工作")]
    assert [row.name for row in proposal.confirmed] == ["政府办公厅（室）及相关机构事务", "行政运行"]
    assert proposal.added == (Code("2014060", "信访信息化", Certainty.CONFIRMED, "财政局科目表 科目.xlsx"),)
    assert not {row.code for row in proposal.missing} & set(taken(found))
    assert all(row.certainty is Certainty.CONFIRMED and row.source == found.source for row in proposal.taken)
    assert proposal.confirmed[1].note == ""


def test_three_classifications_on_three_sheets(tmp_path: Path, codes: Codes) -> None:
    found = read(tmp_path, codes, [["科目编码", "科目名称"], [2014001, "行政运行"]],
                 [["类", "款", "科目名称"], [302, "", "商品和服务支出"], ["", 1, "办公费"], ["", 41, "信访接待费"]],
                 [["说明"], ["本表由预算股提供"]], [["政府预算支出经济分类"], ["501-机关工资福利支出"], ["50101-工资奖金津补贴"]])
    assert [proposal.kind for proposal in found.proposals] == list(CodeKind)
    assert taken(found)["30241"] == "信访接待费"
    assert [row.code for row in found.proposals[2].confirmed] == ["501", "50101"]


def test_rows_that_do_not_fit_are_told_with_their_place(tmp_path: Path, codes: Codes) -> None:
    found = read(tmp_path, codes, [
        ["科目编码", "科目名称"], ["2014001", "行政运行"], [], ["20140011", "多一位"], ["2014001", "行政运行"],
        ["2014001", "信访运行"], ["20199A9", "字母"], ["2014006", ""], ["合计", ""], ["7014001", "别的"],
        ["2330101", "没有款"], ["101", "税收收入"], ["10101", "增值税"], ["2014007", "12345"], ["2014008", "长" * 80],
        ["20140.01", "带点"], ["2014001x-行政运行", "带字母"]])
    assert taken(found) == {"2014001": "行政运行"}
    told = {row.row: row.reason_cn for row in found.refused}
    assert all(row.sheet == "表1" and row.text for row in found.refused)
    assert all(reason.endswith("。") for reason in told.values())
    assert "有 8 位，支出功能分类科目应是 3、5、7 位" in told[4]
    assert 5 not in told
    assert "第 2 行是“行政运行”，两处名称不同" in told[6]
    assert "编码只能是数字" in told[7]
    assert "没有名称" in told[8]
    assert 9 not in told
    assert "不属于" in told[10]
    assert "上面的款“23301”" in told[11]
    assert "收入分类科目" in told[12]
    assert "共 2 行" in told[12]
    assert "不像科目名称" in told[14]
    assert "不像科目名称" in told[15]
    assert "编码只能是数字" in told[16]
    assert "编码只能是数字" in told[17]


def test_formulas_are_not_worked_out(tmp_path: Path, codes: Codes) -> None:
    path = tmp_path / "公式.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["科目编码", "科目名称"])
    sheet.write_row(1, 0, ["2014001", "行政运行"])
    sheet.write_formula(2, 0, "=A2+1", None, "2014002")
    sheet.write_formula(2, 1, '="一般"&"行政管理事务"', None, "一般行政管理事务")
    sheet.write_formula(3, 0, "=A2+2")
    sheet.write_string(3, 1, '=cmd|" /c calc"!A1')
    book.close()
    found = read_subjects(path, codes)
    assert taken(found) == {"2014001": "行政运行", "2014002": "一般行政管理事务"}
    assert [row.row for row in found.refused] == [4]


@pytest.mark.parametrize("rows", [
    [["姓名", "电话"], ["某人", "某号"]],
    [["科目编码", "科目名称"], ["", ""]],
    [["科目编码", "科目名称"], ["20140011", "行政运行"]],
    [["2024年公开"], ["本表由预算股提供"]],
])
def test_a_workbook_without_accounts_is_refused(tmp_path: Path, codes: Codes, rows: Rows) -> None:
    with pytest.raises(IntakeError, match=r"科目\.xlsx”里没有认出科目"):
        read(tmp_path, codes, rows)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.one_of(st.sampled_from(["", "类", "款", "项", "科目编码", "科目名称", "编码", "名称", "201", "20140", "40",
                                                     "2014001", "01", "2014001-行政运行", "行政运行", "合计"]), st.text(max_size=12)),
                         min_size=4, max_size=4), max_size=12))
def test_no_arrangement_of_cells_breaks_the_reading(rows: list[list[str]]) -> None:
    for row, code, name, text in _codes_of(RawSheet("表", tuple(map(tuple, rows)))):
        assert 1 <= row <= len(rows)
        assert isinstance(code + name + text, str)


def rows_of(*proposals: CodeProposal) -> dict[CodeKind, tuple[Code, ...]]:
    return {proposal.kind: proposal.taken for proposal in proposals}


def test_overlaid_codes_are_confirmed_and_the_rest_stays(tmp_path: Path, codes: Codes) -> None:
    found = read(tmp_path, codes, [["科目编码", "科目名称"], ["2014004", "信访业务工作"], ["2014060", "信访信息化"]])
    laid = overlay(codes, rows_of(*found.proposals))
    assert laid.function.name("2014004") == "信访业务工作"
    assert laid.function.entries["2014060"].source == "财政局科目表 科目.xlsx"
    assert laid.function.entries["2014004"].certainty.sure
    assert laid.function.name("2014001") == "行政运行"
    assert not laid.function.entries["2014001"].certainty.sure
    assert list(laid.function.entries) == sorted(laid.function.entries)
    assert (laid.mapping, laid.econ_dept, laid.successors) == (codes.mapping, codes.econ_dept, codes.successors)
    assert codes.function.name("2014004") == "信访业务"


def test_dropped_codes_take_what_is_below_and_the_mapping_follows(codes: Codes) -> None:
    given_ = {CodeKind.FUNCTION: (Code("2014004", "信访业务", Certainty.CONFIRMED, "财政局科目表 a.xlsx"),)}
    laid = overlay(codes, given_, drop=("20139", "2014050", "20140", "30107", "50801", "599"))
    assert not any(code.startswith("20139") for code in laid.function.entries)
    assert "2014050" not in laid.function
    assert "2014004" in laid.function
    assert "20140" in laid.function
    assert "30107" not in laid.econ_dept
    assert laid.mapping.default("30107", UnitKind.PUBLIC_1) == ""
    assert "599" not in laid.econ_gov
    assert "39907" in laid.econ_dept
    assert laid.mapping.default("39907", UnitKind.ADMIN) == ""
    assert overlay(codes, {}) == codes


def test_a_new_department_code_has_no_mapping_yet(tmp_path: Path, codes: Codes) -> None:
    found = read(tmp_path, codes, [["部门预算经济分类"], ["302-商品和服务支出"], ["30241-信访接待费"]])
    laid = overlay(codes, rows_of(*found.proposals))
    assert laid.mapping.default("30241", UnitKind.ADMIN) == ""
    assert laid.mapping.allowed("30241", UnitKind.ADMIN) == frozenset()
