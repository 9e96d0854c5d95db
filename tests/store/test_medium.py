from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.model.ledger import Unit
from xinfang_desk.store import Book, connect, create, files, medium, open_book
from xinfang_desk.store.presence import raw

Make = Callable[..., Book]

_TABLE = """22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:40 / /mnt/share rw,relatime shared:2 - cifs //server/财务 rw,vers=3.0
41 22 0:41 / /mnt/with\\040blank rw - nfs4 server:/x rw
42 40 254:0 / /mnt/share/local rw - ext4 /dev/vda rw
43 22 0:43 / /home/a/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
bad line
"""


@pytest.mark.parametrize(("folder", "network"), [
    ("/", False), ("/mnt/share", True), ("/mnt/share/2023", True), ("/mnt/shared", False), ("/mnt/share/local/x", False),
    ("/mnt/with blank/x", True), ("/home/a/gvfs/smb-share:server=s", True), ("/home/a", False)])
@pytest.mark.skipif(os.name == "nt", reason="mounts of Linux")
def test_the_kind_of_mount_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, network: bool) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(_TABLE, "utf-8")
    monkeypatch.setattr(medium, "_MOUNTS", table)
    assert medium.on_network(Path(folder) / "甲.xfb") is network
    monkeypatch.setattr(medium, "_MOUNTS", tmp_path / "none")
    assert not medium.on_network(Path(folder) / "甲.xfb")


@pytest.mark.parametrize(("path", "service"), [
    ("/home/a/我的坚果云/甲.xfb", "坚果云"), ("/home/a/Nutstore Files/甲.xfb", "坚果云"), ("/home/a/OneDrive - 县局/x/甲.xfb", "OneDrive"),
    ("/home/a/BaiduSyncdisk/甲.xfb", "百度网盘"), ("/home/a/WPS云盘/甲.xfb", "WPS云盘"), ("/home/a/Dropbox/甲.xfb", "Dropbox"),
    ("/home/a/WPSDrive/1/甲.xfb", "WPS云盘"), ("/home/a/文档/甲.xfb", None), ("/home/a/同步/坚果云.xfb", None)])
def test_sync_folders_are_known_by_name(path: str, service: str | None) -> None:
    assert medium.sync_service(Path(path)) == service


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (connect, files):
        monkeypatch.setattr(module, "on_network", lambda _: True)


def _mode(path: Path) -> tuple[object, bytes]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute("PRAGMA journal_mode").fetchone()[0], path.read_bytes()[18:20]


def _note(value: int) -> Change:
    return Change("改", (SetValue("facts", "x", None, value),))


def test_in_a_network_folder_the_journal_is_the_old_one(make_book: Make, now: datetime, network: None) -> None:
    book = make_book()
    book.saver().submit(2023, _note(1), now)
    assert book.saver().wait(10)
    assert not book.path.with_name(book.path.name + "-wal").exists()
    connection = book._connection
    assert connection is not None
    assert raw(connection).execute("PRAGMA synchronous").fetchone() == (2,)
    assert book.load(2023).facts["x"] == 1
    book.close()
    assert _mode(book.path) == ("delete", b"\x01\x01")


def test_a_book_moves_to_the_network_and_back(tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "甲.xfb"
    create(path, unit=Unit("某局"), year=2023, pack="p", holder="王", now=now).close()
    assert _mode(path)[1] == b"\x02\x02"
    with monkeypatch.context() as there:
        for module in (connect, files):
            there.setattr(module, "on_network", lambda _: True)
        with open_book(path, holder="王", now=now) as book:
            assert any("网络文件夹" in notice.sentence for notice in book.notices)
            book.commit(2023, _note(1), now)
    assert _mode(path)[1] == b"\x01\x01"
    with open_book(path, holder="王", now=now) as book:
        assert book.notices == ()
        assert book.load(2023).facts["x"] == 1
    assert _mode(path)[1] == b"\x02\x02"


def test_a_sync_folder_is_told(tmp_path: Path, now: datetime) -> None:
    folder = tmp_path / "我的坚果云"
    folder.mkdir()
    create(folder / "甲.xfb", unit=Unit("某局"), year=2023, pack="p", holder="王", now=now).close()
    with open_book(folder / "甲.xfb", holder="王", now=now) as book:
        assert len(book.notices) == 1
        assert "坚果云" in book.notices[0].sentence
