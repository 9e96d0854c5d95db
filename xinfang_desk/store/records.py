"""Steps of a change onto the tables, and tables to a :class:`Year`: the same result as ``model.change.apply``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.sql.dml import UpdateBase

from xinfang_desk.messages import store as words
from xinfang_desk.messages import terms
from xinfang_desk.model.change import (
    Delete,
    Insert,
    RecordSpace,
    SetField,
    SetUnit,
    SetValue,
    Step,
    ValueSpace,
)
from xinfang_desk.model.ledger import FactValue, Record, Unit, Year
from xinfang_desk.store import codec, quick, schema
from xinfang_desk.store.errors import StoreError

GAP = 2**32
"""Room left between the ranks of neighbours: 32 halvings before a list is numbered anew."""


def write_steps(connection: Connection, year_id: int, steps: Sequence[Step]) -> None:
    """Apply ``steps`` in order. Raises :class:`StoreError` where one names a record that is not there."""
    index = 0
    while index < len(steps):
        step = steps[index]
        index += 1
        match step:
            case Insert():
                run = [step]
                while index < len(steps) and _continues(run, following := steps[index]):
                    run.append(following)  # type: ignore[arg-type]
                    index += 1
                _insert(connection, year_id, run)
            case Delete(space, record, _):
                _one(quick.run(connection, _delete(space), {"y": year_id, "i": record.id}), space, record.id)
            case SetField(space, id_, name, _, new):
                value = codec.field_type(space, name).encode(new)
                _one(quick.run(connection, _set_field(space, name), {"y": year_id, "i": id_, "v": value}), space, id_)
            case SetValue(value_space, address, _, new):
                _set_value(connection, year_id, value_space, address, new)
            case SetUnit(_, new_unit):
                connection.execute(update(schema.years).where(schema.years.c.id == year_id),
                                   codec.encode_unit(new_unit))


def _continues(run: list[Insert], step: Step) -> bool:
    last = run[-1]
    return isinstance(step, Insert) and step.space == last.space and 0 <= last.position == step.position - 1


def _one(result: Any, space: RecordSpace, id_: int) -> None:
    if result.rowcount != 1:
        raise StoreError(words.NO_RECORD.format(space_names=terms.SPACES[space], id=id_))


@cache
def _delete(space: RecordSpace) -> UpdateBase:
    table = schema.RECORD_TABLES[space]
    return delete(table).where(table.c.year_id == bindparam("y"), table.c.id == bindparam("i"))


@cache
def _set_field(space: RecordSpace, name: str) -> UpdateBase:
    table = schema.RECORD_TABLES[space]
    return update(table).where(table.c.year_id == bindparam("y"), table.c.id == bindparam("i")).values(
        {table.c[name]: bindparam("v")})


def _set_value(connection: Connection, year_id: int, space: ValueSpace, address: str, new: FactValue | None) -> None:
    clear, change, add = _value_statements(space)
    if new is None:
        quick.run(connection, clear, {"y": year_id, "a": address})
        return
    stored = _stored(space, new)
    if quick.run(connection, change, {"y": year_id, "a": address, "v": stored}).rowcount == 0:
        quick.run(connection, add, {"year_id": year_id, "address": address, "value": stored})


@cache
def _value_statements(space: ValueSpace) -> tuple[UpdateBase, UpdateBase, UpdateBase]:
    table = schema.VALUE_TABLES[space]
    here = (table.c.year_id == bindparam("y"), table.c.address == bindparam("a"))
    return delete(table).where(*here), update(table).where(*here).values(value=bindparam("v")), insert(table)


def _stored(space: ValueSpace, value: FactValue) -> object:
    plain = codec.plain_value(space, value)
    return codec.dump(plain) if space == "facts" else plain


def _insert(connection: Connection, year_id: int, run: Sequence[Insert]) -> None:
    space = run[0].space
    ranks = _ranks(connection, year_id, space, run[0].position, len(run))
    rows = [_row(year_id, space, step.record, rank) for step, rank in zip(run, ranks, strict=True)]
    table = schema.RECORD_TABLES[space]
    ids = [step.record.id for step in run]
    double = set(connection.execute(select(table.c.id).where(
        table.c.year_id == year_id, table.c.id.between(min(ids), max(ids)))).scalars()).intersection(ids)
    if double or len(set(ids)) < len(ids):
        raise StoreError(words.RECORD_TWICE.format(
            space_names=terms.SPACES[space], min=min(double or ids)))
    connection.execute(insert(table), rows)


def _row(year_id: int, space: RecordSpace, record: Record, rank: int) -> dict[str, object]:
    return {**codec.encode_record(space, record), "year_id": year_id, "rank": rank}


def _ranks(connection: Connection, year_id: int, space: RecordSpace, position: int, count: int) -> list[int]:
    """Ranks for ``count`` new records at ``position``, which counts as in :meth:`list.insert`."""
    table = schema.RECORD_TABLES[space]
    here = table.c.year_id == year_id
    size, low, high = connection.execute(
        select(func.count(), func.min(table.c.rank), func.max(table.c.rank)).where(here)).one()
    if position < 0:
        position = max(0, position + size)
    if size == 0 or position >= size:
        start = 0 if size == 0 else high
        return [start + GAP * n for n in range(1, count + 1)]
    if position == 0:
        return [low - GAP * n for n in range(count, 0, -1)]
    pair = select(table.c.rank).where(here).order_by(table.c.rank).offset(position - 1).limit(2)
    before, after = connection.execute(pair).scalars()
    if (after - before) // (count + 1) == 0:
        _renumber(connection, year_id, space)
        before, after = connection.execute(pair).scalars()
    step = (after - before) // (count + 1)
    return [before + step * n for n in range(1, count + 1)]


def _renumber(connection: Connection, year_id: int, space: RecordSpace) -> None:
    table = schema.RECORD_TABLES[space]
    ids = connection.execute(select(table.c.id).where(table.c.year_id == year_id).order_by(table.c.rank)).scalars()
    move = update(table).where(table.c.year_id == year_id, table.c.id == bindparam("i")).values(rank=bindparam("r"))
    connection.execute(move, [{"i": id_, "r": GAP * n} for n, id_ in enumerate(ids, 1)])


def write_year(connection: Connection, year_id: int, year: Year) -> None:
    """Put all records and values of ``year`` into empty tables."""
    for space, table in schema.RECORD_TABLES.items():
        records: Mapping[int, Record] = getattr(year, space)
        if records:
            connection.execute(insert(table), [_row(year_id, space, record, GAP * n)
                                               for n, record in enumerate(records.values(), 1)])
    for value_space, table in schema.VALUE_TABLES.items():
        values: Mapping[str, FactValue] = getattr(year, value_space)
        if values:
            connection.execute(insert(table), [
                {"year_id": year_id, "address": address, "value": _stored(value_space, value)}
                for address, value in values.items()])


def read_year(connection: Connection, year_id: int) -> Year:
    """The year as the tables hold it. Raises :class:`StoreError` where something in them has the wrong type."""
    row = connection.execute(select(schema.years).where(schema.years.c.id == year_id)).one()
    records: dict[str, Any] = {space: _read_records(connection, year_id, space) for space in schema.RECORD_TABLES}
    values: dict[str, Any] = {space: _read_values(connection, year_id, space) for space in schema.VALUE_TABLES}
    return Year(read_unit(row), row.year, row.pack, **records, **values)


def read_unit(row: Any) -> Unit:
    """The unit's particulars in a row of ``years``."""
    return codec.decode_unit({"name": row.name, "code": row.code, "kind": row.kind, "region": row.region})


def _read_records(connection: Connection, year_id: int, space: RecordSpace) -> dict[int, Record]:
    table = schema.RECORD_TABLES[space]
    columns = [table.c[name] for name in codec.FIELDS[space]]
    decode = codec.row_decoder(space)
    rows = connection.execute(select(*columns).where(table.c.year_id == year_id).order_by(table.c.rank, table.c.id))
    return {record.id: record for record in map(decode, rows)}


def _read_values(connection: Connection, year_id: int, space: ValueSpace) -> dict[str, FactValue]:
    table = schema.VALUE_TABLES[space]
    rows = connection.execute(select(table.c.address, table.c.value).where(table.c.year_id == year_id)).all()
    if space == "facts":
        return {address: codec.model_value(space, codec.parse(value, words.FACT_AT.format(address=address))) for address, value in rows}
    return {address: codec.model_value(space, value) for address, value in rows}
