"""The bureau's own 科目表: read from a workbook, agreed to by the clerk, kept with the year, laid over the pack's list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xinfang_desk.flow.desk import SUBJECTS, Desk
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.messages import desk as words
from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.model.codes import Certainty, Code, CodeKind, Codes
from xinfang_desk.model.ledger import FactValue, Year
from xinfang_desk.model.pack import Pack
from xinfang_desk.model.proposal import SubjectList, overlay


def read_list(path: Path, desk: Desk) -> SubjectList:
    """What a bureau's workbook would change in the accounts of the open year. Nothing changes yet.

    Takes about a third of a second; call it away from the window's thread. Raises :class:`DeskError`.
    """
    from xinfang_desk.intake.errors import IntakeError
    from xinfang_desk.intake.subjects import read_subjects

    try:
        return read_subjects(path, desk.codes)
    except IntakeError as error:
        raise DeskError(str(error)) from error


def accept(desk: Desk, subjects: SubjectList) -> Outcome | None:
    """Take a list over; undo takes it back. ``None`` where it says nothing new."""
    rows = {(kind, code): (kind, code, name, source) for kind, code, name, source in _rows(desk.year)}
    for proposal in subjects.proposals:
        for code in proposal.taken:
            rows[proposal.kind.value, code.code] = (proposal.kind.value, code.code, code.name, subjects.source)
    return _keep(desk, tuple(rows[key] for key in sorted(rows)), words.SUBJECTS_TAKEN.format(source=subjects.source))


def forget(desk: Desk) -> Outcome | None:
    """Go back to the program's own list. ``None`` where none was taken over."""
    return _keep(desk, None, words.SUBJECTS_GIVEN_UP)


def _keep(desk: Desk, rows: FactValue | None, label: str) -> Outcome | None:
    old = desk.year.facts.get(SUBJECTS)
    return None if old == rows else desk.do(Change(label, (SetValue("facts", SUBJECTS, old, rows),)))


def with_subjects(pack: Pack, year: Year) -> Pack:
    """The pack with the year's agreed list over its accounts."""
    rows = _rows(year)
    if not rows:
        return pack
    given: dict[CodeKind, list[Code]] = {}
    for kind, code, name, source in rows:
        given.setdefault(CodeKind(kind), []).append(Code(code, name, Certainty.CONFIRMED, source))
    codes: Codes = overlay(pack.codes, given)
    return replace(pack, codes=codes)


def _rows(year: Year) -> tuple[tuple[str, str, str, str], ...]:
    kept = year.facts.get(SUBJECTS)
    known = {kind.value for kind in CodeKind}
    return tuple((row[0], row[1], row[2], row[3]) for row in kept
                 if len(row) == 4 and row[0] in known) if isinstance(kept, tuple) else ()
