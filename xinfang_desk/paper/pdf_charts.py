"""The pictures behind the narrative: 附图, each with the sentence that says the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color

from xinfang_desk.messages import charts as words
from xinfang_desk.model.chart import Chart
from xinfang_desk.paper import cn_para
from xinfang_desk.paper.cn_para import Shape, break_lines
from xinfang_desk.paper.pdf_base import Ink
from xinfang_desk.paper.pdf_plan import A4, Folio, Mark, Planned
from xinfang_desk.paper.pdf_tags import Node
from xinfang_desk.paper.pdf_text import BOTTOM, LEFT, TOP, WIDTH, draw_folio

_WORDS = Shape("song", 10.5, 16, align="left")
_HEADING = Shape("hei", 16, 30, align="center")
_BETWEEN = 26.0


@dataclass(frozen=True, slots=True)
class _Figure:
    chart: Chart
    drawing: Drawing
    lines: tuple[cn_para.Line, ...]

    @property
    def height(self) -> float:
        """The picture, its sentence, and the blank below."""
        return float(self.drawing.height) + 8 + len(self.lines) * _WORDS.leading + _BETWEEN


def plan_charts(charts: Sequence[Chart], root: Node) -> list[Planned]:
    """The pages of the pictures; () where there are none. ``root`` takes their tags."""
    from xinfang_desk.paper.chart import drawing

    if not charts:
        return []
    figures = [_Figure(one, drawing(one, WIDTH), tuple(break_lines(one.sentence, _WORDS, WIDTH))) for one in charts]
    room = A4[1] - TOP - BOTTOM - _HEADING.leading
    pages: list[list[_Figure]] = [[]]
    for figure in figures:
        if pages[-1] and sum(one.height for one in pages[-1]) + figure.height > room:
            pages.append([])
        pages[-1].append(figure)
    section = Node("Sect", root)
    return [_planned(page, section, first=number == 0) for number, page in enumerate(pages)]


def _planned(figures: list[_Figure], section: Node, *, first: bool) -> Planned:
    def draw(ink: Ink, folio: Folio) -> None:
        y = A4[1] - TOP
        if first:
            heading = break_lines(words.HEADING, _HEADING, WIDTH)
            _lines(ink, Node("H1", section), heading, y - _HEADING.size, _HEADING)
            y -= _HEADING.leading
        for figure in figures:
            _figure(ink, section, figure, y)
            y -= figure.height
        draw_folio(ink, folio)

    marks = [Mark("charts", words.HEADING, 0, A4[1])] if first else []
    return Planned(*A4, draw, "chart", marks)


def _figure(ink: Ink, section: Node, figure: _Figure, top: float) -> None:
    bottom = top - float(figure.drawing.height)
    corners = f"{LEFT:.2f} {bottom:.2f} {LEFT + WIDTH:.2f} {top:.2f}"
    alt = "<" + ("\ufeff" + figure.chart.sentence).encode("utf-16-be").hex() + ">"
    node = Node("Figure", section, f" /Alt {alt} /A <</O /Layout /Placement /Block /BBox [{corners}]>>")
    with ink.tagged(node):
        for shape in figure.drawing.contents:
            _shape(ink, shape, LEFT, bottom)
    _lines(ink, Node("P", section), figure.lines, bottom - 8 - _WORDS.size, _WORDS)


def _lines(ink: Ink, node: Node, lines: Sequence[cn_para.Line], y: float, shape: Shape) -> None:
    with ink.tagged(node):
        for number, line in enumerate(lines):
            for piece in line.pieces:
                ink.run(LEFT + piece.x, y - number * shape.leading, piece.face, shape.size, piece.text,
                        spacing=piece.spacing)


def _shape(ink: Ink, shape: object, left: float, bottom: float) -> None:
    """One shape of a drawing, in the page's own ink; a shape our drawings do not use is an error, not a gap."""
    if isinstance(shape, Rect):
        if shape.fillColor is not None:
            ink.area(left + shape.x, bottom + shape.y, shape.width, shape.height, _rgb(shape.fillColor))
        if shape.strokeColor is not None:
            ink.box(left + shape.x, bottom + shape.y, left + shape.x + shape.width, bottom + shape.y + shape.height,
                    shape.strokeWidth)
    elif isinstance(shape, Line):
        ink.line(left + shape.x1, bottom + shape.y1, left + shape.x2, bottom + shape.y2, shape.strokeWidth)
    elif isinstance(shape, String):
        ink.coloured(_rgb(shape.fillColor))
        ink.text(left + shape.x, bottom + shape.y, "hei", shape.fontSize, shape.text)
        ink.coloured((0, 0, 0))
    else:
        raise TypeError(f"a chart's drawing holds a {type(shape).__name__}, which is not printed")


def _rgb(colour: Color | None) -> tuple[float, float, float]:
    if colour is None:
        return 0.0, 0.0, 0.0
    return float(colour.red), float(colour.green), float(colour.blue)
