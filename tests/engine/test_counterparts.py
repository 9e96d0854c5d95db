"""Missing lines are named: income without its spending's account, an account of last year nobody entered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.small import PACK, WAN, check, year
from xinfang_desk.engine import Engine
from xinfang_desk.model.change import Change, Insert, SetField, SetValue
from xinfang_desk.model.finding import Finding, Mend
from xinfang_desk.model.ledger import Fund, Income, Kind, Line, Year

BALANCE = check("T-01", "summary[in_total].in_amount == summary[ex_total].ex_amount")
TOTAL = check("P", 'lines() == approved("total")', say="明细{left}，批复{right}。")


def split(**incomes: int) -> Year:
    """The small year with an income for each account, in 万元; ``f2080505=20``."""
    made = [Income(i, function=name[1:], carry=name == "f2010308" and amount == 5, amount=amount * WAN)
            for i, (name, amount) in enumerate(incomes.items(), 1)]
    lines = {n: line for n, line in year().lines.items() if n != 6}
    return replace(year(), lines=lines, incomes={one.id: one for one in made})


def only(engine: Engine) -> Finding:
    (finding,) = engine.findings()
    return finding


def assert_mended(engine: Engine, mend: Mend) -> None:
    before = engine.year
    engine.apply(mend.change)
    assert engine.findings() == ()
    engine.apply(mend.change.inverse())
    assert engine.year == before


def test_an_income_left_out_is_named_by_the_account_of_the_spending() -> None:
    engine = Engine(replace(PACK, checks=(BALANCE,)), split(f2010301=100, f2010308=30))
    (mend,) = only(engine).mends
    assert mend.say == "“养老保险缴费（2080505）”有支出20.00万元，没有收入，正好等于差额，可能漏填了一条收入。"
    assert mend.change.steps == (Insert("incomes", Income(3, function="2080505", amount=20 * WAN), 2),)
    assert_mended(engine, mend)


def test_an_income_too_small_by_the_gap_is_raised() -> None:
    engine = Engine(replace(PACK, checks=(BALANCE,)), split(f2010301=91, f2010308=30, f2080505=20))
    (mend,) = only(engine).mends
    assert "比收入91.00万元多出的正好等于差额" in mend.say
    assert mend.change.steps == (SetField("incomes", 1, "amount", 91 * WAN, 100 * WAN),)
    assert_mended(engine, mend)


def test_two_accounts_short_by_the_same_gap_are_both_named_and_three_not_at_all() -> None:
    short = split(f2010301=100)
    lines = {n: replace(line, amount=20 * WAN) if n == 5 else line for n, line in short.lines.items()}
    # 2010308 and 2080505 both lack 20: together 40, so neither closes the gap by itself until 20 of other money come.
    extra = {9: Income(9, fund=Fund.OTHER, amount=20 * WAN)}
    engine = Engine(replace(PACK, checks=(BALANCE,)), replace(short, lines=lines, incomes={**short.incomes, **extra}))
    mends = only(engine).mends
    assert ["2080505" in mends[0].say, "2010308" in mends[1].say] == [True, True]
    for mend in mends:
        assert_mended(engine, mend)
    third = Line(12, Kind.RUNNING, "2010302", "30201", "50201", amount=20 * WAN)
    engine.apply(Change("", (Insert("lines", third, 5), SetField("incomes", 9, "amount", 20 * WAN, 40 * WAN))))
    assert only(engine).mends == ()


def test_an_income_without_account_leaves_the_finder_silent() -> None:
    engine = Engine(replace(PACK, checks=(BALANCE,)), replace(split(), incomes={1: Income(1, amount=130 * WAN)}))
    assert only(engine).mends == ()


def test_an_account_of_last_year_that_nobody_entered_is_named() -> None:
    start = replace(split(), priors={"function.2010302": 7 * WAN}, approved={"total": 157 * WAN})
    engine = Engine(replace(PACK, checks=(TOTAL,)), start)
    finding = only(engine)
    assert "（2010302）”上年有7.00万元，本年一笔也没有填，正好等于差额" in finding.sentence
    assert finding.mends == ()
    engine.apply(Change("", (SetValue("priors", "function.2010399", None, 7 * WAN),)))
    assert "上年有" not in only(engine).sentence


@pytest.mark.parametrize(("right", "wrong", "named"), [
    (161_010_000, 1_161_010_000, True), (161_010_000, 161_100_000, True), (161_010_000, 16_101_000, True),
    (161_010_000, 161_000_000, False), (12 * WAN, 2 * WAN, False)])
def test_a_digit_too_many_or_too_few(right: int, wrong: int, named: bool) -> None:
    engine = Engine(replace(PACK, checks=(TOTAL,)), replace(split(), approved={"total": 70 * WAN + right}))
    engine.apply(Change("", (SetField("lines", 1, "amount", None, wrong),)))
    steps = [mend.change.steps[0] for mend in only(engine).mends if "多打或少打了一位" in mend.say]
    assert (SetField("lines", 1, "amount", wrong, right) in steps) is named
