from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.model.ledger import Year
from xinfang_desk.store import Book, StoreError, backup, open_book

Make = Callable[..., Book]


def _note(value: int) -> Change:
    return Change("改", (SetValue("facts", "x", None, value),))


def test_a_backup_is_a_whole_book(make_book: Make, sample_year: Year, now: datetime, tmp_path: Path) -> None:
    book = make_book(seed=sample_year)
    book.saver().submit(2023, _note(7), now)
    target = tmp_path / "U盘.xfb"
    book.backup(target)
    assert not list(tmp_path.glob("*.part"))
    with open_book(target, holder="李会计", now=now) as copy:
        assert copy.load(2023) == book.load(2023)
        assert copy.load(2023).facts["x"] == 7
        assert copy.can_undo(2023)


def test_a_backup_that_fails_leaves_the_former_one(
        make_book: Make, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = make_book()
    target = tmp_path / "U盘.xfb"
    target.write_bytes(b"former")

    def unsound(path: Path) -> None:
        raise StoreError(f"“{path}”不完整。")

    monkeypatch.setattr(backup, "check_sound", unsound)
    with pytest.raises(StoreError, match="不完整"):
        book.backup(target)
    assert target.read_bytes() == b"former"
    assert not list(tmp_path.glob("*.part"))
    with pytest.raises(StoreError, match="不存在"):
        book.backup(tmp_path / "没有" / "甲.xfb")


def test_a_damaged_copy_does_not_count(make_book: Make, tmp_path: Path) -> None:
    book = make_book()
    book.close()
    content = bytearray(book.path.read_bytes())
    content[2 * 4096:2 * 4096 + 64] = b"\xff" * 64
    bad = tmp_path / "坏.xfb"
    bad.write_bytes(content)
    with pytest.raises(StoreError):
        backup.check_sound(bad)


def test_one_backup_a_day_and_the_newest_are_kept(make_book: Make, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(backup.KEEP, "每日", 3)
    made = make_book()
    made.close()
    for day in range(5):
        for hour in (0, 1):
            with open_book(made.path, holder="王会计", now=now + timedelta(days=day, hours=hour)) as book:
                pass
            assert book.backup_problem is None
    manual = backup.automatic(made.path, "手动", now)
    names = [file.name for file in backup.backups(made.path) if file != manual]
    assert [name.split("-")[-3:] for name in names] == [
        ["20230109", "093000", "每日.xfb"], ["20230108", "093000", "每日.xfb"], ["20230107", "093000", "每日.xfb"]]
    assert manual.exists()


def test_a_failed_daily_backup_is_told_and_the_book_opens(
        make_book: Make, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_book()
    made.close()
    backup.backup_folder(made.path).write_bytes(b"a file where the folder should be")
    with open_book(made.path, holder="王会计", now=now) as book:
        assert book.years()
    assert book.backup_problem is not None
    assert "备份" in book.backup_problem.message
