"""What a rule is given, what it gives back, and the list of all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xinfang_desk.model.codes import Codes
from xinfang_desk.model.finding import Mend, Number, Place
from xinfang_desk.model.ledger import FactValue, Record, Year
from xinfang_desk.model.pack import Check, Pack
from xinfang_desk.model.passage import Document
from xinfang_desk.model.sheet import CellAddress

if TYPE_CHECKING:
    from xinfang_desk.engine.engine import Engine

READS = frozenset({"lines", "incomes", "projects", "indicators", "purchases", "facts", "priors", "approved", "unit",
                   "amounts", "text"})


_NOT_PUBLISHED = "phrases."
"""What begins so is the clerk's own stock of sentences and goes nowhere by itself."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a rule found.

    ``part`` makes the finding's key (check id + part) and must stay the same while the same thing is wrong.
    ``slots`` fill the check's ``say``. ``place`` without ``page`` gets the check's page.
    """

    part: str
    slots: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None
    table: str = ""
    row: str = ""
    cells: tuple[CellAddress, ...] = ()
    expected: Number | None = None
    actual: Number | None = None
    money: bool = True
    mends: tuple[Mend, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule may look at. ``document`` is ``None`` where no narrative was handed in."""

    engine: Engine
    year: Year
    pack: Pack
    check: Check
    document: Document | None = None

    @property
    def codes(self) -> Codes:
        """The account codes of the pack's year."""
        return self.pack.codes

    def texts(self) -> Iterable[tuple[str, str]]:
        """Every typed text with its address (table cells included), in the order of the addresses."""
        for address, value in sorted(self.year.facts.items()):
            if not address.startswith(_NOT_PUBLISHED):
                yield from ((address, text) for text in _texts_in(value))

    def name(self, record: Record) -> str:
        """What a record is called in a sentence."""
        return self.engine.record_name(record)


def _texts_in(value: FactValue) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for row in value:
            yield from row


RuleFunction = Callable[[RuleContext, Mapping[str, object]], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule and what makes it run again."""

    name: str
    reads: frozenset[str]
    run: RuleFunction


RULES: dict[str, Rule] = {}
"""Every rule by name."""


def rule(name: str, reads: Iterable[str]) -> Callable[[RuleFunction], RuleFunction]:
    """Register a function as the rule ``name``. Raises ``ValueError`` for a doubled name or an unknown ``reads``."""
    wanted = frozenset(reads)
    if name in RULES:
        raise ValueError(f"rule {name} is registered twice")
    if not wanted <= READS:
        raise ValueError(f"rule {name} reads unknown things: {sorted(wanted - READS)}")

    def register(function: RuleFunction) -> RuleFunction:
        RULES[name] = Rule(name, wanted, function)
        return function

    return register
