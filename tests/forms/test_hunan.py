"""Hunan's packs: the official tables, their text, their papers, and how little a county's variant says."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from xinfang_desk.engine import Engine
from xinfang_desk.engine.rules import RULES
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.ledger import Fund, Kind, Line, Year
from xinfang_desk.model.pack import Pack, Table
from xinfang_desk.packs import examine_pack, load_pack, read_year
from xinfang_desk.paper.writer import write_edition
from xinfang_desk.passages import compose, digest

FORMS = Path(__file__).parents[2] / "forms"
WAN = 1_000_000

FUNC = "类│款│项│科目名称│"
GOVCLS = ("合计│机关工资福利支出│机关商品和服务支出│机关资本性支出（一）│机关资本性支出（二）│对事业单位经常性补助│"
          "对事业单位资本性补助│对企业补助│对企业资本性支出│对个人和家庭的补助│对社会保障基金补助│债务利息及费用支出│"
          "债务还本支出│转移性支出│预备费及预留│其他支出")
DEPCLS = ("总计│合计│工资福利支出│商品和服务支出│对个人和家庭的补助│合计│按项目管理的工资福利支出│"
          "按项目管理的商品和服务支出│按项目管理的对个人和家庭的补助│债务利息及费用支出│资本性支出（基本建设）│"
          "资本性支出│对企业补助（基本建设）│对企业补助│对社会保障基金补助│其他支出│事业单位经营支出│上缴上级支出│"
          "对附属单位补助支出")
W_DEP = ("小计│基本工资│津贴补贴│奖金│绩效工资│伙食补助费│小计│机关事业单位基本养老保险缴费│职业年金缴费│"
         "职工基本医疗保险缴费│公务员医疗补助缴费│其他社会保障缴费│住房公积金│医疗费│其他工资福利支出")
H_DEP = ("离休费│退休费│退职（役）费│抚恤金│生活补助│救济费│医疗费补助│助学金│奖励金│个人农业生产补贴│"
         "代缴社会保险费│其他对个人和家庭的补助")
G_DEP = ("办公费│印刷费│咨询费│手续费│水费│电费│邮电费│取暖费│物业管理费│差旅费│因公出国（境）费用│维修（护）费│"
         "租赁费│会议费│培训费│公务接待费│专用材料费│被装购置费│专用燃料费│劳务费│委托业务费│工会经费│福利费│"
         "公务用车运行维护费│其他交通费用│税金及附加费用│其他商品和服务支出")
W_GOV = "工资奖金津补贴│社会保障缴费│住房公积金│其他工资福利支出"
H_GOV = "社会福利和救助│助学金│个人农业生产补贴│离退休费│其他对个人和家庭补助"
G_GOV = ("小计│办公经费│会议费│培训费│专用材料购置费│委托业务费│公务接待费│因公出国（境）费用│公务用车运行维护费│"
         "维修（护）费│其他商品和服务支出│商品和服务支出")
DETAIL = (FUNC + f"总计│合计│{W_DEP}│合计│{H_DEP}", FUNC + f"总计│小计│{W_GOV}│工资福利支出│小计│{H_GOV}",
          FUNC + f"合计│{G_DEP}", FUNC + f"合计│{G_GOV}")
SUMMARY = "项目│{0}│项目（按功能分类）│{0}│项目（{1}）│{0}│项目（按政府预算经济分类）│{0}"
INCOME = ("单位代码│单位名称│总计│小计│经费拨款│纳入一般公共预算管理的非税收入拨款│政府性基金拨款│"
          "财政专户管理的非税收入拨款│上级补助收入│事业单位经营服务收入│附属单位上缴收入│其他收入│"
          "用事业基金弥补收支差额│上年结转")
EXPENDITURE = (FUNC + "总计│小计│工资福利支出│一般商品和服务支出│对个人和家庭的补助│小计│专项商品和服务支出│"
               "专项对个人和家庭的补助│专项资本性支出│其他专项支出│事业单位经营支出│上缴上级支出│对附属单位补助支出")
APPROPRIATION = "项目│预算数│项目│合计│一般公共预算│政府性基金预算│国有资本经营预算"
SANGONG = "单位名称│小计│公务接待费│小计│公务用车购置费│公务用车运行费│因公出国（境）费"
TARGETS = "一级指标│二级指标│指标内容│指标值│备注"
INCOME_22 = ("部门（单位）代码│部门（单位）名称│合计│小计│一般公共预算│政府性基金预算│国有资本经营预算│财政专户管理资金│"
             "事业收入│事业单位经营收入│上级补助收入│附属单位上缴收入│其他收入│小计│一般公共预算│政府性基金预算│"
             "国有资本经营预算│财政专户管理资金│单位资金")
EXPENDITURE_22 = FUNC + "合计│基本支出│项目支出│事业单位经营支出│上缴上级支出│对附属单位补助支出"
FUNCTION_22 = FUNC + "合计│小计│小计│工资福利支出│对个人和家庭的补助│公用经费│项目支出"
SANGONG_22 = "单位编码│单位名称│“三公”经费合计│因公出国（境）费│小计│公务用车购置费│公务用车运行费│公务接待费"
FUND_22 = "科目编码│科目名称│合计│基本支出│项目支出"
ECONOMIC_22 = "科目代码│科目名称│合计│人员经费│公用经费"
TARGETS_22 = "一级指标│二级指标│三级指标│指标值│指标值内容│评（扣）分标准│度量单位│备注"
SUMMARY_22 = SUMMARY.format("本年预算数", "按部门预算经济分类")
SUMMARY_20 = SUMMARY.format("本年预算", "按支出性质和部门预算经济分类")

D, G = "（按部门预算经济分类）", "（按政府预算经济分类）"
BENEFITS, GOODS = "基本支出预算明细表-工资福利与对个人和家庭的补助", "基本支出预算明细表-商品和服务支出"
B22 = "一般公共预算基本支出表-人员经费"

TABLES = {
    "hunan/2020": [
        ("收支预算总表", SUMMARY_20), ("收入预算总表", INCOME), ("支出预算总表", EXPENDITURE),
        ("支出预算分类汇总表" + D, FUNC + DEPCLS), ("支出预算分类汇总表" + G, FUNC + GOVCLS),
        ("财政拨款收支预算表", APPROPRIATION), ("一般公共预算支出预算分类汇总表" + D, FUNC + DEPCLS),
        ("一般公共预算支出预算分类汇总表" + G, FUNC + GOVCLS), ("政府性基金拨款支出预算分类汇总表" + D, FUNC + DEPCLS),
        ("政府性基金拨款支出预算分类汇总表" + G, FUNC + GOVCLS),
        ("一般公共预算基本支出表", "科目编码│科目名称│合计│人员经费│公用经费"),
        (BENEFITS + D, DETAIL[0]), (BENEFITS + G, DETAIL[1]), (GOODS + D, DETAIL[2]), (GOODS + G, DETAIL[3]),
        ("一般公共预算" + BENEFITS + D, DETAIL[0]), ("一般公共预算" + BENEFITS + G, DETAIL[1]),
        ("一般公共预算" + GOODS + D, DETAIL[2]), ("一般公共预算" + GOODS + G, DETAIL[3]),
        ("“三公”经费情况表-一般公共预算", SANGONG)],
    "hunan/2021": [
        ("收支预算总表", SUMMARY_20), ("财政拨款收支预算总表", APPROPRIATION), ("收入预算总表", INCOME),
        ("支出预算总表", EXPENDITURE),
        ("一般公共预算支出预算表", "科目编码│科目名称│合计│小计│人员经费│公用经费│项目支出"),
        ("一般公共预算基本支出预算表", "科目编码│科目名称│合计│人员经费│公用经费"),
        ("一般公共预算“三公”经费预算表", SANGONG), ("政府性基金预算支出情况表", FUND_22),
        ("纳入专户管理的非税收入拨款预算分类汇总表", FUNC + DEPCLS), ("部门整体支出绩效目标申报表", TARGETS),
        ("专项资金绩效目标申报表", TARGETS)],
    "hunan/2022": [
        ("收支总表", SUMMARY_22), ("收入总表", INCOME_22), ("支出总表", EXPENDITURE_22),
        ("支出预算分类汇总表" + G, FUNC + GOVCLS), ("支出预算分类汇总表" + D, FUNC + DEPCLS),
        ("财政拨款收支总表", APPROPRIATION), ("一般公共预算支出表", FUNCTION_22), ("一般公共预算基本支出表", ECONOMIC_22),
        (B22 + "（工资福利支出）" + G, FUNC + f"总计│合计│{W_GOV}│合计│工资福利支出│其他对事业单位补助"),
        (B22 + "（工资福利支出）" + D, FUNC + f"总计│{W_DEP}"),
        (B22 + "（对个人和家庭的补助）" + G, FUNC + f"总计│{H_GOV}"),
        (B22 + "（对个人和家庭的补助）" + D, FUNC + f"总计│{H_DEP}"),
        ("一般公共预算基本支出表-公用经费（商品和服务支出）" + G, FUNC + f"总计│{G_GOV}"),
        ("一般公共预算基本支出表-公用经费（商品和服务支出）" + D, FUNC + f"总计│{G_DEP}"),
        ("一般公共预算“三公”经费支出表", SANGONG_22), ("政府性基金预算支出表", FUND_22),
        ("政府性基金预算支出分类汇总表" + G, FUNC + GOVCLS), ("政府性基金预算支出分类汇总表" + D, FUNC + DEPCLS),
        ("国有资本经营预算支出表", FUND_22), ("财政专户管理资金预算支出表", FUND_22),
        ("专项资金预算汇总表",
         "单位代码│单位（专项）名称│总计│小计│经费拨款│纳入一般公共预算管理的非税收入拨款│政府性基金拨款│"
         "国有资本经营预算拨款│财政专户管理资金│上级财政补助│事业收入│事业单位经营收入│附属单位上缴收入│其他收入"),
        ("项目支出绩效目标表", TARGETS_22), ("整体支出绩效目标表", TARGETS_22)],
    "hunan/2022-ten": [
        ("部门收支总体情况表", SUMMARY_22), ("部门收入总体情况表", INCOME_22), ("部门支出总体情况表", EXPENDITURE_22),
        ("财政拨款收支情况表", APPROPRIATION), ("一般公共预算支出表", FUNCTION_22),
        ("一般公共预算基本支出表", ECONOMIC_22), ("一般公共预算“三公”经费支出表", SANGONG_22),
        ("政府性基金预算支出情况表", FUND_22), ("项目支出绩效目标表", TARGETS_22), ("整体支出绩效目标表", TARGETS_22)],
}
"""Title and leaf headings of the printed tables, in order, from the reference of table sets (2.2)."""

PACKS = pytest.mark.parametrize("pack_id", sorted(TABLES))


@cache
def pack_of(pack_id: str) -> Pack:
    return load_pack(pack_id, FORMS)


def year_of(pack_id: str) -> Year:
    text = (FORMS / "national/2021/cases/base_office.toml").read_text(encoding="utf-8")
    return replace(read_year(text, "base_office.toml"), pack=pack_id, year=pack_of(pack_id).years[0])


def leaves(table: Table) -> str:
    columns = table.columns or tuple(column for block in table.blocks for column in block.columns)
    return "│".join(column.titles[-1] for column in columns)


def text_of(year: Year) -> str:
    document = compose(Engine(pack_of(year.pack), year))
    return "\n".join(f"{p.heading}\n" + "\n".join(q.text for q in p.paragraphs) for p in document.passages)


@PACKS
def test_loads_without_problems(pack_id: str) -> None:
    pack, problems = examine_pack(pack_id, FORMS, known_rules=frozenset(RULES))
    assert [problem.sentence for problem in problems] == []
    assert pack is not None
    assert pack.notes


@PACKS
def test_tables_are_the_official_ones_in_their_order(pack_id: str) -> None:
    printed = [table for table in pack_of(pack_id).tables if not table.inline]
    assert [(table.title, leaves(table)) for table in printed] == TABLES[pack_id]
    assert [table.number for table in printed] == [f"表{n}" for n in range(1, len(printed) + 1)]


@PACKS
def test_tables_without_data_have_their_sentence(pack_id: str) -> None:
    bare = [t.id for t in pack_of(pack_id).tables if not t.inline and not t.empty]
    assert bare == ["summary", "appropriation"]


@PACKS
def test_totals_of_a_summary_stand_on_one_line(pack_id: str) -> None:
    blocks = pack_of(pack_id).table("summary").blocks
    assert len({len(block.rows) for block in blocks}) == 1
    for name in ("year", "total"):
        assert len({[row.id.rpartition("_")[2] for row in block.rows].index(name) for block in blocks}) == 1


@PACKS
def test_a_year_gives_every_sheet(pack_id: str) -> None:
    engine = Engine(pack_of(pack_id), year_of(pack_id))
    sheets = {sheet.table: sheet for sheet in engine.sheets()}
    assert set(sheets) == {table.id for table in pack_of(pack_id).tables}
    empty = {sheet.table for sheet in sheets.values() if sheet.is_empty and not sheet.inline}
    assert empty == {"hunan/2020": {"dept_fund", "gov_fund"}, "hunan/2021": {"fund", "acct_dept"},
                     "hunan/2022": {"fund", "dept_fund", "gov_fund", "soe", "acct"}, "hunan/2022-ten": {"fund"}}[pack_id]


@PACKS
def test_no_table_is_refused_by_the_papers(pack_id: str, tmp_path: Path) -> None:
    pack, year = pack_of(pack_id), year_of(pack_id)
    engine = Engine(pack, year)
    document = compose(engine)
    names = {kind: name.format(unit=year.unit.name, year=year.year) for kind, name in pack.files.items()}
    made = write_edition(Edition(year.unit.name, year.year, document.title, f"{year.year}-02-15", engine.sheets(),
                                 document, names), tmp_path)
    assert {file.kind for file in made} == {"workbook", "narrative", "narrative_pdf", "document"}
    assert all((tmp_path / name).stat().st_size > 10_000 for name in names.values())


@PACKS
def test_the_text_tells_every_part_and_leaves_nothing_open(pack_id: str) -> None:
    text = text_of(year_of(pack_id))
    assert [mark for mark in ("{", "}", "【", "None", "万元万元") if mark in text] == []
    for part in ("机关运行经费18.32万元", "“三公”经费3.1万元", "政府采购预算11万元，按类别分：货物3万元，工程0万元，服务8万元",
                 "会议费1万元", "培训费0.8万元", "单价100万元以上的专用设备0台", "信访工作业务经费30万元，主要用于接待来访群众",
                 "名词解释", "全县信访工作会议，80人，1天", "基本支出226.68万元，项目支出51万元", "没有相应的收支，以空表公开"):
        assert part in text, part
    assert len(digest(Engine(pack_of(pack_id), year_of(pack_id)))) == 4


@PACKS
def test_the_target_amount_is_the_sum_of_its_parts(pack_id: str) -> None:
    """Sample 000 told 7.36 of 117.38 as all expenditure, sample 001 left 1.67 out."""
    year = year_of(pack_id)
    assert "涉及资金277.68万元：基本支出226.68万元，项目支出51万元，其他支出0万元。" in text_of(year)
    upward = Line(90, Kind.UPWARD, "2010308", "39999", "59999", Fund.GPB, amount=2 * WAN)
    assert "涉及资金279.68万元：基本支出226.68万元，项目支出51万元，其他支出2万元。" in text_of(
        replace(year, lines={**year.lines, 90: upward}))


def test_projects_are_counted_from_the_list_they_count() -> None:
    """Sample 001 wrote 5 projects above a list of 8."""
    year = year_of("hunan/2020")
    more = {**year.projects, 3: replace(year.projects[1], id=3, name="联席会议经费", purpose="")}
    lines = {**year.lines, 90: replace(year.lines[20], id=90, project=3)}
    text = text_of(replace(year, projects=more, lines=lines))
    assert "编有绩效目标的项目3个，项目资金56万元。" in text
    assert "（3）联席会议经费5万元，主要用于【待填：项目用途】。" in text


def test_the_gpb_section_reads_its_own_table() -> None:
    """Sample 000 printed last year's 115.35 above parts that make 117.38."""
    engine = Engine(pack_of("hunan/2021"), year_of("hunan/2021"))
    value = engine.value("gpb_function", "total", "total")
    assert value == 26768 * WAN // 100
    assert "一般公共预算拨款安排支出267.68万元" in text_of(year_of("hunan/2021"))
    assert engine.value("gpb_function", "total", "basic") == 22668 * WAN // 100


def test_only_special_projects_stand_in_their_table() -> None:
    engine = Engine(pack_of("hunan/2022"), year_of("hunan/2022"))
    rows = engine.sheet("specials").rows
    assert [row.cells[1].text for row in rows] == ["合计", "信访信息系统运行维护"]
    assert engine.value("specials", "total", "total") == 17 * WAN


def test_money_from_upper_finance_is_told_apart() -> None:
    year = year_of("hunan/2022")
    first = next(iter(year.incomes.values()))
    given = replace(year, incomes={**year.incomes, 90: replace(first, id=90, fund=Fund.SUPERIOR, amount=9 * WAN)},
                    facts={**year.facts, "superior.gpb": 4 * WAN, "superior.fund": 2 * WAN})
    engine = Engine(pack_of("hunan/2022"), given)
    assert engine.value("summary", "income_finance", "income_amount") == 6 * WAN
    assert engine.value("summary", "income_superior", "income_amount") == 3 * WAN
    assert "X-35" not in {finding.check for finding in engine.findings()}


VARIANT = """[pack]
id = "county/2023"
title = "某县部门预算公开（十一张表）"
region = "湖南"
years = [2023, 2023]
extends = "hunan/2022-ten"
tables = [
  "summary", "income", "expenditure", "appropriation", "gpb_function", "basic_economic", "sangong", "fund", "soe",
  "project_targets", "whole_targets", "acct", "projects", "procurement", "meetings", "trainings", "uses",
]
[table.soe]
title = "国有资本经营预算支出情况表"
inline = false
"""


def test_a_countys_variant_is_a_dozen_lines(tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    shutil.copytree(FORMS, forms)
    folder = forms / "county" / "2023"
    folder.mkdir(parents=True)
    (folder / "pack.toml").write_text(VARIANT, encoding="utf-8")
    assert len(VARIANT.splitlines()) <= 14
    pack, problems = examine_pack("county/2023", forms, known_rules=frozenset(RULES))
    assert [problem.sentence for problem in problems] == []
    assert pack is not None
    printed = [(table.number, table.title) for table in pack.tables if not table.inline]
    assert printed[8:] == [("表9", "国有资本经营预算支出情况表"), ("表10", "项目支出绩效目标表"),
                           ("表11", "整体支出绩效目标表")]
    sheets = Engine(pack, replace(year_of("hunan/2022"), pack=pack.id)).sheets()
    assert [sheet.number for sheet in sheets if sheet.table == "soe"] == ["表9"]
