"""Entered lines gathered into groups of equal attributes, and conditions answered for all groups at once.

A set of groups is a whole number used as a bit set (bit ``g`` = group ``g``), so a condition over thousands of lines
costs a handful of integer operations: its atoms are decided once for each distinct attribute.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import compress
from operator import attrgetter
from typing import Literal

from xinfang_desk.expr.evaluate import Amount, attribute, field_test
from xinfang_desk.model.formula import AllOf, AnyOf, Condition, FieldIs, FieldUnder, Not
from xinfang_desk.model.ledger import Income, Line, Project

Source = Literal["lines", "incomes"]

_FIELDS: Mapping[Source, tuple[str, ...]] = {
    "lines": ("kind", "function", "econ_dept", "econ_gov", "fund", "carry", "project", "purchase", "presumed"),
    "incomes": ("fund", "carry", "function", "presumed")}
_MOVES_KEPT = 64
_BITS = bytes(int(chr(c) == "1") if c < 128 else 0 for c in range(256))


def bits(groups: int) -> list[int]:
    """The numbers of the bits that are set, ascending."""
    flags = bin(groups)[:1:-1].encode().translate(_BITS)
    return list(compress(range(len(flags)), flags))


class Conditions:
    """Equal conditions of a pack have one number, found once and kept over builds."""

    def __init__(self) -> None:
        self._by_id: dict[int, tuple[Condition, int]] = {}
        self._by_value: dict[Condition, int] = {}

    def number(self, condition: Condition) -> int:
        """The number of a condition, the same for equal ones."""
        known = self._by_id.get(id(condition))
        if known is None:
            number = self._by_value.setdefault(condition, len(self._by_value))
            known = self._by_id[id(condition)] = (condition, number)
        return known[1]


class Cube:
    """One list (lines or incomes) as groups.

    ``keys[g]`` are the attributes of group ``g`` in the order of ``fields``; ``sums`` (分) and ``counts`` (amounts
    that are not blank) move with every edit of an amount, everything else stands until the list itself changes.
    """

    def __init__(self, source: Source, records: Mapping[int, Line] | Mapping[int, Income],
                 projects: Mapping[int, Project], conditions: Conditions, notes: bool = False) -> None:
        self.source = source
        self.fields = _FIELDS[source] + (("note",) if notes else ())
        self._projects = projects
        self._position = {field: i for i, field in enumerate(self.fields)}
        numbers: dict[tuple[object, ...], int] = {}
        self.group_of: dict[int, int] = {}
        self.members: list[list[int]] = []
        self.sums: list[int] = []
        self.counts: list[int] = []
        read = attrgetter(*self.fields)
        for record in records.values():
            raw = read(record)
            group = numbers.setdefault(raw, len(numbers))
            if group == len(self.members):
                self.members.append([])
                self.sums.append(0)
                self.counts.append(0)
            self.group_of[record.id] = group
            self.members[group].append(record.id)
            if record.amount is not None:
                self.sums[group] += record.amount
                self.counts[group] += 1
        self.keys: list[tuple[object, ...]] = list(numbers)
        self.everything = (1 << len(self.keys)) - 1
        self.repeated = sum(1 << group for group, members in enumerate(self.members) if len(members) > 1)
        """the groups of more than one record"""
        self._by_value: dict[str, dict[str | bool, int]] = {}
        self._conditions = conditions
        self._atoms: dict[tuple[FieldIs | FieldUnder, int | None], int] = {}
        self._masks: dict[tuple[int, int | None], int] = {}
        self._totals: dict[int, tuple[int | None, int]] = {}
        """sums asked for, and how many of the moves they know of: findings ask for the same ones at every edit"""
        self._moves: list[tuple[int, int, int]] = []
        """amounts that have moved since: group, difference in 分, blankness"""

    def column(self, field: str) -> list[object]:
        """One attribute of every group."""
        position = self._position[field]
        return [key[position] for key in self.keys]

    def by_value(self, field: str) -> Mapping[str | bool, int]:
        """For each distinct value of an attribute, the groups that have it. A field of the project is written
        ``project.special``; a field the list lacks has no values, so no atom over it holds."""
        known = self._by_value.get(field)
        if known is None:
            known = self._by_value[field] = self._spread(field)
        return known

    def _spread(self, field: str) -> dict[str | bool, int]:
        if field.startswith("project.") and "project" in self._position:
            found: dict[str | bool, int] = {}
            for number, groups in self.by_value("project").items():
                project = self._projects.get(int(number)) if number else None
                value = attribute(getattr(project, field[8:], None))
                found[value] = found.get(value, 0) | groups
            return found
        if field not in self._position:
            return {}
        members: dict[object, bytearray] = {}
        width = len(self.keys) // 8 + 1
        for group, raw in enumerate(self.column(field)):
            row = members.get(raw)
            if row is None:
                row = members[raw] = bytearray(width)
            row[group >> 3] |= 1 << (group & 7)
        return {attribute(raw): int.from_bytes(row, "little") for raw, row in members.items()}

    def mask(self, condition: Condition, this: int | None = None) -> int:
        """The groups that fulfil ``condition`` for the current project ``this``, remembered.

        ``condition`` belongs to the pack, or is an atom: other conditions made for one question go to
        :meth:`answer`, or they would be kept for ever.
        """
        if isinstance(condition, FieldIs | FieldUnder):
            atom = self._atoms.get((condition, this))
            if atom is None:
                atom = self._atoms[condition, this] = self.answer(condition, this)
            return atom
        key = (self._conditions.number(condition), this)
        known = self._masks.get(key)
        if known is None:
            known = self._masks[key] = self.answer(condition, this)
        return known

    def answer(self, condition: Condition, this: int | None = None) -> int:
        """The groups that fulfil a condition that is not worth remembering (made for one question)."""
        match condition:
            case FieldIs() | FieldUnder():
                passes, groups = field_test(condition, this), 0
                for value, having in self.by_value(condition.field).items():
                    if passes(value):
                        groups |= having
                return groups
            case Not(part):
                return self.everything & ~self.mask(part, this)
            case AllOf(parts):
                groups = self.everything
                for part in parts:
                    groups &= self.mask(part, this)
                return groups
            case AnyOf(parts):
                groups = 0
                for part in parts:
                    groups |= self.mask(part, this)
                return groups

    def total(self, groups: int) -> Amount:
        """The sum in 分 over a set of groups; blank where no amount in it is filled."""
        known = self._totals.get(groups)
        if known is not None:
            value, seen = known
            if seen == len(self._moves):
                return value
            for group, delta, filled in self._moves[seen:]:
                if groups >> group & 1:
                    if filled or value is None:
                        break
                    value += delta
            else:
                self._totals[groups] = (value, len(self._moves))
                return value
        chosen = bits(groups)
        found = sum(map(self.sums.__getitem__, chosen)) if any(map(self.counts.__getitem__, chosen)) else None
        self._totals[groups] = (found, len(self._moves))
        return found

    def records(self, groups: int) -> Iterable[int]:
        """The ids of the records in a set of groups."""
        return (id_ for group in bits(groups) for id_ in self.members[group])

    def move(self, record: int, delta: int, filled: int) -> int:
        """An amount changed by ``delta`` 分 and its blankness by ``filled`` (-1, 0, 1); returns its group."""
        group = self.group_of[record]
        self.sums[group] += delta
        self.counts[group] += filled
        if len(self._moves) >= _MOVES_KEPT:
            self._moves.clear()
            self._totals.clear()
        else:
            self._moves.append((group, delta, filled))
        return group
