"""S6: a committed field is on disk within 1.1 fdatasync, and the typing thread is held a moment only.

``make bench`` runs it. It reports; it asserts only that what it measured was saved.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from xinfang_desk.model.change import Change, SetField
from xinfang_desk.model.ledger import Kind, Line, Unit, Year
from xinfang_desk.store import Book, create, open_book

pytestmark = pytest.mark.bench

_PAIRS = 200
_LINES = 3000
_NOW = datetime(2023, 1, 5, 9, 0)  # noqa: DTZ001


def _book(folder: Path) -> Book:
    lines = {n: Line(n, Kind.STAFF, "2010301", "30101", "50101", amount=n) for n in range(1, _LINES + 1)}
    seed = Year(Unit("某县信访局"), 2023, "shaanxi/2023", lines=lines)
    return create(folder / "账册.xfb", unit=seed.unit, year=2023, pack=seed.pack, holder="王", now=_NOW, seed=seed)


def _change(n: int) -> Change:
    return Change("改金额", (SetField("lines", 1 + n % _LINES, "amount", 0, n),))


def _milliseconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def _told(name: str, times: list[float]) -> str:
    ordered = sorted(times)
    return (f"{name}: median {statistics.median(ordered):.3f} ms, p95 {ordered[int(len(ordered) * 0.95)]:.3f} ms, "
            f"max {ordered[-1]:.3f} ms")


def test_commit_against_the_disk(tmp_path: Path) -> None:
    book = _book(tmp_path)
    syncs: list[float] = []
    commits: list[float] = []
    page = os.urandom(4096)
    descriptor = os.open(tmp_path / "raw", os.O_RDWR | os.O_CREAT)
    os.posix_fallocate(descriptor, 0, 4096 * (_PAIRS + 1))

    def floor(n: int) -> None:
        os.pwrite(descriptor, page, 4096 * n)
        os.fdatasync(descriptor)

    for n in range(_PAIRS):
        syncs.append(_milliseconds(partial(floor, n)))
        commits.append(_milliseconds(partial(book.commit, 2023, _change(n), _NOW)))
    os.close(descriptor)
    ratio = statistics.median(commits) / statistics.median(syncs)
    print(f"\n{_told('one fdatasync of 4 KiB', syncs)}\n{_told('Book.commit', commits)}\nratio of medians {ratio:.2f}")
    assert book.load(2023).lines[_PAIRS].amount == _PAIRS - 1
    book.close()


def test_hold_of_the_typing_thread(tmp_path: Path) -> None:
    book = _book(tmp_path)
    saver = book.saver()
    saver.submit(2023, _change(1), _NOW)
    saver.wait()
    holds: list[float] = []

    for n in range(_PAIRS):
        holds.append(_milliseconds(partial(saver.submit, 2023, _change(n), _NOW)))
        time.sleep(0.005)
    saver.wait()
    print(f"\n{_told('Saver.submit', holds)}")
    assert saver.saved_upto == _PAIRS + 1
    book.close()


def test_opening_a_year(tmp_path: Path) -> None:
    book = _book(tmp_path)
    book.close()

    def opening() -> int:
        with open_book(book.path, holder="王", now=_NOW) as again:
            return len(again.load(2023).lines)

    times = [_milliseconds(opening) for _ in range(20)]
    print(f"\n{_told(f'open, load {_LINES} lines, close', times)}")
    assert opening() == _LINES
