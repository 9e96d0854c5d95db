"""Cells in words, as a screen reader says them: which row, which column, and figures that are read as numbers."""

from __future__ import annotations

from xinfang_desk.messages import look as words
from xinfang_desk.messages import marks
from xinfang_desk.model.sheet import Sheet

_FIGURES = frozenset({"money", "count", "percent"})


def figure(text: str, unit: str = "") -> str:
    """A figure without what is only there for the eye: ``-252,000.00`` becomes ``负252000元``."""
    plain = text.replace(",", "")
    if plain.endswith(".00"):
        plain = plain[:-3]
    if plain[:1] in ("-", "−"):
        plain = words.SPOKEN_MINUS + plain[1:]
    return plain + unit


def entry_cell(row: int, title: str, text: str, *, unit: str = "", reason: str = "") -> str:
    """A cell of an entry table. ``row`` counts from 1; ``unit``: of an amount, else ''; ``reason``: why it is marked."""
    said = (figure(text, unit) if unit and text else text) or words.SPOKEN_BLANK
    told = words.SPOKEN_ENTRY.format(row=row, title=title, text=said)
    return words.SPOKEN_REASON.format(cell=told, reason=reason) if reason else told


def sheet_cell(sheet: Sheet, row: int, column: int, heading: str) -> str:
    """A cell of a filled table: the row by its name, the column by its headings."""
    cells = sheet.rows[row].cells
    cell = cells[column]
    names = [other.text for i, other in enumerate(cells) if i != column and other.text and other.kind not in _FIGURES]
    name = words.SPOKEN_JOIN.join(names[:2]) or words.SPOKEN_ROW.format(row=row + 1)
    unit = sheet.unit_label.rpartition(marks.COLON)[2] if cell.kind == "money" else ""
    text = figure(cell.text, unit) if cell.text and cell.kind in _FIGURES else cell.text
    return words.SPOKEN_SHEET.format(name=name, heading=heading, text=text or words.SPOKEN_BLANK)
