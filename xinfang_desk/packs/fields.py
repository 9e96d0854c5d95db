"""What the records of the ledger can be asked: their fields, and whether a condition over them makes sense."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Literal, get_args, get_type_hints

from xinfang_desk.expr import THIS, did_you_mean
from xinfang_desk.messages import marks, terms
from xinfang_desk.messages import packs as words
from xinfang_desk.model.codes import CodeKind, Codes
from xinfang_desk.model.formula import AllOf, AnyOf, Condition, FieldIs, FieldUnder, Not
from xinfang_desk.model.ledger import CATEGORIES, OPERATORS, Income, Indicator, Line, Project, Purchase

RECORDS: dict[str, type] = {"lines": Line, "incomes": Income, "projects": Project, "indicators": Indicator,
                            "purchases": Purchase}
SOURCE_FIELDS = tuple(f"{what}_{source}" for what in ("budget", "spent") for source in ("upper", "county", "carry", "other"))
"""A project's whole-year budget and execution by source of money, all in 分."""
CODE_FIELDS = {"function": CodeKind.FUNCTION, "econ_dept": CodeKind.ECON_DEPT, "econ_gov": CodeKind.ECON_GOV}
_CHOICES = {("purchases", "category"): CATEGORIES, ("indicators", "operator"): OPERATORS}

Shape = Literal["flag", "number", "text", "code", "project"]


@cache
def shapes(record: str) -> dict[str, Shape | tuple[str, ...]]:
    """Field → what it holds; a tuple lists the only values it can have. ``id`` is left out."""
    result: dict[str, Shape | tuple[str, ...]] = {}
    hints = get_type_hints(RECORDS[record])
    for field in dataclasses.fields(RECORDS[record]):
        hint = hints[field.name]
        kinds = [kind for kind in get_args(hint) if kind is not NoneType] if isinstance(hint, UnionType) else [hint]
        kind = kinds[0]
        if field.name == "id":
            continue
        if field.name == "project":
            result[field.name] = "project"
        elif (record, field.name) in _CHOICES:
            result[field.name] = _CHOICES[record, field.name]
        elif issubclass(kind, Enum):
            result[field.name] = tuple(str(member.value) for member in kind)
        elif kind is bool:
            result[field.name] = "flag"
        elif kind is int:
            result[field.name] = "number"
        else:
            result[field.name] = "code" if field.name in CODE_FIELDS else "text"
    return result


def numbers(record: str) -> tuple[str, ...]:
    """The fields of a record that are amounts or counts."""
    return tuple(name for name, shape in shapes(record).items() if shape == "number")


def faults(condition: Condition, record: str, codes: Codes, *, this: bool) -> Iterator[tuple[str, bool]]:
    """What is wrong with a condition over one list: sentence, and whether it is only a warning."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from faults(part, record, codes, this=this)
        case Not(part):
            yield from faults(part, record, codes, this=this)
        case FieldUnder(field, prefixes):
            yield from _under_faults(field, prefixes, record, codes)
        case FieldIs(field, values):
            yield from _is_faults(field, values, record, codes, this)


def _shape(field: str, record: str) -> Shape | tuple[str, ...] | str:
    """The shape of a field, or the sentence that says there is none."""
    owner, name = record, field
    if field.startswith("project.") and record == "lines":
        owner, name = "projects", field.removeprefix("project.")
    known = shapes(owner)
    if name in known:
        return known[name]
    return words.NO_FIELD.format(what=terms.SPACES[owner], name=name, hint=did_you_mean(name, known))


def _under_faults(field: str, prefixes: tuple[str, ...], record: str, codes: Codes) -> Iterator[tuple[str, bool]]:
    shape = _shape(field, record)
    if isinstance(shape, str) and shape not in get_args(Shape):
        yield shape, False
    elif shape != "code":
        yield words.UNDER_NO_CODE.format(field=field), False
    else:
        for prefix in prefixes:
            yield from _code_faults(CODE_FIELDS[field], prefix, codes)


def _code_faults(kind: CodeKind, prefix: str, codes: Codes) -> Iterator[tuple[str, bool]]:
    table = codes.table(kind)
    if not prefix.isdigit() or not table.level(prefix):
        yield words.PREFIX_NO_CODE.format(
            prefix=prefix, label=kind.label, lengths=marks.AND.join(map(str, kind.lengths))), False
    elif prefix not in table:
        # Function lists are completed by each bureau, the economic ones are complete.
        partial = kind is CodeKind.FUNCTION and len(prefix) > 3
        yield words.PREFIX_UNKNOWN.format(year=codes.year, label=kind.label, prefix=prefix), partial


def _is_faults(field: str, values: tuple[str | bool, ...], record: str, codes: Codes,
               this: bool) -> Iterator[tuple[str, bool]]:
    shape = _shape(field, record)
    if isinstance(shape, str) and shape not in get_args(Shape):
        yield shape, False
        return
    for value in values:
        if value is True:
            if shape != "flag":
                yield words.FIELD_NO_FLAG.format(field=field), False
        elif value == THIS:
            if shape != "project":
                yield words.ONLY_PROJECT_IS_THIS.format(field=field), False
            elif not this:
                yield words.NO_THIS_PROJECT, False
        elif shape == "flag":
            yield words.FIELD_IS_FLAG.format(field=field), False
        elif shape == "number":
            yield words.FIELD_IS_NUMBER.format(field=field), False
        elif shape == "project" and value != "":
            yield words.PROJECT_COMPARES, False
        elif shape == "code" and value != "":
            yield from _code_faults(CODE_FIELDS[field.rpartition(".")[2]], str(value), codes)
        elif isinstance(shape, tuple) and value not in shape:
            yield (words.FIELD_VALUE.format(
                field=field, value=value, shape=marks.AND.join(shape), hint=did_you_mean(str(value), shape)), False)
