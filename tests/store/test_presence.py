"""The file under an open book goes away, comes back, or is replaced."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from xinfang_desk.model.change import Change, SetField, SetValue
from xinfang_desk.model.ledger import Year
from xinfang_desk.store import Book, StoreError, Trouble, lock, open_book, saver
from xinfang_desk.store.leftovers import wal_path

Make = Callable[..., Book]


def _set(old: int | None, new: int) -> Change:
    return Change(f"改成 {new}", (SetValue("facts", "x", old, new),))


def _trouble(book: Book) -> Trouble:
    error = book.saver().error
    assert error is not None
    return error.trouble


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "AGAIN_SECONDS", 60.0)


def _pull(path: Path, to: Path) -> None:
    """As when a stick is pulled: everything of the book is away."""
    to.mkdir()
    for file in path.parent.glob(f"{path.name}*"):
        shutil.copy(file, to / file.name)
        file.unlink()


def _put_back(path: Path, kept: Path) -> None:
    for file in kept.iterdir():
        shutil.copy(file, path.with_name(file.name))


def test_a_stick_pulled_and_put_back(make_book: Make, now: datetime, tmp_path: Path) -> None:
    book = make_book()
    told: list[StoreError | None] = []
    saving = book.saver(on_error=told.append)
    saving.submit(2023, _set(None, 1), now)
    assert saving.wait(10)
    _pull(book.path, tmp_path / "stick")
    saving.submit(2023, _set(1, 2), now)
    assert not saving.wait(10)
    assert _trouble(book) is Trouble.DISK or _trouble(book) is Trouble.GONE
    saving.submit(2023, _set(2, 3), now)
    assert not saving.wait(10)
    with pytest.raises(StoreError):
        book.load(2023)
    _put_back(book.path, tmp_path / "stick")
    saving.retry()
    assert saving.wait(10)
    assert told[-1] is None
    assert book.load(2023).facts["x"] == 3
    assert book.undo(2023, now) is not None
    assert "王会计" in lock.lock_path(book.path).read_text("utf-8")
    book.close()
    with open_book(book.path, holder="查", now=now) as again:
        assert again.load(2023).facts["x"] == 2


def test_a_file_moved_away_is_not_written_to(make_book: Make, now: datetime, tmp_path: Path) -> None:
    book = make_book()
    saving = book.saver()
    moved = tmp_path / "别处.xfb"
    book.path.rename(moved)
    saving.submit(2023, _set(None, 1), now)
    assert not saving.wait(10)
    with pytest.raises(StoreError):
        book.commit(2023, _set(None, 5), now)
    moved.rename(book.path)
    saving.retry()
    assert saving.wait(10)
    assert book.load(2023).facts["x"] == 1


def test_another_state_under_the_name_is_not_written_to(make_book: Make, now: datetime, tmp_path: Path) -> None:
    book = make_book()
    book.commit(2023, _set(None, 1), now)
    older = tmp_path / "older.xfb"
    book.backup(older)
    saving = book.saver()
    saving.submit(2023, _set(1, 2), now)
    assert saving.wait(10)
    book.path.unlink()
    wal_path(book.path).unlink()
    shutil.copy(older, book.path)
    saving.submit(2023, _set(2, 3), now)
    assert not saving.wait(10)
    assert _trouble(book) is Trouble.REPLACED
    target = tmp_path / "接着做.xfb"
    current = book.load  # the reading door is shut too
    with pytest.raises(StoreError):
        current(2023)
    with closing(sqlite3.connect(book.path)) as raw:
        assert raw.execute("SELECT value FROM facts").fetchall() == [("1",)]
    book.abandon()
    assert not target.exists()


def test_an_older_file_under_a_newer_write_ahead_file_is_not_taken(
        make_book: Make, sample_year: Year, now: datetime, tmp_path: Path) -> None:
    """What a sync program may do: both fit each other by all SQLite can tell, and the amount is the one of yesterday."""
    book = make_book(seed=sample_year)
    connection = book._connection
    assert connection is not None
    fold = connection.connection.driver_connection
    assert isinstance(fold, sqlite3.Connection)
    older = tmp_path / "older.xfb"
    fold.execute("PRAGMA wal_checkpoint(RESTART)")
    copied = subprocess.run(["cp", str(book.path), str(older)], check=True)  # not in this process: that would drop the locks
    assert copied.returncode == 0
    book.commit(2023, Change("改", (SetField("lines", 5, "amount", 6_812_000_00, 1),)), now)
    fold.execute("PRAGMA wal_checkpoint(RESTART)")
    saving = book.saver()
    saving.submit(2023, _set(None, 1), now)
    assert saving.wait(10)
    older.replace(book.path)
    saving.submit(2023, _set(1, 2), now)
    assert not saving.wait(10)
    assert _trouble(book) is Trouble.REPLACED
    target = tmp_path / "接着做.xfb"
    current = replace(sample_year, lines={**sample_year.lines, 5: replace(sample_year.lines[5], amount=1)},
                      facts={**sample_year.facts, "x": 2})
    assert book.save_elsewhere(target, current, now)
    book.abandon()
    with open_book(target, holder="王会计", now=now) as again:
        assert again.load(2023) == current


def test_a_commit_that_failed_only_at_its_end_is_not_made_twice(
        make_book: Make, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    book = make_book()
    saving = book.saver()
    saving.submit(2023, _set(None, 1), now)
    assert saving.wait(10)
    real = saving._acknowledge
    broken = True

    def late(*args: object) -> None:
        if broken:
            raise StoreError("磁盘在提交的最后出错。", Trouble.DISK)
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(saving, "_acknowledge", late)
    saving.submit(2023, _set(1, 2), now)
    saving.submit(2023, _set(2, 3), now)
    assert not saving.wait(10)
    broken = False
    saving.retry()
    assert saving.wait(10)
    assert [entry.label for entry in book.history(2023)] == ["改成 3", "改成 2", "改成 1", "建立 2023 年度"]
    assert book.load(2023).facts["x"] == 3


def test_it_tries_by_itself(make_book: Make, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "AGAIN_SECONDS", 0.05)
    book = make_book()
    healed: list[StoreError | None] = []
    saving = book.saver(on_error=healed.append)
    moved = tmp_path / "别处.xfb"
    book.path.rename(moved)
    saving.submit(2023, _set(None, 1), now)
    while not healed:
        assert not saving.wait(0.05)
    moved.rename(book.path)
    begin = time.monotonic()
    while not saving.wait(0.05) and time.monotonic() - begin < 20:
        time.sleep(0.05)
    assert saving.error is None
    assert healed[-1] is None
    assert len(healed) == 2, "one trouble is told once, however often it is met"


def test_everything_goes_elsewhere(make_book: Make, now: datetime, tmp_path: Path) -> None:
    book = make_book()
    saving = book.saver()
    saving.submit(2023, _set(None, 1), now)
    assert saving.wait(10)
    year = book.load(2023)
    _pull(book.path, tmp_path / "stick")
    saving.submit(2023, _set(1, 2), now)
    assert not saving.wait(10)
    target = tmp_path / "接着做.xfb"
    current = type(year)(year.unit, year.year, year.pack, facts={"x": 2})
    assert book.save_elsewhere(target, current, now)
    book.abandon()
    with open_book(target, holder="王会计", now=now) as again:
        assert again.load(2023) == current
        assert [entry.label for entry in again.history(2023)][:2] == ["改成 2", "改成 1"]
    with pytest.raises(StoreError, match="不会覆盖"):
        make_book(tmp_path / "乙.xfb").save_elsewhere(target, current, now)


def test_where_nothing_can_be_read_the_year_goes_alone(
        make_book: Make, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from xinfang_desk.store import elsewhere

    book = make_book()
    year = book.load(2023)
    current = type(year)(year.unit, year.year, year.pack, facts={"x": 9})

    def unreadable(_: object) -> sqlite3.Connection:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorname = "SQLITE_IOERR_READ"
        raise error

    monkeypatch.setattr(elsewhere, "raw", unreadable)
    assert not book.save_elsewhere(tmp_path / "丙.xfb", current, now)
    with open_book(tmp_path / "丙.xfb", holder="王会计", now=now) as again:
        assert again.load(2023) == current


def test_a_write_ahead_file_of_another_state_is_set_aside(make_book: Make, now: datetime, tmp_path: Path) -> None:
    book = make_book()
    book.commit(2023, _set(None, 1), now)
    folded = tmp_path / "folded.xfb"
    book.backup(folded)
    book.commit(2023, _set(1, 2), now)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(folded, other / "甲.xfb")
    shutil.copy(wal_path(book.path), other / "甲.xfb-wal")
    with open_book(other / "甲.xfb", holder="王会计", now=now) as again:
        assert any("不属于它" in notice.sentence for notice in again.notices)
        assert again.load(2023).facts["x"] == 1
    assert len(list(other.rglob("*不属于它的记录*"))) == 1


def test_a_lost_write_ahead_file_is_told(make_book: Make, now: datetime, tmp_path: Path) -> None:
    book = make_book()
    book.commit(2023, _set(None, 1), now)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(book.path, other / "甲.xfb")
    shutil.copy(lock.lock_path(book.path), other / "甲.xfb.lock")
    with open_book(other / "甲.xfb", holder="李会计", now=now) as again:
        assert any("“甲.xfb-wal”文件不见了" in notice.sentence for notice in again.notices)
    with open_book(other / "甲.xfb", holder="李会计", now=now) as again:
        assert again.notices == ()


@pytest.mark.skipif(sys.platform == "win32", reason="locks of POSIX")
def test_looking_at_an_open_book_again_does_not_drop_its_locks(make_book: Make, now: datetime) -> None:
    """Closing any descriptor of a file drops every lock of POSIX this process has on it: another program that opens and
    closes the book would then take itself for the last and remove the write-ahead file from under us."""
    book = make_book()
    book.commit(2023, _set(None, 1), now)
    with pytest.raises(StoreError):
        open_book(book.path, holder="李会计", now=now)
    open_book(book.path, holder="李会计", now=now, read_only=True).close()
    code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT count(*) FROM lines').fetchall(); c.close()"
    subprocess.run([sys.executable, "-c", code, str(book.path)], check=True)
    assert wal_path(book.path).exists()
    book.commit(2023, _set(1, 2), now)
    code = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT value FROM facts').fetchall())"
    seen = subprocess.run([sys.executable, "-c", code, str(book.path)], check=True, capture_output=True, text=True)
    assert "2" in seen.stdout
