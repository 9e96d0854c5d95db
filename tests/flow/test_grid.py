"""Typed text becomes field values, or is refused with a sentence."""

from __future__ import annotations

import pytest

from tests.flow.helpers import codes, year
from xinfang_desk.flow.grid import (
    EntryRefused,
    blank_record,
    cell_text,
    columns,
    edit_text,
    parse_cell,
    set_cell,
)
from xinfang_desk.model.change import SetField, apply
from xinfang_desk.model.ledger import Fund, Kind
from xinfang_desk.model.money import MoneyUnit
from xinfang_desk.model.pack import Page

YUAN, WAN = MoneyUnit.YUAN, MoneyUnit.WAN
COLUMN = {column.field: column for column in columns("lines")}


@pytest.mark.parametrize(("field", "typed", "value"), [
    ("amount", "12.5万", 12_500_000), ("amount", "", None), ("function", "2010301 行政运行", "2010301"),
    ("function", "2010308-信访事务", "2010308"), ("function", "信访事务", "2010308"), ("function", "", ""),
    ("function", "２０１０３０１", "2010301"), ("fund", "政府性基金预算拨款", Fund.FUND), ("fund", "gpb", Fund.GPB),
    ("kind", "人员", Kind.STAFF), ("kind", "项目支出", Kind.PROJECT), ("carry", "是", True), ("carry", "", False),
    ("carry", "✓", True), ("note", " 说明 ", "说明")])
def test_typed(field: str, typed: str, value: object) -> None:
    assert parse_cell(typed, COLUMN[field], codes(), YUAN, year()) == value


@pytest.mark.parametrize(("field", "typed", "word"), [
    ("function", "2019999", "没有 2019999"), ("function", "20103011", "位数"), ("function", "行政运行", "不止一个"),
    ("function", "没有的科目", "没有叫"), ("fund", "彩票", "可以填"), ("carry", "也许", "是"), ("amount", "abc", "不是金额")])
def test_refused(field: str, typed: str, word: str) -> None:
    with pytest.raises(EntryRefused) as caught:
        parse_cell(typed, COLUMN[field], codes(), YUAN, year())
    assert word in caught.value.reason
    assert caught.value.text == typed


def test_the_government_code_follows_unless_chosen_by_hand() -> None:
    start = year()
    followed = set_cell(start, "lines", 1, COLUMN["econ_dept"], "30216", codes(), YUAN)
    assert followed is not None
    assert apply(start, followed).lines[1].econ_gov == "50203"
    by_hand = set_cell(start, "lines", 2, COLUMN["econ_gov"], "50203", codes(), YUAN)
    assert by_hand is not None
    chosen = apply(start, by_hand)
    kept = set_cell(chosen, "lines", 2, COLUMN["econ_dept"], "30216", codes(), YUAN)
    assert kept is not None
    assert [step.field for step in kept.steps if isinstance(step, SetField)] == ["econ_dept"]


def test_nothing_changes_when_the_same_is_typed_again() -> None:
    assert set_cell(year(), "lines", 1, COLUMN["amount"], "1.00", codes(), YUAN) is None


def test_what_is_edited_reads_back_to_the_分() -> None:
    start = year()
    line = blank_record(start, "lines", amount=123_456_789)
    for unit in (YUAN, WAN):
        assert parse_cell(edit_text(line, COLUMN["amount"], unit), COLUMN["amount"], codes(), unit, start) == 123_456_789


def test_shown_text() -> None:
    start = year()
    assert cell_text(start.lines[1], COLUMN["function"], codes(), YUAN, start) == "2010301 行政运行"
    assert cell_text(start.lines[1], COLUMN["amount"], codes(), YUAN, start) == "1.00"
    assert cell_text(start.lines[2], COLUMN["amount"], codes(), YUAN, start) == ""


def test_a_page_restricts_kinds_and_columns() -> None:
    page = Page("basic", "基本支出", "lines", kinds=("人员", "公用"), columns=("kind", "amount"))
    shown = columns("lines", page)
    assert [column.field for column in shown] == ["kind", "amount"]
    assert [value for value, _ in shown[0].choices] == [Kind.STAFF, Kind.RUNNING]
