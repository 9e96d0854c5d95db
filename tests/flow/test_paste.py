"""A pasted block: what changes, what is refused, and that nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.flow.helpers import codes, year
from xinfang_desk.flow.grid import columns
from xinfang_desk.flow.paste import plan
from xinfang_desk.model.change import apply
from xinfang_desk.model.money import MoneyUnit

COLUMNS = columns("lines")
AT = {column.field: i for i, column in enumerate(COLUMNS)}


def test_amounts_over_rows_and_past_the_end() -> None:
    start = year()
    planned = plan(start, "lines", COLUMNS, (1, 2), 1, AT["amount"], "12.5万\n1,000\n", codes(), MoneyUnit.YUAN)
    assert planned.new_rows == 1
    assert planned.change is not None
    after = apply(start, planned.change)
    assert [line.amount for line in after.lines.values()] == [100, 12_500_000, 100_000]


def test_refused_cells_are_told_and_the_rest_is_taken() -> None:
    start = year()
    planned = plan(start, "lines", COLUMNS, (1, 2), 0, AT["function"], "2019998\t30101\n2010308\t30216", codes(),
                   MoneyUnit.YUAN)
    assert [(cell.row, cell.column) for cell in planned.refused] == [(0, 0)]
    assert planned.change is not None
    after = apply(start, planned.change)
    assert after.lines[1].function == "2010301"
    assert (after.lines[2].function, after.lines[2].econ_gov) == ("2010308", "50203")


def test_a_heading_row_is_left_out() -> None:
    text = "功能科目\t部门经济科目\n2010308\t30102"
    planned = plan(year(), "lines", COLUMNS, (1, 2), 0, AT["function"], text, codes(), MoneyUnit.YUAN)
    assert not planned.refused
    assert planned.change is not None
    assert apply(year(), planned.change).lines[1].function == "2010308"


@given(st.text(alphabet="0123456789.,\t\n万元abc\"行政", max_size=120))
def test_any_text_gives_a_plan_that_can_be_taken_back(text: str) -> None:
    start = year()
    planned = plan(start, "lines", COLUMNS, (1, 2), 0, 0, text, codes(), MoneyUnit.YUAN)
    if planned.change is not None:
        assert apply(apply(start, planned.change), planned.change.inverse()) == start
