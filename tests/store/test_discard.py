"""A deleted book can be put back with all that belongs to it, whatever happens on the way."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from xinfang_desk.messages.safety import BIN_FOLDER
from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.store import Book, StoreError, backup, open_book
from xinfang_desk.store.discard import bring_back, discard, discarded, remove
from xinfang_desk.store.info import Discarded

Make = Callable[..., Book]


def _set(old: int | None, new: int) -> Change:
    return Change(f"改成 {new}", (SetValue("facts", "x", old, new),))


def _value(path: Path, now: datetime) -> object:
    with open_book(path, holder="查", now=now) as book:
        return book.load(2023).facts.get("x")


@pytest.fixture
def closed(make_book: Make, now: datetime) -> Path:
    """A closed book that says 1, with a backup."""
    book = make_book()
    book.commit(2023, _set(None, 1), now)
    book.backup_here(now)
    book.close()
    return book.path


def _names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


def _discard(path: Path, now: datetime) -> Discarded:
    return discard(path, holder="王会计", now=now)


def test_there_and_back(closed: Path, now: datetime) -> None:
    kept = [file.name for file in backup.backups(closed)]
    assert kept
    before = closed.read_bytes()
    one = _discard(closed, now)
    assert _names(closed.parent) == [BIN_FOLDER]
    assert (one.home, one.at) == (closed.parent, now)
    assert discarded(closed.parent) == (one,)
    assert one.path.name == closed.name
    assert one.path.read_bytes() == before
    assert [file.name for file in backup.backups(one.path)] == kept
    assert bring_back(one, holder="王会计", now=now) == closed
    assert closed.read_bytes() == before
    assert [file.name for file in backup.backups(closed)] == kept
    assert not (closed.parent / BIN_FOLDER).exists()
    assert discarded(closed.parent) == ()
    assert _value(closed, now) == 1


def test_what_is_only_in_the_write_ahead_file_goes_with_it(make_book: Make, now: datetime, tmp_path: Path) -> None:
    book = make_book()
    crashed = tmp_path / "crashed" / book.path.name
    crashed.parent.mkdir()
    book.commit(2023, _set(None, 3), now)
    for companion in ("", "-wal"):
        shutil.copy(book.path.with_name(book.path.name + companion), crashed.with_name(book.path.name + companion))
    one = _discard(crashed, now)
    assert _names(one.path.parent) == [one.path.name]
    assert _value(bring_back(one, holder="李会计", now=now), now) == 3


def test_a_book_that_cannot_be_read_keeps_its_files(closed: Path, now: datetime) -> None:
    wal = closed.with_name(closed.name + "-wal")
    closed.write_bytes(b"junk" * 50)
    wal.write_bytes(b"\x37\x7f\x06\x82" + b"more" * 50)
    one = _discard(closed, now)
    back = bring_back(one, holder="王会计", now=now)
    assert back == closed
    assert closed.read_bytes() == b"junk" * 50
    assert wal.read_bytes().endswith(b"moremore")


def test_a_new_book_of_the_name_is_left_alone(closed: Path, make_book: Make, now: datetime) -> None:
    first = _discard(closed, now)
    make_book(closed).close()
    second = _discard(closed, now)
    make_book(closed).close()
    assert first.path.parent != second.path.parent
    third = _discard(closed, now + timedelta(minutes=1))
    assert set(discarded(closed.parent)) == {first, second, third}
    here = make_book(closed)
    here.backup_here(now)
    here.close()
    backs = [bring_back(one, holder="王会计", now=now) for one in (first, second, third)]
    assert [back.stem.removeprefix(closed.stem) for back in backs] == ["（恢复）", "（恢复2）", "（恢复3）"]
    assert backup.backups(backs[0])
    assert len(backup.backups(closed)) == 1
    assert _value(backs[0], now) == 1
    assert _value(closed, now) is None


def test_backups_that_did_not_come_along_are_its_own_again(closed: Path, now: datetime) -> None:
    one = _discard(closed, now)
    backup.backup_folder(one.path).rename(backup.backup_folder(closed))  # as if the power had gone in between
    assert bring_back(one, holder="王会计", now=now) == closed
    assert backup.backups(closed)


def test_an_open_book_is_not_deleted(make_book: Make, now: datetime) -> None:
    book = make_book()
    with pytest.raises(StoreError, match="请先在那里关上这本账册"):
        _discard(book.path, now)
    assert not (book.path.parent / BIN_FOLDER).exists()
    book.commit(2023, _set(None, 1), now)


def test_a_missing_book_is_told(closed: Path, now: datetime) -> None:
    one = _discard(closed, now)
    with pytest.raises(StoreError, match=r"找不到|没有"):
        _discard(closed, now)
    remove(one, holder="王会计", now=now)
    assert _names(closed.parent) == []
    for act in (bring_back, remove):
        with pytest.raises(StoreError, match=r"找不到|没有"):
            act(one, holder="王会计", now=now)


@pytest.mark.parametrize("at", range(1, 4))
def test_where_a_move_fails_everything_is_where_it_was(closed: Path, now: datetime, at: int,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    (closed.with_name(closed.name + "-journal")).write_bytes(b"x")
    before = sorted(str(file.relative_to(closed.parent)) for file in closed.parent.rglob("*"))
    true, turns = os.rename, []

    def failing(old: Path, new: Path) -> None:
        turns.append(old)
        if len(turns) == at:
            raise PermissionError(13, "in the way")
        true(old, new)

    monkeypatch.setattr(os, "rename", failing)
    with pytest.raises(StoreError):
        _discard(closed, now)
    assert sorted(str(file.relative_to(closed.parent)) for file in closed.parent.rglob("*")) == before


def test_a_long_name_and_a_folder_named_by_hand(make_book: Make, now: datetime, tmp_path: Path) -> None:
    path = tmp_path / ("长" * 70 + ".xfb")
    make_book(path).close()
    one = _discard(path, now)
    moved = one.path.parent.with_name("随手改的名字")
    one.path.parent.rename(moved)
    found = discarded(tmp_path)
    assert [(item.path.parent, item.at) for item in found] == [(moved, None)]
    assert bring_back(found[0], holder="王会计", now=now) == path


def test_what_cannot_go_for_good_is_still_listed(closed: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    one = _discard(closed, now)

    def busy(folder: Path) -> None:
        raise PermissionError(13, "in use", str(folder))

    monkeypatch.setattr(shutil, "rmtree", busy)
    with pytest.raises(StoreError):
        remove(one, holder="王会计", now=now)
    assert discarded(closed.parent) == (one,)
    monkeypatch.undo()
    remove(one, holder="王会计", now=now)
    assert _names(closed.parent) == []


def test_where_a_move_cannot_be_taken_back_it_is_a_sentence_all_the_same(
    closed: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    true, turns = os.rename, []

    def failing(old: Path, new: Path) -> None:
        turns.append(old)
        if len(turns) > 1:
            raise PermissionError(13, "in the way")
        true(old, new)

    monkeypatch.setattr(os, "rename", failing)
    with pytest.raises(StoreError):
        _discard(closed, now)
    monkeypatch.undo()
    assert bring_back(discarded(closed.parent)[0], holder="王会计", now=now) == closed
