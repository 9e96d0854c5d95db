"""The years of a book."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import Connection, func, insert, select

from xinfang_desk.messages import store as words
from xinfang_desk.model.ledger import Year
from xinfang_desk.store import codec, history, records, schema
from xinfang_desk.store.errors import StoreError
from xinfang_desk.store.info import YearInfo


def add(connection: Connection, year: Year, now: datetime, who: str) -> None:
    """Put a year with all its contents into the book; raises :class:`StoreError` where it is already there."""
    unit_id = connection.execute(select(func.min(schema.units.c.id))).scalar_one()
    taken = connection.execute(select(schema.years.c.id).where(
        schema.years.c.unit_id == unit_id, schema.years.c.year == year.year)).first()
    if taken is not None:
        raise StoreError(words.YEAR_THERE.format(year=year.year))
    result = connection.execute(insert(schema.years), {
        "unit_id": unit_id, "year": year.year, "pack": year.pack, "made_at": history.stamp(now),
        **codec.encode_unit(year.unit)})
    year_id = int(cast("tuple[int]", result.inserted_primary_key)[0])
    records.write_year(connection, year_id, year)
    history.note(connection, year_id, now, who, words.YEAR_MADE.format(year=year.year), "created")


def listed(connection: Connection) -> tuple[YearInfo, ...]:
    """The years that are not in the bin, newest first."""
    lines = select(func.count()).where(schema.lines.c.year_id == schema.years.c.id).scalar_subquery()
    changed = select(func.max(schema.history.c.at)).where(
        schema.history.c.year_id == schema.years.c.id, schema.history.c.kind != "created").scalar_subquery()
    rows = connection.execute(select(schema.years, lines.label("line_count"), changed.label("changed"))
                              .where(schema.years.c.year > 0)  # the others are in the bin
                              .order_by(schema.years.c.year.desc()))
    return tuple(YearInfo(row.year, row.pack, records.read_unit(row), row.line_count, row.changed or "")
                 for row in rows)
