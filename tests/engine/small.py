"""A small pack made in code, with one table of every kind, and a year to go with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xinfang_desk.expr import parse_condition, parse_test, parse_value
from xinfang_desk.model.codes import Certainty, Code, CodeKind, Codes, CodeTable, EconMapping
from xinfang_desk.model.ledger import Income, Indicator, Kind, Line, Project, Purchase, Unit, Year
from xinfang_desk.model.pack import (
    Block,
    Check,
    Column,
    FixedRow,
    FormField,
    Narrative,
    Pack,
    Page,
    Severity,
    Table,
    TreeRows,
)

WAN = 1_000_000


def code_table(kind: CodeKind, names: dict[str, str]) -> CodeTable:
    return CodeTable(kind, 2023, {c: Code(c, n, Certainty.CONFIRMED) for c, n in sorted(names.items())})


CODES = Codes(
    2023,
    code_table(CodeKind.FUNCTION, {
        "201": "一般公共服务支出", "20103": "政府办公厅（室）及相关机构事务", "2010301": "行政运行", "2010308": "信访事务",
        "208": "社会保障和就业支出", "20805": "行政事业单位养老支出", "2080505": "养老保险缴费"}),
    code_table(CodeKind.ECON_DEPT, {
        "301": "工资福利支出", "30101": "基本工资", "30108": "养老保险缴费", "302": "商品和服务支出", "30201": "办公费",
        "30217": "公务接待费"}),
    code_table(CodeKind.ECON_GOV, {
        "501": "机关工资福利支出", "50101": "工资奖金津补贴", "50102": "社会保障缴费", "502": "机关商品和服务支出",
        "50201": "办公经费", "50206": "公务接待费", "505": "对事业单位经常性补助", "50501": "工资福利支出"}),
    EconMapping({"30101": "50101", "30108": "50102", "30201": "50201", "30217": "50206"},
                {"30101": "50501", "30108": "50501"}))


def column(id_: str, *titles: str, kind: str = "money", where: str = "", value: str = "", **more: Any) -> Column:
    made = Column(id_, titles or (id_,), **{"kind": kind, **more})
    if where:
        made = replace(made, where=parse_condition(where))
    return replace(made, value=parse_value(value)) if value else made


def row(id_: str, label: str, where: str = "", value: str = "", cells: dict[str, str] | None = None,
        **more: Any) -> FixedRow:
    return FixedRow(id_, label, parse_condition(where) if where else None, parse_value(value) if value else None,
                    cells={c: parse_value(v) for c, v in (cells or {}).items()}, **more)


def check(id_: str, test: str = "", over: str = "", when: str = "", say: str = "{row}：{left}与{right}差{difference}。",
          severity: Severity = Severity.ERROR, page: str = "basic", **more: Any) -> Check:
    return Check(id_, severity, id_, say, "", page, parse_test(test) if test else None, over,
                 when=parse_test(when) if when else None, **more)


GPB = 'fund in ("gpb", "gpb_nontax") and not carry'
CODE_NAME = (column("code", "科目", "编码", kind="code"), column("name", "科目", "名称", kind="name"))
SPLIT = (column("total", "合计", parts=("staff", "running", "project")),
         column("staff", "基本支出", "人员经费", where='kind == "人员"'),
         column("running", "基本支出", "公用经费", where='kind == "公用"'),
         column("project", "项目支出", where='kind == "项目"'))

SUMMARY = Table(
    "summary", "表1", "收支总表", blocks=(
        Block("income", (column("in_item", "收入", "项目", kind="label"), column("in_amount", "收入", "预算数")), (
            row("in_gpb", "一般公共预算拨款", "not carry and fund in (\"gpb\", \"gpb_nontax\")", source="incomes"),
            row("in_other", "其他收入", 'not carry and fund == "other"', source="incomes"),
            row("in_note", "其中："),
            row("in_year", "本年收入合计", value="[in_gpb] + [in_other]", bold=True),
            row("in_carry", "上年结转", "carry", source="incomes", texts={}),
            row("in_total", "收入总计", value="[in_year] + [in_carry]", bold=True))),
        Block("expense", (
            column("ex_item", "支出", "项目", kind="label"), column("ex_amount", "支出", "预算数"),
            column("ex_prior", "支出", "上年数", value='prior("function.{code}")'),
            column("ex_change", "支出", "增减", value="ex_amount - ex_prior"),
            column("ex_rate", "支出", "增减率", kind="percent", value="ex_change / ex_prior")), (
            row("201", "一般公共服务支出", 'function under "201"'),
            row("208", "社会保障和就业支出", 'function under "208"'),
            row("ex_total", "支出总计", value="[201] + [208]", bold=True, cells={"ex_rate": "ex_change / ex_prior"}),
            row("ex_dash", "结转下年", cells={"ex_amount": 'fact("yearend.carry")'}, texts={"ex_change": "——"})))))

FUNCTION = Table("gpb_function", "表2", "一般公共预算支出表", where=parse_condition(GPB), empty="本部门{year}年没有支出。",
                 rows=TreeRows("function", (1, 2, 3)), columns=(*CODE_NAME, *SPLIT, column(
                     "prior", "上年数", value='prior("function.{code}")')), column_numbers=True)

PAIR = Table("pair", "表3", "经济分类表", where=parse_condition(GPB), rows=TreeRows("econ_pair", (1, 2), total="last"),
             columns=(*CODE_NAME, column("gov", "政府经济", "编码", kind="code", field="code.gov"),
                      column("gov_name", "政府经济", "名称", kind="name", field="code.gov_name"), *SPLIT))

GOV = Table("gov", "表4", "政府经济表", rows=TreeRows("econ_gov", (1,)), columns=(*CODE_NAME, column("total", "合计")))
DEPT = Table("dept", "表5", "部门经济表", rows=TreeRows("econ_dept", (1, 2)), columns=(*CODE_NAME, column("total", "合计")))

UNIT_TABLE = Table("sangong", "表6", "三公经费表", rows=TreeRows("unit"), columns=(
    column("code", "单位编码", kind="code"), column("name", "单位名称", kind="name"),
    column("reception", "本年", "公务接待费", where='econ_dept under "30217"'),
    column("meeting", "本年", "会议费", value='fact("meeting")'),
    column("total", "本年", "合计", value="reception + meeting"),
    column("prior", "上年", value='prior("sangong.*")'),
    column("change", "增减", value="total - prior"), column("most", "较大", value="max(total, prior)")))

PROJECTS = Table("projects", "表7", "项目支出表", where=parse_condition('kind == "项目"'), rows=TreeRows("project"), columns=(
    column("index", "序号", kind="index"), column("name", "项目名称", kind="name"),
    column("purpose", "用途", kind="text", field="project.purpose"),
    column("total", "合计"), column("target", "绩效目标表金额", field="project.target_amount")))

CARRY = Table("carry", "表8", "结转资金表", where=parse_condition("carry"), rows=TreeRows("line"), empty="没有结转资金。", columns=(
    column("name", "项目", kind="text", field="project.name"),
    column("function", "功能科目", "编码", kind="code", field="record.function", level=1),
    column("function_name", "功能科目", "名称", kind="name", field="record.function_name"),
    column("amount", "金额"), column("staff", "人员", where='kind == "人员"'),
    column("fund", "资金性质", kind="text", field="record.fund")))

TARGETS = Table("targets", "表9", "绩效目标表", repeat="project", rows=TreeRows("indicators", total="none"), empty="没有项目。",
                heads=(("项目名称", "{project.name}"), ("说明", '{text("note")}')), columns=(
                    column("level1", "一级指标", kind="text", field="record.level1"),
                    column("name", "指标", kind="name", field="record.name"),
                    column("target", "指标值", kind="text", field="record.target"),
                    column("weight", "分值", kind="count", field="record.weight")))

PURCHASES = Table("purchases", "表10", "政府采购表", rows=TreeRows("purchases", total="first"), empty="没有政府采购。", columns=(
    column("name", "名称", kind="name"), column("quantity", "数量", kind="count", field="record.quantity"),
    column("amount", "金额", field="record.amount"),
    column("goods", "其中货物", field="record.amount", where='category == "货物"')))

MEETINGS = Table("meetings", "", "会议计划", rows=TreeRows("fact", address="meeting.list", total="last"), inline=True, columns=(
    column("name", "会议", kind="name", field="fact.name"), column("people", "人数", kind="count", field="fact.people"),
    column("amount", "金额", field="fact.amount")))

CATALOGUE = Table("catalogue", "", "目录", rows=TreeRows("tables", total="none"), columns=(
    column("index", "序号", kind="index"), column("title", "表名", kind="name", field="table.title"),
    column("empty", "是否空表", kind="text", field="table.empty"),
    column("reason", "理由", kind="text", field="table.reason")))

CHECKS = (
    check("T-01", "summary[in_total].in_amount == summary[ex_total].ex_amount + summary[ex_dash].ex_amount",
          page="income"),
    check("T-15", "total == staff + running + project", over="gpb_function"),
    check("T-11", "sum(gpb_function[项].total) == gpb_function[total].total",
          say="《{table}》{row}合计{left}，各项之和{right}，差{difference}。"),
    check("X-12", "gpb_function[total].total == pair[total].total"),
    check("X-19", "gov[501].total + gov[502].total == dept[301].total + dept[302].total"),
    check("P-01", "lines() == approved(\"total\")", when='filled(approved("total")) == 1', severity=Severity.WARNING),
    check("P-02", 'total == approved("function.{code}")', over="gpb_function:项",
          when='filled(approved("function.{code}")) == 1'),
    check("T-32", "this.amount >= 0", over="lines", say="“{name}”的金额{left}是负数。", severity=Severity.WARNING),
    check("X-24", "this.target_amount == lines(project == this)", over="projects", when="filled(this.target_amount) == 1",
          say="项目“{name}”目标表{left}，明细{right}。", page="projects"),
    check("G-02", "count(indicators, project == this) >= 1", over="projects", severity=Severity.HINT, page="projects",
          say="项目“{name}”没有绩效指标，现有{left}个。"),
    check("S-01", "sangong[total].total <= sangong[total].prior", when="sangong[total].prior > 0", tolerance=100,
          severity=Severity.WARNING),
    check("Y-10", "sangong[total].change / sangong[total].prior <= 0.3 and sangong[total].change / 2 < 5万元",
          severity=Severity.HINT),
    check("T-31", "this.amount == this.price * this.quantity", over="purchases"),
    check("C-01", "total(purchases.amount) == lines(purchase)", severity=Severity.WARNING),
    check("T-33", rule="codes_exist", params={"space": "lines", "field": "function", "classification": "function"},
          say="“{name}”的功能科目{code}不在当年科目表里。"),
    check("D-19", rule="placeholders", params={"words": ["XX", "待填"]}, say="{name}里还留着“{value}”。"),
)

PAGES = (
    Page("income", "收入"), Page("basic", "基本支出", fields=(
        FormField("yearend.carry", "结转下年", "money"), FormField("note", "说明", "text"),
        FormField("meeting", "会议费", "money"),
        FormField("meeting.list", "会议", "table", columns=(("name", "会议", "text"), ("people", "人数", "count"),
                                                           ("amount", "金额", "money"))),
        FormField("total", "批复总额", "money", space="approved"))),
    Page("projects", "项目"))

PACK = Pack("test/2023", "测试报表包", "测试", (2023, 2023), CODES,
            (CATALOGUE, SUMMARY, FUNCTION, PAIR, GOV, DEPT, UNIT_TABLE, PROJECTS, CARRY, TARGETS, PURCHASES, MEETINGS),
            CHECKS, Narrative("", ()), PAGES, {})


def year() -> Year:
    """A balanced year: 100 万 of staff, 20 of running costs, 30 of one project, 5 carried over."""
    lines = (
        Line(1, Kind.STAFF, "2010301", "30101", "50101", amount=80 * WAN),
        Line(2, Kind.STAFF, "2080505", "30108", "50102", amount=20 * WAN),
        Line(3, Kind.RUNNING, "2010301", "30201", "50201", amount=15 * WAN),
        Line(4, Kind.RUNNING, "2010301", "30217", "50206", amount=5 * WAN),
        Line(5, Kind.PROJECT, "2010308", "30201", "50201", project=1, amount=30 * WAN, purchase=True),
        Line(6, Kind.PROJECT, "2010308", "30201", "50201", carry=True, project=1, amount=5 * WAN))
    incomes = (Income(1, amount=150 * WAN), Income(2, carry=True, amount=5 * WAN))
    projects = (Project(1, "信访维稳", "P1", purpose="接访", target_amount=35 * WAN), Project(2, "宣传", "P2"))
    indicators = (Indicator(1, 1, name="接访批次", value="200", unit="批", weight=10),
                  Indicator(2, 2, name="册数", value="500", unit="册", weight=5))
    purchases = (Purchase(1, "复印机", quantity=3, price=10 * WAN, amount=30 * WAN),)
    return Year(Unit("某县信访局", "436"), 2023, "test/2023", {x.id: x for x in lines}, {x.id: x for x in incomes},
                {x.id: x for x in projects}, {x.id: x for x in indicators}, {x.id: x for x in purchases},
                {"note": "无", "meeting.list": (("年会", "30", "1.5"), ("例会", "10", "0.5"))},
                {"function.201": 120 * WAN, "sangong.reception": 6 * WAN}, {"total": 155 * WAN})
