"""Going back to a backup: the replaced state is kept, and a whole book lies under the name at every moment."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.store import Book, BookInUse, StoreError, backup, open_book, restore_book

Make = Callable[..., Book]

_LINES = 4000
"""About so many Python lines run while a book is restored."""


def _set(old: int | None, new: int) -> Change:
    return Change(f"改成 {new}", (SetValue("facts", "x", old, new),))


@pytest.fixture
def two_states(make_book: Make, now: datetime) -> tuple[Path, Path]:
    """A book that says 2, and a backup of when it said 1."""
    book = make_book()
    book.commit(2023, _set(None, 1), now)
    kept = book.backup_here(now)
    book.commit(2023, _set(1, 2), now)
    book.close()
    return book.path, kept


def _value(path: Path, now: datetime) -> object:
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    with open_book(path, holder="查", now=now) as book:
        return book.load(2023).facts.get("x")


def _restore(path: Path, source: Path, now: datetime) -> Path | None:
    return restore_book(path, source, holder="王会计", now=now, note="恢复到那时")


def test_back_and_forth(two_states: tuple[Path, Path], now: datetime) -> None:
    path, kept = two_states
    later = now + timedelta(hours=1)
    replaced = _restore(path, kept, later)
    assert replaced is not None
    assert replaced.name.endswith("-恢复前.xfb")
    assert _value(path, now) == 1
    with open_book(path, holder="查", now=now) as book:
        assert book.history(2023)[0].label == "恢复到那时"
        assert book.undo_label(2023) == "改成 1"
    assert _restore(path, replaced, later + timedelta(hours=1)) is not None
    assert _value(path, now) == 2


def test_what_is_only_in_the_write_ahead_file_is_kept_too(two_states: tuple[Path, Path], now: datetime, tmp_path: Path) -> None:
    path, kept = two_states
    crashed = tmp_path / "crashed" / path.name
    crashed.parent.mkdir()
    with open_book(path, holder="写", now=now) as book:
        book.commit(2023, _set(2, 3), now)
        for name in (path.name, path.name + "-wal"):
            shutil.copy(path.with_name(name), crashed.with_name(name))
    replaced = _restore(crashed, kept, now)
    assert replaced is not None
    assert not crashed.with_name(crashed.name + "-wal").exists()
    assert _value(crashed, now) == 1
    assert _value(replaced, now) == 3


@pytest.mark.parametrize("damage", ["cut", "nonsense", "gone"])
def test_a_book_that_does_not_open_is_kept_as_it_is(two_states: tuple[Path, Path], now: datetime, damage: str) -> None:
    path, kept = two_states
    whole = path.read_bytes()
    spoiled = {"cut": whole[:5000], "nonsense": b"nonsense" * 1000, "gone": b""}[damage]
    path.write_bytes(spoiled)
    if damage == "gone":
        path.unlink()
    replaced = _restore(path, kept, now)
    assert _value(path, now) == 1
    if damage == "gone":
        assert replaced is None
    else:
        assert replaced is not None
        assert replaced.read_bytes() == spoiled
        assert replaced not in backup.backups(path)


def test_a_backup_that_is_no_good_changes_nothing(two_states: tuple[Path, Path], now: datetime) -> None:
    path, kept = two_states
    before = path.read_bytes()
    kept.write_bytes(kept.read_bytes()[:9000])
    with pytest.raises(StoreError):
        _restore(path, kept, now)
    kept.unlink()
    with pytest.raises(StoreError, match="已经不在"):
        _restore(path, kept, now)
    assert path.read_bytes() == before
    assert not path.with_name(path.name + ".lock").exists()


def test_an_open_book_is_not_restored(two_states: tuple[Path, Path], now: datetime) -> None:
    path, kept = two_states
    with open_book(path, holder="王会计", now=now), pytest.raises(BookInUse):
        _restore(path, kept, now)
    assert _value(path, now) == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("times", [20, pytest.param(150, marks=pytest.mark.long)])
def test_dying_at_every_step_leaves_a_whole_book(
        two_states: tuple[Path, Path], now: datetime, tmp_path: Path, times: int) -> None:
    """The restoring process ends before its n-th Python line, for n all along: the book says 1 or 2, never nothing."""
    path, kept = two_states
    folder = tmp_path / "again"
    seen: list[object] = []
    steps = 1
    while not seen or seen[-1] != "ended":
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        copy = folder / path.name
        shutil.copy(path, copy)
        old_file = copy.stat().st_ino
        child = os.fork()
        if child == 0:
            left = steps

            def step(_frame: object, _event: str, _argument: object) -> object:
                nonlocal left
                left -= 1
                if left < 0:
                    os._exit(9)
                return step

            sys.settrace(step)  # type: ignore[arg-type]
            _restore(copy, kept, now)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        # Not by the number of the line: SQLite's and the collector's calls back let it differ by a few from run to run.
        replaced = copy.stat().st_ino != old_file
        seen.append(_value(copy, now))
        assert seen[-1] == (1 if replaced else 2), f"the old file says 2, the new one 1; died before line {steps}"
        for one in backup.backups(copy):
            backup.check_sound(one)
        if ended:
            seen.append("ended")
        steps += _LINES // times
    assert (seen[0], seen[-2]) == (2, 1), "at first nothing has happened, at last all has"
    assert {1, 2} < set(seen)
