"""The tables after a change hold what ``model.change.apply`` gives."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.changes import SPACES, fitting
from tests.store.conftest import NOW
from xinfang_desk.model.change import Change, Insert, apply
from xinfang_desk.model.ledger import Kind, Line, Unit, Year
from xinfang_desk.store import Book, create
from xinfang_desk.store import records as records_module


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    path: Path = tmp_path_factory.mktemp("books") / "一.xfb"
    return create(path, unit=Unit("某县信访局"), year=1, pack="p", holder="王会计", now=NOW)


_NUMBERS = itertools.count(2)


def _exact(year: Year) -> object:
    spaces = [[repr(record) for record in getattr(year, space).values()] for space in SPACES]
    values = [sorted(repr(item) for item in mapping.items())
              for mapping in (year.facts, year.priors, year.approved, year.explanations)]
    return repr(year.unit), spaces, values


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_random_changes(book: Book, data: st.DataObject) -> None:
    number = next(_NUMBERS)
    states = [Year(Unit("某县信访局"), number, "p")]
    book.add_year(states[0], NOW)
    for _ in range(data.draw(st.integers(1, 6))):
        change = fitting(data.draw, states[-1])  # type: ignore[arg-type]
        book.commit(number, change, NOW)
        states.append(apply(states[-1], change))
        assert _exact(book.load(number)) == _exact(states[-1])
    for former in reversed(states[:-1]):
        assert book.undo(number, NOW) is not None
        assert _exact(book.load(number)) == _exact(former)
    assert book.undo(number, NOW) is None
    for later in states[1:]:
        assert book.redo(number, NOW) is not None
        assert _exact(book.load(number)) == _exact(later)
    assert book.redo(number, NOW) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(-12, 12), min_size=1, max_size=6), max_size=12))
def test_positions_count_as_in_a_list(book: Book, runs: list[list[int]]) -> None:
    number = next(_NUMBERS)
    year = Year(Unit("某县信访局"), number, "p")
    book.add_year(year, NOW)
    ids = itertools.count(1)
    for run in runs:
        change = Change("插入", tuple(Insert("lines", Line(next(ids), Kind.STAFF), position) for position in run))
        book.commit(number, change, NOW)
        year = apply(year, change)
    assert list(book.load(number).lines) == list(year.lines)


def test_a_list_is_numbered_anew_when_the_gaps_are_used_up(
        monkeypatch: pytest.MonkeyPatch, make_book: Callable[..., Book]) -> None:
    monkeypatch.setattr(records_module, "GAP", 2)
    book = make_book()
    year = book.load(2023)
    for n, position in enumerate([0, 1, 1, 1, 1, 2, 3, 3, 3, 1, 0, 5], start=1):
        change = Change("插入", (Insert("lines", Line(n, Kind.STAFF), position),))
        book.commit(2023, change, NOW)
        year = apply(year, change)
        assert list(book.load(2023).lines) == list(year.lines)
    block = Change("贴入", tuple(Insert("lines", Line(100 + n, Kind.STAFF), 4 + n) for n in range(50)))
    book.commit(2023, block, NOW)
    assert list(book.load(2023).lines) == list(apply(year, block).lines)
