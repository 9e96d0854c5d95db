"""衡山县信访局 2021 (000) and 益阳市资阳区信访局 2020 (001): their printed totals hold, and what the documents print
wrong is found when it is typed, or cannot be printed at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.samples.helpers import book, engine_of, fen, found, of_kind, sections, sums
from xinfang_desk.model.change import apply
from xinfang_desk.model.ledger import FactValue, Fund, Income, Kind, Year
from xinfang_desk.model.money import FEN_PER_WAN
from xinfang_desk.model.pack import Severity
from xinfang_desk.passages import compose

BASIC = (Kind.STAFF, Kind.RUNNING)


def with_facts(year: Year, **facts: FactValue) -> Year:
    """Addresses are written with ``__`` for the dot."""
    return replace(year, facts={**year.facts, **{address.replace("__", "."): value for address, value in facts.items()}})


def without(year: Year, prefix: str) -> Year:
    """The year without the facts and priors under ``prefix``."""
    return replace(year, facts={a: v for a, v in year.facts.items() if not a.startswith(prefix)},
                   priors={a: v for a, v in year.priors.items() if not a.startswith(prefix)})


def errors(year: Year) -> set[str]:
    return {check for check, findings in found(year).items() if findings[0].severity is Severity.ERROR}


# ---- 000: the printed totals ---------------------------------------------------------------------------------------


def test_000_holds_its_printed_totals() -> None:
    year = book("000")
    lines = list(year.lines.values())
    basic = [line for line in lines if line.kind in BASIC]
    assert sums(basic, lambda line: line.econ_dept[:3]) == fen(c301="90.35", c302="19.07", c303="0.60")
    assert of_kind(year, *BASIC) == 110_020_000
    assert of_kind(year, Kind.RUNNING) == year.priors["running"] == 13_200_000
    assert of_kind(year, *Kind) == sum(income.amount or 0 for income in year.incomes.values()) == 117_380_000
    assert [p.target_amount for p in year.projects.values()] == [3_580_000, 2_780_000, 1_000_000]
    assert of_kind(year, Kind.PROJECT) == 7_360_000
    assert of_kind(year, *Kind) - year.priors["total.expenditure"] == 2_030_000


def test_000_holds_its_sangong_meetings_and_purchases() -> None:
    year = book("000")
    by_code = sums(year.lines.values(), lambda line: f"{line.kind.value}{line.econ_dept}")
    assert (by_code["公用30217"], by_code["公用30231"]) == (800_000, 4_000_000)
    assert not {"30212", "30913", "31013"} & {line.econ_dept for line in year.lines.values()}
    assert sum(year.priors[f"sangong.{part}"] for part in ("abroad", "reception", "purchase", "operate")) == 5_430_000
    assert (by_code["公用30215"], by_code["项目30216"]) == (2_000_000, 960_000)
    assert not {"项目30215", "公用30216"} & by_code.keys()
    assert [purchase.amount for purchase in year.purchases.values()] == [3_000_000, 2_000_000, 1_000_000]
    assert sum(line.amount or 0 for line in year.lines.values() if line.purchase) == 6_000_000
    staff = [year.facts[f"staff.{part}"] for part in ("total.posts", "total.actual", "retired.retire")]
    assert staff == [15, 11, 3]
    assert year.facts["assets.vehicles.count"] == year.facts["assets.vehicles.emergency"] == 1


# ---- 000: what its text prints wrong -------------------------------------------------------------------------------


def test_000_appropriation_left_at_last_years_total() -> None:
    year = book("000")
    wrong = replace(year, incomes={1: Income(1, function="2010301", amount=year.priors["total.income"])})
    finding = found(wrong)["T-14a"][0]
    assert (finding.actual, finding.expected, finding.difference) == (115_350_000, 117_380_000, -2_030_000)
    assert "“（一）一般公共预算拨款”与上年数完全相同" in finding.sentence
    assert "应为117.38万元" in finding.sentence
    assert {"T-01", "T-01a", "T-01b", "T-12"} <= errors(wrong)


def test_000_last_years_total_as_the_approved_amount() -> None:
    wrong = replace(book("000"), approved={"total": 115_350_000, "gpb": 115_350_000})
    findings = found(wrong)
    for check in ("A-01", "A-01a", "A-06"):
        assert findings[check][0].difference == 2_030_000
        assert findings[check][0].severity is Severity.ERROR
        (mend,) = findings[check][0].mends
        assert "115.35万元，与上年数相同" in mend.say
        assert check not in found(apply(wrong, mend.change))


def test_000_one_amount_stands_in_every_section() -> None:
    text = sections(book("000"))
    assert "收入预算117.38万元" in text["finance"]
    assert "支出预算117.38万元" in text["finance"]
    assert "安排支出117.38万元" in text["gpb"]
    assert "基本支出110.02万元" in text["gpb"]
    assert "项目支出7.36万元" in text["gpb"]
    assert "115.35" not in "".join(text.values())


def test_000_targets_cover_all_expenditure() -> None:
    year = book("000")
    text = sections(year)["performance"]
    assert "涉及资金117.38万元：基本支出110.02万元，项目支出7.36万元" in text
    assert "项目3个，项目资金7.36万元" in text
    heads = next(sheet for sheet in engine_of(year).sheets() if sheet.table == "whole_targets").heads
    assert any("117.38" in cell for head in heads for cell in head)


def test_000_a_target_with_the_sum_of_all_projects() -> None:
    year = book("000")
    first = replace(year.projects[1], target_amount=7_360_000)
    finding = found(replace(year, projects={**year.projects, 1: first}))["X-24"][0]
    assert (finding.actual, finding.expected, finding.place.record) == (7_360_000, 3_580_000, 1)


def test_000_eleven_tables_are_listed() -> None:
    printed = sections(book("000"))["tables"].splitlines()
    assert len(printed) == 11
    assert [line.split(".")[0] for line in printed] == [str(n) for n in range(1, 12)]
    assert printed[7].startswith("8.政府性基金预算支出情况表")
    assert printed[8].startswith("9.纳入专户管理的非税收入拨款预算分类汇总表")


def test_000_goods_and_services_taken_for_running_costs() -> None:
    year = book("000")
    allowance = next(line for line in year.lines.values() if line.econ_dept == "30239")
    wrong = replace(year, lines={**year.lines, allowance.id: replace(allowance, kind=Kind.RUNNING)},
                    approved={"operating": 13_200_000})
    findings = found(wrong)
    assert (findings["A-12"][0].actual, findings["A-12"][0].difference) == (19_070_000, 5_870_000)
    assert findings["Y-05p"][0].difference == 5_870_000


def test_000_sangong_falls_without_a_reason() -> None:
    findings = found(without(book("000"), "reason.sangong"))
    assert (findings["Y-05i"][0].actual, findings["Y-05i"][0].expected) == (4_800_000, 5_430_000)
    assert findings["Y-05i"][0].difference == -630_000


def test_000_purchases_without_a_kind() -> None:
    year = book("000")
    wrong = replace(year, purchases={n: replace(one, category="") for n, one in year.purchases.items()})
    assert [finding.place.record for finding in found(wrong)["D-09"]] == [1, 2, 3]
    assert "货物3万元，工程3万元，服务0万元" in sections(year)["procurement"]


def test_000_income_is_called_by_its_name() -> None:
    text = sections(book("000"))
    assert "附属单位上缴收入0万元" in text["finance"]
    assert "缴款" not in "".join(text.values())
    assert "国有资本经营预算" in text["other"]


@pytest.mark.parametrize(("address", "value", "check", "difference"), [
    ("staff.total.posts", 14, "D-14a", -1),
    ("staff.total.actual", 14, "D-14b", 3),
    ("assets.vehicles.count", 2, "D-15", 1),
])
def test_000_people_and_vehicles_are_counted(address: str, value: int, check: str, difference: int) -> None:
    year = book("000")
    finding = found(replace(year, facts={**year.facts, address: value}))[check][0]
    assert finding.difference == difference
    assert finding.severity is Severity.ERROR


# ---- 001: the printed totals ---------------------------------------------------------------------------------------


def test_001_holds_its_printed_totals() -> None:
    year = book("001")
    ours = [line for line in year.lines.values() if not line.carry]
    assert sum(line.amount or 0 for line in ours) == 228_390_000
    assert sum(line.amount or 0 for line in ours if line.kind in BASIC) == 126_390_000
    assert sum(line.amount or 0 for line in ours if line.kind is Kind.RUNNING) == 17_920_000
    assert [(p.target_amount or 0) // FEN_PER_WAN for p in year.projects.values()] == [40, 4, 4, 40, 5, 4, 4, 1]
    assert of_kind(year, Kind.PROJECT) == 102 * FEN_PER_WAN
    carried = [income for income in year.incomes.values() if income.carry]
    assert [(income.amount, income.presumed) for income in carried] == [(1_670_000, True)]
    assert of_kind(year, *Kind) == sum(income.amount or 0 for income in year.incomes.values()) == 230_060_000
    assert of_kind(year, *Kind) - year.priors["total.expenditure"] == 15_020_000
    assert 17_920_000 - year.priors["running"] == 12_920_000
    assert [year.facts[f"staff.posts.{kind}"] for kind in ("admin", "worker", "public")] == [5, 2, 4]
    assert not year.purchases
    assert sum(amount for address, amount in year.priors.items() if address.startswith("sangong.")) == 0


# ---- 001: what its text prints wrong -------------------------------------------------------------------------------


def test_001_income_without_a_source() -> None:
    year = book("001")
    wrong = replace(year, incomes={n: income for n, income in year.incomes.items() if not income.carry})
    finding = found(wrong)["T-01"][0]
    assert (finding.actual, finding.expected, finding.difference) == (228_390_000, 230_060_000, -1_670_000)
    assert found(wrong)["X-30"][0].difference == 1_670_000


def test_001_income_from_a_source_the_table_has_no_row_for() -> None:
    year = book("001")
    unnamed = next(income for income in year.incomes.values() if income.carry)
    wrong = replace(year, incomes={**year.incomes, unnamed.id: replace(unnamed, fund=Fund.SOE, carry=False)})
    finding = found(wrong)["T-02"][0]
    assert (finding.actual, finding.expected, finding.difference) == (228_390_000, 230_060_000, -1_670_000)
    assert "资金来源不在表内" in finding.sentence


def test_001_expenditure_without_a_use() -> None:
    year = book("001")
    wrong = replace(year, lines={n: line for n, line in year.lines.items() if not line.carry})
    findings = found(wrong)
    assert findings["T-01"][0].difference == findings["X-30a"][0].difference == 1_670_000


def test_001_a_total_whose_sources_and_uses_are_both_short() -> None:
    year = book("001")
    short = replace(year, incomes={n: income for n, income in year.incomes.items() if not income.carry},
                    lines={n: line for n, line in year.lines.items() if not line.carry})
    assert errors(short) == set()
    findings = found(replace(short, approved={"total": 230_060_000}))
    assert findings["A-01"][0].difference == findings["A-01a"][0].difference == -1_670_000


def test_001_eight_projects_and_targets_for_five() -> None:
    year = book("001")
    assert "项目8个，项目资金102万元" in sections(year)["performance"]
    wrong = replace(year, indicators={n: one for n, one in year.indicators.items() if (one.project or 0) <= 5})
    assert [finding.place.record for finding in found(wrong)["X-23"]] == [6, 7, 8]


def test_001_five_projects_that_do_not_make_the_sum() -> None:
    year = book("001")
    lines = {n: replace(line, project=None) if (line.project or 0) > 5 else line for n, line in year.lines.items()}
    wrong = replace(year, lines=lines, projects={n: p for n, p in year.projects.items() if n <= 5},
                    indicators={n: one for n, one in year.indicators.items() if (one.project or 0) <= 5})
    finding = found(wrong)["X-22"][0]
    assert (finding.actual, finding.expected, finding.difference) == (102_000_000, 93_000_000, 9_000_000)


def test_001_targets_cover_all_expenditure() -> None:
    text = sections(book("001"))
    assert "涉及资金230.06万元：基本支出128.06万元，项目支出102万元" in text["performance"]
    assert "安排支出228.39万元" in text["gpb"]
    assert "上年结转1.67万元" in text["finance"]


def test_001_another_year_than_the_last_is_named() -> None:
    year = with_facts(book("001"), reason__running="与2018年比人员增加，运行成本提高")
    finding = found(year)["Y-11"][0]
    assert "2018年" in finding.sentence
    assert finding.severity is Severity.WARNING


def test_001_running_costs_without_last_years_figure_or_reason() -> None:
    assert [f.key for f in found(without(book("001"), "running"))["L-12"]] == ["L-12|priors/running"]
    finding = found(without(book("001"), "reason.running"))["Y-05p"][0]
    assert (finding.actual, finding.expected, finding.difference) == (17_920_000, 5_000_000, 12_920_000)


def test_001_sangong_has_to_be_compared() -> None:
    missing = found(without(book("001"), "sangong."))["L-12"]
    assert len(missing) == 4
    assert all(finding.severity is Severity.ERROR for finding in missing)
    assert sections(book("001"))["sangong"].count("持平") == 5


def test_001_assets_have_to_be_counted() -> None:
    assert {f.key for f in found(without(book("001"), "assets."))["L-12"]} >= {
        "L-12|facts/assets.vehicles.count", "L-12|facts/assets.general.count", "L-12|facts/assets.special.count"}


def test_001_title_terms_and_list_come_from_the_pack() -> None:
    year = book("001")
    assert compose(engine_of(year)).title == "益阳市资阳区信访局2020年部门预算公开说明"
    sangong = next(line for line in sections(year)["glossary"].splitlines() if "“三公”经费：" in line)
    assert all(part in sangong for part in ("公务接待费", "公务用车购置及运行维护费", "因公出国（境）费"))
    assert len(sections(year)["tables"].splitlines()) == 20
    assert "一般公共服务预算" not in "".join(sections(year).values())
    assert "没有政府性基金收入" in sections(year)["finance"]
