"""What a proposed remedy will change, said before it is carried out; and what the cells of a rule are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from xinfang_desk.flow.grid import GridColumn, blank_record, cell_text, columns
from xinfang_desk.messages import findings as words
from xinfang_desk.messages import terms
from xinfang_desk.model.change import Change, Delete, Insert, RecordSpace, SetField, SetUnit, SetValue, Step
from xinfang_desk.model.ledger import Record
from xinfang_desk.model.money import format_amount
from xinfang_desk.model.sheet import CellAddress, Sheet

if TYPE_CHECKING:
    from xinfang_desk.flow.desk import Desk


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing a change moves: what it is, as it is now, and as it will be."""

    what: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """All on one line."""
        return words.MOVED.format(what=self.what, before=self.before, after=self.after)


def moved(desk: Desk, change: Change) -> tuple[Moved, ...]:
    """Everything the change moves, amounts in the unit in use."""
    return tuple(one for step in change.steps for one in _of_step(desk, step))


def record_name(desk: Desk, space: RecordSpace, record: Record) -> str:
    """What a record is called: its list and its name, or its accounts."""
    name = getattr(record, "name", "")
    if not name:
        codes = desk.codes
        kind = getattr(record, "kind", None)
        parts = [kind.label if kind is not None else "", codes.function.name(getattr(record, "function", "")),
                 codes.econ_dept.name(getattr(record, "econ_dept", ""))]
        name = "·".join(part for part in parts if part) or str(record.id)
    return words.RECORD_NAMED.format(list=terms.SPACES[space], name=name)


def cell_names(desk: Desk, cells: Iterable[CellAddress]) -> list[tuple[CellAddress, str]]:
    """Cells of a rule with their names and figures, in their order; those gone since are left out."""
    sheets: dict[str, Sheet] = {}
    named = []
    for cell in cells:
        try:
            sheet = sheets.setdefault(cell.table, desk.live_sheet(cell.table))
            i, j = sheet.place(cell.row, cell.column)
        except KeyError:
            continue
        shown = sheet.rows[i].cells[j]
        money = shown.kind == "money" and isinstance(shown.value, int)
        text = format_amount(int(shown.value or 0), desk.money_unit, thousands=True) if money else shown.text
        named.append((cell, words.CELL.format(table=f"{sheet.number} {sheet.title}".strip(), name=_name(sheet, i, j),
                                              text=text or words.CELL_BLANK)))
    return named


# ---- inside ----


def _of_step(desk: Desk, step: Step) -> list[Moved]:
    match step:
        case SetField(space, number, field, old, new):
            record = getattr(desk.year, space)[number]
            column = _column(desk, space, field)
            name = record_name(desk, space, record)
            what = words.RECORD_FIELD.format(record=name, field=column.title)
            return [Moved(what, _field_text(desk, space, column, old), _field_text(desk, space, column, new))]
        case Insert(space, record, _):
            return [Moved(words.COMES.format(record=record_name(desk, space, record)), words.BLANK, _sum(desk, record))]
        case Delete(space, record, _):
            return [Moved(words.GONE.format(record=record_name(desk, space, record)), _sum(desk, record), words.BLANK)]
        case SetValue(space, address, old, new):
            return [Moved(_asked(desk, space, address), _value_text(desk, space, old), _value_text(desk, space, new))]
        case SetUnit(old_unit, new_unit):
            return [Moved(terms.UNIT_FACTS, str(getattr(old_unit, one.name)), str(getattr(new_unit, one.name)))
                    for one in fields(old_unit) if getattr(old_unit, one.name) != getattr(new_unit, one.name)]


def _column(desk: Desk, space: RecordSpace, field: str) -> GridColumn:
    """The column of a field; self-evaluations have some on their own pages only."""
    for page in (None, *desk.pack.pages):
        found = next((column for column in columns(space, page) if column.field == field), None)
        if found is not None:
            return found
    return GridColumn(field, field, "text")


def _field_text(desk: Desk, space: RecordSpace, column: GridColumn, value: Any) -> str:
    record = blank_record(desk.year, space, id=0, **{column.field: value})
    text = cell_text(record, column, desk.codes, desk.money_unit, desk.year)
    return f"{text} {desk.money_unit.value}" if text and column.type == "money" else text or words.BLANK


def _sum(desk: Desk, record: Record) -> str:
    amount = getattr(record, "amount", None)
    return f"{format_amount(amount, desk.money_unit, thousands=True)} {desk.money_unit.value}" if amount else words.BLANK


def _asked(desk: Desk, space: str, address: str) -> str:
    for page in desk.pack.pages:
        for field in page.fields:
            star = field.address.endswith(".*") and address.startswith(field.address[:-1])
            if field.space == space and (star or field.address == address):
                return f"{page.title} · {field.label}"
    return terms.SPACES[space]


def _value_text(desk: Desk, space: str, value: object) -> str:
    if value is None or value == "":
        return words.BLANK
    if space in ("priors", "approved") and isinstance(value, int):
        return f"{format_amount(value, desk.money_unit, thousands=True)} {desk.money_unit.value}"
    return str(value)


def _name(sheet: Sheet, i: int, j: int) -> str:
    """Row and column of a cell; in a block table the name of a row stands nearest to the left of its figure."""
    heads = [n for n, column in enumerate(sheet.columns) if column.kind in ("name", "label") and n <= j]
    row = next((sheet.rows[i].cells[n].text.strip() for n in reversed(heads) if sheet.rows[i].cells[n].text), "")
    titles: list[str] = []
    for head in sorted(sheet.header, key=lambda head: head.row):
        if head.column <= j < head.column + head.column_span and head.text not in titles:
            titles.append(head.text)
    return " · ".join(part.replace("\n", "") for part in (row, *titles) if part)
