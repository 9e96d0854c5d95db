"""What leads from one state of a year to another, as one change that can be taken back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import get_args

from xinfang_desk.model.change import (
    Change,
    Delete,
    Insert,
    RecordSpace,
    SetField,
    SetUnit,
    SetValue,
    Step,
    ValueSpace,
)
from xinfang_desk.model.ledger import FactValue, Record, Year

RECORD_SPACES: tuple[RecordSpace, ...] = get_args(RecordSpace)
VALUE_SPACES: tuple[ValueSpace, ...] = get_args(ValueSpace)


def difference(before: Year, after: Year, label: str) -> Change:
    """The change with ``apply(before, difference(before, after, …)) == after``, the order of records included.

    No steps where both are the same. Records that moved are taken out and put in again. Raises ``ValueError`` where
    the two are not the same year.
    """
    if before.year != after.year:
        raise ValueError(f"{before.year} is not {after.year}")
    steps: list[Step] = [] if before.unit == after.unit else [SetUnit(before.unit, after.unit)]
    for space in RECORD_SPACES:
        steps += _record_steps(space, getattr(before, space), getattr(after, space))
    for value_space in VALUE_SPACES:
        steps += _value_steps(value_space, getattr(before, value_space), getattr(after, value_space))
    return Change(label, tuple(steps))


def _record_steps(space: RecordSpace, before: Mapping[int, Record], after: Mapping[int, Record]) -> Iterable[Step]:
    """Deletions from the end, then fields, then insertions from the front: so every position is true when it is
    reached, on the way back too."""
    places = {id_: position for position, id_ in enumerate(after)}
    staying = _longest_rise([places[id_] for id_ in before if id_ in places])
    kept = {id_ for id_ in before if id_ in places and places[id_] in staying}
    for position, (id_, record) in reversed(list(enumerate(before.items()))):
        if id_ not in kept:
            yield Delete(space, record, position)
    for id_, record in before.items():
        if id_ in kept and after[id_] != record:
            yield from _field_steps(space, record, after[id_])
    for position, (id_, record) in enumerate(after.items()):
        if id_ not in kept:
            yield Insert(space, record, position)


def _field_steps(space: RecordSpace, before: Record, after: Record) -> Iterable[Step]:
    for item in fields(before):
        old, new = getattr(before, item.name), getattr(after, item.name)
        if old != new:
            yield SetField(space, before.id, item.name, old, new)


def _value_steps(space: ValueSpace, before: Mapping[str, FactValue], after: Mapping[str, FactValue]) -> Iterable[Step]:
    for address, old in before.items():
        new = after.get(address)
        # 1 and True are equal to Python, and are not the same answer.
        if old != new or type(old) is not type(new):
            yield SetValue(space, address, old, new)
    for address, new in after.items():
        if address not in before:
            yield SetValue(space, address, None, new)


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """A longest part of ``numbers`` (all different) that rises: what need not move."""
    ends: list[int] = []
    smallest: list[int] = []
    former: dict[int, int | None] = {}
    for number in numbers:
        length = bisect_left(smallest, number)
        former[number] = ends[length - 1] if length else None
        ends[length:length + 1] = [number]
        smallest[length:length + 1] = [number]
    found: set[int] = set()
    last: int | None = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = former[last]
    return frozenset(found)
