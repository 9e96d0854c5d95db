"""The hard mistakes of the two published documents, made again in the shipped books: each is found, with its figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.samples.helpers import book, engine_of, found
from xinfang_desk.model.change import Change, Insert, SetField, apply
from xinfang_desk.model.ledger import Indicator, Kind, Line, Year

# ---- 004: 501 printed with last year's 132.89 instead of 161.01 --------------------------------------------------


def wages_in_one_line(amount: int) -> Year:
    """004 with all 工资福利支出 in one line of 301/501, as a clerk without the details would enter it."""
    year = book("004")
    lines = {n: line for n, line in year.lines.items() if not line.econ_dept.startswith("301")}
    wages = Line(max(year.lines) + 1, Kind.STAFF, "2010301", "301", "501", amount=amount)
    return replace(year, lines={**lines, wages.id: wages})


def test_004_wages_left_at_last_years_figure_are_named_with_the_mend() -> None:
    wrong = wages_in_one_line(132_890_000)
    finding = found(wrong)["T-01"][0]
    assert (finding.actual, finding.expected, finding.difference) == (226_700_000, 198_580_000, 28_120_000)
    assert "相差28.12万元" in finding.sentence
    mend = finding.mends[0]
    assert "与上年数相同" in mend.say
    assert "应为161.01万元" in mend.say
    assert "T-01" not in found(apply(wrong, mend.change))


def test_004_last_years_figure_is_named_as_soon_as_it_is_typed() -> None:
    year = wages_in_one_line(161_010_000)
    engine = engine_of(year)
    assert not [f for f in engine.findings() if f.check == "T-01"]
    engine.apply(Change("改金额", (SetField("lines", max(year.lines), "amount", 161_010_000, 132_890_000),)))
    (finding,) = [f for f in engine.findings() if f.check == "T-01"]
    assert "应为161.01万元" in finding.mends[0].say
    engine.apply(finding.mends[0].change)
    assert not [f for f in engine.findings() if f.check == "T-01"]


def wages_half_coded() -> Year:
    """004 as printed: by department 301 is 161.01, by government 501 only 132.89; 28.12 stand in no class."""
    year = book("004")
    basic = next(line for line in year.lines.values() if line.econ_dept == "30101" and line.function == "2010399")
    rest = replace(basic, id=max(year.lines) + 1, amount=28_120_000, econ_gov="", note="另列")
    changed = {**year.lines, basic.id: replace(basic, amount=(basic.amount or 0) - 28_120_000)}
    return replace(year, lines={**changed, rest.id: rest})


def test_004_the_two_economic_classifications_differ_by_the_increase() -> None:
    wrong = wages_half_coded()
    checks = found(wrong)
    assert checks["T-06b"][0].difference == 28_120_000
    assert checks["T-01b"][0].difference == 28_120_000
    assert "机关工资福利支出”与上年数完全相同" in checks["T-06b"][0].sentence
    assert "应为161.01万元" in checks["T-06b"][0].sentence
    assert [finding.key for finding in checks["Y-08b"]] == ["Y-08b|gpb_gov/501"]
    mended = apply(wrong, checks["T-06b"][0].mends[0].change)
    assert not {"T-06b", "T-01b", "L-07", "Y-08b"} & found(mended).keys()


def test_004_dearer_receptions_ask_for_an_explanation() -> None:
    checks = found(book("004"))
    finding = checks["S-01b"][0]
    assert (finding.actual, finding.expected, finding.difference) == (700_000, 650_000, 50_000)
    assert finding.explanation
    assert "2101102" in checks["S-08"][0].sentence


# ---- 003: uses beyond the money, indicators of the wrong kind, the vehicle group at 0, private names --------------


def test_003_planned_uses_exceed_the_projects() -> None:
    year = book("003")
    uses = (("驻京值班", "63万元"), ("到省值班", "32万元"), ("敏感时期增派", "20万元"), ("日常和宣传", "40万元"),
            ("下乡补助", "7.92万元"))
    finding = found(replace(year, facts={**year.facts, "plan.uses": uses}))["G-17"][0]
    assert (finding.actual, finding.expected, finding.difference) == (162_920_000, 97_920_000, 65_000_000)
    assert "多出65.00万元" in finding.sentence


def with_indicator(year: Year, **fields: Any) -> tuple[Year, int]:
    number = max(year.indicators) + 1
    added = replace(Indicator(number, 2), **fields)
    return apply(year, Change("加指标", (Insert("indicators", added, len(year.indicators)),))), number


@pytest.mark.parametrize(("fields", "check", "told"), [
    ({"level1": "效益指标", "level2": "可持续影响指标", "name": "实际受理案件数量", "value": "95", "unit": "%"}, "G-03", "≥95%"),
    ({"level2": "时效指标", "name": "差旅费标准", "operator": "≤", "value": "400", "unit": "元/晚"}, "G-04", "成本指标"),
    ({"level2": "成本指标", "name": "任务完成及时率", "value": "95", "unit": "%"}, "G-04", "时效指标"),
])
def test_003_indicators_of_the_wrong_kind_or_place(fields: dict[str, Any], check: str, told: str) -> None:
    year, number = with_indicator(book("003"), **fields)
    (finding,) = found(year)[check]
    assert finding.place.record == number
    assert told in finding.sentence


def test_003_one_indicator_with_two_targets() -> None:
    first, _ = with_indicator(book("003"), project=1, name="实际受理信访案件", value="95", unit="%")
    second, number = with_indicator(first, project=2, name="实际受理信访案件", value="200", unit="件")
    (finding,) = found(second)["G-05"]
    assert finding.place.record == number
    assert "≥95%和≥200件" in finding.sentence


def test_003_the_vehicle_group_follows_its_parts() -> None:
    engine = engine_of(book("003"))
    figures = {row: engine.value("sangong", row, "total") for row in ("sangong_operate", "sangong_vehicles", "sangong_total")}
    assert figures == {"sangong_operate": 1_400_000, "sangong_vehicles": 1_400_000, "sangong_total": 1_400_000}


def test_003_names_of_private_persons_are_not_for_print() -> None:
    year = book("003")
    project = replace(year.projects[1], goal="请退休的赵某某和郑某某等6人下乡化解积案。")
    (finding,) = found(replace(year, projects={**year.projects, 1: project}))["S-15"]
    assert finding.place.record == 1
    assert "某某" not in finding.sentence
