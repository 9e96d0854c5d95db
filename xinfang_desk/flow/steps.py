"""The steps of a change in words, for the list of changes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from xinfang_desk.flow import grid
from xinfang_desk.messages import desk as said
from xinfang_desk.messages import history as words
from xinfang_desk.messages import marks, terms
from xinfang_desk.model.change import Change, Delete, Insert, RecordSpace, SetField, SetUnit, SetValue, Step
from xinfang_desk.model.ledger import Record, Year
from xinfang_desk.model.money import MoneyUnit, format_amount
from xinfang_desk.model.pack import Pack

MOST = 60
"""A paste of thousands of cells is told by its first steps and a number."""

_SHOWN = 40
_OTHER_MONEY = frozenset({"target_amount", "price", "for_sme", "for_micro"})


def step_lines(change: Change, year: Year, pack: Pack) -> tuple[str, ...]:
    """A line a step, the first :data:`MOST` of them. ``year`` and ``pack`` give the names."""
    labels: dict[tuple[str, str], str] = {
        (field.space, field.address): field.label for page in pack.pages for field in page.fields}
    lines = [_line(step, year, pack, labels) for step in change.steps[:MOST]]
    if len(change.steps) > MOST:
        lines.append(words.MORE_STEPS.format(count=len(change.steps) - MOST))
    return tuple(lines)


def _line(step: Step, year: Year, pack: Pack, labels: Mapping[tuple[str, str], str]) -> str:
    match step:
        case SetField(space, id_, field, old, new):
            record = getattr(year, space).get(id_)
            name = words.NUMBERED.format(id=id_) if record is None else _name(record, pack)
            return words.SET_FIELD.format(space=terms.SPACES[space], name=name, field=_field_label(space, field),
                                          old=_text(old, money=_is_money(field)), new=_text(new, money=_is_money(field)))
        case Insert(space, record, _):
            return words.INSERTED.format(space=terms.SPACES[space], name=_name(record, pack))
        case Delete(space, record, _):
            return words.DELETED.format(space=terms.SPACES[space], name=_name(record, pack))
        case SetUnit(before, after):
            return words.SET_UNIT.format(old=before.name, new=after.name)
        case SetValue(value_space, address, old, new):
            money = value_space in ("priors", "approved") or _asked_as_money(pack, value_space, address)
            return words.SET_VALUE.format(label=_address_label(value_space, address, pack, labels),
                                          old=_text(old, money=money), new=_text(new, money=money))


def _name(record: Record, pack: Pack) -> str:
    """What a record is called: its own name, else its accounts and fund."""
    name = str(getattr(record, "name", ""))
    if name:
        return name
    kind, econ, function = (getattr(record, field, None) for field in ("kind", "econ_dept", "function"))
    parts = [kind.label if kind is not None else "",
             pack.codes.econ_dept.name(econ) or econ if econ else "",
             pack.codes.function.name(function) or function if function and not econ else ""]
    fund = getattr(record, "fund", None)
    named = "·".join(part for part in parts if part)
    return named or (fund.label if fund is not None else words.NUMBERED.format(id=record.id))


def _field_label(space: RecordSpace, field: str) -> str:
    return next((column.title for column in grid.all_columns(space) if column.field == field), field)


def _is_money(field: str) -> bool:
    return field in ("amount", *_OTHER_MONEY) or field.startswith(("budget_", "spent_"))


def _asked_as_money(pack: Pack, space: str, address: str) -> bool:
    return any(field.kind == "money" for page in pack.pages for field in page.fields
               if (field.space, field.address) == (space, address))


def _address_label(space: str, address: str, pack: Pack, labels: Mapping[tuple[str, str], str]) -> str:
    """The question's own words; for an account its code and name."""
    if (space, address) in labels:
        return labels[space, address]
    stem, _, code = address.rpartition(".")
    asked = labels.get((space, f"{stem}.*"))
    if asked is None:
        return terms.SPACES[space]
    tables = (pack.codes.function, pack.codes.econ_dept, pack.codes.econ_gov)
    name = next((t.name(code) for t in tables if code in t), "")
    return said.QUESTION_OF_ACCOUNT.format(question=asked, code=code, name=name).rstrip()


def _text(value: Any, *, money: bool) -> str:
    """A value in few words."""
    if value is None or value == "":
        return words.BLANK
    if isinstance(value, bool):
        return terms.YES if value else terms.NO
    if isinstance(value, tuple):
        return words.TABLE_ROWS.format(count=len(value))
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, int) and money:
        return format_amount(value, MoneyUnit.YUAN, thousands=True)
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN else text[:_SHOWN - 1] + marks.CUT
