"""A block of cells as it is handed to other programs: tab-separated text, and a table in HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from xinfang_desk.flow.grid import ColumnType

_NEEDS_QUOTES = re.compile(r'[\t\n\r]|^"')
_FIGURES: frozenset[ColumnType] = frozenset({"money", "count"})


@dataclass(frozen=True, slots=True)
class Clip:
    """What goes on the clipboard: both say the same cells."""

    text: str
    html: str


def clip(rows: Sequence[Sequence[str]], types: Sequence[ColumnType]) -> Clip:
    """Rows of cells, each of a column of the given type. In HTML, amounts are numbers to a spreadsheet, while codes
    and long digits stay text (a spreadsheet would drop their leading zeros)."""
    text = "\n".join("\t".join(map(_quoted, row)) for row in rows)
    lines = ["<tr>" + "".join(_cell(cell, type_) for cell, type_ in zip(row, types, strict=True)) + "</tr>"
             for row in rows]
    return Clip(text, '<html><head><meta charset="utf-8"></head><body><table>' + "".join(lines) + "</table></body></html>")


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell


def _cell(cell: str, type_: ColumnType) -> str:
    number = cell.replace(",", "")
    if type_ in _FIGURES and re.fullmatch(r"-?\d+(\.\d+)?", number):
        return f'<td align="right" x:num="{number}" sdval="{number}">{escape(cell)}</td>'
    words = escape(cell).replace("\n", "<br>")
    return f'<td style="mso-number-format:\'\\@\'">{words}</td>'
