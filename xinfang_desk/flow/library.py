"""Opening and making books, and the ready-made samples that come with the program."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.documents import chosen_pack
from xinfang_desk.flow.errors import DeskError, telling
from xinfang_desk.flow.holder import holder_name
from xinfang_desk.flow.sample_list import samples
from xinfang_desk.flow.shelves import shelf
from xinfang_desk.flow.year_packs import with_codes_of
from xinfang_desk.messages import desk as said
from xinfang_desk.messages import marks
from xinfang_desk.model.ledger import Unit, Year

_LONGEST_NAME = 60
"""Characters of a unit's name in a file's name: some systems take 255 bytes, three to a character."""


def sample_year(sample_id: str) -> Year:
    """The year a sample holds. Raises :class:`DeskError` where there is no such sample."""
    from xinfang_desk.packs import read_year

    for sample in samples():
        if sample.id == sample_id:
            return read_year(sample.path.read_text(encoding="utf-8"), sample.path.name)
    names = marks.AND.join(sample.id for sample in samples())
    raise DeskError(said.NO_SAMPLE.format(sample_id=sample_id, names=names))


def new_sample(sample_id: str, path: Path) -> None:
    """Make a book file from a sample. Raises :class:`DeskError`; an existing file is never overwritten."""
    seed = sample_year(sample_id)
    _create(path, seed.unit, seed.year, seed.pack, seed)


def new_book(path: Path, unit: Unit, year: int, pack: str) -> None:
    """Make an empty book. Raises :class:`DeskError`; an existing file is never overwritten."""
    _create(path, unit, year, pack, None)


def book_file(folder: Path, unit: str, year: int) -> Path:
    """Where a new book would be kept: the unit and the year as the file's name, fit for Windows and Linux alike."""
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "", unit).strip(" .")[:_LONGEST_NAME]
    return folder / f"{name or said.NEW_BOOK}{year}.xfb"


def _create(path: Path, unit: Unit, year: int, pack: str, seed: Year | None) -> None:
    from xinfang_desk import store

    with telling():
        store.create(path, unit=unit, year=year, pack=pack, holder=holder_name(),
                     now=dt.datetime.now().astimezone(), seed=seed).close()


LAST_YEAR_OPEN = "year"
"""Under what the year that was open last is kept in the book."""


def open_desk(path: Path, *, year: int | None = None, pack: str = "", read_only: bool = False,
              take_over: bool = False, resume: bool = False) -> Desk:
    """Open a book at a year (the newest without one; with ``resume`` the one that was open last).

    ``pack``: another document of the same year (``selfeval``, or a pack's id; see :meth:`Desk.documents`), '' for the
    year's own. ``take_over`` sets aside the lock another computer left behind. Raises :class:`BookBusy` where somebody else has
    the book open, :class:`DeskError` with the reason and the way on in every other case.
    """
    from xinfang_desk import packs, store
    from xinfang_desk.engine.rules import RULES

    with telling():
        book = store.open_book(path, holder=holder_name(), now=dt.datetime.now().astimezone(), read_only=read_only,
                               take_over=take_over)
    try:
        with telling():
            infos = book.years()
            last = book.recall(LAST_YEAR_OPEN) if resume and year is None else None
        year = next((info.year for info in infos if str(info.year) == last), year)
        wanted = [info for info in infos if year is None or info.year == year]
        if not wanted:
            raise DeskError(said.NO_YEAR.format(name=path.name, year=year or ""))
        info = max(wanted, key=lambda item: item.year)
        with telling():
            wanted_pack = chosen_pack(book.load(info.year), pack) if pack else info.pack
            loaded = packs.load_pack(wanted_pack, shelf(), known_rules=frozenset(RULES))
            return Desk(book, info.year, with_codes_of(loaded, info.year))
    except packs.PackError as error:
        book.abandon()
        raise DeskError(str(error)) from error
    except BaseException:
        book.abandon()
        raise


def salvage(path: Path, target: Path) -> str:
    """Save what can be read of a damaged book into a new one; returns the sentence that says what was saved.

    The damaged file is not touched. Raises :class:`DeskError`.
    """
    from xinfang_desk import store

    with telling():
        return store.salvage_book(path, target, holder=holder_name(), now=dt.datetime.now().astimezone()).message


def sample_notes(sample_id: str) -> tuple[str, ...]:
    """Where a sample's document contradicts itself: what it prints, what the book holds, and why."""
    notes = sample_year(sample_id).facts.get("sample.notes")
    if not isinstance(notes, tuple):
        return ()
    return tuple(marks.SPACE.join(shape.format(text=part) if shape else part for shape, part in zip(
        said.SAMPLE_NOTES, row, strict=False) if part) for row in notes)
