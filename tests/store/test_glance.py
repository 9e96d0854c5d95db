"""A look at a book from outside."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from xinfang_desk import store
from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.model.ledger import Unit
from xinfang_desk.store.glance import glance

NOW = dt.datetime(2026, 3, 2, 9, 0).astimezone()


def new_book(path: Path) -> store.Book:
    return store.create(path, unit=Unit("某县档案馆"), year=2023, pack="national/2021", holder="甲", now=NOW)


def beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir() if file.is_file() and file != path)


def test_a_closed_book_is_read_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "某.xfb"
    book = new_book(path)
    book.commit(2023, Change("填", (SetValue("facts", "approval.date", None, "2023-02-16"),)), NOW)
    book.remember("standing.2023", "{}")
    book.close()
    before = path.read_bytes()
    seen = glance(path)
    assert (seen.unit, seen.year, seen.pack, seen.approval) == ("某县档案馆", 2023, "national/2021", "2023-02-16")
    assert (seen.edition, seen.signatures, seen.standing) == (0, 0, "{}")
    assert seen.changed == 2
    assert path.read_bytes() == before
    assert beside(path) == []


def test_an_open_book_is_read_with_what_was_just_saved_and_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "某.xfb"
    with new_book(path) as book:
        book.commit(2023, Change("填", (SetValue("facts", "approval.date", None, "2023-02-16"),)), NOW)
        assert glance(path).approval == "2023-02-16"
        book.commit(2023, Change("改", (SetValue("facts", "approval.date", "2023-02-16", None),)), NOW)
        assert glance(path).approval == ""


def test_the_newest_edition_that_is_no_draft_counts(tmp_path: Path) -> None:
    path = tmp_path / "某.xfb"
    with new_book(path) as book:
        book.add_edition(2023, title="公开", date="2023-03-01", files=(), now=NOW)
        book.record_signatures(2023, 1, ["甲", "乙"])
        book.add_edition(2023, title="公开", date="2023-03-01", files=(), now=NOW, draft=True)
    seen = glance(path)
    assert (seen.edition, seen.signatures) == (1, 2)
    assert seen.edition_changed == seen.changed


def test_what_is_no_book_is_refused_with_its_sentence(tmp_path: Path) -> None:
    with pytest.raises(store.StoreError, match="找不到"):
        glance(tmp_path / "没有.xfb")
    (tmp_path / "假.xfb").write_bytes(b"x" * 200)
    with pytest.raises(store.StoreError, match="不是账册"):
        glance(tmp_path / "假.xfb")
    path = tmp_path / "坏.xfb"
    new_book(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(store.StoreError):
        glance(path)


def test_a_slow_look_holds_up_no_other_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from xinfang_desk.store import glance as module

    slow, other = tmp_path / "慢.xfb", tmp_path / "快.xfb"
    new_book(slow).close()
    reading, go_on = threading.Event(), threading.Event()
    read = module._read

    def waits(connection: sqlite3.Connection) -> module.Glance:
        reading.set()
        assert go_on.wait(20)
        return read(connection)

    monkeypatch.setattr(module, "_read", waits)
    seen: list[module.Glance] = []
    thread = threading.Thread(target=lambda: seen.append(glance(slow)))
    thread.start()
    assert reading.wait(20)
    opened = threading.Thread(target=lambda: new_book(other).close())
    opened.start()
    opened.join(20)
    assert not opened.is_alive()
    go_on.set()
    thread.join(20)
    assert seen[0].unit == "某县档案馆"


def test_a_look_leaves_the_locks_of_an_open_book_alone(tmp_path: Path, project_dir: Path) -> None:
    """Another program that opens and closes the book afterwards must not remove the write-ahead file from under it."""
    path = tmp_path / "某.xfb"
    with new_book(path) as book:
        book.commit(2023, Change("填", (SetValue("facts", "approval.date", None, "2023-02-16"),)), NOW)
        glance(path)
        code = ("import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
                "c.execute('SELECT COUNT(*) FROM years').fetchone(); c.close()")
        subprocess.run([sys.executable, "-c", code, str(path)], check=True, cwd=project_dir)
        book.commit(2023, Change("改", (SetValue("facts", "approval.date", "2023-02-16", "2023-02-17"),)), NOW)
        assert path.with_name(path.name + "-wal").exists()
    assert glance(path).approval == "2023-02-17"
