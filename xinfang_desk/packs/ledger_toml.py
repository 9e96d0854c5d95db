"""One unit's year written as TOML: the base of worked examples and the shipped samples.

Amounts are texts with their unit (``"12.5万元"``, ``"300元"``), so that 元 and 万元 cannot be mixed up. The format is
described in forms/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_type_hints

from xinfang_desk.expr import did_you_mean
from xinfang_desk.messages import marks, terms
from xinfang_desk.messages import packs as words
from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.ledger import FactValue, Kind, Project, Record, Unit, Year
from xinfang_desk.model.money import UNIT_WORDS, AmountRefused, MoneyUnit, parse_amount
from xinfang_desk.packs.fields import RECORDS, SOURCE_FIELDS
from xinfang_desk.packs.problems import PackError, Problems
from xinfang_desk.packs.section import Section, Spot
from xinfang_desk.packs.source import read_source

SECTIONS = {"project": "projects", "line": "lines", "income": "incomes", "indicator": "indicators",
            "purchase": "purchases"}
"""``[[line]]`` in the file → the list it belongs to. Projects first: the others refer to them."""

MONEY_FIELDS = frozenset(("amount", "price", "target_amount", "for_sme", "for_micro", *SOURCE_FIELDS))
POINT_FIELDS = frozenset(("score",))
_POINTS = re.compile(r"(\d+)(?:\.(\d{1,2}))?分")
_AMOUNT = re.compile(rf"[+-]?[\d,]+(?:\.\d+)?(?:{'|'.join(UNIT_WORDS)})")
Shape = Literal["enum", "flag", "money", "whole", "points", "project", "text"]


def read_year(text: str, source_name: str) -> Year:
    """The year a TOML text describes. Raises :class:`PackError` with every fault and its line."""
    problems = Problems()
    source = read_source(source_name, text, problems)
    year = None if source is None else _year(Section(Spot(source, (), problems), source.data, words.FILE))
    problems.raise_errors()
    if year is None:
        raise PackError(problems.items)
    return year


def _year(top: Section) -> Year:
    head = top.section("year", "[year] ")
    unit = top.section("unit", "[unit] ")
    if head is None:
        top.spot.say(words.NO_YEAR_SECTION)
    if unit is None:
        top.spot.say(words.NO_UNIT_SECTION)
    number, pack = (head.whole("year"), head.need("pack")) if head else (0, "")
    if head is not None and not 2015 <= number <= 2040:
        head.say("year", words.YEAR_RANGE)
    lists: dict[str, dict[int, Any]] = {}
    for key, space in SECTIONS.items():
        lists[space] = dict(_records(top, key, space, lists.get("projects", {})))
    year = Year(
        unit=_unit(unit) if unit else Unit(""), year=number, pack=pack, **lists, facts=_facts(top),
        priors=_amounts(top, "priors"), approved=_amounts(top, "approved"), explanations=top.words("explanations"))
    for section in (head, unit, top):
        if section is not None:
            section.close()
    return year


def _unit(section: Section) -> Unit:
    return Unit(name=section.need("name"), code=section.text("code"), region=section.text("region"),
                kind=section.member("kind", UnitKind, UnitKind.ADMIN))


# ---- records ----------------------------------------------------------------------------------------------------


@cache
def _shapes(space: str) -> Mapping[str, tuple[Shape, type[Enum] | None]]:
    hints = get_type_hints(RECORDS[space])
    result: dict[str, tuple[Shape, type[Enum] | None]] = {}
    for field in fields(RECORDS[space]):
        hint = hints[field.name]
        kind = next(k for k in get_args(hint) if k is not NoneType) if isinstance(hint, UnionType) else hint
        if field.name == "project":
            result[field.name] = ("project", None)
        elif field.name in MONEY_FIELDS:
            result[field.name] = ("money", None)
        elif field.name in POINT_FIELDS:
            result[field.name] = ("points", None)
        elif issubclass(kind, Enum):
            result[field.name] = ("enum", kind)
        else:
            result[field.name] = ("flag" if kind is bool else "whole" if kind is int else "text", None)
    return result


def _records(top: Section, key: str, space: str, projects: Mapping[int, Project]) -> Iterator[tuple[int, Record]]:
    seen: set[int] = set()
    for i, section in enumerate(top.sections(key, f"[[{key}]] "), start=1):
        record = read_record(section, space, i, projects)
        if record is None:
            continue
        if record.id in seen:
            section.say("id", words.RECORD_ID_TWICE.format(what=terms.SPACES[space], id=record.id))
        seen.add(record.id)
        yield record.id, record


def read_record(section: Section, space: str, default_id: int, projects: Mapping[int, Project]) -> Record | None:
    """The record of a section; ``None`` after noting faults. Fields that are not written keep their defaults."""
    values: dict[str, object] = {"id": default_id}
    for name in _shapes(space):
        if section.has(name):
            value = read_field(section, name, space, name, projects)
            if value is not None:
                values[name] = value
    if space == "lines" and "kind" not in values:
        if not section.has("kind"):
            section.spot.say(words.LINE_NO_KIND.format(value=marks.AND.join(kind.value for kind in Kind)))
        return None
    section.close()
    record: Record = RECORDS[space](**values)
    return record


def read_field(section: Section, key: str, space: str, name: str, projects: Mapping[int, Project]) -> object:
    """The value written at ``key`` for field ``name`` of a record of ``space``; ``None`` for blank or a fault."""
    shape, enum = _shapes(space)[name]
    if shape == "enum":
        assert enum is not None
        return section.member(key, enum, next(iter(enum)))
    if shape == "flag":
        return section.flag(key)
    if shape == "whole":
        return section.whole(key)
    if shape == "money":
        return read_amount(section.spot.at(key), section.data[key])
    if shape == "points":
        return _points(section.spot.at(key), section.data[key])
    if shape == "project":
        return _project(section, key, projects)
    return section.text(key)


def known_fields(space: str) -> tuple[str, ...]:
    """The fields of a record that can be written."""
    return tuple(_shapes(space))


def is_optional(space: str, name: str) -> bool:
    """Whether a field may be blank (``None``), which edits write as an empty text."""
    return isinstance(get_type_hints(RECORDS[space])[name], UnionType)


def _project(section: Section, key: str, projects: Mapping[int, Project]) -> int | None:
    wanted = section.data[key]
    if isinstance(wanted, int) and wanted in projects:
        return wanted
    by_name = {project.name: number for number, project in projects.items()}
    if isinstance(wanted, str) and wanted in by_name:
        return by_name[wanted]
    section.say(key, words.NO_PROJECT.format(wanted=wanted, hint=did_you_mean(str(wanted), by_name)))
    return None


# ---- values -----------------------------------------------------------------------------------------------------


def read_amount(spot: Spot, value: object) -> int | None:
    """An amount in 分 from a text with its unit; ``None`` for blank or after noting a fault."""
    if value == 0 and not isinstance(value, bool):
        return 0
    if not isinstance(value, str):
        spot.say(words.AMOUNT_WITH_UNIT)
        return None
    try:
        amount = parse_amount(value, MoneyUnit.YUAN)
    except AmountRefused as refused:
        spot.say(refused.reason)
        return None
    if amount and not re.sub(r"[ )）]+$", "", value).endswith(tuple(UNIT_WORDS)):
        spot.say(words.AMOUNT_NO_UNIT.format(value=value))
        return None
    return amount


def _points(spot: Spot, value: object) -> int | None:
    """A score in hundredths of a point from ``"7.5分"``; ``None`` for blank or after noting a fault."""
    match = _POINTS.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        if value != "":
            spot.say(words.POINTS_WITH_UNIT)
        return None
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def read_fact(spot: Spot, value: object) -> FactValue | None:
    """A typed fact: a count, yes/no, text, an amount (a text that is nothing but an amount), a score (``"7.5分"``), or
    rows of texts."""
    if isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        if _POINTS.fullmatch(value):
            return _points(spot, value)
        return read_amount(spot, value) if _AMOUNT.fullmatch(value) else value
    if isinstance(value, list):
        rows = [tuple(row) if isinstance(row, list) else (row,) for row in value]
        if all(isinstance(cell, str) for row in rows for cell in row):
            return tuple(tuple(str(cell) for cell in row) for row in rows)
        spot.say(words.CELL_QUOTED)
        return None
    spot.say(words.FACT_SHAPE)
    return None


def _flat(section: Section, key: str) -> Iterator[tuple[str, Spot, object]]:
    """Addresses below a section: ``staff.posts.admin = 5`` may be written with or without quotes."""
    todo: list[tuple[str, Spot, object]] = [
        (name, section.spot.at(key, name), value) for name, value in section.mapping(key).items()]
    while todo:
        address, spot, value = todo.pop(0)
        if isinstance(value, dict):
            todo = [(f"{address}.{name}", spot.at(str(name)), item) for name, item in value.items()] + todo
        else:
            yield address, spot, value


def _facts(top: Section) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    for address, spot, value in _flat(top, "facts"):
        fact = read_fact(spot, value)
        if fact is not None:
            facts[address] = fact
    return facts


def _amounts(top: Section, key: str) -> dict[str, int]:
    amounts: dict[str, int] = {}
    for address, spot, value in _flat(top, key):
        amount = read_amount(spot, value)
        if amount is not None:
            amounts[address] = amount
    return amounts
