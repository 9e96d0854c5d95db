"""Random changes, on their own or fitting a year."""

from __future__ import annotations

from enum import Enum
from typing import Any

from hypothesis import strategies as st

from xinfang_desk.model.change import (
    Change,
    Delete,
    Insert,
    RecordSpace,
    SetField,
    SetUnit,
    SetValue,
    Step,
    apply,
)
from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.ledger import Record, Unit, Year
from xinfang_desk.store.codec import FIELDS, RECORD_TYPES, FieldType

SPACES: tuple[RecordSpace, ...] = ("lines", "incomes", "projects", "indicators", "purchases")
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_WHOLE = st.integers(-(2**62), 2**62)
_TABLE = st.lists(st.lists(_TEXT, max_size=3).map(tuple), max_size=3).map(tuple)
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "facts": _WHOLE | _TEXT | st.booleans() | _TABLE, "priors": _WHOLE, "approved": _WHOLE, "explanations": _TEXT}


def field_value(kind: FieldType) -> st.SearchStrategy[Any]:
    if issubclass(kind.base, Enum):
        return st.sampled_from(list(kind.base))
    plain: st.SearchStrategy[Any] = {int: _WHOLE, str: _TEXT, bool: st.booleans()}[kind.base]
    return st.none() | plain if kind.nullable else plain


def record_of(space: RecordSpace, ids: st.SearchStrategy[int]) -> st.SearchStrategy[Record]:
    values = {name: field_value(kind) for name, kind in FIELDS[space].items()}
    return st.builds(RECORD_TYPES[space], **{**values, "id": ids})


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Any change that can be written down; it need not fit a year."""
    steps: list[Step] = []
    for _ in range(draw(st.integers(0, 4))):
        space = draw(st.sampled_from(SPACES))
        kind = draw(st.sampled_from(["field", "insert", "delete", "value"]))
        if kind == "value":
            values = draw(st.sampled_from(sorted(_VALUES)))
            old, new = draw(st.none() | _VALUES[values]), draw(st.none() | _VALUES[values])
            steps.append(SetValue(values, draw(_TEXT), old, new))  # type: ignore[arg-type]
        elif kind == "field":
            name = draw(st.sampled_from([n for n in FIELDS[space] if n != "id"]))
            value = field_value(FIELDS[space][name])
            steps.append(SetField(space, draw(_WHOLE), name, draw(value), draw(value)))
        else:
            step = Insert if kind == "insert" else Delete
            steps.append(step(space, draw(record_of(space, _WHOLE)), draw(st.integers(-3, 9))))
    return Change(draw(_TEXT), tuple(steps))


def fitting(draw: st.DrawFn, year: Year) -> Change:
    """A change whose steps fit ``year`` one after the other, old values and positions true."""
    steps: list[Step] = []
    for _ in range(draw(st.integers(1, 4))):
        step = _fitting_step(draw, year)
        year = apply(year, Change("", (step,)))
        steps.append(step)
    return Change(draw(_TEXT), tuple(steps))


def _fitting_step(draw: st.DrawFn, year: Year) -> Step:
    kind = draw(st.sampled_from(["insert", "insert", "field", "delete", "value", "unit"]))
    space = draw(st.sampled_from(SPACES))
    records = getattr(year, space)
    if kind == "unit":
        return SetUnit(year.unit, Unit(draw(_TEXT), draw(_TEXT), draw(st.sampled_from(UnitKind)), draw(_TEXT)))
    if kind == "value":
        values = draw(st.sampled_from(sorted(_VALUES)))
        address = draw(st.sampled_from("abc"))
        return SetValue(values, address, getattr(year, values).get(address), draw(st.none() | _VALUES[values]))  # type: ignore[arg-type]
    if kind == "insert" or not records:
        fresh = max(records, default=0) + 1
        return Insert(space, draw(record_of(space, st.just(fresh))), draw(st.integers(0, len(records))))
    position = draw(st.integers(0, len(records) - 1))
    record = list(records.values())[position]
    if kind == "delete":
        return Delete(space, record, position)
    name = draw(st.sampled_from([n for n in FIELDS[space] if n != "id"]))
    return SetField(space, record.id, name, getattr(record, name), draw(field_value(FIELDS[space][name])))
