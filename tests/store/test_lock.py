from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from xinfang_desk.store import Book, BookInUse, open_book
from xinfang_desk.store import lock as lock_module
from xinfang_desk.store.info import Holder
from xinfang_desk.store.lock import BookLock, lock_path

Make = Callable[..., Book]


def test_the_second_window_learns_who_and_may_read(make_book: Make, now: datetime) -> None:
    book = make_book()
    with pytest.raises(BookInUse) as caught:
        open_book(book.path, holder="李会计", now=now)
    holder = caught.value.holder
    assert holder is not None
    assert holder.name == "王会计"
    for part in ("王会计", holder.host, str(holder.pid), "自 2023-01-05 09:30 起", "只读打开"):
        assert part in caught.value.message
    with open_book(book.path, holder="李会计", now=now, read_only=True) as reader:
        assert reader.read_only
    book.close()
    with open_book(book.path, holder="李会计", now=now) as again:
        assert not again.read_only


def test_a_crash_leaves_nothing_to_clear_up(make_book: Make, project_dir: Path, now: datetime) -> None:
    book = make_book()
    book.close()
    code = ("import sys, os; from pathlib import Path; from datetime import datetime; "
            "from xinfang_desk.store import open_book; "
            "open_book(Path(sys.argv[1]), holder='崩溃的人', now=datetime(2023, 1, 1)); os._exit(9)")
    ended = subprocess.run([sys.executable, "-c", code, str(book.path)], cwd=project_dir, check=False)
    assert ended.returncode == 9
    assert "崩溃的人" in lock_path(book.path).read_text("utf-8")
    with open_book(book.path, holder="李会计", now=now) as again:
        assert "李会计" in lock_path(book.path).read_text("utf-8")
        assert again.years()


def _leave(path: Path, host: str, pid: int) -> None:
    text = json.dumps({"name": "赵会计", "host": host, "pid": pid, "since": "2023-01-04T08:00:00"},
                      ensure_ascii=False)
    lock_path(path).write_text(text, "utf-8")


def test_a_lock_of_another_machine_is_set_aside_only_when_told(make_book: Make, now: datetime) -> None:
    book = make_book()
    book.close()
    _leave(book.path, "别的电脑", 1)
    with pytest.raises(BookInUse, match="强制打开"):
        open_book(book.path, holder="李会计", now=now)
    assert "赵会计" in lock_path(book.path).read_text("utf-8")
    with open_book(book.path, holder="李会计", now=now, take_over=True) as again:
        assert again.years()


def test_without_locks_of_the_system_the_process_decides(
        tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_module, "_try_os_lock", lambda _: None)
    path = tmp_path / "甲.xfb"
    held = BookLock(path, holder="王会计", now=now)
    with pytest.raises(BookInUse, match="王会计"):
        BookLock(path, holder="李会计", now=now)
    held.release()
    held.release()
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True, text=True)
    _leave(path, held.holder.host, int(gone.stdout))
    again = BookLock(path, holder="李会计", now=now)
    assert again.left_behind is not None
    assert again.left_behind.name == "赵会计"
    again.release()
    assert not lock_path(path).exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"name": 1}', "\x00" * 50])
def test_a_lock_file_with_nonsense_in_it_is_nobodys(tmp_path: Path, now: datetime, text: str) -> None:
    path = tmp_path / "甲.xfb"
    lock_path(path).write_text(text, "utf-8")
    lock = BookLock(path, holder="李会计", now=now)
    assert lock.left_behind is None
    assert json.loads(lock_path(path).read_text("utf-8"))["name"] == "李会计"
    lock.release()


@pytest.mark.parametrize(("since", "told"), [
    ("2023-01-04T08:05:59", "2023-01-04 08:05"), ("2026-11-28T21:39:22+08:00", "2026-11-28 21:39"), ("昨天", "昨天")])
def test_since_when_is_told_to_the_minute(since: str, told: str) -> None:
    assert Holder("赵会计", "别的电脑", 7, since).since_when == told
