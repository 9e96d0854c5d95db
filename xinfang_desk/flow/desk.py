"""The desk: one open book and one year of it, live. Everything the window and the terminal do goes through here.

An edit is a :class:`Change`: it moves the engine at once and is handed to the book's saver, which puts it on disk
in the background. Undo and redo are the book's own and survive closing.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from xinfang_desk.flow.errors import DeskError, SavingTrouble, telling
from xinfang_desk.flow.holder import holder_name
from xinfang_desk.flow.notes import Notes
from xinfang_desk.flow.outcome import Outcome, Verdict
from xinfang_desk.flow.recency import Recency
from xinfang_desk.flow.sections import Section, sections
from xinfang_desk.flow.trial import Trial
from xinfang_desk.messages import desk as said
from xinfang_desk.messages import safety as words
from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.model.chart import Chart
from xinfang_desk.model.codes import Codes
from xinfang_desk.model.finding import Finding
from xinfang_desk.model.ledger import Year
from xinfang_desk.model.money import MoneyUnit
from xinfang_desk.model.pack import FormField, Pack, Page, Severity
from xinfang_desk.model.passage import Document
from xinfang_desk.model.sheet import CellAddress, Sheet

if TYPE_CHECKING:
    from xinfang_desk.engine import Engine, Explanation
    from xinfang_desk.engine.rounding import Adjustment
    from xinfang_desk.flow.documents import DocumentChoice
    from xinfang_desk.model.formula import Value
    from xinfang_desk.store import Book, Notice, Saver, StoreError


logger = logging.getLogger(__name__)

_CLOSING_SECONDS = 30.0

SUBJECTS = "codes.list"
"""The fact that holds the accounts taken over from the bureau's own 科目表."""


class Desk:
    """One open book, one year. Close it with :meth:`close`."""

    moment = ""
    """Which former state this is, in words; '' for the year as it is now."""

    def __init__(self, book: Book, year: int, pack: Pack, *, former: Year | None = None) -> None:
        self.book = book
        self.read_only: bool = book.read_only or former is not None
        self._own_pack = pack
        self._start(former or book.load(year))
        self._closed: tuple[Engine, tuple[Adjustment, ...]] | None = None
        self._noted: dict[str, tuple[Sheet, Sheet]] = {}
        self._number = year
        self._former: tuple[Year, ...] | None = None
        self._last_year: tuple[Year | None] | None = None
        self._saver: Saver | None = None if self.read_only else book.saver(on_error=self._saving_failed)
        self._listeners: list[Callable[[Outcome], None]] = []
        self._trouble: list[Callable[[SavingTrouble | None], None]] = []
        self._given_up = False
        self._document: Document | None = None
        self._version = 0
        """moves with everything that is edited, or shown while it is typed"""
        self._findings: tuple[Finding, ...] | None = None
        self._recency = Recency()
        self._trial: Trial | None = None
        self._on_trial: list[Callable[[Outcome], None]] = []
        self._missing = 0
        self._notes = Notes(book)
        self.money_unit = MoneyUnit(self.recall("money_unit") or MoneyUnit.YUAN.value)

    def _start(self, year: Year) -> None:
        """Begin anew over ``year``, with the bureau's own accounts over the pack's where it has taken some over."""
        from xinfang_desk.engine import Engine
        from xinfang_desk.flow.subjects import with_subjects

        self.pack = with_subjects(self._own_pack, year)
        self._rests: dict[str, Value | None] = {}
        self._engine: Engine = Engine(self.pack, year)

    # ---- reading ----

    @property
    def path(self) -> Path:
        """The book's file."""
        return Path(self.book.path)

    @property
    def year(self) -> Year:
        """The year as it is now, frozen; what is still being typed is not in it."""
        return self._engine.year if self._trial is None else self._trial.before

    @property
    def own_pack(self) -> Pack:
        """The pack without the bureau's own accounts."""
        return self._own_pack

    @property
    def codes(self) -> Codes:
        """The account codes of the pack's year."""
        return self.pack.codes

    @property
    def engine(self) -> Engine:
        """The engine over what is typed, for the other use cases of this room."""
        return self._engine

    def sheet_ids(self) -> tuple[str, ...]:
        """The ids of all tables, in the order of the pack."""
        return self._engine.sheet_ids()

    def sheet_names(self) -> tuple[tuple[str, str], ...]:
        """The id of each table with its number and title, to choose from; no table is filled for it."""
        return self._engine.sheet_names()

    def sheets(self) -> tuple[Sheet, ...]:
        """Every table of the pack, filled and rounded as the pack says."""
        return tuple(map(self._noted_sheet, self._printing.sheets()))

    def sheet(self, sheet_id: str) -> Sheet:
        """One table, filled and rounded as the pack says. Raises ``KeyError``."""
        return self._noted_sheet(self._printing.sheet(sheet_id))

    def live_sheet(self, sheet_id: str) -> Sheet:
        """One table for the screen, after each edit: what only paper says (the note about 尾差, figures closed by
        舍位平衡) is left to :meth:`sheet`. Raises ``KeyError``."""
        return self._engine.sheet(sheet_id)

    def prepare(self, space: str, record: int) -> None:
        """Lay out the way of a line's amount before it is typed, so that even the first edit is quick."""
        self._engine.prepare(space, record)

    def warm(self) -> None:
        """Judge the book once, so that whoever shows it has nothing to wait for."""
        self.verdict()

    def adjustments(self) -> tuple[Adjustment, ...]:
        """What 舍位平衡 moves on the lines when printing; () where the pack rounds each cell by itself."""
        self.take_back()
        return self._close()[1] if self.pack.rounding == "closed" else ()

    @property
    def _printing(self) -> Engine:
        """The engine whose figures are printed; what is still being typed is taken back first."""
        self.take_back()
        return self._figures

    @property
    def _figures(self) -> Engine:
        """Over the closed lines where the pack closes its tables."""
        return self._close()[0] if self.pack.rounding == "closed" else self._engine

    def _close(self) -> tuple[Engine, tuple[Adjustment, ...]]:
        if self._closed is None:
            from xinfang_desk.engine import Engine
            from xinfang_desk.engine.rounding import close

            closed = close(self._engine.year)
            self._closed = (Engine(self.pack, closed.year), closed.adjustments)
        return self._closed

    def _noted_sheet(self, sheet: Sheet) -> Sheet:
        """The sheet with the note about 尾差 where it has one; kept as long as the sheet itself stays the same."""
        from xinfang_desk.engine.rounding import with_tail_note

        known = self._noted.get(sheet.id)
        if known is None or known[0] is not sheet:
            known = self._noted[sheet.id] = (sheet, with_tail_note(sheet))
        return known[1]

    def explain(self, cell: CellAddress) -> Explanation:
        """Where a figure comes from, in words."""
        self.take_back()
        return self._engine.explain(cell)

    def documents(self) -> tuple[DocumentChoice, ...]:
        """What this year can be published as; ``open_desk(…, pack=choice.pack)`` opens it so."""
        from xinfang_desk.flow.documents import documents

        return documents(self.year)

    def last_year(self) -> Year | None:
        """The former year of the same book, for its reasons and figures; ``None`` where the book has none."""
        if self._last_year is None:
            before = self._number - 1
            there = any(info.year == before for info in self.book.years())
            self._last_year = (self.book.load(before) if there else None,)
        return self._last_year[0]

    def document(self) -> Document:
        """The narrative as it reads now."""
        self.take_back()
        return self._narrative()

    def _narrative(self) -> Document:
        if self._document is None:
            from xinfang_desk.passages import compose

            self._document = compose(self._figures)
        return self._document

    def lay_out(self) -> Generator[None, None, None]:
        """Fill the tables and write the narrative, a piece at each step, so that :meth:`sheets` and :meth:`document` have
        it all at hand. After an edit (or while a figure is being typed) what is left is given up."""
        from xinfang_desk.passages import Composer

        if self._trial is not None:
            return
        version = self._version
        for sheet_id in self._figures.sheet_ids():
            self._noted_sheet(self._figures.sheet(sheet_id))
            yield
            if self._version != version:
                return
        if self._document is None:
            composer, passages = Composer(self._figures), []
            for passage in composer.passages():
                passages.append(passage)
                yield
                if self._version != version:
                    return
            self._document = composer.bound(passages)

    def digest(self) -> tuple[str, ...]:
        """The headline figures of the year, a sentence each."""
        from xinfang_desk.passages import digest

        return digest(self._printing)

    def charts(self) -> tuple[Chart, ...]:
        """The pictures of the budget, with 三公 over the years of this book; () for a self-evaluation."""
        from xinfang_desk.engine.charts import charts

        if self.pack.kind != "budget":
            return ()
        if self._former is None:
            self._former = tuple(self.book.load(info.year) for info in self.book.years() if info.year != self._number)
        return charts(self._printing.year, self.codes, self._former)

    def findings(self) -> tuple[Finding, ...]:
        """Every finding, errors first."""
        if self._findings is None:
            self._findings = self._recency.ordered(self._engine.findings(self._narrative))
        return self._findings

    def look_over(self) -> Generator[None, None, None]:
        """Run the checks the last edits have reached, one at each step, so that :meth:`findings` has them at hand. Edits
        may come in between."""
        if self._findings is None:
            yield from self._engine.look_over(self._narrative)

    def sections(self) -> tuple[Section, ...]:
        """The wizard map with each page's standing."""
        return sections(self.pack, self._engine.year, self.findings(), self._engine.holds)

    def fields(self, page: Page) -> tuple[FormField, ...]:
        """The questions of a page that are asked just now, one for each account where a field asks by account."""
        from xinfang_desk.flow.forms import expand

        return tuple(single for field in page.fields if self.shown(field)
                     for single in expand(field, self.year, self.codes))

    def shown(self, field: FormField) -> bool:
        """Whether a field is asked at all just now (its ``when``)."""
        return field.when is None or self._engine.holds(field.when)

    def verdict(self) -> Verdict:
        """Whether an edition may be built, and what is still to do."""
        found = self.findings()
        self._missing = sum(len(s.missing) for s in self.sections())
        return Verdict(sum(f.severity is Severity.ERROR for f in found), sum(f.unanswered for f in found),
                       self._missing)

    def still_to_place(self, address: str) -> int | None:
        """An approved total less what has been entered of it, in 分, what is being typed included; ``None`` where
        nothing is approved or no rule of the pack says what counts."""
        if address not in self._rests:
            from xinfang_desk.flow.approved import still_to_place

            self._rests[address] = still_to_place(self.pack, address)
        rest = self._rests[address]
        if rest is None or self._engine.approved(address) is None:
            return None
        value = self._engine.read(rest).value
        return None if value is None else int(value)

    # ---- while a figure is being typed ----

    @property
    def trial(self) -> Change | None:
        """What is being typed, from the stored values to the ones in the editor; ``None`` where nothing is."""
        return None if self._trial is None else self._trial.change

    def try_out(self, change: Change | None) -> None:
        """Show what an edit would move, without making it. Only figures can be shown so; for anything else (and for
        ``None``) what was shown before is taken back."""
        if change is None or self._saver is None or not self._engine.can_try(change):
            self.take_back()
            return
        if self._trial is not None and not self._trial.is_of(change):
            self.take_back()
        if self._trial is None:
            self._trial = Trial.begin(self._engine, change)
            sheets, cells = self._trial.sheets, self._trial.cells
        else:
            touched = self._trial.go_on(self._engine, change)
            sheets, cells = touched.sheets, touched.cells
        self._forget()
        self._tell_trial(Outcome(change, sheets, cells, True, False))

    def take_back(self) -> None:
        """Nothing is being typed any more: show the stored values again. Harmless where nothing was."""
        trial, self._trial = self._trial, None
        if trial is not None:
            back = trial.take_back(self._engine)
            self._forget()
            self._tell_trial(Outcome(back, trial.sheets, trial.cells, True, False))

    def live_text(self, cell: CellAddress) -> str:
        """What a cell reads just now, what is being typed included. Raises ``KeyError``."""
        return self._engine.text(cell)

    def live_texts(self, cells: tuple[CellAddress, ...]) -> list[str]:
        """The same of several cells. Raises ``KeyError``."""
        return self._engine.texts(cells)

    def live_verdict(self) -> Verdict:
        """The verdict at each key: every check of figures is decided anew, rules that read texts and lists say what
        they said when :meth:`verdict` was last asked for."""
        return Verdict(*self._engine.counts(), self._missing)

    def on_trial(self, listener: Callable[[Outcome], None]) -> None:
        """Be told what each key moves, and when it is taken back."""
        self._on_trial.append(listener)

    def _tell_trial(self, outcome: Outcome) -> None:
        for listener in tuple(self._on_trial):
            listener(outcome)

    # ---- editing ----

    def subscribe(self, listener: Callable[[Outcome], None]) -> None:
        """Be told after each edit, undo and redo."""
        self._listeners.append(listener)

    def forget_listeners(self) -> None:
        """Tell nobody any more: the window shows something else for a while."""
        self._listeners.clear()
        self._trouble.clear()

    def on_trouble(self, listener: Callable[[SavingTrouble | None], None]) -> None:
        """Be told, from the saving thread, when a change could not be put on disk, and ``None`` once all is."""
        self._trouble.append(listener)

    def do(self, change: Change) -> Outcome:
        """Carry out an edit: the engine moves, the saver gets it. Raises :class:`DeskError` on a read-only book."""
        if self._saver is None:
            raise DeskError(said.DESK_READ_ONLY)
        now = dt.datetime.now().astimezone()
        with telling():
            outcome = self._made(change)
            self._saver.submit(self._number, change, now)
        self._tell(outcome)
        self.book.tend(now)
        return outcome

    def explain_warning(self, finding: Finding, text: str) -> Outcome:
        """Write the 说明 that answers a warning; blank text takes it back."""
        old = self.year.explanations.get(finding.key)
        return self.do(Change(said.ANSWERED if text.strip() else said.ANSWER_TAKEN_BACK,
                              (SetValue("explanations", finding.key, old, text.strip() or None),)))

    def undo(self) -> Outcome | None:
        """Take the last change back; ``None`` where there is none."""
        return self._travel(back=True)

    def redo(self) -> Outcome | None:
        """Carry the change taken back out again; ``None`` where there is none."""
        return self._travel(back=False)

    @property
    def undo_label(self) -> str | None:
        """What :meth:`undo` would take back, ``None`` where there is nothing (what is still being saved counts)."""
        with telling():
            return None if self._saver is None else self.book.undo_label(self._number)

    @property
    def redo_label(self) -> str | None:
        """What :meth:`redo` would carry out again, ``None`` where there is nothing."""
        with telling():
            return None if self._saver is None else self.book.redo_label(self._number)

    def saved(self, timeout: float = 10.0) -> bool:
        """Wait until everything typed is on disk; ``False`` where that failed or took too long."""
        return self._saver is None or self._saver.wait(timeout)

    @property
    def trouble(self) -> SavingTrouble | None:
        """Why what was typed is not on disk, ``None`` where it is or soon will be."""
        error = None if self._saver is None else self._saver.error
        return None if error is None else SavingTrouble.of(error)

    @property
    def unsaved(self) -> int:
        """How many changes are not on disk yet."""
        return 0 if self._saver is None else self._saver.count

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What was found when the book was opened and the clerk should know."""
        return tuple(self.book.notices)

    def tend(self, now: dt.datetime) -> None:
        """Make the backup that is due, if one is, in the background: the program may run past midnight."""
        self.book.tend(now)

    def retry(self, timeout: float = 10.0) -> bool:
        """Try to put on disk what could not be; whether everything is."""
        if self._saver is None:
            return True
        self._saver.retry()
        return bool(self._saver.wait(timeout))

    def save_elsewhere(self, target: Path) -> bool:
        """Write everything, what could not be saved included, into a new book at ``target`` and go on there.

        ``False`` where the former file can no longer be read: the new book then holds this year alone, without its history.
        Raises :class:`DeskError` where ``target`` is taken or cannot be written; the desk then stays as it was.
        """
        from xinfang_desk import store

        now = dt.datetime.now().astimezone()
        former = self.book
        with telling():
            try:
                whole = bool(former.save_elsewhere(target, self.year, now))
                book = store.open_book(target, holder=holder_name(), now=now)
            except BaseException:
                if self._saver is not None:
                    self._saver.resume()
                raise
        self._notes.close()
        self.book, self.read_only, self._notes = book, False, Notes(book)
        self._saver = book.saver(on_error=self._saving_failed)
        former.abandon()
        return whole

    def give_up(self) -> None:
        """Let :meth:`close` give up what cannot be saved, as the clerk decided."""
        self._given_up = True

    def close(self) -> None:
        """Put everything on disk and let the book go.

        Raises :class:`DeskError` where something cannot be saved (unless given up); the desk is then still open.
        """
        self.take_back()
        if not self._given_up and not self.retry(_CLOSING_SECONDS):
            trouble = self.trouble
            raise DeskError(words.UNSAVED if trouble is None else trouble.sentence)
        if self._saver is not None and not self._given_up:
            from xinfang_desk.flow.recent import keep_standing

            keep_standing(self)
        self._notes.close()
        self._saver = None
        if self._given_up:
            self.book.abandon()
            return
        with telling():
            self.book.close()

    def set_money_unit(self, unit: MoneyUnit) -> None:
        """元 or 万元 as the unit amounts are typed and shown in; remembered in the book."""
        self.money_unit = unit
        self.remember("money_unit", unit.value)

    def remember(self, key: str, value: str) -> None:
        """Keep a small thing (last page, last cell) with the book; it is written in the background."""
        self._notes.keep(key, value)

    def remember_place(self, place: str) -> None:
        """Keep that this year was open last, and where in it the clerk was: each year has its place."""
        self.remember("year", str(self._number))
        self.remember(f"place.{self._number}", place)

    def last_place(self) -> str | None:
        """Where this year was left, ``None`` where it was never open."""
        return self.recall(f"place.{self._number}") or self.recall("place")

    def recall(self, key: str) -> str | None:
        """A small thing kept with the book."""
        with telling():
            return self._notes.recall(key)

    def _travel(self, *, back: bool) -> Outcome | None:
        if self._saver is None:
            return None
        self.take_back()
        now = dt.datetime.now().astimezone()
        with telling():
            change = self.book.undo(self._number, now) if back else self.book.redo(self._number, now)
        if change is None:
            return None
        self._recency.note(change)
        outcome = self._move(change)
        self._tell(outcome)
        return outcome

    def _made(self, change: Change) -> Outcome:
        """The outcome of an edit. Where it is the one being shown already, the engine stands right as it is."""
        self._recency.note(change)
        trial = self._trial
        if trial is None or trial.change.steps != change.steps:
            self.take_back()
            return self._move(change)
        self._trial = None
        self._findings = None  # the same, but now the remedy for this edit comes first
        return Outcome(change, trial.sheets, trial.cells, True, False)

    def _forget(self) -> None:
        self._version += 1
        self._closed = None
        self._document = None
        self._findings = None

    def _move(self, change: Change) -> Outcome:
        touched = self._engine.apply(change)
        if any(isinstance(step, SetValue) and step.address == SUBJECTS for step in change.steps):
            self._start(self._engine.year)
            touched = replace(touched, sheets=frozenset(self._engine.sheet_ids()), findings=True, structural=True)
        self._forget()
        return Outcome(change, touched.sheets, touched.cells, touched.findings, touched.structural)

    def _tell(self, outcome: Outcome) -> None:
        for listener in tuple(self._listeners):
            listener(outcome)

    def _saving_failed(self, error: StoreError | None) -> None:
        trouble = None if error is None else SavingTrouble.of(error)
        for listener in tuple(self._trouble):
            listener(trouble)
