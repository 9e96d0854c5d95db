"""What the last edits brought or touched, and what a remedy says it will change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xinfang_desk.flow import library
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.fresh import Fresh
from xinfang_desk.flow.mending import cell_names, moved
from xinfang_desk.model.change import Change, Delete, SetField, SetValue
from xinfang_desk.model.finding import Finding, Place
from xinfang_desk.model.money import MoneyUnit
from xinfang_desk.model.pack import Severity
from xinfang_desk.model.sheet import CellAddress


def found(key: str, actual: int = 1) -> Finding:
    return Finding(key, "X-1", Severity.ERROR, f"{key}现为{actual}", "", Place("basic"), expected=0, actual=actual)


def test_what_was_there_at_the_beginning_is_not_fresh() -> None:
    fresh = Fresh()
    fresh.note([found("a"), found("b")])
    assert (fresh.mark("a"), fresh.rank("a")) == ("", 0)


def test_the_last_edit_marks_what_it_brought_and_what_it_touched() -> None:
    fresh = Fresh()
    fresh.note([found("a"), found("b")])
    fresh.note([found("a"), found("b", 2), found("c")])
    assert [fresh.mark(key) for key in "abc"] == ["", "touched", "new"]
    fresh.note([found("a", 5), found("b", 2), found("c")])
    assert [fresh.mark(key) for key in "abc"] == ["touched", "", ""]
    assert fresh.rank("a") > fresh.rank("b") == fresh.rank("c") > 0
    fresh.note([found("b", 2)])
    fresh.note([found("a", 5), found("b", 2)])
    assert fresh.mark("a") == "new"


STATES = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 3)), min_size=1, max_size=12)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STATES)
def test_where_nothing_changes_nothing_moves(states: list[dict[str, int]]) -> None:
    fresh = Fresh()
    for state in states:
        findings = [found(key, actual) for key, actual in state.items()]
        fresh.note(findings)
        before = {key: (fresh.rank(key), fresh.mark(key)) for key in "abcdef"}
        fresh.note(findings)
        fresh.note(list(findings))
        assert {key: (fresh.rank(key), fresh.mark(key)) for key in "abcdef"} == before
        assert all(fresh.rank(key) == 0 for key in "abcdef" if key not in state)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    library.new_sample("004", tmp_path / "a.xfb")
    desk = library.open_desk(tmp_path / "a.xfb")
    yield desk
    desk.close()


def test_a_change_is_told_before_it_is_made_in_the_unit_in_use(desk: Desk) -> None:
    line = desk.year.lines[1]
    change = Change("改", (SetField("lines", 1, "amount", 1_200_000, 2_100_000),
                          SetField("lines", 1, "econ_gov", line.econ_gov, "50201")))
    amount, code = moved(desk, change)
    assert desk.codes.function.name(line.function) in amount.what
    assert amount.sentence.endswith("的金额：12,000.00 元 → 21,000.00 元")
    assert (code.before, code.after) == ("50101 工资奖金津补贴", "50201 办公经费")
    desk.set_money_unit(MoneyUnit.WAN)
    assert moved(desk, change)[0].after == "2.10 万元"


def test_deleting_and_typed_values_are_told_too(desk: Desk) -> None:
    line = desk.year.lines[1]
    (gone,) = moved(desk, Change("删", (Delete("lines", line, 0),)))
    assert "删去" in gone.what
    assert gone.after == "空白"
    (typed,) = moved(desk, Change("填", (SetValue("approved", "total", None, 5_000_000),)))
    assert typed.before == "空白"
    assert typed.after == "50,000.00 元"


def test_the_cells_of_a_rule_are_named_with_table_row_and_column(desk: Desk) -> None:
    sheet = desk.live_sheet("gpb_function")
    row = sheet.rows[0]
    cell = CellAddress(sheet.id, row.key, next(c.id for c in sheet.columns if c.kind == "money"))
    ((same, name),) = cell_names(desk, [cell, CellAddress("gpb_function", "gone", "x"), CellAddress("no", "a", "b")])
    assert same == cell
    assert name.startswith(f"{sheet.number} {sheet.title}：")
    assert "合计" in name
    assert name.endswith("2,267,000.00") or name[-3] == "."
