"""A figure that is still being typed: what it would move is shown, and taken back without a trace.

Nothing of it reaches the saver, the history or an edition: the book hears only of edits that were made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xinfang_desk.model.change import Change, SetField, SetValue, Step
from xinfang_desk.model.ledger import Year
from xinfang_desk.model.sheet import CellAddress

if TYPE_CHECKING:
    from xinfang_desk.engine import Engine, Touched


@dataclass(slots=True)
class Trial:
    """``change``: from the stored values to the ones typed so far. ``before``: the year without it. ``sheets`` and
    ``cells``: everything it has moved since it began."""

    change: Change
    before: Year
    sheets: frozenset[str]
    cells: frozenset[CellAddress]

    @classmethod
    def begin(cls, engine: Engine, change: Change) -> Trial:
        """Move the engine. ``change`` must be one it can try."""
        before = engine.year
        touched = engine.apply(change)
        return cls(change, before, touched.sheets, touched.cells)

    def is_of(self, change: Change) -> bool:
        """Whether ``change`` gives other values to the very same places."""
        steps, others = self.change.steps, change.steps
        return len(steps) == len(others) and all(map(_same_place, steps, others))

    def go_on(self, engine: Engine, change: Change) -> Touched:
        """The next key has been typed."""
        touched = engine.apply(change)
        self.change = change
        if touched.cells is not self.cells:  # nearly always the very same ones
            self.sheets |= touched.sheets
            self.cells |= touched.cells
        return touched

    def take_back(self, engine: Engine) -> Change:
        """Move the engine back to where it was; returns the change that did it."""
        back = self.change.inverse()
        engine.apply(back)
        engine.restore(self.before)
        return back


def _same_place(step: Step, other: Step) -> bool:
    match step, other:
        case SetField(), SetField():
            return (step.id, step.field, step.space) == (other.id, other.field, other.space)
        case SetValue(), SetValue():
            return (step.address, step.space) == (other.address, other.space)
    return step == other
