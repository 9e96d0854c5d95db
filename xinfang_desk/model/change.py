"""Edits as values: each can be applied to a :class:`Year`, undone, stored in the history and told to the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from xinfang_desk.model.ledger import FactValue, Record, Unit, Year

RecordSpace = Literal["lines", "incomes", "projects", "indicators", "purchases"]
ValueSpace = Literal["facts", "priors", "approved", "explanations"]
Scalar = Any
"""The value of one record field: enum member, str, int, bool or ``None``."""


@dataclass(frozen=True, slots=True)
class SetField:
    """One field of one record goes from ``old`` to ``new``."""

    space: RecordSpace
    id: int
    field: str
    old: Scalar
    new: Scalar


@dataclass(frozen=True, slots=True)
class Insert:
    """A record appears at ``position`` of its list (0 = first)."""

    space: RecordSpace
    record: Record
    position: int


@dataclass(frozen=True, slots=True)
class Delete:
    """A record disappears from ``position``; the whole record is kept so that undo restores it."""

    space: RecordSpace
    record: Record
    position: int


@dataclass(frozen=True, slots=True)
class SetValue:
    """A value at an address appears (``old`` None), changes, or disappears (``new`` None)."""

    space: ValueSpace
    address: str
    old: FactValue | None
    new: FactValue | None


@dataclass(frozen=True, slots=True)
class SetUnit:
    """The unit's own particulars change (name, code, kind, region)."""

    old: Unit
    new: Unit


Step = SetField | Insert | Delete | SetValue | SetUnit


@dataclass(frozen=True, slots=True)
class Change:
    """What the clerk did in one go: undone and redone as one. ``label`` is Chinese, for the history list."""

    label: str
    steps: tuple[Step, ...]

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.label, tuple(_inverse(step) for step in reversed(self.steps)))


def _inverse(step: Step) -> Step:
    match step:
        case Insert(space, record, position):
            return Delete(space, record, position)
        case Delete(space, record, position):
            return Insert(space, record, position)
        case SetField(space, id_, field, old, new):
            return SetField(space, id_, field, new, old)
        case SetValue(space, address, old, new):
            return SetValue(space, address, new, old)
        case SetUnit(old, new):
            return SetUnit(new, old)


def apply(year: Year, change: Change) -> Year:
    """The year after ``change``. Raises ``KeyError`` where a step names a record that is not there."""
    for step in change.steps:
        year = _apply_step(year, step)
    return year


def _apply_step(year: Year, step: Step) -> Year:
    match step:
        case SetUnit(_, new):
            return replace(year, unit=new)
        case SetValue(space, address, _, new):
            values = dict(getattr(year, space))
            if new is None:
                values.pop(address, None)
            else:
                values[address] = new
            return _with(year, space, values)
        case SetField(space, id_, field, _, new):
            records = dict(getattr(year, space))
            records[id_] = replace(records[id_], **{field: new})
            return _with(year, space, records)
        case Insert(space, record, position):
            return _with(year, space, _inserted(getattr(year, space), record, position))
        case Delete(space, record, _):
            records = dict(getattr(year, space))
            del records[record.id]
            return _with(year, space, records)


def _with(year: Year, space: RecordSpace | ValueSpace, content: Mapping[Any, Any]) -> Year:
    changed: dict[str, Any] = {space: content}
    return replace(year, **changed)


def _inserted(records: Mapping[int, Record], record: Record, position: int) -> dict[int, Record]:
    items = list(records.items())
    items.insert(position, (record.id, record))
    return dict(items)
