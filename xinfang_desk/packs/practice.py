"""The mistakes planted in the practice department: ``resources/samples/practice/mistakes.toml``.

Each says by which findings it is known, its hints in three steps, and, in the edit language of the worked examples,
how it is mended; the tests mend them all and expect a book that may be published.
"""

from __future__ import annotations

from dataclasses import dataclass

from xinfang_desk.messages import packs as words
from xinfang_desk.model.ledger import Year
from xinfang_desk.packs.cases import edited
from xinfang_desk.packs.fields import RECORDS
from xinfang_desk.packs.problems import Problems
from xinfang_desk.packs.section import Section, Spot
from xinfang_desk.packs.source import read_source


@dataclass(frozen=True, slots=True)
class PlantedMistake:
    """``finds``: beginnings of the keys of its findings. ``answer``: a 说明 for the warning mends it as well.

    ``page`` and ``spot`` (``lines.7.amount``, or ``text`` to look for in the narrative): where it really is, where
    that is not where its finding points.

    ``mended``: the practice year with this mistake, and those before it in the file, put right.
    """

    id: str
    title: str
    finds: tuple[str, ...]
    hint: str
    where: str
    why: str
    page: str
    spot: tuple[str, int, str] | None
    text: str
    answer: bool
    mended: Year


def read_mistakes(text: str, source_name: str, year: Year) -> tuple[PlantedMistake, ...]:
    """The mistakes planted in ``year``, in order. Raises :class:`PackError` with every fault and its line."""
    problems = Problems()
    source = read_source(source_name, text, problems)
    found: list[PlantedMistake] = []
    if source is not None:
        top = Section(Spot(source, (), problems), source.data, words.FILE)
        for section in top.sections("mistake", "[[mistake]] "):
            year = edited(section, year)
            found.append(_mistake(section, year))
            if found[-1].id in [one.id for one in found[:-1]]:
                section.say("id", words.MISTAKE_TWICE.format(id=found[-1].id))
            section.close()
        top.close()
    problems.raise_errors()
    return tuple(found)


def _mistake(section: Section, mended: Year) -> PlantedMistake:
    if not section.texts("finds"):
        section.say("finds", words.MISTAKE_NO_FINDS)
    return PlantedMistake(
        id=section.need("id"), title=section.need("title"), finds=section.texts("finds"), hint=section.need("hint"),
        where=section.need("where"), why=section.need("why"), page=section.text("page"),
        spot=_spot(section, mended),
        text=section.text("text"),
        answer=section.flag("answer") if section.has("answer") else False, mended=mended)


def _spot(section: Section, year: Year) -> tuple[str, int, str] | None:
    """List, id and field of the record the mistake is in; ``None`` where none is named or after noting a fault."""
    written = section.text("spot")
    space, _, rest = written.partition(".")
    number, _, field = rest.partition(".")
    if not written:
        return None
    if space not in RECORDS or not number.isdigit() or int(number) not in getattr(year, space):
        section.say("spot", words.MISTAKE_NO_SPOT.format(spot=written))
        return None
    return space, int(number), field
