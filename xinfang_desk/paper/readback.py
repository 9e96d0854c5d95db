"""Reads every file just written and compares it with what it should say, before it is moved into place.

The readers are not the writers: openpyxl reads what XlsxWriter wrote, PDFium what reportlab wrote, and the
formulas of the workbook are calculated here from the cells they name.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from xinfang_desk.messages import marks, printed
from xinfang_desk.messages import paper as words
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.money import MoneyUnit, format_amount
from xinfang_desk.model.sheet import Cell, Sheet
from xinfang_desk.paper.errors import ReadbackError
from xinfang_desk.paper.pdf import MadePdf
from xinfang_desk.paper.pdf_table import sheet_title
from xinfang_desk.paper.text import printable, squeezed, title_lines
from xinfang_desk.paper.xlsx import Layout, layout, printable_lines, table_sheets, worksheet_names

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?")
_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")


# ---- workbook -------------------------------------------------------------------------------------------------


def check_workbook(data: bytes, edition: Edition, file: str) -> None:
    """Compare every cell of the workbook with the sheets.

    Values, texts and formulas are read by openpyxl; the cached value beside each formula is read from the
    worksheet's XML; each formula is worked out from the cells it names. Raises :class:`ReadbackError`.
    """
    from openpyxl import load_workbook

    sheets = table_sheets(edition)
    if not sheets:
        return
    names = worksheet_names(sheets)
    book = load_workbook(BytesIO(data))
    found, expected = book.sheetnames, [names[sheet.id] for sheet in sheets]
    if found != expected:
        raise ReadbackError(file, marks.AND.join(expected), marks.AND.join(found))
    cached = _cached_values(data)
    for sheet in sheets:
        name = names[sheet.id]
        _check_worksheet(book[name], sheet, layout(sheet, name), cached.get(name, {}), file)


def _cached_values(data: bytes) -> dict[str, dict[str, str]]:
    """The stored results of the formulas: worksheet name → A1 → text of ``<v>``."""
    out: dict[str, dict[str, str]] = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        targets = {
            one.get("Id", ""): one.get("Target", "")
            for one in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        }
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        for one in book.iter(f"{_MAIN}sheet"):
            relation = next(value for key, value in one.attrib.items() if key.endswith("}id"))
            root = ElementTree.fromstring(archive.read(f"xl/{targets[relation].lstrip('/')}"))
            values = out[one.get("name", "")] = {}
            for cell in root.iter(f"{_MAIN}c"):
                if cell.find(f"{_MAIN}f") is not None:
                    values[cell.get("r", "")] = cell.findtext(f"{_MAIN}v") or ""
    return out


def _check_worksheet(ws: Any, sheet: Sheet, place: Layout, cached: Mapping[str, str], file: str) -> None:
    title = sheet_title(sheet)
    grid: list[tuple[Any, ...]] = list(ws.iter_rows())

    def text_at(row: int, column: int) -> str:
        value = grid[row][column].value if row < len(grid) and column < len(grid[row]) else None
        return "" if value is None else str(value)

    expected = [(place.title, 0, printed.TABLE_TITLE.format(number=sheet.number, title=sheet.title).strip(marks.SPACE))]
    expected += [(place.header + cell.row, cell.column, cell.text) for cell in sheet.header]
    expected += [(place.heads + at, 0, label) for at, (label, _) in enumerate(sheet.heads)]
    expected += [(place.notes + at, 0, text) for at, text in enumerate(sheet.notes)]
    for row, column, text in expected:
        if text_at(row, column) != text:
            raise ReadbackError(file, text, text_at(row, column), table=title)
    numbers = _numbers(grid, cached)
    for i, line in enumerate(sheet.rows):
        for j, cell in enumerate(line.cells):
            read = grid[place.body + i][j]
            problem = _difference(read, cell, sheet.unit, cached, numbers)
            if problem is not None:
                raise ReadbackError(
                    file, *problem, table=title, row=row_name(sheet, i), column=column_name(sheet, j)
                )


def _numbers(grid: Sequence[Sequence[Any]], cached: Mapping[str, str]) -> dict[tuple[int, int], Decimal]:
    """Every number of the worksheet by (row, column) from 0; of a formula the cached one."""
    out: dict[tuple[int, int], Decimal] = {}
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            text = cached.get(cell.coordinate, "") if cell.data_type == "f" else cell.value
            if cell.data_type in ("n", "f") and text not in (None, ""):
                out[row, column] = Decimal(str(text))
    return out


def _difference(
    read: Any,
    cell: Cell,
    unit: MoneyUnit,
    cached: Mapping[str, str],
    numbers: Mapping[tuple[int, int], Decimal],
) -> tuple[str, str] | None:
    """(expected, found) where the cell that was read is not the cell that was meant."""
    value = read.value
    if not isinstance(cell.value, int) or cell.kind not in ("money", "count"):
        found = "" if value is None else str(value)
        wanted = printable_lines(cell.text)
        if read.data_type == "f" or found != wanted:
            return wanted or words.NOTHING, found or words.NOTHING
        return None
    exact = Decimal(cell.value) / (unit.fen if cell.kind == "money" else 1)
    if read.data_type == "f":
        if cell.formula is None:
            return words.NUMBER.format(value=exact), words.FORMULA.format(formula=value)
        worked = _work_out(str(value), numbers)
        if worked != exact:
            return words.RESULT.format(value=exact), words.FORMULA_GIVES.format(formula=value, value=worked)
        value = cached.get(read.coordinate, "")
    elif cell.formula is not None:
        return words.FORMULA_WITH.format(value=exact), words.NUMBER.format(value=value)
    try:
        return None if Decimal(str(value)) == exact else (str(exact), str(value))
    except InvalidOperation:
        return str(exact), str(value) or words.NOTHING


def _work_out(formula: str, numbers: Mapping[tuple[int, int], Decimal]) -> Decimal:
    """The result of ``=ROUND(SUM(C7:C9,E7)-SUM(D3),6)`` over the worksheet's numbers."""
    total = Decimal(0)
    inner = formula.removeprefix("=ROUND(").rpartition(",")[0]
    for part, sign in zip(inner.split("-", 1), (1, -1), strict=False):
        for first_column, first_row, last_column, last_row in _REFERENCE.findall(part):
            columns = range(_column(first_column), _column(last_column or first_column) + 1)
            rows = range(int(first_row) - 1, int(last_row or first_row))
            total += sign * sum(numbers.get((row, column), Decimal(0)) for row in rows for column in columns)
    return total


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def row_name(sheet: Sheet, row: int) -> str:
    """How a person calls a row: its name or label, else its number."""
    for column, cell in zip(sheet.columns, sheet.rows[row].cells, strict=True):
        if column.kind in ("name", "label", "text") and cell.text:
            return cell.text
    return str(row + 1)


def column_name(sheet: Sheet, column: int) -> str:
    """How a person calls a column: its headings from the outermost on."""
    over = [cell for cell in sheet.header if cell.column <= column < cell.column + cell.column_span]
    return "·".join(cell.text for cell in sorted(over, key=lambda one: one.row) if cell.text)


# ---- Word -----------------------------------------------------------------------------------------------------


def check_narrative(data: bytes, edition: Edition, file: str) -> None:
    """Compare the Word file, paragraph by paragraph and cell by cell, with the passages.

    Raises :class:`ReadbackError`.
    """
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(BytesIO(data)).element.body
    found = [
        (_docx_text(block, qn) if block.tag == qn("w:p") else _docx_table(block, qn))
        for block in body
        if block.tag in (qn("w:p"), qn("w:tbl"))
    ]
    sheets = {sheet.id: sheet for sheet in edition.sheets}
    read = [one for one in found if one]
    for number, expected in enumerate(_expected_blocks(edition, sheets)):
        if number >= len(read) or read[number] != expected:
            there = read[number] if number < len(read) else words.NONE
            raise ReadbackError(file, str(expected), str(there))


def _docx_text(block: Any, qn: Any) -> str:
    return "".join(
        (piece.text or "") if piece.tag == qn("w:t") else "\n" for piece in block.iter(qn("w:t"), qn("w:br"))
    )


def _docx_table(block: Any, qn: Any) -> list[str]:
    return [
        "\n".join(_docx_text(part, qn) for part in cell.iter(qn("w:p")))
        for row in block.iter(qn("w:tr"))
        for cell in row.iter(qn("w:tc"))
        if not any(merge.get(qn("w:val")) in (None, "continue") for merge in cell.iter(qn("w:vMerge")))
    ]


def _expected_blocks(edition: Edition, sheets: Mapping[str, Sheet]) -> Iterator[str | list[str]]:
    """The paragraphs and tables of the Word file in order, blank ones left out."""
    yield from title_lines(edition.document.title, edition.unit)
    for passage in edition.document.passages:
        yield from _lines(passage.heading)
        for paragraph in passage.paragraphs:
            sheet = sheets.get(paragraph.sheet)
            if sheet is None:
                yield from _lines(paragraph.text)
                continue
            yield from _lines(sheet.title)
            if any(column.kind == "money" for column in sheet.columns):
                yield from _lines(sheet.unit_label)
            heads = sorted(sheet.header, key=lambda cell: (cell.row, cell.column))
            yield [printable(cell.text) for cell in heads] + [
                printable_lines(cell.text) for row in sheet.rows for cell in row.cells
            ]
    if edition.explained:
        yield printed.EXPLAINED
        for number, one in enumerate(edition.explained, 1):
            yield from (printable(f"{number}. {one.sentence}"), printable(printed.EXPLANATION.format(text=one.explanation)))


def _lines(text: str) -> list[str]:
    return [printable(part) for part in text.split("\n") if printable(part)]


# ---- PDF ------------------------------------------------------------------------------------------------------


def pdf_texts(data: bytes) -> list[str]:
    """The text of each page, as PDFium reads it."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    try:
        texts = []
        for page in document:
            reader = page.get_textpage()
            texts.append(str(reader.get_text_range()))
            reader.close()
            page.close()
        return texts
    finally:
        document.close()


def check_pdf(made: MadePdf, edition: Edition, file: str) -> None:
    """Compare the text of the PDF with the passages, and every figure of every sheet with its pages.

    Raises :class:`ReadbackError`.
    """
    texts = pdf_texts(made.data)
    if len(texts) != made.pages:
        raise ReadbackError(file, words.PAGES.format(count=made.pages), words.PAGES.format(count=len(texts)))
    if edition.draft:
        texts = [re.sub(rf"^\s*{printed.DRAFT}\s*", "", text) for text in texts]
    _check_text([texts[page] for page in made.text_pages], edition, file)
    if made.area is not None:  # the narrative alone carries no pictures
        _check_charts([texts[page] for page in made.chart_pages], edition, file)
    for sheet in edition.sheets:
        if sheet.id in made.sheet_pages:
            _check_sheet("\n".join(texts[page] for page in made.sheet_pages[sheet.id]), sheet, file)


def _check_text(pages: Sequence[str], edition: Edition, file: str) -> None:
    text = squeezed("".join(re.sub(r"—\s*\d+\s*—\s*$", "", page) for page in pages))
    wanted = [(edition.document.title, edition.document.title)]
    for passage in edition.document.passages:
        wanted.append((passage.heading, passage.heading))
        wanted += [(passage.heading, paragraph.text) for paragraph in passage.paragraphs]
    at = 0
    for place, one in wanted:
        plain = squeezed(one)
        found = text.find(plain, at)
        if found < 0:
            raise ReadbackError(file, one, text[at : at + len(plain)], table=words.AT_SECTION.format(heading=place))
        at = found + len(plain)


def _check_charts(pages: Sequence[str], edition: Edition, file: str) -> None:
    """Each picture's sentence, and the figure of each of its bars, stands on its pages."""
    text = "".join(pages)
    figures = Counter(_FIGURE.findall(text))
    for chart in edition.charts:
        if squeezed(chart.sentence) not in squeezed(text):
            raise ReadbackError(file, chart.sentence, words.NO_SENTENCE, table=chart.title)
        stacked = chart.form == "stacked"
        for value in chart.totals if stacked else (value for one in chart.series for value in one.values):
            printed = "" if value is None else format_amount(value, MoneyUnit.WAN, thousands=True)
            if printed and not figures[printed]:
                raise ReadbackError(file, printed, words.NO_NUMBER, table=chart.title)


def _check_sheet(text: str, sheet: Sheet, file: str) -> None:
    title = sheet_title(sheet)
    if squeezed(sheet.title) not in squeezed(text):
        raise ReadbackError(file, sheet.title, words.NO_TITLE, table=title)
    there = Counter(_FIGURE.findall(text))
    for i, line in enumerate(sheet.rows):
        for j, cell in enumerate(line.cells):
            if cell.kind not in ("money", "count", "percent") or _FIGURE.fullmatch(cell.text) is None:
                continue
            there[cell.text] -= 1
            if there[cell.text] < 0:
                raise ReadbackError(
                    file,
                    cell.text,
                    words.NO_NUMBER,
                    table=title,
                    row=row_name(sheet, i),
                    column=column_name(sheet, j),
                )
