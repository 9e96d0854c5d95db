"""The two other readings: a workbook formula, a Chinese phrase."""

from __future__ import annotations

import pytest

from xinfang_desk.expr import parse_condition, parse_value
from xinfang_desk.expr.evaluate import Leaf
from xinfang_desk.expr.excel import sum_of
from xinfang_desk.expr.sentence import condition_text, value_text
from xinfang_desk.model.formula import CellRef, Fetch
from xinfang_desk.model.sheet import CellAddress, SumOf


def here(ref: CellRef) -> tuple[CellAddress, ...] | None:
    if ref.table:
        return None
    rows = ("201", "208") if ref.is_span else (ref.row or "total",)
    return tuple(CellAddress("t", row, ref.column) for row in rows)


def cell(row: str, column: str) -> CellAddress:
    return CellAddress("t", row, column)


@pytest.mark.parametrize(("text", "made"), [
    ("basic + project", SumOf((cell("total", "basic"), cell("total", "project")))),
    ("[x].a - [y].a", SumOf((cell("x", "a"),), (cell("y", "a"),))),
    ("sum([类].a, -b)", SumOf((cell("201", "a"), cell("208", "a")), (cell("total", "b"),))),
    ("a * 2", None), ("a + 1", None), ("other[total].a", None), ("a + lines()", None), ('prior("total")', None),
    ("max(a, b)", None)])
def test_formulas(text: str, made: SumOf | None) -> None:
    assert sum_of(parse_value(text), here) == made


@pytest.mark.parametrize(("text", "phrase"), [
    ('fund == "gpb"', "资金来源为一般公共预算拨款"), ("not carry", "不是上年结转"), ("carry", "上年结转"),
    ('kind in ("人员", "公用") and econ_dept under "302"', "支出性质为人员经费或公用经费，且部门经济科目在302之下"),
    ('carry and (fund == "soe" or purchase)', "上年结转，且（资金来源为国有资本经营预算拨款，或政府采购）"),
    ("project == this", "项目为本项目"), ('econ_gov == ""', "政府经济科目为空"), ("project.special", "项目的专项资金"),
    ('kind != "项目"', "支出性质不为项目支出"), ('not (carry and purchase)', "不符合（上年结转，且政府采购）")])
def test_conditions_in_words(text: str, phrase: str) -> None:
    assert condition_text(parse_condition(text)) == phrase


def name(leaf: Leaf) -> str:
    return leaf.column if isinstance(leaf, CellRef) else f"{leaf.address}的上年数" if isinstance(leaf, Fetch) else "明细"


@pytest.mark.parametrize(("text", "phrase"), [
    ("a + b - (c - d)", "a＋b－（c－d）"), ("(a + b) * 2", "（a＋b）×2"), ("a / b", "a÷b"), ("-a", "－a"),
    ("sum(a, b)", "a＋b"), ("max(a, 0)", "a、0中最大的"), ("abs(a - b)", "a－b的绝对值"),
    ('prior("total") + 5.5万元', "total的上年数＋5.5万元"), ("0.16 * a", "0.16×a"), ("filled(a)", "a已填"),
    ("ceil(a)", "a（不足1的按1计）"), ("default(a, 6)", "a（算不出时用6）"),
    ("band(a, 0, 5, 1, 4, 0)", "a不超过0得5，不超过1得4，其余得0"), ("reach(a, 90, 6, 0)", "a达到90得6，其余得0")])
def test_values_in_words(text: str, phrase: str) -> None:
    assert value_text(parse_value(text), name) == phrase
