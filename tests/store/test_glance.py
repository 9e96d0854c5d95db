"""A look at a book from outside."""

from __future__ import annotations

import datetime as dt
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
