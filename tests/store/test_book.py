from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import PurePath

import pytest

from xinfang_desk.model.change import Change, Delete, Insert, SetField, SetUnit, SetValue, apply
from xinfang_desk.model.edition import Explained, MadeFile
from xinfang_desk.model.ledger import Kind, Line, Unit, Year
from xinfang_desk.store import Book, StoreError, open_book

Make = Callable[..., Book]


def _same(found: Year, wanted: Year) -> None:
    """Equal, the order of the records and the types of the values included (True is not 1)."""
    assert found == wanted
    for space in ("lines", "incomes", "projects", "indicators", "purchases"):
        assert list(getattr(found, space)) == list(getattr(wanted, space))
    assert {k: type(v) for k, v in found.facts.items()} == {k: type(v) for k, v in wanted.facts.items()}


def test_a_new_book_holds_its_seed(make_book: Make, sample_year: Year) -> None:
    book = make_book(seed=sample_year)
    _same(book.load(2023), sample_year)
    (info,) = book.years()
    assert (info.year, info.pack, info.unit, info.lines, info.changed) == (
        2023, "shaanxi/2023", sample_year.unit, 2, "")


def test_everything_is_there_after_closing(make_book: Make, sample_year: Year, now: datetime) -> None:
    book = make_book(seed=sample_year)
    change = Change("改工资", (SetField("lines", 5, "amount", 6_812_000_00, 7_000_000_00),
                            SetValue("facts", "duties", (("一", "接待来访"), ()), (("二",),)),
                            SetValue("priors", "total", 190_83_0000, None),
                            SetUnit(sample_year.unit, Unit("某县信访局（新）"))))
    sequence = book.commit(2023, change, now)
    book.remember("place", "lines/5/amount")
    book.remember("place", "lines/5/note")
    book.close()
    assert not list(book.path.parent.glob("*.lock"))
    assert not list(book.path.parent.glob("*-wal"))
    with open_book(book.path, holder="李会计", now=now) as again:
        _same(again.load(2023), apply(sample_year, change))
        assert again.recall("place") == "lines/5/note"
        assert again.recall("other") is None
        newest = again.history(2023)[0]
        assert (newest.sequence, newest.who, newest.label, newest.kind, newest.state) == (
            sequence, "王会计", "改工资", "change", "done")


def test_undo_and_redo_survive_closing(make_book: Make, sample_year: Year, now: datetime) -> None:
    book = make_book(seed=sample_year)
    first = Change("删第一行", (Delete("lines", sample_year.lines[5], 0),))
    second = Change("加一行", (Insert("lines", Line(9, Kind.RUNNING, amount=1), 0),))
    book.commit(2023, first, now)
    book.commit(2023, second, now)
    book.close()
    with open_book(book.path, holder="王会计", now=now) as again:
        assert again.undo_label(2023) == "加一行"
        assert not again.can_redo(2023)
        assert again.undo(2023, now) == second.inverse()
        assert again.undo(2023, now) == first.inverse()
        assert again.undo(2023, now) is None
        assert not again.can_undo(2023)
        _same(again.load(2023), sample_year)
        again.close()
    with open_book(book.path, holder="王会计", now=now) as again:
        assert again.redo_label(2023) == "删第一行"
        assert again.redo(2023, now) == first
        _same(again.load(2023), apply(sample_year, first))
        third = Change("改名", (SetField("lines", 2, "note", "", "丙"),))
        again.commit(2023, third, now)
        assert not again.can_redo(2023)
        assert again.redo(2023, now) is None
        _same(again.load(2023), apply(apply(sample_year, first), third))
        states = [(entry.label, entry.kind, entry.state) for entry in again.history(2023)]
    assert states == [
        ("改名", "change", "done"), ("删第一行", "redo", "noted"), ("删第一行", "undo", "noted"), ("加一行", "undo", "noted"),
        ("加一行", "change", "dropped"), ("删第一行", "change", "done"), ("建立 2023 年度", "created", "noted")]


def test_years_do_not_mix(make_book: Make, sample_year: Year, now: datetime) -> None:
    book = make_book(seed=sample_year)
    later = dataclasses.replace(sample_year, year=2024, unit=Unit("某县信访工作局"))
    book.add_year(later, now)
    book.commit(2024, Change("清空", (SetField("lines", 5, "amount", 6_812_000_00, None),)), now)
    book.set_pack(2024, "shaanxi/2024")
    _same(book.load(2023), sample_year)
    assert book.load(2024).lines[5].amount is None
    assert not book.can_undo(2023)
    assert [(info.year, info.unit.name, info.pack) for info in book.years()] == [
        (2024, "某县信访工作局", "shaanxi/2024"), (2023, "某县信访局", "shaanxi/2023")]
    with pytest.raises(StoreError, match="已经有 2024 年"):
        book.add_year(later, now)
    with pytest.raises(StoreError, match="没有 2030 年"):
        book.load(2030)


def test_a_change_that_does_not_fit_leaves_nothing(make_book: Make, sample_year: Year, now: datetime) -> None:
    book = make_book(seed=sample_year)
    good = SetField("lines", 5, "note", "工资", "别的")
    for bad in (SetField("lines", 77, "note", "", "x"), SetField("lines", 5, "amount", 1, 2**63),
                SetField("lines", 5, "amount", 1, True), SetField("lines", 5, "nothing", 1, 2),
                SetField("lines", 5, "kind", Kind.STAFF, None), SetField("lines", 5, "note", "", "\ud800"),
                SetValue("priors", "total", None, "十"), SetValue("facts", "x", None, 2**63),
                Insert("lines", Line(5, Kind.STAFF), 0), Delete("incomes", sample_year.incomes[1].__class__(8), 0)):
        with pytest.raises(StoreError):
            book.commit(2023, Change("坏", (good, bad)), now)
    _same(book.load(2023), sample_year)
    assert [entry.kind for entry in book.history(2023)] == ["created"]


def test_editions_are_numbered_and_signed(make_book: Make, sample_year: Year, now: datetime) -> None:
    book = make_book(seed=sample_year)
    sequence = book.commit(2023, Change("改", (SetField("lines", 5, "note", "工资", ""),)), now)
    file = MadeFile("document", PurePath("输出") / "说明.pdf", 1234, "ab" * 32, pages=44)
    assert book.add_edition(2023, title="说明", date="2023-03-13", files=[file], now=now,
                            explained=[Explained("只减不增", "工作需要。")]) == 1
    assert book.add_edition(2023, title="说明", date="2023-03-14", files=[], now=now + timedelta(days=1), draft=True) == 2
    book.record_signatures(2023, 1, ["编制 王会计", "审核 李科长"])
    first, second = book.editions(2023)
    assert (first.number, first.date, first.sequence, first.draft, first.signatures) == (
        1, "2023-03-13", sequence, False, ("编制 王会计", "审核 李科长"))
    assert (first.files[0].name, first.files[0].sha256, first.files[0].pages) == ("说明.pdf", "ab" * 32, 44)
    assert first.explained == (Explained("只减不增", "工作需要。"),)
    assert (second.number, second.draft, second.files) == (2, True, ())
    with pytest.raises(StoreError, match="没有 2023 年第 3 次公开稿"):
        book.record_signatures(2023, 3, [])


def test_reading_only_changes_nothing(make_book: Make, sample_year: Year, now: datetime) -> None:
    made = make_book(seed=sample_year)
    made.close()
    path = made.path
    before = path.read_bytes()
    with open_book(path, holder="看一看", now=now, read_only=True) as book:
        _same(book.load(2023), sample_year)
        book.remember("place", "x")
        assert book.recall("place") is None
        with pytest.raises(StoreError, match="只读打开"):
            book.commit(2023, Change("改", ()), now)
        with pytest.raises(StoreError, match="只读打开"):
            book.saver()
    assert path.read_bytes() == before
    # SQLite leaves its two empty helper files behind a reader; the next writer takes them away.
    rest = {file.name for file in path.parent.iterdir()} - {path.name}
    assert rest <= {path.name + "-wal", path.name + "-shm"}
    assert not any(file.stat().st_size for file in path.parent.glob("*-wal"))


def test_a_reader_sees_what_the_writer_committed(make_book: Make, sample_year: Year, now: datetime) -> None:
    book = make_book(seed=sample_year)
    with open_book(book.path, holder="看一看", now=now, read_only=True) as reader:
        book.commit(2023, Change("改", (SetField("lines", 5, "amount", 6_812_000_00, 1),)), now)
        assert reader.load(2023).lines[5].amount == 1


def test_a_closed_book_says_so(make_book: Make, now: datetime) -> None:
    book = make_book()
    book.close()
    book.close()
    with pytest.raises(StoreError, match="已经关闭"):
        book.load(2023)
