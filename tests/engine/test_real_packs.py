"""Every pack that comes with the program: edits in any order equal a new build, and every figure can be explained."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from xinfang_desk.engine import Engine
from xinfang_desk.model.change import Change, SetField, SetValue, Step, ValueSpace
from xinfang_desk.model.ledger import Fund, Income, Indicator, Kind, Line, Project, Purchase, Unit, Year
from xinfang_desk.model.pack import FormField, Pack
from xinfang_desk.model.sheet import CellAddress
from xinfang_desk.packs import load_pack

STEPS = 20


@pytest.fixture(scope="module", params=["national/2021", "shaanxi/2023", "hebei/2021"])
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(str(request.param), Path(__file__).resolve().parents[2] / "forms")


def some_year(pack: Pack, dice: random.Random) -> Year:
    functions, depts, govs = ([*table.entries, ""] for table in (
        pack.codes.function, pack.codes.econ_dept, pack.codes.econ_gov))
    lines = (Line(i, dice.choice(list(Kind)), dice.choice(functions), dice.choice(depts), dice.choice(govs),
                  dice.choice(list(Fund)), dice.random() < 0.2, dice.choice([None, 1, 2, 3]), some_amount(dice))
             for i in range(1, 40))
    incomes = (Income(i, dice.choice(list(Fund)), dice.random() < 0.2, dice.choice(functions), some_amount(dice))
               for i in range(1, 8))
    indicators = (Indicator(i, dice.choice([None, 1, 2]), name="办件数", value="200", weight=10) for i in range(1, 5))
    return Year(Unit("某县信访局", "436"), pack.years[0], pack.id, {x.id: x for x in lines}, {x.id: x for x in incomes},
                {i: Project(i, f"项目{i}", special=i == 2, target_amount=some_amount(dice)) for i in (1, 2)},
                {x.id: x for x in indicators}, {1: Purchase(1, "电脑", quantity=2, price=100, amount=200)})


def some_amount(dice: random.Random) -> int | None:
    return dice.choice([None, 0, dice.randrange(1, 10**4) * 10**4, dice.randrange(-10**6, 10**6)])


def fields(pack: Pack) -> list[FormField]:
    return [field for page in pack.pages for field in page.fields if field.space != "unit"]


def some_value(field: FormField, dice: random.Random) -> Any:
    match field.kind:
        case "money":
            return some_amount(dice)
        case "count":
            return dice.choice([None, 0, 5])
        case "table":
            return dice.choice([None, (("甲", "2", "3.5", "x", "4"),)])
        case "flag":
            return dice.choice([None, True, False])
        case _:
            return dice.choice([None, "增加XX", "2019年"])


def some_edit(pack: Pack, year: Year, dice: random.Random) -> Step:
    kind, line = dice.random(), dice.choice(list(year.lines))
    if kind < 0.4:
        return SetField("lines", line, "amount", year.lines[line].amount, some_amount(dice))
    if kind < 0.5:
        return SetField("lines", line, "function", year.lines[line].function, dice.choice(list(pack.codes.function.entries)))
    if kind < 0.6:
        name = dice.choice(["quantity", "price", "amount"])
        return SetField("purchases", 1, name, getattr(year.purchases[1], name), dice.choice([None, 1, 50]))
    field = dice.choice(fields(pack))
    space, address = cast(ValueSpace, field.space), field.address.replace(".*", ".2010301")
    return SetValue(space, address, getattr(year, space).get(address), some_value(field, dice))


def addresses(engine: Engine) -> Iterator[CellAddress]:
    for sheet in engine.sheets():
        for row in sheet.rows:
            for j, column in enumerate(sheet.columns):
                if row.key_at(j):
                    yield CellAddress(sheet.id, row.key_at(j), column.id)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (2, 3, 4))])
def test_edits_equal_a_new_build_and_undo_restores(pack: Pack, seed: int) -> None:
    dice = random.Random(seed)
    start = some_year(pack, dice)
    engine = Engine(pack, start)
    sheets, findings = engine.sheets(), engine.findings()
    done: list[Change] = []
    for _ in range(STEPS):
        done.append(Change("", (some_edit(pack, engine.year, dice),)))
        engine.apply(done[-1])
        fresh = Engine(pack, engine.year)
        for mine, theirs in zip(engine.sheets(), fresh.sheets(), strict=True):
            assert mine == theirs
        assert engine.findings() == fresh.findings()
    assert all(engine.explain(cell).sentence for cell in addresses(engine))
    for change in reversed(done):
        engine.apply(change.inverse())
    assert (engine.year, engine.sheets(), engine.findings()) == (start, sheets, findings)


def test_every_mend_the_finder_offers_helps(pack: Pack) -> None:
    dice = random.Random(7)
    engine = Engine(pack, some_year(pack, dice))
    offered = [(finding.key, mend) for finding in engine.findings() for mend in finding.mends]
    for key, mend in offered:
        engine.apply(mend.change)
        assert key not in {finding.key for finding in engine.findings()}, mend.say
        engine.apply(mend.change.inverse())


def test_an_empty_year_fills_every_table(pack: Pack) -> None:
    engine = Engine(pack, Year(Unit("某县信访局"), pack.years[0], pack.id))
    for sheet in engine.sheets():
        assert len(sheet.header) >= len(sheet.columns) > 0
    assert all(finding.sentence.count("{") == 0 for finding in engine.findings())
