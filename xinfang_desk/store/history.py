"""Every change as a row: who, when, what; undo and redo read it, so they survive closing the program."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from xinfang_desk.messages import history as said
from xinfang_desk.messages import store as words
from xinfang_desk.model.change import Change, RecordSpace, apply
from xinfang_desk.model.ledger import Year
from xinfang_desk.store import codec, quick, records
from xinfang_desk.store.info import HistoryEntry
from xinfang_desk.store.schema import history

_KINDS = ("change", "undo", "redo", "created", "binned", "restored")
_STATES = ("done", "undone", "dropped", "noted")

# Made once: building a statement costs more than running it.
_DROP_UNDONE = update(history).where(history.c.year_id == bindparam("y"), history.c.state == "undone").values(state="dropped")
_APPEND = insert(history)


def stamp(now: datetime) -> str:
    """A time as the book keeps it."""
    return now.isoformat(timespec="seconds")


def note(connection: Connection, year_id: int, now: datetime, who: str, label: str, kind: str, *,
         of: int | None = None, steps: str = "[]") -> int:
    """Append a row; returns its sequence number."""
    state = "done" if kind == "change" else "noted"
    result = quick.run(connection, _APPEND, {
        "year_id": year_id, "at": stamp(now), "who": who, "label": label, "kind": kind, "state": state, "of": of,
        "steps": steps})
    return int(result.lastrowid or 0)


def record(connection: Connection, year_id: int, change: Change, now: datetime, who: str) -> int:
    """Apply ``change`` and write it down; what was undone before can no longer be redone."""
    quick.run(connection, _DROP_UNDONE, {"y": year_id})
    records.write_steps(connection, year_id, change.steps)
    return note(connection, year_id, now, who, change.label, "change", steps=codec.encode_steps(change.steps))


def next_undo(connection: Connection, year_id: int) -> Row[Any] | None:
    """The row of the change that undo would take back."""
    return connection.execute(
        select(history).where(history.c.year_id == year_id, history.c.state == "done")
        .order_by(history.c.sequence.desc()).limit(1)).one_or_none()


def next_redo(connection: Connection, year_id: int) -> Row[Any] | None:
    """The row of the change that redo would make again."""
    return connection.execute(
        select(history).where(history.c.year_id == year_id, history.c.state == "undone")
        .order_by(history.c.sequence).limit(1)).one_or_none()


def undo(connection: Connection, year_id: int, now: datetime, who: str) -> Change | None:
    """Take the last change back; returns the inverse that was applied."""
    row = next_undo(connection, year_id)
    if row is None:
        return None
    inverse = codec.decode_change(row.label, row.steps).inverse()
    _move(connection, year_id, row, inverse, "undone")
    note(connection, year_id, now, who, row.label, "undo", of=row.sequence)
    return inverse


def redo(connection: Connection, year_id: int, now: datetime, who: str) -> Change | None:
    """Make the change undone last again; returns it."""
    row = next_redo(connection, year_id)
    if row is None:
        return None
    change = codec.decode_change(row.label, row.steps)
    _move(connection, year_id, row, change, "done")
    note(connection, year_id, now, who, row.label, "redo", of=row.sequence)
    return change


def _move(connection: Connection, year_id: int, row: Row[Any], change: Change, state: str) -> None:
    records.write_steps(connection, year_id, change.steps)
    connection.execute(update(history).where(history.c.sequence == row.sequence).values(state=state))


_SHOWN = [column for column in history.c if column.name != "steps"]
"""What a list of changes shows: the steps are left on the disk."""


def entries(connection: Connection, year_id: int, limit: int, *, before: int | None = None,
            words: str = "") -> tuple[HistoryEntry, ...]:
    """The newest ``limit`` rows, newest first; of those older than the row ``before`` and with ``words`` in label, time
    or name where these are given."""
    wanted = select(*_SHOWN).where(history.c.year_id == year_id)
    if before is not None:
        wanted = wanted.where(history.c.sequence < before)
    for word in words.split():
        wanted = wanted.where(or_(*(column.contains(word, autoescape=True)
                                    for column in (history.c.label, history.c.who, history.c.at))))
    rows = connection.execute(wanted.order_by(history.c.sequence.desc()).limit(limit))
    return tuple(_entry(row) for row in rows)


def count(connection: Connection, year_id: int) -> int:
    """How many rows there are."""
    found: int = connection.execute(select(func.count()).where(history.c.year_id == year_id)).scalar_one()
    return found


def rewound(connection: Connection, year_id: int, year: Year, sequence: int) -> Year:
    """``year``, the state after the newest row, taken back to the state right after the row ``sequence``.

    Every later row is turned back in its turn: a change by its inverse, an undo by the change it took back, a redo by
    that change's inverse. Raises :class:`StoreError` where a step does not fit what is there.
    """
    rows = connection.execute(
        select(history.c.sequence, history.c.kind, history.c.of, history.c.label, history.c.steps)
        .where(history.c.year_id == year_id, history.c.sequence > sequence, history.c.kind.in_(("change", "undo", "redo")))
        .order_by(history.c.sequence.desc()))
    try:
        for row in rows:
            change = _moved(connection, row)
            year = apply(year, change if row.kind == "undo" else change.inverse())
    except KeyError as error:
        raise codec.bad_content(said.STEP_DOES_NOT_FIT.format(record=error)) from error
    return year


def _moved(connection: Connection, row: Any) -> Change:
    """The change a row made, took back or made again."""
    if row.kind == "change":
        return codec.decode_change(row.label, row.steps)
    found = connection.execute(select(history.c.steps).where(history.c.sequence == row.of)).scalar_one_or_none()
    if found is None:
        raise codec.bad_content(said.UNDONE_MISSING.format(sequence=row.sequence))
    return codec.decode_change(row.label, found)


def change_of(connection: Connection, year_id: int, sequence: int) -> Change | None:
    """What a row did, ``None`` for one that changed nothing or is not there."""
    row = connection.execute(select(history).where(history.c.year_id == year_id,
                                                   history.c.sequence == sequence)).one_or_none()
    if row is None or row.kind not in ("change", "undo", "redo"):
        return None
    change = _moved(connection, row)
    return change.inverse() if row.kind == "undo" else change


def deletions(connection: Connection, year_id: int, space: RecordSpace) -> tuple[tuple[HistoryEntry, Change], ...]:
    """The changes in force that took records out of a list, newest first."""
    rows = connection.execute(
        select(history).where(history.c.year_id == year_id, history.c.state == "done",
                              history.c.steps.contains(f'"do":"delete","space":"{space}"', autoescape=True))
        .order_by(history.c.sequence.desc()))
    return tuple((_entry(row), codec.decode_change(row.label, row.steps)) for row in rows)


def _entry(row: Row[Any]) -> HistoryEntry:
    if row.kind not in _KINDS or row.state not in _STATES:
        raise codec.bad_content(words.BROKEN_ENTRY.format(sequence=row.sequence))
    return HistoryEntry(row.sequence, row.at, row.who, row.label, row.kind, row.state, row.of)
