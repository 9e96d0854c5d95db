"""One change that leads from one state of a year to another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.changes import SPACES, fitting
from xinfang_desk.model.change import Change, Delete, Insert, SetField, apply
from xinfang_desk.model.difference import difference
from xinfang_desk.model.ledger import Kind, Line, Unit, Year

EMPTY = Year(Unit("甲"), 2023, "p")


def orders(year: Year) -> dict[str, list[int]]:
    return {space: list(getattr(year, space)) for space in SPACES}


def values(year: Year) -> dict[str, tuple[type, object]]:
    return {address: (type(value), value) for address, value in year.facts.items()}


@st.composite
def two_states(draw: st.DrawFn) -> tuple[Year, Year]:
    """Two states with a common past, one of them with a list turned round."""
    common = EMPTY
    for _ in range(draw(st.integers(0, 3))):
        common = apply(common, fitting(draw, common))
    one, other = common, common
    for _ in range(draw(st.integers(0, 2))):
        one = apply(one, fitting(draw, one))
    for _ in range(draw(st.integers(0, 2))):
        other = apply(other, fitting(draw, other))
    space = draw(st.sampled_from(SPACES))
    shuffled = draw(st.permutations(list(getattr(other, space).items())))
    turned: dict[str, Any] = {space: dict(shuffled)}
    return one, replace(other, **turned)


@settings(deadline=None)
@given(two_states())
def test_the_difference_leads_there_and_back(states: tuple[Year, Year]) -> None:
    before, after = states
    change = difference(before, after, "恢复")
    there = apply(before, change)
    assert there == after
    assert orders(there) == orders(after)
    assert values(there) == values(after)
    back = apply(there, change.inverse())
    assert back == before
    assert orders(back) == orders(before)
    assert values(back) == values(before)


@given(two_states())
def test_there_is_no_difference_to_itself(states: tuple[Year, Year]) -> None:
    assert difference(states[0], states[0], "恢复") == Change("恢复", ())


def test_one_moved_record_is_all_that_moves() -> None:
    lines = {n: Line(n, Kind.STAFF, amount=n) for n in range(1, 6)}
    before = replace(EMPTY, lines=lines)
    after = replace(EMPTY, lines={n: lines[n] for n in (2, 3, 4, 1, 5)})
    assert difference(before, after, "").steps == (
        Delete("lines", lines[1], 0), Insert("lines", lines[1], 3))


def test_one_field_is_all_that_changes() -> None:
    before = replace(EMPTY, lines={1: Line(1, Kind.STAFF, amount=5)})
    after = replace(EMPTY, lines={1: Line(1, Kind.STAFF)})
    assert difference(before, after, "").steps == (SetField("lines", 1, "amount", 5, None),)


def test_two_years_have_no_difference() -> None:
    with pytest.raises(ValueError, match="2023 is not 2024"):
        difference(EMPTY, replace(EMPTY, year=2024), "")
