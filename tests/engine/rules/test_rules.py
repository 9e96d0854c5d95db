"""What the rules say and, as important, what they pass over; the packs' own examples are run in tests/forms."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from xinfang_desk.engine import Engine
from xinfang_desk.engine.rules import RULES, Hit, rule
from xinfang_desk.model.change import Change, SetField, SetValue, apply
from xinfang_desk.model.finding import Finding
from xinfang_desk.model.ledger import FactValue, Year
from xinfang_desk.model.pack import Pack
from xinfang_desk.packs import list_packs, load_pack, read_year

FORMS = Path(__file__).parents[3] / "forms"


@cache
def pack() -> Pack:
    return load_pack("national/2021", FORMS)


@cache
def base() -> Year:
    path = FORMS / "national/2021/cases/base_office.toml"
    return read_year(path.read_text("utf-8"), path.name)


def hits(year: Year, check: str) -> list[Finding]:
    return [finding for finding in Engine(pack(), year).findings() if finding.check == check]


def said(text: str, address: str = "other") -> Year:
    return replace(base(), facts={**base().facts, address: text})


def with_record(space: str, number: int, **fields: Any) -> Year:
    records = dict(getattr(base(), space))
    records[number] = replace(records[number], **fields)
    spaces: dict[str, Any] = {space: records}
    return replace(base(), **spaces)


# ---- the registry ------------------------------------------------------------------------------------------------


def test_a_rule_has_one_name_and_reads_known_things() -> None:
    with pytest.raises(ValueError, match="twice"):
        rule("codes_exist", reads={"lines"})
    with pytest.raises(ValueError, match="unknown"):
        rule("something_new", reads={"weather"})
    assert "something_new" not in RULES


def test_every_rule_serves_a_pack() -> None:
    used = {check.rule for info in list_packs(FORMS) for check in load_pack(info.id, FORMS).checks if check.rule}
    assert used == set(RULES)


def test_a_rule_runs_again_when_what_it_reads_has_changed() -> None:
    engine = Engine(pack(), base())
    assert not engine.findings()
    engine.apply(Change("改", (SetValue("facts", "other", None, "化解XX件"),)))
    assert [f.check for f in engine.findings()] == ["D-19"]
    engine.apply(Change("改", (SetValue("facts", "other", "化解XX件", "化解20件"),)))
    assert not engine.findings()
    engine.apply(Change("改", (SetField("indicators", 1, "unit", "人次", "%"),)))
    assert [f.check for f in engine.findings()] == ["G-03"]


def test_a_hit_without_a_page_lands_on_the_checks_page() -> None:
    (finding,) = hits(said("化解XX件"), "D-19")
    assert (finding.place.page, finding.place.address, finding.place.space) == ("notes", "other", "facts")
    assert Hit("x").money


# ---- codes --------------------------------------------------------------------------------------------------------


def test_an_old_code_names_its_successors() -> None:
    (finding,) = hits(with_record("lines", 11, function="2089901"), "T-33a")
    assert "现行科目是 2089999" in finding.sentence
    assert "请从科目表里另选" in hits(with_record("lines", 11, function="2080591"), "T-33a")[0].sentence


def test_the_mapping_mends_the_government_code() -> None:
    year = with_record("lines", 1, econ_gov="50201")
    (finding,) = hits(year, "X-18")
    assert "应为50101" in finding.sentence
    assert hits(apply(year, finding.mends[0].change), "X-18") == []


@pytest.mark.parametrize("gov", ["50101", "50501", "501", "505", ""])
def test_a_mixed_unit_may_use_both_columns_of_the_mapping(gov: str) -> None:
    assert hits(with_record("lines", 1, econ_gov=gov), "X-18") == []


# ---- records ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fen", "told"), [(600_000_00, False), (12_000_50, True), (100_00, False), (99, True), (0, False)])
def test_amounts_with_more_than_two_decimals_in_wan(fen: int, told: bool) -> None:
    assert bool(hits(with_record("lines", 11, amount=fen), "T-32c")) is told


def test_lines_that_differ_in_anything_are_not_doubled() -> None:
    same = base().lines[1]
    for different in (replace(same, id=2, carry=True), replace(same, id=2, note="新录用"), replace(same, id=2, function="2010350")):
        assert hits(replace(base(), lines={**base().lines, 2: different}), "L-13") == []
    doubled = replace(base(), lines={**base().lines, 2: replace(same, id=2, amount=1)})
    assert [f.place.record for f in hits(doubled, "L-13")] == [2]


# ---- texts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["化解XX件", "化解××件", "化解○○件", "人数：____", "（待填）", "{unit}信访局", "TODO", "***项目"])
def test_placeholders(text: str) -> None:
    assert len(hits(said(text), "D-19")) == 1


@pytest.mark.parametrize("text", ["X光片", "3×4米", "按ISO标准", "到会80人"])
def test_no_placeholders(text: str) -> None:
    assert hits(said(text), "D-19") == []


@pytest.mark.parametrize(("text", "years"), [
    ("2021年安排，2020年已完成。", []), ("完成2018年的任务。", ["2018"]), ("依据《2018年机构改革方案》和示办〔2019〕6号。", []),
    ("该制度自2012年起执行。", []), ("截至2019年12月共办理300件。", []), ("2016年以来持续开展。", []), ("2030年建成。", ["2030"]),
])
def test_years_in_texts(text: str, years: list[str]) -> None:
    assert [finding.key.rpartition("/")[2] for finding in hits(said(text), "Y-11")] == years


@pytest.mark.parametrize(("first", "second", "told"), [
    ("共安排54.72万元。", "剩余54.72元。", True), ("每人每月1100元/人。", "共1100万元。", False), ("补助1100元。", "共1100万元。", True),
    ("补助100元。", "共100万元。", False),
    ("安排125万元。", "发放125万元。", False), ("差1,254元。", "共254万元。", False), ("差1,254元。", "共1254万元。", True),
    ("付1254元。", "共1254 万元。", True),
])
def test_one_number_in_two_units(first: str, second: str, told: bool) -> None:
    facts: dict[str, FactValue] = {**base().facts, "other": first, "running.use": second}
    assert bool(hits(replace(base(), facts=facts), "D-20")) is told


@pytest.mark.parametrize(("text", "hidden"), [
    ("身份证11010119900307002X。", "11010119900307002X"), ("身份证110101199003070038。", "110101199003070038"), ("电话13800000000。", "13800000000"),
    ("账号6222020200112233441。", ""), ("由赵某某同志负责。", "赵某某"), ("派欧某等6人下乡。", "欧某"),
])
def test_personal_data_is_found_and_not_repeated(text: str, hidden: str) -> None:
    findings = hits(said(text), "S-15")
    assert bool(findings) is bool(hidden)
    assert not any(hidden in finding.sentence for finding in findings)


@pytest.mark.parametrize("text", [
    "退休干部等6人", "网格员等40人", "各位老同志", "咨询电话0310-7820000", "编号20210315000012345678", "案卷110101199003070036",
    "负责同志"])
def test_what_only_looks_like_personal_data(text: str) -> None:
    assert hits(said(text), "S-15") == []


# ---- reasons ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "told"), [
    ("人员减少", True), ("压减一般性支出", True), ("人员减少，但工资标准提高", False), ("工资标准提高", False), ("减少浪费，工资标准调整", False),
    ("人员变动", False), ("", False),
])
def test_a_reason_tells_the_direction(text: str, told: bool) -> None:
    assert bool(hits(said(text, "reason.total"), "Y-06")) is told


def test_a_reason_is_not_held_against_a_blank() -> None:
    priors = {address: fen for address, fen in base().priors.items() if address != "total.expenditure"}
    assert hits(replace(said("人员减少", "reason.total"), priors=priors), "Y-06") == []


# ---- indicators ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "operator", "value", "unit", "told"), [
    ("接待人次", "≥", "95", "%", True), ("按期办结率", "≥", "95", "件", True), ("按期办结率", "≥", "95", "%", False),
    ("按期办结率（%）", "≥", "95", "", False), ("巡查频率", "≥", "2", "次/月", False), ("办理质量", "≥", "95", "%", False),
    ("群众幸福指数", "≥", "95", "%", False), ("群众满意度", "≥", "90", "分", True), ("资金发放时间", "定性", "6月初、12月初", "", False),
    ("工作水平", "定性", "≥95%", "", True), ("工作水平", "定性", "95", "", True), ("工作水平", "≥", "良好", "", True),
    ("总成本", "≤", "54.72", "万元", False),
])
def test_value_and_name_of_an_indicator(name: str, operator: str, value: str, unit: str, told: bool) -> None:
    year = with_record("indicators", 6, name=name, operator=operator, value=value, unit=unit)
    assert bool(hits(year, "G-03")) is told


@pytest.mark.parametrize(("name", "level2", "told"), [
    ("差旅费标准", "时效指标", True), ("差旅费标准", "成本指标", False), ("差旅费标准", "经济成本指标", False),
    ("标准化接访室", "数量指标", False), ("办结质量标准", "质量指标", False), ("人均办理件数", "数量指标", False), ("人均补助费", "数量指标", True),
    ("及时受理率", "质量指标", True), ("群众满意度", "社会效益指标", True), ("群众满意度", "服务对象满意度指标", False),
])
def test_the_heading_of_an_indicator(name: str, level2: str, told: bool) -> None:
    assert bool(hits(with_record("indicators", 6, name=name, level2=level2), "G-04")) is told


def test_the_whole_department_may_aim_elsewhere_than_a_project() -> None:
    assert hits(with_record("indicators", 10, name="来访群众满意度"), "G-05") == []


# ---- answers and dates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("date", "told"), [
    ("2021-02-02", ""), ("2021-02-21", ""), ("2021-02-22", "在批复后第21天"), ("2021-01-31", "比批复日期早1天"), ("2021年2月", ""),
])
def test_days_between_approval_and_publication(date: str, told: str) -> None:
    findings = hits(said(date, "publish.date"), "S-13")
    assert bool(findings) is bool(told)
    assert all(told in finding.sentence for finding in findings)


def test_a_question_is_required_only_where_it_is_asked() -> None:
    assert [f.place.page for f in hits(said("", "goal.whole"), "L-12")] == ["targets"]
    facts = {address: fact for address, fact in base().facts.items() if address != "secrecy.reviewed"}
    assert [f.place.address for f in hits(replace(base(), facts=facts), "L-12")] == ["secrecy.reviewed"]
