"""Takes what can still be read out of a damaged book into a new one. The damaged file itself is never opened."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    Table,
    delete,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError

from xinfang_desk.messages import marks, terms
from xinfang_desk.messages import store as words
from xinfang_desk.store import codec, errors, history, schema
from xinfang_desk.store.backup import sync_folder
from xinfang_desk.store.connect import checkpoint, make_engine, translated
from xinfang_desk.store.header import check_header

_NAMES = {**terms.SPACES, **words.TABLES}
_ROWID: ColumnElement[int] = literal_column("rowid", Integer)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """``saved``: how many rows of what were taken over (Chinese names); ``broken``: where some could not be read."""

    target: Path
    saved: tuple[tuple[str, int], ...]
    broken: tuple[str, ...]

    @property
    def message(self) -> str:
        """What came of it, for the clerk."""
        rows = marks.AND.join(words.ROWS_SAVED.format(name=name, count=count) for name, count in self.saved if count)
        rest = words.SALVAGED_PARTLY.format(
            broken=marks.AND.join(self.broken)) if self.broken else words.SALVAGED_WHOLE
        return words.SALVAGED.format(target=self.target, rows=rows, rest=rest)


def salvage(path: Path, target: Path, *, holder: str, now: datetime) -> Salvaged:
    """Write a new book at ``target`` with everything that can be read in the damaged one at ``path``.

    Raises :class:`StoreError` where ``path`` is not a book at all, its list of tables or years is lost, or
    ``target`` is taken or cannot be written.
    """
    path, target = path.absolute(), target.absolute()
    check_header(path)
    if not target.parent.is_dir():
        raise errors.missing_folder(target.parent)
    if target.exists():
        raise errors.already_there(target)
    fresh = target.with_name(f".{target.name}.new")
    try:
        with tempfile.TemporaryDirectory() as folder, translated(target):
            copy = _copied(path, Path(folder))
            fresh.unlink(missing_ok=True)
            fresh.touch()
            saved, broken = _rescue(path, copy, fresh, holder, now)
            fresh.replace(target)
            sync_folder(target.parent)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
    return Salvaged(target, saved, broken)


def _copied(path: Path, folder: Path) -> Path:
    copy = folder / "book.xfb"
    shutil.copyfile(path, copy)
    wal = path.with_name(path.name + "-wal")
    if wal.exists():
        shutil.copyfile(wal, folder / "book.xfb-wal")
    return copy


def _rescue(path: Path, copy: Path, fresh: Path, holder: str,
            now: datetime) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    from xinfang_desk.store import migrate

    source, target = make_engine(copy, read_only=True), make_engine(fresh)
    saved, broken = [], []
    try:
        with translated(path):
            reading = source.connect()
        with reading, target.connect() as writing:
            with writing.begin():
                migrate.begin(writing)
                older = False
                for table in schema.metadata.sorted_tables:
                    rows, whole = _readable(reading, table)
                    older |= _complete(table, rows)
                    kept = sum(_put(writing, table, row) for row in rows)
                    saved.append((_NAMES[table.name], kept))
                    if not whole or kept < len(rows):
                        broken.append(_NAMES[table.name])
                years = writing.execute(select(schema.years.c.id)).scalars().all()
                if not years:
                    raise errors.damaged(path, words.NO_YEAR_READABLE, None)
                if broken or older:
                    # With rows or fields missing, the old steps no longer fit; they stay readable as history.
                    writing.execute(update(schema.history).where(schema.history.c.kind == "change").values(state="dropped"))
                for year_id in years:
                    history.note(writing, year_id, now, holder, words.TAKEN_FROM_DAMAGED, "created")
            checkpoint(writing)
    finally:
        source.dispose()
        target.dispose()
    return tuple(saved), tuple(broken)


def _complete(table: Table, rows: list[dict[str, Any]]) -> bool:
    """Give rows of an earlier format the columns that came later, blank; returns whether any was missing."""
    later = {column.name: None if column.nullable else "" for column in table.c if rows and column.name not in rows[0]}
    for row in rows:
        row.update(later)
    return bool(later)


def _columns(reading: Connection, table: Table) -> list[Column[Any]]:
    """The columns the damaged book has: one of an earlier format lacks those that came later."""
    there = {row[1] for row in reading.exec_driver_sql(f"PRAGMA table_info({table.name})")}
    return [column for column in table.c if column.name in there]


def _readable(reading: Connection, table: Table) -> tuple[list[dict[str, Any]], bool]:
    """The rows from the front up to the damage and, where there is some, from the back; whether that is all."""
    rows: dict[int, dict[str, Any]] = {}
    for order in (_ROWID.asc(), _ROWID.desc()):
        try:
            for rowid, row in _walk(reading, _columns(reading, table), order):
                rows[rowid] = row
        except (DBAPIError, UnicodeError):
            reading.rollback()
            continue
        return list(rows.values()), True
    return [rows[rowid] for rowid in sorted(rows)], False


def _walk(reading: Connection, columns: Sequence[Column[Any]],
          order: ColumnElement[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    # One row at a time: a batch that meets the damage would be lost as a whole.
    result = reading.execution_options(stream_results=True, max_row_buffer=1).execute(
        select(_ROWID.label("salvaged_rowid"), *columns).order_by(order))
    while (row := result.fetchone()) is not None:
        values = dict(row._mapping)
        yield values.pop("salvaged_rowid"), values


def _put(writing: Connection, table: Table, row: dict[str, Any]) -> bool:
    try:
        with writing.begin_nested():
            if table is schema.units:
                writing.execute(delete(table).where(table.c.id == row["id"]))
            writing.execute(insert(table), row)
            _check(table, row)
    except (DBAPIError, errors.StoreError, UnicodeError):
        return False
    return True


def _check(table: Table, row: dict[str, Any]) -> None:
    for space, records in schema.RECORD_TABLES.items():
        if table is records:
            codec.decode_record(space, {name: row[name] for name in codec.FIELDS[space]})
    for value_space, values in schema.VALUE_TABLES.items():
        if table is values:
            value = codec.parse(row["value"], terms.SPACES["facts"]) if value_space == "facts" else row["value"]
            codec.model_value(value_space, value)
