"""Sheets as pages: title, unit, head repeated on every page, notes below the table, 第X页 共Y页."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xinfang_desk.messages import marks, printed
from xinfang_desk.model.sheet import Sheet
from xinfang_desk.paper.cn_para import Line, Shape, break_lines
from xinfang_desk.paper.fonts import stack
from xinfang_desk.paper.pdf_base import MM, Ink
from xinfang_desk.paper.pdf_grid import (
    AIRY,
    LEADING,
    ROOMY,
    SIZES,
    TIGHT,
    Fragment,
    Grid,
    Measure,
    choose_columns,
    choose_size,
    cut_tall_rows,
    draw_head,
    draw_rows,
    lay_out,
    measure,
)
from xinfang_desk.paper.pdf_plan import A3, A4, Folio, Mark, Planned
from xinfang_desk.paper.pdf_tags import Node

_LEFT = _RIGHT = 15 * MM
_TOP, _BOTTOM = 20 * MM, 18 * MM
_TITLE = 18.0
_SMALL = 10.0
_SHRINK_TO = 8.0
"""Type is made smaller than it could be, but not below this, if the table then stands on fewer pages."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """The blank page of a sheet: its size and what stands above and below the grid."""

    sheet: Sheet
    width: float
    height: float
    heads: list[tuple[list[Line], list[Line], int]]
    """label lines, text lines, and how many of the two halves of a row the pair takes"""
    notes: list[Line]

    @property
    def inner(self) -> float:
        return self.width - _LEFT - _RIGHT

    @property
    def above(self) -> float:
        """Points from the top edge of the page to the grid, without the label/text pairs."""
        return _TOP + _TITLE * 1.3 + 8 + _SMALL * 1.7

    def heads_height(self) -> float:
        return sum(height for height, _ in _head_rows(self.heads))

    def notes_height(self) -> float:
        return len(self.notes) * 9 * 1.4 + (6 if self.notes else 0)


def sheet_title(sheet: Sheet) -> str:
    """``表1 收支总表``: how the contents and the bookmarks call a sheet."""
    return f"{sheet.number} {sheet.title}".strip()


def plan_sheet(sheet: Sheet, root: Node) -> list[Planned]:
    """The pages of one sheet; ``root`` takes its tags."""
    frame = _frame(sheet)
    measures = measure(sheet)
    section = Node("Sect", root)
    pages: list[Planned] = []
    groups = choose_columns(sheet, measures, frame.inner)
    for number, columns in enumerate(groups):
        grid = _best_grid(sheet, measures, columns, frame)
        last_group = number == len(groups) - 1
        chunks = _paginate(grid, frame, with_heads=number == 0, with_notes=last_group)
        table: list[Node] = []
        for at, rows in enumerate(chunks):
            first = not pages
            closing = last_group and at == len(chunks) - 1
            draw = _drawer(frame, grid, rows, section, table, first=first, head=at == 0, closing=closing)
            page = Planned(frame.width, frame.height, draw, "table", sheet=sheet.id)
            if first:
                page.marks.append(Mark(f"sheet-{sheet.id}", sheet_title(sheet), 1, frame.height))
            pages.append(page)
    return pages


def _frame(sheet: Sheet) -> _Frame:
    short, long = A3 if sheet.paper == "A3" else A4
    width, height = (long, short) if sheet.orientation == "landscape" else (short, long)
    inner = width - _LEFT - _RIGHT
    notes = [
        line
        for note in sheet.notes
        for line in break_lines(note, Shape("song", 9, 12.6, align="left"), inner)
    ]
    return _Frame(sheet, width, height, _lay_out_heads(sheet, inner), notes)


def _lay_out_heads(sheet: Sheet, inner: float) -> list[tuple[list[Line], list[Line], int]]:
    label_shape, text_shape = Shape("hei", 10, 13, align="left"), Shape("song", 10, 13, align="left")
    half = inner / 2
    out = []
    for label, text in sheet.heads:
        halves = 1 if stack("song").width(text.replace("\n", marks.SPACE), 10) < half * 0.7 * 1.8 else 2
        room = half * halves - half * 0.3 - 8
        lines = [line for part in text.split("\n") for line in break_lines(part, text_shape, room)]
        out.append((break_lines(label, label_shape, half * 0.3 - 8), lines, halves))
    return out


def _head_rows(
    heads: list[tuple[list[Line], list[Line], int]],
) -> list[tuple[float, list[tuple[list[Line], list[Line], int]]]]:
    """Pairs put into rows, two halves a row, with the height of each row."""
    rows: list[list[tuple[list[Line], list[Line], int]]] = []
    used = 2
    for pair in heads:
        if used + pair[2] > 2:
            rows.append([])
            used = 0
        rows[-1].append(pair)
        used += pair[2]
    return [(max(max(len(one), len(two)) for one, two, _ in row) * 13 + 6, row) for row in rows]


def _best_grid(sheet: Sheet, measures: list[Measure], columns: list[int], frame: _Frame) -> Grid:
    """The largest type; a little tighter or smaller where that saves a page."""
    size = choose_size(measures, columns, frame.inner)

    def at(one: float, tightness: float) -> tuple[Grid, int]:
        grid = lay_out(sheet, measures, columns, frame.inner, one, tightness)
        return grid, len(_paginate(grid, frame, with_heads=True, with_notes=True))

    # Airy rows are for tables of one page.
    if len(sheet.rows) * size * AIRY < frame.height - frame.above - _BOTTOM:
        grid, count = at(size, AIRY)
        if count == 1:
            return grid
    grid, count = at(size, ROOMY)
    if count == 1:
        return grid
    extra = [max((len(lines) for lines in one.lines if lines), default=1) - 1 for one in grid.rows]
    guesses = []
    for one in (size, *(smaller for smaller in SIZES if _SHRINK_TO <= smaller < size)):
        heights = [one * (TIGHT + more * LEADING) for more in extra]
        guesses.append((_guess(heights, grid.head_height * one / size, frame), -one))
    fewest, smaller = min(guesses)
    if fewest < count:
        tighter, fewer = at(-smaller, TIGHT)
        if fewer < count:
            return tighter
    return grid


def _guess(heights: list[float], head: float, frame: _Frame) -> int:
    """Pages that rows of these heights take."""
    full = frame.height - frame.above - _BOTTOM - head
    room = full - frame.heads_height()
    pages = 1
    for height in heights:
        if height > room:
            pages += 1
            room = full
        room -= height
    return pages + (frame.notes_height() > room)


def _paginate(grid: Grid, frame: _Frame, *, with_heads: bool, with_notes: bool) -> list[list[Fragment]]:
    """The body rows of each page."""
    full = frame.height - frame.above - _BOTTOM - grid.head_height
    cut_tall_rows(grid, full)
    room = full - (frame.heads_height() if with_heads else 0)
    chunks: list[list[Fragment]] = [[]]
    for one in grid.rows:
        if one.height > room + 0.01 and chunks[-1]:
            chunks.append([])
            room = full
        chunks[-1].append(one)
        room -= one.height
    notes = frame.notes_height() if with_notes else 0
    if notes > room and len(chunks[-1]) > 1:
        # A page with notes alone would hang loose: the last rows go over with them.
        chunks.append([chunks[-1].pop()])
    return chunks


def _drawer(
    frame: _Frame,
    grid: Grid,
    rows: list[Fragment],
    section: Node,
    table: list[Node],
    *,
    first: bool,
    head: bool,
    closing: bool,
) -> Callable[[Ink, Folio], None]:
    def draw(ink: Ink, folio: Folio) -> None:
        if first:
            _draw_title(ink, frame, Node("H2", section), "")
        else:
            _draw_title(ink, frame, None, printed.CONTINUED)
        y = frame.height - frame.above
        if first and frame.heads:
            y = _draw_heads(ink, frame, y, section)
        if head:
            table.append(Node("Table", section))
        draw_head(ink, grid, _LEFT, y, table[0] if head else None)
        y = draw_rows(ink, grid, rows, _LEFT, y - grid.head_height, table[0])
        if closing:
            _draw_notes(ink, frame, y - 6, section)
        with ink.artifact():
            text = printed.FOOT.format(page=folio.number, total=folio.total)
            ink.text((frame.width - stack("song").width(text, 9)) / 2, 10 * MM, "song", 9, text)

    return draw


def _draw_title(ink: Ink, frame: _Frame, heading: Node | None, suffix: str) -> None:
    """Number, title, corner and unit. Repeated on a following page they are no content of their own."""
    sheet, right = frame.sheet, frame.width - _RIGHT
    text = sheet.title + suffix
    size = _TITLE
    room = frame.inner - 2 * stack("hei").width(sheet.number, 12) - 16
    while stack("title").width(text, size) > room and size > 10:
        size -= 0.5
    base = frame.height - _TOP - _TITLE
    low = frame.height - frame.above + 5
    title_x = (frame.width - stack("title").width(text, size)) / 2
    unit_x = right - stack("song").width(sheet.unit_label, _SMALL)
    if heading is None:
        with ink.artifact():
            ink.text(_LEFT, base, "hei", 12, sheet.number)
            ink.text(title_x, base, "title", size, text)
            ink.text(_LEFT, low, "song", _SMALL, sheet.corner)
            ink.text(unit_x, low, "song", _SMALL, sheet.unit_label)
        return
    with ink.tagged(heading):
        ink.text(_LEFT, base, "hei", 12, sheet.number)
        ink.text(title_x, base, "title", size, text)
    if sheet.corner or sheet.unit_label:
        # Title and grid have the same parent; this line stands between them.
        line = Node("P", heading.parent)
        with ink.tagged(line):
            ink.text(_LEFT, low, "song", _SMALL, sheet.corner)
            ink.text(unit_x, low, "song", _SMALL, sheet.unit_label)


def _draw_heads(ink: Ink, frame: _Frame, top: float, section: Node) -> float:
    half = frame.inner / 2
    table = Node("Table", section)
    for height, row in _head_rows(frame.heads):
        x = _LEFT
        node = Node("TR", table)
        for at, (label, text, halves) in enumerate(row):
            span = half * (2 if len(row) == 1 and at == 0 else halves)
            with ink.artifact():
                ink.box(x, top - height, x + half * 0.3, top)
                ink.box(x + half * 0.3, top - height, x + span, top)
            spans = " /ColSpan 3" if span > half * 1.5 else ""
            with ink.tagged(Node("TH", node, " /A <</O /Table /Scope /Row>>")):
                _lines(ink, label, x + 4, top, height, 10, 13)
            with ink.tagged(Node("TD", node, f" /A <</O /Table{spans}>>" if spans else "")):
                _lines(ink, text, x + half * 0.3 + 4, top, height, 10, 13)
            x += span
        top -= height
    return top


def _lines(
    ink: Ink, lines: list[Line], x: float, top: float, height: float, size: float, leading: float
) -> None:
    y = top - height / 2 + (len(lines) - 1) * leading / 2 - size * 0.36
    for line in lines:
        for piece in line.pieces:
            ink.run(x + piece.x, y, piece.face, size, piece.text, spacing=piece.spacing)
        y -= leading


def _draw_notes(ink: Ink, frame: _Frame, top: float, section: Node) -> None:
    if not frame.notes:
        return
    node = Node("P", section)
    y = top - 9
    with ink.tagged(node):
        for line in frame.notes:
            for piece in line.pieces:
                ink.run(_LEFT + piece.x, y, piece.face, 9, piece.text, spacing=piece.spacing)
            y -= 12.6


def inline_grid(sheet: Sheet, width: float, tightness: float = ROOMY) -> Grid:
    """A sheet set into the narrative: all its columns in the width of the text."""
    measures = measure(sheet)
    columns = list(range(len(sheet.columns)))
    size = choose_size(measures, columns, width)
    return lay_out(sheet, measures, columns, width, size, tightness)
