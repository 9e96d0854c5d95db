"""回收站: deleted years, kept with all they hold (history and editions too) until the bin is emptied.

A year in the bin has its negative id as its number in ``years``, so that the same year can be made anew; its own
number is kept in ``bin``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from xinfang_desk.messages import history as words
from xinfang_desk.store import history, records, schema
from xinfang_desk.store.errors import StoreError
from xinfang_desk.store.info import BinnedYear


def put_in(connection: Connection, year_id: int, now: datetime, who: str) -> None:
    """Take a year out of the book's years. Refuses the last one: a book always has a year."""
    year, count = connection.execute(
        select(schema.years.c.year, select(func.count()).select_from(schema.years).where(schema.years.c.year > 0)
               .scalar_subquery()).where(schema.years.c.id == year_id)).one()
    if count == 1:
        raise StoreError(words.LAST_YEAR.format(year=year))
    connection.execute(update(schema.years).where(schema.years.c.id == year_id).values(year=-year_id))
    connection.execute(insert(schema.bin_), {"year_id": year_id, "year": year, "at": history.stamp(now), "who": who})
    history.note(connection, year_id, now, who, words.YEAR_BINNED.format(year=year), "binned")


def take_out(connection: Connection, year_id: int, now: datetime, who: str) -> int:
    """Put a year back among the book's years; returns its number. Refuses where the book has that year again."""
    year = connection.execute(select(schema.bin_.c.year).where(schema.bin_.c.year_id == year_id)).scalar_one_or_none()
    if year is None:
        raise StoreError(words.NOT_IN_BIN)
    if connection.execute(select(schema.years.c.id).where(schema.years.c.year == year)).first() is not None:
        raise StoreError(words.YEAR_THERE.format(year=year))
    connection.execute(update(schema.years).where(schema.years.c.id == year_id).values(year=year))
    connection.execute(delete(schema.bin_).where(schema.bin_.c.year_id == year_id))
    history.note(connection, year_id, now, who, words.YEAR_RESTORED.format(year=year), "restored")
    return int(year)


def empty(connection: Connection, year_ids: Iterable[int]) -> int:
    """Delete years in the bin for good, with all they hold; returns how many. Years that are not there are left."""
    wanted = set(year_ids)
    there = [year_id for year_id in connection.execute(select(schema.bin_.c.year_id)).scalars() if year_id in wanted]
    for year_id in there:
        for table in (*schema.RECORD_TABLES.values(), *schema.VALUE_TABLES.values(), schema.history, schema.editions,
                      schema.bin_):
            connection.execute(delete(table).where(table.c.year_id == year_id))
        connection.execute(delete(schema.years).where(schema.years.c.id == year_id))
    return len(there)


def listed(connection: Connection) -> tuple[BinnedYear, ...]:
    """What lies in the bin, the latest first."""
    lines = select(func.count()).where(schema.lines.c.year_id == schema.years.c.id).scalar_subquery()
    made = select(func.count()).where(schema.editions.c.year_id == schema.years.c.id).scalar_subquery()
    rows = connection.execute(
        select(schema.years, schema.bin_.c.year.label("number"), schema.bin_.c.at, schema.bin_.c.who,
               lines.label("line_count"), made.label("made"))
        .join(schema.bin_, schema.bin_.c.year_id == schema.years.c.id)
        .order_by(schema.bin_.c.at.desc(), schema.bin_.c.year_id.desc()))
    return tuple(BinnedYear(row.id, row.number, row.pack, records.read_unit(row), row.line_count, row.made, row.at, row.who)
                 for row in rows)
