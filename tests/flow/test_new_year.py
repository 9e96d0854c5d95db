"""A new year from a former one: the plan, what it makes, and every 上年数 the pack asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xinfang_desk.flow import new_year
from xinfang_desk.flow.library import sample_year
from xinfang_desk.flow.new_year import AS_PLANNED, Choices, Plan
from xinfang_desk.flow.phrases import ADDRESS as PHRASES
from xinfang_desk.flow.year_packs import load, offers
from xinfang_desk.model.ledger import Fund, Kind, Line, Project, Year
from xinfang_desk.model.pack import Pack

PETITION = {"function:2010301:": "2014001", "function:2010308:project": "2014004", "function:2010308:income": "2014004",
            "function:2010399:": "2014099"}
CHOSEN = Choices({}, PETITION)


def planned(sample: str, year: int, pack: str = "") -> Plan:
    source = sample_year(sample)
    return new_year.plan(source, load(source.pack, source.year), load(pack or offers(source, year)[0].pack, year), year)


@pytest.fixture(scope="module")
def plan_2024() -> Plan:
    return planned("004", 2024)


def gpb(year: Year) -> list[Line]:
    return [one for one in year.lines.values() if one.fund in (Fund.GPB, Fund.GPB_NONTAX) and not one.carry]


def total(lines: list[Line]) -> int:
    return sum(one.amount or 0 for one in lines)


def test_each_thing_is_listed_once_and_in_its_group(plan_2024: Plan) -> None:
    ids = [item.id for item in plan_2024.items]
    assert len(ids) == len(set(ids))
    by_id = {item.id: item for item in plan_2024.items}
    for wanted in ("unit", "lines:人员", "project:1", "incomes", "indicators", "fact:duties", "fact:staff.posts.admin"):
        assert (by_id[wanted].group, by_id[wanted].ticked) == ("carry", True), wanted
    for wanted in ("amounts", "fact:staff.date", "fact:publish.date", "fact:secrecy.reviewed", "explanations", "reasons"):
        assert (by_id[wanted].group, by_id[wanted].ticked) == ("clear", False), wanted
    assert all(item.title for item in plan_2024.items)


def test_what_is_made_holds_no_amount_date_or_reason(plan_2024: Plan) -> None:
    source, made = plan_2024.source, new_year.make(plan_2024, CHOSEN)
    assert (made.year, made.pack, made.unit) == (2024, plan_2024.pack.id, source.unit)
    assert list(made.lines) == list(source.lines)
    assert {one.amount for one in made.lines.values()} | {one.amount for one in made.incomes.values()} == {None}
    assert not made.approved
    assert not made.explanations
    assert not [address for address in made.facts if address.startswith("reason.") or address.endswith("date")]
    assert made.facts["duties"] == source.facts["duties"]
    assert made.projects[1] == Project(1, "信访事务", *(getattr(source.projects[1], name) for name in (
        "code", "category", "special", "purpose", "goal")))
    assert {(i.actual, i.score, i.deviation) for i in made.indicators.values()} == {("", None, "")}
    assert [i.name for i in made.indicators.values()] == [i.name for i in source.indicators.values()]


def test_the_clerk_decides_otherwise(plan_2024: Plan) -> None:
    ticks = {"amounts": True, "project:1": False, "fact:duties": False, "fact:staff.date": True, "prior:basic": False}
    source, made = plan_2024.source, new_year.make(plan_2024, Choices(ticks, PETITION))
    assert not made.projects
    assert {one.kind for one in made.lines.values()} == {Kind.STAFF, Kind.RUNNING}
    assert not [i for i in made.indicators.values() if i.project is not None]
    assert total(list(made.lines.values())) == total([one for one in source.lines.values() if one.project is None])
    assert "duties" not in made.facts
    assert made.facts["staff.date"] == source.facts["staff.date"]
    assert "basic" not in made.priors
    assert "project" in made.priors


def test_codes_that_follow_several_are_asked_for(plan_2024: Plan) -> None:
    asked = {one.id: [code for code, _ in one.choices] for one in new_year.unchosen(plan_2024, AS_PLANNED)}
    assert asked == {"function:2010301:": ["2014001", "2010301"], "function:2010399:": ["2014099", "2010399"],
                     "function:2010308:income": ["2014004", "2014001", "2014002", "2014099"],
                     "function:2010308:project": ["2014004", "2014001", "2014002", "2014099"]}
    with pytest.raises(ValueError, match="not been chosen"):
        new_year.make(plan_2024, AS_PLANNED)
    made = new_year.make(plan_2024, CHOSEN)
    assert {one.function for one in made.lines.values() if one.kind is Kind.PROJECT} == {"2014004"}
    used = {one.function for one in made.lines.values()} | {one.function for one in made.incomes.values()}
    assert not [code for code in used if code.startswith("20103")]


def test_an_account_with_one_successor_is_renamed_by_itself() -> None:
    source = sample_year("001")
    old, pack = load(source.pack, 2020), load("hunan/2021", 2021)
    line = replace(next(iter(source.lines.values())), function="2080504")
    plan = new_year.plan(replace(source, lines={1: line}), old, pack, 2021)
    renamed = [item.rename for item in plan.of("rename") if item.rename is not None]
    assert [(one.code, one.chosen) for one in renamed] == [("2080504", "2080501")]
    assert new_year.make(plan, AS_PLANNED).lines[1].function == "2080501"
    assert "function.2080501" in new_year.priors(plan, AS_PLANNED)


def test_an_account_nobody_knows_keeps_its_code() -> None:
    source = sample_year("003")
    line = replace(next(iter(source.lines.values())), function="2019999", econ_dept="39999")
    plan = new_year.plan(replace(source, lines={1: line}), load(source.pack, 2021), load("hebei/2022", 2022), 2022)
    lost = [item for item in plan.of("rename") if item.rename is not None and not item.rename.choices]
    assert all(item.fixed and item.detail for item in lost)
    made = new_year.make(plan, AS_PLANNED).lines[1]
    assert (made.function, made.econ_dept) == (line.function, line.econ_dept)


def test_last_years_cells_become_this_years_priors(plan_2024: Plan) -> None:
    source, made = plan_2024.source, new_year.make(plan_2024, CHOSEN)
    everything, general = list(source.lines.values()), gpb(source)
    expected = {
        "total.income": sum(one.amount or 0 for one in source.incomes.values()), "total.expenditure": total(everything),
        "basic": total([one for one in everything if one.kind in (Kind.STAFF, Kind.RUNNING)]),
        "basic.staff": total([one for one in everything if one.kind is Kind.STAFF]),
        "basic.running": total([one for one in everything if one.kind is Kind.RUNNING]),
        "project": total([one for one in everything if one.kind is Kind.PROJECT]),
        "appropriation.gpb": total(general), "appropriation.fund": 0, "appropriation.soe": 0,
        "sangong.reception": total([one for one in general if one.econ_dept.startswith("30217")]),
        "sangong.abroad": 0, "sangong.purchase": 0, "sangong.operate": 0, "meeting": 0,
        "training": total([one for one in general if one.econ_dept.startswith("30216")]),
        "running": total([one for one in general if one.kind is Kind.RUNNING]),
        "function.2014004": total([one for one in general if one.function == "2010308"]),
        "econ_dept.301": total([one for one in general if one.econ_dept.startswith("301")])}
    assert {address: made.priors.get(address) for address in expected} == expected
    for stem in ("function.", "econ_dept.", "econ_gov."):
        assert sum(fen for address, fen in made.priors.items() if address.startswith(stem)) == total(general)
    assert not [address for address in made.priors if "20103" in address]


def asked_for(pack: Pack) -> set[str]:
    return {field.address for page in pack.pages for field in page.fields if field.space == "priors"}


@pytest.mark.parametrize(("sample", "year"), [("000", 2022), ("001", 2021), ("002", 2020), ("003", 2022), ("004", 2024)])
def test_every_prior_the_pack_asks_for_is_filled(sample: str, year: int) -> None:
    source = sample_year(sample)
    for offer in offers(source, year):
        plan = planned(sample, year, offer.pack)
        found = set(new_year.priors(plan, AS_PLANNED))
        missing = {a for a in asked_for(plan.pack) if not (
            a in found or (a.endswith(".*") and any(one.startswith(a[:-1]) for one in found)))}
        assert missing == set(), offer.pack


def test_figures_of_another_year_are_no_priors() -> None:
    plan = planned("003", 2023)
    assert any("2021年不是" in sentence for sentence in plan.warnings)
    assert plan.of("prior")
    assert not new_year.make(plan, AS_PLANNED).priors
    assert new_year.make(plan, Choices({"prior:basic": True}, {})).priors.keys() == {"basic"}


def test_a_year_without_lines_has_no_priors_to_give() -> None:
    source = replace(sample_year("003"), lines={}, incomes={}, projects={}, indicators={}, purchases={})
    plan = new_year.plan(source, load(source.pack, 2021), load("hebei/2022", 2022), 2022)
    assert not plan.of("prior")
    assert any("没有支出明细" in sentence for sentence in plan.warnings)
    assert new_year.make(plan, AS_PLANNED).facts["duties"] == source.facts["duties"]


def test_phrases_come_along_and_the_bureaus_old_list_does_not() -> None:
    source = sample_year("003")
    facts = {**source.facts, PHRASES: (("人员增加。",),), "codes.list": (("function", "2010377", "群众接待", "县里"),)}
    plan = new_year.plan(replace(source, facts=facts), load(source.pack, 2021), load("hebei/2022", 2022), 2022)
    made = new_year.make(plan, AS_PLANNED)
    assert made.facts[PHRASES] == (("人员增加。",),)
    assert "codes.list" not in made.facts
    assert "codes.list" in new_year.make(plan, Choices({"fact:codes.list": True}, {})).facts


def test_carried_over_money_stays_behind() -> None:
    plan = planned("001", 2021)
    made = new_year.make(plan, AS_PLANNED)
    carried = [one.id for one in plan.source.lines.values() if one.carry and one.project is None]
    assert carried
    assert not set(carried) & set(made.lines)
    taken = new_year.make(plan, Choices({"lines:carry": True}, {}))
    assert set(carried) <= set(taken.lines)


@pytest.mark.parametrize(("sample", "year", "first", "fits"), [
    ("004", 2024, "shaanxi/2023", False), ("003", 2022, "hebei/2022", True), ("000", 2022, "hunan/2022", True),
    ("002", 2020, "hunan/2019-selfeval", True)])
def test_the_pack_is_chosen_by_region_and_year(sample: str, year: int, first: str, fits: bool) -> None:
    found = offers(sample_year(sample), year)
    assert (found[0].pack, found[0].fits) == (first, fits)
    assert ("先沿用" in found[0].label) is not fits
    if sample == "000":
        assert [offer.pack for offer in found[:2]] == ["hunan/2022", "hunan/2022-ten"]


def test_a_pack_used_beyond_its_years_has_the_accounts_of_the_year() -> None:
    assert load("shaanxi/2023", 2023).codes.year == 2023
    later = load("shaanxi/2023", 2024).codes
    assert later.year == 2024
    assert later.function.name("2014004") == "信访业务"


def test_what_a_self_evaluation_came_to_is_last_years_final_account() -> None:
    plan = planned("002", 2020)
    facts = plan.source.facts
    made = new_year.make(plan, AS_PLANNED)
    operate = [facts[f"result.sangong.operate.{part}"] for part in ("basic", "project")]
    assert all(isinstance(one, int) for one in operate)
    assert made.facts["final.total"] == facts["result.total"]
    assert made.facts["final.sangong.operate"] == sum(one for one in operate if isinstance(one, int))
    assert "final.total" not in new_year.make(plan, Choices({"final:final.total": False}, {})).facts
    blank = new_year.plan(replace(plan.source, facts={}), load("hunan/2019-selfeval", 2019), plan.pack, 2020)
    assert not blank.finals


def test_the_source_may_be_a_self_evaluation() -> None:
    plan = planned("002", 2020, "hunan/2020")
    made = new_year.make(plan, AS_PLANNED)
    assert made.pack == "hunan/2020"
    assert made.projects
    assert not [address for address in made.facts if address.startswith(("result.", "score.", "lost."))]
