"""舍位平衡: closed tables close, across tables, for any ledger; nothing moves further than it must."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from xinfang_desk.engine import Engine
from xinfang_desk.engine.rounding import STEP, TAIL_NOTE, close, spread, with_tail_note
from xinfang_desk.model.ledger import Fund, Income, Kind, Line, Unit, Year
from xinfang_desk.model.money import round_div
from xinfang_desk.model.sheet import Sheet
from xinfang_desk.packs import load_pack

FORMS = Path(__file__).resolve().parents[2] / "forms"
PACK = load_pack("shaanxi/2023", FORMS)
ECON = (("30101", "50101"), ("30110", "50102"), ("30201", "50201"), ("30302", "50905"))


@st.composite
def years(draw: st.DrawFn) -> Year:
    lines: dict[int, Line] = {}
    for number in range(1, draw(st.integers(1, 9)) + 1):
        dept, gov = draw(st.sampled_from(ECON))
        lines[number] = Line(number, draw(st.sampled_from([Kind.STAFF, Kind.RUNNING])),
                             draw(st.sampled_from(["2010301", "2010308", "2080505"])), dept, gov,
                             draw(st.sampled_from([Fund.GPB, Fund.FUND, Fund.OTHER])),
                             amount=draw(st.one_of(st.none(), st.integers(0, 3_000_000))))
    incomes = {n: Income(n, line.fund, function=line.function, amount=line.amount) for n, line in lines.items()}
    return Year(Unit("某县信访局"), 2023, "shaanxi/2023", lines=lines, incomes=incomes)


def printed_tails(sheet: Sheet) -> list[str]:
    noted = with_tail_note(sheet)
    return [sheet.title] if TAIL_NOTE in noted.notes else []


@settings(max_examples=30, deadline=None)
@given(years())
def test_every_printed_sum_of_every_table_closes(year: Year) -> None:
    closed = close(year)
    engine = Engine(PACK, closed.year)
    assert [title for sheet in engine.sheets() for title in printed_tails(sheet)] == []
    for amount in (line.amount for line in closed.year.lines.values()):
        assert amount is None or amount % STEP == 0
    total = sum(line.amount or 0 for line in closed.year.lines.values())
    assert total == round_div(sum(line.amount or 0 for line in year.lines.values()), STEP) * STEP
    for fund in Fund:
        assert (sum(i.amount or 0 for i in closed.year.incomes.values() if i.fund is fund)
                == sum(x.amount or 0 for x in closed.year.lines.values() if x.fund is fund))


@given(years())
def test_blank_stays_blank_and_every_move_is_told(year: Year) -> None:
    closed = close(year)
    told = {(a.space, a.id): a for a in closed.adjustments}
    for number, line in year.lines.items():
        after = closed.year.lines[number].amount
        if line.amount is None:
            assert after is None
        elif after != line.amount:
            adjustment = told["lines", number]
            assert (adjustment.entered, adjustment.printed) == (line.amount, after)
            assert adjustment.moved == (after or 0) - line.amount
        else:
            assert ("lines", number) not in told


def test_a_ledger_in_whole_steps_is_left_alone() -> None:
    lines = {1: Line(1, Kind.STAFF, amount=161_010_000), 2: Line(2, Kind.RUNNING, amount=7_720_000)}
    year = Year(Unit("某"), 2023, "p", lines=lines)
    assert close(year).adjustments == ()
    assert close(year).year == year


@given(st.lists(st.integers(-10**7, 10**7), min_size=1, max_size=12))
def test_spread_adds_up_and_stays_near(amounts: list[int]) -> None:
    target = round_div(sum(amounts), STEP)
    made = spread(amounts, target, STEP)
    assert sum(made) == target or not any(amounts)
    for amount, steps in zip(amounts, made, strict=True):
        assert abs(steps * STEP - amount) < 2 * STEP


def test_independent_rounding_says_that_there_is_a_tail() -> None:
    lines = {n: Line(n, Kind.STAFF, code, "30101", "50101", amount=4_000)
             for n, code in enumerate(("2010301", "2010308", "2080505"), 1)}
    engine = Engine(PACK, Year(Unit("某"), 2023, "p", lines=lines))
    assert TAIL_NOTE in with_tail_note(engine.sheet("gpb_function")).notes
    assert TAIL_NOTE not in with_tail_note(engine.sheet("fund")).notes
