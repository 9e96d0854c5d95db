"""The years of a book as people see them: listed with their state, made from a former one, binned and restored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xinfang_desk.flow import new_year
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import DeskError, telling
from xinfang_desk.flow.holder import holder_name
from xinfang_desk.flow.new_year import Choices, Plan
from xinfang_desk.flow.year_packs import PackOffer, load, offers
from xinfang_desk.messages import marks, terms
from xinfang_desk.messages import years as words
from xinfang_desk.model.ledger import Year

if TYPE_CHECKING:
    from xinfang_desk.store import Book, EditionInfo

FIRST, LAST = 2015, 2040


@dataclass(frozen=True, slots=True)
class YearState:
    """A year of the book. ``state``: how far it is, in words; ``current``: it is the one that is open."""

    year: int
    state: str
    current: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A former year to start from, and how many editions it has. ``file``: the other book it is in, '' for this one."""

    year: Year
    editions: int
    file: str = ""


def year_states(desk: Desk) -> tuple[YearState, ...]:
    """The years of the desk's book, newest first."""
    return tuple(YearState(info.year, _state(info.lines, info.changed, desk.book.editions(info.year)),
                           info.year == desk.year.year) for info in desk.book.years())


def _state(lines: int, changed: str, editions: tuple[EditionInfo, ...]) -> str:
    parts = [words.STATE_LINES.format(count=lines) if lines else words.STATE_EMPTY]
    if editions:
        last = editions[-1]
        shape = words.STATE_SIGNED if last.signatures else words.STATE_EDITION
        parts.append(shape.format(number=last.number))
    if changed:
        parts.append(words.STATE_CHANGED.format(day=day_of(changed)))
    return marks.COMMA.join(parts)


def day_of(at: str) -> str:
    """``2023-03-13T09:30:00`` as 2023年3月13日; what is no time stays as it is."""
    try:
        when = dt.datetime.fromisoformat(at)
    except ValueError:
        return at
    return terms.DAY.format(year=when.year, month=when.month, day=when.day)


def time_of(at: str) -> str:
    """The same with hours and minutes."""
    return f"{day_of(at)} {at[11:16]}".rstrip()


# ---- a new year -------------------------------------------------------------------------------------------------


def source_of(desk: Desk, year: int | None = None) -> Source:
    """A year of the desk's own book, the open one unless another is named. Raises :class:`DeskError`."""
    wanted = desk.year.year if year is None else year
    with telling():
        return Source(desk.year if wanted == desk.year.year else desk.book.load(wanted), len(desk.book.editions(wanted)))


def source_from(path: Path, desk: Desk, before: int) -> Source:
    """The newest year before ``before`` of another book of the same unit, read without touching it.

    Raises :class:`DeskError` where the file cannot be read, is another unit's, or has no earlier year.
    """
    from xinfang_desk import store

    with telling(), store.open_book(path, holder=holder_name(), now=_now(), read_only=True) as book:
        earlier = [info.year for info in book.years() if info.year < before]
        if not earlier:
            raise DeskError(words.NOTHING_EARLIER.format(file=path.name, year=before))
        source = Source(book.load(max(earlier)), len(book.editions(max(earlier))), path.name)
    mine, theirs = desk.year.unit, source.year.unit
    if mine.name.strip() != theirs.name.strip() and not (mine.code and mine.code == theirs.code):
        raise DeskError(words.OTHER_UNIT.format(file=path.name, other=theirs.name, unit=mine.name))
    return source


def years_open(desk: Desk, source: Source) -> tuple[int, ...]:
    """The years that can be made from ``source``, the next one first."""
    taken = {info.year for info in desk.book.years()}
    return tuple(year for year in range(source.year.year + 1, LAST + 1) if year not in taken)


def packs_for(source: Source, year: int) -> tuple[PackOffer, ...]:
    """The packs to choose from, the likeliest first. Raises :class:`DeskError` where there is none."""
    found = offers(source.year, year)
    if not found:
        raise DeskError(words.NO_PACK.format(region=source.year.unit.region, year=year))
    return found


def plan_year(source: Source, year: int, pack: str = "") -> Plan:
    """What the new year would take over; nothing happens yet. May be called from any thread.

    ``pack``: one of :func:`packs_for`, '' for the likeliest. Raises :class:`DeskError` with what is wrong.
    """
    from xinfang_desk.packs import PackError

    former = source.year
    if not FIRST <= year <= LAST:
        raise DeskError(words.TOO_FAR.format(year=year, first=FIRST, last=LAST))
    if year <= former.year:
        raise DeskError(words.NOT_LATER.format(year=year, source=former.year))
    if not (former.lines or former.incomes or former.projects or former.facts or former.indicators):
        raise DeskError(words.NOTHING_THERE.format(year=former.year))
    choices = packs_for(source, year)
    wanted = pack or choices[0].pack
    if wanted not in [offer.pack for offer in choices]:
        named = marks.AND.join(marks.WITH.format(name=offer.pack, detail=offer.title) for offer in choices)
        raise DeskError(words.OTHER_PACK.format(year=year, pack=wanted, packs=named))
    try:
        return new_year.plan(former, load(former.pack, former.year), load(wanted, year), year, editions=source.editions)
    except PackError as error:
        raise DeskError(str(error)) from error


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be made from a source: the years and, for the one looked at, the packs; and its plan. ``refusal``: why
    there is no plan."""

    source: Source
    years: tuple[int, ...]
    year: int
    packs: tuple[PackOffer, ...]
    pack: str
    plan: Plan | None
    refusal: str = ""


def offer(desk: Desk, source: Source | int, year: int | None = None, pack: str = "") -> Offer:
    """What can be made from a year of the desk's book (or a source found before). May be called from any thread.

    ``year`` and ``pack`` are taken where they are possible, else the likeliest. Raises :class:`DeskError` where the
    source cannot be read.
    """
    found = source if isinstance(source, Source) else source_of(desk, source)
    possible = years_open(desk, found)
    wanted = year if year in possible else possible[0] if possible else found.year.year + 1
    try:
        packs = packs_for(found, wanted)
        chosen = pack if pack in [one.pack for one in packs] else packs[0].pack
        return Offer(found, possible, wanted, packs, chosen, plan_year(found, wanted, chosen))
    except DeskError as error:
        return Offer(found, possible, wanted, (), "", None, str(error))


def add_year(desk: Desk, plan: Plan, choices: Choices) -> Path:
    """Make the planned year in the desk's book, after a checked backup; returns the backup. Raises :class:`DeskError`,
    and then nothing has changed."""
    if desk.read_only:
        raise DeskError(words.READ_ONLY)
    waiting = new_year.unchosen(plan, choices)
    if waiting:
        raise DeskError(words.UNCHOSEN.format(count=len(waiting), codes=marks.AND.join(one.title for one in waiting)))
    if any(info.year == plan.year for info in desk.book.years()):
        raise DeskError(words.ALREADY_THERE.format(year=plan.year))
    made = new_year.make(plan, choices)
    with telling():
        backup: Path = desk.book.backup_here(_now())
        desk.book.add_year(made, _now())
    return backup


# ---- the bin ----------------------------------------------------------------------------------------------------


def bin_year(book: Book, year: int) -> None:
    """Move a year to the bin, with its history and editions. Raises :class:`DeskError`."""
    with telling():
        book.bin_year(year, _now())


@dataclass(frozen=True, slots=True)
class Binned:
    """A year in the bin. ``at`` (ISO text) and ``who``: when and by whom it was put there."""

    id: int
    year: int
    lines: int
    editions: int
    at: str
    who: str


def binned(book: Book) -> tuple[Binned, ...]:
    """The years in the bin, the latest first."""
    with telling():
        return tuple(Binned(one.id, one.year, one.lines, one.editions, one.at, one.who) for one in book.binned())


def restore_year(book: Book, binned_id: int) -> int:
    """Put a year of the bin back; returns its number. Raises :class:`DeskError`."""
    with telling():
        return book.restore_year(binned_id, _now())


def empty_bin(book: Book, binned_ids: tuple[int, ...]) -> tuple[int, Path]:
    """Delete years of the bin for good, after a checked backup; returns how many, and the backup."""
    with telling():
        backup: Path = book.backup_here(_now())
        return book.empty_bin(binned_ids), backup


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()

