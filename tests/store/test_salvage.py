from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from xinfang_desk.model.change import Change, SetField
from xinfang_desk.model.ledger import Kind, Line, Year
from xinfang_desk.store import Book, StoreError, open_book, salvage_book

Make = Callable[..., Book]


def test_a_sound_book_comes_over_whole(make_book: Make, sample_year: Year, now: datetime, tmp_path: Path) -> None:
    book = make_book(seed=sample_year)
    book.commit(2023, Change("改", (SetField("lines", 5, "note", "工资", "x"),)), now)
    done = salvage_book(book.path, tmp_path / "救回.xfb", holder="王会计", now=now)
    assert done.broken == ()
    assert "没有发现缺少的内容" in done.message
    with open_book(done.target, holder="王会计", now=now) as again:
        assert again.load(2023) == book.load(2023)
        assert again.can_undo(2023)


@pytest.fixture
def big(make_book: Make, sample_year: Year) -> Path:
    lines = {n: Line(n, Kind.STAFF, "2010301", "30101", amount=n, note=f"第{n}条") for n in range(1, 2001)}
    book = make_book(seed=replace(sample_year, lines=lines))
    book.close()
    return book.path


def test_a_broken_page_costs_only_its_rows(big: Path, sample_year: Year, now: datetime, tmp_path: Path) -> None:
    content = bytearray(big.read_bytes())
    page = content.index("第1000条".encode()) // 4096 * 4096
    content[page:page + 4096] = b"\xff" * 4096
    big.write_bytes(content)
    with pytest.raises(StoreError, match="已损坏"):
        open_book(big, holder="王会计", now=now)
    done = salvage_book(big, tmp_path / "救回.xfb", holder="王会计", now=now)
    assert big.read_bytes() == content
    assert done.broken == ("支出明细",)
    assert "支出明细有一部分读不出来" in done.message
    with open_book(done.target, holder="王会计", now=now) as again:
        year = again.load(2023)
        assert 1800 < len(year.lines) < 2000
        assert 1000 not in year.lines
        assert all(line.amount == n for n, line in year.lines.items())
        assert list(year.lines) == sorted(year.lines)
        assert (year.projects, year.facts, year.priors) == (sample_year.projects, sample_year.facts, sample_year.priors)
        assert [entry.label for entry in again.history(2023)] == ["从损坏的账册中取出", "建立 2023 年度"]


def test_wrong_rows_are_left_behind(big: Path, now: datetime, tmp_path: Path) -> None:
    with closing(sqlite3.connect(big)) as raw:
        raw.execute("UPDATE lines SET amount = 'x' WHERE id = 7")
        raw.execute("UPDATE facts SET value = '{' WHERE address = 'text'")
        raw.commit()
    done = salvage_book(big, tmp_path / "救回.xfb", holder="王会计", now=now)
    assert done.broken == ("填报事项", "支出明细")
    with open_book(done.target, holder="王会计", now=now) as again:
        year = again.load(2023)
        assert len(year.lines) == 1999
        assert "text" not in year.facts


def test_what_cannot_be_saved_is_refused(big: Path, now: datetime, tmp_path: Path) -> None:
    for target in (big, tmp_path / "没有" / "甲.xfb"):
        with pytest.raises(StoreError):
            salvage_book(big, target, holder="王会计", now=now)
    text = tmp_path / "文.xfb"
    text.write_bytes(b"hello" * 100)
    with pytest.raises(StoreError, match="不是账册"):
        salvage_book(text, tmp_path / "新.xfb", holder="王会计", now=now)
    content = bytearray(big.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    big.write_bytes(content)
    with pytest.raises(StoreError, match="已损坏") as caught:
        salvage_book(big, tmp_path / "新.xfb", holder="王会计", now=now)
    assert str(big) in caught.value.message
    assert not list(tmp_path.glob(".*.new"))
    assert not (tmp_path / "新.xfb").exists()
