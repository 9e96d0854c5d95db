"""Expressions read on demand, rows and records to write about, and explanations of figures."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.engine.small import PACK, WAN, year
from xinfang_desk.engine import Engine, RowContext
from xinfang_desk.expr import parse_test, parse_value
from xinfang_desk.model.change import Change, SetField, SetValue
from xinfang_desk.model.sheet import CellAddress


@pytest.fixture
def engine() -> Engine:
    return Engine(PACK, year())


@pytest.mark.parametrize(("text", "value", "money"), [
    ("lines()", 155 * WAN, True), ("lines(carry)", 5 * WAN, True), ("incomes(carry) / lines()", Fraction(1, 31), False),
    ("count(projects)", 2, False), ("total(purchases.amount)", 30 * WAN, True), ("total(purchases.quantity)", 3, False),
    ('prior("sangong.*")', 6 * WAN, True), ('prior("none")', None, True), ('fact("yearend.carry")', None, True),
    ('fact("note")', None, False), ('filled(fact("note"))', 1, False), ('filled(fact("nothing"))', 0, False),
    ('approved("total") - lines()', 0, True), ("gpb_function[2010308].total", 30 * WAN, True),
    ("gpb_function[2019999].total", None, True), ("sum(gpb_function[项].total)", 150 * WAN, True),
    ("sum(gpb_function[类].total)", 150 * WAN, True), ("summary[ex_total].ex_rate", Fraction(35, 120), False),
    ("lines() * 0.5", Fraction(155 * WAN, 2), True), ("summary[in_total]", 155 * WAN, True)])
def test_readings(engine: Engine, text: str, value: int | Fraction | None, money: bool) -> None:
    reading = engine.read(parse_value(text))
    assert (reading.value, reading.money) == (value, money)


def test_a_reading_names_its_sources(engine: Engine) -> None:
    reading = engine.read(parse_value('gpb_function[total].total - prior("function.201") - fact("meeting")'))
    assert reading.cells == (CellAddress("gpb_function", "total", "total"),)
    assert reading.addresses == ("priors:function.201", "facts:meeting")
    assert reading.address == "priors:function.201"


def test_readings_follow_edits(engine: Engine) -> None:
    value = parse_value('lines(kind == "公用") + fact("meeting") + total(purchases.amount)')
    assert engine.read(value).value == 50 * WAN
    engine.apply(Change("", (SetField("lines", 3, "amount", 15 * WAN, 16 * WAN), SetValue("facts", "meeting", None, WAN),
                             SetField("purchases", 1, "amount", 30 * WAN, None))))
    assert engine.read(value).value == 22 * WAN


def test_rows_to_write_about(engine: Engine) -> None:
    rows = list(engine.rows("gpb_function", "项"))
    assert [(r.code, r.name, r.number) for r in rows] == [
        ("2010301", "行政运行", 1), ("2010308", "信访事务", 2), ("2080505", "养老保险缴费", 3)]
    amount, prior = parse_value("total"), parse_value('prior("function.{code}")')
    assert [engine.read(amount, r.context).value for r in rows] == [100 * WAN, 30 * WAN, 20 * WAN]
    (top, _) = engine.rows("gpb_function", "类")
    assert engine.read(prior, top.context).value == 120 * WAN
    assert engine.read(prior, top.context).addresses == ("priors:function.201",)
    assert [r.key for r in engine.rows("summary")][:3] == ["in_gpb", "in_other", "in_year"]
    assert [r.key for r in engine.rows("gpb_function", "leaf")] == ["2010301", "2010308", "2080505"]
    assert list(engine.rows("nowhere")) == []
    assert [r.name for r in engine.rows("targets")] == ["接访批次", "册数"]


def test_records_to_write_about(engine: Engine) -> None:
    first, second = engine.records("projects")
    assert (first.name, first.code, second.number) == ("信访维稳", "P1", 2)
    value = parse_value("lines(project == this)")
    assert engine.read(value, first.context).value == 35 * WAN
    assert engine.read(value, second.context).value is None
    assert engine.read(parse_value("this.target_amount"), first.context).value == 35 * WAN
    assert engine.holds(parse_test("count(indicators, project == this) == 1"), second.context)
    assert engine.read(parse_value("targets[1].weight"), first.context).value == 10


def test_undecided_holds_not_and_reads_blank(engine: Engine) -> None:
    assert not engine.holds(parse_test('lines() / prior("none") > 0'))
    assert not engine.holds(parse_test('not lines() / prior("none") > 0'))
    assert engine.read(parse_value('lines() / prior("none")')).value is None


@pytest.mark.parametrize("context", [
    RowContext("nowhere"), RowContext("gpb_function", "999"), RowContext(space="projects", record=9)])
def test_a_context_that_is_not_there_is_refused(engine: Engine, context: RowContext) -> None:
    with pytest.raises(KeyError):
        engine.read(parse_value("lines()"), context)


def test_empty_tables(engine: Engine) -> None:
    assert engine.empty_tables() == ()
    engine.apply(Change("", (SetField("lines", 6, "carry", True, False),)))
    assert engine.empty_tables() == ("carry",)


def explained(engine: Engine, table: str, row: str, column: str) -> tuple[str, list[tuple[str, str]]]:
    told = engine.explain(CellAddress(table, row, column))
    return told.sentence, [(part.label, part.text) for part in told.parts]


def test_a_sum_of_lines_lists_them(engine: Engine) -> None:
    sentence, parts = explained(engine, "gpb_function", "2010301", "running")
    assert sentence.startswith("《一般公共预算支出表》行政运行“基本支出公用经费”20.00万元，是支出明细中")
    assert sentence.endswith("2笔的合计。")
    assert parts == [("公用经费·行政运行·办公费", "15.00万元"), ("公用经费·行政运行·公务接待费", "5.00万元")]
    assert engine.explain(CellAddress("gpb_function", "2010301", "running")).parts[0].record == 3


def test_a_formula_is_told_with_its_figures(engine: Engine) -> None:
    sentence, parts = explained(engine, "sangong", "unit", "change")
    assert sentence == ("《三公经费表》某县信访局“增减”-1.00万元＝《三公经费表》某县信访局“本年合计”5.00万元"
                        "－《三公经费表》某县信访局“上年”6.00万元。")
    assert [text for _, text in parts] == ["5.00万元", "6.00万元"]
    told = engine.explain(CellAddress("summary", "201", "ex_prior"))
    assert told.parts[0].address == "priors:function.201"
    assert explained(engine, "summary", "201", "ex_rate")[0].startswith("《收支总表》一般公共服务支出“支出增减率”0.125＝")


def test_typed_figures_name_their_record(engine: Engine) -> None:
    assert explained(engine, "projects", "1", "target")[0] == (
        "《项目支出表》信访维稳“绩效目标表金额”是项目“信访维稳”填报的绩效目标表金额35.00万元。")
    assert explained(engine, "carry", "6", "amount")[1] == [("项目支出·信访事务·办公费", "5.00万元")]
    assert explained(engine, "purchases", "total", "amount")[1] == [("复印机", "30.00万元")]
    assert "不填数" in explained(engine, "summary", "in_note", "in_amount")[0]


def test_every_cell_can_be_explained(engine: Engine) -> None:
    for sheet in engine.sheets():
        for row in sheet.rows:
            for j, column in enumerate(sheet.columns):
                if row.key_at(j):
                    assert engine.explain(CellAddress(sheet.id, row.key_at(j), column.id)).sentence.endswith("。")
    with pytest.raises(KeyError):
        engine.explain(CellAddress("summary", "nowhere", "in_amount"))
