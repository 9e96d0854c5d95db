from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import Connection

from xinfang_desk.model.change import Change, SetField, SetValue, apply
from xinfang_desk.model.ledger import Year
from xinfang_desk.store import Book, StoreError, history, open_book
from xinfang_desk.store.saver import _Job

Make = Callable[..., Book]


def _amount(old: int, new: int) -> Change:
    return Change(f"改成 {new}", (SetField("lines", 5, "amount", old, new),))


def test_changes_are_saved_in_order(make_book: Make, sample_year: Year, now: datetime) -> None:
    book = make_book(seed=sample_year)
    saver = book.saver()
    assert saver is book.saver()
    tickets = [saver.submit(2023, _amount(n, n + 1), now) for n in range(300)]
    assert tickets == list(range(1, 301))
    assert saver.wait(30)
    assert saver.saved_upto == 300
    assert saver.pending(2023) == ()
    labels = [entry.label for entry in book.history(2023, 300)]
    assert labels == [f"改成 {n + 1}" for n in reversed(range(300))]
    book.close()
    with open_book(book.path, holder="王会计", now=now) as again:
        assert again.load(2023).lines[5].amount == 300


def test_reading_and_undo_come_after_what_was_submitted(make_book: Make, sample_year: Year, now: datetime) -> None:
    book = make_book(seed=sample_year)
    saver = book.saver()
    saver.submit(2023, _amount(0, 1), now)
    assert book.undo_label(2023) == "改成 1"
    saver.submit(2023, _amount(1, 2), now)
    assert book.load(2023).lines[5].amount == 2
    assert book.undo(2023, now) == _amount(1, 2).inverse()
    assert book.can_redo(2023)
    saver.submit(2023, _amount(1, 3), now)
    assert not book.can_redo(2023)
    book.commit(2023, _amount(3, 4), now)
    assert [entry.label for entry in book.history(2023) if entry.state == "done"] == ["改成 4", "改成 3", "改成 1"]


def test_many_changes_share_a_transaction(
        make_book: Make, sample_year: Year, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    book = make_book(seed=sample_year)
    saver = book.saver()
    gate, real = threading.Event(), history.record
    commits: list[int] = []

    def slow(*args: object) -> int:
        gate.wait(30)
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(history, "record", slow)
    commit = saver._commit

    def counted(connection: Connection, jobs: list[_Job]) -> None:
        commits.append(len(jobs))
        commit(connection, jobs)

    monkeypatch.setattr(saver, "_commit", counted)
    for n in range(50):
        saver.submit(2023, _amount(n, n + 1), now)
    gate.set()
    assert saver.wait(30)
    assert sum(commits) == 50
    assert len(commits) <= 3


def test_a_full_disk_acknowledges_nothing_and_keeps_the_changes(
        make_book: Make, sample_year: Year, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    book = make_book(seed=sample_year)
    told: list[StoreError | None] = []
    saver = book.saver(on_error=told.append)
    full = True
    real = history.record

    def record(*args: object) -> int:
        if full:
            raise OSError(28, "No space left on device")
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(history, "record", record)
    changes = [_amount(n, n + 1) for n in range(3)]
    for change in changes:
        saver.submit(2023, change, now)
    assert not saver.wait(30)
    assert saver.saved_upto == 0
    assert saver.pending(2023) == tuple(changes)
    assert told[0] is not None
    assert "磁盘空间不够" in told[0].message
    with pytest.raises(StoreError, match="磁盘空间不够"):
        book.load(2023)
    full = False
    saver.retry()
    assert saver.wait(30)
    assert saver.error is None
    expected = sample_year
    for change in changes:
        expected = apply(expected, change)
    assert book.load(2023) == expected


def test_one_bad_change_does_not_hold_those_before_it(make_book: Make, sample_year: Year, now: datetime) -> None:
    book = make_book(seed=sample_year)
    saver = book.saver()
    bad = Change("坏", (SetField("lines", 99, "amount", None, 1),))
    saver.submit(2023, _amount(0, 1), now)
    saver.submit(2023, bad, now)
    saver.submit(2023, _amount(1, 2), now)
    assert not saver.wait(30)
    assert saver.saved_upto == 1
    assert saver.pending(2023) == (bad, _amount(1, 2))
    with pytest.raises(StoreError, match="没有编号 99"):
        book.close()
    with open_book(book.path, holder="王会计", now=now) as again:
        assert again.load(2023).lines[5].amount == 1


def test_after_closing_nothing_is_taken(make_book: Make, now: datetime) -> None:
    book = make_book()
    saver = book.saver()
    saver.submit(2023, Change("改", (SetValue("facts", "x", None, 1),)), now)
    with pytest.raises(StoreError, match="没有 1999 年"):
        saver.submit(1999, Change("改", ()), now)
    book.close()
    assert saver.saved_upto == 1
    with pytest.raises(StoreError, match="正在关闭"):
        saver.submit(2023, Change("改", ()), now)
