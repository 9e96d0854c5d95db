"""Former states: every one that ever was can be had again from the history, and led back to by one change."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.changes import fitting
from tests.store.conftest import NOW
from tests.store.test_same_as_model import _exact
from xinfang_desk.model.change import Change, Delete, Insert, SetField, SetValue
from xinfang_desk.model.difference import difference
from xinfang_desk.model.ledger import Kind, Line, Project, Unit, Year
from xinfang_desk.store import Book, StoreError, create, schema

_NUMBERS = itertools.count(2)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Book:
    path: Path = tmp_path_factory.mktemp("books") / "一.xfb"
    return create(path, unit=Unit("某县信访局"), year=1, pack="p", holder="王会计", now=NOW)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_every_former_state_is_had_again_and_restored(shared: Book, data: st.DataObject) -> None:
    number = next(_NUMBERS)
    shared.add_year(Year(Unit("某县信访局"), number, "p"), NOW)
    states = {shared.history(number)[0].sequence: shared.load(number)}
    for _ in range(data.draw(st.integers(1, 8))):
        move = data.draw(st.sampled_from(["change", "change", "undo", "redo"]))
        if move == "change":
            shared.commit(number, fitting(data.draw, shared.load(number)), NOW)  # type: ignore[arg-type]
        elif move == "undo":
            shared.undo(number, NOW)
        else:
            shared.redo(number, NOW)
        states[shared.history(number)[0].sequence] = shared.load(number)
    for sequence, state in states.items():
        assert _exact(shared.year_at(number, sequence)) == _exact(state)
    wanted = data.draw(st.sampled_from(sorted(states)))
    before = shared.load(number)
    shared.commit(number, difference(before, shared.year_at(number, wanted), "恢复"), NOW)
    assert _exact(shared.load(number)) == _exact(states[wanted])
    shared.undo(number, NOW)
    assert _exact(shared.load(number)) == _exact(before)


def test_pages_follow_each_other_and_words_are_looked_for(make_book: Callable[..., Book], now: datetime) -> None:
    book = make_book()
    for n in range(25):
        book.commit(2023, Change(f"修改第{n}笔 100%", (SetValue("priors", "a", n - 1 if n else None, n),)), now)
    assert book.history_count(2023) == 26
    first = book.history(2023, 10)
    second = book.history(2023, 10, before=first[-1].sequence)
    third = book.history(2023, 10, before=second[-1].sequence)
    assert [entry.label for entry in (*first, *second, *third)] == [entry.label for entry in book.history(2023)]
    assert len(third) == 6
    assert [entry.label for entry in book.history(2023, words="第7 王会计")] == ["修改第7笔 100%"]
    assert [entry.label for entry in book.history(2023, words="0%", limit=2)] == ["修改第24笔 100%", "修改第23笔 100%"]
    assert book.history(2023, words="_") == ()


def test_ten_thousand_entries_are_gone_back_over_in_seconds(make_book: Callable[..., Book], now: datetime) -> None:
    lines = {n: Line(n, Kind.STAFF, amount=0) for n in range(1, 301)}
    book = make_book(seed=Year(Unit("某县信访局"), 2023, "p", lines=lines))
    saver = book.saver()
    for n in range(10_000):
        step = SetField("lines", n % 300 + 1, "amount", n // 300, n // 300 + 1)
        saver.submit(2023, Change("修改金额", (step,)), now)
    assert saver.wait(120)
    begin = time.perf_counter()
    page = book.history(2023, 200)
    assert len(page) == 200
    assert time.perf_counter() - begin < 1
    begin = time.perf_counter()
    assert book.year_at(2023, 1).lines == lines
    assert time.perf_counter() - begin < 10


def test_what_took_records_out_is_found(make_book: Callable[..., Book], now: datetime) -> None:
    project = Project(1, "信访维稳")
    line = Line(1, Kind.PROJECT, project=1)
    book = make_book(seed=Year(Unit("甲"), 2023, "p", projects={1: project}, lines={1: line}))
    gone = Change("删除1行项目", (Delete("lines", line, 0), Delete("projects", project, 0)))
    book.commit(2023, Change("删除1行", (Delete("lines", line, 0),)), now)
    book.undo(2023, now)
    book.commit(2023, gone, now)
    (entry, change), = book.deletions(2023, "projects")
    assert (entry.label, change) == ("删除1行项目", gone)
    book.undo(2023, now)
    assert book.deletions(2023, "projects") == ()


def test_a_history_that_does_not_fit_is_told(make_book: Callable[..., Book], now: datetime) -> None:
    book = make_book()
    book.commit(2023, Change("添加", (Insert("lines", Line(1, Kind.STAFF), 0),)), now)
    with book._writing() as connection:
        connection.execute(schema.lines.delete())
    with pytest.raises(StoreError, match="对不上"):
        book.year_at(2023, 1)
