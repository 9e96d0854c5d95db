"""The two provincial packs at work: small years under them, their findings and their narrative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from xinfang_desk.engine import Engine
from xinfang_desk.model.change import Change, SetField
from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.ledger import (
    FactValue,
    Fund,
    Income,
    Indicator,
    Kind,
    Line,
    Project,
    Purchase,
    Unit,
    Year,
)
from xinfang_desk.model.pack import Pack
from xinfang_desk.packs.loader import load_pack
from xinfang_desk.passages import compose

FORMS = Path(__file__).parents[2] / "forms"
WAN = 1_000_000

LINES = (
    (Kind.STAFF, "2010301", "30101", "50101", 60, None), (Kind.STAFF, "2080505", "30108", "50102", 10, None),
    (Kind.RUNNING, "2010301", "30201", "50201", 8, None), (Kind.RUNNING, "2010301", "30217", "50206", 1, None),
    (Kind.PROJECT, "2010308", "30211", "50201", 21, 1))
INDICATORS = (("产出指标", "数量指标", "接待来访批次", "≥", "200", "批次"), ("效益指标", "社会效益指标", "矛盾化解率", "≥", "95", "%"),
              ("满意度指标", "服务对象满意度指标", "来访群众满意度", "≥", "80", "%"))
FACTS: Mapping[str, FactValue] = {
    "unit.level": "正科级", "duties": (("办理群众来信来访。",),), "bodies": (("办公室",), ("督查股",)),
    "tasks": (("源头治理", "排查化解矛盾。", "100"),), "subordinates": (("某县信访局", "行政", "正科级", "财政拨款", ""),),
    "staff.posts.admin": 10, "staff.posts.public": 0, "staff.total.posts": 10, "staff.actual.admin": 9,
    "staff.actual.public": 0, "staff.total.actual": 9, "staff.retired.retire": 0, "assets.total": 15 * WAN,
    "assets.vehicles.count": 0, "assets.other.value": 15 * WAN, "assets.equipment.count": 0,
    "assets.plan.vehicles": 0, "assets.plan.equipment": 0, "goal.whole": "群众反映的问题得到及时处理。",
    "goal.items": (("接访", "及时接访。", "按期办结率95%。"),), "guarantee": (("加强管理。",),),
    "running.use": "办公费和邮电费。", "secrecy.reviewed": True}


def year_of(pack_id: str) -> Year:
    """A balanced year of 100 万元, all from the general budget, exactly as much as the year before."""
    number = int(pack_id[-4:])
    lines = {i: Line(i, kind, function, dept, gov, Fund.GPB, False, project, amount * WAN)
             for i, (kind, function, dept, gov, amount, project) in enumerate(LINES, 1)}
    incomes: dict[int, Income] = {}
    for line in lines.values():
        before = next((i for i in incomes.values() if i.function == line.function), None)
        key = before.id if before else len(incomes) + 1
        incomes[key] = Income(key, Fund.GPB, False, line.function, (line.amount or 0) + (
            (before.amount or 0) if before else 0))
    indicators = {i: Indicator(i, 1 if i <= 3 else None, a, b, name, "", sign, value, measure, "台账")
                  for i, (a, b, name, sign, value, measure) in enumerate(INDICATORS * 2, 1)}
    dates = {"staff.date": f"{number - 1}-12-31", "assets.date": f"{number - 1}-12-31",
             "approval.date": f"{number}-02-20", "publish.date": f"{number}-03-01"}
    priors = {"total.income": 100, "total.expenditure": 100, "basic": 79, "basic.staff": 70, "basic.running": 9,
              "project": 21, "running": 9, "sangong.abroad": 0, "sangong.reception": 1, "sangong.purchase": 0,
              "sangong.operate": 0, "meeting": 0, "training": 0}
    if pack_id == "shaanxi/2023":
        priors |= {"appropriation.gpb": 100, "appropriation.fund": 0, "appropriation.soe": 0, "function.2010301": 69,
                   "function.2010308": 21, "function.2080505": 10, "econ_dept.301": 70, "econ_dept.302": 30,
                   "econ_gov.501": 70, "econ_gov.502": 30}
    return Year(
        Unit("某县信访局", "436001", UnitKind.ADMIN, "某省"), number, pack_id, lines, incomes,
        {1: Project(1, "接访场所运行", "61001", purpose="保障接访", goal="按期办结。", target_amount=21 * WAN)},
        indicators, {}, {**FACTS, **dates}, {key: value * WAN for key, value in priors.items()},
        {"total": 100 * WAN, "basic": 79 * WAN, "project": 21 * WAN})


@cache
def pack_of(pack_id: str) -> Pack:
    return load_pack(pack_id, FORMS)


def found(year: Year) -> set[str]:
    return {finding.check for finding in Engine(pack_of(year.pack), year).findings()}


def text_of(year: Year) -> str:
    document = compose(Engine(pack_of(year.pack), year))
    return "\n".join(p.text for passage in document.passages for p in passage.paragraphs)


BOTH = pytest.mark.parametrize("pack_id", ["hebei/2021", "shaanxi/2023"])


@BOTH
def test_a_sound_year_has_no_findings_of_weight(pack_id: str) -> None:
    findings = Engine(pack_of(pack_id), year_of(pack_id)).findings()
    assert [(f.check, f.sentence) for f in findings if f.severity.value != "hint" and f.check != "Y-04"] == []


@BOTH
def test_the_narrative_leaves_nothing_open(pack_id: str) -> None:
    text = text_of(year_of(pack_id))
    assert [mark for mark in ("{", "}", "【", "None") if mark in text] == []
    assert "持平" in text
    assert "0万元" in text


def line(year: Year, number: int, **new: object) -> Year:
    return replace(year, lines={**year.lines, number: replace(year.lines[number], **new)})  # type: ignore[arg-type]


def facts(year: Year, **new: FactValue) -> Year:
    return replace(year, facts={**year.facts, **{key.replace("__", "."): value for key, value in new.items()}})


@BOTH
@pytest.mark.parametrize(("new", "check"), [
    ({"amount": 9 * WAN}, "T-01"), ({"function": ""}, "T-05"), ({"function": "2019"}, "T-34a"),
    ({"function": "2018888"}, "T-33a"), ({"econ_dept": "301"}, "T-34b"), ({"econ_dept": "30188"}, "T-33b"),
    ({"econ_gov": "50188"}, "T-33c"), ({"econ_gov": "50201"}, "X-18"), ({"econ_dept": "30201"}, "T-19a"),
    ({"amount": None}, "L-02"), ({"amount": -WAN}, "T-32a"), ({"amount": WAN + 1}, "T-32c"),
    ({"presumed": True}, "L-10"), ({"project": 1}, "X-22a"), ({"carry": True}, "X-30"),
    ({"fund": Fund.FUND}, "T-14b"), ({"purchase": True}, "X-26"),
    ({"econ_dept": "30231"}, "X-28a"), ({"econ_dept": "30228"}, "T-19a"), ({"kind": Kind.PROJECT}, "X-22"),
])
def test_a_slip_in_a_line_is_found(pack_id: str, new: Mapping[str, object], check: str) -> None:
    assert check in found(line(year_of(pack_id), 1, **new))


@BOTH
@pytest.mark.parametrize(("address", "value", "check"), [
    ("staff__total__posts", 12, "D-14a"), ("staff__actual__admin", 11, "D-14c"), ("assets__total", WAN, "T-36"),
    ("assets__plan__vehicles", 1, "X-27b"), ("plan__uses", (("差旅", "22"),), "G-17"),
    ("meeting__list", (("年会", "9", "1", "总结", "1"),), "X-21a"), ("publish__date", "2029-01-01", "S-13"),
    ("other", "另有XX件", "D-19"), ("other", "电话13812345678", "S-15"), ("other", "按2015年的办法", "Y-11"),
    ("other", "补助1100元，共1100万元", "D-20"), ("secrecy__reviewed", False, "L-12"),
])
def test_a_slip_in_a_question_is_found(pack_id: str, address: str, value: FactValue, check: str) -> None:
    assert check in found(facts(year_of(pack_id), **{address: value}))


@BOTH
def test_last_years_figures_are_weighed(pack_id: str) -> None:
    year = year_of(pack_id)

    def prior(**new: int) -> set[str]:
        return found(replace(year, priors={**year.priors, **{k.replace("__", "."): v * WAN for k, v in new.items()}}))

    assert "Y-04" in found(year)
    assert "Y-05a" in prior(total__expenditure=90)
    assert "Y-09" in prior(total__income=90)
    assert "Y-03d" in prior(basic__staff=60)
    assert "S-01b" in prior(sangong__reception=0)


@BOTH
def test_purchases_and_projects_are_weighed(pack_id: str) -> None:
    year = year_of(pack_id)
    bought = replace(year, purchases={1: Purchase(1, "复印机", category="货物", quantity=2, price=WAN, amount=3 * WAN,
                                                  for_sme=4 * WAN, for_micro=5 * WAN, project=1)})
    assert {"T-31", "D-10a", "D-10b", "X-26"} <= found(bought)
    lone = replace(year, projects={**year.projects, 2: Project(2)})
    assert {"X-22b", "X-23", "L-08", "L-09", "D-11"} <= found(lone)
    unlike = replace(year, projects={1: replace(year.projects[1], target_amount=20 * WAN)})
    assert "X-24" in found(unlike)


@BOTH
def test_wages_and_union_fees_are_weighed(pack_id: str) -> None:
    year = year_of(pack_id)
    assert "S-04" in found(line(year, 3, econ_dept="30228", econ_gov="50201"))
    assert "S-06a" in found(line(year, 2, function="2010301"))


def test_shaanxi_totals_fail_one_by_one() -> None:
    year = year_of("shaanxi/2023")
    assert {"T-01b", "T-06b", "T-12b", "L-07"} <= found(line(year, 1, econ_gov=""))
    assert {"T-01a", "T-06a", "T-12a", "L-06"} <= found(line(year, 1, econ_dept=""))
    assert "T-08" in found(line(year, 1, fund=Fund.SURPLUS))
    assert "G-08" in found(facts(year, tasks=(("工作", "内容", "99"),)))


def test_shaanxi_sections_end_with_what_was_carried_over() -> None:
    document = compose(Engine(pack_of("shaanxi/2023"), year_of("shaanxi/2023")))
    for name in ("finance", "sangong", "assets", "procurement", "performance", "running"):
        passage = next(p for p in document.passages if p.id == name)
        assert "结转" in passage.paragraphs[-1].text, name


def test_shaanxi_tells_carried_money_where_there_is_some() -> None:
    year = year_of("shaanxi/2023")
    carried = replace(
        year, lines={**year.lines, 9: Line(9, Kind.PROJECT, "2010308", "30211", "50201", Fund.GPB, True, 1, 5 * WAN)},
        incomes={**year.incomes, 9: Income(9, Fund.GPB, True, "2010308", 5 * WAN)})
    assert "本年安排支出5万元" in text_of(carried)
    assert {"T-01", "T-14a", "X-30", "X-30b"} & found(carried) == set()


def test_every_change_is_told_with_its_reason() -> None:
    year = facts(year_of("shaanxi/2023"), reason__total="人员调入。", reason__function__2010301="工资调整")
    grown = line(replace(year, incomes={1: replace(year.incomes[1], amount=70 * WAN), **{
        i: year.incomes[i] for i in (2, 3)}}), 1, amount=61 * WAN)
    text = text_of(grown)
    assert "收入总量较上年增加1万元，主要原因是人员调入。" in text
    assert "（1）行政运行（2010301）70万元，较上年增加1万元，主要原因是工资调整；" in text
    assert "信访事务（2010308）21万元，较上年持平；" in text


def test_heads_of_target_forms_follow_the_ledger() -> None:
    engine = Engine(pack_of("shaanxi/2023"), year_of("shaanxi/2023"))
    assert ("年度资金总额（万元）", "21.00") in engine.sheet("project_targets#1").heads
    touched = engine.apply(Change("改金额", (SetField("lines", 5, "amount", 21 * WAN, 20 * WAN),)))
    assert "project_targets#1" in touched.sheets
    assert ("年度资金总额（万元）", "20.00") in engine.sheet("project_targets#1").heads


def test_empty_tables_stand_in_catalogue_and_text() -> None:
    engine = Engine(pack_of("shaanxi/2023"), year_of("shaanxi/2023"))
    rows = {row.cells[1].text: (row.cells[2].text, row.cells[3].text) for row in engine.sheet("catalogue").rows}
    assert rows["部门综合预算政府性基金收支表"][0] == "是"
    assert "空表公开" in rows["部门综合预算政府性基金收支表"][1]
    assert rows["部门综合预算收支总表"] == ("否", "")
    text = text_of(year_of("shaanxi/2023"))
    assert "表9《部门综合预算政府性基金收支表》没有数据，以空表公开" in text
    assert "《部门综合预算收支总表》没有数据" not in text


def test_hebei_sets_its_tables_into_the_text() -> None:
    document = compose(Engine(pack_of("hebei/2021"), year_of("hebei/2021")))
    inside = [p.sheet for passage in document.passages for p in passage.paragraphs if p.sheet]
    assert inside == ["bodies", "project_targets#1", "procurement", "assets"]
    sheet = Engine(pack_of("hebei/2021"), year_of("hebei/2021")).sheet("assets")
    assert sheet.unit_label == "截止时间：2020年12月31日"
    assert [row.cells[1].text for row in sheet.rows] == ["——", "", "", "0", "——", "——"]


def test_hebei_adds_the_vehicle_group_up() -> None:
    """Sample 003 printed 0 for the group above 1.4 of its part; a computed sheet cannot."""
    year = line(year_of("hebei/2021"), 4, econ_dept="30231", econ_gov="50208")
    engine = Engine(pack_of("hebei/2021"), year)
    assert engine.value("sangong", "sangong_vehicles", "total") == WAN
    assert "公务用车购置及运维费1万元" in text_of(year)
