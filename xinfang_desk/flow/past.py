"""What was: the list of changes, former states looked at and restored, deleted projects brought back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import DeskError, SavingTrouble, telling
from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.flow.steps import step_lines
from xinfang_desk.messages import history as words
from xinfang_desk.messages import marks, terms
from xinfang_desk.model.change import Change, Delete, Insert, SetField, Step
from xinfang_desk.model.difference import difference
from xinfang_desk.model.ledger import Indicator, Line, Project, Year

if TYPE_CHECKING:
    from xinfang_desk.store import EditionInfo, HistoryEntry

PAGE = 200
"""How many entries are read at once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list of changes. ``sequence``: the state right after it can be looked at; ``undone``: it is not in
    force any more; ``kind`` edition: files were made of the state then."""

    sequence: int
    at: str
    who: str
    label: str
    kind: Literal["change", "undo", "redo", "created", "binned", "restored", "edition"]
    undone: bool

    @property
    def day(self) -> dt.date | None:
        """The day it happened, ``None`` where the book holds no readable time."""
        try:
            return dt.datetime.fromisoformat(self.at).date()
        except ValueError:
            return None

    @property
    def clock(self) -> str:
        """The time of day, hours and minutes."""
        return self.at[11:16]

    @property
    def what(self) -> str:
        """What was done, undone ones marked so."""
        shape = {"undo": words.UNDO, "redo": words.REDO}.get(self.kind, words.UNDONE if self.undone else "{label}")
        return shape.format(label=self.label)

    @property
    def moment(self) -> str:
        """The state after it, named: 2023年3月13日09:30“修改金额”之后."""
        day = self.day
        named = terms.DAY.format(year=day.year, month=day.month, day=day.day) if day else self.at
        return words.MOMENT.format(day=named, clock=self.clock, label=self.label)


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some entries, newest first. ``rest``: there are older ones; read on with ``before=entries[-1].sequence``."""

    entries: tuple[Entry, ...]
    rest: bool


def day_title(day: dt.date | None, today: dt.date) -> str:
    """The head of a day's entries."""
    if day is None:
        return words.BLANK
    named = terms.DAY.format(year=day.year, month=day.month, day=day.day)
    if day == today:
        return words.TODAY.format(day=named)
    if day == today - dt.timedelta(days=1):
        return words.YESTERDAY.format(day=named)
    return words.DAY_NAMED.format(day=named, weekday=words.WEEKDAYS[day.weekday()])


def entries(desk: Desk, *, before: int | None = None, search: str = "", limit: int = PAGE) -> EntryPage:
    """A page of the open year's changes, with its editions among them. May be called from any thread."""
    year = desk.year.year
    with telling():
        found = desk.book.history(year, limit + 1, before=before, words=search)
        editions = desk.book.editions(year)
    page = found[:limit]
    lowest = page[-1].sequence if len(found) > limit else 0
    made = [(edition.sequence, _edition(edition)) for edition in editions
            if lowest <= edition.sequence and (before is None or edition.sequence < before)]
    made = [(place, one) for place, one in made if all(word in f"{one.label}{one.who}{one.at}" for word in search.split())]
    listed = [(entry.sequence, _entry(entry)) for entry in page]
    # The edition was made after the change it holds: it stands above it.
    ordered = sorted([*((place, 0, one) for place, one in listed), *((place, 1, one) for place, one in made)],
                     key=lambda item: (item[0], item[1]), reverse=True)
    return EntryPage(tuple(one for _, _, one in ordered), len(found) > limit)


def _entry(entry: HistoryEntry) -> Entry:
    return Entry(entry.sequence, entry.at, entry.who, entry.label, entry.kind, entry.state in ("undone", "dropped"))


def _edition(edition: EditionInfo) -> Entry:
    shape = words.EDITION_SIGNED if edition.signatures else words.EDITION
    label = shape.format(number=edition.number, signers=marks.AND.join(edition.signatures))
    return Entry(edition.sequence, edition.at, edition.who, label, "edition", False)


def count(desk: Desk) -> int:
    """How many changes the open year has in all. May be called from any thread."""
    with telling():
        return desk.book.history_count(desk.year.year)


def details(desk: Desk, entry: Entry) -> tuple[str, ...]:
    """What an entry did, a line a step. May be called from any thread."""
    with telling():
        change = desk.book.change_of(desk.year.year, entry.sequence) if entry.kind != "edition" else None
    return step_lines(change, desk.year, desk.pack) if change is not None else ()


# ---- former states ----------------------------------------------------------------------------------------------


class FormerDesk(Desk):
    """A year as it was after an entry of its history: everything can be looked at, nothing changed.

    It shares the book with the desk it comes from (``live``); closing it closes that one.
    """

    def __init__(self, live: Desk, former: Year, entry: Entry) -> None:
        self.live = live
        super().__init__(live.book, live.year.year, live.own_pack, former=former)
        self.entry = entry
        self.money_unit = live.money_unit
        self.moment = entry.moment

    def do(self, change: Change) -> Outcome:
        raise DeskError(words.FORMER_READ_ONLY.format(moment=self.entry.moment))

    def remember(self, key: str, value: str) -> None:
        """Nothing is kept of looking back."""

    def recall(self, key: str) -> str | None:
        """The same as for the year itself."""
        return self.live.recall(key)

    @property
    def trouble(self) -> SavingTrouble | None:
        return self.live.trouble

    @property
    def unsaved(self) -> int:
        return self.live.unsaved

    def retry(self, timeout: float = 10.0) -> bool:
        return self.live.retry(timeout)

    def save_elsewhere(self, target: Path) -> bool:
        whole = self.live.save_elsewhere(target)
        self.book = self.live.book
        return whole

    def give_up(self) -> None:
        self.live.give_up()

    def close(self) -> None:
        self.live.close()


def former(desk: Desk, entry: Entry) -> Year:
    """The open year as it was right after an entry. May take long and be called from any thread.

    Raises :class:`DeskError` where the history does not fit what is in the book.
    """
    with telling():
        return desk.book.year_at(desk.year.year, entry.sequence)


def restore(desk: Desk, was: Year, entry: Entry) -> Outcome | None:
    """Make the open year what it was, as one change that undo takes back; ``None`` where it is the same already."""
    if desk.read_only:
        raise DeskError(words.RESTORE_READ_ONLY)
    change = difference(desk.year, was, words.RESTORED.format(moment=entry.moment))
    return desk.do(change) if change.steps else None


# ---- deleted projects -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DeletedProject:
    """A project that was deleted, with what went along with it. ``links``: the purchases that belonged to it."""

    project: Project
    lines: tuple[Line, ...]
    indicators: tuple[Indicator, ...]
    links: tuple[int, ...]
    at: str
    who: str

    @property
    def name(self) -> str:
        """What it was called."""
        return self.project.name or words.PROJECT_UNNAMED

    @property
    def detail(self) -> str:
        """What comes back with it."""
        return words.PROJECT_DETAIL.format(lines=len(self.lines), indicators=len(self.indicators),
                                           purchases=len(self.links))


def deleted_projects(desk: Desk) -> tuple[DeletedProject, ...]:
    """The projects deleted from the open year that are not back, the latest first. May be called from any thread."""
    year = desk.year
    there = {project.name for project in year.projects.values() if project.name}
    found: list[DeletedProject] = []
    seen: set[tuple[int, str]] = set()
    with telling():
        deletions = desk.book.deletions(year.year, "projects")
    for entry, change in deletions:
        back = {step.record for step in change.steps if isinstance(step, Insert)}
        for step in change.steps:
            if not isinstance(step, Delete) or not isinstance(step.record, Project) or step.record in back:
                continue
            project = step.record
            if (project.id, project.name) in seen or project.name in there or year.projects.get(project.id) == project:
                continue
            seen.add((project.id, project.name))
            found.append(_deleted(project, change, entry))
    return tuple(found)


def _deleted(project: Project, change: Change, entry: HistoryEntry) -> DeletedProject:
    gone = [step.record for step in reversed(change.steps) if isinstance(step, Delete)]
    links = tuple(step.id for step in change.steps if isinstance(step, SetField) and step.space == "purchases"
                  and step.field == "project" and step.old == project.id)
    return DeletedProject(project, tuple(one for one in gone if isinstance(one, Line) and one.project == project.id),
                          tuple(one for one in gone if isinstance(one, Indicator) and one.project == project.id),
                          links, entry.at, entry.who)


def project_back(year: Year, deleted: DeletedProject) -> Change:
    """The change that brings a project back at the end of its list, with its lines, indicators and purchases. Numbers
    that others have by now are given anew."""
    number = deleted.project.id if deleted.project.id not in year.projects else max(year.projects) + 1
    steps: list[Step] = [Insert("projects", replace(deleted.project, id=number), len(year.projects))]
    lines = _free_ids(year.lines, [line.id for line in deleted.lines])
    steps += [Insert("lines", replace(line, id=id_, project=number), place)
              for place, (line, id_) in enumerate(zip(deleted.lines, lines, strict=True), len(year.lines))]
    ids = _free_ids(year.indicators, [one.id for one in deleted.indicators])
    steps += [Insert("indicators", replace(one, id=id_, project=number), place)
              for place, (one, id_) in enumerate(zip(deleted.indicators, ids, strict=True), len(year.indicators))]
    steps += [SetField("purchases", id_, "project", None, number) for id_ in deleted.links
              if id_ in year.purchases and year.purchases[id_].project is None]
    return Change(words.PROJECT_BACK.format(name=deleted.name), tuple(steps))


def _free_ids(there: Iterable[int], wanted: Iterable[int]) -> list[int]:
    """The ids wanted, those that others have by now replaced by new ones."""
    taken, found = set(there), []
    for id_ in wanted:
        found.append(id_ if id_ not in taken else max(taken) + 1)
        taken.add(found[-1])
    return found


def restore_project(desk: Desk, deleted: DeletedProject) -> Outcome:
    """Bring a project back; undo takes it away again. Raises :class:`DeskError` on a book open for reading."""
    return desk.do(project_back(desk.year, deleted))
