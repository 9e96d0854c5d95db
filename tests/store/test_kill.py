"""A writer killed at any moment loses nothing that it was told is saved."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from xinfang_desk.model.change import Change, Insert, apply
from xinfang_desk.model.ledger import Kind, Line, Project
from xinfang_desk.store import Book, open_book

_KILLS = int(os.environ.get("XINFANG_KILLS", "20"))

_WRITER = """
import os, sys
from datetime import datetime
from pathlib import Path
from xinfang_desk.model.change import Change, Insert, SetField
from xinfang_desk.model.ledger import Kind, Line, Project
from xinfang_desk.store import open_book
now = datetime(2023, 1, 5)
book = open_book(Path(sys.argv[1]), holder="写", now=now)
number = len(book.load(2023).lines)
saver = book.saver() if sys.argv[2] == "saver" else None
told = base = number
os.write(1, b"ready\\n")
while True:
    number += 1
    change = Change("加", (Insert("lines", Line(number, Kind.STAFF, amount=number), number - 1),
                         Insert("projects", Project(number, "项目"), 0)))
    if saver is None:
        book.commit(2023, change, now)
        told = number
    else:
        saver.submit(2023, change, now)
        if number % 7 == 0:
            saver.wait()
        told = base + saver.saved_upto
    os.write(1, b"%d\\n" % told)
"""


@pytest.mark.parametrize("how", ["commit", "saver"])
def test_killed_writers(make_book: Callable[..., Book], project_dir: Path, now: datetime, how: str) -> None:
    book = make_book()
    book.close()
    chance = random.Random(how)
    for _ in range(max(1, _KILLS // 2)):
        told = _write_and_kill(book.path, project_dir, how, chance.randrange(1, 60))
        with open_book(book.path, holder="查", now=now) as again:
            year = again.load(2023)
            saved = len(year.lines)
            assert saved >= told
            assert [line.amount for line in year.lines.values()] == list(range(1, saved + 1))
            assert list(year.projects) == list(range(saved, 0, -1))
            assert sum(entry.kind == "change" for entry in again.history(2023, 100_000)) == saved
        with closing(sqlite3.connect(book.path)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _write_and_kill(path: Path, project_dir: Path, how: str, lines: int) -> int:
    """Kill the writer after it reported ``lines`` times; returns the last number it was told is saved."""
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(path), how], cwd=project_dir, stdout=subprocess.PIPE)
    assert writer.stdout is not None
    with writer, writer.stdout as reports:
        assert reports.readline() == b"ready\n"
        for _ in range(lines):
            reports.readline()
        writer.kill()
        rest = reports.read().splitlines(keepends=True)
    whole = [line for line in rest if line.endswith(b"\n")]
    return int(whole[-1]) if whole else 0


def test_the_same_changes_without_a_kill(make_book: Callable[..., Book], now: datetime) -> None:
    book = make_book()
    year = book.load(2023)
    for number in range(1, 20):
        change = Change("加", (Insert("lines", Line(number, Kind.STAFF, amount=number), number - 1),
                             Insert("projects", Project(number, "项目"), 0)))
        book.commit(2023, change, now)
        year = apply(year, change)
    assert book.load(2023) == year
    assert list(book.load(2023).projects) == list(year.projects)
