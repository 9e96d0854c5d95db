"""The table set as one workbook: live formulas with cached values, print set-up, the same bytes every time.

A viewer that does not calculate shows the cached value; Excel and WPS calculate the formula. Amounts are exact
numbers in the sheet's unit: fen divided by 100 or 1,000,000 has at most six decimals.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from xinfang_desk.messages import marks, printed
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.money import MoneyUnit
from xinfang_desk.model.sheet import Cell, CellAddress, Row, Sheet, SumOf
from xinfang_desk.paper.dates import day_of
from xinfang_desk.paper.text import is_total, one_line, printable

_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_NAME = 31
_PAPER = {"A4": 9, "A3": 8}
_FORMULA_SIGNS = ("=", "+", "-", "@")
_MM_PER_CHAR = 1.9
"""Width of one digit of 宋体 10 in a worksheet column."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet stands in its worksheet: row numbers from 0."""

    name: str
    title: int
    caption: int
    heads: int
    header: int
    body: int
    notes: int
    columns: int

    def body_cell(self, row: int, column: int) -> str:
        """The A1 reference of a body cell (body row and column from 0)."""
        return str(xl_rowcol_to_cell(self.body + row, column))


def worksheet_names(sheets: Iterable[Sheet]) -> dict[str, str]:
    """Worksheet names by sheet id: number and title, at most 31 characters, nothing forbidden, none doubled."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for sheet in sheets:
        base = f"{sheet.number}{sheet.title}".translate(_FORBIDDEN).strip().strip("'") or printed.SHEET
        name = base[:_LONGEST_NAME].rstrip()
        number = 2
        while name.lower() in taken:
            tail = f"({number})"
            name = base[: _LONGEST_NAME - len(tail)] + tail
            number += 1
        taken.add(name.lower())
        names[sheet.id] = name
    return names


def layout(sheet: Sheet, name: str) -> Layout:
    """Title, caption line, label/text pairs, header, body, notes: from top to bottom."""
    heads = 2
    header = heads + len(sheet.heads)
    body = header + sheet.header_rows
    return Layout(name, 0, 1, heads, header, body, body + len(sheet.rows), len(sheet.columns))


def table_sheets(edition: Edition) -> list[Sheet]:
    """The sheets of the table set: without those that stand inside the narrative."""
    return [sheet for sheet in edition.sheets if not sheet.inline]


def number_format(cell: Cell) -> str:
    """The format that prints a figure as ``cell.text`` does: its decimals, its separators, nothing for nought
    where nothing is printed."""
    text = cell.text
    decimals = len(text.partition(".")[2])
    whole = "#,##0" if "," in text else "0"
    shown = f"{whole}.{'0' * decimals}" if decimals else whole
    if not text:
        return "0.00;-0.00;" if cell.kind == "money" else "0;-0;"
    return shown


def amount(cell: Cell, unit: MoneyUnit) -> float | int | None:
    """The number a worksheet cell holds; ``None`` where it holds text or nothing."""
    if not isinstance(cell.value, int):
        return None
    if cell.kind == "money":
        return cell.value / unit.fen
    return cell.value if cell.kind == "count" else None


def formula_text(formula: SumOf, sheet: Sheet, place: Layout, unit: MoneyUnit) -> str:
    """``ROUND(SUM(C7:C12)-D3,6)``: rounded to fen, so that no binary dust shows. Without ``=``."""
    plus = _ranges(sheet, place, formula.plus)
    minus = _ranges(sheet, place, formula.minus)
    text = _sum(plus) if plus else "0"
    if minus:
        text += f"-{_sum(minus)}"
    return f"ROUND({text},{6 if unit is MoneyUnit.WAN else 2})"


def _sum(ranges: list[str]) -> str:
    return ranges[0] if len(ranges) == 1 and ":" not in ranges[0] else f"SUM({','.join(ranges)})"


def _ranges(sheet: Sheet, place: Layout, cells: tuple[CellAddress, ...]) -> list[str]:
    """A1 references in the order given; neighbours below each other, or beside each other, become one range."""
    spots = [sheet.place(one.row, one.column) for one in cells]
    out: list[str] = []
    at = 0
    while at < len(spots):
        end = at
        for down, right in ((1, 0), (0, 1)):
            reach = at
            while reach + 1 < len(spots) and spots[reach + 1] == (
                spots[reach][0] + down,
                spots[reach][1] + right,
            ):
                reach += 1
            end = max(end, reach)
        first, last = (place.body_cell(*spots[spot]) for spot in (at, end))
        out.append(first if at == end else f"{first}:{last}")
        at = end + 1
    return out


def workbook_bytes(edition: Edition) -> bytes:
    """The whole table set. The same edition gives the same bytes."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    moment = datetime.combine(day_of(edition), time())
    book.set_properties(
        {
            "title": one_line(edition.title),
            "author": edition.unit,
            "company": edition.unit,
            "created": moment,
            "comments": "",
        }
    )
    styles = _Styles(book)
    sheets = table_sheets(edition)
    names = worksheet_names(sheets)
    for sheet in sheets:
        _write_sheet(
            book.add_worksheet(names[sheet.id]), sheet, layout(sheet, names[sheet.id]), styles, edition
        )
    if not sheets:
        book.add_worksheet(printed.NO_TABLES)
    book.close()
    return _of_one_system(buffer.getvalue())


def _of_one_system(data: bytes) -> bytes:
    """The same archive, saying of every entry that it was made on Unix: the same workbook comes out everywhere."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            entry.create_system = 3
            target.writestr(entry, content)
    return out.getvalue()


class _Styles:
    """Cell formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        key = tuple(properties.items())
        if key not in self._made:
            base = {"font_name": printed.FACES["song"], "font_size": 10, "valign": "vcenter"}
            self._made[key] = self._book.add_format({**base, **properties})
        return self._made[key]


def _write_sheet(ws: Any, sheet: Sheet, place: Layout, styles: _Styles, edition: Edition) -> None:
    last = place.columns - 1
    _set_up_print(ws, sheet, place, edition)
    widths = column_widths(sheet)
    for j, width in enumerate(widths):
        ws.set_column(j, j, width)
    title = styles.get(bold=True, font_size=16, align="center")
    ws.set_row(place.title, 30)
    _across(ws, place.title, 0, last, printed.TABLE_TITLE.format(number=sheet.number, title=sheet.title).strip(marks.SPACE), title)
    split = max(0, (last - 1) // 2)
    _across(ws, place.caption, 0, split, sheet.corner, styles.get(align="left"))
    if last > split:
        _across(ws, place.caption, split + 1, last, sheet.unit_label, styles.get(align="right"))
    for at, (label, text) in enumerate(sheet.heads):
        ws.write_string(
            place.heads + at, 0, label, styles.get(bold=True, border=1, align="center", text_wrap=True)
        )
        if last:
            _across(ws, place.heads + at, 1, last, text, styles.get(border=1, text_wrap=True))
            ws.set_row(place.heads + at, 16 * max(1, -(-len(text) // max(20, last * 8))))
    head = styles.get(bold=True, border=1, align="center", text_wrap=True)
    for cell in sheet.header:
        row = place.header + cell.row
        if cell.row_span == cell.column_span == 1:
            ws.write_string(row, cell.column, cell.text, head)
        else:
            bottom, right = row + cell.row_span - 1, cell.column + cell.column_span - 1
            ws.merge_range(row, cell.column, bottom, right, cell.text, head)
    for row, height in enumerate(_head_heights(sheet, widths)):
        ws.set_row(place.header + row, height)
    for i, line in enumerate(sheet.rows):
        ws.set_row(place.body + i, _row_height(sheet, line, widths))
        _write_row(ws, sheet, place, i, line, styles)
    note = styles.get(font_size=9, align="left", text_wrap=True)
    for at, text in enumerate(sheet.notes):
        _across(ws, place.notes + at, 0, last, text, note)
        ws.set_row(place.notes + at, 14 * max(1, -(-len(text) // max(20, place.columns * 9))))


def column_widths(sheet: Sheet) -> list[float]:
    """Widths in characters: as wished, or as narrow as the figures allow where the page is too narrow for that."""
    wished = [max(column.width, 8.0) / _MM_PER_CHAR for column in sheet.columns]
    long, short = (420, 297) if sheet.paper == "A3" else (297, 210)
    page = (long if sheet.orientation == "landscape" else short) - 30
    if sum(wished) * _MM_PER_CHAR <= page:
        return wished
    narrow = ("money", "count", "percent", "points", "index", "code")
    out = list(wished)
    for j, column in enumerate(sheet.columns):
        if column.kind in narrow:
            widest = max((len(row.cells[j].text) for row in sheet.rows), default=0)
            out[j] = min(wished[j], max(widest + 1.5, 6.5))
    texts = [j for j, column in enumerate(sheet.columns) if column.kind not in narrow]
    taken, flexible = sum(out), sum(out[j] for j in texts)
    over = taken - page / _MM_PER_CHAR
    if over > 0 and flexible:
        # Texts may wrap, but not below 40 % of the width wished for.
        factor = max(0.4, (flexible - over) / flexible)
        for j in texts:
            out[j] *= factor
    return out


def _lines(text: str, width: float) -> int:
    """How many lines a text in 宋体 10 takes in a column so many characters wide (7 pixels each)."""
    room = max(2.0, width - 0.7)
    needs = (sum(1.9 if char > "\u2000" else 0.95 for char in part) for part in text.split("\n"))
    return sum(max(1, ceil(need / room)) for need in needs)


def _row_height(sheet: Sheet, line: Row, widths: list[float]) -> float:
    most = 1
    for column, cell, width in zip(sheet.columns, line.cells, widths, strict=True):
        if cell.text and column.kind not in _ALIGN:
            most = max(most, _lines(cell.text, width - 2 * (line.level > 1)))
    return 18.0 if most == 1 else most * 13.5 + 4


def _head_heights(sheet: Sheet, widths: list[float]) -> list[float]:
    """Heights of the head's rows: merged cells do not grow by themselves."""
    heights = [18.0] * sheet.header_rows
    for cell in sheet.header:
        room = sum(widths[cell.column : cell.column + cell.column_span])
        need = 13.5 * _lines(cell.text, room) + 4
        rows = range(cell.row, cell.row + cell.row_span)
        heights[rows[-1]] += max(0.0, need - sum(heights[row] for row in rows))
    return heights


def _across(ws: Any, row: int, first: int, last: int, text: str, style: Any) -> None:
    if first == last:
        ws.write_string(row, first, text, style)
    else:
        ws.merge_range(row, first, row, last, text, style)
        # merge_range guesses a type; the text is text whatever it begins with.
        ws.write_string(row, first, text, style)


_ALIGN = {"money": "right", "count": "right", "percent": "right", "points": "right", "index": "center", "code": "center"}


def _write_row(ws: Any, sheet: Sheet, place: Layout, i: int, line: Row, styles: _Styles) -> None:
    row = place.body + i
    for j, (column, cell) in enumerate(zip(sheet.columns, line.cells, strict=True)):
        look: dict[str, Any] = {"border": 1, "align": _ALIGN.get(column.kind, "left")}
        if line.bold:
            look["bold"] = True
            if column.kind in ("name", "label") and is_total(cell.text):
                look["align"] = "center"
        value = amount(cell, sheet.unit)
        if value is not None:
            look["num_format"] = number_format(cell)
            if cell.formula is not None:
                text = formula_text(cell.formula, sheet, place, sheet.unit)
                ws.write_formula(row, j, "=" + text, styles.get(**look), value)
            else:
                ws.write_number(row, j, value, styles.get(**look))
        elif cell.text:
            _write_text(ws, row, j, line, column.kind, cell, styles, look)
        else:
            ws.write_blank(row, j, None, styles.get(**look))


def _write_text(
    ws: Any, row: int, j: int, line: Row, kind: str, cell: Cell, styles: _Styles, look: dict[str, Any]
) -> None:
    if kind == "name" and line.level > 1 and look["align"] == "left":
        look["indent"] = line.level - 1
    if cell.text.startswith(_FORMULA_SIGNS):
        # Someone who edits the cell later must not turn it into a formula either.
        look["quote_prefix"] = True
    if kind not in _ALIGN or "\n" in cell.text:
        look["text_wrap"] = True
    look["num_format"] = "@"
    ws.write_string(row, j, printable_lines(cell.text), styles.get(**look))


def printable_lines(text: str) -> str:
    """The text as a worksheet keeps it: invisible characters dropped, line ends kept."""
    return "\n".join(printable(part) for part in text.split("\n"))


def _set_up_print(ws: Any, sheet: Sheet, place: Layout, edition: Edition) -> None:
    ws.set_paper(_PAPER[sheet.paper])
    if sheet.orientation == "landscape":
        ws.set_landscape()
    else:
        ws.set_portrait()
    ws.fit_to_pages(1, 0)
    ws.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.75)
    ws.center_horizontally()
    ws.repeat_rows(0, place.body - 1)
    ws.print_area(0, 0, max(place.notes + len(sheet.notes) - 1, place.body), place.columns - 1)
    ws.set_footer(printed.SHEET_FOOT)
    if edition.draft:
        ws.set_header(printed.SHEET_DRAFT)
    fixed = 0
    while fixed < place.columns - 1 and sheet.columns[fixed].kind in ("index", "code", "name"):
        fixed += 1
    ws.freeze_panes(place.body, fixed)
    ws.hide_gridlines(1)
