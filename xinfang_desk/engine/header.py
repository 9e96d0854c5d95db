"""The heading of a sheet: equal neighbouring titles merged across, short ones stretched down."""

from __future__ import annotations

from collections.abc import Sequence

from xinfang_desk.messages import engine as words
from xinfang_desk.model.pack import Column
from xinfang_desk.model.sheet import HeaderCell, SheetColumn

WIDTHS = {"index": 12.0, "code": 24.0, "name": 56.0, "label": 62.0, "money": 26.0, "count": 18.0, "text": 34.0,
          "percent": 20.0, "points": 14.0}
"""Wished widths in mm by kind of column."""


def sheet_columns(columns: Sequence[Column]) -> tuple[SheetColumn, ...]:
    """The leaf columns of the printed grid."""
    return tuple(SheetColumn(c.id, c.kind, c.width or WIDTHS[c.kind]) for c in columns)


def header(columns: Sequence[Column], numbered: bool) -> tuple[tuple[HeaderCell, ...], int]:
    """The heading cells and how many rows they take; ``numbered`` adds the row 栏次 1 2 3 …"""
    depth = max((len(c.titles) for c in columns), default=1) or 1
    cells: list[HeaderCell] = []
    for level in range(depth):
        start = 0
        while start < len(columns):
            end = start + 1
            while end < len(columns) and _merged(columns[start], columns[end], level):
                end += 1
            cell = _heading(columns[start], level, depth, start, end - start)
            if cell is not None:
                cells.append(cell)
            start = end
    if numbered:
        cells += _numbers(columns, depth)
    return tuple(cells), depth + numbered


def _merged(first: Column, other: Column, level: int) -> bool:
    """Whether two columns share the heading at ``level``: the same titles down to it, and both end or go on."""
    if len(first.titles) <= level or first.titles[: level + 1] != other.titles[: level + 1]:
        return False
    return (len(first.titles) == level + 1) == (len(other.titles) == level + 1)


def _heading(column: Column, level: int, depth: int, at: int, span: int) -> HeaderCell | None:
    if not column.titles:
        return HeaderCell("", 0, at, depth, span) if level == 0 else None
    if level >= len(column.titles):
        return None
    last = level == len(column.titles) - 1
    return HeaderCell(column.titles[level], level, at, depth - level if last else 1, span)


def _numbers(columns: Sequence[Column], row: int) -> list[HeaderCell]:
    """栏次 stands over the index column, or else over the leading codes and names; the others are counted."""
    leading = 0
    if columns and columns[0].kind == "index":
        leading = 1
    else:
        while leading < len(columns) and columns[leading].kind in ("code", "name", "label"):
            leading += 1
    cells = [HeaderCell(words.COLUMN_NUMBERS, row, 0, 1, leading)] if leading else []
    return cells + [HeaderCell(str(i - leading + 1), row, i) for i in range(leading, len(columns))]
