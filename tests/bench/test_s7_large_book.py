"""S7: opening a book of ten years of 3,000 lines each, and the memory a whole edition takes.

``make bench`` runs it. It reports, against a plain read of the newest year's rows with sqlite3 in the same run; it
asserts only that what is read is right.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.large import LINES, large_year
from xinfang_desk import store
from xinfang_desk.flow import library

pytestmark = pytest.mark.bench

_YEARS = 10
_ROUNDS = 7
_PEAK = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


def _large_book(path: Path) -> Path:
    year = large_year()
    first = year.year - _YEARS + 1
    with store.create(path, unit=year.unit, year=first, pack=year.pack, holder="test@test", now=_now(),
                      seed=replace(year, year=first)) as book:
        for number in range(first + 1, first + _YEARS):
            book.add_year(replace(year, year=number), _now())
    return path


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1000


def test_opening_ten_large_years(tmp_path: Path) -> None:
    path = _large_book(tmp_path / "large.xfb")

    def opened() -> None:
        desk = library.open_desk(path)
        assert len(desk.year.lines) == LINES
        desk.close()

    def read() -> None:
        with store.open_book(path, holder="test@test", now=_now()) as book:
            assert len(book.load(book.years()[-1].year).lines) == LINES

    def plain() -> None:
        with closing(sqlite3.connect(path)) as raw:
            newest = raw.execute("SELECT max(id) FROM years").fetchone()[0]
            assert len(raw.execute("SELECT * FROM lines WHERE year_id = ?", (newest,)).fetchall()) == LINES

    whole, stored, floor = _median(opened), _median(read), _median(plain)
    print(f"\nS7 {_YEARS} years of {LINES} lines, {path.stat().st_size / 2**20:.1f} MiB, load {os.getloadavg()[0]:.2f}")
    print(f"S7 opened with its newest year, every check decided, and closed: {whole:.0f} ms (median of {_ROUNDS})")
    print(f"S7 of it the book itself (lock, integrity, one year read): {stored:.0f} ms")
    print(f"S7 the rows alone with sqlite3: {floor:.1f} ms; ratio {whole / floor:.0f}")


@pytest.mark.skipif(sys.platform == "win32", reason="ru_maxrss is not kept there")
def test_memory_of_a_whole_edition(tmp_path: Path) -> None:
    library.new_sample("004", tmp_path / "004.xfb")
    asked = [sys.executable, "-m", "xinfang_desk", "build", str(tmp_path / "004.xfb"), "--out", str(tmp_path / "out")]
    told = subprocess.run([sys.executable, "-c", _PEAK, *asked], check=True, capture_output=True, text=True).stdout.split()
    print(f"\nS7 peak memory of a whole edition in the terminal: {int(told[1]) / 1024:.0f} MiB")
    assert told[0] == "0"
    assert len(list((tmp_path / "out").iterdir())) >= 4
