"""Programs and books of different ages: a newer program over older books, an older one over newer books."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT
from xinfang_desk.cli import main
from xinfang_desk.flow import backups
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.library import new_sample, open_desk, salvage
from xinfang_desk.flow.recent import look
from xinfang_desk.flow.ways import Way
from xinfang_desk.store.header import FORMAT

OLD = sorted((ROOT / "tests" / "old").glob("*.xfb"))


def format_of(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64], "big")


def everything(folder: Path) -> dict[str, tuple[str, int]]:
    """Each file below, with its hash and the time it was last written."""
    return {path.relative_to(folder).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
            for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(params=OLD, ids=lambda path: path.stem)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "旧的 账册.xfb"
    shutil.copy(request.param, path)
    assert format_of(path) == int(request.param.stem)
    return path


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A book as a program of the next format would leave it: another number, a table and a column nobody here knows."""
    path = tmp_path / "book" / "新的 账册.xfb"
    path.parent.mkdir()
    new_sample("004", path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE tomorrow (a)")
        connection.execute("ALTER TABLE lines ADD COLUMN tomorrow")
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for side in path.parent.glob(f"{path.name}-*"):
        side.unlink()
    return path


def test_there_is_a_book_of_every_older_format() -> None:
    assert [int(path.stem) for path in OLD] == list(range(1, FORMAT))


def test_an_older_book_is_backed_up_before_it_is_brought_up_to_date(older: Path) -> None:
    before = format_of(older)
    with closing(sqlite3.connect(f"{older.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        lines = connection.execute("SELECT count(*), sum(amount) FROM lines").fetchone()
    desk = open_desk(older)
    found = [line for info in desk.book.years() for line in desk.book.load(info.year).lines.values()]
    assert (len(found), sum(line.amount or 0 for line in found)) == lines
    assert desk.sheets()
    desk.close()
    assert format_of(older) == FORMAT
    (kept,) = [one for one in backups.backups(older) if format_of(Path(one.path)) == before]
    assert "升级前" in Path(kept.path).stem
    assert backups.contents(kept.path).sound
    with closing(sqlite3.connect(f"{Path(kept.path).as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        assert connection.execute("SELECT count(*), sum(amount) FROM lines").fetchone() == lines
    open_desk(older).close()
    assert len([one for one in backups.backups(older) if "升级前" in Path(one.path).stem]) == 1


def test_an_older_book_is_not_brought_up_to_date_by_looking(older: Path) -> None:
    before = everything(older.parent)
    assert look(older, dt.date(2023, 1, 1)).there
    with pytest.raises(DeskError, match="旧格式"):
        open_desk(older, read_only=True)
    assert everything(older.parent) == before


def test_a_newer_book_is_refused_politely_and_stays_byte_for_byte(newer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = everything(newer.parent)
    for read_only in (False, True):
        with pytest.raises(DeskError) as caught:
            open_desk(newer, read_only=read_only)
        told = str(caught.value)
        assert "是用较新版本的程序保存的" in told
        assert "请先升级本程序再打开" in told
        assert caught.value.ways == (Way.CHOOSE,)
    card = look(newer, dt.date(2023, 1, 1))
    assert card.there
    assert "较新版本" in card.state
    for command in (["check", str(newer)], ["build", str(newer), "--out", str(newer.parent.parent / "out")], ["backup", "make", str(newer)],
                    ["year", "list", str(newer)]):
        assert main(command) == 2, command
    assert capsys.readouterr().err.count("请先升级本程序再打开") == 4
    assert everything(newer.parent) == before
    assert not (newer.parent.parent / "out").exists()


def test_a_newer_book_is_not_salvaged_into_less(newer: Path, tmp_path: Path) -> None:
    before = everything(newer.parent)
    with pytest.raises(DeskError, match="较新版本"):
        salvage(newer, tmp_path / "救回.xfb")
    assert not (tmp_path / "救回.xfb").exists()
    assert everything(newer.parent) == before
