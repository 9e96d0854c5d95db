"""Checks become findings: figures, words, places, order, explanations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.engine.small import CHECKS, PACK, WAN, check, year
from xinfang_desk.engine import Engine
from xinfang_desk.model.change import Change, SetField, SetUnit, SetValue, Step
from xinfang_desk.model.finding import Finding, Place
from xinfang_desk.model.ledger import Kind, Project, Purchase
from xinfang_desk.model.pack import Check, Pack, Severity
from xinfang_desk.model.passage import Document, Paragraph, Passage, Run
from xinfang_desk.model.sheet import CellAddress


def found(engine: Engine) -> dict[str, Finding]:
    return {finding.key: finding for finding in engine.findings()}


def pack(*checks: Check) -> Pack:
    return replace(PACK, checks=checks)


def edit(engine: Engine, *steps: Step) -> None:
    engine.apply(Change("", steps))


def set_amount(number: int, amount: int | None, space: Any = "lines") -> SetField:
    return SetField(space, number, "amount", None, amount)


@pytest.fixture
def engine() -> Engine:
    return Engine(PACK, year())


def test_a_balanced_year_has_only_its_true_remarks(engine: Engine) -> None:
    assert list(found(engine)) == []


def test_a_finding_says_what_where_and_by_how_much(engine: Engine) -> None:
    edit(engine, set_amount(1, 100 * WAN, "incomes"))
    finding = found(engine)["T-01|"]
    assert finding.sentence == "收入总计：105.00万元与155.00万元差50.00万元。"
    assert (finding.expected, finding.actual, finding.difference) == (155 * WAN, 105 * WAN, -50 * WAN)
    assert (finding.table, finding.row, finding.money) == ("收支总表", "收入总计", True)
    assert finding.cells == (CellAddress("summary", "in_total", "in_amount"), CellAddress(
        "summary", "ex_total", "ex_amount"), CellAddress("summary", "ex_dash", "ex_amount"))
    assert finding.place == Place("income", cell=CellAddress("summary", "in_total", "in_amount"))
    edit(engine, set_amount(1, 150 * WAN, "incomes"))
    assert list(found(engine)) == []


def test_cents_are_shown_when_there_are_any(engine: Engine) -> None:
    edit(engine, set_amount(1, 150 * WAN + 1, "incomes"))
    assert found(engine)["T-01|"].sentence == "收入总计：155.000001万元与155.00万元差0.000001万元。"


def test_rows_and_levels(engine: Engine) -> None:
    edit(engine, SetValue("approved", "function.2010301", None, 99 * WAN),
         SetValue("approved", "function.201", None, 1))
    assert [key for key in found(engine) if key.startswith("P-02")] == ["P-02|gpb_function/2010301"]
    finding = found(engine)["P-02|gpb_function/2010301"]
    assert (finding.row, finding.actual, finding.expected) == ("行政运行", 100 * WAN, 99 * WAN)


def test_records(engine: Engine) -> None:
    edit(engine, set_amount(4, -5 * WAN))
    finding = found(engine)["T-32|lines/4"]
    assert finding.sentence == "“公用经费·行政运行·公务接待费”的金额-5.00万元是负数。"
    assert finding.place == Place("basic", space="lines", record=4)
    edit(engine, set_amount(4, 5 * WAN))
    assert "T-32|lines/4" not in found(engine)


def test_projects_know_their_own_lines(engine: Engine) -> None:
    edit(engine, SetField("projects", 1, "target_amount", 35 * WAN, 30 * WAN))
    assert found(engine)["X-24|projects/1"].sentence == "项目“信访维稳”目标表30.00万元，明细35.00万元。"
    edit(engine, SetField("indicators", 2, "project", 2, None))
    hint = found(engine)["G-02|projects/2"]
    assert (hint.sentence, hint.money, hint.actual) == ("项目“宣传”没有绩效指标，现有0个。", False, 0)


def test_guards_keep_checks_silent(engine: Engine) -> None:
    edit(engine, SetValue("approved", "total", 155 * WAN, 150 * WAN))
    assert found(engine)["P-01|"].difference == 5 * WAN
    edit(engine, SetValue("approved", "total", 150 * WAN, None))
    assert "P-01|" not in found(engine)


def test_products_and_records_that_are_not_plain_sums(engine: Engine) -> None:
    edit(engine, SetField("purchases", 1, "quantity", 3, 4))
    assert found(engine)["T-31|purchases/1"].expected == 40 * WAN
    edit(engine, SetField("purchases", 1, "price", 10 * WAN, None))
    assert found(engine)["T-31|purchases/1"].expected == 0


def test_what_divides_by_nothing_is_not_decided() -> None:
    rate = check("R", "sangong[total].change / sangong[total].prior <= 0.1")
    engine = Engine(pack(rate), year())
    assert list(found(engine)) == []
    edit(engine, set_amount(4, 9 * WAN))
    assert found(engine)["R|"].sentence == "合计：0.5与0.1差0.4。"
    edit(engine, SetValue("priors", "sangong.reception", 6 * WAN, None))
    assert list(found(engine)) == []
    edit(engine, SetValue("priors", "sangong.reception", None, 0))
    assert list(found(engine)) == []


@pytest.mark.parametrize(("gap", "fails"), [(0, False), (100, False), (-100, False), (101, True), (-101, True)])
def test_tolerance(gap: int, fails: bool) -> None:
    engine = Engine(pack(check("P", 'lines() == approved("total")', tolerance=100)), year())
    edit(engine, SetValue("approved", "total", 155 * WAN, 155 * WAN + gap))
    assert bool(found(engine)) is fails


@pytest.mark.parametrize(("op", "gap", "holds"), [
    ("<", -1, True), ("<", 0, False), ("<=", 0, True), ("<=", 1, False), (">", 1, True), (">", 0, False),
    (">=", 0, True), (">=", -1, False), ("!=", 0, False), ("!=", 1, True)])
def test_every_comparison_live(op: str, gap: int, holds: bool) -> None:
    engine = Engine(pack(check("P", f'lines() {op} approved("total")')), year())
    edit(engine, SetValue("approved", "total", 155 * WAN, 155 * WAN - gap))
    assert bool(found(engine)) is not holds


def test_order_errors_first_then_pages_then_checks() -> None:
    checks = (check("hint", "1 == 2", severity=Severity.HINT, page="income"), check("b", "1 == 2", page="basic"),
              check("c", "1 == 2", page="income"), check("a", "1 == 2", page="income"),
              check("warning", "1 == 2", severity=Severity.WARNING, page="income"))
    assert [f.check for f in Engine(pack(*checks), year()).findings()] == ["c", "a", "b", "warning", "hint"]


def test_explanations_hang_on_the_key(engine: Engine) -> None:
    edit(engine, SetValue("approved", "total", 155 * WAN, 150 * WAN),
         SetValue("explanations", "P-01|", None, "批复后追加。"))
    assert found(engine)["P-01|"].explanation == "批复后追加。"
    edit(engine, SetValue("explanations", "P-01|", "批复后追加。", None))
    assert found(engine)["P-01|"].explanation == ""


@pytest.mark.parametrize(("target", "place"), [
    ("total", Place("basic", address="total", space="approved")),
    ("priors:function.201", Place("basic", address="function.201", space="priors")),
    ("summary[ex_total].ex_amount", Place("basic", cell=CellAddress("summary", "ex_total", "ex_amount"))),
    ("", Place("basic", address="total", space="approved"))])
def test_places(target: str, place: Place) -> None:
    engine = Engine(pack(check("P", 'lines() == approved("total") + 1', target=target)), year())
    assert found(engine)["P|"].place == place


def test_the_way_out_is_part_of_the_sentence() -> None:
    engine = Engine(pack(check("P", "lines() == 0", say="支出{left}。", mend="请核对{unit}的明细。")), year())
    assert found(engine)["P|"].sentence == "支出155.00万元。请核对某县信访局的明细。"
    edit(engine, SetUnit(year().unit, replace(year().unit, name="信访局")))
    assert found(engine)["P|"].sentence == "支出155.00万元。请核对信访局的明细。"


def test_figures_of_a_standing_finding_follow_the_amounts(engine: Engine) -> None:
    edit(engine, set_amount(1, 100 * WAN, "incomes"))
    assert found(engine)["T-01|"].actual == 105 * WAN
    # This line counts on the right only; the check fails before and after.
    edit(engine, set_amount(3, 10 * WAN))
    assert found(engine)["T-01|"].expected == 150 * WAN


def test_rules_run_again_when_what_they_read_changes(engine: Engine) -> None:
    assert engine.apply(Change("", (SetField("lines", 3, "function", "2010301", "2999999"),))).findings
    assert "2999999" in next(f.sentence for f in engine.findings() if f.check == "T-33")
    edit(engine, SetField("lines", 3, "function", "2999999", "2010301"), SetValue("facts", "note", "无", "待填"))
    assert [f.check for f in engine.findings()] == ["D-19"]
    edit(engine, SetValue("facts", "note", "待填", "无"))
    assert engine.findings() == ()


def test_rules_look_at_the_narrative_they_are_handed() -> None:
    engine = Engine(pack(check("D-01", rule="amounts_in_text", say="{name}里的{value}不在表里。")), year())
    bad = Document("说明", (Passage("one", "一、概况", 1, (
        Paragraph((Run("共99.99万元。"),), key="one.1", rewritten=True),), "basic"),))
    assert engine.findings() == ()
    edit(engine, SetValue("facts", "rewrite.one.1", None, (("共99.99万元。",), ())))
    assert [f.sentence for f in engine.findings(bad)] == ["一、概况里的99.99万元不在表里。"]
    assert engine.findings(Document("说明", ())) == ()


def test_the_narrative_is_made_only_where_a_paragraph_is_rewritten() -> None:
    engine = Engine(pack(check("D-01", rule="amounts_in_text")), year())
    made: list[int] = []

    def compose() -> Document:
        made.append(1)
        return Document("说明", ())

    engine.findings(compose)
    assert made == []
    edit(engine, SetValue("facts", "rewrite.one.1", None, (("共99.99万元。",), ())))
    engine.findings(compose)
    assert made == [1]


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="没有的规则"):
        Engine(pack(check("R", rule="no_such_rule")), year())


def test_a_check_over_new_records_is_live() -> None:
    from xinfang_desk.model.change import Insert

    engine = Engine(PACK, year())
    edit(engine, Insert("projects", Project(3, "新项目"), 0), Insert("purchases", Purchase(
        2, "桌椅", quantity=2, price=WAN, amount=WAN), 0))
    assert {"G-02|projects/3", "T-31|purchases/2"} <= set(found(engine))


def test_every_check_of_the_small_pack_can_fail() -> None:
    engine = Engine(PACK, year())
    edit(engine, set_amount(1, -1, "incomes"), set_amount(4, -400 * WAN), SetField("purchases", 1, "price", 1, 2),
         SetField("lines", 2, "kind", Kind.STAFF, Kind.BUSINESS), SetField("lines", 1, "econ_gov", "", ""),
         SetField("lines", 5, "function", "", "201"), SetField("lines", 5, "purchase", True, False), SetField("projects", 1, "target_amount", 1, 2),
         SetField("indicators", 1, "project", 1, None), SetField("lines", 3, "function", "", "1"),
         SetValue("facts", "note", "", "待填"), SetValue("approved", "function.2010301", None, 1))
    failing = {f.check for f in engine.findings()}
    edit(engine, set_amount(4, 400 * WAN))
    failing |= {f.check for f in engine.findings()}
    always = {"X-12"}
    assert failing | always == {c.id for c in CHECKS}
