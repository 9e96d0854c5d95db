"""What a year of a book can be published as: its budget, and the self-evaluation of the same year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.shelves import listed
from xinfang_desk.messages import desk as words
from xinfang_desk.messages import marks, terms
from xinfang_desk.model.ledger import Year
from xinfang_desk.model.pack import PackKind

KIND_NAMES: Mapping[PackKind, str] = {"budget": words.KINDS["budget"], "selfeval": words.KINDS["selfeval"]}


@dataclass(frozen=True, slots=True)
class DocumentChoice:
    """A document the year can be opened as. ``own``: it is the one the book's year was made for."""

    pack: str
    title: str
    kind: PackKind
    own: bool


def documents(year: Year) -> tuple[DocumentChoice, ...]:
    """The year's own document first, then those of the other kinds that fit its region and year.

    A pack of the region goes before the one for the whole country, which is only offered where the region has none.
    """
    infos = listed()
    own = next((info for info in infos if info.id == year.pack), None)
    found = [] if own is None else [DocumentChoice(own.id, own.title, own.kind, True)]
    regions = {year.unit.region} | ({own.region} if own is not None else set())
    fitting = [info for info in infos if info.years[0] <= year.year <= info.years[1]
               and (own is None or info.kind != own.kind) and info.region in regions | {terms.EVERYWHERE}]
    for kind in KIND_NAMES:
        near = [info for info in fitting if info.kind == kind and info.region in regions - {terms.EVERYWHERE}]
        found += [DocumentChoice(info.id, info.title, info.kind, False)
                  for info in near or [info for info in fitting if info.kind == kind]]
    return tuple(found)


def chosen_pack(year: Year, wanted: str) -> str:
    """The pack for ``wanted``: a kind (``selfeval``) or a pack's id. Raises :class:`DeskError` where none fits."""
    choices = documents(year)
    for choice in choices:
        if wanted in (choice.pack, choice.kind):
            return choice.pack
    named = marks.SEMICOLON.join(words.DOCUMENT_CHOICE.format(kind=choice.kind, pack=choice.pack, title=choice.title)
                                   for choice in choices) or words.NO_CHOICE
    raise DeskError(words.NO_DOCUMENT.format(year=year.year, wanted=wanted, named=named))
