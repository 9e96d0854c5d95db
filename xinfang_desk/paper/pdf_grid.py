"""A sheet as a ruled grid: column widths, type size, row heights, and drawing it.

Widths are measured once in em, so trying another size is arithmetic. Figures are never wrapped; their decimal
points stand under each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xinfang_desk.messages import marks
from xinfang_desk.model.sheet import Cell, CellAddress, HeaderCell, Row, Sheet
from xinfang_desk.paper.cn_para import Line, Shape, balanced, break_lines
from xinfang_desk.paper.fonts import stack
from xinfang_desk.paper.pdf_base import MM, Ink
from xinfang_desk.paper.pdf_tags import Node
from xinfang_desk.paper.text import is_total, printable

SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
LEADING = 1.25
AIRY, ROOMY, TIGHT = 2.1, 1.75, 1.45
"""Height of a one-line row in type sizes."""
_MONEY = 4.0
"""What an amount column is given even where all its cells are blank, in em."""
_PAD = 0.35
"""Blank at each side of a cell, in em."""
_NUMBERS = frozenset(("money", "count", "percent"))
_CENTRED = frozenset(("index", "code"))


@dataclass(frozen=True, slots=True)
class Measure:
    """What a column asks for, in em: ``least`` at the worst, ``good`` without ugly wrapping, ``natural`` on one
    line; ``fraction`` is the widest part from the decimal point on."""

    least: float
    good: float
    natural: float
    fraction: float = 0.0


def indent_of(row: Row, kind: str, text: str) -> int:
    """Characters by which a name is set in: 款 one, 项 two; none where the text brings its own blanks."""
    return row.level - 1 if kind == "name" and row.level > 1 and not text.startswith((marks.SPACE, " ")) else 0


def is_number(cell: Cell) -> bool:
    """Whether the cell prints a figure, set by its decimal point and never wrapped."""
    return cell.kind in _NUMBERS and bool(cell.text) and (cell.text[-1].isdigit() or cell.text[-1] == "%")


def _figure_parts(text: str) -> tuple[str, str]:
    whole, point, rest = text.partition(".")
    return (text, "") if text.endswith("%") else (whole, point + rest)


def measure(sheet: Sheet) -> list[Measure]:
    """What each column of the sheet asks for."""
    song, hei = stack("song"), stack("hei")
    leaf = {cell.column: cell for cell in sheet.header if cell.column_span == 1}
    out = []
    for j, column in enumerate(sheet.columns):
        whole = fraction = natural = 0.0
        for row in sheet.rows:
            cell = row.cells[j]
            text = printable(cell.text)
            if is_number(cell):
                left, right = _figure_parts(text)
                whole = max(whole, song.width(left, 1))
                fraction = max(fraction, song.width(right, 1))
            elif text:
                natural = max(natural, song.width(text, 1) + indent_of(row, column.kind, text))
        head = hei.width(printable(leaf[j].text), 1) if j in leaf else 2.0
        figure = whole + fraction
        short = column.kind in _CENTRED and natural <= 14
        least = max(figure, natural if short else min(natural, 4.0), min(head, max(2.0, head / 6))) + 2 * _PAD
        wanted = _MONEY if column.kind == "money" else natural if short else min(natural, 11.0)
        good = max(figure, wanted, min(head, max(3.0, head / 3))) + 2 * _PAD
        out.append(
            Measure(least, max(good, least), max(figure, natural, min(head, 8.0)) + 2 * _PAD, fraction)
        )
    return out


@dataclass(slots=True)
class Fragment:
    """A body row, or a part of one that is taller than a page: the lines of each cell and the height."""

    row: Row
    lines: list[Sequence[Line] | None]
    """``None`` for a figure, printed from its cell"""
    height: float
    first: bool = True


@dataclass(slots=True)
class Grid:
    """Some columns of a sheet, laid out."""

    sheet: Sheet
    columns: list[int]
    size: float
    widths: list[float]
    fractions: list[float]
    heads: list[tuple[HeaderCell, int, int, list[Line]]] = field(default_factory=list)
    """head cell, its first column and span among ``columns``, its lines"""
    head_heights: list[float] = field(default_factory=list)
    rows: list[Fragment] = field(default_factory=list)

    @property
    def head_height(self) -> float:
        """The height of the whole head."""
        return sum(self.head_heights)


def choose_columns(sheet: Sheet, measures: list[Measure], width: float) -> list[list[int]]:
    """All columns together where they fit at 7 pt; else groups that repeat the row head."""
    smallest = SIZES[-1]
    if sum(one.least for one in measures) * smallest <= width:
        return [list(range(len(measures)))]
    head = 0
    while head < len(sheet.columns) - 1 and sheet.columns[head].kind in ("index", "code", "name", "label"):
        head += 1
    fixed = list(range(head))
    taken = sum(measures[j].good for j in fixed) * smallest
    if taken > width * 0.6:
        taken = sum(measures[j].least for j in fixed) * smallest
    groups: list[list[int]] = []
    used = 0.0
    for j in range(head, len(measures)):
        need = measures[j].good * smallest
        if not groups or taken + used + need > width:
            groups.append([])
            used = 0.0
        groups[-1].append(j)
        used += need
    return [fixed + part for part in _evened(groups)]


def _evened(groups: list[list[int]]) -> list[list[int]]:
    """The same columns in as many groups of about equal size."""
    flat = [j for group in groups for j in group]
    count = len(groups)
    most = max(len(group) for group in groups)
    even = -(-len(flat) // count)
    if even > most:
        return groups
    return [flat[at : at + even] for at in range(0, len(flat), even)]


def choose_size(measures: list[Measure], columns: list[int], width: float) -> float:
    """The largest size at which the columns look good; else the largest at which they fit at all."""
    for total in (sum(measures[j].good for j in columns), sum(measures[j].least for j in columns)):
        for size in SIZES:
            if total * size <= width + 0.01:
                return size
    return SIZES[-1]


def spread(
    sheet: Sheet, measures: list[Measure], columns: list[int], size: float, width: float
) -> list[float]:
    """Column widths in points that add up to ``width``."""
    least = [measures[j].least * size for j in columns]
    good = [measures[j].good * size for j in columns]
    if sum(good) > width:
        room = width - sum(least)
        wish = sum(good) - sum(least)
        return [
            low + (high - low) * (room / wish if wish else 0) for low, high in zip(least, good, strict=True)
        ]
    natural = [max(measures[j].natural * size, have) for j, have in zip(columns, good, strict=True)]
    lacking = sum(natural) - sum(good)
    share = min(1.0, (width - sum(good)) / lacking) if lacking > 0 else 1.0
    widths = [have + (full - have) * share for have, full in zip(good, natural, strict=True)]
    rest = width - sum(widths)
    wishes = [max(sheet.columns[j].width, 8.0) * MM for j in columns]
    total = sum(wishes)
    return [have + rest * wish / total for have, wish in zip(widths, wishes, strict=True)]


def lay_out(
    sheet: Sheet,
    measures: list[Measure],
    columns: list[int],
    width: float,
    size: float,
    tightness: float = ROOMY,
) -> Grid:
    """Widths, head and rows of these columns at this size."""
    widths = spread(sheet, measures, columns, size, width)
    grid = Grid(sheet, columns, size, widths, [measures[j].fraction * size for j in columns])
    _lay_out_head(grid)
    shape = Shape("song", size, size * LEADING, align="left")
    pad = 2 * _PAD * size
    single = size * tightness
    for row in sheet.rows:
        lines: list[Sequence[Line] | None] = []
        most = 1
        for at, j in enumerate(columns):
            cell = row.cells[j]
            if is_number(cell) or not cell.text:
                lines.append(None)
                continue
            room = widths[at] - pad - indent_of(row, sheet.columns[j].kind, cell.text) * size
            broken = _broken(cell.text, shape, room)
            most = max(most, len(broken))
            lines.append(broken)
        grid.rows.append(Fragment(row, lines, single + (most - 1) * shape.leading))
    return grid


def _broken(text: str, shape: Shape, room: float) -> list[Line]:
    return [line for part in text.split("\n") for line in break_lines(part, shape, max(room, shape.size))]


def _lay_out_head(grid: Grid) -> None:
    sheet, size = grid.sheet, grid.size
    shape = Shape("hei", size, size * LEADING, align="left")
    where = {j: at for at, j in enumerate(grid.columns)}
    heights = [size * ROOMY] * sheet.header_rows
    late = []
    for cell in sheet.header:
        shown = [where[j] for j in range(cell.column, cell.column + cell.column_span) if j in where]
        if not shown:
            continue
        start, span = shown[0], len(shown)
        room = sum(grid.widths[start : start + span]) - 1.2 * _PAD * size
        lines = [line for part in cell.text.split("\n") for line in balanced(part, shape, max(room, size))]
        grid.heads.append((cell, start, span, lines))
        need = len(lines) * shape.leading + size * 0.5
        if cell.row_span == 1:
            heights[cell.row] = max(heights[cell.row], need)
        else:
            late.append((cell, need))
    for cell, need in late:
        rows = range(cell.row, cell.row + cell.row_span)
        short = need - sum(heights[row] for row in rows)
        if short > 0:
            heights[rows[-1]] += short
    grid.head_heights = heights


def cut_tall_rows(grid: Grid, room: float) -> None:
    """Cut rows taller than a page's body into fragments that fit."""
    leading = grid.size * LEADING
    most = max(1, int((room - grid.size) / leading))
    out: list[Fragment] = []
    for one in grid.rows:
        if one.height <= room:
            out.append(one)
            continue
        count = max(len(lines) for lines in one.lines if lines is not None)
        for start in range(0, count, most):
            part = [None if lines is None else lines[start : start + most] for lines in one.lines]
            height = min(most, count - start) * leading + grid.size * 0.5
            out.append(Fragment(one.row, list(part), height, first=start == 0))
    grid.rows = out


def draw_head(ink: Ink, grid: Grid, x: float, top: float, table: Node | None) -> None:
    """Draw the head with its top edge at ``top``; without ``table`` it is a repetition (an artifact)."""
    edges = [x]
    for width in grid.widths:
        edges.append(edges[-1] + width)
    tops = [top]
    for height in grid.head_heights:
        tops.append(tops[-1] - height)
    parts = [Node("TR", table) for _ in grid.head_heights] if table is not None else []
    for cell, start, span, lines in sorted(grid.heads, key=lambda one: (one[0].row, one[0].column)):
        left, right = edges[start], edges[start + span]
        high, low = tops[cell.row], tops[cell.row + cell.row_span]
        with ink.artifact():
            ink.box(left, low, right, high)
        if table is None:
            with ink.artifact():
                _centred(ink, lines, left, right, (high + low) / 2, grid.size)
            continue
        node = Node("TH", parts[cell.row], _scope("Column", span, cell.row_span))
        with ink.tagged(node):
            _centred(ink, lines, left, right, (high + low) / 2, grid.size)


def _scope(scope: str, columns: int = 1, rows: int = 1) -> str:
    spans = (f" /ColSpan {columns}" if columns > 1 else "") + (f" /RowSpan {rows}" if rows > 1 else "")
    return f" /A <</O /Table /Scope /{scope}{spans}>>"


def _centred(ink: Ink, lines: list[Line], left: float, right: float, middle: float, size: float) -> None:
    y = middle + (len(lines) * size * LEADING) / 2 - size * LEADING / 2 - size * 0.36
    for line in lines:
        x = (left + right - line.width) / 2
        for piece in line.pieces:
            ink.run(x + piece.x, y, piece.face, size, piece.text, spacing=piece.spacing)
        y -= size * LEADING


def draw_rows(ink: Ink, grid: Grid, rows: list[Fragment], x: float, top: float, table: Node) -> float:
    """Draw body rows and their rules from ``top`` down; the y of the bottom edge."""
    edges = [x]
    for width in grid.widths:
        edges.append(edges[-1] + width)
    y = top
    levels = [top]
    for one in rows:
        node = Node("TR", table)
        _draw_row(ink, grid, one, edges, y, node)
        y -= one.height
        levels.append(y)
    with ink.artifact():
        ink.rules(edges, levels)
    return y


def _draw_row(ink: Ink, grid: Grid, one: Fragment, edges: list[float], top: float, parent: Node) -> None:
    size, pad = grid.size, _PAD * grid.size
    middle = top - one.height / 2
    bold = one.row.bold
    for at, j in enumerate(grid.columns):
        cell = one.row.cells[j]
        kind = grid.sheet.columns[j].kind
        heads = at == 0 and kind in ("code", "name", "label", "index")
        node = Node("TH", parent, _scope("Row")) if heads else Node("TD", parent)
        lines = one.lines[at]
        left, right = edges[at], edges[at + 1]
        if lines is not None or one.first:
            address = CellAddress(grid.sheet.id, one.row.key_at(j), grid.sheet.columns[j].id)
            ink.spot((left, top - one.height, right, top), cell.text, cell=address)
        if lines:
            with ink.tagged(node):
                _draw_lines(ink, grid, one, lines, (left + pad, right - pad), middle, j, bold)
        elif lines is None and cell.text and one.first:
            whole, part = _figure_parts(printable(cell.text))
            song = stack("song")
            point = right - pad - grid.fractions[at]
            with ink.tagged(node):
                start = point - song.width(whole, size)
                ink.text(start, middle - size * 0.36, "song", size, whole + part, bold=bold)


def _draw_lines(
    ink: Ink,
    grid: Grid,
    one: Fragment,
    lines: Sequence[Line],
    box: tuple[float, float],
    middle: float,
    j: int,
    bold: bool,
) -> None:
    size, leading = grid.size, grid.size * LEADING
    kind = grid.sheet.columns[j].kind
    cell = one.row.cells[j]
    y = middle + (len(lines) - 1) * leading / 2 - size * 0.36
    left, right = box
    indent = indent_of(one.row, kind, cell.text) * size
    for line in lines:
        if kind in _CENTRED or (bold and kind in ("name", "label") and is_total(cell.text)):
            x = (left + right - line.width) / 2
        elif kind in _NUMBERS:
            x = right - line.width
        else:
            x = left + indent
        for piece in line.pieces:
            ink.run(x + piece.x, y, piece.face, size, piece.text, spacing=piece.spacing, bold=bold)
        y -= leading
