"""The bin: a deleted year keeps all it holds, comes back as it was, or goes for good."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePath

import pytest

from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.model.edition import MadeFile
from xinfang_desk.model.ledger import Year
from xinfang_desk.store import Book, StoreError, backup, open_book, salvage_book, schema

EDIT = Change("修改主要用途", (SetValue("facts", "use", None, "办公"),))


@pytest.fixture
def book(make_book: Callable[..., Book], sample_year: Year, now: datetime) -> Book:
    """Two years; the older one has a change, another that was undone, and an edition."""
    made = make_book(seed=sample_year)
    made.add_year(replace(sample_year, year=2022), now)
    made.commit(2022, EDIT, now)
    made.commit(2022, Change("改错", (SetValue("facts", "use", "办公", "差旅"),)), now)
    made.undo(2022, now)
    made.add_edition(2022, title="公开", date="2022-03-01", files=[MadeFile("document", PurePath("a.pdf"), 1, "ab", 2)],
                     now=now)
    return made


def numbers(book: Book) -> list[int]:
    return [info.year for info in book.years()]


def test_a_year_goes_to_the_bin_and_comes_back_as_it_was(book: Book, now: datetime) -> None:
    before, editions = book.load(2022), book.editions(2022)
    labels = [entry.label for entry in book.history(2022)]
    book.bin_year(2022, now)
    assert numbers(book) == [2023]
    with pytest.raises(StoreError, match="没有 2022 年"):
        book.load(2022)
    binned, = book.binned()
    assert (binned.year, binned.pack, binned.unit, binned.lines, binned.editions, binned.who) == (
        2022, before.pack, before.unit, len(before.lines), 1, "王会计")
    assert book.restore_year(binned.id, now) == 2022
    assert book.binned() == ()
    assert numbers(book) == [2023, 2022]
    assert book.load(2022) == before
    assert book.editions(2022) == editions
    history = [entry.label for entry in book.history(2022)]
    assert history == ["从回收站恢复 2022 年度", "把 2022 年度移到回收站", *labels]
    assert book.redo_label(2022) == "改错"
    assert book.undo(2022, now) == EDIT.inverse()


def test_the_same_year_can_be_made_anew(book: Book, sample_year: Year, now: datetime) -> None:
    book.bin_year(2022, now)
    book.add_year(replace(sample_year, year=2022, lines={}), now)
    assert not book.load(2022).lines
    first, = book.binned()
    with pytest.raises(StoreError, match="已经另有 2022 年度"):
        book.restore_year(first.id, now)
    assert not book.load(2022).lines
    book.bin_year(2022, now)
    assert [binned.lines for binned in book.binned()] == [0, 2]
    assert book.restore_year(first.id, now) == 2022
    assert len(book.load(2022).lines) == 2


def test_the_only_year_stays(make_book: Callable[..., Book], now: datetime) -> None:
    book = make_book()
    with pytest.raises(StoreError, match="只有 2023 年这一个年度"):
        book.bin_year(2023, now)
    assert numbers(book) == [2023]
    assert book.binned() == ()


def test_emptying_leaves_nothing_of_the_year_and_all_of_the_others(book: Book, book_path: Path, now: datetime) -> None:
    kept = book.load(2023), book.history(2023)
    book.bin_year(2022, now)
    binned, = book.binned()
    assert book.empty_bin([binned.id, 999]) == 1
    assert book.binned() == ()
    assert (book.load(2023), book.history(2023)) == kept
    with pytest.raises(StoreError, match="回收站里没有这一年度"):
        book.restore_year(binned.id, now)
    book.close()
    with closing(sqlite3.connect(book_path)) as connection:
        for table in schema.metadata.sorted_tables:
            if "year_id" in table.c:
                left = connection.execute(f"SELECT count(*) FROM {table.name} WHERE year_id = ?",  # noqa: S608
                                          (binned.id,)).fetchone()
                assert left == (0,), table.name
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_year_that_is_not_in_the_bin_is_not_emptied(book: Book) -> None:
    everything = {year: book.load(year) for year in (2022, 2023)}
    assert book.empty_bin([1, 2]) == 0
    assert {year: book.load(year) for year in (2022, 2023)} == everything


def test_what_is_still_being_saved_goes_along(book: Book, now: datetime) -> None:
    book.saver().submit(2022, Change("补写", (SetValue("facts", "late", None, "迟"),)), now)
    book.bin_year(2022, now)
    binned, = book.binned()
    book.restore_year(binned.id, now)
    assert book.load(2022).facts["late"] == "迟"


def test_a_book_for_reading_keeps_its_years(book: Book, book_path: Path, now: datetime) -> None:
    with open_book(book_path, holder="李", now=now, read_only=True) as reading:
        with pytest.raises(StoreError, match="只读打开"):
            reading.bin_year(2022, now)
        assert numbers(reading) == [2023, 2022]


def test_the_second_format_gets_a_bin(project_dir: Path, tmp_path: Path, now: datetime) -> None:
    copy = tmp_path / "旧.xfb"
    shutil.copy(project_dir / "tests" / "old" / "0002.xfb", copy)
    with open_book(copy, holder="王", now=now) as book:
        assert numbers(book) == [2022, 2021]
        assert book.binned() == ()
        before = book.load(2021)
        book.bin_year(2021, now)
        assert numbers(book) == [2022]
        assert book.restore_year(book.binned()[0].id, now) == 2021
        assert book.load(2021) == before
        # Its history can still be walked: the undone change again, then back over the deletion of the project.
        assert book.redo(2021, now) is not None
        assert [book.undo(2021, now) is not None for _ in range(2)] == [True, True]
        assert "信访法规宣传" in [project.name for project in book.load(2021).projects.values()]
    assert [file.stem.rpartition("-")[2] for file in backup.backups(copy)].count("升级前") == 1


def test_a_damaged_book_keeps_what_lies_in_its_bin(book: Book, book_path: Path, tmp_path: Path, now: datetime) -> None:
    book.bin_year(2022, now)
    book.close()
    salvage_book(book_path, tmp_path / "新.xfb", holder="王", now=now)
    with open_book(tmp_path / "新.xfb", holder="王", now=now) as saved:
        assert numbers(saved) == [2023]
        assert [binned.year for binned in saved.binned()] == [2022]
