"""Whatever is edited in whatever order: the live engine equals one built afresh, and undo restores everything."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.small import PACK, WAN, year
from tests.engine.strategies import YEARS, changes
from xinfang_desk.engine import Engine
from xinfang_desk.model.change import Change, Insert, SetField, SetValue, apply
from xinfang_desk.model.ledger import Kind, Line, Year

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
THOROUGH = settings(SLOW, max_examples=400)


def assert_same(live: Engine, year: Year) -> None:
    fresh = Engine(PACK, year)
    assert live.year == year
    assert live.sheet_ids() == fresh.sheet_ids()
    for mine, theirs in zip(live.sheets(), fresh.sheets(), strict=True):
        assert mine == theirs, mine.id
    assert live.findings() == fresh.findings()


def edits_equal_a_new_build(data: st.DataObject) -> None:
    start = data.draw(YEARS)
    live = Engine(PACK, start)
    live.sheets()
    live.findings()
    now = start
    for _ in range(data.draw(st.integers(1, 5))):
        change = data.draw(changes(now))
        touched = live.apply(change)
        now = apply(now, change)
        before = {sheet.id: sheet for sheet in Engine(PACK, now).sheets()}
        if not touched.structural:
            for sheet_id in live.sheet_ids():
                if sheet_id not in touched.sheets:
                    assert live.sheet(sheet_id) == before[sheet_id]
        assert_same(live, now)


def undo_restores_everything(data: st.DataObject) -> None:
    start = data.draw(YEARS)
    live = Engine(PACK, start)
    sheets, findings = live.sheets(), live.findings()
    done: list[Change] = []
    for _ in range(data.draw(st.integers(1, 4))):
        done.append(data.draw(changes(live.year)))
        live.apply(done[-1])
    for change in reversed(done):
        live.apply(change.inverse())
    assert live.year == start
    assert list(live.year.lines) == list(start.lines)
    assert live.sheets() == sheets
    assert live.findings() == findings


def looking_over_between_edits_changes_nothing(data: st.DataObject) -> None:
    live = Engine(PACK, data.draw(YEARS))
    looking = live.look_over()
    for _ in range(data.draw(st.integers(1, 5))):
        for _ in range(data.draw(st.integers(0, 12))):
            if next(looking, live) is live:
                break
        live.apply(data.draw(changes(live.year)))
        if data.draw(st.booleans()):
            looking = live.look_over()
    list(looking)
    assert live.findings() == Engine(PACK, live.year).findings()


@SLOW
@given(st.data())
def test_looking_over_between_edits_changes_nothing(data: st.DataObject) -> None:
    looking_over_between_edits_changes_nothing(data)


@SLOW
@given(st.data())
def test_edits_equal_a_new_build(data: st.DataObject) -> None:
    edits_equal_a_new_build(data)


@SLOW
@given(st.data())
def test_undo_restores_everything(data: st.DataObject) -> None:
    undo_restores_everything(data)


@pytest.mark.long
@THOROUGH
@given(st.data())
def test_edits_equal_a_new_build_whatever_they_are(data: st.DataObject) -> None:
    edits_equal_a_new_build(data)


@pytest.mark.long
@THOROUGH
@given(st.data())
def test_undo_restores_everything_whatever_was_done(data: st.DataObject) -> None:
    undo_restores_everything(data)


@pytest.mark.long
@THOROUGH
@given(st.data())
def test_looking_over_between_edits_changes_nothing_whatever_they_are(data: st.DataObject) -> None:
    looking_over_between_edits_changes_nothing(data)


def test_an_amount_edit_names_the_cells_it_moves() -> None:
    engine = Engine(PACK, year())
    engine.sheets()
    touched = engine.apply(Change("", (SetField("lines", 3, "amount", 15 * WAN, 16 * WAN),)))
    moved = {(c.table, c.row, c.column) for c in touched.cells}
    assert not touched.structural
    assert touched.findings
    assert {("gpb_function", row, column) for row in ("total", "201", "20103", "2010301")
            for column in ("total", "running")} <= moved
    assert ("summary", "ex_total", "ex_amount") in moved
    assert ("summary", "ex_total", "ex_change") in moved
    assert ("gpb_function", "2080505", "total") not in moved
    assert "carry" not in touched.sheets
    assert {"gpb_function", "summary", "pair", "dept"} <= touched.sheets


def test_an_edit_of_nothing_moves_nothing() -> None:
    engine = Engine(PACK, year())
    touched = engine.apply(Change("", (SetField("lines", 3, "amount", 15 * WAN, 15 * WAN),)))
    assert (touched.sheets, touched.cells) == (frozenset(), frozenset())


def test_blank_and_nought_are_told_apart() -> None:
    engine = Engine(PACK, year())
    blank = Change("", (SetField("lines", 2, "amount", 20 * WAN, None),))
    engine.apply(blank)
    assert engine.value("gpb_function", "2080505", "total") is None
    assert engine.sheet("gpb_function").cell("2080505", "total").text == ""
    assert engine.value("gpb_function", "2080505", "prior") is None
    engine.apply(Change("", (SetField("lines", 2, "amount", None, 0),)))
    assert engine.value("gpb_function", "2080505", "total") == 0
    assert engine.sheet("gpb_function").cell("2080505", "total").text == "0.00"


def test_a_refused_change_changes_nothing() -> None:
    engine = Engine(PACK, year())
    before = engine.year
    wrong = Change("", (SetField("lines", 3, "amount", 15 * WAN, 1), SetField("lines", 99, "amount", 1, 2)))
    try:
        engine.apply(wrong)
    except KeyError:
        assert engine.year == before
        assert engine.value("gpb_function", "2010301", "running") == 20 * WAN
    else:
        raise AssertionError("an unknown record was accepted")


def test_structural_edits_say_so() -> None:
    engine = Engine(PACK, year())
    line = Line(9, Kind.STAFF, "2010308", "30101", "50101", amount=WAN)
    touched = engine.apply(Change("", (Insert("lines", line, 0),)))
    assert touched.structural
    assert engine.value("gpb_function", "2010308", "staff") == WAN
    assert engine.apply(Change("", (SetField("lines", 9, "function", "2010308", "2010301"),))).structural
    assert engine.value("gpb_function", "2010308", "staff") is None
    assert not engine.apply(Change("", (SetField("lines", 9, "note", "", "说明"),))).structural


def test_the_snapshot_stands_while_nothing_changes() -> None:
    engine = Engine(PACK, year())
    assert engine.year is engine.year
    first = engine.year
    engine.apply(Change("", (SetValue("priors", "function.201", 120 * WAN, None),)))
    assert "function.201" in first.priors
    assert "function.201" not in engine.year.priors
