"""The difference finder: each kind of slip is named, the mend makes the check hold, chance is not taken for a slip."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.small import PACK, WAN, check, year
from xinfang_desk.engine import Engine
from xinfang_desk.model.change import Change, Insert, SetField, SetValue
from xinfang_desk.model.finding import Finding, Mend
from xinfang_desk.model.ledger import Kind, Line
from xinfang_desk.model.pack import Check

TOTAL = check("P", 'lines() == approved("total")', say="明细{left}，批复{right}。")
ECONOMY = check("X-19", "gov[501].total == dept[301].total", say="政府经济501为{left}，部门经济301为{right}，差{difference}。")
INCOME = check("T-01", "summary[in_total].in_amount == summary[ex_total].ex_amount")


def with_check(*checks: Check, approved: int = 155 * WAN) -> Engine:
    engine = Engine(replace(PACK, checks=checks), year())
    engine.apply(Change("", (SetValue("approved", "total", None, approved),)))
    return engine


def amount(engine: Engine, number: int, fen: int) -> None:
    engine.apply(Change("", (SetField("lines", number, "amount", None, fen),)))


def only(engine: Engine) -> Finding:
    (finding,) = engine.findings()
    return finding


def assert_mended(engine: Engine, mend: Mend) -> None:
    engine.apply(mend.change)
    assert engine.findings() == ()
    engine.apply(mend.change.inverse())


def test_last_years_figure_left_in_place_in_a_line() -> None:
    engine = with_check(TOTAL)
    engine.apply(Change("", (SetValue("priors", "econ_dept.30217", None, 3 * WAN),)))
    amount(engine, 4, 3 * WAN)
    (mend,) = only(engine).mends
    assert mend.say == "“公用经费·行政运行·公务接待费”现为3.00万元，与上年数相同，可能沿用了上年的数；应为5.00万元。"
    assert mend.change.steps == (SetField("lines", 4, "amount", 3 * WAN, 5 * WAN),)
    assert_mended(engine, mend)


def test_last_years_figure_left_in_place_in_a_typed_value() -> None:
    engine = with_check(TOTAL, approved=140 * WAN)
    engine.apply(Change("", (SetValue("priors", "total", None, 140 * WAN),)))
    (mend,) = only(engine).mends
    assert mend.change.steps == (SetValue("approved", "total", 140 * WAN, 155 * WAN),)
    assert_mended(engine, mend)


def test_a_government_sum_that_is_still_last_years_and_the_lines_without_code() -> None:
    """The printed contradiction of sample 004: 501 kept last year's 132.89 while 301 rose by 28.12 to 161.01."""
    lines = (Line(1, Kind.STAFF, "2010301", "30101", "50101", amount=132_890_000),
             Line(2, Kind.STAFF, "2010301", "30101", "", amount=28_120_000),
             Line(3, Kind.RUNNING, "2010301", "30201", "50201", amount=64_680_000))
    start = replace(year(), lines={line.id: line for line in lines}, priors={"econ_gov.501": 132_890_000})
    engine = Engine(replace(PACK, checks=(ECONOMY,)), start)
    finding = only(engine)
    assert finding.sentence == (
        "政府经济501为132.89万元，部门经济301为161.01万元，差28.12万元。"
        "《政府经济表》“机关工资福利支出”与上年数完全相同，可能沿用了上年的数；要使两边相等，它应为161.01万元。")
    (mend,) = finding.mends
    assert mend.say == "“人员经费·行政运行·基本工资”28.12万元没有填政府经济科目，只算进了一边；按对应关系应填50101。"
    assert_mended(engine, mend)


def test_several_lines_without_code_are_filled_together() -> None:
    engine = with_check(ECONOMY)
    engine.apply(Change("", (SetField("lines", 1, "econ_gov", "50101", ""), SetField(
        "lines", 2, "econ_gov", "50102", ""))))
    (mend,) = only(engine).mends
    assert len(mend.change.steps) == 2
    assert_mended(engine, mend)


@pytest.mark.parametrize(("wrong", "word"), [
    (18 * WAN, ""), (800 * WAN, "多打或少打了一位"), (8 * WAN, "多打或少打了一位"), (8000, "元和万元弄混"),
    (-80 * WAN, "正负号")])
def test_slips_in_an_amount(wrong: int, word: str) -> None:
    engine = with_check(TOTAL)
    amount(engine, 1, wrong)
    mends = only(engine).mends
    if not word:
        assert mends == ()
        return
    assert any(word in mend.say and mend.change.steps == (SetField("lines", 1, "amount", wrong, 80 * WAN),)
               for mend in mends)
    for mend in mends:
        assert_mended(engine, mend)


def test_swapped_digits() -> None:
    engine = with_check(TOTAL, approved=155 * WAN - 80 * WAN + 78_120_000)
    amount(engine, 1, 78_120_000)
    assert engine.findings() == ()
    amount(engine, 1, 78_210_000)
    first, second = only(engine).mends
    assert "颠倒" in first.say
    # The approved 153.12 may just as well be a swapped 153.21: both are named.
    assert first.change.steps == (SetValue("approved", "total", 153_120_000, 153_210_000),)
    assert second.change.steps == (SetField("lines", 1, "amount", 78_210_000, 78_120_000),)


def test_a_line_entered_twice() -> None:
    engine = with_check(TOTAL)
    again = replace(year().lines[3], id=9)
    engine.apply(Change("", (Insert("lines", again, 6),)))
    (mend,) = only(engine).mends
    assert "录入了两次" in mend.say
    assert_mended(engine, mend)
    engine.apply(mend.change)
    assert list(engine.year.lines) == [1, 2, 3, 4, 5, 6]


def test_two_equally_good_culprits_are_both_named() -> None:
    engine = with_check(TOTAL, approved=155 * WAN - 9 * WAN)
    amount(engine, 4, 10 * WAN)
    amount(engine, 2, 20 * WAN)
    engine.apply(Change("", (SetField("lines", 3, "amount", None, 10 * WAN),)))
    mends = only(engine).mends
    assert {mend.change.steps[0] for mend in mends} == {
        SetField("lines", 4, "amount", 10 * WAN, WAN), SetField("lines", 3, "amount", 10 * WAN, WAN)}
    for mend in mends:
        assert_mended(engine, mend)


def test_no_mend_for_what_is_not_an_equality_of_amounts() -> None:
    engine = with_check(check("S", "sangong[total].total <= sangong[total].prior"), check(
        "C", "count(projects) == 5"), check("M", "lines() == max(0, approved(\"total\"))"), approved=1550 * WAN)
    amount(engine, 4, 50 * WAN)
    assert [finding.mends for finding in engine.findings()] == [(), (), ()]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([1, 2, 3, 4, 5, 6]), st.integers(-20_000, 20_000).map(lambda n: n * 10_000),
       st.sampled_from([TOTAL, INCOME, ECONOMY]))
def test_every_mend_makes_its_check_hold(number: int, fen: int, one: Check) -> None:
    engine = with_check(one)
    amount(engine, number, fen)
    for finding in engine.findings():
        for mend in finding.mends:
            assert_mended(engine, mend)
