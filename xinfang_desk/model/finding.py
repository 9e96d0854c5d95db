"""What a check found, in words a clerk understands, and how it can be mended."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from xinfang_desk.model.change import Change
from xinfang_desk.model.pack import Severity
from xinfang_desk.model.sheet import CellAddress

Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Mend:
    """A remedy the program proposes: one sentence and the change that carries it out."""

    say: str
    change: Change


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go: a wizard page and, on it, a field address, a record, or a cell of a sheet."""

    page: str
    address: str = ""
    space: str = ""
    record: int | None = None
    field: str = ""
    cell: CellAddress | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """核查结果. ``key`` is stable while the same thing is wrong (check id + place): explanations hang on it.

    ``expected``, ``actual`` and ``difference`` in 分 for money (``money`` True), else plain numbers; ``None`` where
    the rule is not about amounts. ``cells``: every cell of the rule, to be lit up.
    """

    key: str
    check: str
    severity: Severity
    sentence: str
    law: str
    place: Place
    table: str = ""
    row: str = ""
    expected: Number | None = None
    actual: Number | None = None
    difference: Number | None = None
    money: bool = True
    cells: tuple[CellAddress, ...] = ()
    mends: tuple[Mend, ...] = ()
    explanation: str = ""
    """the 说明 the clerk wrote for this warning; '' while none"""

    @property
    def unanswered(self) -> bool:
        """True for a warning that still wants its 说明."""
        return self.severity is Severity.WARNING and not self.explanation

    @property
    def blocks(self) -> bool:
        """True where no edition may be built: an error, or a warning nobody has answered yet."""
        return self.severity is Severity.ERROR or self.unanswered
