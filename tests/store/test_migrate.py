from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from xinfang_desk.model.ledger import Unit
from xinfang_desk.store import StoreError, backup, create, migrate, open_book, salvage_book, schema
from xinfang_desk.store.connect import make_engine
from xinfang_desk.store.header import APPLICATION_ID, FORMAT


def test_the_migrations_make_the_tables_of_the_schema(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "甲.xfb"
    create(path, unit=Unit("甲"), year=2023, pack="p", holder="王", now=now).close()
    with make_engine(path).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == FORMAT
        assert connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_every_migration_counts_as_one_format() -> None:
    scripts = sorted((Path(migrate.__file__).parent / "migrations" / "versions").glob("r[0-9]*.py"))
    assert [script.name[1:5] for script in scripts] == [f"{n:04}" for n in range(1, FORMAT + 1)]


@pytest.mark.parametrize("table", schema.metadata.sorted_tables, ids=lambda table: table.name)
def test_the_tables_are_good_for_postgresql(table: object) -> None:
    text = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[arg-type,no-untyped-call]
    assert "CREATE TABLE" in text


def _older(path: Path) -> None:
    """A book of a format before the first: its identity, and no tables yet."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE kept (a)")
        connection.execute("INSERT INTO kept VALUES (7)")
        connection.commit()


def test_an_older_book_is_backed_up_and_brought_up_to_date(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "旧.xfb"
    _older(path)
    with pytest.raises(StoreError, match="旧格式"):
        open_book(path, holder="王", now=now, read_only=True)
    open_book(path, holder="王", now=now).close()
    assert int.from_bytes(path.read_bytes()[60:64], "big") == FORMAT
    before = next(file for file in backup.backups(path) if file.stem.endswith("升级前"))
    with closing(sqlite3.connect(before)) as connection:
        assert connection.execute("SELECT a FROM kept").fetchall() == [(7,)]
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)


def test_a_migration_that_fails_leaves_the_book_as_it_was(
        tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "旧.xfb"
    _older(path)
    real = migrate.upgrade

    def broken(connection: object) -> None:
        real(connection)  # type: ignore[arg-type]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(migrate, "upgrade", broken)
    with pytest.raises(StoreError, match="磁盘空间不够"):
        open_book(path, holder="王", now=now)
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        assert tables == [("kept",)]
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    assert not path.with_name(path.name + ".lock").exists()


def test_without_a_backup_nothing_is_migrated(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "旧.xfb"
    _older(path)
    backup.backup_folder(path).write_bytes(b"in the way")
    with pytest.raises(StoreError):
        open_book(path, holder="王", now=now)
    assert int.from_bytes(path.read_bytes()[60:64], "big") == 0


def test_the_first_format_gets_the_columns_of_the_second(project_dir: Path, tmp_path: Path, now: datetime) -> None:
    copy = tmp_path / "旧.xfb"
    shutil.copy(project_dir / "tests" / "old" / "0001.xfb", copy)
    with open_book(copy, holder="王", now=now) as book:
        year = book.load(2021)
        assert year.projects[3].name == "信访法规宣传"
        assert (year.projects[3].spent_county, year.projects[3].result) == (None, "")
        assert all((i.actual, i.score, i.deviation) == ("", None, "") for i in year.indicators.values())
        # The steps of the old history hold records of the old shape; they can still be taken back.
        assert [book.undo(2021, now) is not None for _ in range(4)] == [True] * 4
        undone = book.load(2021)
        assert 3 not in undone.projects
        assert 99 not in undone.indicators
        assert book.redo(2021, now) is not None
        assert book.load(2021).projects[3].name == "信访宣传"


def test_a_damaged_book_of_the_first_format_is_salvaged(project_dir: Path, tmp_path: Path, now: datetime) -> None:
    copy, saved = tmp_path / "旧.xfb", tmp_path / "新.xfb"
    shutil.copy(project_dir / "tests" / "old" / "0001.xfb", copy)
    salvage_book(copy, saved, holder="王", now=now)
    with open_book(saved, holder="王", now=now) as book:
        year = book.load(2021)
        assert (len(year.projects), len(year.indicators)) == (3, 26)
        assert all(record.result == "" for record in year.projects.values())
        assert book.undo(2021, now) is None


def test_every_released_format_still_opens(project_dir: Path, tmp_path: Path, now: datetime) -> None:
    released = sorted((project_dir / "tests" / "old").glob("*.xfb"))
    if not released:
        pytest.skip("还没有发布过的格式，tests/old 里没有旧账册")
    for book_file in released:
        copy = tmp_path / book_file.name
        shutil.copy(book_file, copy)
        with open_book(copy, holder="王", now=now) as book:
            for info in book.years():
                assert len(book.load(info.year).lines) == info.lines
