"""A pasted block: what changes, what is refused, and that nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.flow.helpers import codes, year
from xinfang_desk.flow.copying import clip
from xinfang_desk.flow.grid import columns
from xinfang_desk.flow.paste import Block, Clipping, PastePlan, clipping, plan, read_block, tiled
from xinfang_desk.model.change import apply
from xinfang_desk.model.ledger import Year
from xinfang_desk.model.money import MoneyUnit

COLUMNS = columns("lines")
TITLES = [column.title for column in COLUMNS]
AT = {column.field: i for i, column in enumerate(COLUMNS)}


def lay(start: Year, row: int, column: int, text: str) -> PastePlan:
    clip = clipping(read_block(text), TITLES)
    ids = [at + 1 if at < 2 else None for at in range(row, row + len(clip.rows))]
    return plan(start, "lines", COLUMNS, ids, range(column, len(COLUMNS)), clip, codes(), MoneyUnit.YUAN)


def test_amounts_over_rows_and_past_the_end() -> None:
    start = year()
    planned = lay(start, 1, AT["amount"], "12.5万\n1,000\n")
    assert planned.new_rows == 1
    assert planned.change is not None
    after = apply(start, planned.change)
    assert [line.amount for line in after.lines.values()] == [100, 12_500_000, 100_000]


def test_refused_cells_are_told_and_the_rest_is_taken() -> None:
    start = year()
    planned = lay(start, 0, AT["function"], "2019998\t30101\n2010308\t30216")
    assert [(cell.row, cell.column) for cell in planned.refused] == [(0, 0)]
    assert planned.change is not None
    after = apply(start, planned.change)
    assert after.lines[1].function == "2010301"
    assert (after.lines[2].function, after.lines[2].econ_gov) == ("2010308", "50203")


def test_a_heading_row_is_left_out() -> None:
    text = "功能科目\t部门经济科目\n2010308\t30102"
    planned = lay(year(), 0, AT["function"], text)
    assert not planned.refused
    assert planned.change is not None
    assert apply(year(), planned.change).lines[1].function == "2010308"


@given(st.text(alphabet="0123456789.,\t\n万元abc\"行政", max_size=120))
def test_any_text_gives_a_plan_that_can_be_taken_back(text: str) -> None:
    start = year()
    planned = lay(start, 0, 0, text)
    if planned.change is not None:
        assert apply(apply(start, planned.change), planned.change.inverse()) == start


def test_the_plan_says_what_stood_there_and_what_will() -> None:
    planned = lay(year(), 0, AT["amount"], "2000\n3000")
    assert [(cell.old, cell.new, cell.changes) for cell in planned.cells] == \
        [("1.00", "2,000.00", True), ("", "3,000.00", True)]
    assert planned.overwritten == 1


def test_a_heading_that_names_wan_makes_the_amounts_wan() -> None:
    planned = lay(year(), 0, AT["amount"], "金额（万元）\n12.5")
    assert planned.change is not None
    assert apply(year(), planned.change).lines[1].amount == 12_500_000
    assert "万元" in planned.note


def test_too_wide_a_block_says_which_cells_find_no_column() -> None:
    planned = lay(year(), 0, len(COLUMNS) - 1, "备注文字\t多出来的")
    assert [(cell.column, "没有更多的列" in cell.refusal) for cell in planned.refused] == [(1, True)]


def test_a_new_row_with_nothing_that_can_be_taken_is_not_made() -> None:
    planned = lay(year(), 2, AT["amount"], "很多")
    assert (planned.new_rows, planned.change) == (0, None)


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 7), st.integers(1, 7))
def test_a_block_fills_a_selection_of_whole_blocks_and_no_other(high: int, wide: int, rows: int, columns: int) -> None:
    block: Block = tuple(tuple(f"{i}.{j}" for j in range(wide)) for i in range(high))
    filled = tiled(Clipping(block), rows, columns).rows
    if rows % high or columns % wide:
        assert filled == block
    else:
        assert filled == tuple(tuple(f"{i % high}.{j % wide}" for j in range(columns)) for i in range(rows))


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\0"), max_size=20), min_size=1,
                max_size=4))
def test_any_text_copied_from_a_list_is_pasted_back_as_it_was(notes: list[str]) -> None:
    cells = [note.strip() for note in notes] + ["末行"]
    text = clip([[cell] for cell in cells], ["text"]).text
    ids: list[int | None] = [None] * len(cells)
    planned = plan(year(), "lines", COLUMNS, ids, (AT["note"],), Clipping(read_block(text)), codes(), MoneyUnit.YUAN)
    assert planned.change is not None
    made = [line.note for line in list(apply(year(), planned.change).lines.values())[2:]]
    assert made == [cell for cell in cells if cell], "rows without anything make no line"
