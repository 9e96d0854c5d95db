"""The year while it is being worked on: records that move in place, and a frozen snapshot on demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from xinfang_desk.model.change import Change, SetField, SetUnit, SetValue, apply
from xinfang_desk.model.ledger import (
    FactValue,
    Income,
    Indicator,
    Line,
    Project,
    Purchase,
    Record,
    Unit,
    Year,
)

RECORD_SPACES = ("lines", "incomes", "projects", "indicators", "purchases")
VALUE_SPACES = ("facts", "priors", "approved", "explanations")


class Draft:
    """A mutable copy of a :class:`Year`. Only the engine holds one."""

    def __init__(self, year: Year) -> None:
        self._load(year)

    def _load(self, year: Year) -> None:
        self.unit: Unit = year.unit
        self.number = year.year
        self.lines: dict[int, Line] = dict(year.lines)
        self.incomes: dict[int, Income] = dict(year.incomes)
        self.projects: dict[int, Project] = dict(year.projects)
        self.indicators: dict[int, Indicator] = dict(year.indicators)
        self.purchases: dict[int, Purchase] = dict(year.purchases)
        self.facts: dict[str, FactValue] = dict(year.facts)
        self.priors: dict[str, int] = dict(year.priors)
        self.approved: dict[str, int] = dict(year.approved)
        self.explanations: dict[str, str] = dict(year.explanations)
        self._year = year
        self._changed: set[str] = set()

    def restore(self, year: Year) -> None:
        """Be ``year`` again, whose values are the ones that stand here now."""
        self._load(year)

    @property
    def year(self) -> Year:
        """The year as it stands, frozen; the same object until something changes."""
        if self._changed:
            fresh: dict[str, Any] = {name: dict(getattr(self, name)) for name in self._changed - {"unit"}}
            self._year = replace(self._year, unit=self.unit, **fresh)
            self._changed.clear()
        return self._year

    def records(self, space: str) -> Mapping[int, Record]:
        """One list of records."""
        return cast(Mapping[int, Record], getattr(self, space))

    def values(self, space: str) -> Mapping[str, FactValue]:
        """One set of addressed values."""
        return cast(Mapping[str, FactValue], getattr(self, space))

    def set_field(self, step: SetField) -> object:
        """Change one field; returns what stood there. Raises ``KeyError`` where the record is not there."""
        records: dict[int, Any] = getattr(self, step.space)
        record = records[step.id]
        old: object = getattr(record, step.field)
        records[step.id] = replace(record, **{step.field: step.new})
        self._changed.add(step.space)
        return old

    def set_value(self, step: SetValue) -> FactValue | None:
        """Change, add or remove one value; returns what stood there."""
        values: dict[str, FactValue] = getattr(self, step.space)
        old = values.get(step.address)
        if step.new is None:
            values.pop(step.address, None)
        else:
            values[step.address] = step.new
        self._changed.add(step.space)
        return old

    def set_unit(self, step: SetUnit) -> None:
        """Change the unit's particulars."""
        self.unit = step.new
        self._changed.add("unit")

    def apply(self, change: Change) -> None:
        """Carry out a whole change on the frozen year: the way for edits that add or remove records."""
        self._load(apply(self.year, change))
