"""Figures and places as they stand in a sentence."""

from __future__ import annotations

from fractions import Fraction

from xinfang_desk.engine.build import Build
from xinfang_desk.engine.fields import record_name, row_name
from xinfang_desk.engine.layout import View
from xinfang_desk.engine.scope import Scope
from xinfang_desk.expr.evaluate import Amount, Leaf
from xinfang_desk.expr.sentence import condition_text, field_label
from xinfang_desk.messages import engine as words
from xinfang_desk.messages import marks, terms
from xinfang_desk.model.formula import CellRef, Fetch, LedgerSum, RecordField, RecordSum
from xinfang_desk.model.money import MoneyUnit, format_amount, round_div


def money_text(fen: int | Fraction) -> str:
    """``226.70万元``; more decimals only where the amount has them. An average is told to the whole 元."""
    whole = fen if isinstance(fen, int) else round_div(fen.numerator, fen.denominator * 100) * 100
    if whole % 10_000 == 0:
        return terms.IN_WAN.format(amount=format_amount(whole, MoneyUnit.WAN))
    return terms.IN_WAN.format(amount=format_amount(whole, MoneyUnit.WAN, decimals=6, trim=True))


def number_text(value: Amount, money: bool) -> str:
    """A figure in a sentence: an amount in 万元, a count, a ratio with up to four decimals, 空 for blank."""
    if value is None:
        return terms.NO_WAN if money else "0"
    if money:
        return money_text(value)
    if isinstance(value, int):
        return str(value)
    scaled = round_div(value.numerator * 10**4, value.denominator)
    sign, digits = "-" if scaled < 0 else "", str(abs(scaled)).rjust(5, "0")
    return f"{sign}{digits[:-4]}.{digits[-4:]}".rstrip("0").rstrip(".")


def column_title(view: View, column: str) -> str:
    """A column's headings, from the outermost, as one name."""
    found = view.by_id.get(column)
    return "".join(dict.fromkeys(found.titles)) if found is not None else column


def cell_name(build: Build, view: View, row: int, column: str) -> str:
    """``《部门收支总表》收入总计`` and, where the row has several amounts, the column."""
    name = words.CELL_OF_ROW.format(table=view.table.title, row=row_name(build, view, row).strip())
    if view.only_amount(view.rows[row].block):
        return name
    return words.CELL_OF_COLUMN.format(cell=name, column=column_title(view, column))


def address_name(build: Build, space: str, address: str) -> str:
    """What a typed value is called: its question on a page, else its set and address."""
    for page in build.pack.pages:
        for item in page.fields:
            if item.address == address and item.space == space:
                return item.label
    return terms.SPACES[space] + marks.QUOTED.format(text=_code_at(build, address))


def _code_at(build: Build, address: str) -> str:
    kind, _, code = address.partition(".")
    tables = {"function": build.pack.codes.function, "econ_dept": build.pack.codes.econ_dept,
              "econ_gov": build.pack.codes.econ_gov}
    if kind in tables and code:
        return code + tables[kind].name(code)
    return terms.TOTAL if address == "total" else address


def leaf_name(build: Build, scope: Scope, leaf: Leaf) -> str:
    """What a reference is called in a sentence, without its figure."""
    match leaf:
        case CellRef():
            cells = build.grids.cells(leaf, scope)
            if not cells:
                return words.NO_ROWS
            view, row, column = cells[0]
            if len(cells) > 1 or leaf.is_span:
                return words.ALL_ROWS.format(table=view.table.title, column=column_title(view, column))
            return cell_name(build, view, row, column)
        case LedgerSum(source, where):
            chosen = condition_text(where)
            return (words.AMOUNT_WHERE if chosen else words.ALL_OF).format(space=terms.SPACES[source], chosen=chosen)
        case Fetch(space, address):
            return address_name(build, space, scope.fill(address))
        case RecordField(field):
            name = record_name(build, scope.record) if scope.record is not None else ""
            return words.FIELD_OF.format(name=name, field=field_label(field))
        case RecordSum(space, field, where):
            chosen = condition_text(where)
            counted, summed = ((words.COUNT_WHERE, words.SUM_OF_FIELD_WHERE) if chosen
                               else (words.COUNT_OF, words.SUM_OF_FIELD))
            said = summed if field else counted
            return said.format(space=terms.SPACES[space], chosen=chosen, field=field_label(field) if field else "")
