"""The pictures' figures are the tables' figures."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinfang_desk.engine import Engine
from xinfang_desk.engine.charts import charts
from xinfang_desk.flow import library
from xinfang_desk.model.chart import Chart
from xinfang_desk.model.codes import Codes
from xinfang_desk.model.ledger import Fund, Income, Kind, Line, Unit, Year
from xinfang_desk.packs import load_pack
from xinfang_desk.places import forms_dir

AMOUNTS = st.none() | st.integers(-10**9, 10**12)


@cache
def shaanxi() -> Codes:
    return load_pack("shaanxi/2023", forms_dir()).codes


@pytest.fixture
def codes() -> Codes:
    return shaanxi()


def by_id(year: Year, codes: Codes, former: tuple[Year, ...] = ()) -> dict[str, Chart]:
    return {chart.id: chart for chart in charts(year, codes, former)}


@pytest.mark.parametrize("sample", ["000", "001", "003", "004"])
def test_the_samples_pictures_agree_with_their_tables(sample: str) -> None:
    year = library.sample_year(sample)
    pack = load_pack(year.pack, forms_dir())
    found = by_id(year, pack.codes)
    sheet = Engine(pack, year).sheet("sangong")
    printed = max((cell.value for row in sheet.rows for cell, column in zip(row.cells, sheet.columns, strict=True)
                   if column.id in ("total", "amount") and isinstance(cell.value, int)), default=0)
    if "sangong" in found:
        assert found["sangong"].totals[-1] == printed
    else:
        assert not printed
    total = sum(line.amount or 0 for line in year.lines.values())
    assert sum(value or 0 for value in found["functions"].series[0].values) == total
    assert sum(value or 0 for value in found["shape"].totals[:1]) == total
    assert found["totals"].series[0].values[1] == total


def test_every_series_has_a_value_for_every_category(codes: Codes) -> None:
    for chart in charts(library.sample_year("004"), codes):
        assert all(len(one.values) == len(chart.categories) for one in chart.series)
        assert chart.sentence.endswith("。")


def test_an_empty_book_has_no_pictures(codes: Codes) -> None:
    assert charts(Year(Unit("某县档案馆"), 2023, "shaanxi/2023"), codes) == ()


def test_three_public_expenses_over_the_years_of_the_book(codes: Codes) -> None:
    def year_of(number: int, amount: int | None) -> Year:
        line = Line(1, Kind.RUNNING, "2010301", "30217", "50206", amount=amount)
        return Year(Unit("某县档案馆"), number, "shaanxi/2023", lines={1: line})

    now = replace(year_of(2023, 70_00), priors={"sangong.reception": 1})
    chart = by_id(now, codes, (year_of(2022, 65_00), year_of(2021, 90_00)))["sangong"]
    assert chart.categories == ("2021年", "2022年", "2023年")
    assert chart.totals == (90_00, 65_00, 70_00)  # the book's own former year counts, not the figure typed for it


def test_carried_over_and_other_money_is_no_three_public_expense(codes: Codes) -> None:
    lines = {1: Line(1, Kind.RUNNING, "2010301", "30217", amount=100, carry=True),
             2: Line(2, Kind.RUNNING, "2010301", "30217", fund=Fund.OTHER, amount=100),
             3: Line(3, Kind.RUNNING, "2010301", "30231", amount=7)}
    chart = by_id(Year(Unit("某县档案馆"), 2023, "shaanxi/2023", lines=lines), codes)["sangong"]
    assert chart.totals == (7,)
    assert [one.name for one in chart.series] == ["公务用车运行费"]


@settings(deadline=None)
@given(st.lists(st.tuples(AMOUNTS, st.sampled_from(list(Fund)), st.booleans()), max_size=8))
def test_blank_is_not_nought_and_sums_are_whole(rows: list[tuple[int | None, Fund, bool]]) -> None:
    incomes = {n: Income(n, fund, carry, amount=amount) for n, (amount, fund, carry) in enumerate(rows, 1)}
    found = by_id(Year(Unit("某县档案馆"), 2023, "shaanxi/2023", incomes=incomes), shaanxi())
    known = [amount for amount, _, _ in rows if amount is not None]
    if "income" in found:
        assert sum(value or 0 for value in found["income"].series[0].values) == sum(known)
    else:
        assert "functions" not in found
