"""What cannot be opened is refused with its own sentence, and never touched."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.model.ledger import Unit, Year
from xinfang_desk.store import Book, StoreError, backup, create, open_book
from xinfang_desk.store.errors import explain
from xinfang_desk.store.header import FORMAT

Make = Callable[..., Book]


@pytest.fixture
def closed(make_book: Make, sample_year: Year) -> Path:
    book = make_book(seed=sample_year)
    book.close()
    return book.path


def _refused(path: Path, now: datetime, *, read_only: bool = False) -> str:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError) as caught:
        open_book(path, holder="李会计", now=now, read_only=read_only)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not path.with_name(path.name + ".lock").exists()
    assert caught.value.message.endswith("。")
    assert "请" in caught.value.message
    return caught.value.message


def _sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_missing_file_and_folder(tmp_path: Path, now: datetime) -> None:
    assert "找不到账册“无.xfb”" in _refused(tmp_path / "无.xfb", now)
    assert f"文件夹“{tmp_path / '没有'}”不存在" in _refused(tmp_path / "没有" / "无.xfb", now)
    with pytest.raises(StoreError, match="不存在"):
        create(tmp_path / "没有" / "新.xfb", unit=Unit("甲"), year=2023, pack="p", holder="王", now=now)


def test_a_new_book_overwrites_nothing(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "说明.docx"
    path.write_bytes(b"kept")
    with pytest.raises(StoreError, match="不会覆盖"):
        create(path, unit=Unit("甲"), year=2023, pack="p", holder="王", now=now)
    assert path.read_bytes() == b"kept"
    assert [file.name for file in tmp_path.iterdir()] == ["说明.docx"]


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00", b"PK\x03\x04" + bytes(200), os.urandom(5000)])
def test_not_a_book(tmp_path: Path, now: datetime, content: bytes) -> None:
    path = tmp_path / "表.xfb"
    path.write_bytes(content)
    assert "不是账册文件" in _refused(path, now)
    assert "不是账册文件" in _refused(path, now, read_only=True)


def test_a_file_of_another_program(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "别的.xfb"
    _sql(path, "CREATE TABLE t (a)", "PRAGMA application_id = 7")
    assert "别的程序的数据库" in _refused(path, now)


def test_a_newer_book_is_not_touched(closed: Path, now: datetime) -> None:
    _sql(closed, f"PRAGMA user_version = {FORMAT + 1}")
    message = _refused(closed, now)
    assert f"格式 {FORMAT + 1}" in message
    assert "升级本程序" in message
    assert "较新版本" in _refused(closed, now, read_only=True)
    assert not list(closed.parent.glob("*备份*"))


@pytest.mark.parametrize("read_only", [False, True])
def test_a_damaged_book_names_the_newest_backup(closed: Path, now: datetime, read_only: bool) -> None:
    with open_book(closed, holder="王会计", now=now) as book:
        book.backup_here(now)
    content = bytearray(closed.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096:page * 4096 + 100] = b"\xff" * 100
    closed.write_bytes(content)
    message = _refused(closed, now, read_only=read_only)
    assert "已损坏" in message
    assert str(backup.newest_backup(closed)) in message


def test_a_cut_book_is_damaged(closed: Path, now: datetime) -> None:
    closed.write_bytes(closed.read_bytes()[:3 * 4096 + 17])
    message = _refused(closed, now)
    assert "已损坏" in message
    assert "没有找到备份" in message


def test_missing_tables_are_damage(closed: Path, now: datetime) -> None:
    _sql(closed, "DROP TABLE purchases")
    assert "缺少“purchases”表" in _refused(closed, now)


@pytest.mark.parametrize("statement", [
    "UPDATE lines SET amount = 'x'", "UPDATE lines SET amount = 1.5", "UPDATE lines SET kind = '假的'",
    "UPDATE lines SET note = x'00ff'", "UPDATE facts SET value = '{'", "UPDATE facts SET value = 'null'",
    "UPDATE priors SET value = 'x'", "UPDATE years SET kind = '无'",
    "UPDATE incomes SET rank = 'x', amount = x'01'"])
def test_wrong_content_is_an_error_not_a_crash(closed: Path, now: datetime, statement: str) -> None:
    _sql(closed, statement)
    with open_book(closed, holder="王会计", now=now) as book, pytest.raises(StoreError, match="请从备份恢复"):
        book.load(2023)


def test_a_hostile_history_is_an_error_not_a_crash(closed: Path, now: datetime) -> None:
    with open_book(closed, holder="王会计", now=now) as book:
        book.commit(2023, Change("改", (SetValue("facts", "x", None, 1),)), now)
    _sql(closed, "UPDATE history SET steps = '[[[' WHERE kind = 'change'", "UPDATE history SET kind = 'x' WHERE kind = 'created'")
    with open_book(closed, holder="王会计", now=now) as book:
        with pytest.raises(StoreError, match="JSON"):
            book.undo(2023, now)
        with pytest.raises(StoreError, match="种类或状态"):
            book.history(2023)
        assert book.load(2023).facts["x"] == 1


def test_a_full_disk_saves_nothing_of_the_change(make_book: Make, sample_year: Year, now: datetime) -> None:
    book = make_book(seed=sample_year)
    connection = book._connection
    assert connection is not None
    cursor = connection.connection.cursor()
    pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    cursor.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    before = book.load(2023)
    with pytest.raises(StoreError, match="磁盘空间不够"):
        book.commit(2023, Change("长", (SetValue("facts", "x", None, "长" * 100_000),)), now)
    assert book.load(2023) == before
    cursor.execute("PRAGMA max_page_count = 100000").fetchall()
    book.commit(2023, Change("长", (SetValue("facts", "x", None, "长" * 100_000),)), now)
    assert book.load(2023).facts["x"] == "长" * 100_000


def test_another_program_holding_the_file(make_book: Make, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    book = make_book()
    connection = book._connection
    assert connection is not None
    connection.connection.cursor().execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="正被别的程序"):
            book.commit(2023, Change("改", (SetValue("facts", "x", None, 1),)), now)
        other.execute("ROLLBACK")
    book.commit(2023, Change("改", (SetValue("facts", "x", None, 1),)), now)
    assert book.load(2023).facts == {"x": 1}


def test_errors_of_the_system_are_told(tmp_path: Path) -> None:
    path = tmp_path / "甲.xfb"
    assert "只读" in explain(PermissionError(errno.EACCES, "x"), path).message
    assert "磁盘空间不够" in explain(OSError(errno.ENOSPC, "x"), path).message
    assert "x" in explain(OSError(errno.EIO, "x"), path).message
    for name, words in (("SQLITE_READONLY_DIRECTORY", "只读"), ("SQLITE_IOERR_WRITE", "磁盘出错"),
                        ("SQLITE_CANTOPEN", "打不开"), ("SQLITE_ERROR", "出错")):
        error = sqlite3.OperationalError("x")
        error.sqlite_errorname = name
        assert words in explain(error, path).message


_AS_NOBODY = """
import os, sys
from pathlib import Path
from datetime import datetime
from xinfang_desk.store import StoreError, open_book
# Once as whoever we are, so that everything is imported before the rights are given up.
open_book(Path(sys.argv[2]), holder="x", now=datetime(2023, 1, 1)).close()
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
for read_only in (False, True):
    try:
        book = open_book(Path(sys.argv[1]), holder="x", now=datetime(2023, 1, 1), read_only=read_only)
        print("opened", len(book.load(2023).lines)); book.close()
    except StoreError as error:
        print(error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
@pytest.mark.parametrize("target", ["file", "folder"])
def test_a_read_only_place_can_still_be_read(closed: Path, project_dir: Path, target: str) -> None:
    folder = Path(os.path.realpath("/tmp" if Path("/tmp").is_dir() else closed.parent)) / f"xfb-{os.getpid()}-{target}"
    folder.mkdir(mode=0o777)
    try:
        path = folder / "甲.xfb"
        shutil.copy(closed, path)
        path.chmod(0o444 if target == "file" else 0o666)
        folder.chmod(0o777 if target == "file" else 0o555)
        found = subprocess.run([sys.executable, "-c", _AS_NOBODY, str(path), str(closed)], cwd=project_dir, text=True,
                               capture_output=True, check=False)
        first, second = found.stdout.splitlines() or (found.stderr, "")
        assert "只读的，改动存不进去" in first
        assert second == "opened 2"
    finally:
        folder.chmod(0o777)
        shutil.rmtree(folder)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of Linux")
@pytest.mark.parametrize("name", [b"\xc4\xe3\xba\xc3 GBK.xfb", "问?号#井%20 百分&.xfb".encode(), b"line\nbreak.xfb", "表情😀“引号”'.xfb".encode()])
def test_a_name_with_odd_characters_works_and_can_be_told(tmp_path: Path, now: datetime, name: bytes) -> None:
    path = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))  # noqa: PTH118 - bytes
    with create(path, unit=Unit("甲"), year=2023, pack="p", holder="王", now=now) as book:
        book.commit(2023, Change("改", (SetValue("facts", "x", None, 1),)), now)
        kept = book.backup_here(now)
    assert backup.contents(kept).sound
    with open_book(path, holder="王", now=now) as book:
        assert book.load(2023).facts == {"x": 1}
    path.unlink()
    with pytest.raises(StoreError, match="找不到账册") as caught:
        open_book(path, holder="王", now=now)
    caught.value.message.encode("utf-8")


def test_a_name_that_is_too_long_is_told(tmp_path: Path, now: datetime) -> None:
    with pytest.raises(StoreError, match="文件名太长"):
        create(tmp_path / ("长" * 120 + ".xfb"), unit=Unit("甲"), year=2023, pack="p", holder="王", now=now)
    path = tmp_path / ("长" * 70 + ".xfb")
    with create(path, unit=Unit("甲"), year=2023, pack="p", holder="王", now=now) as book:
        assert backup.contents(book.backup_here(now)).sound
