"""Questions of the wizard pages: what a field holds as text, and what typed text becomes."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import replace
from typing import Any

from xinfang_desk.flow.grid import EntryRefused, parse_count, parse_points, points_text
from xinfang_desk.messages import desk as words
from xinfang_desk.messages import marks, terms
from xinfang_desk.model.change import Change, SetUnit, SetValue
from xinfang_desk.model.codes import CodeKind, Codes, UnitKind
from xinfang_desk.model.ledger import FactValue, Year
from xinfang_desk.model.money import AmountRefused, MoneyUnit, format_amount, parse_amount
from xinfang_desk.model.pack import FormField

_DATE = re.compile(r"^(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?$")


def expand(field: FormField, year: Year, codes: Codes) -> tuple[FormField, ...]:
    """The questions a field asks: itself, or one for each account where its address ends in ``.*``.

    ``function.*`` asks for every 项 that has lines this year or a figure last year; ``econ_dept.*`` and
    ``econ_gov.*`` for every 类 (``reason.`` in front likewise).
    """
    if not field.address.endswith(".*"):
        return (field,)
    stem = field.address.removesuffix(".*")
    kind = CodeKind(stem.removeprefix("reason."))
    found = {as_asked(getattr(line, kind.value), kind) for line in year.lines.values()}
    found |= {address.removeprefix(kind.value + ".") for address in year.priors if address.startswith(kind.value + ".")}
    table = codes.table(kind)
    return tuple(replace(field, address=f"{stem}.{code}", label=marks.WITH.format(name=table.name(code), detail=code))
                 for code in sorted(found - {""}))


def as_asked(code: str, kind: CodeKind) -> str:
    """Function accounts are compared 项 by 项, economic ones 类 by 类 (领域惯例：说明按项、按类列增减)."""
    return code if kind is CodeKind.FUNCTION else code[:3]


def field_value(year: Year, field: FormField) -> FactValue | None:
    """The stored value of a field, ``None`` while blank."""
    if field.space == "unit":
        value = getattr(year.unit, field.address.removeprefix("unit."))
        return value.value if isinstance(value, UnitKind) else value or None
    stored: FactValue | None = getattr(year, field.space).get(field.address)
    return stored


def field_text(year: Year, field: FormField, unit: MoneyUnit) -> str:
    """What the field's editor shows (not for tables)."""
    value = field_value(year, field)
    if value is None:
        return ""
    if field.kind == "money" and isinstance(value, int):
        return format_amount(value, unit, decimals=2 if unit is MoneyUnit.YUAN else 6, trim=unit is MoneyUnit.WAN,
                             thousands=True)
    if field.kind == "points" and isinstance(value, int):
        return points_text(value)
    return terms.YES if value is True else terms.NO if value is False else str(value)


def parse_field(field: FormField, text: str, unit: MoneyUnit) -> FactValue | None:
    """The value typed text means; ``None`` for blank. Raises :class:`EntryRefused` with the reason in Chinese."""
    plain = text.strip()
    match field.kind:
        case "money":
            try:
                return parse_amount(text, unit)
            except AmountRefused as refused:
                raise EntryRefused(text, refused.reason) from refused
        case "count":
            return parse_count(text)
        case "points":
            return parse_points(text)
        case "date":
            return _parse_date(plain)
        case "choice":
            if plain and plain not in field.choices:
                raise EntryRefused(text, words.CHOICE_UNKNOWN.format(
                    label=field.label, plain=plain, choices=marks.AND.join(field.choices)))
            return plain or None
        case "flag":
            if plain and plain.lower() not in (*terms.YES_WORDS, *terms.NO_WORDS):
                raise EntryRefused(text, words.FLAG_UNKNOWN.format(title=field.label))
            return plain.lower() in terms.YES_WORDS if plain else None
        case _:
            return plain or None


def _parse_date(plain: str) -> str | None:
    if not plain:
        return None
    match = _DATE.match(unicodedata.normalize("NFKC", plain))
    if match is not None:
        try:
            return dt.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        except ValueError as wrong:
            raise EntryRefused(plain, words.NO_SUCH_DAY.format(plain=plain)) from wrong
    raise EntryRefused(plain, words.NO_DATE.format(plain=plain))


def set_field(year: Year, field: FormField, value: FactValue | None) -> Change | None:
    """The change that gives a field its new value; ``None`` where nothing changes."""
    old = field_value(year, field)
    if old == value and type(old) is type(value):
        return None
    if field.space == "unit":
        name = field.address.removeprefix("unit.")
        typed: Any = UnitKind(value) if name == "kind" else str(value or "")
        return Change(words.CHANGED.format(label=field.label), (SetUnit(year.unit, replace(year.unit, **{name: typed})),))
    return Change(words.CHANGED.format(label=field.label), (SetValue(field.space, field.address, old, value),))
