"""The lists a clerk types into, as columns: what stands in a cell as text, and what typed text becomes.

Without Qt: the window's tables, the paste preview and the terminal share these rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain
from typing import Any, Literal

from xinfang_desk.messages import desk as said
from xinfang_desk.messages import marks, terms
from xinfang_desk.messages.columns import BUDGET_OF, HELP, SOURCES, SPENT_OF, TITLES
from xinfang_desk.model.change import Change, RecordSpace, SetField, Step
from xinfang_desk.model.codes import CodeKind, Codes
from xinfang_desk.model.ledger import (
    CATEGORIES,
    INDICATOR_LEVELS,
    OPERATORS,
    PROJECT_CATEGORIES,
    Fund,
    Income,
    Indicator,
    Kind,
    Line,
    Project,
    Purchase,
    Record,
    Year,
)
from xinfang_desk.model.money import (
    COUNT_WORDS,
    POINT_WORD,
    AmountRefused,
    MoneyUnit,
    format_amount,
    parse_amount,
)
from xinfang_desk.model.pack import Page

ColumnType = Literal["text", "money", "count", "code", "choice", "flag", "project", "computed"]


class EntryRefused(Exception):
    """Typed text that cannot stand in this cell: ``text`` as typed, ``reason`` a Chinese sentence."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(reason)
        self.text = text
        self.reason = reason


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column of an entry list. ``choices``: (value, label) pairs; ``code``: which classification to pick from."""

    field: str
    title: str
    type: ColumnType
    code: CodeKind | None = None
    choices: tuple[tuple[Any, str], ...] = ()
    width: int = 110
    help: str = ""
    points: bool = False
    """a count of points, kept in hundredths: 7.5 is stored as 750"""


_FUNDS = tuple((fund, fund.label) for fund in Fund)
_KINDS = tuple((kind, kind.label) for kind in Kind)


def _choices(*words: str) -> tuple[tuple[Any, str], ...]:
    return tuple((word, word) for word in words)


_FUNCTION = GridColumn("function", TITLES["function"], "code", CodeKind.FUNCTION, width=190)
_DEPT = GridColumn("econ_dept", TITLES["econ_dept"], "code", CodeKind.ECON_DEPT, width=170)
_GOV = GridColumn("econ_gov", TITLES["econ_gov"], "code", CodeKind.ECON_GOV, width=170)
_FUND = GridColumn("fund", TITLES["fund"], "choice", choices=_FUNDS, width=150)
_CARRY = GridColumn("carry", TITLES["carry"], "flag", width=72)
_AMOUNT = GridColumn("amount", TITLES["amount"], "money", width=120)
_NOTE = GridColumn("note", TITLES["note"], "text", width=160)
_PRESUMED = GridColumn("presumed", TITLES["presumed"], "flag", width=56)

_COLUMNS: Mapping[str, tuple[GridColumn, ...]] = {
    "lines": (
        GridColumn("kind", TITLES["kind"], "choice", choices=_KINDS, width=96), _FUNCTION, _DEPT, _GOV, _FUND, _CARRY,
        _AMOUNT, GridColumn("purchase", TITLES["purchase"], "flag", width=72), _PRESUMED, _NOTE),
    "incomes": (_FUND, _CARRY, _FUNCTION, _AMOUNT, _PRESUMED, _NOTE),
    "projects": (
        GridColumn("name", TITLES["projects.name"], "text", width=240), GridColumn("code", TITLES["projects.code"], "text", width=120),
        GridColumn("category", TITLES["projects.category"], "choice", choices=_choices(*PROJECT_CATEGORIES), width=100),
        GridColumn("special", TITLES["projects.special"], "flag", width=72),
        GridColumn("purpose", TITLES["projects.purpose"], "text", width=260),
        GridColumn("goal", TITLES["projects.goal"], "text", width=260),
        GridColumn("target_amount", TITLES["projects.target_amount"], "money", width=120)),
    "indicators": (
        GridColumn("project", TITLES["project"], "project", width=170),
        GridColumn("level1", TITLES["indicators.level1"], "choice", width=96,
                   choices=_choices(*INDICATOR_LEVELS)),
        GridColumn("level2", TITLES["indicators.level2"], "choice", width=130, choices=_choices(
            *dict.fromkeys(chain.from_iterable(INDICATOR_LEVELS.values())))),
        GridColumn("name", TITLES["indicators.name"], "text", width=160),
        GridColumn("description", TITLES["indicators.description"], "text", width=180),
        GridColumn("operator", TITLES["indicators.operator"], "choice", choices=_choices(*OPERATORS), width=60),
        GridColumn("value", TITLES["indicators.value"], "text", width=110), GridColumn("unit", TITLES["indicators.unit"], "text", width=70),
        GridColumn("basis", TITLES["indicators.basis"], "text", width=150), GridColumn("weight", TITLES["indicators.weight"], "count", width=56)),
    "purchases": (
        GridColumn("name", TITLES["purchases.name"], "text", width=180),
        GridColumn("category", TITLES["purchases.category"], "choice", choices=_choices(*CATEGORIES), width=70),
        GridColumn("catalogue", TITLES["purchases.catalogue"], "text", width=120),
        GridColumn("specification", TITLES["purchases.specification"], "text", width=110),
        GridColumn("quantity", TITLES["purchases.quantity"], "count", width=64),
        GridColumn("measure", TITLES["purchases.measure"], "text", width=56),
        GridColumn("price", TITLES["purchases.price"], "money", width=100), _AMOUNT, _FUND,
        _FUNCTION, _DEPT, _GOV, GridColumn("project", TITLES["project"], "project", width=150),
        GridColumn("month", TITLES["purchases.month"], "text", width=90),
        GridColumn("for_sme", TITLES["purchases.for_sme"], "money", width=110),
        GridColumn("for_micro", TITLES["purchases.for_micro"], "money", width=110), _NOTE),
}

_RESULTS: Mapping[str, tuple[GridColumn, ...]] = {
    "projects": (
        *(GridColumn(f"{what}_{source}", title.format(source=label), "money", width=128)
          for what, title in (("budget", BUDGET_OF), ("spent", SPENT_OF)) for source, label in SOURCES.items()),
        GridColumn("result", TITLES["projects.result"], "text", width=280)),
    "indicators": (
        GridColumn("actual", TITLES["indicators.actual"], "text", width=110),
        GridColumn("score", TITLES["indicators.score"], "count", width=64, points=True),
        GridColumn("deviation", TITLES["indicators.deviation"], "text", width=240)),
}
"""Columns of the self-evaluation: shown only where a page names them."""

_MAKERS: Mapping[str, Any] = {"lines": Line, "incomes": Income, "projects": Project,
                              "indicators": Indicator, "purchases": Purchase}


def columns(space: RecordSpace, page: Page | None = None) -> tuple[GridColumn, ...]:
    """The columns of an entry list; a page may name its columns and restrict the kinds of line."""
    chosen = _explained(space, _COLUMNS[space])
    if page is not None and page.columns:
        by_field = {column.field: column for column in (*chosen, *_explained(space, _RESULTS.get(space, ())))}
        chosen = tuple(by_field[name] for name in page.columns if name in by_field)
    if page is not None and page.kinds:
        kinds = tuple((kind, kind.label) for kind in Kind if kind.value in page.kinds)
        chosen = tuple(replace(c, choices=kinds) if c.field == "kind" else c for c in chosen
                       if not (c.field == "kind" and len(kinds) == 1))
    return chosen


def all_columns(space: RecordSpace) -> tuple[GridColumn, ...]:
    """Every column a list can have on any page."""
    return _explained(space, (*_COLUMNS[space], *_RESULTS.get(space, ())))


def _explained(space: RecordSpace, found: tuple[GridColumn, ...]) -> tuple[GridColumn, ...]:
    return tuple(replace(column, help=HELP.get((space, column.field), "")) for column in found)


def next_id(year: Year, space: RecordSpace) -> int:
    """An id no record of the list has."""
    return max(getattr(year, space), default=0) + 1


def blank_record(year: Year, space: RecordSpace, **values: Any) -> Record:
    """A new record with an id of its own and everything blank but ``values``."""
    if space == "lines":
        values.setdefault("kind", Kind.STAFF)
    record: Record = _MAKERS[space](id=values.pop("id", next_id(year, space)), **values)
    return record


def cell_text(record: Record, column: GridColumn, codes: Codes, unit: MoneyUnit, year: Year) -> str:
    """What the cell shows: codes with their names, amounts in ``unit``, flags as ✓."""
    value = getattr(record, column.field)
    if value is None or value == "":
        return ""
    match column.type:
        case "money":
            return format_amount(value, unit, thousands=True)
        case "count" if column.points:
            return points_text(value)
        case "code" if column.code is not None:
            return f"{value} {codes.table(column.code).name(value)}".rstrip()
        case "choice":
            return next((label for item, label in column.choices if item == value),
                        value.label if isinstance(value, Enum) and hasattr(value, "label") else str(value))
        case "flag":
            return "✓" if value else ""
        case "project":
            project = year.projects.get(value)
            return project.name or said.PROJECT_NUMBERED.format(id=value) if project else ""
        case _:
            return str(value)


def edit_text(record: Record, column: GridColumn, unit: MoneyUnit) -> str:
    """What the cell's editor starts with: the bare code, the amount with every 分 that is there."""
    value = getattr(record, column.field)
    if value is None:
        return ""
    if column.type == "money":
        return format_amount(value, unit, decimals=2 if unit is MoneyUnit.YUAN else 6, trim=True)
    if column.points:
        return points_text(value)
    if column.type == "code":
        return str(value)
    return str(value.value) if isinstance(value, Enum) else str(value)


def parse_cell(text: str, column: GridColumn, codes: Codes, unit: MoneyUnit, year: Year) -> Any:
    """The field value that typed ``text`` means. Raises :class:`EntryRefused` with the reason in Chinese."""
    plain = text.strip()
    match column.type:
        case "money":
            try:
                return parse_amount(text, unit)
            except AmountRefused as refused:
                raise EntryRefused(text, refused.reason) from refused
        case "count":
            return parse_points(text) if column.points else _parse_count(text)
        case "code":
            assert column.code is not None
            return parse_code(plain, column.code, codes)
        case "choice":
            return _parse_choice(plain, column)
        case "flag":
            return _parse_flag(plain, column)
        case "project":
            return _parse_project(plain, year)
        case _:
            return plain


def parse_count(text: str) -> int | None:
    """A whole number of people or things, ``None`` for blank. Raises :class:`EntryRefused`."""
    return _parse_count(text)


def points_text(hundredths: int) -> str:
    """A score kept in hundredths as it is read and typed: ``7.5``."""
    return format_amount(hundredths, MoneyUnit.YUAN, trim=True)


def parse_points(text: str) -> int | None:
    """Typed points in hundredths, ``None`` for blank. Raises :class:`EntryRefused`."""
    try:
        hundredths = parse_amount(text.strip().removesuffix(POINT_WORD), MoneyUnit.YUAN)
    except AmountRefused as refused:
        raise EntryRefused(text, said.POINTS_UNKNOWN.format(text=text)) from refused
    if hundredths is not None and hundredths < 0:
        raise EntryRefused(text, said.POINTS_NEGATIVE.format(text=text))
    return hundredths


def _parse_count(text: str) -> int | None:
    try:
        hundredths = parse_amount(text.strip().rstrip(COUNT_WORDS), MoneyUnit.YUAN)
    except AmountRefused as refused:
        raise EntryRefused(text, said.NO_COUNT.format(text=text)) from refused
    if hundredths is None:
        return None
    if hundredths % 100 or hundredths < 0:
        raise EntryRefused(text, said.COUNT_NOT_WHOLE.format(text=text))
    return hundredths // 100


def parse_code(plain: str, kind: CodeKind, codes: Codes) -> str:
    """A code from ``2010301``, ``2010301 行政运行``, ``2010301-行政运行`` or a name only one account bears."""
    if not plain:
        return ""
    head = ""
    for char in plain:
        if not char.isdigit():
            break
        head += str(int(char))
    table = codes.table(kind)
    if head:
        if head in table:
            return head
        if len(head) in kind.lengths:
            raise EntryRefused(plain, said.CODE_UNKNOWN.format(year=codes.year, label=kind.label, head=head))
        wanted = marks.AND.join(str(n) for n in kind.lengths)
        raise EntryRefused(plain, said.CODE_LENGTH.format(plain=plain, label=kind.label, wanted=wanted))
    same = [entry.code for entry in table if entry.name == plain]
    if len(same) == 1:
        return same[0]
    if same:
        raise EntryRefused(plain, said.CODE_SEVERAL.format(plain=plain, same=marks.AND.join(same[:5])))
    raise EntryRefused(plain, said.CODE_NO_NAME.format(label=kind.label, plain=plain))


def _parse_choice(plain: str, column: GridColumn) -> Any:
    for value, label in column.choices:
        if plain in (label, str(value.value) if isinstance(value, Enum) else value):
            return value
    near = [(value, label) for value, label in column.choices if plain and label.startswith(plain)]
    if len(near) == 1:
        return near[0][0]
    options = marks.AND.join(label for _, label in column.choices)
    raise EntryRefused(plain, said.CHOICE_NOT_THERE.format(title=column.title, plain=plain, options=options))


def _parse_flag(plain: str, column: GridColumn) -> bool:
    if plain.lower() in ("", *terms.NO_WORDS):
        return False
    if plain.lower() in terms.YES_WORDS:
        return True
    raise EntryRefused(plain, said.FLAG_UNKNOWN.format(title=column.title))


def _parse_project(plain: str, year: Year) -> int | None:
    if not plain:
        return None
    for project in year.projects.values():
        if plain in (project.name, project.code, str(project.id)):
            return project.id
    raise EntryRefused(plain, said.NO_PROJECT.format(plain=plain))


def set_cell(year: Year, space: RecordSpace, id_: int, column: GridColumn, text: str, codes: Codes,
             unit: MoneyUnit) -> Change | None:
    """The change that typing ``text`` into a cell means; ``None`` where nothing changes.

    A new department code brings the government code of the unit's kind with it, unless the clerk had chosen
    another one by hand. Raises :class:`EntryRefused`.
    """
    record = getattr(year, space)[id_]
    new = parse_cell(text, column, codes, unit, year)
    steps = field_steps(year, space, record, column.field, new, codes)
    label = said.CELL_CHANGED if text.strip() else said.CELL_CLEARED
    return Change(label.format(title=column.title, text=text.strip()), steps) if steps else None


def field_steps(year: Year, space: RecordSpace, record: Record, field: str, new: Any, codes: Codes) -> tuple[Step, ...]:
    """The steps that set one field, with the government code following the department code."""
    old = getattr(record, field)
    if old == new and type(old) is type(new):
        return ()
    steps: list[Step] = [SetField(space, record.id, field, old, new)]
    if field == "econ_dept" and isinstance(record, Line | Purchase):
        followed = codes.mapping.default(record.econ_dept, year.unit.kind)
        if record.econ_gov in ("", followed):
            gov = codes.mapping.default(new, year.unit.kind)
            if gov != record.econ_gov:
                steps.append(SetField(space, record.id, "econ_gov", record.econ_gov, gov))
    return tuple(steps)
