"""What an edit moved, and how the year stands after it."""

from __future__ import annotations

from dataclasses import dataclass

from xinfang_desk.messages import desk as said
from xinfang_desk.messages import marks
from xinfang_desk.model.change import Change
from xinfang_desk.model.sheet import CellAddress


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an edit moved: ids of sheets, addresses of cells, whether findings and rows may have changed."""

    change: Change
    sheets: frozenset[str]
    cells: frozenset[CellAddress]
    findings: bool
    structural: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The one line above the findings."""

    errors: int
    warnings: int
    missing: int

    @property
    def ready(self) -> bool:
        """True where an edition may be built."""
        return not (self.errors or self.warnings or self.missing)

    @property
    def sentence(self) -> str:
        """可以公开, or what is still to do."""
        if self.ready:
            return said.READY
        counted = ((said.ERRORS_TO_MEND, self.errors), (said.STILL_MISSING, self.missing), (said.WARNINGS_TO_ANSWER, self.warnings))
        return said.NOT_READY.format(parts=marks.COMMA.join(words.format(count=count) for words, count in counted if count))
