"""Which sentences of the 公开说明 tell of something: read off the pack's templates, shown as they read now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xinfang_desk.messages import help as words
from xinfang_desk.messages import marks
from xinfang_desk.model.finding import Place
from xinfang_desk.model.formula import CellRef, Fetch, LedgerSum, RecordField, RecordSum, Value
from xinfang_desk.model.ledger import Record
from xinfang_desk.model.pack import ParagraphSpec
from xinfang_desk.model.passage import Paragraph, Passage
from xinfang_desk.model.sheet import CellAddress

if TYPE_CHECKING:
    from xinfang_desk.expr.evaluate import Leaf
    from xinfang_desk.flow.desk import Desk
    from xinfang_desk.flow.help import Goal

_MOST = 8
_BEGINNING = 40
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Told:
    """What is asked about: a typed value (``space``, ``address``), a field of a record, and the cells it moves."""

    space: str = ""
    address: str = ""
    record: Record | None = None
    field: str = ""
    cells: frozenset[CellAddress] = frozenset()


def sentences(desk: Desk, about: Told) -> tuple[Goal, ...]:
    """The sentences that read it, each with its section; one goes there."""
    from xinfang_desk.flow.help import Goal

    page = next((page.id for page in desk.pack.pages if page.kind == "preview"), "")
    goals: list[Goal] = []
    told_of = ""
    for section, passage in zip(desk.pack.narrative.sections, desk.document().passages, strict=True):
        for number, spec in enumerate(section.paragraphs, 1):
            if not _reads(spec, about):
                continue
            for text in _now(passage, f"{section.id}.{number}", about, bool(spec.each)):
                shown = text if len(text) <= _SHOWN else text[:_SHOWN] + marks.MORE
                if passage.heading and passage.heading != told_of:  # a section is named once
                    shown, told_of = words.SENTENCE_AT.format(heading=passage.heading, text=shown), passage.heading
                goals.append(Goal(shown, Place(page, text[:_BEGINNING], "text")))
    kept = list(dict.fromkeys(goals))
    return tuple(kept[:_MOST])


def _now(passage: Passage, key: str, about: Told, many: bool) -> Iterator[str]:
    """How a template's paragraphs read now; of one that is written for each row, those that tell of these cells."""
    mine = [p for p in passage.paragraphs if p.text and (p.key == key or p.key.startswith(f"{key}."))]
    if not mine:  # headings and texts of several lines have no key
        mine = [p for p in passage.paragraphs if p.text and not p.key and _bound(p, about)]
    elif many:
        bound = [p for p in mine if _bound(p, about)]
        mine = bound or ([] if about.cells or about.record is not None else mine[:1])
    yield from (p.text for p in mine[:3])


def _bound(paragraph: Paragraph, about: Told) -> bool:
    typed = f"{about.space}:{about.address}" if about.address else ""
    return any((typed and run.address == typed) or not about.cells.isdisjoint(run.cells) for run in paragraph.runs)


def _reads(spec: ParagraphSpec, about: Told) -> bool:
    from xinfang_desk.engine.reach import covers
    from xinfang_desk.expr.evaluate import leaves
    from xinfang_desk.expr.template import GradeSlot, PairSlot, TypedSlot, ValueSlot, WordSlot, parse_template

    facts = about.space == "facts" and bool(about.address)
    if facts and spec.each == f"fact:{about.address}":
        return True
    if spec.table:
        return False
    if about.field in ("name", "purpose", "result") and spec.each == about.space and f"{{{about.field}}}" in spec.text:
        return True
    values: list[Value] = []
    for piece in parse_template(spec.text):
        match piece:
            case WordSlot("unit"):
                if (about.space, about.address) == ("unit", "name"):
                    return True
            case TypedSlot(address):
                if facts and covers(address, about.address):
                    return True
            case ValueSlot(value):
                values.append(value)
            case PairSlot():
                values += [piece.left, piece.right]
                if facts and any(covers(reason, about.address) for reason in piece.reasons):
                    return True
            case GradeSlot(grade):
                values.append(grade.value)
    table = spec.each.partition(":")[0]
    return any(_leaf_reads(leaf, about, table) for value in values for leaf in leaves(value))


def _leaf_reads(leaf: Leaf, about: Told, each: str) -> bool:
    from xinfang_desk.engine.reach import covers
    from xinfang_desk.expr.evaluate import matcher

    match leaf:
        case Fetch(space, address):
            return space == about.space and bool(about.address) and covers(address, about.address)
        case LedgerSum(source, where):
            if about.record is None or source != about.space or about.field == "note":
                return False
            project = getattr(about.record, "project", None)
            return bool(matcher(where)(about.record, project))
        case CellRef():
            return any(cell.table.split("#")[0] == (leaf.table or each) and (not leaf.column or cell.column == leaf.column)
                       and (leaf.is_span or not leaf.row or "{" in leaf.row or cell.row == leaf.row)
                       for cell in about.cells)
        case RecordField(field):
            return each == about.space and field == about.field
        case RecordSum(space, field):
            return space == about.space and field == about.field
