"""Model objects to plain values and back, strictly: a book from anywhere may hold anything."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from xinfang_desk.messages import store as words
from xinfang_desk.messages import terms
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
from xinfang_desk.model.ledger import FactValue, Income, Indicator, Line, Project, Purchase, Record, Unit
from xinfang_desk.store.errors import StoreError, Trouble

Plain = int | str | bool | None
"""What a column or a JSON field holds."""

_LARGEST = 2**63 - 1

RECORD_TYPES: dict[RecordSpace, type[Any]] = {
    "lines": Line, "incomes": Income, "projects": Project, "indicators": Indicator, "purchases": Purchase}


def bad_content(what: str) -> StoreError:
    """The refusal for something in a book that this program would never write."""
    return StoreError(words.CONTENT_BROKEN.format(what=what),
                      Trouble.DAMAGED)


def field_label(name: str) -> str:
    """What the clerk calls a field; its own name where a book from elsewhere has one this program does not know."""
    return terms.FIELDS.get(name, name)


@dataclass(frozen=True, slots=True)
class FieldType:
    """The type of one record field: ``base`` is int, str, bool or an enum."""

    name: str
    base: type[Any]
    nullable: bool

    def encode(self, value: object) -> Plain:
        """The plain value; raises :class:`StoreError` for a value of another type."""
        if value is None and self.nullable:
            return None
        if issubclass(self.base, Enum):
            if isinstance(value, self.base):
                text: str = value.value
                return text
        elif type(value) is self.base and (self.base is not int or -_LARGEST <= value <= _LARGEST):  # type: ignore[operator]
            return value  # type: ignore[return-value]
        raise StoreError(words.FIELD_UNFIT.format(name=field_label(self.name), value=value))

    def decode(self, raw: object) -> Any:
        """The model's value; raises :class:`StoreError` for anything :meth:`encode` does not make."""
        if type(raw) is self.base:
            return raw
        if raw is None and self.nullable:
            return None
        if issubclass(self.base, Enum) and type(raw) is str:
            try:
                return self.base(raw)
            except ValueError as error:
                raise bad_content(words.BROKEN_CHOICE.format(field=field_label(self.name), value=raw)) from error
        raise bad_content(words.BROKEN_TYPE.format(field=field_label(self.name), value=raw))


def _field_types(record: type[Any]) -> dict[str, FieldType]:
    hints = get_type_hints(record)
    found = {}
    for item in fields(record):
        hint = hints[item.name]
        nullable = get_origin(hint) in (Union, types.UnionType)
        base = next(a for a in get_args(hint) if a is not type(None)) if nullable else hint
        found[item.name] = FieldType(item.name, base, nullable)
    return found


FIELDS: dict[RecordSpace, dict[str, FieldType]] = {space: _field_types(t) for space, t in RECORD_TYPES.items()}
UNIT_FIELDS = _field_types(Unit)


def field_type(space: RecordSpace, name: str) -> FieldType:
    """The type of a field that may be set; raises :class:`StoreError` for one that is not there, or ``id``."""
    found = FIELDS[space].get(name)
    if found is None or name == "id":
        raise bad_content(words.BROKEN_FIELD.format(space=terms.SPACES[space], field=name))
    return found


def encode_record(space: RecordSpace, record: Record) -> dict[str, Plain]:
    """A record as plain values by field name."""
    if type(record) is not RECORD_TYPES[space]:
        raise StoreError(words.RECORD_UNFIT.format(
            space_names=terms.SPACES[space], name=type(record).__name__))
    return {name: kind.encode(getattr(record, name)) for name, kind in FIELDS[space].items()}


def decode_record(space: RecordSpace, raw: Mapping[str, object]) -> Record:
    """The record of plain values by field name; exactly the fields of the type."""
    types_ = FIELDS[space]
    if raw.keys() != types_.keys():
        raise bad_content(words.BROKEN_RECORD.format(space=terms.SPACES[space]))
    record: Record = RECORD_TYPES[space](**{name: kind.decode(raw[name]) for name, kind in types_.items()})
    return record


def row_decoder(space: RecordSpace) -> Callable[[Sequence[object]], Record]:
    """A quick decoder of rows whose values stand in the order of the record's fields."""
    decoders = tuple(kind.decode for kind in FIELDS[space].values())
    record_type = RECORD_TYPES[space]

    def decode(row: Sequence[object]) -> Record:
        record: Record = record_type(*[decode_(value) for decode_, value in zip(decoders, row, strict=True)])
        return record

    return decode


def encode_unit(unit: Unit) -> dict[str, Plain]:
    """A unit's particulars as plain values."""
    return {name: kind.encode(getattr(unit, name)) for name, kind in UNIT_FIELDS.items()}


def decode_unit(raw: object) -> Unit:
    """The unit of plain values."""
    if not isinstance(raw, Mapping) or raw.keys() != UNIT_FIELDS.keys():
        raise bad_content(words.BROKEN_UNIT)
    return Unit(**{name: kind.decode(raw[name]) for name, kind in UNIT_FIELDS.items()})


_VALUE_TYPES: dict[ValueSpace, tuple[type, ...]] = {
    "facts": (int, str, bool), "priors": (int,), "approved": (int,), "explanations": (str,)}


def plain_value(space: ValueSpace, value: FactValue) -> Plain | list[list[str]]:
    """A value of one of the address spaces as JSON can hold it."""
    if isinstance(value, tuple):
        if space == "facts" and all(type(row) is tuple and all(type(cell) is str for cell in row) for row in value):
            return [list(row) for row in value]
    elif type(value) in _VALUE_TYPES[space] and (isinstance(value, str) or -_LARGEST <= value <= _LARGEST):
        return value
    raise StoreError(words.VALUE_UNFIT.format(space_names=terms.SPACES[space], value=value))


def model_value(space: ValueSpace, raw: Any) -> FactValue:
    """The value of an address space from its plain form."""
    if type(raw) in _VALUE_TYPES[space]:
        value: FactValue = raw
        return value
    if space == "facts" and isinstance(raw, list) and all(
            isinstance(row, list) and all(type(cell) is str for cell in row) for row in raw):
        return tuple(tuple(row) for row in raw)
    raise bad_content(words.BROKEN_VALUE.format(space=terms.SPACES[space], value=raw))


def dump(value: object) -> str:
    """JSON text as the book keeps it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def parse(text: object, what: str) -> Any:
    """The JSON value of a text column; raises :class:`StoreError` where it is none."""
    if not isinstance(text, str):
        raise bad_content(words.NO_TEXT.format(what=what))
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise bad_content(words.NO_JSON.format(what=what)) from error


def encode_steps(steps: Sequence[Step]) -> str:
    """The steps of a change as JSON text."""
    return dump([_encode_step(step) for step in steps])


def _encode_step(step: Step) -> dict[str, object]:
    match step:
        case SetField(space, id_, name, old, new):
            kind = field_type(space, name)
            return {"do": "field", "space": space, "id": id_, "field": name, "old": kind.encode(old),
                    "new": kind.encode(new)}
        case Insert(space, record, position):
            return {"do": "insert", "space": space, "position": position, "record": encode_record(space, record)}
        case Delete(space, record, position):
            return {"do": "delete", "space": space, "position": position, "record": encode_record(space, record)}
        case SetValue(value_space, address, old, new):
            return {"do": "value", "space": value_space, "address": address,
                    "old": None if old is None else plain_value(value_space, old),
                    "new": None if new is None else plain_value(value_space, new)}
        case SetUnit(old_unit, new_unit):
            return {"do": "unit", "old": encode_unit(old_unit), "new": encode_unit(new_unit)}


def decode_change(label: str, text: object) -> Change:
    """The change of a history row; raises :class:`StoreError` for anything :func:`encode_steps` does not make."""
    raw = parse(text, terms.HISTORY)
    if not isinstance(raw, list):
        raise bad_content(words.NO_LIST_OF_STEPS)
    return Change(label, tuple(_decode_step(item) for item in raw))


_STEP_KEYS: dict[object, set[str]] = {
    "field": {"do", "space", "id", "field", "old", "new"}, "insert": {"do", "space", "position", "record"},
    "delete": {"do", "space", "position", "record"}, "value": {"do", "space", "address", "old", "new"},
    "unit": {"do", "old", "new"}}


def _decode_step(raw: object) -> Step:
    if not isinstance(raw, dict) or not isinstance(raw.get("do"), str) or raw.keys() != _STEP_KEYS.get(raw["do"]):
        raise bad_content(words.BROKEN_STEP)
    if raw["do"] == "unit":
        return SetUnit(decode_unit(raw["old"]), decode_unit(raw["new"]))
    if raw["do"] == "value":
        return _decode_value_step(raw)
    space = raw["space"]
    if not isinstance(space, str) or space not in RECORD_TYPES:
        raise bad_content(words.BROKEN_STEP_SPACE.format(space=space))
    record_space: RecordSpace = space
    if raw["do"] == "field":
        if type(raw["id"]) is not int or not isinstance(raw["field"], str):
            raise bad_content(words.BROKEN_STEP_FIELD)
        kind = field_type(record_space, raw["field"])
        return SetField(record_space, raw["id"], raw["field"], kind.decode(raw["old"]), kind.decode(raw["new"]))
    if type(raw["position"]) is not int or not isinstance(raw["record"], dict):
        raise bad_content(words.BROKEN_STEP_RECORD)
    record = decode_record(record_space, raw["record"])
    step_type = Insert if raw["do"] == "insert" else Delete
    return step_type(record_space, record, raw["position"])


def _decode_value_step(raw: dict[str, Any]) -> SetValue:
    space = raw["space"]
    if space not in ("facts", "priors", "approved", "explanations") or not isinstance(raw["address"], str):
        raise bad_content(words.BROKEN_STEP_ADDRESS)
    old, new = (None if raw[key] is None else model_value(space, raw[key]) for key in ("old", "new"))
    return SetValue(space, raw["address"], old, new)
