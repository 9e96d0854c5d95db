"""The packs that come with the program: they load, and they hold the official tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from xinfang_desk.engine.rules import RULES
from xinfang_desk.model.pack import Pack, Severity, Table
from xinfang_desk.packs.loader import examine_pack, load_pack

FORMS = Path(__file__).parents[2] / "forms"
PROVINCES = ("hebei/2021", "shaanxi/2023")

TABLES = {
    "national/2021": {
        "summary": ("表1", "部门收支总表",
            "项目│预算数│项目│预算数"),
        "income": ("表2", "部门收入总表",
            "科目编码│科目名称│合计│上年结转│一般公共预算拨款收入│政府性基金预算拨款收入│"
            "国有资本经营预算拨款收入│财政专户管理资金│事业收入│事业单位经营收入│上级补助收入│附属单位上缴收入│"
            "其他收入│使用非财政拨款结余"),
        "expenditure": ("表3", "部门支出总表",
            "科目编码│科目名称│合计│基本支出│项目支出│上缴上级支出│事业单位经营支出│对附属单位补助支出"),
        "appropriation": ("表4", "财政拨款收支总表",
            "项目│预算数│项目│合计│一般公共预算│政府性基金预算│国有资本经营预算"),
        "gpb_function": ("表5", "一般公共预算支出表",
            "科目编码│科目名称│合计│小计│人员经费│公用经费│项目支出"),
        "basic_economic": ("表6", "一般公共预算基本支出表",
            "科目编码│科目名称│合计│人员经费│公用经费"),
        "sangong": ("表7", "一般公共预算“三公”经费支出表",
            "单位名称│“三公”经费合计│因公出国（境）费│小计│公务用车购置费│公务用车运行费│公务接待费│"
            "“三公”经费合计│因公出国（境）费│小计│公务用车购置费│公务用车运行费│公务接待费"),
        "fund": ("表8", "政府性基金预算支出表",
            "科目编码│科目名称│合计│基本支出│项目支出"),
        "soe": ("表9", "国有资本经营预算支出表",
            "科目编码│科目名称│合计│基本支出│项目支出"),
        "projects": ("表10", "项目支出表",
            "类型│项目名称│项目单位│合计│一般公共预算│政府性基金预算│国有资本经营预算│一般公共预算│"
            "政府性基金预算│国有资本经营预算│财政专户管理资金│单位资金"),
        "project_targets": ("表11", "项目支出绩效目标表",
            "一级指标│二级指标│三级指标│指标值"),
        "whole_targets": ("表12", "部门整体支出绩效目标表",
            "一级指标│二级指标│三级指标│指标值"),
        "procurement": ("表13", "政府采购预算表",
            "项目名称│采购品目│采购类型│数量│计量单位│单价│合计│一般公共预算│政府性基金预算│"
            "国有资本经营预算│其他资金│面向中小企业预留"),
        "meetings": ("", "会议计划",
            "会议名称│人数│天数│内容│金额"),
        "trainings": ("", "培训计划",
            "培训名称│人数│天数│内容│金额"),
        "uses": ("", "项目资金用途安排",
            "用途│金额"),
    },
    "hebei/2021": {
        "summary": ("表1", "部门预算收支总表",
            "序号│项目│预算数│项目│预算数"),
        "income": ("表2", "部门预算收入总表",
            "序号│科目编码│科目名称│合计│小计│一般公共预算拨款│基金预算拨款│国有资本经营预算拨款│"
            "财政专户核拨│其他来源收入│上年结转"),
        "expenditure": ("表3", "部门预算支出总表",
            "序号│科目编码│科目名称│合计│基本支出│项目支出│经营支出│上缴上级支出│对附属单位补助支出"),
        "appropriation": ("表4", "部门预算财政拨款收支总表",
            "序号│项目│预算数│项目│合计│一般公共预算│政府性基金预算│国有资本经营预算"),
        "gpb_function": ("表5", "部门预算一般公共预算财政拨款支出表",
            "序号│科目编码│科目名称│合计│基本支出│项目支出"),
        "basic_economic": ("表6", "部门预算一般公共预算财政拨款基本支出表",
            "序号│科目编码│科目名称│合计│人员经费│公用经费"),
        "fund": ("表7", "部门预算政府性基金预算财政拨款支出表",
            "序号│科目编码│科目名称│合计│基本支出│项目支出"),
        "soe": ("表8", "部门预算国有资本经营预算财政拨款支出表",
            "序号│科目编码│科目名称│合计│基本支出│项目支出"),
        "sangong": ("表9", "部门预算财政拨款“三公”经费支出表",
            "序号│项目│合计│一般公共预算│政府性基金预算│国有资本经营预算"),
        "bodies": ("", "部门机构设置情况",
            "单位名称│单位性质│单位规格│经费保障形式"),
        "project_targets": ("", "{project.name}绩效目标表",
            "一级指标│二级指标│三级指标│绩效指标描述│指标值│指标值确定依据"),
        "procurement": ("", "部门政府采购预算",
            "项目名称│预算资金│政府采购项目来源│采购物品名称│政府采购目录序号│数量单位│数量│单价│总计│合计│"
            "一般公共预算拨款│基金预算拨款│财政专户核拨│其他来源收入│其他渠道资金"),
        "assets": ("", "部门固定资产占用情况表",
            "项目│数量│价值（金额单位：万元）"),
        "meetings": ("", "会议计划",
            "会议名称│人数│天数│内容│金额"),
        "trainings": ("", "培训计划",
            "培训名称│人数│天数│内容│金额"),
        "uses": ("", "项目资金用途安排",
            "用途│金额"),
    },
    "shaanxi/2023": {
        "catalogue": ("", "目录",
            "序号│报表名称│是否空表│公开空表理由"),
        "summary": ("表1", "部门综合预算收支总表",
            "项目│预算数│支出功能分科目（按大类）│预算数│部门预算支出经济科目（按大类）│预算数│"
            "政府预算支出经济分类科目（按大类）│预算数"),
        "income": ("表2", "部门综合预算收入总表",
            "单位编码│单位名称│总计│小计│其中：专项资金列入部门预算项目│政府性基金拨款│国有资本经营预算拨款│"
            "上级补助收入│小计│其中：纳入财政专户管理的收费│事业单位经营收入│附属单位上缴收入│其他收入│"
            "用事业基金弥补收支差额│上年结转│上年实户资金余额"),
        "expenditure": ("表3", "部门综合预算支出总表",
            "单位编码│单位名称│总计│小计│其中：专项资金列入部门预算项目│政府性基金拨款│国有资本经营预算拨款│"
            "上级补助收入│小计│其中：纳入财政专户管理的收费│事业单位经营收入│附属单位上缴收入│其他收入│"
            "上年结转│实户资金余额"),
        "appropriation": ("表4", "部门综合预算财政拨款收支总表",
            "项目│预算数│支出功能分科目（按大类）│预算数│部门预算支出经济科目（按大类）│预算数│"
            "政府预算支出经济分类科目（按大类）│预算数"),
        "gpb_function": ("表5", "部门综合预算一般公共预算支出明细表（按支出功能分类科目）",
            "功能科目编码│功能科目名称│合计│人员经费支出│公用经费支出│专项业务经费支出│备注"),
        "gpb_economic": ("表6", "部门综合预算一般公共预算支出明细表（按支出经济分类科目）",
            "部门经济科目编码│部门经济科目名称│政府经济科目编码│政府经济科目名称│合计│人员经费支出│"
            "公用经费支出│专项业务经费支出│备注"),
        "basic_function": ("表7", "部门综合预算一般公共预算基本支出明细表（按支出功能分类科目）",
            "功能科目编码│功能科目名称│合计│人员经费支出│公用经费支出│备注"),
        "basic_economic": ("表8", "部门综合预算一般公共预算基本支出明细表（按支出经济分类科目）",
            "部门经济科目编码│部门经济科目名称│政府经济科目编码│政府经济科目名称│合计│人员经费支出│"
            "公用经费支出│备注"),
        "fund": ("表9", "部门综合预算政府性基金收支表",
            "项目│预算数│支出功能分科目（按大类）│预算数│部门预算支出经济科目（按大类）│预算数│"
            "政府预算支出经济分类科目（按大类）│预算数"),
        "projects": ("表10", "部门综合预算专项业务经费支出表",
            "单位（项目）编码│单位（项目）名称│项目金额│项目简介"),
        "carry": ("表11", "部门综合预算财政拨款上年结转资金支出表",
            "预算单位│预算项目名称│编码│名称│部门经济科目│政府经济科目│金额│资金性质│备注"),
        "procurement": ("表12", "部门综合预算政府采购（资产配置、购买服务）预算表",
            "类│款│项│单位编码│采购项目│采购目录│购买服务内容│规格型号│数量│部门预算支出经济科目编码│"
            "政府预算支出经济科目编码│实施采购时间│预算金额│说明"),
        "sangong": ("表13", "部门综合预算一般公共预算拨款“三公”经费及会议费、培训费支出预算表",
            "单位编码│单位名称│合计│小计│因公出国（境）费用│公务接待费│小计│公务用车购置费│"
            "公务用车运行维护费│会议费│培训费│合计│小计│因公出国（境）费用│公务接待费│小计│公务用车购置费│"
            "公务用车运行维护费│会议费│培训费│合计│小计│因公出国（境）费用│公务接待费│小计│公务用车购置费│"
            "公务用车运行维护费│会议费│培训费"),
        "project_targets": ("表14", "部门专项业务经费绩效目标表",
            "一级指标│二级指标│指标内容│指标值"),
        "whole_targets": ("表15", "部门整体支出绩效目标表",
            "一级指标│二级指标│指标内容│指标值"),
        "whole_tasks": ("表15-1", "部门整体支出绩效目标表（年度主要任务）",
            "任务名称│主要内容│预算金额"),
        "units": ("", "部门预算单位构成",
            "序号│单位名称│拟变动情况"),
        "gpb_gov": ("", "一般公共预算支出（按政府预算支出经济分类）",
            "科目编码│科目名称│合计"),
        "meetings": ("", "会议计划",
            "会议名称│人数│天数│内容│金额"),
        "trainings": ("", "培训计划",
            "培训名称│人数│天数│内容│金额"),
        "uses": ("", "项目资金用途安排",
            "用途│金额"),
    },
}
"""Number, title and leaf headings of every table, from the reference of table sets (2.1, 2.3, 2.4)."""


@pytest.fixture(scope="module", params=sorted(TABLES))
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(str(request.param), FORMS)


def leaves(table: Table) -> str:
    columns = table.columns or tuple(column for block in table.blocks for column in block.columns)
    return "│".join(column.titles[-1] for column in columns)


@pytest.mark.parametrize("pack_id", sorted(TABLES))
def test_loads_without_problems(pack_id: str) -> None:
    pack, problems = examine_pack(pack_id, FORMS, known_rules=frozenset(RULES))
    assert [f"{p.file}:{p.line} {p.message_cn}" for p in problems] == []
    assert pack is not None


def test_tables_are_the_official_ones(pack: Pack) -> None:
    assert {t.id: (t.number, t.title, leaves(t)) for t in pack.tables} == TABLES[pack.id]


def test_printed_tables_without_data_have_their_sentence(pack: Pack) -> None:
    always_full = {"catalogue", "summary", "appropriation"}
    bare = [t.id for t in pack.tables if not t.inline and not t.empty and t.id not in always_full]
    assert bare == []


def test_three_totals_of_a_summary_stand_on_one_line() -> None:
    for name in ("summary", "appropriation"):
        table = load_pack("shaanxi/2023", FORMS).table(name)
        places = {tuple(row.id.partition("_")[2] for row in block.rows).index("year") for block in table.blocks}
        assert len(places) == 1
        assert len({len(block.rows) for block in table.blocks}) == 1


@pytest.mark.parametrize("pack_id", PROVINCES)
def test_every_check_says_what_and_where(pack_id: str) -> None:
    pack = load_pack(pack_id, FORMS)
    assert len(pack.checks) >= 100
    assert {check.severity for check in pack.checks} == set(Severity)
    for check in pack.checks:
        assert len(check.title) <= 30, check.id
        assert check.say.endswith("。"), check.id
        assert check.law, check.id


@pytest.mark.parametrize("pack_id", PROVINCES)
def test_every_question_is_explained(pack_id: str) -> None:
    for page in load_pack(pack_id, FORMS).pages:
        for field in page.fields:
            assert field.help.endswith("。"), field.address


def test_pages_are_the_fixed_ones(pack: Pack) -> None:
    assert [page.id for page in pack.pages] == [
        "unit", "duties", "staff", "income", "basic", "projects", "prior", "sangong", "running", "procurement",
        "targets", "notes", "review", "preview", "export"]
