"""Which form pack a year of a book can be made for, and a pack with the accounts of the year it is used in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xinfang_desk.flow.documents import KIND_NAMES
from xinfang_desk.flow.shelves import listed, shelf
from xinfang_desk.messages import terms
from xinfang_desk.messages import years as words
from xinfang_desk.model.ledger import Year
from xinfang_desk.model.pack import Pack, PackKind


@dataclass(frozen=True, slots=True)
class PackOffer:
    """A pack a year can be made for. ``fits``: the pack says it serves that year; else the forms of the last year it
    serves are used for want of newer ones."""

    pack: str
    title: str
    kind: PackKind
    fits: bool

    @property
    def label(self) -> str:
        """As it stands in a list to choose from."""
        return self.title if self.fits else words.PACK_STRETCHED.format(title=self.title)


def offers(source: Year, year: int) -> tuple[PackOffer, ...]:
    """The packs for ``year`` of the unit of ``source``, the likeliest first; () where there is none.

    Of each kind of document (that of ``source`` first) those of the region that serve the year, then the one for the
    whole country; where none does, the region's newest.
    """
    infos = [info for info in listed() if info.years[0] and all(p.warning for p in info.problems)]
    own = next((info for info in infos if info.id == source.pack), None)
    regions = ({source.unit.region} | ({own.region} if own is not None else set())) - {"", terms.EVERYWHERE}
    kinds = sorted(KIND_NAMES, key=lambda kind: own is not None and kind != own.kind)
    found: list[PackOffer] = []
    for kind in kinds:
        near = [info for info in infos if info.kind == kind and info.region in regions]
        serving = [info for info in near if info.years[0] <= year <= info.years[1]]
        serving += [info for info in infos if info.kind == kind and info.region == terms.EVERYWHERE
                    and info.years[0] <= year <= info.years[1]]
        older = [info for info in near or [i for i in infos if i.kind == kind and i.region == terms.EVERYWHERE]
                 if info.years[1] < year]
        last = max((info.years[1] for info in older), default=0)
        chosen = serving or [info for info in older if info.years[1] == last]
        chosen.sort(key=lambda info: info.id != source.pack)
        found += [PackOffer(info.id, info.title, info.kind, bool(serving)) for info in chosen]
    return tuple(found)


def with_codes_of(pack: Pack, year: int) -> Pack:
    """The pack with the accounts of ``year`` where it is used beyond the years its own accounts are for.

    A budget pack within its years keeps the accounts it names; one that is used later, and a self-evaluation (which
    serves many years), takes the newest there are up to that year.
    """
    from xinfang_desk.packs import code_years, load_codes

    if pack.kind == "budget" and pack.years[0] <= year <= pack.years[1]:
        return pack
    forms = shelf()
    known = max((known for known in code_years(forms) if known <= year), default=0)
    return pack if known <= pack.codes.year else replace(pack, codes=load_codes(known, forms))


def load(pack_id: str, year: int) -> Pack:
    """The pack for a year. Raises :class:`~xinfang_desk.packs.PackError`."""
    from xinfang_desk.engine.rules import RULES
    from xinfang_desk.packs import load_pack

    return with_codes_of(load_pack(pack_id, shelf(), known_rules=frozenset(RULES)), year)
