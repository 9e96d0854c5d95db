"""The editions that were built from a book: files, hashes, the 说明 they carry, who must have signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from xinfang_desk.messages import store as words
from xinfang_desk.model.edition import Explained, MadeFile
from xinfang_desk.store import codec
from xinfang_desk.store.history import stamp
from xinfang_desk.store.info import EditionFile, EditionInfo
from xinfang_desk.store.schema import editions, history, years


def add(connection: Connection, year_id: int, *, title: str, date: str, files: Iterable[MadeFile],
        explained: Iterable[Explained], draft: bool, now: datetime, who: str) -> int:
    """Write an edition down; returns its number, counted from 1 in its year."""
    number = 1 + (connection.execute(
        select(func.max(editions.c.number)).where(editions.c.year_id == year_id)).scalar_one() or 0)
    sequence = connection.execute(
        select(func.max(history.c.sequence)).where(history.c.year_id == year_id)).scalar_one() or 0
    connection.execute(insert(editions), {
        "year_id": year_id, "number": number, "title": title, "date": date, "draft": draft, "at": stamp(now),
        "who": who, "sequence": sequence,
        "files": codec.dump([[f.kind, f.path.name, f.size, f.sha256, f.pages] for f in files]),
        "explained": codec.dump([[e.sentence, e.explanation] for e in explained]), "signatures": "[]"})
    return number


def set_signatures(connection: Connection, year_id: int, number: int, signers: Sequence[str]) -> bool:
    """Record who has signed, in order; False where there is no such edition."""
    here = (editions.c.year_id == year_id, editions.c.number == number)
    return connection.execute(update(editions).where(*here).values(signatures=codec.dump(list(signers)))).rowcount == 1


def listed(connection: Connection, year_id: int) -> tuple[EditionInfo, ...]:
    """All editions of a year, oldest first."""
    rows = connection.execute(select(editions, years.c.year).join(years, years.c.id == editions.c.year_id)
                              .where(editions.c.year_id == year_id).order_by(editions.c.number))
    return tuple(_info(row) for row in rows)


def _info(row: Row[Any]) -> EditionInfo:
    where = words.EDITION_AT.format(number=row.number)
    files = [EditionFile(*item) for item in _rows(row.files, (str, str, int, str, int), where)]
    explained = [Explained(*item) for item in _rows(row.explained, (str, str), where)]
    signatures = codec.parse(row.signatures, where)
    if not isinstance(signatures, list) or not all(isinstance(item, str) for item in signatures):
        raise codec.bad_content(words.BROKEN_SIGNERS.format(where=where))
    return EditionInfo(row.year, row.number, row.title, row.date, row.draft, row.at, row.who, row.sequence,
                       tuple(files), tuple(explained), tuple(signatures))


def _rows(text: object, shape: tuple[type, ...], where: str) -> list[list[Any]]:
    found = codec.parse(text, where)
    if not isinstance(found, list) or not all(
            isinstance(item, list) and tuple(type(cell) for cell in item) == shape for item in found):
        raise codec.bad_content(words.BROKEN_FILES.format(where=where))
    return found
