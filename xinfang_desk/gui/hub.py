"""The window's wire to the desk: edits go in, what they moved comes out as Qt signals, trouble as a sentence."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import DeskError, SavingTrouble
from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.gui.hearers import Hearers
from xinfang_desk.gui.piecemeal import Piecemeal
from xinfang_desk.messages import window as t
from xinfang_desk.model.change import Change
from xinfang_desk.model.finding import Finding, Place
from xinfang_desk.model.money import MoneyUnit
from xinfang_desk.model.sheet import CellAddress

logger = logging.getLogger(__name__)

_SLOW_SECONDS = 0.05
_PAUSE_MS = 200
_MANY_LINES = 200
_TYPING_PAUSE_MS = 150


class Hub(QObject):
    """One open desk. ``changed`` comes at once with each edit's :class:`Outcome`; ``judged`` right after, when
    findings and sections are worth asking for again."""

    changed = Signal(object)
    judged = Signal()
    paused = Signal()
    """the first pause in typing a figure: what is dear to find out is worth asking for"""
    unit_changed = Signal()
    said = Signal(str)
    refused = Signal(str)
    place_wanted = Signal(object)
    source_wanted = Signal(object)
    cells_lit = Signal(object)
    trouble = Signal(object)
    """A :class:`SavingTrouble` while what was typed is not on disk, ``None`` once it is."""
    _saver_trouble = Signal(object)
    paper_wanted = Signal(object)
    print_wanted = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.tried: Hearers[[Outcome]] = Hearers()
        """what the figure being typed has moved so far: shown, not made"""
        self._judge = QTimer(self)
        self._judge.setSingleShot(True)
        self._judge.setInterval(0)
        self._judge.timeout.connect(self._look_over)
        self._looking = Piecemeal(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.paused)
        self._judged_in_trial = False
        # The saver calls from its own thread; the signal brings the sentence over to this one.
        self._saver_trouble.connect(self._pass_trouble_on)
        desk.subscribe(self._heard)
        desk.on_trial(self._tried)
        desk.on_trouble(self._saver_trouble.emit)

    # ---- editing ----

    def do(self, change: Change | None) -> bool:
        """Carry out an edit; ``False`` (and a sentence in the message bar) where the desk refuses it."""
        if change is None:
            return True
        return self._try(lambda: self.desk.do(change)) is not None

    def try_out(self, change: Change | None) -> None:
        """Show what an edit would move while it is being typed."""
        self.desk.try_out(change)

    def take_back(self) -> None:
        """Nothing is being typed any more."""
        self.desk.take_back()

    def carry_out(self, act: Callable[[], Outcome | None]) -> Outcome | None:
        """Carry out something the desk makes an edit of; ``None`` where it is refused (told in the message bar) or
        there is nothing to do."""
        return self._try(act)

    def explain_warning(self, finding: Finding, text: str) -> bool:
        """Answer a warning with a 说明."""
        return self._try(lambda: self.desk.explain_warning(finding, text)) is not None

    def undo(self) -> None:
        """Take the last change back and say which it was."""
        self._say_travel(self._try(self.desk.undo), t.UNDONE, t.NOTHING_TO_UNDO)

    def redo(self) -> None:
        """Carry the last change taken back out again and say which it was."""
        self._say_travel(self._try(self.desk.redo), t.REDONE, t.NOTHING_TO_REDO)

    def set_unit(self, unit: MoneyUnit) -> None:
        """Type and show amounts in 元 or 万元."""
        if unit is not self.desk.money_unit:
            self.desk.set_money_unit(unit)
            self.unit_changed.emit()

    # ---- going places ----

    def go(self, place: Place) -> None:
        """Ask the window to show a place."""
        self.place_wanted.emit(place)

    def show_source(self, cell: CellAddress) -> None:
        """Ask the window to tell where a figure comes from."""
        self.source_wanted.emit(cell)

    def rest(self) -> None:
        """The desk is being put away: nothing is judged any more, only trouble still comes through."""
        self.desk.take_back()
        self.tried.clear()
        self._judge.stop()
        self._looking.stop()
        self._pause.stop()

    def show_printed(self, cells: tuple[CellAddress, ...]) -> None:
        """Ask the window to show where cells stand on the printed pages."""
        self.paper_wanted.emit(cells)

    # ---- inside ----

    def _try(self, act: Callable[[], Outcome | None]) -> Outcome | None:
        try:
            return act()
        except DeskError as error:
            self.refused.emit(str(error))
            return None

    def _say_travel(self, outcome: Outcome | None, done: str, nothing: str) -> None:
        self.said.emit(done.format(label=outcome.change.label) if outcome else nothing)

    def _heard(self, outcome: Outcome) -> None:
        self.changed.emit(outcome)
        self._looking.stop()
        self._judge.start()

    def _tried(self, outcome: Outcome) -> None:
        self.tried.emit(outcome)
        self._pause.start()
        if self._judged_in_trial and self.desk.trial is None:
            self._judge.start()

    def _look_over(self) -> None:
        """After an edit that reaches many checks they are run piece by piece, and the window lives on meanwhile."""
        self._looking.begin(self.desk.look_over(), self._judge_now, at_once=True)

    def _judge_now(self) -> None:
        """The verdict comes as soon as the edit is painted; in a book so large that it takes longer than anyone
        should wait between two keys, it comes in the first pause."""
        begin = time.perf_counter()
        self._judged_in_trial = self.desk.trial is not None
        self.judged.emit()
        slow = len(self.desk.year.lines) >= _MANY_LINES and time.perf_counter() - begin > _SLOW_SECONDS
        self._judge.setInterval(_PAUSE_MS if slow else 0)

    def _pass_trouble_on(self, trouble: SavingTrouble | None) -> None:
        if trouble is not None:
            logger.error("a change could not be saved: %s", trouble.sentence)
        self.trouble.emit(trouble)
