"""The key card: one page of A4 that lists the program's keys, in two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xinfang_desk.messages import keys, marks
from xinfang_desk.paper.cn_para import Line, Shape, break_lines
from xinfang_desk.paper.errors import PaperError
from xinfang_desk.paper.fonts import check_glyphs, stack
from xinfang_desk.paper.pdf_base import MM, Ink, PdfFile
from xinfang_desk.paper.pdf_plan import A4
from xinfang_desk.paper.pdf_tags import Node

Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]

_WIDTH, _HEIGHT = A4
_MARGIN = 15 * MM
_GUTTER = 8 * MM
_TOP = _HEIGHT - 34 * MM
_BOTTOM = 20 * MM
_COLUMN = (_WIDTH - 2 * _MARGIN - _GUTTER) / 2
_KEYS = _COLUMN * 0.42
_GREY = (0.92, 0.93, 0.95)
_DAY = date(2026, 1, 1)
"""A fixed day, so that two cards are the same file."""


@dataclass(frozen=True, slots=True)
class _Row:
    keys: tuple[Line, ...]
    what: tuple[Line, ...]
    height: float


def key_card(title: str, subtitle: str, groups: Groups, foot: str) -> bytes:
    """The card as a PDF. Raises :class:`PaperError` where the keys do not fit on one page even in small type."""
    check_glyphs((text, marks.QUOTED.format(text=title)) for text in _texts(title, subtitle, groups, foot))
    for size in (9.5, 9.0, 8.5, 8.0, 7.5, 7.0):
        placed = _placed(groups, size)
        if placed is not None:
            return _drawn(title, subtitle, placed, foot, size)
    raise PaperError(keys.TOO_MANY.format(title=title))


def _texts(title: str, subtitle: str, groups: Groups, foot: str) -> list[str]:
    return [title, subtitle, foot, *(head for head, _ in groups),
            *(text for _, rows in groups for row in rows for text in row)]


def _rows(rows: Sequence[tuple[str, str]], size: float) -> list[_Row]:
    leading = size * 1.35
    made = []
    for pressed, what in rows:
        left = tuple(break_lines(pressed, Shape("hei", size, leading, align="left"), _KEYS - 6))
        right = tuple(break_lines(what, Shape("song", size, leading, align="left"), _COLUMN - _KEYS - 8))
        made.append(_Row(left, right, max(len(left), len(right)) * leading + size * 0.55))
    return made


_Placed = list[tuple[float, float, str, list[_Row]]]


def _placed(groups: Groups, size: float) -> _Placed | None:
    """Where each group stands: (left, top, head, rows); ``None`` where two columns are not enough."""
    placed: _Placed = []
    column, y = 0, _TOP
    for head, rows in groups:
        made = _rows(rows, size)
        height = size * 2.5 + sum(row.height for row in made)
        if y - height < _BOTTOM and y < _TOP:
            column, y = column + 1, _TOP
        if column > 1 or y - height < _BOTTOM:
            return None
        placed.append((_MARGIN + column * (_COLUMN + _GUTTER), y, head, made))
        y -= height + size * 0.9
    return placed


def _drawn(title: str, subtitle: str, placed: _Placed, foot: str, size: float) -> bytes:
    pdf = PdfFile(title, "", subtitle, _DAY)
    ink = pdf.page(_WIDTH, _HEIGHT)
    with ink.tagged(Node("H1", pdf.root)):
        ink.text(_MARGIN, _HEIGHT - 22 * MM, "hei", 20, title)
    with ink.tagged(Node("P", pdf.root)):
        ink.text(_MARGIN + stack("hei").width(title, 20) + 12, _HEIGHT - 22 * MM, "song", 10, subtitle)
    with ink.artifact():
        ink.line(_MARGIN, _HEIGHT - 26 * MM, _WIDTH - _MARGIN, _HEIGHT - 26 * MM, 0.8)
    for left, top, head, rows in placed:
        _group(ink, pdf.root, left, top, head, rows, size)
    with ink.tagged(Node("P", pdf.root)):
        ink.text(_MARGIN, 12 * MM, "song", 9, foot)
    pdf.close_page(ink, [("card", _HEIGHT)])
    pdf.bookmark(title, "card", 0)
    return pdf.finish()


def _group(ink: Ink, root: Node, left: float, top: float, head: str, rows: list[_Row], size: float) -> None:
    with ink.tagged(Node("H2", root)):
        ink.text(left, top - size * 1.4, "hei", size + 1.5, head)
    y = top - size * 2.2
    table = Node("Table", root)
    for row in rows:
        with ink.artifact():
            ink.area(left, y - row.height + size * 0.1, _KEYS - 3, row.height - size * 0.2, _GREY)
            ink.line(left, y - row.height, left + _COLUMN, y - row.height, 0.25)
        line = Node("TR", table)
        _lines(ink, Node("TD", line), left + 4, y, row.keys, size)
        _lines(ink, Node("TD", line), left + _KEYS + 3, y, row.what, size)
        y -= row.height


def _lines(ink: Ink, node: Node, left: float, top: float, lines: tuple[Line, ...], size: float) -> None:
    with ink.tagged(node):
        for number, line in enumerate(lines):
            for piece in line.pieces:
                ink.run(left + piece.x, top - size * 1.2 - number * size * 1.35, piece.face, size, piece.text,
                        spacing=piece.spacing)
