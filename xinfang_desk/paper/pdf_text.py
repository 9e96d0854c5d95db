"""The 公开说明 in 公文 format (GB/T 9704-2012): 22 lines of 28 characters, 三号仿宋, headings 黑 and 楷.

The text area is 156 × 225 mm (margins 37, 35, 28, 26 mm). Everything stands on the grid of lines; a table set
into the text takes as many lines as it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from xinfang_desk.messages import printed
from xinfang_desk.model.edition import Explained
from xinfang_desk.model.passage import Document, Paragraph, Run, Style
from xinfang_desk.model.sheet import Sheet
from xinfang_desk.paper.cn_para import Line, Shape, balanced, break_lines
from xinfang_desk.paper.fonts import stack
from xinfang_desk.paper.pdf_base import MM, Ink
from xinfang_desk.paper.pdf_grid import TIGHT, Fragment, Grid, cut_tall_rows, draw_head, draw_rows
from xinfang_desk.paper.pdf_plan import A4, Folio, Mark, Planned
from xinfang_desk.paper.pdf_spots import Bound, bound_stretches
from xinfang_desk.paper.pdf_table import inline_grid
from xinfang_desk.paper.pdf_tags import Node
from xinfang_desk.paper.text import title_lines

WIDTH, HEIGHT = 156 * MM, 225 * MM
LEFT, TOP, BOTTOM = 28 * MM, 37 * MM, 35 * MM
LINES = 22
PITCH = HEIGHT / LINES
_CHAR = WIDTH / 28

_SHAPES: dict[Style, Shape] = {
    "title": Shape("title", 22, PITCH * 1.25, align="center"),
    "h1": Shape("hei", 16, PITCH, indent=2, align="left", pitch=_CHAR),
    "h2": Shape("kai", 16, PITCH, indent=2, align="left", pitch=_CHAR),
    "h3": Shape("fang", 16, PITCH, indent=2, align="left", pitch=_CHAR, bold=True),
    "h4": Shape("fang", 16, PITCH, indent=2, align="left", pitch=_CHAR),
    "body": Shape("fang", 16, PITCH, indent=2, pitch=_CHAR),
    "center": Shape("fang", 16, PITCH, align="center", pitch=_CHAR),
    "right": Shape("fang", 16, PITCH, align="right", pitch=_CHAR),
}
_PART = Shape("hei", 16, PITCH, align="center", pitch=_CHAR)
"""第一部分 …: a heading above the numbered ones"""
_HEADINGS: dict[Style, int] = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}


def heading_style(level: int) -> Style:
    """The style of a section's heading: level 1 (一、) to 4 (（1）)."""
    styles: tuple[Style, ...] = ("h1", "h2", "h3", "h4")
    return styles[min(max(level, 1), 4) - 1]


@dataclass(slots=True)
class _Text:
    """Lines of one paragraph, and the tag they belong to."""

    lines: list[Line]
    shape: Shape
    node: Node
    heading: int = -1
    """level of a heading, counted from 0; -1 for other text"""
    mark: Mark | None = None
    before: float = 0.0
    bound: list[tuple[Bound, ...]] = field(default_factory=list)
    """for each line what in it comes from a cell or a fact; [] where nothing does"""


@dataclass(slots=True)
class _Table:
    """A sheet set into the text."""

    sheet: Sheet
    grid: Grid
    node: Node
    caption: list[Line]

    @property
    def above(self) -> float:
        """Points taken by the caption and the line of the unit."""
        return len(self.caption) * PITCH + (_UNIT * 1.5 if self.unit else 0.0)

    @property
    def unit(self) -> str:
        """单位：万元, where the table holds money."""
        money = any(column.kind == "money" for column in self.sheet.columns)
        return self.sheet.unit_label if money else ""


@dataclass(slots=True)
class _Page:
    drawing: list[Callable[[Ink], None]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


_CAPTION = Shape("hei", 12, PITCH, align="center")
_UNIT = 10.0


class TextFlow:
    """Puts paragraphs and tables onto pages, line by line."""

    def __init__(self, root: Node, sheets: Mapping[str, Sheet]) -> None:
        self._root = root
        self._sheets = sheets
        self._blocks: list[_Text | _Table] = []
        self._pages: list[_Page] = []
        self._used = 0.0
        self._level = 0
        """of the last heading tag: levels may not be skipped"""

    def add(
        self,
        text: str,
        style: Style,
        *,
        key: str = "",
        rank: int = -1,
        shape: Shape | None = None,
        runs: tuple[Run, ...] = (),
    ) -> None:
        """A paragraph; with ``key`` it is a heading that bookmarks and contents list, at level ``rank``.

        ``runs``: what the text is made of, where its figures are to be found again on the page."""
        shape = shape or _SHAPES[style]
        level = 0 if rank == 0 or shape is _PART else _HEADINGS.get(style, -1)
        node = Node(self._tag(style, level), self._root)
        into = balanced if style == "title" else break_lines
        lines = [line for part in text.split("\n") for line in into(part, shape, WIDTH)]
        block = _Text(lines, shape, node, level)
        if runs:
            block.bound = bound_stretches(runs, lines, shape)
        if style == "title":
            block.before = PITCH
        if key:
            block.mark = Mark(key, text.replace("\n", "").strip(), rank, 0.0, listed=rank <= 2)
        self._blocks.append(block)

    def _tag(self, style: Style, level: int) -> str:
        if style == "title":
            self._level = 1
            return "H1"
        if level < 0:
            return "P"
        self._level = min(max(level, 1) + 1, self._level + 1)
        return f"H{self._level}"

    def add_sheet(self, sheet: Sheet) -> None:
        """A table in the text."""
        caption = break_lines(sheet.title, _CAPTION, WIDTH) if sheet.title else []
        self._blocks.append(_Table(sheet, inline_grid(sheet, WIDTH), Node("Table", self._root), caption))

    def gap(self, lines: int) -> None:
        """Blank lines."""
        shape = _SHAPES["body"]
        self._blocks.append(_Text([Line((), 0.0, "")] * lines, shape, Node("P", self._root)))

    def add_document(self, document: Document, unit: str) -> None:
        """Title and sections of the narrative of ``unit``."""
        self.add("\n".join(title_lines(document.title, unit)), "title", key="narrative", rank=0)
        self.gap(1)
        parts = any(passage.heading and passage.level < 1 for passage in document.passages)
        for passage in document.passages:
            key, level = f"text-{passage.id}", passage.level
            if passage.heading and level < 1:
                self.add(passage.heading, "center", key=key, rank=1, shape=_PART)
            elif passage.heading:
                self.add(passage.heading, heading_style(level), key=key, rank=level + parts)
            for paragraph in passage.paragraphs:
                self._add_paragraph(paragraph)

    def _add_paragraph(self, paragraph: Paragraph) -> None:
        if not paragraph.sheet:
            self.add(paragraph.text, paragraph.style, runs=paragraph.runs)
        elif paragraph.sheet in self._sheets:
            self.add_sheet(self._sheets[paragraph.sheet])

    def add_explanations(self, explained: tuple[Explained, ...]) -> None:
        """The appendix: every warning with the 说明 written for it."""
        self.add(printed.EXPLAINED, "title", key="explained", rank=0)
        self.gap(1)
        for number, one in enumerate(explained, 1):
            self.add(f"{number}. {one.sentence}", "body")
            self.add(printed.EXPLANATION.format(text=one.explanation), "body")

    def pages(self) -> list[Planned]:
        """Everything added so far, on pages."""
        self._pages = [_Page()]
        self._used = 0.0
        for at, block in enumerate(self._blocks):
            if isinstance(block, _Table):
                self._place_table(block)
            else:
                self._place_text(at, block)
        return [Planned(*A4, _drawer(page), "text", page.marks) for page in self._pages]

    def _place_text(self, at: int, block: _Text) -> None:
        if self._used and self._used + self._needed(at) > HEIGHT + 0.01:
            self._turn()
        self._used += block.before
        if block.mark is not None:
            mark = block.mark
            top = A4[1] - TOP - self._used + 4
            self._pages[-1].marks.append(Mark(mark.key, mark.title, mark.level, top, mark.listed))
        tail = self._signature_after(at)
        start, turn = 0, False
        while start < len(block.lines):
            room = int((HEIGHT - self._used + 0.01) / block.shape.leading)
            rest = len(block.lines) - start
            if tail and rest <= room and self._used + rest * block.shape.leading + tail > HEIGHT + 0.01:
                # Two lines go over with the signature: it may not stand on a page without text (GB/T 9704 7.3.5).
                room, tail, turn = rest - 2, 0.0, True
            if room < 1:
                self._turn()
                turn = False
                continue
            part = block.lines[start : start + room]
            bound = block.bound[start : start + room]
            self._pages[-1].drawing.append(_text_drawer(block, part, bound, A4[1] - TOP - self._used))
            self._used += len(part) * block.shape.leading
            start += len(part)
            if turn:
                self._turn()
                turn = False

    def _signature_after(self, at: int) -> float:
        """The height of the lines at the right (unit and date) that follow a paragraph of text."""
        if self._is_signature(at):
            return 0.0
        end = at + 1
        while end < len(self._blocks) and self._is_signature(end):
            end += 1
        blocks = [block for block in self._blocks[at + 1 : end] if isinstance(block, _Text)]
        if not any(block.shape.align == "right" for block in blocks):
            return 0.0
        return sum(len(block.lines) * block.shape.leading for block in blocks)

    def _is_signature(self, at: int) -> bool:
        block = self._blocks[at]
        if isinstance(block, _Table) or block.heading >= 0:
            return False
        return block.shape.align == "right" or not any(line.pieces for line in block.lines)

    def _needed(self, at: int) -> float:
        """The height that must stay together with the block: a heading keeps the first lines of what follows."""
        block = self._blocks[at]
        if isinstance(block, _Table):
            rows = sum(one.height for one in block.grid.rows[:2])
            return block.above + block.grid.head_height + rows
        if block.heading < 0 or at + 1 == len(self._blocks):
            return min(len(block.lines), 1) * block.shape.leading + block.before
        own = len(block.lines) * block.shape.leading
        return min(own + self._needed(at + 1), HEIGHT)

    def _turn(self) -> None:
        self._pages.append(_Page())
        self._used = 0.0

    def _place_table(self, block: _Table) -> None:
        whole = block.above + 4 + block.grid.head_height + sum(one.height for one in block.grid.rows)
        if self._used + whole > HEIGHT:
            # A little tighter it may stand here undivided.
            block.grid = inline_grid(block.sheet, WIDTH, TIGHT)
        grid = block.grid
        cut_tall_rows(grid, HEIGHT - grid.head_height - PITCH)
        needed = block.above + grid.head_height + sum(one.height for one in grid.rows[:2])
        if self._used and self._used + needed > HEIGHT:
            self._turn()
        rest = list(grid.rows)
        first = True
        while first or rest:
            top = self._used + (block.above if first else 0) + 4
            room = HEIGHT - top - grid.head_height
            rows: list[Fragment] = []
            while rest and (rest[0].height <= room + 0.01 or not rows):
                room -= rest[0].height
                rows.append(rest.pop(0))
            if len(rest) == 1 and len(rows) > 2:
                # No row stands alone on the next page.
                rest.insert(0, rows.pop())
            draw = _table_drawer(block, rows, A4[1] - TOP - self._used, first=first)
            self._pages[-1].drawing.append(draw)
            self._used = top + grid.head_height + sum(one.height for one in rows)
            first = False
            if rest:
                self._turn()
        self._used = min(HEIGHT, PITCH * -(-(self._used + 2) // PITCH))


def _text_drawer(
    block: _Text, lines: list[Line], bound: list[tuple[Bound, ...]], top: float
) -> Callable[[Ink], None]:
    def draw(ink: Ink) -> None:
        if not any(line.pieces for line in lines):
            return
        shape = block.shape
        y = top - (shape.leading - shape.size) / 2 - shape.size * 0.86
        for at, stretches in enumerate(bound):
            base = y - at * shape.leading
            for one in stretches:
                box = (LEFT + one.left, base - shape.size * 0.2, LEFT + one.right, base + shape.size * 0.95)
                ink.spot(box, one.text, cells=one.run.cells, address=one.run.address)
        with ink.tagged(block.node):
            for line in lines:
                for piece in line.pieces:
                    ink.run(
                        LEFT + piece.x,
                        y,
                        piece.face,
                        shape.size,
                        piece.text,
                        spacing=piece.spacing,
                        bold=shape.bold,
                    )
                y -= shape.leading

    return draw


def _table_drawer(block: _Table, rows: list[Fragment], top: float, *, first: bool) -> Callable[[Ink], None]:
    def draw(ink: Ink) -> None:
        y = top
        if first and block.above:
            with ink.tagged(Node("Caption", block.node)):
                for line in block.caption:
                    for piece in line.pieces:
                        ink.run(LEFT + piece.x, y - PITCH * 0.7, piece.face, _CAPTION.size, piece.text)
                    y -= PITCH
                if block.unit:
                    x = LEFT + WIDTH - stack("song").width(block.unit, _UNIT)
                    ink.text(x, y - _UNIT * 1.2, "song", _UNIT, block.unit)
        y = top - (block.above if first else 0)
        draw_head(ink, block.grid, LEFT, y - 4, block.node if first else None)
        draw_rows(ink, block.grid, rows, LEFT, y - 4 - block.grid.head_height, block.node)

    return draw


def _drawer(page: _Page) -> Callable[[Ink, Folio], None]:
    def draw(ink: Ink, folio: Folio) -> None:
        for one in page.drawing:
            one(ink)
        draw_folio(ink, folio)

    return draw


def draw_folio(ink: Ink, folio: Folio) -> None:
    """The page number: 7 mm below the text area, one character in from its outer edge (GB/T 9704 7.5)."""
    text = f"— {folio.number} —"
    width = stack("song").width(text, 14)
    x = LEFT + 14 if folio.number % 2 == 0 else LEFT + WIDTH - 14 - width
    with ink.artifact():
        ink.text(x, BOTTOM - 7 * MM - 12, "song", 14, text)
